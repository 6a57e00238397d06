package measurements

import (
	"context"
	"errors"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"c8yx/c8yclient"
	"c8yx/c8yclient/realtime"
	"c8yx/views/fault"
)

// The rhythm of reading.
const (
	rereadEvery = 30 * time.Second // while nothing arrives live, and seen
	firstRetry  = 2 * time.Second  // after a reading failed; doubles …
	lastRetry   = time.Minute      // … up to this
	batchEvery  = 100 * time.Millisecond
	// mostLive is how many live values are appended to a series before the window
	// is read again, condensed: so a fast device does not fill the memory.
	mostLive = 20_000
	// clockSkew is how far ahead of ours a device's clock may run without its
	// latest value being missed.
	clockSkew = time.Minute
)

// readings is what the view remembers about its questions.
type readings struct {
	stop    context.CancelFunc // of the one under way, nil if there is none
	number  int                // of the last one: what an earlier one brings is dropped
	began   time.Time          // the one under way, or the last one
	arrived map[string][]sample
	live    int // values since it was read
	dense   time.Duration
	old     bool
}

// private reports whether the inventory cannot be asked, which need not keep a
// user from reading measurements.
func private(err error) bool {
	return errors.Is(err, c8yclient.ErrForbidden) || errors.Is(err, c8yclient.ErrNotSupported)
}

// read reads the window; a reading under way is given up. What is shown stays
// until the answer is there.
func (v *View) read() {
	v.unplan()
	if v.readings.stop != nil {
		v.readings.stop()
		v.readings.stop = nil
	}
	now := time.Now()
	v.chart.Advance(now)
	questions := v.questions()
	if questions == nil {
		v.state, v.err = loaded, nil
		return
	}
	v.readings.number++
	number := v.readings.number
	ctx, cancel := context.WithCancel(v.scope.Context())
	v.readings.stop, v.readings.began, v.readings.arrived = cancel, now, make(map[string][]sample)
	done := v.scope.Busy()
	v.scope.Go(func(context.Context) {
		defer done()
		defer cancel()
		answers, err := v.put(ctx, questions)
		var latest time.Time
		if err == nil && !slices.ContainsFunc(answers, func(a answer) bool { return len(a.Rows) > 0 }) {
			latest, err = v.latestOf(ctx)
		}
		v.scope.Post(func() {
			if number == v.readings.number {
				v.readings.stop = nil
				v.settle(answers, latest, err)
			}
		})
	})
}

// questions returns what has to be read for the window: one reading for each device of which series
// are shown, and for each if none is known yet; nil if nothing has to.
func (v *View) questions() []reading {
	var questions []reading
	for _, device := range v.devices {
		r := reading{source: device, dense: v.readings.dense, old: v.readings.old}
		for _, s := range v.series {
			if s.shown && s.device == device {
				r.series = append(r.series, s.name)
			}
		}
		if len(v.series) > 0 && r.series == nil {
			continue
		}
		r.from, r.to = v.chart.Window()
		if v.chart.Following() {
			r.ahead = clockSkew
		}
		questions = append(questions, r)
	}
	return questions
}

// put puts the questions to the tenant, some at a time.
func (v *View) put(ctx context.Context, questions []reading) ([]answer, error) {
	answers := make([]answer, len(questions))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(atOnce)
	for i, r := range questions {
		group.Go(func() (err error) {
			answers[i], err = r.read(ctx, v.tenant.Client.Measurements)
			return err
		})
	}
	return answers, group.Wait()
}

// latestOf asks when one of the devices last measured anything; zero for never.
func (v *View) latestOf(ctx context.Context) (latest time.Time, err error) {
	for _, device := range v.devices {
		m, err := v.tenant.Client.Measurements.Latest(ctx, device, nil)
		switch {
		case errors.Is(err, c8yclient.ErrNotFound):
		case err != nil:
			return time.Time{}, err
		case m.Time.After(latest):
			latest = m.Time
		}
	}
	return latest, nil
}

// settle shows what was read.
func (v *View) settle(answers []answer, latest time.Time, err error) {
	if err != nil {
		v.fail(err, v.read)
		return
	}
	v.state, v.err, v.retry, v.asOf = loaded, nil, 0, time.Now()
	v.resolution, v.cut, v.latest = resolution{}, false, latest
	v.readings.live = 0
	found := make(map[*series]bool)
	for _, a := range answers {
		if a.resolution.every >= v.resolution.every {
			v.resolution = a.resolution // of several the coarsest is told
		}
		v.cut = v.cut || a.Truncated
		v.readings.old = v.readings.old || a.old
		if a.dense > 0 && (v.readings.dense == 0 || a.dense < v.readings.dense) {
			v.readings.dense = a.dense
		}
		for i, column := range a.Columns {
			s := v.seriesOf(a.source, column.String())
			if s == nil {
				continue
			}
			found[s] = true
			s.setUnit(column.Unit)
			s.replace(samplesOf(a.SeriesResult, i), v.readings.arrived[s.id], a.resolution.every > 0)
		}
	}
	for _, s := range v.series {
		if s.shown && !found[s] {
			s.replace(nil, v.readings.arrived[s.id], v.resolution.every > 0)
		}
	}
	v.readings.arrived = nil
	v.arrange()
	if v.seen && !v.lost.IsZero() {
		v.plan(rereadEvery, v.read)
	}
	v.tick()
}

// fail notes that something could not be read, and plans to try again if that may
// help.
func (v *View) fail(err error, again func()) {
	v.state, v.err = failed, err
	v.retry = max(firstRetry, min(2*v.retry, lastRetry))
	if fault.Transient(err) {
		v.plan(v.retry, again)
	}
	v.drawn.touch()
}

func (v *View) plan(in time.Duration, do func()) {
	v.unplan()
	v.again = v.scope.After(in, func() {
		v.again = nil
		do()
	})
}

func (v *View) unplan() {
	if v.again != nil {
		v.again()
		v.again = nil
	}
}

// value is one number of a live measurement.
type value struct {
	device, name, unit string
	sample
}

// follow subscribes to the measurements of the devices for as long as the view is
// open.
func (v *View) follow() {
	channels := make([]realtime.Channel, len(v.devices))
	for i, device := range v.devices {
		channels[i] = realtime.Measurements(device)
	}
	v.scope.Go(func(ctx context.Context) {
		for batch := range v.tenant.Follow(ctx, batchEvery, channels...) {
			var values []value
			for _, m := range batch.Messages {
				values = append(values, valuesOf(m)...)
			}
			v.scope.Post(func() {
				v.connection(batch)
				v.arrive(values)
				stale := batch.Gap || v.readings.began.Before(batch.LiveSince)
				if stale && !v.readings.began.IsZero() && !v.paused {
					v.read()
				}
			})
		}
	})
}

// valuesOf takes the numbers out of a live measurement.
func valuesOf(m realtime.Message) []value {
	if m.Action == realtime.Delete {
		return nil
	}
	measurement, err := c8yclient.DecodeDocument[c8yclient.Measurement](m.Data)
	if err != nil || measurement.Time.IsZero() {
		return nil
	}
	var values []value
	for point := range measurement.Values() {
		values = append(values, value{
			device: string(measurement.Source.ID), name: c8yclient.SeriesColumn{Fragment: point.Fragment, Series: point.Series}.String(), unit: point.Unit,
			sample: sample{at: measurement.Time, low: point.Value, value: point.Value, high: point.Value},
		})
	}
	return values
}

// arrive appends live values.
func (v *View) arrive(values []value) {
	if v.paused || len(values) == 0 {
		return
	}
	now, rearrange := time.Now(), false
	v.chart.Advance(now)
	from, to := v.chart.Window()
	before := len(v.series)
	for _, p := range values {
		s := v.seriesOf(p.device, p.name)
		if s == nil {
			continue
		}
		rearrange = s.setUnit(p.unit) || rearrange
		if v.readings.arrived != nil {
			v.readings.arrived[s.id] = append(v.readings.arrived[s.id], p.sample)
		}
		if p.at.Before(from) || !v.chart.Following() && p.at.After(to) {
			s.note(p.sample)
			continue
		}
		s.add(p.sample)
		v.readings.live++
	}
	if rearrange || len(v.series) != before {
		v.arrange()
	}
	v.table.stale = true
	v.drawn.touch()
	if v.readings.live > mostLive && v.readings.stop == nil {
		v.read()
	}
}

// connection notes when the live connection was lost, and that it is back.
func (v *View) connection(b realtime.Batch) {
	was := v.lost
	v.lost = time.Time{}
	if b.State == realtime.Lost || b.State == realtime.Refused {
		v.lost = b.Since
	}
	if was != v.lost {
		v.drawn.touch()
		if v.again == nil && v.seen && !v.lost.IsZero() {
			v.plan(rereadEvery, v.read)
		}
	}
}
