package demo

import (
	"net/http"

	"c8yx/demo/rawjson"
)

// features is /features: what is switched on, for everybody or for single tenants. A document has the key as its id, phase,
// active and, under featureTenants, what was said for tenants.
type features struct {
	*platform
	shelf *shelf
}

const featureTenants = kept + "tenants" // {"t4711":true}

func newFeatures(p *platform) *features {
	f := &features{platform: p, shelf: p.shelf("features", 1)}
	for _, feature := range []struct {
		key, phase string
		active     bool
	}{
		{"core.inventory.without.children", "GENERALLY_AVAILABLE", true},
		{"core.measurements.enhanced-time-series", "GENERALLY_AVAILABLE", false},
		{"certificate-authority", "PUBLIC_PREVIEW", true},
		{"ui.dashboard.state-filter", "PUBLIC_PREVIEW", false},
		{"core.alarms.grouping", "PRIVATE_PREVIEW", false},
		{"core.query.federation", "IN_DEVELOPMENT", false},
	} {
		f.shelf.put(feature.key, p.store.Shapes.Encode(map[string]any{"phase": feature.phase, "active": feature.active, featureTenants: map[string]any{}}))
	}
	return f
}

func (f *features) routes() []route {
	const one, mine, other = "/features/{key}", "/features/{key}/by-tenant", "/features/{key}/by-tenant/{tenant}"
	admins := needs(roleTenantManagementAdmin)
	return []route{
		{"GET", "/features", everyone(), "", f.list},
		{"GET", one, everyone(), "", f.get},
		{"GET", mine, admins, "", f.byTenant},
		{"PUT", mine, admins, "", f.put},
		{"DELETE", mine, admins, "", f.delete},
		{"PUT", other, admins, "", f.put},
		{"DELETE", other, admins, "", f.delete},
	}
}

// write tells whether a feature is active for a tenant, and who says so.
func (f *features) write(w *rawjson.Writer, tenant string, it item) {
	own, _ := it.Get(featureTenants)
	active, strategy := it.flag("active"), "DEFAULT"
	if raw, said := rawjson.Member(own, tenant); said {
		active, strategy = raw == "true", "TENANT"
	}
	w.Open('{')
	w.Str("key", it.id)
	w.Str("phase", it.Text("phase"))
	w.Bool("active", active)
	w.Str("strategy", strategy)
	w.Close('}')
}

func (f *features) list(c *call) (reply, error) {
	var w rawjson.Writer
	w.Open('[')
	for _, it := range f.shelf.all(nil) {
		w.Comma()
		f.write(&w, c.who.user.tenant, it)
	}
	w.Close(']')
	return ok("", w.Buf), nil
}

func (f *features) find(c *call) (item, error) {
	it, found := f.shelf.get(c.param("key"))
	if !found {
		return it, fail(http.StatusNotFound, "features/Not Found", "Feature toggle %s not found", c.param("key"))
	}
	return it, nil
}

func (f *features) get(c *call) (reply, error) {
	it, err := f.find(c)
	if err != nil {
		return reply{}, err
	}
	var w rawjson.Writer
	f.write(&w, c.who.user.tenant, it)
	return ok("", w.Buf), nil
}

// byTenant lists what was said for which tenant. That is for the management tenant to know.
func (f *features) byTenant(c *call) (reply, error) {
	it, err := f.find(c)
	if err != nil {
		return reply{}, err
	}
	if c.who.user.tenant != management {
		return reply{}, forbidden()
	}
	said, _ := it.Get(featureTenants)
	var w rawjson.Writer
	w.Open('[')
	for tenant, raw := range rawjson.Members(said) {
		w.Comma()
		w.Open('{')
		w.Str("tenantId", tenant)
		w.Raw("active", raw)
		w.Close('}')
	}
	w.Close(']')
	return ok("", w.Buf), nil
}

// say switches a feature for a tenant; "null" goes back to the default. A tenant decides for itself from the public preview on.
func (f *features) say(c *call, value string) (reply, error) {
	it, err := f.find(c)
	if err != nil {
		return reply{}, err
	}
	tenant, phase := c.who.user.tenant, it.Text("phase")
	if c.who.user.tenant != management && (c.param("tenant") != "" || phase != "PUBLIC_PREVIEW" && phase != "GENERALLY_AVAILABLE") {
		return reply{}, forbidden()
	}
	tenant = or(c.param("tenant"), tenant)
	said, _ := it.Get(featureTenants)
	f.shelf.merge(it.id, `{"`+featureTenants+`":`+f.store.Shapes.Compact(said).Set(&f.store.Shapes, tenant, value).JSON()+`}`)
	return empty(http.StatusOK), nil
}

func (f *features) put(c *call) (reply, error) {
	body, err := c.object()
	if err != nil {
		return reply{}, err
	}
	raw, _ := rawjson.Member(body, "active")
	if raw != "true" && raw != "false" {
		return reply{}, missing("active")
	}
	return f.say(c, raw)
}

func (f *features) delete(c *call) (reply, error) { return f.say(c, "null") }
