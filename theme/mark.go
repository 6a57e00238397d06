package theme

import "slices"

// marks are the colours by which users tell their tenants apart.
var marks = []struct {
	name string
	role Role
}{
	{"red", Critical},
	{"orange", Major},
	{"yellow", Minor},
	{"green", Good},
	{"cyan", Accent},
	{"blue", Warning},
	{"purple", Busy},
	{"pink", Series4},
	{"grey", Idle},
}

// Mark returns the role that draws the mark of a tenant in a colour that a user has named.
func Mark(colour string) (Role, bool) {
	for _, m := range marks {
		if m.name == colour {
			return m.role, true
		}
	}
	return Text, false
}

// Marks returns the names that [Mark] knows, sorted.
func Marks() []string {
	names := make([]string, len(marks))
	for i, m := range marks {
		names[i] = m.name
	}
	slices.Sort(names)
	return names
}
