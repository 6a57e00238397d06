// Package measurements is the view of what devices measure: live charts of
// their series over a window of time, with the values beside them and as a table.
//
// The window decides how the tenant is asked: every value for short windows,
// the extremes and the mean of intervals for long ones, so that no answer is
// cut off at the 5,000 rows that the platform gives. Live measurements are
// appended without reading again. The drawing of lines is the affair of
// ui/chart; nothing here knows other kinds of things than measurements.
package measurements
