package views

import (
	"context"
	"iter"
	"strings"

	"c8yx/c8yclient"
	"c8yx/keys"
	"c8yx/theme"
	"c8yx/ui/table"
	"c8yx/ui/text"
	"c8yx/views/collection"
	"c8yx/views/follow"
	"c8yx/views/place"
	"c8yx/views/show"
	"c8yx/views/tenant"
)

type subscription = c8yclient.NotificationSubscription

// subscriptions is the kind of Notification 2.0 subscriptions: what the platform keeps for
// consumers outside.
func subscriptions(t *tenant.Tenant) *collection.Kind[*subscription] {
	return &collection.Kind[*subscription]{
		Name: "subscriptions", Aliases: []string{"subscription", "notifications", "notification2"},
		Title: "Notification subscriptions", One: "subscription", Many: "subscriptions",
		Needs:      []string{"ROLE_NOTIFICATION_2_ADMIN"},
		Parameters: []string{"source", "context", "name"},
		Sort:       "name",
		Columns: []collection.Column[*subscription]{
			collection.Words("name", table.Column{Title: "SUBSCRIPTION", Min: 16, Max: 32, Weight: 2, Priority: 9}, theme.Strong, func(s *subscription) string { return s.Subscription }),
			collection.Words("context", table.Column{Title: "CONTEXT", Min: 8, Priority: 8}, theme.Text, func(s *subscription) string { return string(s.Context) }),
			collection.Words("source", table.Column{Title: "SOURCE", Min: 14, Max: 32, Weight: 2, Priority: 7}, theme.Link, func(s *subscription) string {
				if s.Source.ID == "" {
					return ""
				}
				return t.Name(s.Source.ID)
			}),
			collection.Words("apis", table.Column{Title: "NEWS OF", Min: 12, Max: 40, Weight: 2, Priority: 6}, theme.Text, newsOf),
			collection.Words("types", table.Column{Title: "TYPES", Min: 8, Max: 40, Weight: 1, Priority: 5}, theme.Text, func(s *subscription) string {
				if s.Filter == nil {
					return ""
				}
				return s.Filter.TypeFilter
			}),
			collection.Words("fragments", table.Column{Title: "FRAGMENTS", Min: 8, Max: 40, Weight: 1, Priority: 4}, theme.Muted, func(s *subscription) string {
				return strings.Join(s.FragmentsToCopy, ", ")
			}),
			collection.Identifier(func(s *subscription) string { return s.ID }),
		},
		ID:    func(s *subscription) string { return s.ID },
		Named: func(s *subscription) (id, name string) { return s.Source.ID, s.Source.Name },
		Label: func(s *subscription) string { return s.Subscription },
		Path:  func(s *subscription) string { return "notification2/subscriptions/" + s.ID },
		Read: func(ctx context.Context, t *tenant.Tenant, p place.Place) iter.Seq2[[]*subscription, error] {
			options := c8yclient.NotificationSubscriptionListOptions{
				Source: p.Query.Get("source"), Subscription: p.Query.Get("name"),
				Context: c8yclient.NotificationContext(p.Query.Get("context")),
			}
			return listed(ctx, options, t.Client.NotificationSubscriptions.Page, t.Client.NotificationSubscriptions.Pages)
		},
		Decode: c8yclient.DecodeDocument[subscription],
		Edit: &collection.Edit[*subscription]{Disabled: func(*subscription) string {
			return "the platform does not change subscriptions: delete it and make another"
		}},
		Create: newSubscription, Delete: deleteSubscription(),
		Actions: []collection.Action[*subscription]{
			{Action: keys.SubscriptionFollow, Run: func(a *collection.Act[*subscription]) {
				s := a.Items[0]
				a.Open(follow.Place(s.Subscription, bool(s.NonPersistent)))
			}},
		},
		Empty: func(place.Place) text.Safe {
			return "There are no subscriptions. They make the platform keep news for programs outside that fetch them with a token."
		},
		Subject: func(p place.Place) text.Safe { return of(t, p.Query.Get("source")) },
	}
}

// newsOf lists what a subscription is about.
func newsOf(s *subscription) string {
	if s.Filter == nil || len(s.Filter.APIs) == 0 {
		return "everything"
	}
	names := make([]string, len(s.Filter.APIs))
	for i, api := range s.Filter.APIs {
		names[i] = show.Lower(string(api))
	}
	return strings.Join(names, ", ")
}
