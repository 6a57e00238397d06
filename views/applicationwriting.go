package views

import (
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"c8yx/c8yclient"
	"c8yx/keys"
	"c8yx/ui/form"
	"c8yx/ui/text"
	"c8yx/views/collection"
	"c8yx/views/edit"
	"c8yx/views/place"
	"c8yx/views/tenant"
	"c8yx/views/write"
)

// applicationAdmin is what changing applications needs.
const applicationAdmin = "ROLE_APPLICATION_MANAGEMENT_ADMIN"

// foreign says why an application cannot be changed here, "" if it can.
func foreign(t *tenant.Tenant, a *application) string {
	owner, own := applicationOwner(a), t.ID()
	if owner == "" || own == "" || owner == own {
		return ""
	}
	return "it belongs to the tenant " + owner + ", which alone can change it"
}

// applicationFields are the settings of an application of a type.
func applicationFields(kind c8yclient.ApplicationType) []edit.Field {
	of := func(types ...c8yclient.ApplicationType) func(form.Values) bool {
		return func(v form.Values) bool {
			for _, t := range types {
				if c8yclient.ApplicationType(v.Text("type")) == t || kind == t {
					return true
				}
			}
			return false
		}
	}
	return []edit.Field{
		{Field: form.Field{Name: "name", Label: "Name", Required: true}},
		{Field: form.Field{Name: "key", Label: "Key", Required: true, Placeholder: "shift-book-key", Note: "Marks the requests of the application, so that usage can be told apart."}},
		{Field: form.Field{
			Name: "contextPath", Label: "Context path", Required: true, Placeholder: "shift-book", Validate: contextPath,
			Visible: of(c8yclient.ApplicationHosted, c8yclient.ApplicationMicroservice), Note: "It is served below /apps, or below /service if it is a microservice.",
		}},
		{Field: form.Field{Name: "externalUrl", Label: "Address", Required: true, Placeholder: "https://…", Validate: webAddress, Visible: of(c8yclient.ApplicationExternal)}},
		{Field: form.Field{Name: "description", Label: "Description", Input: form.Lines(2)}},
		{Field: form.Field{Name: "availability", Label: "Available", Value: string(c8yclient.ApplicationPrivate), Input: form.Choice(
			form.Option{Value: string(c8yclient.ApplicationPrivate), Label: "private", Note: "Only its owner can let tenants use it."},
			form.Option{Value: string(c8yclient.ApplicationMarket), Label: "market", Note: "The tenants below may subscribe to it."},
			form.Option{Value: string(c8yclient.ApplicationShared), Label: "shared", Note: "Known to newer tenants only."},
		)}},
	}
}

// contextPath refuses what cannot stand in an address.
func contextPath(typed string) text.Safe {
	if strings.Trim(strings.ToLower(typed), "abcdefghijklmnopqrstuvwxyz0123456789-_.") != "" {
		return "only letters, digits, - _ and ."
	}
	return ""
}

func webAddress(typed string) text.Safe {
	if !strings.HasPrefix(typed, "https://") && !strings.HasPrefix(typed, "http://") {
		return "an address begins with https://"
	}
	return ""
}

func editApplication(t *tenant.Tenant) *collection.Edit[*application] {
	editor := edit.Editor{
		Needs: []string{applicationAdmin},
		// What belongs to the archive or to the platform. A new version is made active in the list of versions.
		Fixed: []string{"owner", "type", "activeVersionId", "applicationVersions", "manifest", "resourcesUrl", "roles", "requiredRoles"},
	}
	return &collection.Edit[*application]{
		Editor:   editor,
		Disabled: func(a *application) string { return foreign(t, a) },
		Of: func(a *application) edit.Editor {
			of := editor
			of.Fields = applicationFields(a.Type)
			return of
		},
	}
}

func newApplication(place.Place) edit.Creator {
	kind := edit.Field{Field: form.Field{Name: "type", Label: "Type", Value: string(c8yclient.ApplicationHosted), Input: form.Choice(
		form.Option{Value: string(c8yclient.ApplicationHosted), Label: "web application", Note: "The platform serves it; its archive is uploaded afterwards."},
		form.Option{Value: string(c8yclient.ApplicationMicroservice), Label: "microservice", Note: "It runs on the platform; its image is uploaded afterwards."},
		form.Option{Value: string(c8yclient.ApplicationExternal), Label: "link", Note: "A link to somewhere else."},
	)}}
	return edit.Creator{
		One: "application", Needs: []string{applicationAdmin}, Path: "application/applications",
		Fields: append([]edit.Field{kind}, applicationFields("")...),
	}
}

func deleteApplication(t *tenant.Tenant) *collection.Delete[*application] {
	return &collection.Delete[*application]{
		Disabled: func(a *application) string { return foreign(t, a) },
		Remover: edit.Remover{
			Needs:   []string{applicationAdmin},
			Details: []text.Safe{"Its archives and versions go along, and nobody can use it any more."},
			Along:   subscribers,
		},
	}
}

// useByTenants are the actions that let tenants use an application, and no longer.
func useByTenants(t *tenant.Tenant) []collection.Action[*application] {
	ask := func(title, submit text.Safe, then func(*collection.Act[*application], string)) func(*collection.Act[*application]) {
		return func(act *collection.Act[*application]) {
			act.Scope.Show(form.New(form.Options{
				Title: title, Submit: submit,
				Fields: []form.Field{{
					Name: "tenant", Label: "Tenant", Required: true, Value: t.ID(), Validate: tenantID,
					Note: "Its id: this one, or one below it.",
				}},
				Accept: func(f *form.Form, v form.Values) {
					f.Close()
					then(act, v.Text("tenant"))
				},
			}))
		}
	}
	use := func(tenant string, a *application) write.Request {
		return write.Post(apiPath("tenant", "tenants", tenant, "applications"), map[string]any{
			"application": map[string]string{"self": t.Client.BaseURL().JoinPath("application", "applications", a.ID).String()},
		})
	}
	end := func(tenant string, a *application) write.Request {
		return write.Delete(apiPath("tenant", "tenants", tenant, "applications", a.ID))
	}
	return []collection.Action[*application]{
		{Action: keys.ApplicationSubscribe, Run: ask("Let a tenant use it", "Subscribe", func(act *collection.Act[*application], tenant string) {
			act.Write(collection.Write[*application]{
				Did:     text.Clean("Subscribed " + tenant + " to"),
				Request: func(a *application) write.Request { return use(tenant, a) },
				Inverse: func(a *application, _ jsontext.Value) (write.Request, text.Safe) { return end(tenant, a), "" },
			})
		})},
		{Action: keys.ApplicationUnsubscribe, Run: ask("End the use by a tenant", "Unsubscribe", func(act *collection.Act[*application], tenant string) {
			act.Write(collection.Write[*application]{
				Did:     text.Clean("Ended for " + tenant + " the use of"),
				Request: func(a *application) write.Request { return end(tenant, a) },
				Inverse: func(a *application, _ jsontext.Value) (write.Request, text.Safe) { return use(tenant, a), "" },
			})
		})},
	}
}

// tenantID refuses what is no id of a tenant.
func tenantID(typed string) text.Safe {
	if strings.Trim(typed, "abcdefghijklmnopqrstuvwxyz0123456789-_") != "" {
		return "an id of a tenant has small letters and digits"
	}
	return ""
}
