package views

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
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

// deviceConfiguration is one configuration of a device: a text that it keeps in the inventory, or a
// file of a type that it supports, with the latest snapshot of it.
type deviceConfiguration struct {
	device, kind string
	content      string // of the text
	taken        time.Time
	file         string // of the snapshot
	size         int64
	state        string
	dump         string // the id of the object that a snapshot of the old style is kept in
}

// isText reports whether it is the text in the inventory.
func (c *deviceConfiguration) isText() bool { return c.kind == "" }

func (c *deviceConfiguration) called() string { return cmp.Or(c.kind, "c8y_Configuration") }

// deviceConfigurations is the kind of the configurations of one device (reference 19.1): its text
// (c8y_Configuration) and its files (c8y_SupportedConfigurations), whose snapshots come as events of
// the type of the file.
func deviceConfigurations(t *tenant.Tenant) *collection.Kind[*deviceConfiguration] {
	return &collection.Kind[*deviceConfiguration]{
		Name: "deviceconfigurations", Parameters: []string{"device"}, Whose: []string{"device"},
		Title: "Configuration", One: "configuration", Many: "configurations",
		Needs: []string{"ROLE_INVENTORY_READ", "ROLE_MANAGED_OBJECT_READ"},
		Sort:  "type",
		Columns: []collection.Column[*deviceConfiguration]{
			collection.Words("type", table.Column{Title: "TYPE", Min: 18, Max: 40, Weight: 2, Priority: 9}, theme.Strong, (*deviceConfiguration).called),
			collection.Words("state", table.Column{Title: "SNAPSHOT", Min: 18, Max: 40, Weight: 1, Priority: 8}, theme.Text, func(c *deviceConfiguration) string { return c.state }),
			collection.When("taken", table.Column{Title: "TAKEN", Min: 8, Priority: 7}, func(c *deviceConfiguration) time.Time { return c.taken }),
			collection.Size("size", table.Column{Title: "SIZE", Min: 9, Priority: 6}, func(c *deviceConfiguration) int64 { return c.size }).
				Styled(func(c *deviceConfiguration) table.Cell {
					if c.file == "" && c.content == "" {
						return table.Cell{} // there is nothing that could have a size
					}
					return table.Cell{Text: text.Bytes(c.size)}
				}),
			collection.Words("file", table.Column{Title: "FILE", Min: 12, Max: 48, Weight: 2, Priority: 5}, theme.Muted, func(c *deviceConfiguration) string { return c.file }),
		},
		ID:    (*deviceConfiguration).called,
		Label: (*deviceConfiguration).called,
		Read: func(ctx context.Context, t *tenant.Tenant, p place.Place) iter.Seq2[[]*deviceConfiguration, error] {
			return whole(func() ([]*deviceConfiguration, error) { return configurationsOf(ctx, t.Client, p.Query.Get("device")) })
		},
		Opens: func(c *deviceConfiguration) place.Place {
			switch {
			case c.dump != "":
				return place.At("inspect", "inventory", "managedObjects", c.dump)
			case c.isText():
				return place.At("inspect", "inventory", "managedObjects", c.device)
			}
			return place.At("events").With("source", c.device).With("type", c.kind).With("last", "all")
		},
		Detail: func(c *deviceConfiguration, now time.Time) []collection.Field {
			fields := []collection.Field{{Label: "snapshot", Value: show.OrDash(c.state)}}
			if !c.taken.IsZero() {
				fields = append(fields, collection.Field{Label: "taken", Value: show.Age(c.taken, now)})
			}
			if c.file != "" {
				fields = append(fields, collection.Field{Label: "file", Value: text.Clean(c.file)})
			}
			for i, line := range text.Lines(c.content) {
				label := text.Safe("")
				if i == 0 {
					fields = append(fields, collection.Field{Label: "Text"})
				}
				fields = append(fields, collection.Field{Label: label, Value: line, Role: theme.Value})
			}
			return fields
		},
		Empty: func(p place.Place) text.Safe {
			if p.Query.Get("device") == "" {
				return "Configurations are those of one device: deviceconfigurations?device=ID."
			}
			return "The device tells of no configuration (c8y_Configuration, c8y_SupportedConfigurations). o asks it for one, if it supports that."
		},
		Subject: func(p place.Place) text.Safe { return of(t, p.Query.Get("device")) },
	}
}

// configurationsOf reads what a device says of its configurations, and the latest snapshot of each.
func configurationsOf(ctx context.Context, client *c8yclient.Client, device string) ([]*deviceConfiguration, error) {
	if device == "" {
		return nil, nil
	}
	m, err := client.Inventory.Get(ctx, device, nil)
	if err != nil {
		return nil, err
	}
	var list []*deviceConfiguration
	type configuration struct {
		Config string `json:"config"`
	}
	if c, there := c8yclient.FragmentAs[configuration](m, "c8y_Configuration"); there {
		list = append(list, &deviceConfiguration{device: device, content: c.Config, size: int64(len(c.Config)), state: "in the inventory", taken: m.LastUpdated})
	}
	old, err := oldSnapshots(ctx, client, m)
	if err != nil {
		return nil, err
	}
	list = append(list, old...)
	types, _ := c8yclient.FragmentAs[[]string](m, "c8y_SupportedConfigurations")
	for _, kind := range types {
		c := &deviceConfiguration{device: device, kind: kind}
		if err := c.snapshot(ctx, client); err != nil {
			return nil, err
		}
		list = append(list, c)
	}
	return list, nil
}

// dumps is the name of snapshots of devices that have but one configuration, and do not name its type:
// of their events, and of the fragment in which the device refers to the object with it (reference 19.3).
const dumps = "c8y_ConfigurationDump"

// oldSnapshots finds the latest snapshots of a device that names no types.
func oldSnapshots(ctx context.Context, client *c8yclient.Client, m *c8yclient.ManagedObject) ([]*deviceConfiguration, error) {
	var list []*deviceConfiguration
	kept, _ := c8yclient.FragmentAs[struct {
		ID string `json:"id"`
	}](m, dumps)
	if kept.ID != "" {
		c := &deviceConfiguration{device: m.ID, kind: dumps + " " + kept.ID, dump: kept.ID, state: "object " + kept.ID}
		switch o, err := client.Inventory.Get(ctx, kept.ID, nil); {
		case errors.Is(err, c8yclient.ErrNotFound):
			c.state += ", which is gone"
		case err != nil && !errors.Is(err, c8yclient.ErrForbidden):
			return nil, err
		case err == nil:
			c.taken, c.file = o.CreationTime, o.Name
		}
		list = append(list, c)
	}
	sent := &deviceConfiguration{device: m.ID, kind: dumps}
	if err := sent.snapshot(ctx, client); err != nil {
		return nil, err
	}
	if !sent.taken.IsZero() {
		list = append(list, sent)
	}
	return list, nil
}

// snapshot looks for the latest event with the file. A user who may not see events gets the types.
func (c *deviceConfiguration) snapshot(ctx context.Context, client *c8yclient.Client) error {
	if c.kind == "" {
		c.kind = "without a name"
	}
	page, err := client.Events.Page(ctx, &c8yclient.EventListOptions{
		EventFilter: c8yclient.EventFilter{Source: c.device, Type: c.kind},
		Paging:      c8yclient.Paging{PageSize: 1},
	})
	switch {
	case errors.Is(err, c8yclient.ErrForbidden):
		c.state = "needs ROLE_EVENT_READ"
		return nil
	case err != nil:
		return err
	case len(page.Items) == 0:
		c.state = "none: o fetches one"
		return nil
	}
	e := page.Items[0]
	c.taken, c.state = e.Time, "without a file"
	if file, there := e.Attachment(); there {
		c.file, c.size, c.state = file.Name, file.Length, fmt.Sprintf("with event %s", e.ID)
	}
	return nil
}
