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

// tenantAdmin are the permissions of which any one allows changing tenants.
func tenantAdmin() []string {
	return []string{"ROLE_TENANT_MANAGEMENT_ADMIN", "ROLE_TENANT_MANAGEMENT_UPDATE"}
}

func subtenantPath(s *subtenant) string { return apiPath("tenant", "tenants", s.ID) }

// subtenantFields are what is known of a tenant; what its administrator is called is said once.
func subtenantFields() []edit.Field {
	return []edit.Field{
		{Field: form.Field{Name: "company", Label: "Company", Required: true}},
		{Field: form.Field{Name: "domain", Label: "Domain", Required: true, Placeholder: "plant2.acme.example", Validate: domainName, Note: "Below that of this tenant."}},
		{Field: form.Field{Name: "adminEmail", Label: "Mail", Required: true, Placeholder: "admin@acme.example", Validate: mailAddress, Note: "Of the administrator."}},
		{Field: form.Field{Name: "contactName", Label: "Contact"}},
		{Field: form.Field{Name: "contactPhone", Label: "Phone"}},
	}
}

// domainName refuses what is no domain.
func domainName(typed string) text.Safe {
	switch {
	case strings.Trim(typed, "abcdefghijklmnopqrstuvwxyz0123456789-.") != "":
		return "only small letters, digits, - and ."
	case !strings.Contains(typed, ".") || strings.HasPrefix(typed, ".") || strings.HasSuffix(typed, "."):
		return "a domain has a dot in it"
	}
	return ""
}

func mailAddress(typed string) text.Safe {
	if at := strings.IndexByte(typed, '@'); at < 1 || at == len(typed)-1 || strings.Contains(typed, " ") {
		return "this is no mail address"
	}
	return ""
}

func editSubtenant() *collection.Edit[*subtenant] {
	return &collection.Edit[*subtenant]{Editor: edit.Editor{
		Needs: tenantAdmin(), Fields: subtenantFields(),
		Fixed: []string{"parent", "status", "adminName", "allowCreateTenants", "applications", "ownedApplications"},
	}}
}

// byMail is the way for the administrator to get a password that nobody else knows.
const byMail = "sendPasswordResetEmail"

func newSubtenant(place.Place) edit.Creator {
	typed := func(v form.Values) bool { return !v.On(byMail) }
	return edit.Creator{
		One: "tenant", Needs: []string{"ROLE_TENANT_MANAGEMENT_ADMIN", "ROLE_TENANT_MANAGEMENT_CREATE"}, Path: "tenant/tenants",
		Fields: append(subtenantFields(),
			edit.Field{Field: form.Field{Name: "adminName", Label: "Administrator", Required: true, Value: "admin", Validate: userName}},
			edit.Field{As: edit.Flag, Field: form.Field{Name: byMail, Label: "By mail", Value: "true", Note: "The administrator chooses a password by a link that is mailed."}},
			edit.Field{As: edit.Secret, Field: form.Field{Name: "adminPass", Label: "Password", Required: true, Visible: typed}}),
		Back: func(jsontext.Value) (write.Request, text.Safe) {
			return write.Request{}, "a tenant is deleted by nobody in passing"
		},
	}
}

// userName refuses the characters that the platform does not take in names of users.
func userName(typed string) text.Safe {
	if at := strings.IndexAny(typed, " /+$:"); at >= 0 {
		return "a name has no “" + text.Clean(typed[at:at+1]) + "” in it"
	}
	return ""
}

// managementOnly is the reason why a tenant cannot do what the platform lets its management tenant do alone, "" in that one.
func managementOnly(t *tenant.Tenant) string {
	if own := t.ID(); own != "" && own != "management" {
		return "only the management tenant can; this is " + own
	}
	return ""
}

// deleteSubtenant deletes tenants with everything in them.
func deleteSubtenant(t *tenant.Tenant) *collection.Delete[*subtenant] {
	return &collection.Delete[*subtenant]{
		Disabled: func(*subtenant) string { return managementOnly(t) },
		Remover: edit.Remover{
			Needs:   []string{"ROLE_TENANT_MANAGEMENT_ADMIN"},
			Details: []text.Safe{"Its devices, their data, its users and files are gone then, and nothing brings them back."},
			Word:    func(t edit.Target) string { return "delete " + t.ID },
		},
	}
}

// suspendSubtenant keeps everybody out of tenants, or lets them in again.
func suspendSubtenant() collection.Action[*subtenant] {
	return collection.Action[*subtenant]{
		Action: keys.SubtenantSuspend,
		Disabled: func(s *subtenant) string {
			if s.Status == c8yclient.TenantSuspended {
				return "it is suspended already"
			}
			return ""
		},
		Write: setSubtenant(c8yclient.TenantSuspended, "Suspended"),
	}
}

func activateSubtenant() collection.Action[*subtenant] {
	return collection.Action[*subtenant]{
		Action: keys.SubtenantActivate,
		Disabled: func(s *subtenant) string {
			if s.Status == c8yclient.TenantActive {
				return "it is active already"
			}
			return ""
		},
		Write: setSubtenant(c8yclient.TenantActive, "Activated"),
	}
}

func setSubtenant(status c8yclient.TenantStatus, did text.Safe) *collection.Write[*subtenant] {
	return &collection.Write[*subtenant]{
		Did: did,
		Request: func(s *subtenant) write.Request {
			return write.Put(subtenantPath(s), map[string]c8yclient.TenantStatus{"status": status})
		},
	}
}
