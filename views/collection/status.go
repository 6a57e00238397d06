package collection

import (
	"strings"
	"time"

	"c8yx/theme"
	"c8yx/ui"
	"c8yx/ui/text"
	"c8yx/views/fault"
)

// count words a number of things: "1 alarm", "2 alarms".
func (k *Kind[T]) count(n int) text.Safe {
	if n == 1 {
		return "1 " + k.One
	}
	return text.Count(n) + " " + k.Many
}

// Status says how much is loaded, marked and filtered, whether it is true, and in which order: what can
// be done without comes last, where the room ends.
func (v *View[T]) Status() []ui.Span {
	var spans []ui.Span
	say := func(role theme.Role, s text.Safe) { spans = append(spans, ui.Span{Text: s, Role: role}) }
	all := text.Count(v.rows.Len())
	if marks := v.sayMarks(); marks != "" {
		say(theme.Accent, marks)
	}
	if v.local != "" {
		say(theme.Accent, text.Count(v.rows.Shown())+" match, filtered here")
	}
	switch {
	case v.state == loading:
		say(theme.Busy, "reading …")
	case v.state == failed && v.rows.Len() == 0:
		say(theme.Critical, fault.Short(v.err))
	case v.state == filling && v.total > v.rows.Len():
		say(theme.Busy, all+" of "+text.Count(v.total)+" …")
	case v.state == filling:
		say(theme.Busy, all+" …")
	case v.local != "" && v.complete():
		say(theme.Muted, "all "+v.kind.count(v.rows.Len())+" loaded")
	case v.truncated():
		say(theme.Minor, v.sayTruncated())
	default:
		say(theme.Muted, v.kind.count(v.rows.Len()))
	}
	if v.paused {
		said := text.Safe("paused")
		if v.held > 0 {
			said += ", " + text.Count(v.held) + " changes wait"
			if v.held == 1 {
				said = "paused, 1 change waits"
			}
		}
		say(theme.Minor, said)
	}
	now := time.Now()
	switch {
	case v.state == failed && v.rows.Len() > 0:
		say(theme.Critical, fault.Short(v.err)+", as of "+text.Age(now.Sub(v.asOf)))
	case !v.lost.IsZero():
		say(theme.Minor, "not live since "+text.Span(now.Sub(v.lost)))
	}
	if final := v.final(); final != "" {
		say(theme.Accent, "asked of the tenant: "+final)
	}
	if name := v.orderName(); name != "" {
		arrow := text.Safe(" ↑")
		if v.reverse {
			arrow = " ↓"
		}
		say(theme.Muted, v.saySorting()+text.Clean(strings.TrimPrefix(name, "-"))+arrow)
	}
	return spans
}

// sayTruncated says which part of what there is the list keeps.
func (v *View[T]) sayTruncated() text.Safe {
	said := v.sorting.kept + " " + text.Count(min(v.rows.Len(), v.rows.Limit))
	if v.total > v.rows.Len() {
		return said + " of " + v.kind.count(v.total)
	}
	return said + " " + v.kind.Many + ", there are more"
}

// final is the query that is sent for the place, shortened; "" if none is.
func (v *View[T]) final() text.Safe {
	a := v.asks
	if a == nil || a.Final == nil {
		return ""
	}
	final := text.Clean(a.Final(v.place))
	const most = 60
	return text.Fit(final, min(most, text.Width(final)), text.Left)
}
