package demo_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"c8yx/demo"
	"c8yx/demo/clock"
)

// The same seed at the same moment is the same tenant, down to the last byte.
func TestSameSeedSameTenant(t *testing.T) {
	saved := func(seed uint64) []string {
		c := clock.At(time.Date(2026, 11, 23, 9, 30, 0, 0, time.UTC))
		tenant, err := demo.New(demo.Options{Devices: 120, Seed: seed, Clock: c})
		if err != nil {
			t.Fatal(err)
		}
		defer tenant.Close()
		var text bytes.Buffer
		if err := tenant.Save(&text); err != nil {
			t.Fatal(err)
		}
		return strings.Split(text.String(), "\n")
	}
	first, again, other := saved(1), saved(1), saved(2)
	for i := range min(len(first), len(again)) {
		if first[i] != again[i] {
			t.Errorf("line %d\n%.600s\nis now\n%.600s", i+1, first[i], again[i])
		}
	}
	if len(first) != len(again) {
		t.Errorf("%d lines, then %d", len(first), len(again))
	}
	if strings.Join(first, "\n") == strings.Join(other, "\n") {
		t.Error("another seed makes the same tenant")
	}
}
