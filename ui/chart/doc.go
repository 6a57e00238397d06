// Package chart draws values over time as lines of braille dots: several series
// over one time axis, live or a fixed window, with a cursor that reads them out.
//
// A column of dots keeps the lowest and the highest of all the values that fall
// into it, so that no spike is lost however many points share it. Columns are
// aligned to the clock and not to the edge of the window: a chart that follows
// the time moves by whole columns, and a new point costs the column it falls
// into and not the hundred thousand before it. Gaps stay gaps.
//
// [Sparkline] and [Bar] draw the same within one line, for lists and overviews.
//
// The package knows times, numbers and cells. It knows nothing of Cumulocity,
// never looks at the clock and starts no goroutine; a [Chart] and its [Series]
// belong to the update loop.
package chart
