// Package rows holds the things of a list, in order, filtered and marked: a hundred thousand of
// them, while they change.
//
// [Rows.Merge] takes batches of changes in one pass. Bringing everything into another order or
// through another filter is done by [Rows.Arrange], which only reads and so may run beside the
// update loop while nothing is merged, and put into place by [Rows.Apply]. What a filter looks
// for, and how things compare, the caller says; nothing here knows columns, kinds or a screen.
package rows
