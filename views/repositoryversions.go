package views

import (
	"context"
	"iter"
	"time"

	"github.com/go-json-experiment/json/jsontext"

	"c8yx/c8yclient"
	"c8yx/theme"
	"c8yx/ui/form"
	"c8yx/ui/table"
	"c8yx/ui/text"
	"c8yx/views/collection"
	"c8yx/views/edit"
	"c8yx/views/place"
	"c8yx/views/show"
	"c8yx/views/tenant"
	"c8yx/views/write"
)

// versions is the kind of the versions of one item of a repository: children of it with a number
// and the address of a file.
func (r repositoryOf) versions(t *tenant.Tenant) *collection.Kind[*repositoryItem] {
	content := func(m *repositoryItem, path ...string) string {
		raw, there := m.Fragment(r.content)
		if !there {
			return ""
		}
		value, there := write.At(raw, path...)
		if !there {
			return ""
		}
		return show.PlainText(value)
	}
	number := func(m *repositoryItem) string { return content(m, "version") }
	return &collection.Kind[*repositoryItem]{
		Name: r.name + "versions", Aliases: []string{r.name + "binaries"},
		Title: r.title + " versions", One: "version", Many: "versions",
		Needs:      []string{"ROLE_INVENTORY_READ", "ROLE_MANAGED_OBJECT_READ"},
		Parameters: []string{"of"},
		Sort:       "-version",
		Columns: []collection.Column[*repositoryItem]{
			collection.Words("version", table.Column{Title: "VERSION", Min: 12, Max: 30, Weight: 1, Priority: 9}, theme.Strong, number),
			collection.Words("address", table.Column{Title: "ADDRESS", Min: 24, Max: 120, Weight: 4, Priority: 8}, theme.Link, func(m *repositoryItem) string { return content(m, "url") }),
			collection.Words("patch", table.Column{Title: "PATCH OF", Min: 10, Max: 24, Priority: 5}, theme.Muted, func(m *repositoryItem) string {
				raw, there := m.Fragment("c8y_Patch")
				if !there {
					return ""
				}
				on, _ := write.At(raw, "dependency")
				return show.PlainText(on)
			}),
			collection.When("changed", table.Column{Title: "CHANGED", Min: 8, Priority: 4}, func(m *repositoryItem) time.Time { return m.LastUpdated }),
			collection.Identifier(func(m *repositoryItem) string { return m.ID }),
		},
		ID:     func(m *repositoryItem) string { return m.ID },
		Label:  func(m *repositoryItem) string { return "version " + number(m) },
		Path:   func(m *repositoryItem) string { return "inventory/managedObjects/" + m.ID },
		Decode: c8yclient.DecodeDocument[repositoryItem],
		Admits: func(_ place.Place, m *repositoryItem) bool { return m.Type == r.binaryType },
		Read: func(ctx context.Context, t *tenant.Tenant, p place.Place) iter.Seq2[[]*repositoryItem, error] {
			of := p.Query.Get("of")
			if of == "" {
				return func(func([]*repositoryItem, error) bool) {}
			}
			return whole(func() ([]*repositoryItem, error) {
				var list []*repositoryItem
				for child, err := range t.Client.Inventory.Children(ctx, of, c8yclient.ChildAdditions, nil) {
					if err != nil {
						return nil, err
					}
					if child.Type == r.binaryType {
						list = append(list, child)
					}
				}
				return list, nil
			})
		},
		Edit:   &collection.Edit[*repositoryItem]{Editor: edit.Editor{Needs: objectAdmins(), Fields: r.versionFields()}},
		Create: func(p place.Place) edit.Creator { return r.newVersion(p.Query.Get("of")) },
		Delete: r.delete(),
		Empty: func(p place.Place) text.Safe {
			if p.Query.Get("of") == "" {
				return text.Clean("Versions are those of one item: " + r.name + "versions?of=ID.")
			}
			return "It has no version yet, so that there is nothing that a device could install."
		},
		Subject: func(p place.Place) text.Safe { return of(t, p.Query.Get("of")) },
	}
}

func (r repositoryOf) versionFields() []edit.Field {
	return []edit.Field{
		{Field: form.Field{Name: r.content + ".version", Label: "Version", Required: true, Placeholder: "1.2.0"}},
		{Field: form.Field{Name: r.content + ".url", Label: "Address", Required: true, Placeholder: "https://…", Validate: webAddress, Note: "Where devices get it: a file of the tenant, or anywhere else."}},
	}
}

// newVersion adds a version to an item.
func (r repositoryOf) newVersion(of string) edit.Creator {
	kind, _ := jsontext.AppendQuote(nil, r.binaryType)
	return edit.Creator{
		One: "version", Needs: append(objectAdmins(), "ROLE_INVENTORY_CREATE", "ROLE_MANAGED_OBJECT_CREATE"),
		Begin: jsontext.Value(`{"type":` + string(kind) + `,"c8y_Global":{}}`), Fields: r.versionFields(),
		Request: func(document jsontext.Value) write.Request {
			r := write.Post(apiPath("inventory", "managedObjects", of, "childAdditions"), document)
			r.Media = "application/vnd.com.nsn.cumulocity.managedobject+json" // else it would be taken for a reference to a child
			return r
		},
		Back: func(answer jsontext.Value) (write.Request, text.Safe) {
			made, err := c8yclient.DecodeDocument[repositoryItem](answer)
			if err != nil || made == nil || made.ID == "" {
				return write.Request{}, "the tenant did not say what it is called"
			}
			return write.Delete("inventory/managedObjects/" + made.ID), ""
		},
	}
}
