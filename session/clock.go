package session

import (
	"fmt"
	"net/http"
	"strconv"
	"sync/atomic"
	"time"
)

// clock knows how far the clock of this machine is from the tenant's, by the Date header of its
// answers. Codes and tokens go by the tenant's.
type clock struct {
	behind atomic.Int64 // nanoseconds to add to this machine's clock
	known  atomic.Bool
}

// Differences up to noticed are not worth a word, those up to rounding are that of the header, which
// has whole seconds.
const (
	rounding = 3 * time.Second
	noticed  = time.Minute
)

// see reads the time of an answer.
func (c *clock) see(resp *http.Response) {
	date, err := http.ParseTime(resp.Header.Get("Date"))
	if err != nil {
		return
	}
	if age, err := strconv.Atoi(resp.Header.Get("Age")); err == nil && age > 0 && age < 1<<20 {
		date = date.Add(time.Duration(age) * time.Second) // a cache in between kept it that long
	}
	behind := time.Until(date)
	if behind.Abs() <= rounding {
		behind = 0
	}
	c.behind.Store(int64(behind))
	c.known.Store(true)
}

// now is the time by the tenant's clock, or this machine's as long as that is unknown.
func (c *clock) now() time.Time { return time.Now().Add(time.Duration(c.behind.Load())) }

// here is a moment of the tenant's clock on this machine's.
func (c *clock) here(at time.Time) time.Time {
	if at.IsZero() {
		return at
	}
	return at.Add(-time.Duration(c.behind.Load()))
}

// words is a sentence about a clock that is wrong, "" if it is not.
func (c *clock) words() string {
	behind := time.Duration(c.behind.Load())
	side := "behind"
	if behind < 0 {
		side = "ahead of"
	}
	if behind.Abs() < noticed {
		return ""
	}
	return fmt.Sprintf("The clock of this machine is %s %s the tenant's.", roughly(behind.Abs()), side)
}

// roughly says a duration in its two largest units.
func roughly(d time.Duration) string {
	days, hours, minutes := int(d/(24*time.Hour)), int(d/time.Hour)%24, int(d/time.Minute)%60
	switch {
	case days > 0:
		return fmt.Sprintf("%d d %d h", days, hours)
	case hours > 0:
		return fmt.Sprintf("%d h %d min", hours, minutes)
	}
	return fmt.Sprintf("%d min", minutes)
}
