package views

import (
	"cmp"
	"context"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"c8yx/c8yclient"
	"c8yx/keys"
	"c8yx/session"
	"c8yx/theme"
	"c8yx/ui/dialog"
	"c8yx/ui/form"
	"c8yx/ui/text"
	"c8yx/views/collection"
	"c8yx/views/edit"
	"c8yx/views/job"
	"c8yx/views/place"
	"c8yx/views/signin"
	"c8yx/views/tenant"
	"c8yx/views/write"
)

// userAdmins is what writing users needs. Who has no more than the second looks after those below him.
func userAdmins() []string {
	return []string{"ROLE_USER_MANAGEMENT_ADMIN", "ROLE_USER_MANAGEMENT_CREATE"}
}

// oneself reports whether a user is the one who sits here.
func oneself(t *tenant.Tenant, u *user) bool { return strings.EqualFold(u.UserName, t.Profile.User) }

// newUser asks for what a user needs. The tenant's rule for passwords is learned before, so that it
// can be told beside the field.
func newUser(place.Place) edit.Creator {
	return edit.Creator{
		One: "user", Needs: userAdmins(),
		Learn: func(ctx context.Context, t *tenant.Tenant, c *edit.Creator) error {
			id, err := t.AskID(ctx)
			if err != nil {
				return err
			}
			offered, err := t.Client.LoginOptions.List(ctx, &c8yclient.LoginOptionsListOptions{TenantID: id})
			if err != nil {
				return err
			}
			c.Path, c.Fields = apiPath("user", id, "users"), newUserFields(session.PasswordRuleOf(offered))
			c.Check = signin.SameTwice("password", "again")
			c.Back = func(answer jsontext.Value) (write.Request, text.Safe) {
				u, err := c8yclient.DecodeDocument[user](answer)
				if err != nil || u.UserName == "" {
					return write.Request{}, "the tenant did not say what the user is called"
				}
				return write.Delete(apiPath("user", id, "users", u.UserName)), ""
			}
			return nil
		},
	}
}

func newUserFields(rule session.PasswordRule) []edit.Field {
	const mailed = "sendPasswordResetEmail"
	chosenHere := func(v form.Values) bool { return !v.On(mailed) }
	return append([]edit.Field{
		{Field: form.Field{Name: "userName", Label: "User name", Required: true, Placeholder: "jane", Note: "By which the user signs in. It cannot be changed later.", Validate: userNameProblem}},
		{Field: form.Field{Name: "email", Label: "E-mail", Required: true, Placeholder: "jane@example.com", Note: "Only the user can change it later.", Validate: signin.MailProblem}},
		{As: edit.Flag, Field: form.Field{Name: mailed, Label: "Send a mail", Note: "With a link by which the user chooses a password. Else you set the first one here."}},
		{As: edit.Secret, Field: form.Field{
			Name: "password", Label: "Password", Required: true, Visible: chosenHere, Note: signin.RuleWords(rule), Validate: signin.PasswordProblem(rule),
		}},
		{As: edit.Aside, Field: form.Field{Name: "again", Label: "Once more", Required: true, Input: form.Secret(), Visible: chosenHere}},
		{As: edit.Flag, Field: form.Field{
			Name: "shouldResetPassword", Label: "Must change it", Visible: chosenHere, Note: "The user chooses another password at the first sign-in.",
		}},
	}, nameFields()...)
}

// nameFields are what may be told of a user, and changed by others.
func nameFields() []edit.Field {
	return []edit.Field{
		{Field: form.Field{Name: "firstName", Label: "First name"}},
		{Field: form.Field{Name: "lastName", Label: "Last name"}},
		{Field: form.Field{Name: "displayName", Label: "Shown as", Note: "How the web interface calls the user; empty for first and last name."}},
		{Field: form.Field{Name: "phone", Label: "Phone", Placeholder: "+49 151 1234567", Note: "With the code of the country.", Validate: signin.PhoneProblem}},
	}
}

func userNameProblem(typed string) text.Safe {
	switch {
	case strings.ContainsAny(typed, " \t"):
		return "no blanks"
	case strings.ContainsAny(typed, `/\+$:`):
		return `none of / \ + $ :`
	case len(typed) > 1000:
		return "at most 1,000 characters"
	}
	return ""
}

func editUser() *collection.Edit[*user] {
	flag := func(name, label, note text.Safe) edit.Field {
		return edit.Field{As: edit.Flag, Field: form.Field{Name: string(name), Label: label, Note: note}}
	}
	return &collection.Edit[*user]{Editor: edit.Editor{
		Needs: userAdmins(),
		Fields: append(
			nameFields(),
			flag("enabled", "May sign in", ""),
			flag("twoFactorAuthenticationEnabled", "Second factor", "A code of an app or by SMS beside the password, at every sign-in."),
			flag("shouldResetPassword", "New password", "The user must choose another one at the next sign-in."),
			flag("newsletter", "Newsletter", ""),
		),
		Fixed: []string{
			"userName", "email", "lastPasswordChange", "passwordStrength", "password", "groups", "roles", "applications", "owner", "delegatedBy", "subusersCount",
		},
	}}
}

func deleteUser(t *tenant.Tenant) *collection.Delete[*user] {
	return &collection.Delete[*user]{
		Remover: edit.Remover{
			Needs: userAdmins(), Along: leftByUser,
			Restore: func(jsontext.Value) (write.Request, text.Safe) {
				return write.Request{}, "nobody but the user knows the password"
			},
		},
		Disabled: func(u *user) string {
			if oneself(t, u) {
				return "one does not delete oneself"
			}
			return ""
		},
	}
}

// leftByUser finds out what a user leaves behind.
func leftByUser(ctx context.Context, t *tenant.Tenant, target edit.Target) (edit.Along, error) {
	u, err := t.Client.Users.Get(ctx, t.ID(), target.ID)
	if err != nil {
		return edit.Along{}, err
	}
	var along edit.Along
	for _, r := range u.GlobalRoles.References {
		if r.GlobalRole != nil {
			along.Lines = append(along.Lines, "the membership in "+text.Clean(r.GlobalRole.Name))
		}
	}
	if parts, err := t.Client.InventoryRoles.Assignments(ctx, t.ID(), target.ID); err == nil && len(parts) > 0 {
		along.Lines = append(along.Lines, "the roles for "+text.Count(len(parts))+" parts of the inventory")
	}
	below, err := t.Client.Users.Count(ctx, t.ID(), &c8yclient.UserListOptions{Owner: target.ID})
	if err != nil {
		return along, err
	}
	if below > 0 {
		along.Lines = append(along.Lines, "being above "+text.Count(below)+" other users, who stay")
	}
	return along, nil
}

// resetPassword has users choose another password. To set one for somebody else, which would be known to two
// people, is refused by the platform since release 10.20.6.
func resetPassword(t *tenant.Tenant) collection.Action[*user] {
	reset := func(act *collection.Act[*user], member, did string, inverse func(*user, jsontext.Value) (write.Request, text.Safe)) {
		act.Write(collection.Write[*user]{
			Did:     text.Clean(did),
			Request: func(u *user) write.Request { return write.Put(userPath(t, u), map[string]bool{member: true}) },
			Inverse: inverse,
		})
	}
	return collection.Action[*user]{
		Action: keys.UserPassword,
		Disabled: func(u *user) string {
			switch {
			case oneself(t, u):
				return "change your own on the page “me”"
			case strings.HasPrefix(u.UserName, "device_"):
				return "a device gets its password when it is registered"
			}
			return ""
		},
		Run: func(act *collection.Act[*user]) {
			act.Scope.Show(&dialog.Choose{
				Title: "Reset the password",
				Intro: "Nobody can set the password of somebody else, but everybody can be made to choose another one.",
				Choices: []dialog.Choice{
					{Key: "m", Title: "Send a mail", Note: "with a link to choose one", Run: func() {
						reset(act, "sendPasswordResetEmail", "Had a mail sent to", func(*user, jsontext.Value) (write.Request, text.Safe) {
							return write.Request{}, "a mail does not come back"
						})
					}},
					{Key: "s", Title: "At the next sign-in", Note: "and end all sessions now", Run: func() {
						reset(act, "shouldResetPassword", "Asked for another password:", nil)
					}},
				},
			})
		},
	}
}

// requireTFA demands a second factor of users, or no longer does.
func requireTFA(t *tenant.Tenant) collection.Action[*user] {
	return collection.Action[*user]{
		Action: keys.UserTFA,
		Write: &collection.Write[*user]{
			Did: "Changed",
			Request: func(u *user) write.Request {
				return write.Put(userPath(t, u), map[string]bool{"twoFactorAuthenticationEnabled": !u.TwoFactorAuthenticationEnabled})
			},
		},
	}
}

// logOutAll ends the sessions of everybody in the tenant, after a question.
func logOutAll() collection.Offer {
	return collection.Offer{Action: keys.UserLogoutAll, Run: func(here collection.Here) {
		t, id := here.Tenant, here.Tenant.ID()
		name := text.Clean(t.Called())
		request := write.Post("user/logout/"+apiPath(id)+"/allUsers", nil)
		ask := &dialog.Confirm{
			Title: "Log everybody out", Question: "End the sessions of everybody in " + name + "?", Yes: "Log everybody out", Danger: true,
			Details: []text.Safe{
				"Yours ends too: you are asked to sign in again.",
				"Devices and services that send a password with each request notice nothing.",
			},
			Body: func(th *theme.Theme, width int) []string { return edit.Shown(th, request, width) },
			Accept: func() {
				edit.Bench{Tenant: t, Scope: here.Scope}.Make(edit.Change{
					Title: "Log everybody out", Did: func(int) text.Safe { return "Logged everybody out of " + name },
					Items: []job.Item{{ID: id, Label: cmp.Or(t.Profile.Name, id)}},
					Step: func(int) write.Step {
						return write.Step{Request: request, Inverse: func(_, _ jsontext.Value) (write.Request, text.Safe) {
							return write.Request{}, "everybody signs in again"
						}}
					},
				})
			},
		}
		if t.IsProduction() {
			ask.Word = string(name)
		}
		here.Scope.Show(ask)
	}}
}
