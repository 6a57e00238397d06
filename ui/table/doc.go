// Package table is the virtual data table: it draws the rows that are on the
// screen, whatever the number of rows behind them.
//
// The rows belong to whoever shows them. A [Table] asks its [Source] for the
// visible cells only, keeps the cursor, the scroll position and the widths of
// the columns, and remembers its last frame: [Table.View] costs nothing until
// something changed. Column widths are measured on the rows that have been
// visible and only ever grow, so that a list does not dance while it streams in.
//
// Keys are not handled here: the caller maps its actions to methods. Sorting,
// filtering, marking and everything that knows what a row means stay outside,
// and so do goroutines.
package table
