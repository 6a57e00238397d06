package demo

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"

	"c8yx/demo/clock"
	"c8yx/demo/notify"
	"c8yx/demo/store"
)

// ServeHTTP answers a request.
func (t *Tenant) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	began := t.clock.Now()
	recorder := &statusWriter{ResponseWriter: w}
	defer func() {
		t.log.Debug("request", "method", r.Method, "path", r.URL.Path, "query", unsecret(r.URL), "status", recorder.status, "took", clock.Since(t.clock, began))
	}()
	if t.options.Latency > 0 && !clock.Wait(r.Context(), t.clock, t.options.Latency) {
		return
	}
	w = recorder
	w.Header().Set("Date", t.clock.Now().UTC().Format(http.TimeFormat))
	if fault, hit := t.faults.pick(r); hit {
		var over bool
		if w, over = t.strike(fault, w, r); over {
			return
		}
	}
	if below := t.below.of(r); below != nil {
		below.handle(w, r)
		return
	}
	t.handle(w, r)
}

// handle answers a request that is for this tenant.
func (t *Tenant) handle(w http.ResponseWriter, r *http.Request) {
	if override := r.Header.Get("X-HTTP-METHOD"); override != "" && r.Method == http.MethodPost {
		r.Method = strings.ToUpper(override)
	}
	t.shareWith(w.Header(), r)
	if t.sso.serve(w, r) {
		return
	}
	if isRealtime(r.URL.Path) {
		t.realtime.ServeHTTP(w, r)
		return
	}
	if under(r.URL.Path, "/notification/operations") {
		t.forAgents.ServeHTTP(w, r)
		return
	}
	if under(r.URL.Path, "/notification2/consumer") {
		t.consumers.ServeHTTP(w, r)
		return
	}
	c := &call{r: r, w: w, base: base(r), query: r.URL.Query()}
	answer, err := t.answer(c)
	t.usage.request(c, t.now())
	if err != nil {
		t.refuse(w, r, err)
		return
	}
	pending, err := t.keep(c.after)
	if err != nil {
		t.refuse(w, r, err)
	} else {
		answer.write(w, r, t.compress)
	}
	if len(pending) > 0 {
		_ = http.NewResponseController(w).Flush() // the caller learns of it first
		for _, message := range pending {
			message.Deliver()
		}
	}
}

// keep keeps messages for those who must not miss them. Where there is no room the call fails, though what it did is done: who
// tries it again does it twice.
func (t *Tenant) keep(messages []notify.Message) (pending []notify.Pending, err error) {
	for _, message := range messages {
		kept, full := t.hub.Keep(message)
		if full != nil {
			err = fail(http.StatusInternalServerError, "general/internalError", "Could not publish the notification: %v", full)
		}
		pending = append(pending, kept)
	}
	return pending, err
}

// unsecret is the query of an address as it may be read by others: without tokens, passwords and codes.
func unsecret(address *url.URL) string {
	query, secret := address.Query(), false
	for _, name := range []string{"token", "password", "tfa_code", "code", "user_code"} {
		if query.Has(name) {
			query.Set(name, "redacted")
			secret = true
		}
	}
	if !secret {
		return address.RawQuery
	}
	return query.Encode()
}

func isRealtime(path string) bool {
	return under(path, "/notification/realtime") || under(path, "/cep/realtime")
}

// under reports whether a path is a place or below it: Bayeux clients append the kind of message.
func under(path, place string) bool { return path == place || strings.HasPrefix(path, place+"/") }

// base is how the client reached the tenant: what absolute links begin with.
func base(r *http.Request) string {
	scheme := "http"
	if r.TLS != nil || strings.EqualFold(r.Header.Get("X-Forwarded-Proto"), "https") {
		scheme = "https"
	}
	return scheme + "://" + r.Host
}

// answer finds the route, the caller and the permission, and calls the handler.
func (t *Tenant) answer(c *call) (reply, error) {
	place, values := t.router.find(c.r.URL.EscapedPath())
	method := c.r.Method
	if method == http.MethodHead {
		method = http.MethodGet
	}
	if place != nil && method == http.MethodOptions {
		return reply{status: http.StatusOK, header: http.Header{"Allow": {place.allow()}}}, nil
	}
	var known bool
	if place != nil {
		c.values = values
		c.route, known = place.methods[method]
	}
	if !c.route.access.anonymous {
		var err error
		if c.who, err = t.gate.authenticate(c.r, c.route.access.enrolling); err != nil {
			return reply{}, err
		}
		t.renew(c)
	}
	switch {
	case place == nil:
		return reply{}, fail(http.StatusNotFound, "general/Not Found", "HTTP 404 Not Found: %s", c.r.URL.Path)
	case !known:
		refusal := fail(http.StatusMethodNotAllowed, "general/Method Not Allowed", "HTTP 405 Method Not Allowed")
		refusal.header = http.Header{"Allow": {place.allow()}}
		return reply{}, refusal
	}
	c.global = len(c.route.access.roles) == 0 || c.who.has(c.route.access.roles...)
	if !c.global {
		if !c.route.access.owned {
			return reply{}, forbidden()
		}
		c.store, c.grants = t.store, t.gate.directory.grants(c.who.user)
	}
	if !acceptable(c.r.Header.Get("Accept"), c.route.produces) {
		return reply{}, fail(http.StatusNotAcceptable, "general/Not Acceptable", "HTTP 406 Not Acceptable")
	}
	var err error
	if c.mode, err = modeOf(c.r.Header); err != nil {
		return reply{}, err
	}
	return c.route.handle(c)
}

// renew gives an ageing cookie a successor.
func (t *Tenant) renew(c *call) {
	if !c.who.cookie || !t.gate.sessions.due(c.who.session) {
		return
	}
	for _, cookie := range t.gate.cookiesFor(c.who.user, c.r, session{passed: c.who.session.passed}) {
		http.SetCookie(c.w, cookie)
	}
	t.gate.sessions.outlive(c.who.session, time.Minute)
}

// refuse writes an error.
func (t *Tenant) refuse(w http.ResponseWriter, r *http.Request, err error) {
	var refusal *problem
	if !errors.As(err, &refusal) {
		t.log.Error("request failed", "method", r.Method, "path", r.URL.Path, "error", err)
		refusal = fail(http.StatusInternalServerError, "general/internalError", "%v", err)
	}
	answer := reply{status: refusal.status, media: "error", header: refusal.header.Clone(), body: refusal.body(), always: true}
	if refusal.status == http.StatusUnauthorized {
		if answer.header == nil {
			answer.header = http.Header{}
		}
		answer.header.Set("WWW-Authenticate", challenge(r))
	}
	answer.write(w, r, nil)
}

// authorizeListener lets a realtime client in.
func (t *Tenant) authorizeListener(r *http.Request, ext json.RawMessage) (notify.Grant, error) {
	p, err := t.gate.listen(r, ext)
	if err != nil {
		return notify.Grant{}, err
	}
	given := t.gate.directory.grants(p.user)
	return notify.Grant{User: p.user.tenant + "/" + p.user.name, Allow: func(channel string) bool {
		if p.has(channelRoles(channel)...) {
			return true
		}
		kind, id, _ := strings.Cut(strings.TrimPrefix(channel, "/"), "/")
		scope, object := channelScope(kind), t.inventory.lookup(id)
		if object == nil || scope == "" {
			return false
		}
		return object.Text("owner") == p.user.name || given.allow(t.store, object, need{scope, "READ"}, store.Document{})
	}}, nil
}

// statusWriter remembers the status for the log.
type statusWriter struct {
	http.ResponseWriter
	status int
}

func (w *statusWriter) WriteHeader(status int) {
	w.status = status
	w.ResponseWriter.WriteHeader(status)
}

// Unwrap lets http.ResponseController reach the connection.
func (w *statusWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }
