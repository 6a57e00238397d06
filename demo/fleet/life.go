package fleet

import (
	"container/heap"
	"context"
	"time"

	"c8yx/demo/clock"
)

// busiest is how many samples a second the whole fleet sends at most at speed 1; in a large fleet each device's turn comes
// rarely.
const busiest = 100

// breath is how many acts are carried out before the scheduler looks for other things to do, at most ten times as many a
// second as usual.
const breath = 100

// slept is how late an act may be, in seconds, before it counts as missed: after the machine has slept, life goes on from now
// instead of making up for the night.
const slept = 10

// life is what Run works on. Life is lived in its own time, in Unix milliseconds: it starts when the past ends and runs at
// Options.Speed.
type life struct {
	acts   acts
	count  uint64              // acts scheduled ever: those at the same time go in this order
	began  time.Time           // when Run began
	busy   map[string]struct{} // ids of the operations that are under way
	orders uint64              // operations that the company has created itself
}

// act is something that is going to happen.
type act struct {
	at   int64 // Unix milliseconds in the time of life
	nth  uint64
	what func(at int64) // at in seconds
}

// acts is a heap, the next one first.
type acts []act

func (a acts) Len() int { return len(a) }
func (a acts) Less(i, j int) bool {
	return a[i].at < a[j].at || a[i].at == a[j].at && a[i].nth < a[j].nth
}
func (a acts) Swap(i, j int) { a[i], a[j] = a[j], a[i] }
func (a *acts) Push(x any)   { *a = append(*a, x.(act)) }
func (a *acts) Pop() any {
	old := *a
	last := old[len(old)-1]
	old[len(old)-1] = act{}
	*a = old[:len(old)-1]
	return last
}

// schedule lets something happen at a time of life, in milliseconds.
func (f *Fleet) schedule(at int64, what func(at int64)) {
	f.life.count++
	heap.Push(&f.life.acts, act{at, f.life.count, what})
}

// Run is the life of the fleet until ctx ends: measurements, alarms, events, vehicles on their way, devices that come and go, and
// operations carried out. It runs in the caller's goroutine and starts no other. Call it once.
func (f *Fleet) Run(ctx context.Context) {
	f.life = life{began: f.options.Clock.Now(), busy: make(map[string]struct{}), acts: make(acts, 0, len(f.devices)+8)}
	f.beginLife()

	timer := clock.NewAlarm(f.options.Clock, 0)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-f.wake:
		case <-timer.C:
		}
		f.fetchPosted()
		done := 0
		for ; done < breath && len(f.life.acts) > 0 && f.life.acts[0].at <= f.clock(); done++ {
			next := heap.Pop(&f.life.acts).(act)
			if now := f.clock(); now-next.at > int64(slept*1000*f.options.Speed) {
				next.at = now
			}
			next.what(next.at / 1000)
		}
		switch {
		case done == breath:
			timer.Reset(time.Duration(float64(time.Second) * breath / (10 * busiest * f.options.Speed)))
		case len(f.life.acts) > 0:
			timer.Reset(f.until(f.life.acts[0].at))
		}
	}
}

// clock is the time of life in Unix milliseconds.
func (f *Fleet) clock() int64 {
	return f.born*1000 + int64(float64(clock.Since(f.options.Clock, f.life.began))*f.options.Speed/float64(time.Millisecond))
}

// until is how long one has to wait for a time of life. It is rounded up, so that the time has come after the wait.
func (f *Fleet) until(at int64) time.Duration {
	return max(0, time.Duration(float64(at-f.clock())*float64(time.Millisecond)/f.options.Speed)) + time.Microsecond
}

// pause is the time between two samples of a device.
func (f *Fleet) pause(c *class) time.Duration {
	return max(time.Duration(c.every)*time.Second, time.Duration(f.options.Devices)*time.Second/busiest)
}

// beginLife gives every device its first turn, spread over its pause, and the control desk its own.
func (f *Fleet) beginLife() {
	start := f.born * 1000
	for i := range f.devices {
		d := &f.devices[i]
		if d.habit == mute {
			continue
		}
		_, d.away = f.silent(d, f.born)
		f.schedule(start+int64(chance(d.seed, saltSample)*float64(f.pause(d.class)/time.Millisecond)), f.turn(int32(i)))
		if d.class.agent && !d.away {
			f.fetchPending(int32(i)) // what came between Settle and Run, or before
		}
	}
	f.schedule(start+20_000, f.order)
	f.beginArrivals(start)
}

// turn is a device's turn, and schedules its next.
func (f *Fleet) turn(i int32) func(at int64) {
	var turn func(at int64)
	turn = func(at int64) {
		d := &f.devices[i]
		next, silent := f.silent(d, at)
		if silent != d.away {
			d.away = silent
			if d.class.agent {
				f.connection(i, !silent)
			}
		}
		f.awake(i)
		switch {
		case silent && next == 0:
			return // for good
		case !silent:
			next = at
			if _, gap := gaps().at(roll(d.seed, saltGap), at); !gap {
				if f.sample(i, at) != nil {
					return // somebody deleted the device
				}
			}
		}
		pause := int64(f.pause(d.class) / time.Millisecond)
		jitter := int64(chance(d.seed, uint64(at)) * float64(pause) / 8)
		f.schedule(next*1000+pause+jitter, turn)
	}
	return turn
}

// connection tells that an agent has lost or found its connection. Who comes back says so and fetches what waits.
func (f *Fleet) connection(i int32, up bool) {
	d := &f.devices[i]
	status := "DISCONNECTED"
	if up {
		status = "CONNECTED"
	}
	if f.tenant.UpdateObject(d.id, map[string]any{"c8y_Connection": map[string]any{"status": status}}) != nil || !up {
		return
	}
	f.tenant.Heartbeat(d.id)
	f.fetchPending(i)
}

// sample sends what a device has to say now.
func (f *Fleet) sample(i int32, at int64) error {
	d := &f.devices[i]
	values := make([][]float64, len(d.class.streams))
	for s := range d.class.streams {
		stream := &d.class.streams[s]
		fragments := make(map[string]any, len(stream.series))
		values[s] = make([]float64, len(stream.series))
		for c := range stream.series {
			series := &stream.series[c]
			v := series.value(d.seriesSeed(s, c), at, d.zone(), d.class.use)
			values[s][c] = v
			addValue(fragments, series.fragment, series.name, series.unit, v)
		}
		if err := f.measure(d, stream.kind, fragments); err != nil {
			return err
		}
	}
	if d.habit == relayed {
		return nil // an application passes on numbers and nothing else
	}
	if len(values) == 0 {
		f.tenant.Heartbeat(d.id)
	}
	if d.habit != serviced {
		if err := f.complain(i, at, values); err != nil {
			return err
		}
	}
	if err := f.happen(d, at); err != nil {
		return err
	}
	if d.class.moves {
		return f.drive(d, at)
	}
	return nil
}

// measure sends one measurement.
func (f *Fleet) measure(d *device, kind string, fragments map[string]any) error {
	if relay, ok := f.tenant.(Relay); ok && d.habit == relayed {
		return relay.RelayMeasurement(d.id, kind, f.now(), fragments)
	}
	return f.tenant.CreateMeasurement(d.id, kind, f.now(), fragments)
}

// happen creates the events since a device's last turn.
func (f *Fleet) happen(d *device, at int64) error {
	since := at - int64(f.pause(d.class)/time.Second)
	for k := range d.class.happens {
		h := &d.class.happens[k]
		for _, when := range d.happenedSince(h, uint64(saltHappen+k), since, at) {
			if _, err := f.tenant.CreateEvent(append(h.event(d, when), member{"time", stamp(f.now())}).fields()); err != nil {
				return err
			}
		}
	}
	return nil
}

// drive tells where a vehicle is: the position with every sample while it moves, an event at every fourth.
func (f *Fleet) drive(d *device, at int64) error {
	lat, lng, speed := d.position(at)
	if _, _, before := d.position(at - int64(f.pause(d.class)/time.Second)); speed == 0 && before == 0 {
		return nil
	}
	if err := f.tenant.UpdateObject(d.id, map[string]any{"c8y_Position": position(lat, lng, speed).fields()}); err != nil {
		return err
	}
	if roll(d.seed, uint64(at))%4 != 0 {
		return nil
	}
	_, err := f.tenant.CreateEvent(append(located(d, lat, lng, speed), member{"time", stamp(f.now())}).fields())
	return err
}
