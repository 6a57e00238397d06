package demo

import (
	"context"
	"crypto/rand"
	"crypto/x509"
	"fmt"
	"log/slog"
	"net/http"
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
	above        *Tenant // nil for a tenant that stands for itself
	below        *subtenants
	options      Options
	router       router
	gate         *gate
	compress     *compressor // nil: never
	faults       *faults
	seeded       []*user
	applications *applications
	loginOptions *loginOptions
	sso          *singleSignOn
	retention    *retention
	tenants      *tenants
	statistics   *statistics
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
func New(options Options) (*Tenant, error) { return build(options, nil) }

// build makes a tenant, below another one if that is not nil.
func build(options Options, above *Tenant) (*Tenant, error) {
	options = options.withDefaults()
	skewed := clock.Shift(options.Clock)
	t := &Tenant{
		options: options,
		above:   above,
		faults:  newFaults(options.Faults, options.Seed),
		platform: &platform{
			store: store.New(), clock: skewed, later: &later{delay: options.Settle, clock: skewed}, log: options.Logger, id: options.Tenant, domain: options.Domain,
			onOperation: func(*store.Record) {}, trusted: func() []trustAnchor { return nil }, revoked: func(*x509.Certificate) bool { return false },
		},
	}
	t.below = &subtenants{above: t}
	if options.Compress {
		t.compress = newCompressor()
	}
	letters := &letters{log: options.Logger}
	if above != nil {
		letters = above.gate.letters
	}
	t.gate = &gate{
		tenant: options.Tenant, domain: options.Domain, letters: letters, suspended: t.suspended, unknownHost: options.SignIn.UnknownHost, option: t.option, directory: newDirectory(), clock: skewed,
		sessions: newSessions(options.Sessions, skewed, options.Domain), factors: &factors{clock: skewed}, passwords: &passwords{option: t.option, letters: letters, clock: skewed},
	}
	if above == nil {
		t.seeded = t.gate.directory.seedUsers(options.Administrator(), skewed.Now())
	} else {
		t.seeded = t.seedBelow(options.Administrator())
	}

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
		Devices: t.options.Devices, Seed: t.options.Seed, Clock: t.options.Clock, Speed: t.options.Speed, Past: t.options.Past,
	})
	if err != nil {
		return fmt.Errorf("demo: settling the fleet: %w", err)
	}
	t.registration.enlistOwners()
	if err := t.fillRepositories(); err != nil {
		return fmt.Errorf("demo: filling the repositories: %w", err)
	}
	if t.above == nil {
		if err := t.furnish(); err != nil {
			return fmt.Errorf("demo: furnishing the tenant: %w", err)
		}
	}
	t.later.settle()
	t.inventory.monitor(t.now())
	t.later.settle()
	t.applications.showStatuses()
	if t.above == nil {
		t.restrict()
	}
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
	t.below.start(ctx)
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
	t.below.endAll(true)
	t.bulks.close()
	t.later.close()
	t.hub.Close()
}

// Settle does at once what the platform does asynchronously a little later: alarm counts, availability, removal of the
// data of deleted objects. For tests.
func (t *Tenant) Settle() {
	t.later.settle()
	for _, below := range t.below.all() {
		below.later.settle()
	}
}

// SetFaults replaces what goes wrong, from the next request on.
func (t *Tenant) SetFaults(active ...Fault) {
	t.faults.set(active)
	t.clock.Set(skew(active))
}

// EndSessions ends all tokens of a user, as an administrator or a changed password does, and returns how many there were.
func (t *Tenant) EndSessions(user string) int {
	return t.gate.sessions.terminate(func(s *session) bool { return strings.EqualFold(s.user, user) }, tokenTerminated)
}
