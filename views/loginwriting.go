package views

import (
	"math"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"c8yx/c8yclient"
	"c8yx/keys"
	"c8yx/ui/form"
	"c8yx/ui/text"
	"c8yx/views/collection"
	"c8yx/views/edit"
	"c8yx/views/tenant"
	"c8yx/views/write"
)

// loginAdmin are the permissions of which any one allows changing how users sign in.
func loginAdmin() []string { return []string{"ROLE_TENANT_ADMIN", "ROLE_TENANT_MANAGEMENT_ADMIN"} }

// askedOfProvider are the members of a login option with what the identity provider is asked. They
// may hold the secret of the client: they are kept as they are, and neither shown nor put into a
// draft.
func askedOfProvider() []string {
	return []string{"authorizationRequest", "tokenRequest", "refreshRequest", "logoutRequest", "externalTokenConfig"}
}

// editLogin edits what its sort of login option has. A document is sent as a whole, and nobody is
// signed out for it, which the platform does unless it is asked not to.
func editLogin() *collection.Edit[*loginOption] {
	editor := edit.Editor{
		Needs: loginAdmin(), Fixed: append(askedOfProvider(), "type", "onlyManagementTenantAccess", "initRequest"),
		Replace: func(path string, document jsontext.Value) write.Request {
			return write.Put(path+"?terminateUserSessions=false", write.Without(document, "id", "self", "initRequest")).Hiding(askedOfProvider()...)
		},
	}
	return &collection.Edit[*loginOption]{Editor: editor, Of: func(o *loginOption) edit.Editor {
		of := editor
		of.Fields = loginFields(o)
		return of
	}}
}

// loginFields are the settings of one sort of login option.
func loginFields(o *loginOption) []edit.Field {
	visible := edit.Field{As: edit.Flag, Field: form.Field{Name: "visibleOnLoginPage", Label: "Visible", Note: "Whether the sign-in page offers it."}}
	words := func(name string, label, note text.Safe) edit.Field {
		return edit.Field{As: edit.Words, Field: form.Field{Name: "authenticationRestrictions." + name, Label: label, Note: note}}
	}
	whole := func(name string, label, note text.Safe) edit.Field {
		return edit.Field{As: edit.Number, Field: form.Field{Name: "sessionConfiguration." + name, Label: label, Note: note, Input: form.Whole(0, math.MaxInt32)}}
	}
	line := func(name string, label, note text.Safe) edit.Field {
		return edit.Field{Field: form.Field{Name: name, Label: label, Note: note}}
	}
	switch {
	case o.Is(c8yclient.LoginBasic):
		return []edit.Field{
			visible,
			words("forbiddenClients", "Not for", "WEB_BROWSERS keeps browsers from Basic authentication; empty lets all use it."),
			words("forbiddenUserAgents", "Not for agents", "Beginnings of User-Agent headers, parted by commas."),
			words("trustedUserAgents", "But for agents", "These may use it nevertheless."),
		}
	case o.Is(c8yclient.LoginToken):
		return []edit.Field{
			visible,
			whole("absoluteTimeoutMillis", "Ends after", "Milliseconds after which a session ends, whatever is done in it."),
			whole("renewalTimeoutMillis", "Is renewed after", "Milliseconds after which the token is replaced."),
			whole("maximumNumberOfParallelSessions", "At once", "Sessions of one user; the oldest ends for one more."),
			{As: edit.Flag, Field: form.Field{Name: "sessionConfiguration.userAgentValidationRequired", Label: "Same program", Note: "A token is good only in the program that got it."}},
		}
	}
	return []edit.Field{
		visible,
		line("buttonName", "Button", "What the sign-in page calls it."),
		line("providerName", "Provider", "The name of the identity provider."),
		line("issuer", "Issuer", "The issuer that its tokens name."),
		line("clientId", "Client", "What the platform is called there."),
		line("audience", "Audience", "For whom its tokens must be."),
		{Field: form.Field{Name: "redirectToPlatform", Label: "Redirect", Validate: webAddress, Note: "Where the provider sends the browser back to."}},
	}
}

func deleteLogin() *collection.Delete[*loginOption] {
	return &collection.Delete[*loginOption]{
		Disabled: func(o *loginOption) string {
			if !o.Is(c8yclient.LoginSSO) {
				return "every tenant has it; hide it instead"
			}
			return ""
		},
		Remover: edit.Remover{
			Needs:   loginAdmin(),
			Details: []text.Safe{"Whoever signs in by it cannot any more, and what it maps to roles goes along."},
			Word:    func(t edit.Target) string { return "delete " + t.ID },
		},
	}
}

// restrictLogin lets nobody but the management tenant change a login option of another tenant.
func restrictLogin(t *tenant.Tenant) collection.Action[*loginOption] {
	return collection.Action[*loginOption]{
		Action:   keys.LoginRestrict,
		Disabled: func(*loginOption) string { return managementOnly(t) },
		Run: func(act *collection.Act[*loginOption]) {
			act.Scope.Show(form.New(form.Options{
				Title: "Let only the management tenant change it", Submit: "Restrict",
				Fields: []form.Field{
					{Name: "tenant", Label: "Of the tenant", Required: true, Validate: tenantID},
					{Name: "restricted", Label: "Restricted", Input: form.Toggle(), Value: "true"},
				},
				Accept: func(f *form.Form, v form.Values) {
					f.Close()
					restricted := map[string]bool{"onlyManagementTenantAccess": v.On("restricted")}
					query := "/restrict?targetTenant=" + strings.TrimSpace(v.Text("tenant"))
					act.Write(collection.Write[*loginOption]{
						Did: "Changed",
						Request: func(o *loginOption) write.Request {
							return write.Put(apiPath("tenant", "loginOptions", o.ID)+query, restricted)
						},
						Inverse: func(o *loginOption, _ jsontext.Value) (write.Request, text.Safe) {
							back := map[string]bool{"onlyManagementTenantAccess": !v.On("restricted")}
							return write.Put(apiPath("tenant", "loginOptions", o.ID)+query, back), ""
						},
					})
				},
			}))
		},
	}
}
