package demo

import (
	"net/http"

	"c8yx/demo/rawjson"
)

// support is /tenant/support-user: whether the platform's support may sign in as a user of the tenant. It is an option of the
// tenant, with an address of its own.
type support struct{ *platform }

func (s *support) routes() []route {
	const enable, disable = "/tenant/support-user/enable", "/tenant/support-user/disable"
	admins := needs(roleUserAdmin, roleTenantAdmin)
	return []route{
		{"POST", enable, admins, "", s.set("true")},
		{"POST", disable, admins, "", s.set("false")},
		{"PUT", enable, admins, "", s.set("true")}, // as the vendor's client has it
		{"PUT", disable, admins, "", s.set("false")},
		{"GET", "/tenant/security-options/password/{key}", everyone(), "option", s.password},
	}
}

func (s *support) set(enabled string) handler {
	return func(c *call) (reply, error) {
		s.settings.set(optionKey{"support-user", "enabled"}, enabled)
		d := c.did("Option", "Support user access changed", "support-user.enabled")
		d.text = "Support user access: enabled='" + enabled + "'"
		s.audit(d)
		return ok("", []byte(`{"enabled":`+enabled+`}`)), nil
	}
}

// password tells users what their passwords must be like, which they may not read among the options.
func (s *support) password(c *call) (reply, error) {
	o := optionKey{"password", c.param("key")}
	value, found := s.settings.value(o.category, o.key)
	if !found {
		if value, found = systemOptions()[o]; !found {
			return reply{}, fail(http.StatusNotFound, "tenants/Not Found", "Unable to find option by given key %s, category %s", o.key, o.category)
		}
	}
	var w rawjson.Writer
	writeOption(&w, c, "/tenant/security-options/", o, value)
	return ok("option", w.Buf), nil
}
