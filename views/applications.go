package views

import (
	"context"
	"iter"
	"time"

	"c8yx/c8yclient"
	"c8yx/keys"
	"c8yx/theme"
	"c8yx/ui/table"
	"c8yx/ui/text"
	"c8yx/views/collection"
	"c8yx/views/place"
	"c8yx/views/show"
	"c8yx/views/tenant"
)

type application = c8yclient.Application

// applications is the kind of applications: web applications, microservices and links.
func applications(t *tenant.Tenant) *collection.Kind[*application] {
	return &collection.Kind[*application]{
		Name: "applications", Aliases: []string{"application", "apps", "app", "microservices"},
		Title: "Applications", One: "application", Many: "applications",
		Needs:      []string{"ROLE_APPLICATION_MANAGEMENT_READ", "ROLE_APPLICATION_MANAGEMENT_ADMIN"},
		Parameters: []string{"type", "owner", "name", "subscriber"},
		Sort:       "name",
		Columns: []collection.Column[*application]{
			collection.Words("name", table.Column{Title: "NAME", Min: 20, Max: 40, Weight: 3, Priority: 9}, theme.Strong, func(a *application) string { return a.Name }),
			collection.Words("type", table.Column{Title: "TYPE", Min: 12, Priority: 8}, theme.Text, func(a *application) string { return show.Lower(string(a.Type)) }),
			collection.Words("context", table.Column{Title: "CONTEXT PATH", Min: 12, Max: 30, Weight: 1, Priority: 6}, theme.Text, func(a *application) string { return a.ContextPath }),
			collection.Words("version", table.Column{Title: "VERSION", Min: 8, Max: 20, Priority: 5}, theme.Text, applicationVersion),
			collection.Words("availability", table.Column{Title: "AVAILABLE", Min: 9, Priority: 4}, theme.Muted, func(a *application) string { return show.Lower(string(a.Availability)) }),
			collection.Words("owner", table.Column{Title: "OWNER", Min: 10, Max: 20, Weight: 1, Priority: 7}, theme.Muted, applicationOwner),
			collection.Identifier(func(a *application) string { return a.ID }),
		},
		ID:      func(a *application) string { return a.ID },
		Audited: func(a *application) string { return a.ID },
		Label:   func(a *application) string { return a.Name },
		Path:    func(a *application) string { return "application/applications/" + a.ID },
		Read: func(ctx context.Context, t *tenant.Tenant, p place.Place) iter.Seq2[[]*application, error] {
			options := c8yclient.ApplicationListOptions{
				Name: p.Query.Get("name"), Owner: p.Query.Get("owner"), Subscriber: p.Query.Get("subscriber"), Type: c8yclient.ApplicationType(show.Upper(p.Query.Get("type"))),
			}
			return listed(ctx, options, t.Client.Applications.Page, t.Client.Applications.Pages)
		},
		Named:  func(a *application) (id, name string) { return "application/" + a.ID, a.Name },
		Decode: c8yclient.DecodeDocument[application],
		Edit:   editApplication(t), Create: newApplication, Delete: deleteApplication(t),
		Actions: append([]collection.Action[*application]{
			{Action: keys.ApplicationLogs, Disabled: func(a *application) string {
				if a.Type != c8yclient.ApplicationMicroservice {
					return "only microservices write logs"
				}
				return ""
			}, Run: func(act *collection.Act[*application]) {
				act.Open(place.At("logs").With("application", act.Items[0].ID))
			}},
			{
				Action: keys.ApplicationUpload, Disabled: func(a *application) string { return withoutArchive(t, a) },
				Run: func(act *collection.Act[*application]) { uploadArchive(t, act.Scope, act.Items[0].ID) },
			},
			{Action: keys.ApplicationVersions, Run: func(act *collection.Act[*application]) {
				act.Open(place.At("versions").With("application", act.Items[0].ID))
			}},
		}, useByTenants(t)...),
		Empty: func(p place.Place) text.Safe {
			if tenant := p.Query.Get("subscriber"); tenant != "" {
				return "The tenant " + text.Clean(tenant) + " uses no application. Subscribe it to one in the list of all."
			}
			return "No application answers to this. n makes one; applications lists all that there are."
		},
		Detail: func(a *application, _ time.Time) []collection.Field {
			fields := []collection.Field{
				{Label: "type", Value: show.OrDash(show.Lower(string(a.Type)))},
				{Label: "key", Value: show.OrDash(a.Key)},
				{Label: "context path", Value: show.OrDash(a.ContextPath)},
				{Label: "version", Value: show.OrDash(applicationVersion(a))},
				{Label: "owner", Value: show.OrDash(applicationOwner(a))},
				{Label: "available", Value: show.OrDash(show.Lower(string(a.Availability)))},
				{Label: "id", Value: show.OrDash(a.ID), Role: theme.Muted},
				{Label: "description", Value: show.OrDash(a.Description)},
			}
			for i, role := range a.RequiredRoles {
				if i == 0 {
					fields = append(fields, collection.Field{Label: "It needs"})
				}
				fields = append(fields, collection.Field{Label: "", Value: text.Clean(role)})
			}
			return fields
		},
	}
}

func applicationVersion(a *application) string {
	if a.Manifest != nil && a.Manifest.Version != "" {
		return a.Manifest.Version
	}
	return string(a.ActiveVersionID)
}

func applicationOwner(a *application) string {
	if a.Owner == nil {
		return ""
	}
	return a.Owner.Tenant.ID
}
