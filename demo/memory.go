package demo

import (
	"sync"
	"time"

	"c8yx/demo/store"
)

// The simulated company sends a million measurements a day and more. The retention rules alone, 90 days, would let a tenant that is
// left running fill the machine, so what the company measures is forgotten earlier.
const (
	forgetEvery  = time.Hour
	memoryLasts  = 48 * time.Hour
	mostMeasured = 1_500_000 // measurements of the company, some 350 MB
)

// simulated remembers which devices the fleet has measured with. The zero value knows of none.
type simulated struct {
	mu      sync.Mutex
	devices map[store.ID]struct{}
}

func (s *simulated) note(device store.ID) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.devices == nil {
		s.devices = map[store.ID]struct{}{}
	}
	s.devices[device] = struct{}{}
}

func (s *simulated) all() []store.ID {
	s.mu.Lock()
	defer s.mu.Unlock()
	ids := make([]store.ID, 0, len(s.devices))
	for id := range s.devices {
		ids = append(ids, id)
	}
	return ids
}

// forget removes the measurements of simulated devices that are older than age, and the oldest of those that are more than most. What
// somebody has sent for such a device with a time long ago stays as long as if it had been sent with the time of now. Nobody
// is told.
func (p *platform) forget(at int64, age time.Duration, most int) (removed int) {
	sources := p.simulated.all()
	before := at - age.Milliseconds()
	n := 0
	for record := range p.view(measurementKind(), selection{span: store.Span{Sources: sources, From: before}}).Descending() {
		if n++; n > most {
			before = record.Time.Milli + 1
			break
		}
	}
	var old []*store.Record
	for record := range p.view(measurementKind(), selection{span: store.Span{Sources: sources, To: before}}).Unordered() {
		if record.Created < before {
			old = append(old, record)
		}
	}
	p.store.Update(func(d *store.Data) { d.Measurements.Delete(old...) })
	return len(old)
}
