package views

import (
	"context"

	"github.com/go-json-experiment/json/jsontext"

	"c8yx/c8yclient"
	"c8yx/ui"
	"c8yx/ui/dialog"
	"c8yx/ui/text"
	"c8yx/ui/toast"
	"c8yx/views/edit"
	"c8yx/views/fault"
	"c8yx/views/job"
	"c8yx/views/tenant"
	"c8yx/views/write"
)

// grantee is who can be granted permissions: a global role or a user.
type grantee struct {
	name text.Safe
	list string // the path at which its permissions are
}

// grant is that a grantee has a permission, or no longer shall have it.
type grant struct {
	to         grantee
	permission string
	on         bool
}

func (g grant) request() write.Request {
	if g.on {
		return write.Post(g.to.list, refer("role", apiPath("user", "roles", g.permission)))
	}
	return write.Delete(g.to.list + "/" + apiPath(g.permission))
}

func (g grant) step() write.Step {
	back := g
	back.on = !g.on
	return write.Step{
		Request: g.request(),
		Inverse: func(_, _ jsontext.Value) (write.Request, text.Safe) { return back.request(), "" },
	}
}

// said is a grant in words, as an order or as what was done.
func (g grant) said(grant, revoke text.Safe) text.Safe {
	p := text.Clean(g.permission)
	if g.on {
		return grant + " " + p + " to " + g.to.name
	}
	return revoke + " " + p + " from " + g.to.name
}

// changeGrants grants and revokes permissions, after a question that shows the requests.
func changeGrants(t *tenant.Tenant, scope *ui.Scope, all []grant) {
	change := edit.Change{
		Title: "Grant and revoke " + text.Count(len(all)) + " permissions",
		Did:   func(n int) text.Safe { return "Granted or revoked " + text.Count(n) + " permissions" },
		Items: make([]job.Item, len(all)),
		Step:  func(i int) write.Step { return all[i].step() },
		Ended: func(job.Progress) { scope.Refresh() },
	}
	for i, g := range all {
		change.Items[i] = job.Item{ID: g.permission, Label: string(g.to.name) + ": " + g.permission, Path: g.to.list}
	}
	if len(all) == 1 {
		change.Title = all[0].said("Grant", "Revoke")
		change.Did = func(int) text.Safe { return all[0].said("Granted", "Revoked") }
	}
	edit.Bench{Tenant: t, Scope: scope}.Propose(change)
}

// allowed is which permissions there are, and which of them a grantee has.
type allowed struct {
	all []string
	has map[string]bool
}

// pickPermissions lets the user tick the permissions of a grantee, those of one area if it has a name. read
// lists those that it has, inherited those that it has by other ways, each with what says so.
func pickPermissions(
	t *tenant.Tenant, scope *ui.Scope, to grantee, about area, inherited map[string]text.Safe,
	read func(context.Context) ([]string, error),
) {
	ui.Load(scope, func(ctx context.Context) (allowed, error) {
		a := allowed{has: map[string]bool{}}
		own, err := read(ctx)
		if err != nil {
			return a, err
		}
		for _, p := range own {
			a.has[p] = true
		}
		for role, err := range t.Client.Permissions.List(ctx, &c8yclient.RoleListOptions{}) {
			if err != nil {
				return a, err
			}
			if _, is := about.level(role.Name); is || about.name == "" {
				a.all = append(a.all, role.Name)
			}
		}
		return a, nil
	}, func(a allowed, err error) {
		if err != nil {
			scope.Toast(toast.Failure, "The permissions of "+to.name+" cannot be changed. "+fault.Explain(err))
			scope.Refresh()
			return
		}
		p := &dialog.Pick{Title: "Permissions of " + to.name, Intro: "What is ticked here is granted to " + to.name + " itself.", Submit: "review"}
		if about.name != "" {
			p.Title = text.Clean(about.name) + " of " + to.name
		}
		for _, name := range a.all {
			item := dialog.Pickable{Value: name, Title: text.Clean(name), Note: inherited[name]}
			if a.has[name] {
				item.Tick = dialog.On
			}
			p.Items = append(p.Items, item)
		}
		p.Accept = func(changed []dialog.Pickable) {
			all := make([]grant, len(changed))
			for i, c := range changed {
				all[i] = grant{to: to, permission: c.Value, on: c.Tick == dialog.On}
			}
			changeGrants(t, scope, all)
		}
		scope.Show(p)
	})
}

// permissionNames collects the names of permissions.
func permissionNames(list func(func(*c8yclient.Role, error) bool)) ([]string, error) {
	var names []string
	for role, err := range list {
		if err != nil {
			return nil, err
		}
		names = append(names, role.Name)
	}
	return names, nil
}
