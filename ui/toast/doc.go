// Package toast keeps the passing messages of the program: the few that are
// shown now, and all of them for whoever looks again. It draws them and starts
// no timers; the shell tells it when time has passed.
package toast
