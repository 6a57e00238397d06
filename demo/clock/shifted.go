package clock

import (
	"sync/atomic"
	"time"
)

// Shifted is a clock that goes as fast as another one and may be wrong by some time, from one moment to the next.
type Shifted struct {
	Clock
	by atomic.Int64
}

// Shift makes a clock that is right for now.
func Shift(c Clock) *Shifted { return &Shifted{Clock: c} }

// Now is the time as the clock has it.
func (s *Shifted) Now() time.Time { return s.Clock.Now().Add(s.By()) }

// By is how far the clock is ahead; negative, behind.
func (s *Shifted) By() time.Duration { return time.Duration(s.by.Load()) }

// Set puts the clock forward by so much against the right time, or back.
func (s *Shifted) Set(by time.Duration) { s.by.Store(int64(by)) }
