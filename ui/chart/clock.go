package chart

import (
	"time"

	"c8yx/ui/text"
)

// tick is a named time on the time axis.
type tick struct {
	at    int64
	label text.Safe
	dated text.Safe // the label with the date before it, for one of the ticks
}

const day = 24 * time.Hour

// pace is a distance between ticks: months, or a duration.
type pace struct {
	months int
	every  time.Duration
	layout string
}

// paces are the distances of ticks that people read without counting.
func paces() []pace {
	const (
		milli  = "05.000"
		second = "15:04:05"
		minute = "15:04"
		date   = "2 Jan"
		month  = "Jan 2006"
		year   = "2006"
	)
	return []pace{
		{0, 100 * time.Millisecond, milli},
		{0, 200 * time.Millisecond, milli},
		{0, 500 * time.Millisecond, milli},
		{0, time.Second, second},
		{0, 2 * time.Second, second},
		{0, 5 * time.Second, second},
		{0, 10 * time.Second, second},
		{0, 15 * time.Second, second},
		{0, 30 * time.Second, second},
		{0, time.Minute, minute},
		{0, 2 * time.Minute, minute},
		{0, 5 * time.Minute, minute},
		{0, 10 * time.Minute, minute},
		{0, 15 * time.Minute, minute},
		{0, 30 * time.Minute, minute},
		{0, time.Hour, minute},
		{0, 2 * time.Hour, minute},
		{0, 3 * time.Hour, minute},
		{0, 6 * time.Hour, minute},
		{0, 12 * time.Hour, minute},
		{0, day, date},
		{0, 2 * day, date},
		{0, 7 * day, date},
		{1, 30 * day, month},
		{3, 91 * day, month},
		{6, 182 * day, month},
		{12, 365 * day, year},
		{24, 730 * day, year},
		{60, 1826 * day, year},
		{120, 3652 * day, year},
		{600, 18262 * day, year},
		{1200, 36525 * day, year},
		{12000, 100000 * day, year},
		{120000, 106751 * day, year},
	}
}

// timeTicks names times between from and to, about the given number at most, on
// the clock of a place. The first tick of a day says the date instead of midnight;
// if no day begins, each has a label with the date, of which one is to be used.
func timeTicks(from, to int64, in *time.Location, most int) []tick {
	if most < 1 || to <= from {
		return nil
	}
	all := paces()
	p := all[len(all)-1]
	for _, candidate := range all {
		if (to-from)/max(1, candidate.every.Milliseconds()) <= int64(most) {
			p = candidate
			break
		}
	}
	var ticks []tick
	midnight := false
	for n, t := 0, p.begin(time.UnixMilli(from).In(in)); n < 10000 && len(ticks) <= most; n++ {
		at := t.UnixMilli()
		if at >= to {
			break
		}
		if at >= from {
			layout := p.layout
			if h, m, s := t.Clock(); p.every < day && h == 0 && m == 0 && s == 0 && t.Nanosecond() == 0 {
				layout, midnight = "2 Jan", true
			}
			ticks = append(ticks, tick{at: at, label: text.Clean(t.Format(layout))})
		}
		next := p.next(t)
		if !next.After(t) { // an hour that the clocks leave out
			next = t.Add(p.every)
		}
		t = next
	}
	if !midnight && p.every < day {
		for i := range ticks {
			ticks[i].dated = text.Clean(time.UnixMilli(ticks[i].at).In(in).Format("2 Jan " + p.full()))
		}
	}
	return ticks
}

// full returns the layout of a time that stands alone.
func (p pace) full() string {
	if p.every < time.Second {
		return "15:04:05.000"
	}
	return p.layout
}

// begin returns a tick at or before a time.
func (p pace) begin(t time.Time) time.Time {
	y, m, d := t.Date()
	switch {
	case p.months > 0:
		n := y*12 + int(m) - 1
		n -= ((n % p.months) + p.months) % p.months
		return time.Date(0, time.Month(n+1), 1, 0, 0, 0, 0, t.Location())
	case p.every == 7*day:
		return time.Date(y, m, d-(int(t.Weekday())+6)%7, 0, 0, 0, 0, t.Location())
	case p.every >= day:
		n := int(p.every / day)
		return time.Date(y, m, 1+(d-1)/n*n, 0, 0, 0, 0, t.Location())
	case p.every > time.Hour:
		h := int(p.every / time.Hour)
		return time.Date(y, m, d, t.Hour()/h*h, 0, 0, 0, t.Location())
	}
	_, offset := t.Zone()
	local := t.UnixMilli() + int64(offset)*1000
	every := p.every.Milliseconds()
	return time.UnixMilli(floorDiv(local, every)*every - int64(offset)*1000).In(t.Location())
}

// next returns the tick behind a tick. From a day up it counts by the calendar
// and not by hours, since days have 23 to 25 of them.
func (p pace) next(t time.Time) time.Time {
	y, m, d := t.Date()
	switch {
	case p.months > 0:
		return time.Date(y, m+time.Month(p.months), 1, 0, 0, 0, 0, t.Location())
	case p.every == 2*day && d >= 29:
		return time.Date(y, m+1, 1, 0, 0, 0, 0, t.Location())
	case p.every >= day:
		return time.Date(y, m, d+int(p.every/day), 0, 0, 0, 0, t.Location())
	case p.every > time.Hour:
		h := int(p.every / time.Hour)
		return time.Date(y, m, d, t.Hour()/h*h+h, 0, 0, 0, t.Location())
	}
	return t.Add(p.every)
}
