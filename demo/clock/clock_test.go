package clock_test

import (
	"context"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"c8yx/demo/clock"
)

func ExampleManual() {
	c := clock.At(time.Date(2026, 11, 23, 9, 30, 0, 0, time.UTC))
	c.AfterFunc(time.Hour, func() { fmt.Println("an hour later:", c.Now().Format(time.TimeOnly)) })
	c.Advance(90 * time.Minute)
	fmt.Println("now:", c.Now().Format(time.TimeOnly))
	// Output:
	// an hour later: 10:30:00
	// now: 11:00:00
}

// What is due rings in the order of its moments, also what was set on the way; what was stopped does not ring.
func TestManualRingsInOrder(t *testing.T) {
	c := clock.At(time.Unix(0, 0))
	var rang []string
	ring := func(name string) func() {
		return func() { rang = append(rang, fmt.Sprintf("%s@%d", name, c.Now().Unix())) }
	}
	c.AfterFunc(3*time.Second, ring("c"))
	c.AfterFunc(time.Second, func() {
		ring("a")()
		c.AfterFunc(time.Second, ring("b"))
	})
	stopped := c.AfterFunc(2*time.Second, ring("never"))
	later := c.AfterFunc(2*time.Second, ring("later"))
	if !stopped.Stop() || stopped.Stop() || !later.Reset(10*time.Second) {
		t.Error("stopping and setting anew say the wrong thing")
	}
	c.Advance(5 * time.Second)
	if got := fmt.Sprint(rang); got != "[a@1 b@2 c@3]" {
		t.Errorf("rang %s", got)
	}
	c.Advance(5 * time.Second)
	if got := fmt.Sprint(rang[3:]); got != "[later@10]" {
		t.Errorf("then %s", got)
	}
}

func TestWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		if !clock.Wait(t.Context(), clock.System(), time.Minute) || clock.Since(clock.System(), began) != time.Minute {
			t.Errorf("waited for %v", time.Since(began))
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if clock.Wait(ctx, clock.System(), time.Minute) {
			t.Error("waited although nobody wanted it any more")
		}
	})
}

func TestShifted(t *testing.T) {
	right := clock.At(time.Unix(1000, 0))
	c := clock.Shift(right)
	c.Set(-time.Hour)
	if got := right.Now().Sub(c.Now()); got != time.Hour || clock.Until(c, right.Now()) != time.Hour {
		t.Errorf("behind by %v", got)
	}
	rang := false
	c.AfterFunc(time.Second, func() { rang = true })
	if right.Advance(time.Second); !rang {
		t.Error("a wrong clock goes at another speed")
	}
}
