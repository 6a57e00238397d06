package views

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"strings"
	"time"

	"c8yx/c8yclient"
	"c8yx/theme"
	"c8yx/ui/table"
	"c8yx/ui/text"
	"c8yx/views/collection"
	"c8yx/views/place"
	"c8yx/views/show"
	"c8yx/views/tenant"
)

// fileUser is an object that refers to a file, and how.
type fileUser struct {
	*object
	how    string
	record string // where operations or events are; "" for an object
}

// path returns the path of its document.
func (u *fileUser) path() string { return cmp.Or(u.record, "inventory/managedObjects") + "/" + u.ID }

// usedBy is the kind of objects, operations and events that refer to a file: by its address, as the versions of firmware,
// software and configuration do (reference 19.3), or because they have it below them.
func usedBy(t *tenant.Tenant) *collection.Kind[*fileUser] {
	return &collection.Kind[*fileUser]{
		Name: "usedby", Parameters: []string{"file"}, Whose: []string{"file"},
		Title: "Used by", One: "object", Many: "objects",
		Needs: []string{"ROLE_INVENTORY_READ", "ROLE_MANAGED_OBJECT_READ"},
		Sort:  "name",
		Columns: []collection.Column[*fileUser]{
			collection.Words("name", table.Column{Title: "NAME", Min: 24, Max: 48, Weight: 3, Priority: 9}, theme.Strong, func(u *fileUser) string { return cmp.Or(u.Name, u.ID) }),
			collection.Words("what", table.Column{Title: "WHAT", Min: 13, Max: 16, Priority: 8}, theme.Accent, func(u *fileUser) string { return u.what }),
			collection.Words("how", table.Column{Title: "REFERS TO IT", Min: 16, Max: 40, Weight: 2, Priority: 7}, theme.Text, func(u *fileUser) string { return u.how }),
			collection.Words("type", table.Column{Title: "TYPE", Min: 10, Max: 28, Weight: 1, Priority: 5}, theme.Muted, func(u *fileUser) string { return u.Type }),
			collection.Identifier(func(u *fileUser) string { return u.ID }),
		},
		ID:    func(u *fileUser) string { return u.ID },
		Named: func(u *fileUser) (id, name string) { return u.ID, u.Name },
		Label: func(u *fileUser) string { return cmp.Or(u.Name, u.ID) },
		Path:  (*fileUser).path,
		Read: func(ctx context.Context, t *tenant.Tenant, p place.Place) iter.Seq2[[]*fileUser, error] {
			return whole(func() ([]*fileUser, error) { return usersOfFile(ctx, t.Client, p.Query.Get("file")) })
		},
		Opens: func(u *fileUser) place.Place {
			if u.record != "" {
				return place.At("inspect", strings.Split(u.path(), "/")...)
			}
			return opensObject(u.object)
		},
		Empty: func(p place.Place) text.Safe {
			if p.Query.Get("file") == "" {
				return "Users are those of one file: W in the list of files."
			}
			return "Nothing in the inventory refers to it, and none of the latest 2,000 operations and events. Addresses outside of the tenant are not looked at."
		},
		Subject: func(p place.Place) text.Safe {
			if p.Query.Get("file") == "" {
				return ""
			}
			return text.Clean("file " + t.Name(p.Query.Get("file")))
		},
	}
}

// addressed are the properties in which objects keep the address of a file.
var addressed = []string{"url", "c8y_Firmware.url", "c8y_Software.url", "c8y_Configuration.url", "c8y_Patch.url"}

// usersOfFile finds the objects that refer to a file.
func usersOfFile(ctx context.Context, client *c8yclient.Client, file string) ([]*fileUser, error) {
	if file == "" || strings.Trim(file, "0123456789") != "" {
		return nil, nil
	}
	var terms []string
	for _, property := range addressed {
		terms = append(terms, fmt.Sprintf("%s eq '*/inventory/binaries/%s'", property, file))
	}
	var list []*fileUser
	options := &c8yclient.InventoryListOptions{
		InventoryFilter: c8yclient.InventoryFilter{Query: "$filter=(" + strings.Join(terms, " or ") + ")"},
		InventoryDetail: c8yclient.InventoryDetail{WithParents: true},
	}
	for m, err := range client.Inventory.List(ctx, options) {
		if err != nil {
			return nil, err
		}
		u := &fileUser{object: listedObject(m), how: "by its address"}
		for _, above := range m.AdditionParents.References { // a version is called after what it is a version of
			u.Name = cmp.Or(u.Name, above.ManagedObject.Name)
		}
		for _, fragment := range []string{"c8y_Firmware", "c8y_Software"} {
			if v, there := c8yclient.FragmentAs[installedSoftware](m, fragment); there && v.Version != "" {
				u.how = "as version " + v.Version
			}
		}
		list = append(list, u)
	}
	list, err := above(ctx, client, file, list)
	if err != nil {
		return nil, err
	}
	records, err := naming(ctx, client, file)
	return append(list, records...), err
}

// lookedAt is how many of the latest operations and events are searched, in which the tenant itself
// cannot look for an address.
const lookedAt = 2000

// naming finds the operations and events that name a file in one of their fragments. What a user may not
// see is left out.
func naming(ctx context.Context, client *c8yclient.Client, file string) ([]*fileUser, error) {
	var list []*fileUser
	names := func(d *c8yclient.Document) string {
		for name, value := range d.AllFragments() {
			if i := bytes.Index(value, []byte("/inventory/binaries/"+file)); i >= 0 {
				if after := value[i+len("/inventory/binaries/"+file):]; len(after) == 0 || after[0] < '0' || after[0] > '9' {
					return name
				}
			}
		}
		return ""
	}
	add := func(id, what, record, called, fragment string) {
		list = append(list, &fileUser{&object{Device: show.Device{ID: id, Name: called, Type: fragment}, what: what}, "in " + fragment, record})
	}
	paging := c8yclient.Paging{PageSize: lookedAt}
	operations, err := client.Operations.Page(ctx, &c8yclient.OperationListOptions{DateFrom: time.Unix(0, 0), Revert: true, Paging: paging})
	if err != nil && !errors.Is(err, c8yclient.ErrForbidden) {
		return nil, err
	}
	if err == nil {
		for _, o := range operations.Items {
			if name := names(&o.Document); name != "" {
				add(o.ID, "operation", "devicecontrol/operations", o.Description, name)
			}
		}
	}
	events, err := client.Events.Page(ctx, &c8yclient.EventListOptions{Paging: paging})
	if errors.Is(err, c8yclient.ErrForbidden) {
		return list, nil
	}
	if err != nil {
		return nil, err
	}
	for _, e := range events.Items {
		if name := names(&e.Document); name != "" {
			add(e.ID, "event", "event/events", e.Text, name)
		}
	}
	return list, nil
}

// above adds what has the file below it.
func above(ctx context.Context, client *c8yclient.Client, file string, list []*fileUser) ([]*fileUser, error) {
	m, err := client.Inventory.Get(ctx, file, &c8yclient.InventoryDetail{WithParents: true})
	if errors.Is(err, c8yclient.ErrNotFound) {
		return list, nil
	}
	if err != nil {
		return nil, err
	}
	known := map[string]bool{}
	for _, u := range list {
		known[u.ID] = true
	}
	for _, parents := range []struct {
		how  string
		list []c8yclient.Reference
	}{{"has it as an addition", m.AdditionParents.References}, {"has it as a member", m.AssetParents.References}, {"has it as a child device", m.DeviceParents.References}} {
		for _, r := range parents.list {
			o := r.ManagedObject
			if known[o.ID] {
				continue
			}
			known[o.ID] = true
			u := &fileUser{object: &object{Device: show.Device{ID: o.ID, Name: o.Name, Type: o.Type}}, how: parents.how}
			u.what = whatIs(&c8yclient.ManagedObject{ID: o.ID, Type: o.Type})
			list = append(list, u)
		}
	}
	return list, nil
}
