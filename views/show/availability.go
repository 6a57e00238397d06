package show

import (
	"time"

	"c8yx/ui/text"
)

// Rule says why a device is in the state that [Device.Status] shows: when it
// was heard last, how often it has to send, and when it is or was due.
//
// The platform's rule: a device with c8y_RequiredAvailability has to send
// something within the interval; if it does not, it becomes unavailable at the
// platform's next check, which comes every few minutes. An interval of zero or
// less means maintenance. Nothing is judged without an interval.
func (d *Device) Rule(now time.Time) text.Safe {
	interval := time.Duration(d.Interval) * time.Minute
	silent := now.Sub(d.LastMessage.Time())
	switch {
	case d.Availability == "MAINTENANCE" || d.Availability != "" && d.Interval < 0:
		return "no message is expected and alarms are suppressed, since its interval is zero or less"
	case d.Interval <= 0 && d.Connection != "":
		return "judged by its connection alone; no interval is required of it"
	case d.Interval <= 0:
		return "no interval is required of it, so nobody notices if it falls silent"
	case d.LastMessage.IsZero():
		return "it never sent anything; a message is expected every " + minutes(d.Interval)
	case d.Availability == "UNAVAILABLE" && silent > interval:
		return "silent for " + text.Span(silent) + ", expected every " + minutes(d.Interval) + "; it was due at " + clock(d.LastMessage.Time().Add(interval), now)
	case d.Availability == "UNAVAILABLE":
		return "it sent " + text.Age(silent) + "; the platform notices at its next check, within minutes"
	case silent > interval:
		return "overdue since " + clock(d.LastMessage.Time().Add(interval), now) + ", expected every " + minutes(d.Interval) + "; the platform notices at its next check"
	default:
		return "heard " + text.Age(silent) + ", expected every " + minutes(d.Interval) + ", next by " + clock(d.LastMessage.Time().Add(interval), now)
	}
}

// clock writes a time of day, with its date unless it is today's.
func clock(at, now time.Time) text.Safe {
	at, now = at.Local(), now.Local()
	layout := "15:04"
	if at.YearDay() != now.YearDay() || at.Year() != now.Year() {
		layout = "2006-01-02 15:04"
	}
	return text.Clean(at.Format(layout))
}

// minutes writes an interval as the platform counts it.
func minutes(n int32) text.Safe { return text.Count(int(n)) + " min" }
