package grouping

import (
	"cmp"

	"github.com/go-json-experiment/json/jsontext"

	"c8yx/c8yclient"
	"c8yx/ui/form"
	"c8yx/ui/text"
	"c8yx/views/edit"
	"c8yx/views/job"
	"c8yx/views/write"
)

// Admin are the permissions of which any one allows changing what is in groups.
func Admin() []string { return []string{"ROLE_INVENTORY_ADMIN", "ROLE_MANAGED_OBJECT_ADMIN"} }

// Thing is an object that is put into a group.
type Thing struct{ ID, Name string }

func (t Thing) called() text.Safe { return text.Clean(cmp.Or(t.Name, t.ID)) }

// counted says how many things there are, by name if it is one.
func counted(things []Thing) text.Safe {
	if len(things) == 1 {
		return things[0].called()
	}
	return text.Count(len(things)) + " objects"
}

// member is the request that puts an object into a group, and absent the one that takes it out.
func member(group, id string) write.Request {
	return write.Post("inventory/managedObjects/"+group+"/childAssets", map[string]any{"managedObject": map[string]string{"id": id}})
}

func absent(group, id string) write.Request {
	return write.Delete("inventory/managedObjects/" + group + "/childAssets/" + id)
}

// Assign asks for a group and puts the things into it: one at once, more as a job. Where they are
// already they stay. shown is called on the update loop when something has changed.
func Assign(b edit.Bench, things []Thing, shown func()) {
	const group = "group"
	b.Scope.Show(form.New(form.Options{
		Title: "Assign " + counted(things) + " to a group", Submit: "Assign",
		Intro:  []text.Safe{"What it is in already, it stays in."},
		Fields: []form.Field{Field(b.Tenant, b.Scope, group)},
		Accept: func(f *form.Form, values form.Values) {
			id := ID(values.Text(group))
			for _, t := range things {
				if t.ID == id {
					f.FieldFail(group, "a group cannot be put into itself")
					return
				}
			}
			f.Close()
			b.Make(assignment(values.Text(group), things, shown))
		},
	}))
}

func assignment(group string, things []Thing, shown func()) edit.Change {
	id, items := ID(group), make([]job.Item, len(things))
	for i, t := range things {
		items[i] = job.Item{ID: t.ID, Label: cmp.Or(t.Name, t.ID), Path: "inventory/managedObjects/" + t.ID}
	}
	return edit.Change{
		Title: "Assign " + counted(things) + " to " + text.Clean(group),
		Did: func(n int) text.Safe {
			if n == 1 {
				return "Assigned " + things[0].called() + " to " + text.Clean(group)
			}
			return "Assigned " + text.Count(n) + " objects to " + text.Clean(group)
		},
		Items: items,
		Step: func(i int) write.Step {
			return write.Step{
				Request: member(id, things[i].ID),
				Inverse: func(jsontext.Value, jsontext.Value) (write.Request, text.Safe) { return absent(id, things[i].ID), "" },
			}
		},
		Shown: shown,
	}
}

// TakeOut takes a thing out of a group. The thing itself stays.
func TakeOut(b edit.Bench, group, thing Thing, shown func()) {
	b.Make(edit.Change{
		Title: "Take " + thing.called() + " out of " + group.called(),
		Did:   func(int) text.Safe { return "Took " + thing.called() + " out of " + group.called() },
		Items: []job.Item{{ID: thing.ID, Label: cmp.Or(thing.Name, thing.ID), Path: "inventory/managedObjects/" + thing.ID}},
		Step: func(int) write.Step {
			return write.Step{
				Request: absent(group.ID, thing.ID),
				Inverse: func(jsontext.Value, jsontext.Value) (write.Request, text.Safe) { return member(group.ID, thing.ID), "" },
			}
		},
		Shown: shown,
	})
}

// NewGroup returns what creates a group, below another one if that has an id.
func NewGroup(parent Thing) edit.Creator {
	c := edit.Creator{
		One: "group", Needs: Admin(), Path: "inventory/managedObjects",
		Begin: jsontext.Value(`{"type":"c8y_DeviceGroup","c8y_IsDeviceGroup":{}}`),
		Fields: []edit.Field{
			{Field: form.Field{Name: "name", Label: "Name", Required: true, Placeholder: "Hall 2"}},
			{Field: form.Field{Name: "c8y_Notes", Label: "Notes", Input: form.Lines(3)}},
		},
	}
	if parent.ID != "" {
		c.Begin = jsontext.Value(`{"type":"c8y_DeviceSubGroup","c8y_IsDeviceGroup":{}}`)
		c.Intro = []text.Safe{"below " + parent.called()}
		c.Path = "inventory/managedObjects/" + parent.ID + "/childAssets"
		c.Back = func(answer jsontext.Value) (write.Request, text.Safe) {
			m, err := c8yclient.DecodeDocument[c8yclient.ManagedObject](answer)
			if err != nil || m.ID == "" {
				return write.Request{}, "the tenant did not say what it is called now"
			}
			return write.Delete("inventory/managedObjects/" + m.ID), ""
		}
	}
	return c
}
