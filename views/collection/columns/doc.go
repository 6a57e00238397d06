// Package columns is the choice of columns in a list: which, in what order, how wide, and sorted
// by which.
//
// A [Layout] is such a choice, as it is remembered and written in places. The [Chooser] is the
// overlay in which it is made; it knows names and titles and nothing of what the columns hold.
package columns
