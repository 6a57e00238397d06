package follow

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"time"

	"github.com/go-json-experiment/json/jsontext"

	"c8yx/theme"
	"c8yx/ui"
	"c8yx/ui/table"
	"c8yx/ui/text"
	"c8yx/views/collection"
	"c8yx/views/inspect"
	"c8yx/views/place"
	"c8yx/views/show"
	"c8yx/views/tenant"
)

// Name is the first word of the places of this package: "follow?subscription=pumps", and
// "follow/12" for one message of those that came in this session.
const Name = "follow"

// Place returns the place that follows a subscription. inMemory says that the tenant keeps its news
// in memory only, as the subscription does.
func Place(subscription string, inMemory bool) place.Place {
	p := place.At(Name).With("subscription", subscription)
	if inMemory {
		p = p.With("memory", "true")
	}
	return p
}

// Open opens a place of this package.
func Open(l *Log, t *tenant.Tenant, p place.Place) (ui.View, error) {
	if len(p.Path) == 0 {
		return collection.New(kind(newFollowing(l, t, p.Query.Get("subscription"), p.Query.Get("memory") == "true")), t, p)
	}
	m, known := l.find(p.Path[0])
	if !known || m.data == nil {
		return nil, fmt.Errorf("%s: there is no such message in this session, or no longer", p)
	}
	return inspect.Of(t, p, text.Clean("Message "+m.key()), func(context.Context) (jsontext.Value, error) { return m.data, nil }), nil
}

// kind is the kind of messages of one following.
func kind(f *following) *collection.Kind[*message] {
	return &collection.Kind[*message]{
		Name: Name, Title: "News", One: "message", Many: "messages",
		Needs:      []string{"ROLE_NOTIFICATION_2_ADMIN"},
		Parameters: []string{"subscription", "memory"},
		Whose:      []string{"subscription", "memory"},
		Words:      1,
		Sort:       "-number",
		Most:       keepMessages,
		Newest:     func(m *message) time.Time { return m.at },
		Columns: []collection.Column[*message]{
			{
				Name: "number", Column: table.Column{Title: "NO", Min: 4, Priority: 3, Align: text.Right},
				Cell:    func(m *message) table.Cell { return table.Cell{Text: text.Count(m.number), Role: theme.Muted} },
				Compare: func(a, b *message) int { return cmp.Compare(a.number, b.number) },
			},
			{
				Name: "time", Column: table.Column{Title: "TIME", Min: 12, Priority: 8},
				Cell: func(m *message) table.Cell {
					return table.Cell{Text: text.Clean(m.at.Local().Format("15:04:05.000")), Role: theme.Muted}
				},
				Compare: func(a, b *message) int { return a.at.Compare(b.at) },
			},
			collection.Words("api", table.Column{Title: "API", Min: 12, Max: 20, Priority: 9}, theme.Strong, func(m *message) string { return cmp.Or(m.api, "connection") }),
			collection.Words("action", table.Column{Title: "ACTION", Min: 8, Priority: 7}, theme.Text, func(m *message) string { return string(actionCell(m).Text) }).Styled(actionCell),
			collection.Words("source", table.Column{Title: "SOURCE", Min: 10, Max: 28, Weight: 1, Priority: 6}, theme.Link, func(m *message) string { return f.sourceName(m) }),
			collection.Words("about", table.Column{Title: "ABOUT", Min: 20, Max: 120, Weight: 5, Priority: 8}, theme.Text, func(m *message) string { return m.said }),
			collection.Words("id", table.Column{Title: "ID", Min: 6, Max: 14, Priority: 2}, theme.Muted, func(m *message) string { return m.id }),
		},
		ID:    (*message).key,
		Named: func(m *message) (id, name string) { return m.source, "" },
		Label: func(m *message) string { return m.api + " " + m.said },
		Read: func(context.Context, *tenant.Tenant, place.Place) iter.Seq2[[]*message, error] {
			return func(yield func([]*message, error) bool) { yield(f.log.of(f.number), nil) }
		},
		Live: func(ctx context.Context, _ *tenant.Tenant, _ place.Place) iter.Seq[collection.News[*message]] {
			return func(yield func(collection.News[*message]) bool) { f.run(ctx, yield) }
		},
		Opens:  func(m *message) place.Place { return place.At(Name, m.key()) },
		Detail: f.detail,
		Empty: func(p place.Place) text.Safe {
			if p.Query.Get("subscription") == "" {
				return "One follows one subscription: follow?subscription=NAME."
			}
			return "Connecting as a new subscriber. The tenant passes on what happens from then on, and nothing from before."
		},
		Subject: func(p place.Place) text.Safe {
			if name := p.Query.Get("subscription"); name != "" {
				return "of " + text.Clean(name)
			}
			return ""
		},
	}
}

func (f *following) sourceName(m *message) string {
	if m.source == "" {
		return ""
	}
	return f.tenant.Name(m.source)
}

// detail shows a message with its whole document.
func (f *following) detail(m *message, now time.Time) []collection.Field {
	action := actionCell(m)
	fields := []collection.Field{
		{Label: "api", Value: text.Clean(cmp.Or(m.api, "connection")), Role: theme.Strong},
		{Label: "action", Value: action.Text, Role: action.Role},
		{Label: "came", Value: show.Age(m.at, now)},
	}
	if m.connection() {
		return append(fields, collection.Field{Label: "means", Value: show.OrDash(m.said)})
	}
	fields = append(fields,
		collection.Field{Label: "source", Value: show.OrDash(f.sourceName(m)), Role: theme.Link},
		collection.Field{Label: "id", Value: show.OrDash(m.id), Role: theme.Muted})
	fields = append(fields, collection.Field{Label: "Document"})
	return append(fields, m.members...)
}
