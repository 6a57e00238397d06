package demo

import (
	"crypto/rand"
	"crypto/subtle"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"

	"c8yx/demo/query"
	"c8yx/demo/rawjson"
	"c8yx/demo/store"
)

// registration is how devices get in: /devicecontrol/newDeviceRequests for users, /devicecontrol/deviceCredentials for devices.
type registration struct {
	*platform
	gate  *gate
	limit int // how many devices the tenant may have

	mu       sync.Mutex
	requests []*deviceRequest // in the order of their creation
}

// deviceRequest is a device that somebody expects. What is handed out of the registration is a copy.
type deviceRequest struct {
	id, status string
	placement
	owner      string
	created    int64
	enrollment string // one-time password for a certificate
	custom     string // customProperties, a JSON object
	token      string // security token that the device has shown
	wrong      int    // security tokens that did not fit
}

// The states of a request.
const (
	waitingForConnection = "WAITING_FOR_CONNECTION"
	pendingAcceptance    = "PENDING_ACCEPTANCE"
	accepted             = "ACCEPTED"
	blocked              = "BLOCKED"
)

// minDeviceLimit is how many devices the smallest tenant may have.
const minDeviceLimit = 1000

// maxWrongTokens is how many security tokens that do not fit block a request.
const maxWrongTokens = 3

func (g *registration) routes() []route {
	const all = "/devicecontrol/newDeviceRequests"
	return []route{
		{"GET", all, needs(roleDeviceControlRead), "newdevicerequestcollection", g.list},
		{"POST", all, needs(roleDeviceControlAdmin), "newdevicerequest", g.post},
		{"GET", all + "/limit", needs(roleDeviceControlRead), "", g.getLimit},
		{"POST", all + "/acceptAll", needs(roleDeviceControlAdmin), "", g.acceptAll},
		{"GET", all + "/{id}", needs(roleDeviceControlRead), "newdevicerequest", g.get},
		{"PUT", all + "/{id}", needs(roleDeviceControlAdmin), "newdevicerequest", g.put},
		{"DELETE", all + "/{id}", needs(roleUserAdmin), "", g.delete},
		{"POST", "/devicecontrol/deviceCredentials", needs(roleDeviceBootstrap), "devicecredentials", g.credentials},
		{"POST", "/devicecontrol/bulkNewDeviceRequests", needs(roleDeviceControlAdmin), "bulknewdevicerequest", g.bulk},
	}
}

func noRequest(id string) error {
	return fail(http.StatusNotFound, "devicecontrol/Not Found", "Could not find newDeviceRequest by ID %s", id)
}

func unprocessable(format string, args ...any) *problem {
	return fail(http.StatusUnprocessableEntity, "devicecontrol/Unprocessable Entity", format, args...)
}

// edit lets change alter the request with an id, and returns a copy of what it is then.
func (g *registration) edit(id string, change func(*deviceRequest) error) (deviceRequest, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	at := slices.IndexFunc(g.requests, func(r *deviceRequest) bool { return r.id == id })
	if at < 0 {
		return deviceRequest{}, noRequest(id)
	}
	err := change(g.requests[at])
	return *g.requests[at], err
}

func (g *registration) find(id string) (deviceRequest, error) {
	return g.edit(id, func(*deviceRequest) error { return nil })
}

func (g *registration) all() []deviceRequest {
	g.mu.Lock()
	defer g.mu.Unlock()
	all := make([]deviceRequest, len(g.requests))
	for i, r := range g.requests {
		all[i] = *r
	}
	return all
}

func (g *registration) remove(id string) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	before := len(g.requests)
	g.requests = slices.DeleteFunc(g.requests, func(r *deviceRequest) bool { return r.id == id })
	return len(g.requests) < before
}

func requestPath(id string) string { return "/devicecontrol/newDeviceRequests/" + url.PathEscape(id) }

func (g *registration) write(w *rawjson.Writer, c *call, r deviceRequest) {
	w.Open('{')
	w.Str("id", r.id)
	w.Str("self", c.url(requestPath(r.id)))
	w.Str("status", r.status)
	w.Str("tenantId", g.id)
	w.Str("owner", r.owner)
	w.Str("creationTime", formatMilli(r.created))
	if r.kind != "" {
		w.Str("type", r.kind)
	}
	if r.group != "" {
		w.Str("groupId", r.group)
	}
	if r.custom != "" {
		w.Raw("customProperties", r.custom)
	}
	w.Close('}')
}

func (g *registration) render(c *call, r deviceRequest) []byte {
	var w rawjson.Writer
	g.write(&w, c, r)
	return w.Buf
}

func (g *registration) list(c *call) (reply, error) {
	p, err := c.page()
	if err != nil {
		return reply{}, err
	}
	some, total := collect(p, slices.Values(g.all()), nil)
	return collection(c, "newdevicerequestcollection", "newDeviceRequests", p, some, total, func(w *rawjson.Writer, r deviceRequest) { g.write(w, c, r) }), nil
}

func (g *registration) get(c *call) (reply, error) {
	request, err := g.find(c.param("id"))
	if err != nil {
		return reply{}, err
	}
	return ok("newdevicerequest", g.render(c, request)), nil
}

func (g *registration) post(c *call) (reply, error) {
	body, err := c.object()
	if err != nil {
		return reply{}, err
	}
	raw, _ := rawjson.Member(body, "groupId")
	request := deviceRequest{
		id: rawjson.Text(body, "id"), placement: placement{group: rawjson.Unquote(raw), kind: rawjson.Text(body, "type")},
		owner: c.who.user.name, enrollment: rawjson.Text(body, "enrollmentToken"),
	}
	if request.group == "null" {
		request.group = ""
	}
	setObject(body, "customProperties", &request.custom)
	if tenant := rawjson.Text(body, "tenantId"); tenant != "" && tenant != g.id {
		return reply{}, forbidden() // only the management tenant registers for others
	}
	request, err = g.expect(request)
	if err != nil {
		return reply{}, err
	}
	return created("newdevicerequest", c.url(requestPath(request.id)), g.render(c, request)), nil
}

// expect takes in a request: from now on the device may ask for its credentials.
func (g *registration) expect(request deviceRequest) (deviceRequest, error) {
	switch {
	case request.id == "":
		return request, missing("id")
	case len(request.id) > maxName:
		return request, unprocessable("Device id is too long: at most %d characters are allowed", maxName)
	case request.group != "" && g.lookup(request.group) == nil:
		return request, unprocessable("No managedObject for id '%s'!", request.group)
	}
	if count, limit := g.usage(); count >= limit {
		return request, unprocessable("Device limit is reached: at most %d devices are allowed", limit)
	}
	request.status, request.created = waitingForConnection, g.now()
	g.mu.Lock()
	defer g.mu.Unlock()
	if slices.ContainsFunc(g.requests, func(r *deviceRequest) bool { return r.id == request.id }) {
		return request, unprocessable("Device request with id '%s' already exists", request.id)
	}
	g.requests = append(g.requests, &request)
	return request, nil
}

// put accepts a request, or sets it back. Accepting works only once the device has asked, and with the security token that it
// has shown.
func (g *registration) put(c *call) (reply, error) {
	body, err := c.object()
	if err != nil {
		return reply{}, err
	}
	status := strings.ToUpper(rawjson.Text(body, "status"))
	if status == "" {
		return reply{}, missing("status")
	}
	request, err := g.edit(c.param("id"), func(r *deviceRequest) error {
		switch {
		case r.status == blocked:
			return unprocessable("Device request with id '%s' is blocked: delete it and create it anew", r.id)
		case status == accepted:
			return g.accept(r, rawjson.Text(body, "securityToken"))
		case status == waitingForConnection || status == pendingAcceptance:
			r.status = status
			return nil
		}
		return invalid("Invalid status: %s", status)
	})
	if err != nil {
		return reply{}, err
	}
	return ok("newdevicerequest", g.render(c, request)), nil
}

// accept lets a device in that has asked. The caller holds the lock.
func (g *registration) accept(r *deviceRequest, token string) error {
	switch r.status {
	case accepted:
		return nil
	case waitingForConnection:
		return unprocessable("Device request with id '%s' cannot be accepted: the device has not connected yet", r.id)
	case blocked:
		return unprocessable("Device request with id '%s' is blocked", r.id)
	}
	if g.tokenPolicy() != "IGNORED" && subtle.ConstantTimeCompare([]byte(token), []byte(r.token)) != 1 {
		r.mistake()
		return unprocessable("Security token does not match for device request with id '%s'", r.id)
	}
	r.status, r.wrong = accepted, 0
	return nil
}

// mistake counts a security token that did not fit, and blocks the request after some.
func (r *deviceRequest) mistake() {
	if r.wrong++; r.wrong >= maxWrongTokens {
		r.status = blocked
	}
}

// tokenPolicy is what the tenant makes of security tokens: IGNORED, OPTIONAL or REQUIRED.
func (g *registration) tokenPolicy() string {
	return or(strings.ToUpper(g.option("device-registration", "security-token.policy")), "OPTIONAL")
}

func (g *registration) delete(c *call) (reply, error) {
	if !g.remove(c.param("id")) {
		return reply{}, noRequest(c.param("id"))
	}
	return empty(http.StatusNoContent), nil
}

// acceptAll accepts what waits for it. Requests with a security token are not among them: nobody has repeated it.
func (g *registration) acceptAll(c *call) (reply, error) {
	results := []any{}
	for _, request := range g.all() {
		if request.status != pendingAcceptance {
			continue
		}
		result := map[string]any{"id": request.id, "successful": true}
		_, err := g.edit(request.id, func(r *deviceRequest) error {
			if r.token != "" && g.tokenPolicy() != "IGNORED" {
				return unprocessable("Security token is required for device request with id '%s'", r.id)
			}
			return g.accept(r, "")
		})
		if refusal, refused := err.(*problem); refused {
			result["successful"], result["error"] = false, refusal.message
		}
		results = append(results, result)
	}
	return ok("", rawjson.Append(nil, results)), nil
}

// usage counts the devices of the tenant and says how many it may have.
func (g *registration) usage() (count, limit int) {
	s := g.inventory.scan(query.Needs{Presence: []string{"c8y_IsDevice"}})
	for range s.where(0, s.Len(), s.has("c8y_IsDevice")) {
		count++
	}
	return count, number(g.option("device-registration", "limit.devices.number"), g.limit)
}

func (g *registration) getLimit(*call) (reply, error) {
	count, limit := g.usage()
	return ok("", rawjson.Append(nil, map[string]any{"isReached": count >= limit, "limit": limit, "deviceCount": count})), nil
}

// credentials answers a device that asks for its credentials, with the bootstrap user. It learns nothing until somebody has accepted it:
// 404 means to ask again. That it asks is what makes accepting possible.
func (g *registration) credentials(c *call) (reply, error) {
	body, err := c.object()
	if err != nil {
		return reply{}, err
	}
	id := rawjson.Text(body, "id")
	if id == "" {
		return reply{}, missing("id")
	}
	u, err := g.ask(id, rawjson.Text(body, "securityToken"))
	if err != nil {
		return reply{}, err
	}
	var w rawjson.Writer
	w.Open('{')
	w.Str("id", id)
	w.Str("self", c.url("/devicecontrol/deviceCredentials/"+url.PathEscape(id)))
	w.Str("tenantId", u.tenant)
	w.Str("username", u.name)
	w.Str("password", u.password)
	w.Close('}')
	return ok("devicecredentials", w.Buf), nil
}

// ask is a device's question for its credentials. They are given once: with them the request is done.
func (g *registration) ask(id, token string) (*user, error) {
	request, err := g.edit(id, func(r *deviceRequest) error {
		policy := g.tokenPolicy()
		switch {
		case r.status == blocked:
		case policy == "REQUIRED" && token == "":
			r.status = blocked
		case r.status == waitingForConnection:
			r.token, r.status = token, pendingAcceptance
		case policy != "IGNORED" && subtle.ConstantTimeCompare([]byte(token), []byte(r.token)) != 1:
			r.mistake()
		case r.status == accepted:
			return nil
		}
		return noRequest(id)
	})
	if err != nil {
		return nil, err
	}
	if !g.remove(id) {
		return nil, noRequest(id) // another poll of the device was faster
	}
	u := g.enlist(id, rand.Text(), request.placement)
	g.audit(deed{kind: "User", activity: "Device credentials created", source: u.name, user: request.owner})
	return u, nil
}

// enlist makes the account of a device, or gives it a new password.
func (g *registration) enlist(id, password string, where placement) *user {
	u := user{tenant: g.id, name: deviceUserName(id), device: true, groups: []int{groupDevices}}
	u.setPassword(password, g.clock.Now())
	if where != (placement{}) {
		u.placement = &where
	}
	made, isNew := g.gate.directory.add(u)
	if isNew {
		return made
	}
	return g.gate.directory.change(&u, func(known *user) {
		known.setPassword(password, g.clock.Now())
		known.disabled, known.device, known.placement = false, true, u.placement
	})
}

// deviceUserName is the name of the account with which a device calls.
func deviceUserName(id string) string { return "device_" + id }

// place puts the first device that a registered device creates of itself where its request said.
func (g *registration) place(owner *user, object *store.Object, say announce) *store.Object {
	where := owner.placement
	if where == nil || !object.Has("c8y_IsDevice") {
		return object
	}
	g.gate.directory.change(owner, func(u *user) { u.placement = nil })
	if where.kind != "" && !object.Has("type") {
		if changed := g.inventory.patch(object.ID, `{"type":`+rawjson.Quote(where.kind)+`}`, g.now(), say); changed != nil {
			object = changed
		}
	}
	if group := g.lookup(where.group); group != nil {
		g.inventory.attach(group.ID, store.Assets, []*store.Object{object}, say)
	}
	return object
}
