package operate

import (
	"cmp"
	"context"
	"slices"

	"github.com/go-json-experiment/json"

	"c8yx/c8yclient"
	"c8yx/ui/text"
)

// device is what a device says of the operations that it understands.
type device struct {
	id, name string
	// supported are the fragments of operations; nil if the device does not say.
	supported []string
	logs      []string
	configs   []string
	config    string // its configuration as a text
	// reached says that there is an agent to fetch operations: the device itself, or one above it.
	reached bool
}

func newDevice(m *c8yclient.ManagedObject) device {
	d := device{id: m.ID, name: cmp.Or(m.Name, m.ID), reached: m.IsAgent() || len(m.DeviceParents.References) > 0}
	d.supported = words(m, "c8y_SupportedOperations")
	d.logs, d.configs = words(m, "c8y_SupportedLogs"), words(m, "c8y_SupportedConfigurations")
	type configuration struct {
		Config string `json:"config"`
	}
	if c, there := c8yclient.FragmentAs[configuration](m, "c8y_Configuration"); there {
		d.config = c.Config
	}
	return d
}

// words reads a list of names; what is no list says nothing.
func words(m *c8yclient.ManagedObject, fragment string) []string {
	raw, there := m.Fragment(fragment)
	if !there {
		return nil
	}
	var list []string
	if json.Unmarshal(raw, &list) != nil {
		return nil
	}
	return list
}

// lacks says why an operation with the fragment makes no sense, "" if it may.
func (d device) lacks(fragment string) text.Safe {
	switch {
	case !d.reached:
		return "it has no agent and is behind none: nobody would fetch it"
	case fragment == "" || d.supported == nil || slices.Contains(d.supported, fragment):
		return ""
	}
	return "the device does not support it"
}

// readAtOnce is how many devices are asked for in one request.
const readAtOnce = 100

// read asks the tenant what devices support. Those that are gone are left out.
func read(ctx context.Context, client *c8yclient.Client, ids []string) ([]device, error) {
	var devices []device
	for chunk := range slices.Chunk(ids, readAtOnce) {
		page, err := client.Inventory.Page(ctx, &c8yclient.InventoryListOptions{
			InventoryFilter: c8yclient.InventoryFilter{IDs: chunk},
			InventoryDetail: c8yclient.InventoryDetail{WithParents: true},
			Paging:          c8yclient.Paging{PageSize: readAtOnce},
		})
		if err != nil {
			return nil, err
		}
		for _, m := range page.Items {
			devices = append(devices, newDevice(m))
		}
	}
	return devices, nil
}

// fleet is the devices that are told the same.
type fleet []device

// able returns those that may be sent an operation with the fragment and, if there is none, why not.
func (f fleet) able(fragment string) (able fleet, why text.Safe) {
	for _, d := range f {
		reason := d.lacks(fragment)
		if reason == "" {
			able = append(able, d)
		} else if why == "" {
			why = reason
		}
	}
	switch {
	case len(able) > 0:
		return able, ""
	case len(f) > 1:
		return nil, "none of the devices supports it"
	}
	return nil, why
}

// all returns what any of the devices says, each once.
func (f fleet) all(of func(device) []string) []string {
	var list []string
	for _, d := range f {
		list = append(list, of(d)...)
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// unsaid reports whether one of them does not say what it supports.
func (f fleet) unsaid() bool {
	return slices.ContainsFunc(f, func(d device) bool { return d.supported == nil })
}
