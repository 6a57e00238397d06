package overview

import (
	"testing"
	"time"
)

func TestRateOfAMinute(t *testing.T) {
	var r rate
	now := time.Date(2026, 3, 19, 12, 0, 0, 0, time.UTC)
	r.add(now, 3)
	for i := range 12 {
		at := now.Add(time.Duration(i) * bucket)
		r.add(at, 2)
		if n, ok := r.perMinute(at); ok {
			t.Errorf("after %v it claims %d per minute", at.Sub(now), n)
		}
	}
	if n, ok := r.perMinute(now.Add(time.Minute)); !ok || n != 3+12*2 {
		t.Errorf("%d per minute, %v", n, ok)
	}
	if n, _ := r.perMinute(now.Add(90 * time.Second)); n != 6*2 {
		t.Errorf("%d per minute half a minute after the last", n)
	}
	if n, ok := r.perMinute(now.Add(3 * time.Hour)); !ok || n != 0 {
		t.Errorf("%d per minute after hours of silence, %v", n, ok)
	}
}

func TestRateKeepsItsLength(t *testing.T) {
	var r rate
	now := time.Date(2026, 3, 19, 12, 0, 0, 0, time.UTC)
	for i := range 1000 {
		r.add(now.Add(time.Duration(i)*bucket), 1)
	}
	values := r.series(now.Add(1000 * bucket))
	if len(values) != buckets-1 {
		t.Errorf("%d buckets", len(values))
	}
	for i, v := range values {
		if v != 1 {
			t.Errorf("bucket %d holds %v", i, v)
		}
	}
}
