// Package terminal is the screen and keyboard of a test: a terminal emulator
// that takes a program's output, shows what a user would see, and sends what a
// real terminal would send back: keys, pasted text, mouse reports and the
// answers to the program's questions.
//
// It serves both kinds of tests: stories, where the program runs in the test's
// own process and time is fake, and tests of the binary behind a
// pseudo-terminal. What is not a terminal's business (starting programs,
// waiting, asserting) stays outside.
package terminal
