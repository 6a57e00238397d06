package doctor

import (
	"fmt"
	"strings"
	"time"

	"c8yx/c8yclient"
)

// Level says how bad a finding is.
type Level string

// The levels.
const (
	OK   Level = "ok"
	Warn Level = "warn" // it works, but not as well as it could
	Fail Level = "fail" // it keeps the user from working
)

// Finding is the result of one check.
type Finding struct {
	// Check names what was looked at: "clock".
	Check string `json:"check"`
	Level Level  `json:"level"`
	// Says is what is so, Do what the user can do about it; "" if nothing has to be done.
	Says string `json:"says"`
	Do   string `json:"do,omitempty"`
}

func ok(check, says string, args ...any) Finding {
	return Finding{Check: check, Level: OK, Says: fmt.Sprintf(says, args...)}
}

func warn(check, do, says string, args ...any) Finding {
	return Finding{Check: check, Level: Warn, Says: fmt.Sprintf(says, args...), Do: do}
}

func fail(check, do, says string, args ...any) Finding {
	return Finding{Check: check, Level: Fail, Says: fmt.Sprintf(says, args...), Do: do}
}

// words says why a call failed, without which call it was.
func words(err error) string {
	for cause := err; cause != nil; {
		if call, ok := cause.(*c8yclient.Error); ok {
			return call.Message
		}
		wrapped, ok := cause.(interface{ Unwrap() error })
		if !ok {
			break
		}
		cause = wrapped.Unwrap()
	}
	return err.Error()
}

// took says a duration as people do.
func took(d time.Duration) string {
	switch {
	case d < time.Second:
		return fmt.Sprintf("%d ms", d.Milliseconds())
	case d < time.Minute:
		return fmt.Sprintf("%.1f s", d.Seconds())
	}
	return roughly(d)
}

// roughly says a duration in its two largest units.
func roughly(d time.Duration) string {
	d = d.Abs()
	days, hours, minutes := int(d/(24*time.Hour)), int(d/time.Hour)%24, int(d/time.Minute)%60
	var parts []string
	for _, part := range []struct {
		n    int
		unit string
	}{{days, "d"}, {hours, "h"}, {minutes, "min"}, {int(d/time.Second) % 60, "s"}} {
		if part.n > 0 && len(parts) < 2 {
			parts = append(parts, fmt.Sprintf("%d %s", part.n, part.unit))
		}
	}
	if parts == nil {
		return "less than a second"
	}
	return strings.Join(parts, " ")
}
