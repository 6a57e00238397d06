package measurements

import (
	"math"
	"slices"
	"time"

	"c8yx/c8yclient"
	"c8yx/theme"
	"c8yx/ui/chart"
	"c8yx/ui/text"
)

// sample is one value, or what an interval was condensed to.
type sample struct {
	at               time.Time
	low, value, high float64
}

// series is one series of a device and what is known of it in the window.
type series struct {
	device  string    // its id
	name    string    // "c8y_Temperature.T", as the tenant has it
	id      string    // the name; if there are several devices, the device's id before it
	whose   text.Safe // the device's name if there are several, else ""
	unit    text.Safe
	shown   bool
	slot    int // its colour and letter while it is shown
	samples []sample
	last    sample // the latest that was ever seen
	line    *chart.Series
	banded  bool // the samples stand for intervals
}

func newSeries(device, name, id string, whose text.Safe) *series {
	s := &series{device: device, name: name, id: id, whose: whose, last: sample{value: math.NaN()}}
	s.line = chart.NewSeries(s.label(), "")
	return s
}

// label is what the series is called, after its device if there are several.
func (s *series) label() text.Safe {
	if s.whose == "" {
		return text.Clean(s.name)
	}
	return s.whose + between + text.Clean(s.name)
}

const between = " · "

// fitting returns the label for so many cells. What is cut first is the device, of whose name
// leastOfDevice cells stay: many series of one device differ only at the end of theirs.
func (s *series) fitting(width int) text.Safe {
	const leastOfDevice = 12
	name := text.Clean(s.name)
	over := text.Width(s.label()) - width
	if s.whose == "" || over <= 0 {
		return s.label()
	}
	room := max(min(leastOfDevice, text.Width(s.whose)), text.Width(s.whose)-over)
	return text.Fit(s.whose, room, text.Left) + between + name
}

// role is the colour of the series.
func (s *series) role() theme.Role {
	if !s.shown {
		return theme.Faint
	}
	return theme.SeriesRole(s.slot)
}

// setUnit gives the series its unit, which is known only with its values, and
// reports whether it is another than before.
func (s *series) setUnit(unit string) bool {
	clean := text.Clean(unit)
	if unit == "" || clean == s.unit {
		return false
	}
	s.unit = clean
	s.line = chart.NewSeries(s.label(), s.unit)
	s.draw()
	return true
}

// draw gives all samples to the chart anew.
func (s *series) draw() {
	s.line.Clear()
	for _, p := range s.samples {
		s.plot(p)
	}
}

func (s *series) plot(p sample) {
	if s.banded {
		s.line.AppendBand(p.at, p.low, p.value, p.high)
	} else {
		s.line.Append(p.at, p.value)
	}
}

// replace takes what was read of the series; of the live samples, those stay that
// are newer than the reading.
func (s *series) replace(samples, live []sample, banded bool) {
	for _, p := range live {
		if len(samples) == 0 || p.at.After(samples[len(samples)-1].at) {
			samples = append(samples, p)
		}
	}
	s.samples, s.banded = samples, banded
	if n := len(samples); n > 0 {
		s.note(samples[n-1])
	}
	s.draw()
}

// add takes a live value; late ones go to their place.
func (s *series) add(p sample) {
	at := len(s.samples)
	for at > 0 && s.samples[at-1].at.After(p.at) {
		at--
	}
	s.samples = slices.Insert(s.samples, at, p)
	s.plot(p)
	s.note(p)
}

// note remembers the latest value.
func (s *series) note(p sample) {
	if math.IsNaN(s.last.value) || !p.at.Before(s.last.at) {
		s.last = p
	}
}

// forget drops what is before the moment, unless it is so little that it is not
// worth while.
func (s *series) forget(before time.Time) {
	n, _ := slices.BinarySearchFunc(s.samples, before, func(p sample, t time.Time) int { return p.at.Compare(t) })
	if n*4 < len(s.samples) || n == 0 {
		return
	}
	s.samples = slices.Delete(s.samples, 0, n)
	s.line.DropBefore(before)
}

// within returns the samples of a stretch of time, its end included.
func (s *series) within(from, to time.Time) []sample {
	first, _ := slices.BinarySearchFunc(s.samples, from, func(p sample, t time.Time) int { return p.at.Compare(t) })
	end := first
	for end < len(s.samples) && !s.samples[end].at.After(to) {
		end++
	}
	return s.samples[first:end]
}

// extent returns the last value and the extremes of a stretch of time.
func (s *series) extent(from, to time.Time) (last, low, high float64, ok bool) {
	low, high = math.Inf(1), math.Inf(-1)
	for _, p := range s.within(from, to) {
		low, high, last, ok = min(low, p.low), max(high, p.high), p.value, true
	}
	return last, low, high, ok
}

// samplesOf takes a column out of an answer. Rows in which the series has no value
// are those of others and no gap.
func samplesOf(r *c8yclient.SeriesResult, column int) []sample {
	samples := make([]sample, 0, len(r.Rows))
	for _, row := range r.Rows {
		cell := row.Cells[column]
		value := cell.Value()
		if math.IsNaN(value) || math.IsInf(value, 0) {
			continue
		}
		p := sample{at: row.Time, low: cell.Min, value: value, high: cell.Max}
		if math.IsNaN(p.low) || math.IsNaN(p.high) {
			p.low, p.high = value, value
		}
		samples = append(samples, p)
	}
	return samples
}
