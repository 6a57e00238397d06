package views

import (
	"context"
	"iter"

	"github.com/go-json-experiment/json/jsontext"

	"c8yx/c8yclient"
	"c8yx/keys"
	"c8yx/ui"
	"c8yx/ui/dialog"
	"c8yx/ui/text"
	"c8yx/ui/toast"
	"c8yx/views/collection"
	"c8yx/views/fault"
	"c8yx/views/place"
	"c8yx/views/tenant"
	"c8yx/views/write"
)

// members is the kind of users who have a global role: those of devices, too.
func members(t *tenant.Tenant) *collection.Kind[*user] {
	k := users(t)
	k.Name, k.Aliases = "members", []string{"member"}
	k.Title, k.One, k.Many = "Members", "member", "members"
	k.Parameters = []string{"role"}
	k.Read = readMembers
	k.Actions = []collection.Action[*user]{takeOut()}
	k.Offers = []collection.Offer{addMembers()}
	k.Edit, k.Create, k.Delete = nil, nil, nil
	k.Opens = func(u *user) place.Place { return place.At("users").With("username", u.UserName) }
	k.Subject = func(p place.Place) text.Safe {
		if p.Query.Get("role") == "" {
			return ""
		}
		return "of " + text.Clean(roleName(t, p.Query.Get("role")))
	}
	k.Empty = func(p place.Place) text.Safe {
		if p.Query.Get("role") == "" {
			return "Whose members? Open a global role, or write members?role=ID."
		}
		return "Nobody has this role. " + text.Clean(keys.New.Keys[0]) + " gives it to users."
	}
	return k
}

// Names of global roles are remembered beside those of objects, which have other ids.
func rememberRole(t *tenant.Tenant, r *globalRole) { t.Remember(roleKey(string(r.ID)), r.Name) }

func roleKey(id string) string { return "global role " + id }

// roleName returns what a global role is called, as far as that is known.
func roleName(t *tenant.Tenant, id string) string { return t.Name(roleKey(id)) }

func readMembers(ctx context.Context, t *tenant.Tenant, p place.Place) iter.Seq2[[]*user, error] {
	role := p.Query.Get("role")
	return ofTenant(ctx, t, func(id string) iter.Seq2[[]*user, error] {
		return func(yield func([]*user, error) bool) {
			if role == "" {
				return
			}
			r, err := t.Client.GlobalRoles.Get(ctx, id, role)
			if err != nil {
				yield(nil, err)
				return
			}
			rememberRole(t, r)
			var batch []*user
			for u, err := range t.Client.GlobalRoles.Users(ctx, id, role, nil) {
				if err != nil {
					yield(nil, err)
					return
				}
				if batch = append(batch, u); len(batch) == firstPage {
					if !yield(batch, nil) {
						return
					}
					batch = nil
				}
			}
			yield(batch, nil)
		}
	})
}

// takeOut takes the role from users.
func takeOut() collection.Action[*user] {
	record := keys.Delete
	record.Title, record.Hint, record.Needs = "Take the role from", "take away", userAdmins()
	return collection.Action[*user]{Action: record, Run: func(act *collection.Act[*user]) {
		id, role := act.Tenant.ID(), act.Place.Query.Get("role")
		of := func(u *user) membership {
			return membership{user: u.UserName, role: role, name: roleName(act.Tenant, role)}
		}
		act.Write(collection.Write[*user]{
			Did:     "Took " + text.Clean(roleName(act.Tenant, role)) + " from",
			Request: func(u *user) write.Request { return of(u).request(id) },
			Inverse: func(u *user, _ jsontext.Value) (write.Request, text.Safe) { return of(u).step(id).Inverse(nil, nil) },
		})
	}}
}

// addMembers lets the user tick users who have not got the role yet.
func addMembers() collection.Offer {
	record := keys.New
	record.Title, record.Hint, record.Needs = "Give the role to users…", "give", userAdmins()
	return collection.Offer{Action: record, Run: func(here collection.Here) {
		role := here.Place.Query.Get("role")
		if role == "" {
			here.Scope.Toast(toast.Caution, "Which role? Open one from the global roles.")
			return
		}
		ui.Load(here.Scope, func(ctx context.Context) ([]*user, error) { return others(ctx, here.Tenant, role) }, func(free []*user, err error) {
			if err != nil {
				here.Scope.Toast(toast.Failure, "The role cannot be given. "+fault.Explain(err))
				here.Scope.Refresh()
				return
			}
			name := roleName(here.Tenant, role)
			p := &dialog.Pick{
				Title: "Give " + text.Clean(name) + " to", Empty: "Everybody has it.",
				Accept: func(changed []dialog.Pickable) {
					all := make([]membership, len(changed))
					for i, c := range changed {
						all[i] = membership{user: c.Value, role: role, name: name, on: true}
					}
					changeMemberships(here.Tenant, here.Scope, all)
				},
			}
			for _, u := range free {
				p.Items = append(p.Items, dialog.Pickable{Value: u.UserName, Title: text.Clean(u.UserName), Note: text.Clean(fullName(u))})
			}
			here.Scope.Show(p)
		})
	}}
}

// others returns the users, those of devices aside, who do not have a role.
func others(ctx context.Context, t *tenant.Tenant, role string) ([]*user, error) {
	id := t.ID()
	has := map[string]bool{}
	for u, err := range t.Client.GlobalRoles.Users(ctx, id, role, nil) {
		if err != nil {
			return nil, err
		}
		has[u.UserName] = true
	}
	var free []*user
	for u, err := range t.Client.Users.List(ctx, id, &c8yclient.UserListOptions{}) {
		if err != nil {
			return nil, err
		}
		if !has[u.UserName] {
			free = append(free, u)
		}
	}
	return free, nil
}
