package fleet

import "math"

// Everything that happens to a device is a function of its seed and of time: there is no state to carry along, a past can be
// computed as well as a present, and two runs with the same seed agree. Times in this file are Unix seconds.

// mix turns any number into one without visible order (the finalizer of SplitMix64).
func mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// roll mixes two numbers into one.
func roll(seed, n uint64) uint64 { return mix(seed ^ mix(n)) }

// unit maps a mixed number to [0,1).
func unit(h uint64) float64 { return float64(h>>11) / (1 << 53) }

// chance is a random number in [0,1) that depends on both.
func chance(seed, n uint64) float64 { return unit(roll(seed, n)) }

// among is a random number in [0,n) that depends on the seed and a salt.
func among(seed, salt uint64, n int) int { return int(roll(seed, salt) % uint64(n)) }

// pick chooses one of several by seed and salt.
func pick[T any](seed, salt uint64, from []T) T { return from[among(seed, salt, len(from))] }

const (
	minute = 60
	hour   = 60 * minute
	day    = 24 * hour
)

// hours says when something is in use, by local time.
type hours int

const (
	always   hours = iota
	shifts         // two shifts on weekdays, half of Saturday: machines
	office         // weekdays from eight to six: buildings
	delivery       // weekdays and Saturday from six to six: vehicles
)

// during returns how much of the full activity there is at a local time, from 0 to 1, with slopes at both ends so that
// a chart shows people arriving and not a switch.
func (h hours) during(local int64) float64 {
	weekday := (local/day + 4) % 7 // 1970-01-01 was a Thursday; Sunday is 0
	from, to := 6.0, 22.0
	switch {
	case h == always:
		return 1
	case weekday == 0, weekday == 6 && h == office:
		return 0
	case h == office:
		from, to = 7.5, 18
	case h == delivery:
		to = 18
	case weekday == 6:
		to = 14
	}
	now := float64(local%day) / hour
	const slope = 0.4
	return max(0, min(1, (now-from)/slope, (to-now)/slope))
}

// signal describes how one series moves. Amplitudes are in the unit of the series.
type signal struct {
	base   float64 // where it rests
	spread float64 // how much devices differ, as a part of base
	daily  float64 // warmest at three in the afternoon
	busy   float64 // added while in use
	wander float64 // slow noise, over some twenty minutes
	noise  float64 // fast noise
	saw    float64 // what it gains, or loses if negative, until somebody refills, recharges or cleans
	every  int64   // seconds from one such time to the next
	spike  float64 // height of a rare excursion
	spikes float64 // excursions a day
	rate   float64 // what a counter gains an hour in use; a counter never falls
	floor  bool    // cannot be below zero
	top    float64 // cannot be above, 0 means no limit
	digits int     // after the point
}

// value is the signal of a device with the given seed at a time, where local time is zone seconds ahead of UTC.
func (s *signal) value(seed uint64, at, zone int64, use hours) float64 {
	local := at + zone
	character := 1 + s.spread*(2*unit(mix(seed))-1)
	v := s.base * character
	if s.rate != 0 {
		// A counter has run since the device was installed; on average it is in use for half of the time.
		const sinceInstallation = 1_577_836_800 // 2020
		return s.round(v + s.rate*character*0.5*float64(at-sinceInstallation)/hour)
	}
	if s.daily != 0 {
		v += s.daily * math.Sin(2*math.Pi*(float64(local%day)/day-0.375))
	}
	if s.busy != 0 {
		v += s.busy * use.during(local)
	}
	if s.saw != 0 {
		v += s.saw * float64((at+int64(mix(seed+1)%uint64(s.every)))%s.every) / float64(s.every)
	}
	if s.wander != 0 {
		v += s.wander * smooth(seed+2, at, 20*minute)
	}
	if s.noise != 0 {
		v += s.noise * (2*chance(seed+3, uint64(at)) - 1)
	}
	if s.spikes != 0 {
		if e, ok := s.excursions().at(seed+4, at); ok {
			v += s.spike * e.shape(at)
		}
	}
	return s.round(v)
}

func (s *signal) round(v float64) float64 {
	if s.floor {
		v = max(0, v)
	}
	if s.top != 0 {
		v = min(s.top, v)
	}
	scale := math.Pow10(s.digits)
	return math.Round(v*scale) / scale
}

// excursions are between ten minutes and two hours long.
func (s *signal) excursions() episodes {
	return episodes{window: 8 * hour, shortest: 10 * minute, longest: 2 * hour, chance: s.spikes / 3}
}

// smooth is noise in [-1,1] that turns about once in every so many seconds.
func smooth(seed uint64, at, every int64) float64 {
	i := at / every
	x := float64(at%every) / float64(every)
	x = x * x * (3 - 2*x)
	a, b := chance(seed, uint64(i)), chance(seed, uint64(i+1))
	return 2*(a+(b-a)*x) - 1
}

// episodes are stretches of time in which something is the case: at most one in every window, with the given chance.
type episodes struct {
	window, shortest, longest int64 // seconds
	chance                    float64
}

// episode is one of them.
type episode struct {
	since, until int64
	strength     float64 // 0.6 to 1
}

// in returns the episode of the n-th window.
func (e episodes) in(seed uint64, n int64) (episode, bool) {
	h := roll(seed, uint64(n))
	if e.chance == 0 || unit(h) >= e.chance {
		return episode{}, false
	}
	length := e.shortest + int64(chance(h, 1)*float64(e.longest-e.shortest))
	since := n*e.window + int64(chance(h, 2)*float64(e.window-length))
	return episode{since, since + length, 0.6 + 0.4*chance(h, 3)}, true
}

// at returns the episode that a time falls into.
func (e episodes) at(seed uint64, at int64) (episode, bool) {
	ep, ok := e.in(seed, at/e.window)
	return ep, ok && at >= ep.since && at < ep.until
}

// shape rises within the first fifth of an episode and falls within the last third.
func (e episode) shape(at int64) float64 {
	x := float64(at-e.since) / float64(e.until-e.since)
	return e.strength * min(1, x*5, (1-x)*3)
}
