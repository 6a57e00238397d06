package views

import (
	"context"
	"errors"
	"iter"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"c8yx/c8yclient"
	"c8yx/keys"
	"c8yx/theme"
	"c8yx/ui/table"
	"c8yx/ui/text"
	"c8yx/views/collection"
	"c8yx/views/place"
	"c8yx/views/tenant"
	"c8yx/views/write"
)

// deviceUser is the user with which a device signs in.
type deviceUser struct {
	c8yclient.DeviceUser
	device string
}

func deviceUserPath(device string) string { return "inventory/managedObjects/" + device + "/user" }

// deviceUsers is the kind of the user of one device, which there is one of or none.
func deviceUsers(t *tenant.Tenant) *collection.Kind[*deviceUser] {
	enable := keys.UserEnable
	enable.Many, enable.Needs = false, []string{"ROLE_INVENTORY_ADMIN", "ROLE_MANAGED_OBJECT_ADMIN"}
	return &collection.Kind[*deviceUser]{
		Name: "deviceuser", Parameters: []string{"device"}, Whose: []string{"device"},
		Title: "Device user", One: "device user", Many: "device users",
		Needs: []string{"ROLE_INVENTORY_READ", "ROLE_MANAGED_OBJECT_READ"},
		Sort:  "user",
		Columns: []collection.Column[*deviceUser]{
			collection.Words("user", table.Column{Title: "USER", Min: 24, Max: 60, Weight: 2, Priority: 9}, theme.Strong, func(u *deviceUser) string { return u.UserName }),
			collection.State("state", table.Column{Title: "MAY SIGN IN", Min: 14, Priority: 8}, []bool{true, false}, func(u *deviceUser) bool { return u.Enabled }, func(enabled bool) table.Cell {
				if enabled {
					return table.Cell{Text: "● enabled", Role: theme.Good}
				}
				return table.Cell{Text: "✗ locked out", Role: theme.Critical}
			}),
		},
		ID:    func(u *deviceUser) string { return u.UserName },
		Label: func(u *deviceUser) string { return u.UserName },
		Path:  func(u *deviceUser) string { return deviceUserPath(u.device) },
		Read: func(ctx context.Context, t *tenant.Tenant, p place.Place) iter.Seq2[[]*deviceUser, error] {
			return whole(func() ([]*deviceUser, error) {
				device := p.Query.Get("device")
				if device == "" {
					return nil, nil
				}
				u, err := t.Client.Inventory.DeviceUser(ctx, device)
				if errors.Is(err, c8yclient.ErrNotFound) {
					return nil, nil
				}
				if err != nil || u.UserName == "" {
					return nil, err
				}
				return []*deviceUser{{*u, device}}, nil
			})
		},
		Actions: []collection.Action[*deviceUser]{{
			Action: enable,
			Disabled: func(u *deviceUser) string {
				if !strings.HasPrefix(u.UserName, "device_") {
					return "it is the user who made the object, and not the device's own: see the list of users"
				}
				return ""
			},
			Write: &collection.Write[*deviceUser]{
				Did: "Changed",
				Request: func(u *deviceUser) write.Request {
					return write.Put(deviceUserPath(u.device), map[string]any{"userName": u.UserName, "enabled": !u.Enabled})
				},
				Inverse: func(u *deviceUser, _ jsontext.Value) (write.Request, text.Safe) {
					return write.Put(deviceUserPath(u.device), map[string]any{"userName": u.UserName, "enabled": u.Enabled}), ""
				},
			},
		}},
		Opens: func(u *deviceUser) place.Place {
			return place.At("inspect", "inventory", "managedObjects", u.device, "user")
		},
		Empty: func(p place.Place) text.Safe {
			if p.Query.Get("device") == "" {
				return "The user is that of one device: deviceuser?device=ID."
			}
			return "The object has no user of its own: it belongs to a gateway, was made by hand, or signs in with a certificate."
		},
		Subject: func(p place.Place) text.Safe { return of(t, p.Query.Get("device")) },
	}
}
