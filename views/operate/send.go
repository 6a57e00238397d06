package operate

import (
	"cmp"
	"context"
	"slices"

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

// Admin is the permission that telling devices what to do needs.
const Admin = "ROLE_DEVICE_CONTROL_ADMIN"

// Devices asks what devices shall do, and tells them: one at once, more as a job. It asks them
// first what they support. landed is told what the tenant made of an operation for one device, on
// the update loop; nil if nobody wants to know.
func Devices(t *tenant.Tenant, scope *ui.Scope, ids []string, landed func(jsontext.Value)) {
	ui.Load(scope, func(ctx context.Context) ([]device, error) { return read(ctx, t.Client, ids) }, func(found []device, err error) {
		switch {
		case err != nil:
			scope.Toast(toast.Failure, "Nothing was sent. "+fault.Explain(err))
			return
		case len(found) == 0:
			scope.Toast(toast.Caution, "Nothing was sent: there is no such device any more")
			scope.Refresh()
			return
		}
		o := &order{Bench: edit.Bench{Tenant: t, Scope: scope}, fleet: found, landed: landed}
		o.choose()
	})
}

// order is what devices are being told.
type order struct {
	edit.Bench
	fleet  fleet
	landed func(jsontext.Value)
}

// whom says for whom it is.
func (o *order) whom() text.Safe { return o.fleet.called() }

func (f fleet) called() text.Safe {
	if len(f) == 1 {
		return text.Clean(f[0].name)
	}
	return text.Count(len(f)) + " devices"
}

// choose offers what the devices may be told, and what not with the reason.
func (o *order) choose() {
	choose := &dialog.Choose{Title: "What shall " + o.whom() + " do?"}
	if o.fleet.unsaid() {
		choose.Intro = "Not every device says what it supports (c8y_SupportedOperations)."
		if len(o.fleet) == 1 {
			choose.Intro = "The device does not say what it supports (c8y_SupportedOperations)."
		}
	}
	for _, t := range append(tasks(), others(o.fleet.all(func(d device) []string { return d.supported }))...) {
		able, why := o.fleet.able(t.fragment)
		choice := dialog.Choice{Key: t.key, Title: t.title, Note: text.Clean(t.fragment), Disabled: why, Run: func() { o.prepare(t, able, t.begin()) }}
		if len(able) < len(o.fleet) {
			choice.Note += ", " + text.Count(len(able)) + " of " + text.Count(len(o.fleet)) + " support it"
		}
		choose.Choices = append(choose.Choices, choice)
	}
	o.Scope.Show(choose)
}

// others are the tasks without a form: what else devices support, and anything.
func others(supported []string) []task {
	var list []task
	for _, fragment := range supported {
		if !slices.ContainsFunc(tasks(), func(t task) bool { return t.fragment == fragment }) {
			other := raw(fragment)
			other.title = text.Clean(fragment)
			list = append(list, other)
		}
	}
	anything := raw("")
	anything.key = "e"
	return append(list, anything)
}

// prepare takes what is needed off the shelf and asks for the rest.
func (o *order) prepare(t task, able fleet, document jsontext.Value) {
	ask := func(document jsontext.Value) { o.ask(t, able, document) }
	if t.shelf == nil {
		ask(document)
		return
	}
	t.shelf.choose(o.Tenant, o.Scope, t.title, document, ask)
}

// ask shows the form, and sends what it says.
func (o *order) ask(t task, able fleet, document jsontext.Value) {
	c := edit.Creator{
		One: "operation", Needs: []string{Admin}, Begin: document,
		Intro:  append([]text.Safe{t.title + " · " + able.called()}, t.before()...),
		Fields: fieldsOf(t, able, ""),
		Back:   Fail,
	}
	c.Check = t.check(c.Fields, "")
	if t.list {
		c.More = func(d jsontext.Value) {
			t, d := t.another(d)
			o.prepare(t, able, d)
		}
	}
	if len(able) == 1 {
		c.Begin = write.Set(document, quoted(able[0].id), "deviceId")
		c.Request = func(d jsontext.Value) write.Request { return write.Post("devicecontrol/operations", t.complete(d)) }
		o.Create(c, o.landed)
		return
	}
	c.Request = func(d jsontext.Value) write.Request { return write.Post("devicecontrol/operations", t.complete(d)) }
	o.Draft(c, func(r write.Request) { o.each(t, able, r.Body) })
}

// fieldsOf are what a task asks for, with the description, below a member of the document if there
// is one.
func fieldsOf(t task, able fleet, below string) []edit.Field {
	var list []edit.Field
	if t.fields != nil {
		list = t.fields(able)
	}
	description := edit.Field{}
	description.Name, description.Label = "description", "Description"
	list = append(list, description)
	for i := range list {
		list[i].Name = below + list[i].Name
	}
	return list
}

// each sends the operation to each of the devices.
func (o *order) each(t task, able fleet, document jsontext.Value) {
	items := make([]job.Item, len(able))
	for i, d := range able {
		items[i] = job.Item{ID: d.id, Label: d.name, Path: "inventory/managedObjects/" + d.id}
	}
	change := edit.Change{
		Title: t.title + ": " + able.called(),
		Did: func(n int) text.Safe {
			if n == 1 {
				return "Sent 1 operation"
			}
			return "Sent " + text.Count(n) + " operations"
		},
		Items: items,
		Step: func(i int) write.Step {
			return write.Step{
				Request: write.Post("devicecontrol/operations", write.Set(document, quoted(able[i].id), "deviceId")),
				Inverse: func(_, answer jsontext.Value) (write.Request, text.Safe) { return Fail(answer) },
			}
		},
	}
	if left := len(o.fleet) - len(able); left > 0 {
		change.Details = []text.Safe{text.Count(left) + " of the devices cannot do it and get none."}
	}
	o.Make(change)
}

// Fail takes a new operation back, given what the tenant answered, as far as that is possible: it is
// set to FAILED.
func Fail(answer jsontext.Value) (write.Request, text.Safe) {
	o, err := c8yclient.DecodeDocument[c8yclient.Operation](answer)
	if err != nil || cmp.Or(o.ID, "") == "" {
		return write.Request{}, "the tenant did not say what the new operation is called"
	}
	return write.Put("devicecontrol/operations/"+o.ID, c8yclient.OperationPatch{Status: c8yclient.OperationFailed, FailureReason: "Taken back"}),
		"The new operation is set to FAILED: the platform does not delete single operations."
}
