package fleet

import (
	"sync"
	"time"

	"c8yx/demo/clock"
)

// Options says how large the company is and how it lives. The zero value is a company of 240 devices at normal speed.
type Options struct {
	Devices int           // how many devices, gateways and their children included; 0 means 240, 100,000 are fine
	Seed    uint64        // another seed is another company; 0 means 1
	Clock   clock.Clock   // its time; nil means the machine's
	Now     time.Time     // the end of the recent past; zero means now
	Past    time.Duration // how much recent past there is; 0 means 24 hours, negative none
	// Speed is how fast the company lives in Run: at 60 an hour's worth of shifts, alarms and routes happens within a minute. What
	// is sent carries the tenant's time all the same, never a time in the future. 0 means 1.
	Speed float64
}

func (o Options) withDefaults() Options {
	if o.Devices <= 0 {
		o.Devices = 240
	}
	if o.Seed == 0 {
		o.Seed = 1
	}
	if o.Clock == nil {
		o.Clock = clock.System()
	}
	if o.Now.IsZero() {
		o.Now = o.Clock.Now()
	}
	if o.Past == 0 {
		o.Past = day * time.Second
	}
	if o.Speed <= 0 {
		o.Speed = 1
	}
	return o
}

// Fleet is a company that has settled in a tenant.
type Fleet struct {
	tenant    Tenant
	options   Options
	born      int64     // the end of the past, Unix seconds
	settled   time.Time // when Settle began: what has passed since then has passed after Options.Now
	passports map[*class]*passport

	procedures procedures
	orders     map[*class][]order // that a class supports
	empty      *fixed
	scratch    document // for describe

	devices  []device
	services map[int32][]string // ids of the services of a gateway
	index    map[string]int32   // devices by id
	changed  map[int32]*changes // what operations have changed on devices
	hung     map[int32]string   // ids of the operations that agents have hung on since the past

	registry Registry // nil if the tenant has none
	berths   []berth
	arriving []candidate // before Run
	ordinals int         // of devices and candidates so far

	life life // what Run works on

	mu     sync.Mutex       // guards what other goroutines hand in
	posted []map[string]any // operations that have been created and not looked at
	wake   chan struct{}    // has a token if there are some
}

// Settle moves the company into the tenant: groups, devices, their recent past. It fails only if the tenant refuses.
func Settle(t Tenant, o Options) (*Fleet, error) {
	o = o.withDefaults()
	settled := o.Clock.Now()
	classes := newCatalog()
	f := &Fleet{
		tenant:    t,
		options:   o,
		born:      o.Now.Unix(),
		settled:   settled,
		passports: make(map[*class]*passport),

		procedures: knownProcedures(),
		orders:     make(map[*class][]order),
		empty:      empty(),

		devices:  make([]device, 0, o.Devices),
		services: make(map[int32][]string),
		index:    make(map[string]int32, o.Devices),
		changed:  make(map[int32]*changes),
		hung:     make(map[int32]string),
		wake:     make(chan struct{}, 1),
	}
	for _, c := range classes.all() {
		f.passports[c] = c.passport()
		f.orders[c] = possible(orders(), c)
	}
	s := &settling{
		mover: newMover(t), fleet: f, left: o.Devices, classes: classes, atlas: newAtlas(),
		groups: make(map[string]string), names: awkward(), born: make(map[*class]int),
	}
	if err := s.moveIn(); err != nil {
		return nil, err
	}
	for i := range f.devices {
		f.index[f.devices[i].id] = int32(i)
	}
	if o.Past > 0 {
		if err := f.remember(s.bulk); err != nil {
			return nil, err
		}
	}
	if f.registry, _ = t.(Registry); f.registry != nil {
		f.deliverFirst()
	}
	t.OnOperation(f.post)
	return f, nil
}

// now is the tenant's time: Options.Now and what has passed since.
func (f *Fleet) now() time.Time { return f.options.Now.Add(clock.Since(f.options.Clock, f.settled)) }

// post takes note of an operation.
func (f *Fleet) post(op map[string]any) {
	f.mu.Lock()
	f.posted = append(f.posted, op)
	f.mu.Unlock()
	select {
	case f.wake <- struct{}{}:
	default:
	}
}
