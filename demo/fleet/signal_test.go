package fleet

import (
	"math"
	"testing"
	"time"
)

// week is a week in November 2026 in steps of ten minutes, from Monday on.
func week(yield func(at int64)) {
	start := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC).Unix()
	for at := start; at < start+7*day; at += 10 * minute {
		yield(at)
	}
}

// Alarms have to be the exception, but must not be impossible: a rule that no device ever breaks is a mistake in the table,
// and so is one that devices break all day.
func TestRulesAreBrokenRarely(t *testing.T) {
	for _, c := range newCatalog().all() {
		for _, r := range c.rules {
			s := c.streams[r.stream].series[r.column]
			var broken, samples int
			for seed := range uint64(400) {
				week(func(at int64) {
					if at%(10*hour) != int64(seed)%60*10*minute { // thin out: many devices, few samples of each
						return
					}
					if samples++; r.raised(s.value(mix(seed), at, 0, c.use)) {
						broken++
					}
				})
			}
			if share := float64(broken) / float64(samples); share < 0.0002 || share > 0.15 {
				t.Errorf("%s breaks %s in %.2f %% of all samples", c.kind, r.kind, 100*share)
			}
			if r.raised(r.back) || !r.calm(r.back) {
				t.Errorf("%s: %s is not cleared at %v", c.kind, r.kind, r.back)
			}
		}
	}
}

func TestSignalsStayWithinBounds(t *testing.T) {
	for _, c := range newCatalog().all() {
		for _, st := range c.streams {
			for _, s := range st.series {
				before := math.Inf(-1)
				week(func(at int64) {
					v := s.value(7, at, 0, c.use)
					switch {
					case math.IsNaN(v) || s.floor && v < 0 || s.top != 0 && v > s.top:
						t.Errorf("%s %s.%s is %v", c.kind, s.fragment, s.name, v)
					case s.rate != 0 && v < before:
						t.Errorf("counter %s %s.%s falls from %v to %v", c.kind, s.fragment, s.name, before, v)
					}
					before = v
				})
			}
		}
	}
}

func TestPeopleComeAndGo(t *testing.T) {
	at := func(weekday, clock int64) int64 { // 2026-11-23 was a Monday
		return time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC).Unix() + weekday*day + clock*hour
	}
	tests := []struct {
		name string
		use  hours
		at   int64
		want bool
	}{
		{"machines on Monday at noon", shifts, at(0, 12), true},
		{"machines at night", shifts, at(1, 3), false},
		{"machines on Saturday morning", shifts, at(5, 10), true},
		{"machines on Saturday evening", shifts, at(5, 18), false},
		{"offices in the evening", office, at(2, 20), false},
		{"offices on Saturday", office, at(5, 11), false},
		{"vans on Saturday", delivery, at(5, 11), true},
		{"vans on Sunday", delivery, at(6, 11), false},
		{"stations on Sunday night", always, at(6, 2), true},
	}
	for _, tt := range tests {
		if got := tt.use.during(tt.at) > 0; got != tt.want {
			t.Errorf("%s: in use %v, want %v", tt.name, got, tt.want)
		}
	}
}

func TestVehiclesDriveLikeVehicles(t *testing.T) {
	home := plants()[0]
	for seed := range uint64(5) {
		d := &device{seed: mix(seed), home: &home}
		start := time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC).Unix() // a Tuesday
		lat, lng, _ := d.position(start)
		furthest := 0.0
		for at := start; at < start+day; at += 15 {
			nextLat, nextLng, speed := d.position(at)
			if moved := kilometres(lat, lng, nextLat, nextLng); moved > 0.7 {
				t.Fatalf("jumps %.1f km within 15 s", moved)
			}
			if speed > 140 {
				t.Fatalf("drives at %v km/h", speed)
			}
			local := (at + home.zone) % day
			away := kilometres(home.lat, home.lng, nextLat, nextLng)
			if furthest = max(furthest, away); away > 0 && (local < dayBegins || local > dayEnds) {
				t.Fatalf("is %.1f km from home at night", away)
			}
			lat, lng = nextLat, nextLng
		}
		if furthest < 10 || furthest > 80 {
			t.Errorf("came as far as %.1f km", furthest)
		}
	}
}

func kilometres(lat, lng, toLat, toLng float64) float64 {
	return 111.2 * math.Hypot(toLat-lat, (toLng-lng)*math.Cos(lat*math.Pi/180))
}
