// Package views is everything on screen that knows Cumulocity.
//
// Each kind of thing is one file that describes it for the generic view of
// package collection; special views have a file or a folder of their own. The
// [Explorer] lists them all, opens any of them by its place, and runs what
// accompanies them: the header and its pulse. HTTP is the client's affair, the
// frame is the shell's; nothing here starts goroutines but through a ui.Scope.
package views
