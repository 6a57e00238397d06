package lobby

import (
	"cmp"
	"context"
	"iter"
	"sync"
	"time"

	"c8yx/session"
	"c8yx/theme"
	"c8yx/ui"
	"c8yx/ui/table"
	"c8yx/ui/text"
	"c8yx/views/collection"
	"c8yx/views/fault"
	"c8yx/views/overview"
	"c8yx/views/place"
	"c8yx/views/show"
	"c8yx/views/tenant"
)

// board is the place of the figures of all open tenants, side by side.
const board = "alltenants"

// How the board is read: a tenant that does not answer in time, because it waits for somebody to sign
// in, does not hold up the others.
const (
	boardPatience = 10 * time.Second
	boardEvery    = 30 * time.Second
)

// figures is a tenant of the board and how it is doing.
type figures struct {
	desk    string
	name    string
	user    string
	profile session.Profile
	overview.Figures
	asOf time.Time
	err  error
}

// withBoard lets a desk open the board.
func (l *Lobby) withBoard(t *tenant.Tenant, opener func(string) (ui.View, error)) func(string) (ui.View, error) {
	return func(written string) (ui.View, error) {
		if p, err := place.Parse(written); err == nil && p.Kind == board {
			v, err := collection.New(l.boardKind(), t, p)
			if err != nil {
				return nil, err
			}
			return v, nil
		}
		return opener(written)
	}
}

// present returns the open tenants, without their figures. It may be called from anywhere.
func (l *Lobby) present() []*figures {
	l.guests.Lock()
	defer l.guests.Unlock()
	var all []*figures
	for id, g := range l.open {
		is := g.profile
		if g.tenant.Session != nil {
			is = g.tenant.Session.Profile()
		}
		all = append(all, &figures{desk: id, name: g.tenant.Called(), user: is.User, profile: g.profile})
	}
	return all
}

// boardKind is the kind of open tenants.
func (l *Lobby) boardKind() *collection.Kind[*figures] {
	return &collection.Kind[*figures]{
		Name: board, Title: "Open tenants", One: "tenant", Many: "tenants",
		Sort:    "name",
		Columns: boardColumns(),
		ID:      func(f *figures) string { return f.desk },
		Label:   func(f *figures) string { return f.name },
		Read: func(ctx context.Context, _ *tenant.Tenant, _ place.Place) iter.Seq2[[]*figures, error] {
			return func(yield func([]*figures, error) bool) {
				for answer := range l.ask(ctx) {
					if !yield([]*figures{answer}, nil) {
						return
					}
				}
			}
		},
		Reread: boardEvery,
		Enter:  func(scope *ui.Scope, f *figures) { scope.ShowDesk(f.desk) },
		Empty:  func(place.Place) text.Safe { return "No tenant is open." },
	}
}

// ask asks all open tenants at once, and yields each as it answers.
func (l *Lobby) ask(ctx context.Context) iter.Seq[*figures] {
	return func(yield func(*figures) bool) {
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		all := l.present()
		answers := make(chan *figures, len(all)) // so that nobody waits to be heard
		var asking sync.WaitGroup
		for _, f := range all {
			asking.Go(func() {
				ctx, cancel := context.WithTimeout(ctx, boardPatience)
				defer cancel()
				if g := l.guest(f.desk); g != nil {
					f.Figures, f.err = overview.Ask(ctx, g.tenant.Client)
				}
				f.asOf = time.Now()
				answers <- f
			})
		}
		defer asking.Wait()
		for range all {
			if !yield(<-answers) {
				return
			}
		}
	}
}

// guest returns an open tenant, nil if it was closed. It may be called from anywhere.
func (l *Lobby) guest(desk string) *guest {
	l.guests.Lock()
	defer l.guests.Unlock()
	return l.open[desk]
}

func boardColumns() []collection.Column[*figures] {
	number := func(name string, title text.Safe, priority int, of func(*figures) int, role theme.Role) collection.Column[*figures] {
		return collection.Column[*figures]{
			Name: name, Column: table.Column{Title: title, Min: max(5, text.Width(title)), Priority: priority, Align: text.Right},
			Cell: func(f *figures) table.Cell {
				switch n := of(f); {
				case f.err != nil:
					return table.Cell{Text: "?", Role: theme.Faint}
				case n < 0:
					return table.Cell{Text: "–", Role: theme.Faint}
				case n == 0:
					return table.Cell{Text: "0", Role: theme.Faint}
				default:
					return table.Cell{Text: text.Count(n), Role: role}
				}
			},
			Compare: func(a, b *figures) int { return cmp.Compare(of(a), of(b)) },
			Number:  func(f *figures) (float64, bool) { return float64(of(f)), of(f) >= 0 },
		}
	}
	return []collection.Column[*figures]{
		{
			Name: "name", Column: table.Column{Title: "TENANT", Min: 14, Max: 40, Weight: 3, Priority: 20},
			Cell:    func(f *figures) table.Cell { return table.Cell{Text: text.Clean(f.name), Role: theme.Strong} },
			Compare: func(a, b *figures) int { return show.CompareNames(a.name, b.name) },
		},
		{
			Name: "user", Column: table.Column{Title: "USER", Min: 8, Max: 24, Weight: 1, Priority: 6},
			Cell:    func(f *figures) table.Cell { return table.Cell{Text: text.Clean(f.user), Role: theme.Muted} },
			Compare: func(a, b *figures) int { return show.CompareNames(a.user, b.user) },
		},
		{
			Name: "mode", Column: table.Column{Title: "MODE", Min: 4, Max: 14, Priority: 5},
			Cell: func(f *figures) table.Cell {
				said, role := row{profile: f.profile}.mark()
				return table.Cell{Text: said, Role: role}
			},
			Compare: func(a, b *figures) int { return cmp.Compare(a.profile.Mode, b.profile.Mode) },
		},
		number("critical", "CRITICAL", 18, func(f *figures) int { return f.Alarms[0] }, theme.Critical),
		number("major", "MAJOR", 17, func(f *figures) int { return f.Alarms[1] }, theme.Major),
		number("minor", "MINOR", 9, func(f *figures) int { return f.Alarms[2] }, theme.Minor),
		number("warning", "WARNING", 7, func(f *figures) int { return f.Alarms[3] }, theme.Warning),
		number("devices", "DEVICES", 14, func(f *figures) int { return f.Devices }, theme.Text),
		number("unavailable", "UNAVAILABLE", 15, func(f *figures) int { return f.Unavailable }, theme.Critical),
		number("pending", "PENDING", 12, func(f *figures) int { return f.Pending }, theme.Busy),
		number("failed", "FAILED 24H", 11, func(f *figures) int { return f.Failed }, theme.Major),
		number("waiting", "TO ACCEPT", 13, func(f *figures) int { return f.Waiting }, theme.Accent),
		{
			Name: "asked", Column: table.Column{Title: "AS OF", Min: 8, Max: 40, Weight: 1, Priority: 8},
			Cell: func(f *figures) table.Cell {
				if f.err != nil {
					return table.Cell{Text: fault.Short(f.err), Role: theme.Critical}
				}
				return table.Cell{Text: text.Clean(f.asOf.Local().Format(time.TimeOnly)), Role: theme.Muted}
			},
			Compare: func(a, b *figures) int { return a.asOf.Compare(b.asOf) },
		},
	}
}
