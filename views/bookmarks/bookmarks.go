package bookmarks

import (
	"context"
	"slices"
	"strings"
	"time"

	"c8yx/c8yclient"
	"c8yx/keys"
	"c8yx/ui"
	"c8yx/ui/dialog"
	"c8yx/ui/form"
	"c8yx/ui/palette"
	"c8yx/ui/text"
	"c8yx/ui/toast"
	"c8yx/views/state"
)

// Bookmark is a place with a name.
type Bookmark struct {
	Name  string `json:"name"`
	Place string `json:"place"`
}

// The names in the state.
const (
	markedName  = "bookmarks"
	visitedName = "visited"
)

// settle is how long visits wait to be saved together.
const settle = 2 * time.Second

// Book is the bookmarks and the latest visits of one tenant. Its methods are for the update loop.
type Book struct {
	state  *state.Store
	scope  *ui.Scope
	marked []Bookmark
	saving bool // visits are waiting to be saved
}

// New returns the book that is kept in a state. It is empty until [Book.Open].
func New(s *state.Store) *Book { return &Book{state: s} }

// Open reads what was kept, beside the loop.
func (b *Book) Open(scope *ui.Scope) {
	b.scope = scope
	type kept struct {
		marked  []Bookmark
		visited []string
	}
	ui.Load(scope, func(context.Context) (kept, error) {
		var k kept
		if err := b.state.Load(markedName, &k.marked); err != nil {
			return k, err
		}
		return k, b.state.Load(visitedName, &k.visited)
	}, func(k kept, err error) {
		b.marked = k.marked
		scope.Recall(k.visited)
		b.tell(err)
	})
}

// Visited notes that a place was opened.
func (b *Book) Visited(string) {
	if b.scope == nil || b.saving {
		return
	}
	b.saving = true
	b.scope.After(settle, func() {
		b.saving = false
		b.save(visitedName, slices.DeleteFunc(b.scope.Recent(), secret))
	})
}

// secret reports whether there is a secret in a place, such as a token in the query of a document.
func secret(place string) bool { return c8yclient.Redact(place) != place }

// Actions returns what can be done with bookmarks anywhere.
func (b *Book) Actions(scope *ui.Scope) []ui.Action {
	return []ui.Action{{Action: keys.Bookmark, Run: func() { b.toggle(scope) }}}
}

// toggle asks for a name for the place that is seen, or takes its bookmark away.
func (b *Book) toggle(scope *ui.Scope) {
	place, title := scope.Here()
	if at := b.find(place); at >= 0 {
		name := text.Clean(b.marked[at].Name)
		scope.Show(&dialog.Confirm{
			Title: "Bookmark", Question: "Remove the bookmark " + name + "?", Details: []text.Safe{text.Clean(place)}, Yes: "Remove",
			Accept: func() {
				if at := b.find(place); at >= 0 {
					b.marked = slices.Delete(b.marked, at, at+1)
					b.save(markedName, b.marked)
				}
			},
		})
		return
	}
	scope.Show(form.New(form.Options{
		Title: "Bookmark", Intro: []text.Safe{text.Clean(place)}, Submit: "Keep",
		Fields: []form.Field{{Name: "name", Label: "Name", Value: string(title), Required: true, Validate: b.named}},
		Accept: func(f *form.Form, v form.Values) {
			f.Close()
			b.marked = append(b.marked, Bookmark{Name: v.Text("name"), Place: place})
			b.save(markedName, b.marked)
			scope.Toast(toast.Success, "Kept. The palette lists it under its name.")
		},
	}))
}

// named says which place has a name already, "" if none has: the tabs of a device are all called by
// its name, and the palette could not tell them apart.
func (b *Book) named(name string) text.Safe {
	for _, m := range b.marked {
		if strings.EqualFold(m.Name, name) {
			return text.Clean(m.Place + " is kept under this name")
		}
	}
	return ""
}

func (b *Book) find(place string) int {
	return slices.IndexFunc(b.marked, func(m Bookmark) bool { return m.Place == place })
}

// Palette returns the bookmarks as lines of the palette.
func (b *Book) Palette(scope *ui.Scope) []palette.Entry {
	lines := make([]palette.Entry, len(b.marked))
	for i, m := range b.marked {
		lines[i] = palette.Entry{
			Title: text.Clean(m.Name), Aliases: m.Place, Kind: "bookmark", Run: func() { scope.Open(m.Place) },
		}
	}
	return lines
}

// save keeps a value, beside the loop.
func (b *Book) save(name string, value any) {
	if list, is := value.([]Bookmark); is {
		value = slices.Clone(list) // the loop may change its own meanwhile
	}
	ui.Load(b.scope, func(context.Context) (struct{}, error) {
		return struct{}{}, b.state.Save(name, value)
	}, func(_ struct{}, err error) { b.tell(err) })
}

// tell says what could not be kept; it costs no more than that.
func (b *Book) tell(err error) {
	if err != nil {
		b.scope.Toast(toast.Caution, text.Clean(err.Error()))
	}
}
