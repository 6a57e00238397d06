// Package collection is the view of many things of one kind.
//
// A [Kind] describes the kind declaratively: columns, how to read it, how to
// follow it live, what can be done with it. [New] makes the view of any kind:
// it streams the pages in, merges live changes, filters, sorts, marks, shows
// the details of one row beside the list, and keeps its place while all of
// that goes on. A new kind of thing on screen is therefore one file with a
// description, and no code of this package knows a particular kind.
package collection
