package views

import (
	"cmp"
	"context"
	"iter"
	"strings"
	"time"

	"github.com/go-json-experiment/json/jsontext"

	"c8yx/c8yclient"
	"c8yx/keys"
	"c8yx/theme"
	"c8yx/ui/table"
	"c8yx/ui/text"
	"c8yx/views/collection"
	"c8yx/views/place"
	"c8yx/views/show"
	"c8yx/views/tenant"
	"c8yx/views/write"
)

type user = c8yclient.User

// users is the kind of users: people, and with devices=true the users of devices.
func users(t *tenant.Tenant) *collection.Kind[*user] {
	return &collection.Kind[*user]{
		Name: "users", Aliases: []string{"user", "people"},
		Title: "Users", One: "user", Many: "users",
		Needs:      []string{"ROLE_USER_MANAGEMENT_READ", "ROLE_USER_MANAGEMENT_ADMIN", "ROLE_USER_MANAGEMENT_CREATE"},
		Parameters: []string{"username", "role", "owner", "devices"},
		Sort:       "name",
		Columns: []collection.Column[*user]{
			collection.Words("name", table.Column{Title: "USER", Min: 16, Max: 32, Weight: 2, Priority: 9}, theme.Strong,
				func(u *user) string { return u.UserName }),
			collection.Words("fullname", table.Column{Title: "NAME", Min: 16, Max: 32, Weight: 2, Priority: 7}, theme.Text, fullName),
			collection.State("enabled", table.Column{Title: "STATE", Min: 9, Priority: 8}, []bool{false, true}, enabled, showEnabled),
			collection.State("tfa", table.Column{Title: "TFA", Min: 4, Priority: 6}, []bool{true, false},
				func(u *user) bool { return u.TwoFactorAuthenticationEnabled }, yesOrNo),
			collection.When("password", table.Column{Title: "PASSWORD", Min: 9, Priority: 4}, func(u *user) time.Time { return u.LastPasswordChange }),
			collection.Words("email", table.Column{Title: "EMAIL", Min: 16, Max: 40, Weight: 2, Priority: 5}, theme.Text, func(u *user) string { return u.Email }),
			collection.Words("owner", table.Column{Title: "OWNER", Min: 8, Max: 24, Weight: 1, Priority: 2}, theme.Muted, func(u *user) string { return u.Owner }),
		},
		ID:      func(u *user) string { return u.UserName },
		Audited: func(u *user) string { return u.UserName },
		Label:   func(u *user) string { return u.UserName },
		Read:    readUsers,
		Decode:  c8yclient.DecodeDocument[user],
		Path:    func(u *user) string { return userPath(t, u) },
		Actions: userActions(t),
		Offers:  []collection.Offer{logOutAll()},
		Edit:    editUser(),
		Create:  newUser,
		Delete:  deleteUser(t),
		Detail:  userDetail,
		Empty: func(p place.Place) text.Safe {
			if p.Query.Get("devices") != "" {
				return "No device has a user yet: they come with registration."
			}
			return "No user answers to this. n makes one; users lists all that there are."
		},
	}
}

func readUsers(ctx context.Context, t *tenant.Tenant, p place.Place) iter.Seq2[[]*user, error] {
	options := c8yclient.UserListOptions{
		Username: p.Query.Get("username"), Owner: p.Query.Get("owner"), OnlyDevices: p.Query.Get("devices") == "true",
	}
	if role := p.Query.Get("role"); role != "" {
		options.GlobalRoles = strings.Split(role, ",")
	}
	return listedOf(ctx, t, options, t.Client.Users.Page, t.Client.Users.Pages)
}

func fullName(u *user) string {
	return cmp.Or(u.DisplayName, strings.TrimSpace(u.FirstName+" "+u.LastName))
}

// enabled reports whether the user may sign in; a tenant that does not say means yes.
func enabled(u *user) bool { return u.Enabled == nil || *u.Enabled }

func showEnabled(on bool) table.Cell {
	if on {
		return table.Cell{Text: "enabled", Role: theme.Good}
	}
	return table.Cell{Text: "disabled", Role: theme.Critical}
}

func yesOrNo(yes bool) table.Cell {
	if yes {
		return table.Cell{Text: "yes", Role: theme.Good}
	}
	return table.Cell{Text: "no", Role: theme.Faint}
}

func userDetail(u *user, now time.Time) []collection.Field {
	state, factor := showEnabled(enabled(u)), yesOrNo(u.TwoFactorAuthenticationEnabled)
	fields := []collection.Field{
		{Label: "name", Value: show.OrDash(fullName(u)), Role: theme.Strong},
		{Label: "state", Value: state.Text, Role: state.Role},
		{Label: "second factor", Value: factor.Text, Role: factor.Role},
		{Label: "email", Value: show.OrDash(u.Email)},
		{Label: "phone", Value: show.OrDash(u.Phone)},
		{Label: "password", Value: "changed " + show.Age(u.LastPasswordChange, now)},
		{Label: "owner", Value: show.OrDash(u.Owner)},
	}
	if u.ShouldResetPassword {
		fields = append(fields, collection.Field{Label: "must", Value: "choose another password at the next sign-in", Role: theme.Minor})
	}
	if u.DelegatedBy != "" {
		fields = append(fields, collection.Field{Label: "acts for", Value: text.Clean(u.DelegatedBy)})
	}
	for i, r := range u.GlobalRoles.References {
		if i == 0 {
			fields = append(fields, collection.Field{Label: "Global roles"})
		}
		if r.GlobalRole != nil {
			fields = append(fields, collection.Field{Label: text.Clean(r.GlobalRole.Name), Value: show.OrDash(r.GlobalRole.Description), Role: theme.Muted})
		}
	}
	return fields
}

func userPath(t *tenant.Tenant, u *user) string {
	return apiPath("user", t.ID(), "users", u.UserName)
}

// userActions say who may sign in, and with what.
func userActions(t *tenant.Tenant) []collection.Action[*user] {
	return []collection.Action[*user]{
		giveRoles(func(u *user) string { return u.UserName }),
		{Action: keys.UserParts, Run: func(act *collection.Act[*user]) {
			act.Open(place.At("assignments").With("user", act.Items[0].UserName))
		}},
		{Action: keys.UserEnable, Write: &collection.Write[*user]{
			Did: "Changed",
			Request: func(u *user) write.Request {
				return write.Put(userPath(t, u), map[string]bool{"enabled": !enabled(u)})
			},
		}},
		resetPassword(t),
		requireTFA(t),
		{
			Action: keys.UserRevokeTOTP,
			Disabled: func(u *user) string {
				switch {
				case !u.TwoFactorAuthenticationEnabled:
					return "the user has no second factor"
				case oneself(t, u):
					return "one's own can only be revoked by somebody else"
				}
				return ""
			},
			Write: &collection.Write[*user]{
				Did:     "Revoked the second factor of",
				Request: func(u *user) write.Request { return write.Delete(userPath(t, u) + "/totpSecret/revoke") },
				Inverse: func(*user, jsontext.Value) (write.Request, text.Safe) {
					return write.Request{}, "the user sets it up again at the next sign-in"
				},
			},
		},
	}
}
