package theme

// Role is what a piece of text means, independent of how it looks.
type Role uint8

// The roles, from plain text to the states of a fleet.
const (
	Text         Role = iota // ordinary text
	Strong                   // what the eye should find first
	Muted                    // secondary text: units, ids, ages
	Faint                    // rules, borders, placeholders
	Accent                   // the product's own colour: the cursor, the active tab
	Link                     // something that can be followed
	Match                    // the part of a text that a filter matched
	Critical                 // CRITICAL alarms, failed, destroyed
	Major                    // MAJOR alarms
	Minor                    // MINOR alarms
	Warning                  // WARNING alarms, near an expiry
	Good                     // available, successful, connected
	Busy                     // executing, loading, reconnecting
	Idle                     // pending, waiting, unknown
	Chrome                   // the header and the footer
	ChromeStrong             // names within header and footer
	Production               // the mark of a production tenant
	Key                      // a key in a hint or in the help
	Value                    // strings within a document
	Number                   // numbers within a document
	Keyword                  // true, false and null within a document
	Fragment                 // property names within a document
	Series1                  // the series of a chart, told apart in order
	Series2
	Series3
	Series4
	Series5
	Series6

	roles // how many there are
)

// Roles returns every role, in order.
func Roles() []Role {
	all := make([]Role, roles)
	for i := range all {
		all[i] = Role(i)
	}
	return all
}

// SeriesRole returns the role of the n-th series of a chart; after the last
// one the colours repeat.
func SeriesRole(n int) Role {
	const count = int(roles - Series1)
	return Series1 + Role(((n%count)+count)%count)
}
