// Package ui is the shell of the program: the one tea.Model, and around it a
// folder for each widget.
//
// The [Shell] owns the frame (header, crumbs, pane, footer), the stack of
// open views, the overlays above them and the keys that work everywhere. A
// [View] fills the pane. It is a plain struct with methods, not a nested
// model: the shell calls it. What a view starts in the background goes through
// its [Scope], which ends when the view closes, so that no answer reaches a
// view that is gone, and which keeps count of what is under way, so that
// tests and snapshots know when the program is idle.
//
// This room knows nothing of Cumulocity and does no network I/O. Text from
// outside enters as text.Safe, the type of text that passed the cleaning door.
package ui
