package views

import (
	"context"
	"iter"
	"strings"
	"time"

	"github.com/go-json-experiment/json/jsontext"

	"c8yx/c8yclient"
	"c8yx/keys"
	"c8yx/theme"
	"c8yx/ui/table"
	"c8yx/ui/text"
	"c8yx/views/collection"
	"c8yx/views/edit"
	"c8yx/views/place"
	"c8yx/views/save"
	"c8yx/views/show"
	"c8yx/views/tenant"
	"c8yx/views/write"
)

type binary = c8yclient.Binary

// files is the kind of files in the inventory, which the API calls binaries.
func files() *collection.Kind[*binary] {
	return &collection.Kind[*binary]{
		Name: "files", Aliases: []string{"file", "binaries", "binary"},
		Title: "Files", One: "file", Many: "files",
		Needs:      []string{"ROLE_INVENTORY_READ", "ROLE_BINARY_READ"},
		Parameters: []string{"type", "owner"},
		Sort:       "name",
		Columns: []collection.Column[*binary]{
			collection.Words("name", table.Column{Title: "NAME", Min: 24, Max: 60, Weight: 4, Priority: 9}, theme.Strong, func(b *binary) string { return b.Name }),
			collection.Size("size", table.Column{Title: "SIZE", Min: 9, Priority: 8}, func(b *binary) int64 { return b.Length }),
			collection.Words("type", table.Column{Title: "TYPE", Min: 12, Max: 32, Weight: 1, Priority: 6}, theme.Text, fileType),
			collection.When("changed", table.Column{Title: "CHANGED", Min: 8, Priority: 7}, func(b *binary) time.Time { return b.LastUpdated }),
			collection.Words("owner", table.Column{Title: "OWNER", Min: 8, Max: 24, Weight: 1, Priority: 5}, theme.Muted, func(b *binary) string { return b.Owner }),
			collection.Identifier(func(b *binary) string { return b.ID }),
		},
		ID:    func(b *binary) string { return b.ID },
		Label: func(b *binary) string { return b.Name },
		Path:  func(b *binary) string { return "inventory/managedObjects/" + b.ID },
		Read: func(ctx context.Context, t *tenant.Tenant, p place.Place) iter.Seq2[[]*binary, error] {
			options := c8yclient.BinaryListOptions{Type: p.Query.Get("type"), Owner: p.Query.Get("owner")}
			return listed(ctx, options, t.Client.Binaries.Page, t.Client.Binaries.Pages)
		},
		Decode:  c8yclient.DecodeDocument[binary],
		Actions: fileActions(),
		Named:   func(b *binary) (id, name string) { return b.ID, b.Name },
		Offers: []collection.Offer{{Action: collection.NewOf("Upload a file…", "ROLE_INVENTORY_ADMIN", "ROLE_INVENTORY_CREATE", "ROLE_BINARY_ADMIN", "ROLE_BINARY_CREATE"), Run: func(h collection.Here) {
			client := h.Tenant.Client
			save.Upload(h.Tenant, h.Scope, "as a new file", []text.Safe{text.Clean("into the inventory of " + h.Tenant.Called())}, func(ctx context.Context, upload c8yclient.Upload) error {
				_, err := client.Binaries.Upload(ctx, upload)
				return err
			}, h.Scope.Refresh)
		}}},
		Delete: &collection.Delete[*binary]{Remover: edit.Remover{
			Needs:   []string{"ROLE_INVENTORY_ADMIN", "ROLE_BINARY_ADMIN"},
			Request: func(target edit.Target) write.Request { return write.Delete("inventory/binaries/" + target.ID) },
			Details: []text.Safe{"Whatever refers to it, such as a firmware, leads nowhere then."},
			Restore: func(jsontext.Value) (write.Request, text.Safe) { return write.Request{}, "the content is gone" },
		}},
		Detail: func(b *binary, now time.Time) []collection.Field {
			return []collection.Field{
				{Label: "size", Value: exactly(b.Length), Role: theme.Strong},
				{Label: "content", Value: show.OrDash(b.ContentType)},
				{Label: "type", Value: show.OrDash(b.Type)},
				{Label: "owner", Value: show.OrDash(b.Owner)},
				{Label: "changed", Value: show.Age(b.LastUpdated, now)},
				{Label: "id", Value: show.OrDash(b.ID), Role: theme.Muted},
			}
		},
		Empty: func(place.Place) text.Safe {
			return "There are no files. Firmware, software, logs and whatever is uploaded stands here: n uploads one."
		},
	}
}

// exactly writes a size for reading, and to the byte where that is rounded.
func exactly(size int64) text.Safe {
	if size < 1000 {
		return text.Bytes(size)
	}
	return text.Bytes(size) + ", " + text.Count(int(size)) + " bytes"
}

// fileType is the media type of a file, without its parameters.
func fileType(b *binary) string {
	media, _, _ := strings.Cut(b.ContentType, ";")
	if media == "" {
		return b.Type
	}
	return media
}

// fileActions move files between the tenant and this machine.
func fileActions() []collection.Action[*binary] {
	return []collection.Action[*binary]{
		{Action: keys.FileDownload, Run: func(a *collection.Act[*binary]) {
			b := a.Items[0]
			if len(a.Items) > 1 {
				files := make([]save.Remote, len(a.Items))
				for i, b := range a.Items {
					files[i] = save.Remote{Name: b.Name, ID: b.ID, Source: save.From(a.Tenant.Client, "/inventory/binaries/"+b.ID)}
				}
				save.Downloads(a.Tenant, a.Scope, text.Count(len(files))+" files", files)
				return
			}
			save.Download(a.Tenant, a.Scope, text.Clean(b.Name), b.Name, save.From(a.Tenant.Client, "/inventory/binaries/"+b.ID))
		}},
		{Action: keys.FileUsed, Run: func(a *collection.Act[*binary]) {
			a.Open(place.At("usedby").With("file", a.Items[0].ID))
		}},
		{Action: keys.FileReplace, Run: func(a *collection.Act[*binary]) {
			b, client := a.Items[0], a.Tenant.Client
			intro := []text.Safe{text.Clean("in place of " + b.Name), "The file keeps its id; what refers to it gets the new content."}
			save.Upload(a.Tenant, a.Scope, text.Clean("new content of "+b.Name), intro, func(ctx context.Context, upload c8yclient.Upload) error {
				_, err := client.Binaries.Replace(ctx, b.ID, upload)
				return err
			}, nil)
		}},
	}
}
