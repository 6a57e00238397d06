package demo

import (
	"context"
	"crypto/rand"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"c8yx/demo/clock"
	"c8yx/demo/fleet"
	"c8yx/demo/notify"
	"c8yx/demo/store"
)

// Tenant is a Cumulocity tenant in memory. It is safe for concurrent use.
type Tenant struct {
	*platform
	options      Options
	router       router
	gate         *gate
	faults       *faults
	seeded       []*user
	applications *applications
	loginOptions *loginOptions
	sso          *singleSignOn
	retention    *retention
	tenants      *tenants
	fleet        *fleet.Fleet

	realtime  http.Handler
	forAgents http.Handler // /notification/operations
	consumers http.Handler // /notification2/consumer
	stop      context.CancelFunc
	running   sync.WaitGroup
}

// platform is what all areas of the API stand on.
type platform struct {
	store         *store.Store
	clock         *clock.Shifted // which a fault sets wrong
	hub           *notify.Hub
	later         *later
	log           *slog.Logger
	id, domain    string
	onOperation   func(*store.Record) // told of every new operation; never nil
	quiet         atomic.Bool         // while the fleet settles nobody is told anything
	inventory     *inventory
	alarms        *alarms
	events        *events
	measurements  *measurements
	operations    *operations
	settings      *settings
	bulks         *bulkOperations
	usage         usage
	learnt        sync.Once // whether usage knows of the time before
	simulated     simulated
	notifications *notifications
	registration  *registration
	revoked       func(*x509.Certificate) bool // whether a certificate counts no more; never nil
	trusted       func() []trustAnchor         // the certificates of those who issue certificates to devices; never nil
	shelves       map[string]*shelf            // by name; all are made in New
}

// area is a part of the API: its routes, as data.
type area interface{ routes() []route }

// New makes a tenant and settles its fleet in it. Time stands still for the fleet until [Tenant.Start].
func New(options Options) (*Tenant, error) {
	options = options.withDefaults()
	skewed := clock.Shift(options.Clock)
	t := &Tenant{
		options: options,
		faults:  newFaults(options.Faults, options.Seed),
		platform: &platform{
			store: store.New(), clock: skewed, later: &later{delay: options.Settle, clock: skewed}, log: options.Logger, id: options.Tenant, domain: options.Domain,
			onOperation: func(*store.Record) {}, trusted: func() []trustAnchor { return nil }, revoked: func(*x509.Certificate) bool { return false },
		},
	}
	letters := &letters{log: options.Logger}
	t.gate = &gate{
		tenant: options.Tenant, domain: options.Domain, letters: letters, suspended: func() bool { return t.tenants.suspended(options.Tenant) }, unknownHost: options.SignIn.UnknownHost, option: t.option, directory: newDirectory(), clock: skewed,
		sessions: newSessions(options.Sessions, skewed, options.Domain), factors: &factors{clock: skewed}, passwords: &passwords{option: t.option, letters: letters, clock: skewed},
	}
	t.seeded = t.gate.directory.seedUsers(options.Administrator(), skewed.Now())

	realtime := options.Realtime
	realtime.Ancestors, realtime.Clock = t.ancestors, skewed
	t.hub = notify.NewHub(realtime)
	t.realtime = t.hub.Handler(t.authorizeListener)
	t.forAgents = t.hub.AgentHandler(t.authorizeListener)

	t.notifications = &notifications{platform: t.platform, shelf: t.shelf("notification subscriptions", 1), signer: signer{[]byte(rand.Text())}}
	t.consumers = t.hub.ConsumerHandler(t.notifications.admit)

	t.inventory = &inventory{platform: t.platform}
	t.alarms = &alarms{platform: t.platform}
	t.events = &events{platform: t.platform}
	t.measurements = &measurements{platform: t.platform}
	t.operations = &operations{platform: t.platform}
	t.settings = &settings{platform: t.platform, values: seededOptions()}
	t.bulks = &bulkOperations{platform: t.platform}
	t.registration = &registration{platform: t.platform, gate: t.gate, limit: max(minDeviceLimit, 2*options.Devices)}
	t.loginOptions = newLoginOptions(t.platform, t.gate)
	sso, err := newSingleSignOn(t.platform, t.gate, t.loginOptions, options.SignIn.SSO)
	if err != nil {
		return nil, err
	}
	t.sso = sso
	t.seeded = append(t.seeded, sso.elsewhere()...)
	for _, area := range append([]area{
		t.people(), t.settings, &roots{},
		t.inventory, &children{inventory: t.inventory}, &identity{platform: t.platform}, t.alarms, t.events, &attachments{events: t.events},
		t.measurements, &series{platform: t.platform}, t.operations, t.notifications,
	}, t.administration()...) {
		t.router.add(area.routes()...)
	}
	if err := t.settleUsers(options.Users); err != nil {
		t.Close()
		return nil, err
	}
	if options.Devices >= 0 {
		if err := t.settleFleet(); err != nil {
			t.Close()
			return nil, err
		}
	}
	t.usage.since = t.now()
	t.clock.Set(skew(options.Faults))
	return t, nil
}

func (t *Tenant) settleFleet() (err error) {
	t.quiet.Store(true)
	t.fleet, err = fleet.Settle(&devices{t.platform}, fleet.Options{
		Devices: t.options.Devices, Seed: t.options.Seed, Clock: t.options.Clock, Speed: t.options.Speed,
	})
	if err != nil {
		return fmt.Errorf("demo: settling the fleet: %w", err)
	}
	if err := t.fillRepositories(); err != nil {
		return fmt.Errorf("demo: filling the repositories: %w", err)
	}
	if err := t.furnish(); err != nil {
		return fmt.Errorf("demo: furnishing the tenant: %w", err)
	}
	t.later.settle()
	t.inventory.monitor(t.now())
	t.later.settle()
	t.applications.showStatuses()
	t.restrict()
	t.quiet.Store(false)
	return nil
}

// ID is the id of the tenant, Domain its domain.
func (t *Tenant) ID() string { return t.id }

// Domain is the domain of the tenant. It is a name only: the tenant answers on any host.
func (t *Tenant) Domain() string { return t.domain }

// monitorEvery is how often the tenant looks for devices that have fallen silent.
const monitorEvery = 10 * time.Second

// retainEvery is how often the retention rules are applied.
const retainEvery = 24 * time.Hour

// Retain removes what the retention rules do not allow to keep, as the platform does every night, and returns how much it was.
func (t *Tenant) Retain() int { return t.retention.apply(t.now()) }

// Start lets time pass: devices fall silent, and with [Options.Life] the company lives. Until ctx ends or Close is called.
func (t *Tenant) Start(ctx context.Context) {
	ctx, t.stop = context.WithCancel(ctx)
	t.running.Go(func() {
		often, hourly, nightly := clock.NewAlarm(t.clock, monitorEvery), clock.NewAlarm(t.clock, forgetEvery), clock.NewAlarm(t.clock, retainEvery)
		defer often.Stop()
		defer hourly.Stop()
		defer nightly.Stop()
		for {
			select {
			case <-often.C:
				often.Reset(monitorEvery)
				t.inventory.monitor(t.now())
			case <-hourly.C:
				hourly.Reset(forgetEvery)
				t.forget(t.now(), memoryLasts, mostMeasured)
			case <-nightly.C:
				nightly.Reset(retainEvery)
				t.Retain()
			case <-ctx.Done():
				return
			}
		}
	})
	if t.options.Life && t.fleet != nil {
		t.running.Go(func() { t.fleet.Run(ctx) })
	}
}

// Close ends what Start began, all realtime connections and what is still to happen asynchronously.
func (t *Tenant) Close() {
	if t.stop != nil {
		t.stop()
	}
	t.running.Wait()
	t.bulks.close()
	t.later.close()
	t.hub.Close()
}

// Settle does at once what the platform does asynchronously a little later: alarm counts, availability, removal of the
// data of deleted objects. For tests.
func (t *Tenant) Settle() { t.later.settle() }

// SetFaults replaces what goes wrong, from the next request on.
func (t *Tenant) SetFaults(active ...Fault) {
	t.faults.set(active)
	t.clock.Set(skew(active))
}

// EndSessions ends all tokens of a user, as an administrator or a changed password does, and returns how many there were.
func (t *Tenant) EndSessions(user string) int {
	return t.gate.sessions.terminate(func(s *session) bool { return strings.EqualFold(s.user, user) }, tokenTerminated)
}

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
	if override := r.Header.Get("X-HTTP-METHOD"); override != "" && r.Method == http.MethodPost {
		r.Method = strings.ToUpper(override)
	}
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
		answer.write(w, r, t.options.Compress)
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
	answer.write(w, r, false)
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
