package views

import (
	"cmp"
	"context"
	"iter"
	"time"

	"c8yx/c8yclient"
	"c8yx/keys"
	"c8yx/theme"
	"c8yx/ui/table"
	"c8yx/ui/text"
	"c8yx/views/collection"
	"c8yx/views/place"
	"c8yx/views/show"
	"c8yx/views/tenant"
)

type loginOption = c8yclient.LoginOption

// loginOptions is the kind of ways to sign in to the tenant.
func loginOptions(t *tenant.Tenant) *collection.Kind[*loginOption] {
	return &collection.Kind[*loginOption]{
		Name: "loginoptions", Aliases: []string{"loginoption", "logins"},
		Title: "Login options", One: "login option", Many: "login options",
		Sort: "type",
		Columns: []collection.Column[*loginOption]{
			collection.Words("type", table.Column{Title: "TYPE", Min: 18, Priority: 9}, theme.Strong, func(o *loginOption) string { return show.Lower(string(o.Type)) }),
			collection.Words("button", table.Column{Title: "BUTTON", Min: 12, Max: 32, Weight: 2, Priority: 7}, theme.Text, func(o *loginOption) string { return o.ButtonName }),
			collection.Words("grant", table.Column{Title: "GRANT", Min: 12, Max: 24, Priority: 6}, theme.Text, func(o *loginOption) string { return show.Lower(o.GrantType) }),
			collection.Words("users", table.Column{Title: "USERS", Min: 9, Priority: 5}, theme.Text, func(o *loginOption) string { return show.Lower(o.UserManagementSource) }),
			collection.State("visible", table.Column{Title: "VISIBLE", Min: 7, Priority: 8}, []bool{true, false},
				func(o *loginOption) bool { return bool(o.VisibleOnLoginPage) }, yesOrNo),
			collection.Words("tfa", table.Column{Title: "TFA", Min: 5, Priority: 4}, theme.Text, func(o *loginOption) string { return o.TFAStrategy }),
			collection.Words("id", table.Column{Title: "ID", Min: 12, Max: 24, Priority: 1}, theme.Muted, func(o *loginOption) string { return o.ID }),
		},
		ID:      func(o *loginOption) string { return o.ID },
		Audited: func(o *loginOption) string { return o.ID },
		Label:   func(o *loginOption) string { return cmp.Or(o.ButtonName, string(o.Type)) },
		Path:    func(o *loginOption) string { return apiPath("tenant", "loginOptions", o.ID) },
		Read: func(ctx context.Context, t *tenant.Tenant, _ place.Place) iter.Seq2[[]*loginOption, error] {
			return whole(func() ([]*loginOption, error) { return t.Client.LoginOptions.List(ctx, nil) })
		},
		Edit: editLogin(), Delete: deleteLogin(), Actions: []collection.Action[*loginOption]{restrictLogin(t), {
			Action: keys.LoginMappings,
			Disabled: func(o *loginOption) string {
				if !o.Is(c8yclient.LoginSSO) {
					return "only single sign-on gives by what a token says"
				}
				return ""
			},
			Run: func(act *collection.Act[*loginOption]) {
				act.Open(place.At("accessmappings").With("option", act.Items[0].ID))
			},
		}},
		Named: func(o *loginOption) (id, name string) { return "login/" + o.ID, cmp.Or(o.ButtonName, string(o.Type)) },
		Empty: func(place.Place) text.Safe { return "The tenant says nothing of how to sign in." },
		Detail: func(o *loginOption, _ time.Time) []collection.Field {
			fields := []collection.Field{
				{Label: "type", Value: show.OrDash(show.Lower(string(o.Type))), Role: theme.Strong},
				{Label: "button", Value: show.OrDash(o.ButtonName)},
				{Label: "begins at", Value: show.OrDash(o.InitRequest)},
				{Label: "second factor", Value: show.OrDash(o.TFAStrategy)},
			}
			if s := o.Session; s != nil {
				fields = append(fields,
					collection.Field{Label: "Sessions"},
					collection.Field{Label: "end after", Value: text.Span(time.Duration(s.AbsoluteTimeoutMillis) * time.Millisecond)},
					collection.Field{Label: "are renewed", Value: "after " + text.Span(time.Duration(s.RenewalTimeoutMillis)*time.Millisecond)},
					collection.Field{Label: "at most", Value: text.Count(s.MaximumNumberOfParallelSessions) + " of a user"},
				)
			}
			return fields
		},
	}
}
