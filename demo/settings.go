package demo

import (
	"cmp"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"

	"c8yx/demo/rawjson"
)

// version is what the tenant says its platform version is.
const version = "2026.150.0"

// settings is /tenant/options, which users change, and /tenant/system/options, which they read.
type settings struct {
	*platform
	mu     sync.RWMutex
	values map[optionKey]string
	fixed  map[optionKey]bool // what only the management tenant may change
}

type optionKey struct{ category, key string }

func seededOptions() map[optionKey]string {
	return map[optionKey]string{
		{"access.control", "allow.origin"}:                     "*",
		{"device-registration", "security-token.policy"}:       "OPTIONAL",
		{"oauth.internal", "basic-token.lifespan.seconds"}:     "1209600",
		{"password", "green.min-length"}:                       "8",
		{"two-factor-authentication", "enabled"}:               "true",
		{"two-factor-authentication", "strategy"}:              strategyTOTP,
		{"measurement.series.latestvalue", "*"}:                "31536000",
		{"configuration", "alarms.escalation.default.minutes"}: "15",
	}
}

func systemOptions() map[optionKey]string {
	return map[optionKey]string{
		{"system", "version"}:                          version,
		{"two-factor-authentication", "enabled"}:       "true",
		{"two-factor-authentication", "enforced"}:      "false",
		{"password", "green.min-length"}:               "8",
		{"files", "max.size"}:                          "52428800",
		{"device-simulator", "allow.hosted.simulator"}: "false",
		{"reportMailer", "available"}:                  "false",
	}
}

func (s *settings) routes() []route {
	const category, one = "/tenant/options/{category}", "/tenant/options/{category}/{key}"
	return []route{
		{"GET", "/tenant/options", needs(roleOptionRead), "optioncollection", s.list},
		{"POST", "/tenant/options", needs(roleOptionAdmin), "option", s.post},
		{"GET", category, needs(roleOptionRead), "option", s.getCategory},
		{"PUT", category, needs(roleOptionAdmin), "option", s.putCategory},
		{"GET", one, needs(roleOptionRead), "option", s.get},
		{"PUT", one, needs(roleOptionAdmin), "option", s.put},
		{"DELETE", one, needs(roleOptionAdmin), "", s.delete},
		{"PUT", one + "/editable", needs(roleOptionAdmin), "", s.setEditable},
		{"GET", "/tenant/system/options", everyone(), "optioncollection", s.listSystem},
		{"GET", "/tenant/system/options/{category}/{key}", everyone(), "option", s.getSystem},
	}
}

// value returns a tenant option for the tenant's own use.
func (s *settings) value(category, key string) (string, bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	value, found := s.values[optionKey{category, key}]
	return value, found
}

func (s *settings) set(o optionKey, value string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.values[o] = value
}

// credentials begins the keys of options that are stored encrypted.
const credentials = "credentials."

// shown is what a value looks like from outside: credentials are never given back.
func shown(o optionKey, value string) string {
	if strings.HasPrefix(o.key, credentials) {
		return "<<Encrypted>>"
	}
	return value
}

func writeOption(w *rawjson.Writer, c *call, path string, o optionKey, value string) {
	w.Open('{')
	w.Str("self", c.url(path+url.PathEscape(o.category)+"/"+url.PathEscape(o.key)))
	w.Str("category", o.category)
	w.Str("key", o.key)
	w.Str("value", shown(o, value))
	w.Close('}')
}

func sortedOptions(values map[optionKey]string) (sorted []optionKey) {
	keys := make([]*optionKey, 0, len(values))
	for key := range values {
		keys = append(keys, &key)
	}
	slices.SortFunc(keys, func(a, b *optionKey) int {
		return cmp.Or(cmp.Compare(a.category, b.category), cmp.Compare(a.key, b.key))
	})
	for _, key := range keys {
		sorted = append(sorted, *key)
	}
	return sorted
}

func (s *settings) snapshot() map[optionKey]string {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return maps.Clone(s.values)
}

func (s *settings) list(c *call) (reply, error) {
	p, err := c.page()
	if err != nil {
		return reply{}, err
	}
	p.withTotal = false // not supported for options
	values := s.snapshot()
	options, total := collect(p, slices.Values(sortedOptions(values)), nil)
	return collection(c, "optioncollection", "options", p, options, total, func(w *rawjson.Writer, o optionKey) {
		writeOption(w, c, "/tenant/options/", o, values[o])
	}), nil
}

// post creates an option or replaces it, and says 200 either way.
func (s *settings) post(c *call) (reply, error) {
	body, err := c.object()
	if err != nil {
		return reply{}, err
	}
	o := optionKey{rawjson.Text(body, "category"), rawjson.Text(body, "key")}
	if o.category == "" || o.key == "" {
		return reply{}, missing("category,key")
	}
	if strings.ContainsAny(o.category, " $&+,/:;=?@\"#%{}|\\^~[]`") {
		return reply{}, invalid("Invalid category: %s", o.category)
	}
	if err := s.allowed(c, o); err != nil {
		return reply{}, err
	}
	return s.keep(c, o, rawjson.Text(body, "value")), nil
}

// allowed refuses to change what only the management tenant may change.
func (s *settings) allowed(c *call, o optionKey) error {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if s.fixed[o] && c.who.user.tenant != management {
		return forbidden()
	}
	return nil
}

// setEditable is for the management tenant to say whether a tenant may change one of its options.
func (s *settings) setEditable(c *call) (reply, error) {
	if c.who.user.tenant != management {
		return reply{}, forbidden()
	}
	switch tenant := c.query.Get("targetTenant"); {
	case tenant == "":
		return reply{}, fail(http.StatusBadRequest, "tenants/Bad Request", "The parameter targetTenant is missing")
	case tenant != s.id:
		return reply{}, noTenant(tenant)
	}
	o := s.named(c)
	if _, found := s.value(o.category, o.key); !found {
		return reply{}, noOption(o)
	}
	body, err := c.object()
	if err != nil {
		return reply{}, err
	}
	editable, _ := rawjson.Member(body, "editable")
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.fixed == nil {
		s.fixed = make(map[optionKey]bool)
	}
	s.fixed[o] = editable == "false"
	return empty(http.StatusOK), nil
}

// did records a change of an option. Its value may be a secret.
func (s *settings) did(c *call, activity string, o optionKey) {
	d := c.did("Option", activity, o.category+"."+o.key)
	d.text = activity + ": category='" + o.category + "', key='" + o.key + "'"
	s.audit(d)
}

func (s *settings) keep(c *call, o optionKey, value string) reply {
	s.set(o, value)
	s.did(c, "Option updated", o)
	var w rawjson.Writer
	writeOption(&w, c, "/tenant/options/", o, value)
	return ok("option", w.Buf)
}

func (s *settings) getCategory(c *call) (reply, error) {
	flat := map[string]string{}
	for o, value := range s.snapshot() {
		if o.category == c.param("category") {
			flat[o.key] = shown(o, value)
		}
	}
	return ok("option", rawjson.Append(nil, flat)), nil
}

func (s *settings) putCategory(c *call) (reply, error) {
	body, err := c.object()
	if err != nil {
		return reply{}, err
	}
	for key := range rawjson.Members(body) {
		if err := s.allowed(c, optionKey{c.param("category"), key}); err != nil {
			return reply{}, err
		}
	}
	for key, raw := range rawjson.Members(body) {
		o := optionKey{c.param("category"), key}
		s.did(c, "Option updated", o)
		if raw == "null" {
			s.forget(o)
		} else {
			s.set(o, rawjson.Unquote(raw))
		}
	}
	return s.getCategory(c)
}

func (s *settings) forget(o optionKey) (found bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, found = s.values[o]
	delete(s.values, o)
	return found
}

func noOption(o optionKey) error {
	return fail(http.StatusNotFound, "tenants/Not Found", "Unable to find option by given key %s, category %s", o.key, o.category)
}

func (s *settings) named(c *call) optionKey { return optionKey{c.param("category"), c.param("key")} }

func (s *settings) get(c *call) (reply, error) {
	o := s.named(c)
	value, found := s.value(o.category, o.key)
	if !found {
		return reply{}, noOption(o)
	}
	var w rawjson.Writer
	writeOption(&w, c, "/tenant/options/", o, value)
	return ok("option", w.Buf), nil
}

func (s *settings) put(c *call) (reply, error) {
	o := s.named(c)
	if _, found := s.value(o.category, o.key); !found {
		return reply{}, noOption(o)
	}
	body, err := c.object()
	if err != nil {
		return reply{}, err
	}
	if err := s.allowed(c, o); err != nil {
		return reply{}, err
	}
	return s.keep(c, o, rawjson.Text(body, "value")), nil
}

func (s *settings) delete(c *call) (reply, error) {
	o := s.named(c)
	if err := s.allowed(c, o); err != nil {
		return reply{}, err
	}
	if !s.forget(o) {
		return reply{}, noOption(o)
	}
	s.did(c, "Option deleted", o)
	return empty(http.StatusNoContent), nil
}

func (s *settings) listSystem(c *call) (reply, error) {
	values := systemOptions()
	var w rawjson.Writer
	w.Open('{')
	w.Str("self", c.url("/tenant/system/options"))
	w.Key("options")
	w.Open('[')
	for _, o := range sortedOptions(values) {
		w.Comma()
		writeOption(&w, c, "/tenant/system/options/", o, values[o])
	}
	w.Close(']')
	w.Close('}')
	return ok("optioncollection", w.Buf), nil
}

func (s *settings) getSystem(c *call) (reply, error) {
	o := s.named(c)
	value, found := systemOptions()[o]
	if !found {
		return reply{}, noOption(o)
	}
	var w rawjson.Writer
	writeOption(&w, c, "/tenant/system/options/", o, value)
	return ok("option", w.Buf), nil
}
