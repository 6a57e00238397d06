// Package process runs the program's binary as a user's shell does: behind a
// pseudo-terminal with an emulated terminal on its other side, or with its
// output in pipes. It is for what a story cannot see because it runs within the
// test's own process: exit codes, signals, the modes of a real TTY, and what the
// release build is like.
//
// Time is real here, and every start costs some, so what the program shows is
// tested by stories. Nothing but tests imports this package.
package process
