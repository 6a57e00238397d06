// Package story is the driver for tests that walk through the program as a
// user does. A story starts the program on an emulated terminal against a
// tenant, types, waits until the program is idle, and asserts on what the user
// sees:
//
//	story.Run(t, options, func(s *story.Story) {
//		s.Open("devices")
//		s.See("Presse 1.4")
//		s.Press("/")
//		s.Type("presse")
//		s.Press("enter")
//		s.DontSee("Drehmaschine")
//		s.Row("Presse 1.4").Has("available")
//	})
//
// Everything happens in one bubble of testing/synctest: the program, the tenant
// behind in-memory connections, the terminal and the test. So time is fake and
// passes at once, nothing is ever waited for in vain, a frame is the same on
// every run, and a story takes milliseconds. That is also why a story can say
// "idle" and mean it: the bubble knows when nothing can happen before the clock
// moves, and the program says whether it still has something under way.
//
// Nothing but tests imports this package. What knows about the binary itself
// (building it, its exit codes) is in the package process beside it; what knows
// about terminals in the package terminal.
package story
