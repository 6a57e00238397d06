package collection_test

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/go-json-experiment/json/jsontext"

	"c8yx/c8yclient"
	"c8yx/keys"
	"c8yx/session"
	"c8yx/ui"
	"c8yx/ui/table"
	"c8yx/ui/text"
	"c8yx/views/collection"
	"c8yx/views/place"
	"c8yx/views/tenant"
)

// parcel is what the lists of these tests list.
type parcel struct {
	id     string
	weight int
	sent   time.Time
	extra  jsontext.Value
}

// depot is where parcels come from: a tenant that answers from memory.
type depot struct {
	parcels []*parcel
	page    int
	live    chan []*parcel // what comes live; nil for nothing
	fail    error          // instead of the second page
	reads   int
	acted   []*collection.Act[*parcel]
}

func (d *depot) kind() *collection.Kind[*parcel] {
	k := &collection.Kind[*parcel]{
		Name: "parcels", Title: "Parcels", One: "parcel", Many: "parcels", Sort: "id",
		Columns: []collection.Column[*parcel]{
			{
				Name: "id", Column: table.Column{Title: "ID", Min: 8},
				Cell:    func(p *parcel) table.Cell { return table.Cell{Text: text.Clean(p.id)} },
				Compare: func(a, b *parcel) int { return cmp.Compare(a.id, b.id) },
			},
			{
				Name: "weight", Column: table.Column{Title: "WEIGHT", Min: 8},
				Cell:    func(p *parcel) table.Cell { return table.Cell{Text: text.Count(p.weight)} },
				Compare: func(a, b *parcel) int { return cmp.Compare(a.weight, b.weight) },
				Number:  func(p *parcel) (float64, bool) { return float64(p.weight), true },
			},
		},
		ID:        func(p *parcel) string { return p.id },
		Label:     func(p *parcel) string { return p.id },
		Fragments: func(p *parcel) jsontext.Value { return p.extra },
		Read: func(context.Context, *tenant.Tenant, place.Place) iter.Seq2[[]*parcel, error] {
			d.reads++
			return func(yield func([]*parcel, error) bool) {
				for i, page := 0, 0; i < len(d.parcels); i, page = i+d.page, page+1 {
					if page > 0 && d.fail != nil {
						yield(nil, d.fail)
						return
					}
					if !yield(d.parcels[i:min(len(d.parcels), i+d.page)], nil) {
						return
					}
				}
			}
		},
		Actions: []collection.Action[*parcel]{{
			Action: keys.AlarmAcknowledge, // any that works on many
			Run:    func(a *collection.Act[*parcel]) { d.acted = append(d.acted, a) },
		}},
	}
	if d.live != nil {
		k.Live = func(ctx context.Context, _ *tenant.Tenant, _ place.Place) iter.Seq[collection.News[*parcel]] {
			return func(yield func(collection.News[*parcel]) bool) {
				for {
					select {
					case <-ctx.Done():
						return
					case items := <-d.live:
						if !yield(collection.News[*parcel]{Items: items}) {
							return
						}
					}
				}
			}
		}
	}
	return k
}

func parcels(n int) []*parcel {
	all := make([]*parcel, n)
	for i := range all {
		all[i] = &parcel{
			id: fmt.Sprintf("P%05d", i), weight: i * 7919 % n, sent: time.Unix(int64(n-i), 0),
			extra: jsontext.Value(fmt.Sprintf(`{"c8y_Label":{"colour":"%s","size":%d}}`, [...]string{"red", "green"}[i%2], i)),
		}
	}
	return all
}

// desk runs a list in a shell, without a terminal and without Bubble Tea.
type desk struct {
	t     testing.TB
	shell *ui.Shell
	inbox chan tea.Msg
}

func open(t testing.TB, k *collection.Kind[*parcel], written string) *desk {
	t.Helper()
	client, err := c8yclient.New("https://localhost")
	if err != nil {
		t.Fatal(err)
	}
	ten := tenant.New(client, session.Profile{})
	d := &desk{t: t, inbox: make(chan tea.Msg)}
	d.shell = ui.New(ui.Options{Fixed: true, First: ui.Desk{Home: written, Opener: func(s string) (ui.View, error) {
		p, err := place.Parse(s)
		if err != nil {
			return nil, err
		}
		return collection.New(k, ten, p)
	}}})
	quit := make(chan struct{})
	t.Cleanup(func() {
		d.shell.Close()
		close(quit)
	})
	d.shell.Attach(func(msg tea.Msg) {
		select {
		case d.inbox <- msg:
		case <-quit:
		}
	})
	d.shell.Update(tea.WindowSizeMsg{Width: 100, Height: 20})
	d.settle()
	return d
}

// settle delivers messages until nothing is under way.
func (d *desk) settle() {
	for !d.shell.Idle() {
		d.deliver()
	}
}

func (d *desk) deliver() {
	select {
	case msg := <-d.inbox:
		d.shell.Update(msg)
	case <-time.After(time.Millisecond):
	}
}

// receive lets parcels come live.
func (d *desk) receive(from *depot, items []*parcel) {
	for {
		select {
		case from.live <- items:
			return
		case msg := <-d.inbox:
			d.shell.Update(msg)
		}
	}
}

// press presses keys; texts of several letters that are no names of keys are typed.
func (d *desk) press(pressed ...string) {
	d.t.Helper()
	for _, key := range pressed {
		switch key {
		case "enter":
			d.shell.Update(tea.KeyPressMsg{Code: tea.KeyEnter})
		case "esc":
			d.shell.Update(tea.KeyPressMsg{Code: tea.KeyEscape})
		case "down":
			d.shell.Update(tea.KeyPressMsg{Code: tea.KeyDown})
		case "shift+down":
			d.shell.Update(tea.KeyPressMsg{Code: tea.KeyDown, Mod: tea.ModShift})
		case "space":
			d.shell.Update(tea.KeyPressMsg{Code: tea.KeySpace, Text: " "})
		case "end":
			d.shell.Update(tea.KeyPressMsg{Code: tea.KeyEnd})
		default:
			for _, r := range key {
				d.shell.Update(tea.KeyPressMsg{Code: r, Text: string(r)})
			}
		}
		d.settle()
	}
}

func (d *desk) screen() string { return ansi.Strip(d.shell.View().Content) }

func (d *desk) see(texts ...string) {
	d.t.Helper()
	for _, s := range texts {
		for end := time.Now().Add(5 * time.Second); !strings.Contains(d.screen(), s); d.deliver() {
			if time.Now().After(end) {
				d.t.Fatalf("the screen does not show %q:\n%s", s, d.screen())
			}
		}
	}
}

func ids(items []*parcel) string {
	var all []string
	for _, p := range items {
		all = append(all, p.id)
	}
	return strings.Join(all, " ")
}

// Everything that matches is what the tenant has at the place and the filter lets pass, whether
// it is loaded or not, with the number first.
func TestAllThatMatchIsMoreThanWhatIsLoaded(t *testing.T) {
	d := &depot{parcels: parcels(500), page: 50}
	k := d.kind()
	k.Most = 100
	list := open(t, k, "parcels")
	list.see("first 100 parcels, there are more")
	list.press("/", "c8y_Label.colour=red weight<250", "enter", "*")
	list.see(" marked")
	list.press("a")
	if act := d.acted[0]; act.All != nil || len(act.Items) == 0 {
		t.Errorf("what is loaded is marked, and an action gets %v and %d items", act.All, len(act.Items))
	}
	list.press("*")
	list.see("all 125 that match marked")
	list.press("a")
	act := d.acted[1]
	if act.All == nil {
		t.Fatal("the action does not learn that all were chosen")
	}
	n, err := act.All.Count(t.Context())
	var all []*parcel
	for p, err := range act.All.Each(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
	if err != nil || n != 125 || len(all) != 125 || slices.ContainsFunc(all, func(p *parcel) bool {
		return p.weight >= 250 || !strings.Contains(string(p.extra), "red")
	}) {
		t.Errorf("%d counted, %d came, %v", n, len(all), err)
	}
	list.press("space")
	if list.press("a"); d.acted[2].All != nil {
		t.Error("all are still chosen after a mark was changed")
	}

	d.fail = errors.New("the tenant is gone")
	list.press("U", "*", "*")
	list.see("Not all are marked, because they could not be counted")
}

func TestRangesOfRowsAreMarked(t *testing.T) {
	d := &depot{parcels: parcels(10), page: 50}
	list := open(t, d.kind(), "parcels")
	list.press("down", "V", "down", "down")
	list.see("1 marked, V marks up to here")
	list.press("V", "down", "down", "shift+down", "a")
	if got := ids(d.acted[0].Items); got != "P00001 P00002 P00003 P00005 P00006" {
		t.Errorf("marked are %s", got)
	}
	list.press("I", "a")
	if got := ids(d.acted[1].Items); got != "P00000 P00004 P00007 P00008 P00009" {
		t.Errorf("marked are %s", got)
	}
	list.press("s", "/", "P00004", "enter") // marks survive order and filter
	list.see("5 marked", "1 match")
	list.press("*")
	list.see("everything is marked")
}

// A list that grows keeps the newest.
func TestALiveListIsBounded(t *testing.T) {
	d := &depot{parcels: parcels(30), page: 10, live: make(chan []*parcel)}
	k := d.kind()
	k.Most, k.Newest = 100, func(p *parcel) time.Time { return p.sent }
	list := open(t, k, "parcels?sort=-id")
	list.see("30 parcels")
	for i := range 50 {
		batch := parcels(10)
		for j, p := range batch {
			p.id, p.sent = fmt.Sprintf("N%05d", i*10+j), time.Unix(int64(1000+i*10+j), 0)
		}
		list.receive(d, batch)
	}
	list.see("newest 100 parcels, there are more", "N00499")
	list.press("end")
	if strings.Contains(list.screen(), "P0000") {
		t.Error("an old one was kept")
	}
}

func TestAPausedListCountsWhatWaits(t *testing.T) {
	d := &depot{parcels: parcels(3), page: 10, live: make(chan []*parcel)}
	list := open(t, d.kind(), "parcels")
	list.press("p")
	list.receive(d, parcels(5)[3:])
	list.receive(d, parcels(2))
	list.see("paused, 4 changes wait", "3 parcels")
	d.parcels = parcels(5)
	list.press("p")
	list.see("5 parcels")
	if strings.Contains(list.screen(), "wait") {
		t.Error("it still waits")
	}
}
