package views

import (
	"context"
	"sync"

	"github.com/go-json-experiment/json/jsontext"
	"golang.org/x/sync/errgroup"

	"c8yx/c8yclient"
	"c8yx/keys"
	"c8yx/ui"
	"c8yx/ui/dialog"
	"c8yx/ui/text"
	"c8yx/ui/toast"
	"c8yx/views/collection"
	"c8yx/views/edit"
	"c8yx/views/fault"
	"c8yx/views/job"
	"c8yx/views/tenant"
	"c8yx/views/write"
)

// membership is that a user has a global role, or no longer shall have it.
type membership struct {
	user       string
	role, name string // id and name of the role
	on         bool
}

// request gives the role or takes it.
func (m membership) request(tenantID string) write.Request {
	users := apiPath("user", tenantID, "groups", m.role, "users")
	if m.on {
		return write.Post(users, refer("user", apiPath("user", tenantID, "users", m.user)))
	}
	return write.Delete(users + "/" + apiPath(m.user))
}

// refer makes a reference to something that has a path of its own, as the API wants it.
func refer(what, path string) map[string]map[string]string {
	return map[string]map[string]string{what: {"self": "/" + path}}
}

func (m membership) step(tenantID string) write.Step {
	back := m
	back.on = !m.on
	return write.Step{
		Request: m.request(tenantID),
		Inverse: func(_, _ jsontext.Value) (write.Request, text.Safe) { return back.request(tenantID), "" },
	}
}

// changeMemberships gives and takes global roles: one at once, more after a question. Whoever shows them
// is told to read again.
func changeMemberships(t *tenant.Tenant, scope *ui.Scope, all []membership) {
	id := t.ID()
	change := edit.Change{
		Title: "Give and take " + text.Count(len(all)) + " global roles",
		Did:   func(n int) text.Safe { return "Gave or took " + text.Count(n) + " global roles" },
		Items: make([]job.Item, len(all)),
		Step:  func(i int) write.Step { return all[i].step(id) },
		Ended: func(job.Progress) { scope.Refresh() },
	}
	for i, m := range all {
		change.Items[i] = job.Item{ID: m.user + " " + m.role, Label: m.user + ": " + m.name, Path: apiPath("user", id, "users", m.user)}
	}
	if len(all) == 1 {
		user, role := text.Clean(all[0].user), text.Clean(all[0].name)
		change.Title = "Give " + role + " to " + user
		change.Did = func(int) text.Safe { return "Gave " + role + " to " + user }
		if !all[0].on {
			change.Title = "Take " + role + " from " + user
			change.Did = func(int) text.Safe { return "Took " + role + " from " + user }
		}
	}
	edit.Bench{Tenant: t, Scope: scope}.Make(change)
}

// held is which global roles there are, and which of them some users have.
type held struct {
	users []string
	roles []*globalRole
	has   map[string]map[string]bool // by user and id of the role
}

// giveRoles lets the user tick global roles for one or many users, by their names.
func giveRoles[T any](name func(T) string) collection.Action[T] {
	return collection.Action[T]{Action: keys.UserRoles, Run: func(act *collection.Act[T]) {
		ui.Load(act.Scope, func(ctx context.Context) (held, error) { return readHeld(ctx, act, name) }, func(h held, err error) {
			if err != nil {
				act.Scope.Toast(toast.Failure, "The global roles cannot be given. "+fault.Explain(err))
				act.Scope.Refresh()
				return
			}
			h.pick(act.Tenant, act.Scope)
		})
	}}
}

func readHeld[T any](ctx context.Context, act *collection.Act[T], name func(T) string) (held, error) {
	h := held{has: map[string]map[string]bool{}}
	if act.All != nil {
		for u, err := range act.All.Each(ctx) {
			if err != nil {
				return h, err
			}
			h.users = append(h.users, name(u))
		}
	} else {
		for _, u := range act.Items {
			h.users = append(h.users, name(u))
		}
	}
	client, id := act.Tenant.Client, act.Tenant.ID()
	for role, err := range client.GlobalRoles.List(ctx, id, nil) {
		if err != nil {
			return h, err
		}
		h.roles = append(h.roles, role)
	}
	var mu sync.Mutex
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(4)
	for _, name := range h.users {
		group.Go(func() error {
			own := map[string]bool{}
			for role, err := range client.Users.GlobalRoles(ctx, id, name, &c8yclient.GlobalRoleListOptions{}) {
				if err != nil {
					return err
				}
				own[string(role.ID)] = true
			}
			mu.Lock()
			defer mu.Unlock()
			h.has[name] = own
			return nil
		})
	}
	return h, group.Wait()
}

// pick shows the roles with ticks, and has changed what the user changes.
func (h held) pick(t *tenant.Tenant, scope *ui.Scope) {
	whose := text.Count(len(h.users)) + " users"
	if len(h.users) == 1 {
		whose = text.Clean(h.users[0])
	}
	p := &dialog.Pick{
		Title: "Global roles of " + whose, Empty: "The tenant has no global roles.",
		Accept: func(changed []dialog.Pickable) { changeMemberships(t, scope, h.wanted(changed)) },
	}
	for _, r := range h.roles {
		have := 0
		for _, own := range h.has {
			if own[string(r.ID)] {
				have++
			}
		}
		item := dialog.Pickable{Value: string(r.ID), Title: text.Clean(r.Name), Note: text.Clean(r.Description)}
		switch {
		case have == len(h.users):
			item.Tick = dialog.On
		case have > 0:
			item.Tick = dialog.Some
		}
		p.Items = append(p.Items, item)
	}
	scope.Show(p)
}

// wanted is what has to be changed for the ticks.
func (h held) wanted(changed []dialog.Pickable) []membership {
	var all []membership
	for _, c := range changed {
		on := c.Tick == dialog.On
		for _, name := range h.users {
			if h.has[name][c.Value] != on {
				all = append(all, membership{user: name, role: c.Value, name: string(c.Title), on: on})
			}
		}
	}
	return all
}
