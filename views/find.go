package views

import (
	"cmp"
	"context"
	"iter"

	"c8yx/theme"
	"c8yx/ui/table"
	"c8yx/ui/text"
	"c8yx/views/collection"
	"c8yx/views/identify"
	"c8yx/views/place"
	"c8yx/views/show"
	"c8yx/views/tenant"
)

// found is the kind of answers to "what is it?": everything in the tenant that a word may mean.
func found() *collection.Kind[*identify.Answer] {
	words := func(answer *identify.Answer) text.Safe {
		if answer.ID != "" {
			return text.Clean(answer.ID)
		}
		return text.Count(answer.Count) + " objects"
	}
	return &collection.Kind[*identify.Answer]{
		Name: "find", Aliases: []string{"whatis", "search"},
		Title: "What is it?", One: "answer", Many: "answers",
		Parameters: []string{"what"},
		Columns: []collection.Column[*identify.Answer]{
			{
				Name: "what", Column: table.Column{Title: "IT IS", Min: 11, Priority: 9},
				Cell:    func(a *identify.Answer) table.Cell { return table.Cell{Text: text.Clean(a.What), Role: theme.Accent} },
				Compare: func(a, b *identify.Answer) int { return cmp.Compare(a.What, b.What) },
			},
			{
				Name: "name", Column: table.Column{Title: "NAME", Min: 24, Max: 60, Weight: 3, Priority: 8},
				Cell:    func(a *identify.Answer) table.Cell { return table.Cell{Text: text.Clean(a.Name), Role: theme.Strong} },
				Compare: func(a, b *identify.Answer) int { return show.CompareNames(a.Name, b.Name) },
			},
			{
				Name: "matched", Column: table.Column{Title: "BY ITS", Min: 12, Max: 30, Weight: 1, Priority: 7},
				Cell:    func(a *identify.Answer) table.Cell { return table.Cell{Text: text.Clean(a.Matched)} },
				Compare: func(a, b *identify.Answer) int { return cmp.Compare(a.Matched, b.Matched) },
			},
			{
				Name: "id", Column: table.Column{Title: "ID", Min: 8, Max: 20, Priority: 6, Align: text.Right},
				Cell:    func(a *identify.Answer) table.Cell { return table.Cell{Text: words(a), Role: theme.Muted} },
				Compare: func(a, b *identify.Answer) int { return show.CompareIDs(a.ID, b.ID) },
			},
		},
		ID:    (*identify.Answer).Key,
		Label: func(a *identify.Answer) string { return a.Name },
		Read: func(ctx context.Context, t *tenant.Tenant, p place.Place) iter.Seq2[[]*identify.Answer, error] {
			word := p.Query.Get("what")
			if word == "" {
				return func(func([]*identify.Answer, error) bool) {}
			}
			return func(yield func([]*identify.Answer, error) bool) {
				for answers, err := range identify.Ask(ctx, t, word) {
					if !yield(collection.Pointers(answers), err) {
						return
					}
				}
			}
		},
		Opens: func(a *identify.Answer) place.Place { return a.Place },
		Empty: func(p place.Place) text.Safe {
			if p.Query.Get("what") == "" {
				return "Type what you look for after the colon: an id, a name, a serial number, an external id, a type, an owner, a fragment."
			}
			return text.Clean("Nothing in this tenant is called " + p.Query.Get("what") + ": no id, name, serial number, external id, type, owner, fragment or user.")
		},
		Subject: func(p place.Place) text.Safe { return text.Clean(p.Query.Get("what")) },
	}
}
