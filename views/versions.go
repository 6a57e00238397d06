package views

import (
	"cmp"
	"context"
	"iter"
	"net/url"
	"slices"
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
	"c8yx/views/fault"
	"c8yx/views/place"
	"c8yx/views/tenant"
	"c8yx/views/write"
)

// version is one state of an application: a version with a name and tags or, where the application
// has none, one of its archives.
type version struct {
	application string
	name        string // "" for an archive
	tags        []string
	binary      string
	file        string
	created     time.Time
	size        int64
	active      bool
}

// latest is the tag of the version that is served.
const latest = "latest"

// versions is the kind of the versions of one application.
func versions(t *tenant.Tenant) *collection.Kind[*version] {
	return &collection.Kind[*version]{
		Name: "versions", Aliases: []string{"applicationversions"},
		Title: "Versions", One: "version", Many: "versions",
		Needs:      []string{"ROLE_APPLICATION_MANAGEMENT_READ", applicationAdmin},
		Parameters: []string{"application"},
		Sort:       "-version",
		Columns: []collection.Column[*version]{
			collection.State("served", table.Column{Title: "SERVED", Min: 6, Priority: 8}, []bool{true, false}, func(v *version) bool { return v.active }, yesOrNo),
			collection.Words("version", table.Column{Title: "VERSION", Min: 10, Max: 24, Weight: 1, Priority: 9}, theme.Strong, versionName),
			collection.Words("tags", table.Column{Title: "TAGS", Min: 18, Max: 40, Weight: 2, Priority: 7}, theme.Text, func(v *version) string { return strings.Join(v.tags, ", ") }),
			collection.Words("file", table.Column{Title: "ARCHIVE", Min: 12, Max: 40, Weight: 2, Priority: 6}, theme.Text, func(v *version) string { return v.file }),
			collection.Size("size", table.Column{Title: "SIZE", Min: 9, Priority: 5}, func(v *version) int64 { return v.size }),
			collection.When("created", table.Column{Title: "CREATED", Min: 8, Priority: 4}, func(v *version) time.Time { return v.created }),
			collection.Words("binary", table.Column{Title: "BINARY", Min: 8, Max: 14, Priority: 2}, theme.Muted, func(v *version) string { return v.binary }),
		},
		ID:    versionPath,
		Label: versionName,
		Read: func(ctx context.Context, t *tenant.Tenant, p place.Place) iter.Seq2[[]*version, error] {
			return whole(func() ([]*version, error) { return readVersions(ctx, t.Client, p.Query.Get("application")) })
		},
		Actions: []collection.Action[*version]{{
			Action: keys.VersionActivate,
			Disabled: func(v *version) string {
				if v.active {
					return "it is the one that is served"
				}
				return ""
			},
			Write: &collection.Write[*version]{
				Did: "Serving now",
				Request: func(v *version) write.Request {
					if v.name == "" {
						return write.Put(apiPath("application", "applications", v.application), map[string]string{"activeVersionId": v.binary})
					}
					return write.Put(apiPath("application", "applications", v.application, "versions", v.name), map[string][]string{"tags": append(slices.Clone(v.tags), latest)})
				},
				Inverse: func(*version, jsontext.Value) (write.Request, text.Safe) {
					return write.Request{}, "activate the other version again"
				},
			},
		}},
		Offers: []collection.Offer{{
			Action: collection.NewOf("Upload an archive, as a version or alone…", applicationAdmin),
			Disabled: func(p place.Place) string {
				if p.Query.Get("application") == "" {
					return "say of which application: versions?application=ID"
				}
				return ""
			},
			Run: func(h collection.Here) { uploadArchive(h.Tenant, h.Scope, h.Place.Query.Get("application")) },
		}},
		Delete: &collection.Delete[*version]{
			Disabled: func(v *version) string {
				if v.active {
					return "it is the one that is served; activate another before"
				}
				return ""
			},
			Remover: edit.Remover{
				Needs: []string{applicationAdmin}, Details: []text.Safe{"Its archive goes along."},
				Request: func(target edit.Target) write.Request { return write.Delete(target.ID) },
			},
		},
		Empty: func(p place.Place) text.Safe {
			if p.Query.Get("application") == "" {
				return "Versions are those of one application: versions?application=ID."
			}
			return "Nothing has been uploaded for it yet: n does. Or it is a microservice, whose image the platform does not give away."
		},
		Subject: func(p place.Place) text.Safe { return ofA(t, "application", p.Query.Get("application")) },
	}
}

func versionName(v *version) string { return cmp.Or(v.name, v.file, v.binary) }

// versionPath is what a version is deleted by. The platform reads versions by their names in the
// query, so that they have no documents of their own to inspect.
func versionPath(v *version) string {
	if v.name == "" {
		return apiPath("application", "applications", v.application, "binaries", v.binary)
	}
	return apiPath("application", "applications", v.application, "versions") + "?version=" + url.QueryEscape(v.name)
}

// readVersions returns the versions of an application, with what is known of their archives.
func readVersions(ctx context.Context, c *c8yclient.Client, application string) ([]*version, error) {
	if application == "" {
		return nil, nil
	}
	app, err := c.Applications.Get(ctx, application)
	if err != nil {
		return nil, err
	}
	if app.Type == c8yclient.ApplicationMicroservice {
		return nil, nil
	}
	named, err := namedVersions(ctx, c, application)
	if err != nil {
		return nil, err
	}
	archives, err := c.Applications.Binaries(ctx, application)
	if err != nil && len(named) == 0 {
		return nil, err
	}
	of := make(map[string]*c8yclient.ApplicationBinary, len(archives))
	for _, a := range archives {
		of[string(a.ID)] = a
	}
	var list []*version
	for _, n := range named {
		v := &version{application: application, name: n.Version, tags: n.AllTags(), binary: string(n.BinaryID)}
		v.active = slices.Contains(v.tags, latest)
		v.archive(of[v.binary])
		list = append(list, v)
	}
	if len(named) == 0 {
		for _, a := range archives {
			v := &version{application: application, binary: string(a.ID), active: a.ID == app.ActiveVersionID}
			v.archive(a)
			list = append(list, v)
		}
	}
	return list, nil
}

// namedVersions returns the versions of a web application that have a number; none if the tenant
// knows of no versions of it.
func namedVersions(ctx context.Context, c *c8yclient.Client, application string) ([]*c8yclient.ApplicationVersion, error) {
	named, err := c.Applications.Versions(ctx, application)
	if err != nil && fault.Negative(err) {
		return nil, nil
	}
	return named, err
}

func (v *version) archive(a *c8yclient.ApplicationBinary) {
	if a != nil {
		v.file, v.size, v.created = a.Name, a.Length, a.Created
	}
}
