package overview

import (
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"c8yx/c8yclient"
	"c8yx/session"
	"c8yx/theme"
	"c8yx/views/place"
	"c8yx/views/tenant"
)

// filled is a view that knows everything.
func filled(t testing.TB) *View {
	t.Helper()
	v, err := New(tenant.New(nil, session.Profile{}), place.At("overview"))
	if err != nil {
		t.Fatal(err)
	}
	for _, topic := range v.topics() {
		topic.known = true
	}
	v.facts = facts{
		severities: []int{3, 12, 0, 1234}, seen: 99, raised: make([]float64, trendHours),
		devices: 100_000, statuses: []int{90_000, 9_000, 1_000, 0},
		operations: [][]int{{1, 10}, {2, 20}, {3, 30}, {4, 40}}, events: []int{5, 120},
		tenant: &c8yclient.CurrentTenant{Name: "t1", DomainName: strings.Repeat("long.", 40)},
		user:   &c8yclient.CurrentUser{UserName: "\x1b[2Jjane"},
	}
	v.roll = newRoll()
	for i := range 200 {
		id := fmt.Sprint(i)
		v.roll.set(id, &standing{
			id: id, device: fmt.Sprint(i % 50), name: "機械 " + fmt.Sprint(i%50), kind: "hv_" + fmt.Sprint(i%7),
			text: "Too hot\n\x1b[31m", severity: severities()[i%4],
		})
	}
	return v
}

// Whatever the size, a frame fills the pane exactly, and every figure can be seen
// and opened.
func TestBoardsOfAllSizes(t *testing.T) {
	th := theme.New(theme.Standard, true)
	for _, size := range [][2]int{{60, 12}, {69, 21}, {70, 21}, {80, 21}, {111, 30}, {112, 37}, {120, 37}, {179, 50}, {180, 50}, {250, 67}} {
		t.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(t *testing.T) {
			v := filled(t)
			v.Resize(size[0], size[1])
			check := func() {
				t.Helper()
				lines := strings.Split(v.Render(th), "\n")
				if len(lines) != size[1] {
					t.Fatalf("%d lines", len(lines))
				}
				for i, line := range lines {
					if w := ansi.StringWidth(line); w != size[0] {
						t.Fatalf("line %d is %d cells wide: %q", i, w, line)
					}
				}
			}
			check()
			v.compose()
			seen := map[string]bool{}
			for i := range v.board.figures {
				v.jump(i)
				check()
				at := v.board.at
				if at.y < v.board.offset || at.y >= v.board.offset+size[1] {
					t.Fatalf("%s on line %d is out of sight: lines %d to %d", at.key, at.y, v.board.offset, v.board.offset+size[1])
				}
				if seen[at.key] {
					t.Errorf("two figures are called %s", at.key)
				}
				seen[at.key] = true
				if _, err := place.Parse(at.opens); err != nil {
					t.Error(err)
				}
			}
			for _, key := range []string{"alarms", "alarms/CRITICAL", "devices/unavailable", "operations/FAILED7d", "events/1h", "tenant"} {
				if !seen[key] {
					t.Errorf("there is no figure %s", key)
				}
			}
		})
	}
}

// The arrows lead to every figure and back.
func TestArrowsReachEverything(t *testing.T) {
	v := filled(t)
	v.Resize(120, 37)
	v.compose()
	reached := map[string]bool{}
	queue := []placed{v.board.figures[0]}
	for len(queue) > 0 {
		from := queue[0]
		queue = queue[1:]
		if reached[from.key] {
			continue
		}
		reached[from.key] = true
		for _, d := range [][2]int{{1, 0}, {-1, 0}, {0, 1}, {0, -1}} {
			v.put(from)
			v.move(d[0], d[1])
			queue = append(queue, v.board.at)
		}
	}
	for _, p := range v.board.figures {
		if !reached[p.key] {
			t.Errorf("no way leads to %s", p.key)
		}
	}
}

// The cursor stays on what was chosen when the numbers change, and near it when it
// is gone.
func TestCursorStaysOnItsFigure(t *testing.T) {
	v := filled(t)
	v.Resize(120, 37)
	v.compose()
	for i, p := range v.board.figures {
		if strings.HasPrefix(p.key, "type/hv_3") {
			v.jump(i)
		}
	}
	if v.board.cursor != "type/hv_3" {
		t.Fatalf("the cursor is on %q", v.board.cursor)
	}
	for i := range 90 {
		id := fmt.Sprint("new", i)
		v.roll.set(id, &standing{id: id, device: "1", kind: "hv_3", severity: c8yclient.SeverityCritical})
	}
	line := v.board.at.y
	v.touch()
	v.compose()
	if v.board.cursor != "type/hv_3" || v.board.at.y >= line {
		t.Errorf("the cursor is on %q in line %d, before in line %d", v.board.cursor, v.board.at.y, line)
	}
	for id, s := range v.roll.alarms {
		if s.kind == "hv_3" {
			v.roll.set(id, nil)
		}
	}
	v.touch()
	v.compose()
	if !strings.HasPrefix(v.board.cursor, "type/") {
		t.Errorf("the cursor went to %q", v.board.cursor)
	}
}

// A frame in which nothing changed costs nothing, and a live alarm little, however
// many alarms there are.
func BenchmarkRender(b *testing.B) {
	th := theme.New(theme.Standard, true)
	crowded := func() *View {
		v := filled(b)
		v.Resize(200, 50)
		for i := range mostStanding {
			id := fmt.Sprint(i)
			v.roll.set(id, &standing{id: id, device: fmt.Sprint(i % 5000), name: "Pump " + id, kind: fmt.Sprint(i % 300), severity: severities()[i%4]})
		}
		return v
	}
	b.Run("nothing new", func(b *testing.B) {
		for v := crowded(); b.Loop(); {
			v.Render(th)
		}
	})
	b.Run("a live alarm among 10,000", func(b *testing.B) {
		for v := crowded(); b.Loop(); {
			v.roll.set("9", &standing{id: "9", device: "9", name: "Pump 9", kind: "9", severity: c8yclient.SeverityCritical})
			v.touch()
			v.Render(th)
		}
	})
}
