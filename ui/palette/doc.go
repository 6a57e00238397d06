// Package palette is the one line for everything: a fuzzy list of whatever can
// be opened or done, with its keys and, where it cannot be done now, the
// reason. It knows only entries; where they come from is the shell's and the
// views' affair.
package palette
