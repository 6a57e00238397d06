package views

import (
	"context"
	"errors"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"c8yx/c8yclient"
	"c8yx/keys"
	"c8yx/ui"
	"c8yx/ui/dialog"
	"c8yx/ui/form"
	"c8yx/ui/text"
	"c8yx/ui/toast"
	"c8yx/views/collection"
	"c8yx/views/edit"
	"c8yx/views/fault"
	"c8yx/views/job"
	"c8yx/views/tenant"
	"c8yx/views/write"
)

// roleIDs is how inventory roles are named in what is sent.
type roleIDs struct {
	ManagedObject string       `json:"managedObject,omitzero"`
	Roles         []roleNumber `json:"roles"`
}

type roleNumber struct {
	ID jsontext.Value `json:"id"`
}

// numbers are the ids of roles as the API has them: numbers, without quotes.
func numbers(ids []string) []roleNumber {
	all := make([]roleNumber, len(ids))
	for i, id := range ids {
		value, _ := json.Marshal(c8yclient.ID(id))
		if plain := jsontext.Value(id); plain.IsValid() && plain.Kind() == '0' {
			value = plain
		}
		all[i] = roleNumber{ID: value}
	}
	return all
}

// pickInventoryRoles lets the user tick inventory roles, of which some are had already.
func pickInventoryRoles(t *tenant.Tenant, scope *ui.Scope, title text.Safe, had []c8yclient.InventoryRole, accept func(ids []string, names string)) {
	ui.Load(scope, func(ctx context.Context) ([]*inventoryRole, error) {
		var all []*inventoryRole
		for r, err := range t.Client.InventoryRoles.List(ctx, nil) {
			if err != nil {
				return nil, err
			}
			all = append(all, r)
		}
		return all, nil
	}, func(all []*inventoryRole, err error) {
		if err != nil {
			scope.Toast(toast.Failure, "The inventory roles cannot be read. "+fault.Explain(err))
			return
		}
		p := &dialog.Pick{Title: title, Empty: "There are no inventory roles. Make one first: inventoryroles."}
		for _, r := range all {
			item := dialog.Pickable{Value: string(r.ID), Title: text.Clean(r.Name), Note: text.Clean(r.Description)}
			for _, h := range had {
				if h.ID == r.ID {
					item.Tick = dialog.On
				}
			}
			p.Items = append(p.Items, item)
		}
		p.Accept = func([]dialog.Pickable) {
			var ids, names []string
			for _, item := range p.Items {
				if item.Tick == dialog.On {
					ids, names = append(ids, item.Value), append(names, string(item.Title))
				}
			}
			if len(ids) == 0 {
				scope.Toast(toast.Caution, "Nothing was sent: without roles it would say nothing. D takes all of them away.")
				return
			}
			accept(ids, strings.Join(names, ", "))
		}
		scope.Show(p)
	})
}

// assign gives the user roles for another part of the inventory.
func assign() collection.Offer {
	record := keys.New
	record.Title, record.Hint, record.Needs = "Give roles for a part of the inventory…", "give", userAdmins()
	return collection.Offer{Action: record, Run: func(here collection.Here) {
		user, t, scope := here.Place.Query.Get("user"), here.Tenant, here.Scope
		if user == "" {
			scope.Toast(toast.Caution, "To whom? Open the roles of a user.")
			return
		}
		scope.Show(form.New(form.Options{
			Title: "Give " + text.Clean(user) + " roles for a part of the inventory", Submit: "Choose the roles",
			Intro: []text.Safe{"They hold for a group, a device or any other object, and for everything below it."},
			Fields: []form.Field{{
				Name: "object", Label: "For", Required: true, Placeholder: "4711, or the beginning of a name", Input: form.File(lookForObject(t, scope)),
			}},
			Accept: func(f *form.Form, values form.Values) {
				object, _, _ := strings.Cut(values.Text("object"), " ")
				f.Busy("Looking for it …")
				ui.Load(scope, func(ctx context.Context) (*c8yclient.ManagedObject, error) {
					return t.Client.Inventory.Get(ctx, object, nil)
				}, func(found *c8yclient.ManagedObject, err error) {
					if err != nil {
						f.FieldFail("object", noObject(err))
						return
					}
					f.Close()
					t.Remember(found.ID, found.Name)
					title := "Roles of " + text.Clean(user) + " for " + text.Clean(t.Name(found.ID))
					pickInventoryRoles(t, scope, title, nil, func(ids []string, names string) {
						sendAssignment(t, scope, user, found.ID, ids, names)
					})
				})
			},
		}))
	}}
}

// sendAssignment gives the roles, at once.
func sendAssignment(t *tenant.Tenant, scope *ui.Scope, user, object string, ids []string, names string) {
	request := write.Post(assignmentPath(t, user), roleIDs{ManagedObject: object, Roles: numbers(ids)})
	did := "Gave " + text.Clean(names) + " for " + text.Clean(t.Name(object)) + " to " + text.Clean(user)
	edit.Bench{Tenant: t, Scope: scope}.Make(edit.Change{
		Title: "Give roles to " + text.Clean(user), Did: func(int) text.Safe { return did },
		Items: []job.Item{{ID: object, Label: user}},
		Step: func(int) write.Step {
			return write.Step{Request: request, Inverse: func(_, answer jsontext.Value) (write.Request, text.Safe) {
				made, err := c8yclient.DecodeDocument[c8yclient.InventoryAssignment](answer)
				if err != nil || made.ID == "" {
					return write.Request{}, "the tenant did not say which assignment it is"
				}
				return write.Delete(assignmentPath(t, user, string(made.ID))), ""
			}}
		},
		Ended: func(job.Progress) { scope.Refresh() },
	})
}

// noObject says why an object will not do, beside the field that names it.
func noObject(err error) text.Safe {
	if errors.Is(err, c8yclient.ErrNotFound) {
		return "the tenant has no such object"
	}
	return fault.Explain(err)
}

// lookForObject finds what is called as is typed: by id, or groups and devices by the beginning of the name.
func lookForObject(t *tenant.Tenant, scope *ui.Scope) func(string, func(form.Found)) {
	return func(typed string, answer func(form.Found)) {
		typed, _, _ = strings.Cut(strings.TrimSpace(typed), " · ")
		ui.Load(scope, func(ctx context.Context) (form.Found, error) { return findObjects(ctx, t, typed), nil },
			func(found form.Found, _ error) { answer(found) })
	}
}

func findObjects(ctx context.Context, t *tenant.Tenant, typed string) form.Found {
	if strings.Trim(typed, "0123456789") == "" {
		object, err := t.Client.Inventory.Get(ctx, typed, nil)
		if err != nil {
			return form.Found{Problem: noObject(err)}
		}
		return form.Found{Note: text.Clean(object.Name)}
	}
	found := form.Found{Problem: "no group or device is called so"}
	page, err := t.Client.Inventory.Page(ctx, &c8yclient.InventoryListOptions{
		InventoryFilter: c8yclient.InventoryFilter{
			Query: "$filter=((has(c8y_IsDeviceGroup) or has(c8y_IsDevice)) and name eq " + quoted(typed+"*") + ") $orderby=name",
		},
		Paging: c8yclient.Paging{PageSize: 20},
	})
	if err != nil {
		return form.Found{Problem: fault.Explain(err)}
	}
	for _, object := range page.Items {
		found.Problem = "choose one with ↓ and enter"
		found.Completions = append(found.Completions, object.ID+" · "+string(text.Clean(object.Name)))
	}
	return found
}

// reassign changes which roles a user has for a part.
func reassign() collection.Action[*assigned] {
	record := keys.Edit
	record.Title, record.Hint, record.Needs = "Change the roles…", "change", userAdmins()
	return collection.Action[*assigned]{Action: record, Run: func(act *collection.Act[*assigned]) {
		a, t := act.Items[0], act.Tenant
		title := "Roles of " + text.Clean(a.user) + " for " + text.Clean(a.object)
		pickInventoryRoles(t, act.Scope, title, a.Roles, func(ids []string, _ string) {
			path := assignmentPath(t, a.user, string(a.ID))
			act.Write(collection.Write[*assigned]{
				Did:     "Changed",
				Request: func(*assigned) write.Request { return write.Put(path, roleIDs{Roles: numbers(ids)}) },
				Inverse: func(*assigned, jsontext.Value) (write.Request, text.Safe) {
					return write.Put(path, roleIDs{Roles: numbers(idsOf(a.Roles))}), ""
				},
			})
		})
	}}
}

// unassign takes all roles for a part from a user; the object and the roles themselves stay.
func unassign(t *tenant.Tenant) collection.Action[*assigned] {
	record := keys.Delete
	record.Title, record.Hint, record.Needs = "Take away", "take away", userAdmins()
	return collection.Action[*assigned]{Action: record, Write: &collection.Write[*assigned]{
		Did:     "Took away",
		Request: func(a *assigned) write.Request { return write.Delete(assignmentPath(t, a.user, string(a.ID))) },
		Inverse: func(a *assigned, _ jsontext.Value) (write.Request, text.Safe) {
			given := roleIDs{ManagedObject: string(a.ManagedObject), Roles: numbers(idsOf(a.Roles))}
			return write.Post(assignmentPath(t, a.user), given), ""
		},
	}}
}

func idsOf(roles []inventoryRole) []string {
	ids := make([]string, len(roles))
	for i, r := range roles {
		ids[i] = string(r.ID)
	}
	return ids
}
