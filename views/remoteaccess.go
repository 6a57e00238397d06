package views

import (
	"context"
	"fmt"
	"iter"

	"github.com/go-json-experiment/json/jsontext"

	"c8yx/c8yclient"
	"c8yx/theme"
	"c8yx/ui/table"
	"c8yx/ui/text"
	"c8yx/views/collection"
	"c8yx/views/edit"
	"c8yx/views/place"
	"c8yx/views/show"
	"c8yx/views/tenant"
)

// remoteAccess is a configuration with the device that it belongs to, which its document does not name.
type remoteAccess struct {
	c8yclient.RemoteAccessConfiguration
	device string
}

// remoteAccesses is the kind of what can be reached on a device through the platform.
func remoteAccesses(t *tenant.Tenant) *collection.Kind[*remoteAccess] {
	return &collection.Kind[*remoteAccess]{
		Name: "remoteaccess", Aliases: []string{"remoteaccesses", "remote"},
		Title: "Remote access", One: "configuration", Many: "configurations",
		Needs:      remoteAccessAdmin(),
		Parameters: []string{"device"},
		Sort:       "name",
		Columns: []collection.Column[*remoteAccess]{
			collection.Words("name", table.Column{Title: "NAME", Min: 16, Max: 40, Weight: 2, Priority: 9}, theme.Strong, func(r *remoteAccess) string { return r.Name }),
			collection.Words("protocol", table.Column{Title: "PROTOCOL", Min: 12, Priority: 8}, theme.Text, func(r *remoteAccess) string { return show.Lower(string(r.Protocol)) }),
			collection.Words("address", table.Column{Title: "ADDRESS", Min: 16, Max: 40, Weight: 2, Priority: 7}, theme.Text, func(r *remoteAccess) string { return fmt.Sprintf("%s:%d", r.Hostname, r.Port) }),
			collection.Words("credentials", table.Column{Title: "CREDENTIALS", Min: 12, Max: 30, Weight: 1, Priority: 6}, theme.Muted, func(r *remoteAccess) string {
				if r.Credentials == nil {
					return ""
				}
				return show.Lower(string(r.Credentials.Type))
			}),
			collection.Identifier(func(r *remoteAccess) string { return string(r.ID) }),
		},
		ID:    func(r *remoteAccess) string { return string(r.ID) },
		Label: func(r *remoteAccess) string { return r.Name },
		Path:  func(r *remoteAccess) string { return remoteAccessPath(r.device, string(r.ID)) },
		Document: func(r *remoteAccess) (jsontext.Value, error) {
			return documentOf(&r.RemoteAccessConfiguration)
		},
		Read: func(ctx context.Context, t *tenant.Tenant, p place.Place) iter.Seq2[[]*remoteAccess, error] {
			device := p.Query.Get("device")
			if device == "" {
				return func(func([]*remoteAccess, error) bool) {}
			}
			return whole(func() ([]*remoteAccess, error) {
				found, err := t.Client.RemoteAccess.List(ctx, device)
				list := make([]*remoteAccess, len(found))
				for i, c := range found {
					list[i] = &remoteAccess{RemoteAccessConfiguration: *c, device: device}
				}
				return list, err
			})
		},
		Edit: editRemoteAccess(), Create: newRemoteAccess,
		Delete: &collection.Delete[*remoteAccess]{Remover: edit.Remover{
			Needs: remoteAccessAdmin(), Details: []text.Safe{"What it signs in with is forgotten, too."},
		}},
		Empty: func(p place.Place) text.Safe {
			if p.Query.Get("device") == "" {
				return "The platform lists them device by device: remoteaccess?device=ID."
			}
			return "Nothing of this device can be reached through the platform. A new configuration says what can."
		},
		Subject: func(p place.Place) text.Safe { return of(t, p.Query.Get("device")) },
	}
}
