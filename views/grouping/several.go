package grouping

import (
	"context"
	"fmt"
	"slices"

	"c8yx/c8yclient"
	"c8yx/ui"
	"c8yx/ui/form"
	"c8yx/ui/text"
	"c8yx/ui/toast"
	"c8yx/views/edit"
	"c8yx/views/fault"
	"c8yx/views/write"
)

// What takes more than one request is done in an order in which nothing is lost if it ends half way,
// and what was left undone is told.

// Move asks for a group and moves a thing there: it is put into the new one before it is taken out of
// the old. shown is called on the update loop.
func Move(b edit.Bench, from, thing Thing, shown func()) {
	const group = "group"
	b.Scope.Show(form.New(form.Options{
		Title: "Move " + thing.called(), Submit: "Move",
		Intro:  []text.Safe{"out of " + from.called() + ", in " + text.Clean(b.Tenant.Called())},
		Fields: []form.Field{Field(b.Tenant, b.Scope, group)},
		Accept: func(f *form.Form, values form.Values) {
			to := values.Text(group)
			switch id := ID(to); id {
			case from.ID:
				f.FieldFail(group, "it is in there already")
				return
			case thing.ID:
				f.FieldFail(group, "a group cannot be put into itself")
				return
			}
			f.Busy("Moving …")
			ui.Load(lasting(b), func(ctx context.Context) (bool, error) {
				return true, move(c8yclient.WithCause(ctx, "Move "+thing.Name), b.Tenant.Client, from.ID, ID(to), thing.ID)
			}, func(_ bool, err error) {
				if err != nil {
					f.Fail(fault.Explain(err))
					shown()
					return
				}
				f.Close()
				did := "Moved " + thing.called() + " to " + text.Clean(to)
				b.Tenant.Deeds.Add(write.Deed{What: did, Back: []write.Reversal{
					{ID: thing.ID, Label: thing.Name, Step: write.Step{Request: member(from.ID, thing.ID)}},
					{ID: thing.ID, Label: thing.Name, Step: write.Step{Request: absent(ID(to), thing.ID)}},
				}})
				b.Scope.Toast(toast.Success, did)
				shown()
			})
		},
	}))
}

// lasting is the scope of what goes on when the view is closed.
func lasting(b edit.Bench) *ui.Scope {
	if scope := b.Tenant.Jobs.Scope(); scope != nil {
		return scope
	}
	return b.Scope
}

func move(ctx context.Context, client *c8yclient.Client, from, to, id string) error {
	if err := client.Inventory.AddChildren(ctx, to, c8yclient.ChildAssets, id); err != nil {
		return err
	}
	if err := client.Inventory.RemoveChild(ctx, from, c8yclient.ChildAssets, id); err != nil {
		return fmt.Errorf("it is in the new group, and still in the old one: %w", err)
	}
	return nil
}

// atOnce is how many members are added by one request.
const atOnce = 100

// Gather asks for the name of a new group and puts the things into it. next is called on the update
// loop with the group.
func Gather(b edit.Bench, things []Thing, title text.Safe, intro []text.Safe, name string, next func(group Thing)) {
	var made *c8yclient.ManagedObject // a second attempt goes on with it
	b.Scope.Show(form.New(form.Options{
		Title: title, Intro: intro, Submit: "Go on",
		Fields: []form.Field{{Name: "name", Label: "Name", Required: true, Value: name}},
		Accept: func(f *form.Form, values form.Values) {
			f.Busy("Making the group …")
			type result struct{ group *c8yclient.ManagedObject }
			ui.Load(lasting(b), func(ctx context.Context) (result, error) {
				ctx = c8yclient.WithCause(ctx, "New group of "+fmt.Sprint(len(things)))
				group, err := made, error(nil)
				if group == nil {
					group, err = newGroup(ctx, b.Tenant.Client, values.Text("name"))
				}
				if err != nil {
					return result{}, err
				}
				return result{group}, fill(ctx, b.Tenant.Client, group.ID, things)
			}, func(r result, err error) {
				made = r.group
				if err != nil {
					said := fault.Explain(err)
					if made != nil {
						said = "The group " + text.Clean(made.ID) + " is there, and not all are in it. " + said
					}
					f.Fail(said)
					return
				}
				f.Close()
				b.Tenant.Remember(made.ID, made.Name)
				did := "Made the group " + text.Clean(made.Name) + " of " + text.Count(len(things))
				b.Tenant.Deeds.Add(write.Deed{What: did, Back: []write.Reversal{
					{ID: made.ID, Label: made.Name, Step: write.Step{Request: write.Delete("inventory/managedObjects/" + made.ID)}},
				}})
				b.Scope.Toast(toast.Success, did)
				next(Thing{made.ID, made.Name})
			})
		},
	}))
}

func newGroup(ctx context.Context, client *c8yclient.Client, name string) (*c8yclient.ManagedObject, error) {
	group := &c8yclient.ManagedObject{Name: name, Type: "c8y_DeviceGroup"}
	if err := group.SetFragment("c8y_IsDeviceGroup", struct{}{}); err != nil {
		return nil, err
	}
	return client.Inventory.Create(ctx, group)
}

func fill(ctx context.Context, client *c8yclient.Client, group string, things []Thing) error {
	for chunk := range slices.Chunk(things, atOnce) {
		ids := make([]string, len(chunk))
		for i, t := range chunk {
			ids[i] = t.ID
		}
		if err := client.Inventory.AddChildren(ctx, group, c8yclient.ChildAssets, ids...); err != nil {
			return err
		}
	}
	return nil
}
