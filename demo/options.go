package demo

import (
	"log/slog"
	"time"

	"c8yx/demo/clock"
	"c8yx/demo/notify"
)

// Options say what tenant to make. The zero value is a company of some 240 devices that stands still.
type Options struct {
	Devices int           // how many devices; 0 means about 240, negative none at all
	Past    time.Duration // how far back the company's measurements, alarms and events go; 0 means 24 hours, negative none
	Seed    uint64        // another seed is another company; 0 means 1
	Speed   float64       // how fast the simulated company lives; 0 means 1, real time
	Life    bool          // whether the company lives after Start: measurements arrive, alarms rise and clear

	// Clock is the time that the tenant lives in; default the machine's, which inside a testing/synctest bubble is the bubble's. The same
	// seed and a clock that stands at the same moment give the same tenant.
	Clock clock.Clock

	Tenant string // id of the tenant; default t4711
	Domain string // its domain; default demo.example

	User     string // name of the administrator; default admin
	Password string // of the administrator; default demo-Admin.1
	Users    []User // accounts beside those that every demo tenant has, see [ReadUsers]

	SignIn   SignIn         // how users may get in
	Latency  time.Duration  // added to every answer
	Faults   []Fault        // what goes wrong, see [ParseFault]
	Settle   time.Duration  // delay of asynchronous effects; default 500 ms
	Compress bool           // gzip for clients that accept it; off, because on loopback it costs more than it saves
	Sessions SessionOptions // life of tokens
	Realtime notify.HubOptions
	Logger   *slog.Logger // one line per request at debug level; default none
}

func (o Options) withDefaults() Options {
	if o.Seed == 0 {
		o.Seed = 1
	}
	if o.Speed == 0 {
		o.Speed = 1
	}
	if o.Clock == nil {
		o.Clock = clock.System()
	}
	if o.Tenant == "" {
		o.Tenant = "t4711"
	}
	if o.Domain == "" {
		o.Domain = "demo.example"
	}
	if o.User == "" {
		o.User = administratorName
	}
	if o.Password == "" {
		o.Password = administratorPassword
	}
	if o.Settle == 0 {
		o.Settle = 500 * time.Millisecond
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	return o
}
