package views

import (
	"c8yx/ui/text"
	"c8yx/views/tenant"
)

// of names the object that a list is about, nothing where it is about all.
func of(t *tenant.Tenant, object string) text.Safe {
	if object == "" {
		return ""
	}
	return text.Clean("of " + t.Name(object))
}

// ofA names something else that a list is about: an "application", a "login" option. It goes by the
// name that [tenant.Tenant.Remember] was told for the sort and the id, parted by a slash.
func ofA(t *tenant.Tenant, sort, id string) text.Safe {
	if id == "" {
		return ""
	}
	return of(t, sort+"/"+id)
}
