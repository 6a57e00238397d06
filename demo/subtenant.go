package demo

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"c8yx/demo/rawjson"
)

// subtenants are the tenants below this one, each a [Tenant] of its own that begins to be when somebody asks for it. They answer at the same
// address: who is meant follows from the user name, the host or the token.
type subtenants struct {
	above *Tenant

	mu      sync.Mutex
	running map[string]*Tenant // by id
	ctx     context.Context    // of Start; nil as long as time stands still
	closed  bool
}

// Members of a tenant's document that only the tenant itself needs.
const (
	tenantPassword = kept + "password" // of the administrator; none: it has to be set by mail
	tenantDevices  = kept + "devices"  // how many it has
)

// of returns the subtenant that a request is for, nil if it is for the tenant itself or for none that there is.
func (s *subtenants) of(r *http.Request) *Tenant {
	for _, name := range s.named(r) {
		switch {
		case name == "":
			continue
		case name == s.above.id, name == s.above.domain, name == management:
			return nil
		}
		if it, there := s.find(name); there {
			return s.open(it)
		}
	}
	return nil
}

// named are the tenants that a request names, by id or domain; what counts more comes first.
func (s *subtenants) named(r *http.Request) []string {
	host, _, _ := strings.Cut(r.Host, ":")
	query := r.URL.Query()
	names := []string{userPrefix(r), query.Get("tenant_id"), query.Get("tenantId")}
	token, bearer := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	if cookie, err := r.Cookie("authorization"); err == nil && !bearer {
		token = cookie.Value
	}
	if r.Method == http.MethodPost && under(r.URL.Path, oauthPath) {
		names = append(names, formTenants(r)...)
	}
	if host != s.above.domain {
		names = append(names, host)
	}
	return append(names, tokenTenant(token))
}

// userPrefix is what stands before the slash in the user name of Basic.
func userPrefix(r *http.Request) string {
	encoded, basic := strings.CutPrefix(r.Header.Get("Authorization"), "Basic ")
	if !basic {
		return ""
	}
	text, _ := base64.StdEncoding.DecodeString(strings.TrimSpace(encoded))
	name, _, _ := strings.Cut(string(text), ":")
	tenant, _, named := strings.Cut(name, "/")
	if !named {
		return ""
	}
	return tenant
}

// formTenants are those that a login form names. The form stays readable.
func formTenants(r *http.Request) []string {
	r.Body = http.MaxBytesReader(nil, r.Body, 1<<16)
	if r.ParseForm() != nil {
		return nil
	}
	tenant, _, named := strings.Cut(r.Form.Get("username"), "/")
	if !named {
		tenant = ""
	}
	return []string{tenant, r.Form.Get("tenant_id")}
}

// tokenTenant is the tenant that a token is of. Whether the token is good for anything is for that tenant to say.
func tokenTenant(token string) string {
	_, rest, _ := strings.Cut(token, ".")
	payload, _, signed := strings.Cut(rest, ".")
	if !signed {
		return ""
	}
	body, err := base64.RawURLEncoding.DecodeString(payload)
	if err != nil {
		return ""
	}
	var c struct {
		Tenant string `json:"ten"`
	}
	if json.Unmarshal(body, &c) != nil {
		return ""
	}
	return c.Tenant
}

// find looks for a subtenant by id or domain.
func (s *subtenants) find(name string) (item, bool) {
	found := s.above.tenants.shelf.all(func(it item) bool {
		return it.id != s.above.id && (it.id == name || it.Text("domain") == name)
	})
	if len(found) == 0 {
		return item{}, false
	}
	return found[0], true
}

// open returns a subtenant that runs, nil if it cannot.
func (s *subtenants) open(it item) *Tenant {
	s.mu.Lock()
	defer s.mu.Unlock()
	if t := s.running[it.id]; t != nil || s.closed {
		return t
	}
	devices, _ := it.Get(tenantDevices)
	t, err := s.build(it, number(devices, -1))
	if err != nil {
		s.above.log.Error("subtenant", "id", it.id, "error", err)
		return nil
	}
	s.run(t)
	return t
}

// build makes a subtenant.
func (s *subtenants) build(it item, devices int) (*Tenant, error) {
	o := s.above.options
	o.Tenant, o.Domain, o.User, o.Password, o.Users = it.id, it.Text("domain"), or(it.Text("adminName"), administratorName), or(it.Text(tenantPassword), rand.Text()), nil
	o.Devices, o.Seed, o.SignIn, o.Faults, o.Latency = devices, o.Seed+uint64(spread(it.id)), SignIn{}, nil, 0
	return build(o, s.above)
}

// run lets a subtenant live as this tenant does. The caller holds the lock.
func (s *subtenants) run(t *Tenant) {
	if s.running == nil {
		s.running = make(map[string]*Tenant)
	}
	s.running[t.id] = t
	if s.ctx != nil {
		t.Start(s.ctx)
	}
}

// restore makes a subtenant with what was loaded, in place of the one of that name.
func (s *subtenants) restore(l *loading) error {
	it, _ := s.find(l.id)
	t, err := s.build(it, -1)
	if err != nil {
		return err
	}
	l.replace(t)
	s.mu.Lock()
	gone := s.running[l.id] // somebody may have asked for it meanwhile
	if s.closed {
		gone = t
	} else {
		s.run(t)
	}
	s.mu.Unlock()
	if gone != nil {
		gone.Close()
	}
	return nil
}

// all returns those that run, by id.
func (s *subtenants) all() []*Tenant {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.SortedFunc(maps.Values(s.running), func(a, b *Tenant) int { return strings.Compare(a.id, b.id) })
}

// known returns a subtenant if it runs.
func (s *subtenants) known(id string) *Tenant {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.running[id]
}

// start lets time pass in those that run, and in those that will.
func (s *subtenants) start(ctx context.Context) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ctx = ctx
	for _, t := range s.running {
		t.Start(ctx)
	}
}

// end closes a subtenant with everything in it.
func (s *subtenants) end(id string) {
	s.mu.Lock()
	t := s.running[id]
	delete(s.running, id)
	s.mu.Unlock()
	if t != nil {
		t.Close()
	}
}

// endAll closes all of them; with more to come if it is not for good.
func (s *subtenants) endAll(forGood bool) {
	s.mu.Lock()
	running := s.running
	s.running, s.closed = nil, s.closed || forGood
	s.mu.Unlock()
	for _, t := range running {
		t.Close()
	}
}

// seedBelow makes a new tenant's administrator the only user. Without a password there is a mail to set one with.
func (t *Tenant) seedBelow(administrator User) []*user {
	directory := t.gate.directory
	directory.seedGroups()
	directory.seedInventoryRoles()
	it, _ := t.above.tenants.shelf.get(t.id)
	u := directory.put(user{
		tenant: t.id, name: administrator.Name, password: administrator.Password, email: it.Text("adminEmail"), first: it.Text("contactName"), groups: []int{groupAdmins},
		description: administrator.Description, lastPasswordChange: t.clock.Now().Truncate(time.Second),
	})
	return []*user{u}
}

// seedSelf makes a tenant below another one known to itself, as it is known there.
func (t *tenants) seedSelf(above *tenants) {
	it, _ := above.shelf.get(t.id)
	var w rawjson.Writer
	w.Open('{')
	it.writeMembers(&w)
	w.Close('}')
	t.shelf.put(t.id, t.store.Shapes.Compact(string(w.Buf)))
}
