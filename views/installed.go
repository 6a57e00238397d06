package views

import (
	"context"
	"iter"

	"c8yx/c8yclient"
	"c8yx/theme"
	"c8yx/ui/table"
	"c8yx/ui/text"
	"c8yx/views/collection"
	"c8yx/views/place"
	"c8yx/views/tenant"
)

// installedSoftware is one piece of software on a device.
type installedSoftware struct {
	Name         string `json:"name"`
	Version      string `json:"version"`
	SoftwareType string `json:"softwareType"`
	URL          string `json:"url"`
}

// installed is the kind of the software on one device, its firmware first (reference 19.1).
func installed(t *tenant.Tenant) *collection.Kind[*installedSoftware] {
	return &collection.Kind[*installedSoftware]{
		Name: "installed", Aliases: []string{"softwarelist"},
		Title: "Installed software", One: "piece of software", Many: "pieces of software",
		Needs:      []string{"ROLE_INVENTORY_READ", "ROLE_MANAGED_OBJECT_READ"},
		Parameters: []string{"device"},
		Sort:       "name",
		Columns: []collection.Column[*installedSoftware]{
			collection.Words("name", table.Column{Title: "NAME", Min: 20, Max: 44, Weight: 3, Priority: 9}, theme.Strong, func(s *installedSoftware) string { return s.Name }),
			collection.Words("version", table.Column{Title: "VERSION", Min: 12, Max: 30, Weight: 1, Priority: 8}, theme.Text, func(s *installedSoftware) string { return s.Version }),
			collection.Words("type", table.Column{Title: "TYPE", Min: 8, Max: 20, Priority: 7}, theme.Text, func(s *installedSoftware) string { return s.SoftwareType }),
			collection.Words("url", table.Column{Title: "FROM", Min: 16, Max: 90, Weight: 3, Priority: 5}, theme.Muted, func(s *installedSoftware) string { return s.URL }),
		},
		ID:    func(s *installedSoftware) string { return s.SoftwareType + "/" + s.Name + "/" + s.Version },
		Label: func(s *installedSoftware) string { return s.Name },
		Read: func(ctx context.Context, t *tenant.Tenant, p place.Place) iter.Seq2[[]*installedSoftware, error] {
			return whole(func() ([]*installedSoftware, error) { return softwareOf(ctx, t.Client, p.Query.Get("device")) })
		},
		Empty: func(p place.Place) text.Safe {
			if p.Query.Get("device") == "" {
				return "Software is that of one device: installed?device=ID."
			}
			return "The device does not tell what is installed (c8y_Firmware, c8y_SoftwareList)."
		},
		Subject: func(p place.Place) text.Safe { return of(t, p.Query.Get("device")) },
	}
}

// softwareOf reads what a device says is installed on it: in its own fragments, or in the child
// addition that newer agents use.
func softwareOf(ctx context.Context, client *c8yclient.Client, device string) ([]*installedSoftware, error) {
	if device == "" {
		return nil, nil
	}
	object, err := client.Inventory.Get(ctx, device, nil)
	if err != nil {
		return nil, err
	}
	var all []*installedSoftware
	if raw, there := object.Fragment("c8y_Firmware"); there {
		if firmware, err := c8yclient.DecodeDocument[installedSoftware](raw); err == nil && firmware != nil && firmware.Name != "" {
			firmware.SoftwareType = "firmware"
			all = append(all, firmware)
		}
	}
	if list, err := softwareList(object); err == nil {
		all = append(all, list...)
	}
	for child, err := range client.Inventory.Children(ctx, device, c8yclient.ChildAdditions, nil) {
		if err != nil {
			return nil, err
		}
		if child.Type != "c8y_InstalledSoftwareList" {
			continue
		}
		if list, err := softwareList(child); err == nil {
			all = append(all, list...)
		}
	}
	return all, nil
}

func softwareList(object *c8yclient.ManagedObject) ([]*installedSoftware, error) {
	raw, there := object.Fragment("c8y_SoftwareList")
	if !there {
		return nil, nil
	}
	list, err := c8yclient.DecodeDocument[[]*installedSoftware](raw)
	if err != nil || list == nil {
		return nil, err
	}
	return *list, nil
}
