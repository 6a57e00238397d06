package edit

import (
	"context"
	"errors"
	"math"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
	"golang.org/x/sync/errgroup"

	"c8yx/c8yclient"
	"c8yx/ui/form"
	"c8yx/ui/text"
	"c8yx/views/tenant"
	"c8yx/views/write"
)

// objectPath is where managed objects are.
const objectPath = "inventory/managedObjects"

// objectAdmin are the permissions of which any one allows changing managed objects.
func objectAdmin() []string { return []string{"ROLE_INVENTORY_ADMIN", "ROLE_MANAGED_OBJECT_ADMIN"} }

// objectFixed are the members of managed objects that the tenant keeps itself: relations have calls
// of their own, and counts and states follow from what devices send.
func objectFixed() []string {
	return []string{
		"childDevices", "childAssets", "childAdditions", "deviceParents", "assetParents", "additionParents",
		"c8y_ActiveAlarmsStatus", "c8y_Availability", "c8y_Connection", "c8y_LatestMeasurements", "c8y_PreviousMeasurements",
		"com_cumulocity_model_BinaryInfo_OnCreate",
	}
}

// ObjectTarget returns a managed object as a target.
func ObjectTarget(id, name string, one text.Safe) Target {
	if name == "" {
		name = id
	}
	return Target{ID: id, Path: objectPath + "/" + id, Label: name, One: one}
}

// Object describes how managed objects are edited.
func Object() Editor {
	return Editor{Needs: objectAdmin(), Fields: []Field{nameField(), typeField(), notesField()}, Fixed: objectFixed()}
}

// DeviceObject describes how devices are edited.
func DeviceObject() Editor {
	e := Object()
	e.Fields = append(e.Fields, intervalField())
	return e
}

func nameField() Field {
	return Field{Field: form.Field{Name: "name", Label: "Name"}}
}

func typeField() Field {
	return Field{Field: form.Field{Name: "type", Label: "Type", Placeholder: "c8y_Linux", Note: "A name that things of one sort share."}}
}

func notesField() Field {
	return Field{Field: form.Field{Name: "c8y_Notes", Label: "Notes", Input: form.Lines(3)}}
}

func intervalField() Field {
	return Field{As: Number, Field: form.Field{
		Name: "c8y_RequiredAvailability.responseInterval", Label: "Expected every", Input: form.Whole(math.MinInt16, math.MaxInt16),
		Placeholder: "minutes", Note: "Minutes within which it must send something. 0 or less is maintenance; empty is not monitored.",
	}}
}

// NewDevice describes how a device is created.
func NewDevice() Creator {
	name, kind := nameField(), typeField()
	name.Required = true
	return Creator{
		One: "device", Needs: append(objectAdmin(), "ROLE_INVENTORY_CREATE", "ROLE_MANAGED_OBJECT_CREATE"), Path: objectPath,
		Begin: jsontext.Value(`{"c8y_IsDevice":{}}`),
		Fields: []Field{
			name, kind, notesField(), intervalField(),
			{As: Marker, Field: form.Field{
				Name: "com_cumulocity_model_Agent", Label: "Agent", Note: "It receives operations for itself and the devices below it.",
			}},
		},
		Back: func(answer jsontext.Value) (write.Request, text.Safe) {
			return write.Delete(objectPath + "/" + textOf(answer, "id")), ""
		},
	}
}

// RemoveObject describes how managed objects are deleted.
func RemoveObject() Remover {
	return Remover{
		Needs:   objectAdmin(),
		Details: []text.Safe{"Alarms, events, measurements, operations and external ids of what is deleted go along."},
		Along:   objectAlong,
		Restore: func(before jsontext.Value) (write.Request, text.Safe) {
			document := write.Without(before, append(append(alwaysFixed(), objectFixed()...), "owner")...)
			return write.Post(objectPath, document),
				"It comes back under another id, without what belonged to it: children, groups, data, external ids, user."
		},
	}
}

// belongings is what belongs to an object that may be deleted.
type belongings struct {
	object                     *c8yclient.ManagedObject
	user                       string
	alarms, events, operations int // -1 if it is not known
	external                   int
	below                      int // objects in the hierarchy below a group
}

// objectAlong finds out what goes along with a managed object.
func objectAlong(ctx context.Context, t *tenant.Tenant, target Target) (Along, error) {
	b := belongings{alarms: -1, events: -1, operations: -1, external: -1, below: -1}
	var group errgroup.Group
	group.Go(func() (err error) {
		b.object, err = t.Client.Inventory.Get(ctx, target.ID, &c8yclient.InventoryDetail{WithChildren: true, WithChildrenCount: true})
		return err
	})
	// What may not be read is left out: the deletion does not depend on it.
	count := func(into *int, ask func() (int, error)) {
		group.Go(func() error {
			n, err := ask()
			if err == nil {
				*into = n
			}
			return unreadable(err)
		})
	}
	count(&b.alarms, func() (int, error) { return t.Client.Alarms.Count(ctx, &c8yclient.AlarmFilter{Source: target.ID}) })
	count(&b.events, func() (int, error) { return t.Client.Events.Count(ctx, &c8yclient.EventFilter{Source: target.ID}) })
	count(&b.operations, func() (int, error) {
		return t.Client.Operations.Count(ctx, &c8yclient.OperationListOptions{DeviceID: target.ID})
	})
	count(&b.external, func() (int, error) {
		ids, err := t.Client.Identity.List(ctx, target.ID)
		return len(ids), err
	})
	count(&b.below, func() (int, error) {
		return t.Client.Inventory.Count(ctx, &c8yclient.InventoryFilter{Query: "isinhierarchyof(" + target.ID + ")"})
	})
	group.Go(func() error {
		user, err := t.Client.Inventory.DeviceUser(ctx, target.ID)
		// Who made an object counts as its user; that may be a person, who is not to be deleted with it.
		if err == nil && strings.HasPrefix(user.UserName, "device_") {
			b.user = user.UserName
		}
		return unreadable(err)
	})
	if err := group.Wait(); err != nil {
		return Along{}, err
	}
	return Along{Lines: b.lines(), Options: b.options()}, nil
}

// unreadable drops the errors that only say that something is not there, or not for this user.
func unreadable(err error) error {
	for _, kind := range []error{c8yclient.ErrNotFound, c8yclient.ErrForbidden, c8yclient.ErrInvalid, c8yclient.ErrNotSupported, c8yclient.ErrUnreadable} {
		if errors.Is(err, kind) {
			return nil
		}
	}
	return err
}

// lines say what belongs to the object and goes along in any case.
func (b belongings) lines() []text.Safe {
	var lines []text.Safe
	say := func(n int, one, many text.Safe) {
		switch {
		case n == 1:
			lines = append(lines, "1 "+one)
		case n > 1:
			lines = append(lines, text.Count(n)+" "+many)
		}
	}
	say(b.alarms, "alarm", "alarms")
	say(b.events, "event", "events")
	say(b.operations, "operation", "operations")
	say(b.external, "external id", "external ids")
	if len(lines) > 0 || b.object.IsDevice() {
		lines = append(lines, "all its measurements")
	}
	if b.object.IsGroup() {
		lines = append(lines, "its subgroups")
	}
	lines = append(lines, named(b.object.ChildAdditions, "addition", "additions")...)
	return lines
}

// named says how many children there are, and the names of the first.
func named(children c8yclient.References, one, many text.Safe) []text.Safe {
	n := len(children.References)
	if children.Count != nil {
		n = max(n, *children.Count)
	}
	if n == 0 {
		return nil
	}
	line := text.Count(n) + " " + many
	if n == 1 {
		line = "1 " + one
	}
	for i, r := range children.References {
		if i == 3 {
			line += " …"
			break
		}
		separator := text.Safe(", ")
		if i == 0 {
			separator = ": "
		}
		name := r.ManagedObject.Name
		if name == "" {
			name = r.ManagedObject.ID
		}
		line += separator + text.Clean(name)
	}
	return []text.Safe{line}
}

// options are the ways of deleting the object, the one that takes least first.
func (b belongings) options() []RemoveOption {
	devices, assets := named(b.object.ChildDevices, "child device", "child devices"), named(b.object.ChildAssets, "member", "members")
	if b.object.IsGroup() {
		return b.groupOptions(assets)
	}
	options := []RemoveOption{{Key: "a", Title: "Nothing else"}}
	if len(devices)+len(assets) > 0 {
		options[0].Note = "what is below stays where it is"
	}
	with := func(key, title, note text.Safe, query string) {
		options = append(options, RemoveOption{Key: key, Title: title, Note: note, Query: query})
		if b.user != "" {
			options = append(options, RemoveOption{
				Key: text.Clean(string(rune(key[0] - 'a' + 'A'))), Title: title + ", and the user", Note: note + ", and the user " + text.Clean(b.user),
				Query: query + "&withDeviceUser=true",
			})
		}
	}
	if b.user != "" {
		options = append(options, RemoveOption{Key: "u", Title: "The user", Note: text.Clean(b.user) + " cannot sign in any more", Query: "withDeviceUser=true"})
	}
	if len(devices) > 0 {
		with("c", "Child devices", devices[0]+", and theirs", "cascade=true")
	}
	if len(devices)+len(assets) > 0 {
		with("e", "Everything below", b.beneath(), "forceCascade=true")
	}
	return options
}

func (b belongings) groupOptions(members []text.Safe) []RemoveOption {
	if len(members) == 0 {
		return []RemoveOption{{Key: "g", Title: "Nothing else"}}
	}
	return []RemoveOption{
		{Key: "g", Title: "Its subgroups", Note: "the devices in them stay"},
		{Key: "d", Title: "Its devices", Note: members[0] + ", and those of subgroups", Query: "cascade=true"},
		{Key: "e", Title: "Everything below", Note: b.beneath(), Query: "forceCascade=true"},
	}
}

// beneath says how much the whole hierarchy is.
func (b belongings) beneath() text.Safe {
	if b.below > 0 {
		return text.Count(b.below) + " objects in all, whatever they are"
	}
	return "whatever it is"
}
