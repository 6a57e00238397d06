// Package clock is the time that a demo tenant lives in. Everything in package demo asks a [Clock] for the time and has itself woken by it:
// [System] for the machine's own time, which a testing/synctest bubble fakes, [Manual] for one that a test moves by hand, and [Shifted] for
// one that is wrong.
//
// Only system.go may look at the machine's clock; a test of package demo sees to it.
package clock
