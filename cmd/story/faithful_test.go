package story_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"c8yx/cmd/story"
)

// TestTheScreenShowsWhatTheProgramDrew holds the whole way from a view to the
// screen against the view itself. Between them lie the renderer, which sends
// only what changed and moves lines that it can reuse, and the emulator, which
// has to understand all of that: if it did not, stories would fail, or pass,
// for no reason of the program's.
func TestTheScreenShowsWhatTheProgramDrew(t *testing.T) {
	t.Parallel()
	for seed := range uint64(4) {
		t.Run(fmt.Sprintf("seed %d", seed), func(t *testing.T) {
			t.Parallel()
			list := &scroller{random: rand.New(rand.NewPCG(seed, 2)), width: 70, height: 20}
			start := func(story.World) (story.Model, error) { return list, nil }
			story.Run(t, story.Options{Start: start, Tenant: nobody, Width: 70, Height: 20}, func(s *story.Story) {
				for step := range 120 {
					switch list.random.IntN(12) {
					case 0:
						s.Resize(40+list.random.IntN(60), 8+list.random.IntN(20))
					case 1:
						s.Press("x") // everything anew
					default:
						s.Press("down")
					}
					drawn := strings.Join(list.plain(), "\n")
					if shown := s.Screen(); shown != drawn {
						t.Fatalf("step %d: the program drew\n%s\n\nthe screen shows\n%s", step, drawn, shown)
					}
				}
			})
		})
	}
}

// scroller is a list of rows in many scripts and styles that scrolls, a few lines
// or many at a time, while single rows change.
type scroller struct {
	random        *rand.Rand
	rows          []string
	top           int
	width, height int
}

func (l *scroller) Init() tea.Cmd { return nil }
func (l *scroller) Idle() bool    { return true }

func (l *scroller) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		l.width, l.height = msg.Width, msg.Height
	case tea.KeyPressMsg:
		if msg.String() == "x" {
			l.rows = nil
		}
		l.top = max(0, l.top+l.random.IntN(9)-3)
		for range l.random.IntN(3) {
			if len(l.rows) > 0 {
				l.rows[l.random.IntN(len(l.rows))] = l.row()
			}
		}
	}
	for len(l.rows) < l.top+l.height {
		l.rows = append(l.rows, l.row())
	}
	return l, nil
}

// row makes a row that always fits: words in several scripts, and blanks.
func (l *scroller) row() string {
	words := []string{"Press", "07", "冷蔵庫", "Kühlung", "●", "▲▲", "насос", "⣿⣀", "      ", "aaaaaaaaaa", "─────", "café"}
	row := ""
	for range l.random.IntN(5) {
		row += words[l.random.IntN(len(words))] + strings.Repeat(" ", l.random.IntN(3))
	}
	return strings.TrimRight(row, " ")
}

// plain is the text of the frame, one string for each line of the terminal.
func (l *scroller) plain() []string {
	lines := make([]string, l.height)
	for y := range lines {
		if at := l.top + y; at < len(l.rows) && y < l.height {
			lines[y] = lipgloss.NewStyle().MaxWidth(l.width).Render(l.rows[at])
			lines[y] = strings.TrimRight(lines[y], " ")
		}
	}
	return lines
}

func (l *scroller) View() tea.View {
	styles := []lipgloss.Style{
		lipgloss.NewStyle(),
		lipgloss.NewStyle().Bold(true).Foreground(lipgloss.Color("#ff8800")),
		lipgloss.NewStyle().Reverse(true),
		lipgloss.NewStyle().Background(lipgloss.Color("4")).Underline(true),
	}
	lines := l.plain()
	for y := range lines {
		lines[y] = styles[(l.top+y)%len(styles)].Render(lines[y])
	}
	view := tea.NewView(strings.Join(lines, "\n"))
	view.AltScreen = true
	return view
}
