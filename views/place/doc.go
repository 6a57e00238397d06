// Package place is where one can be: the text that a view is opened by.
//
// The same text is a command-line argument, a palette entry, a history entry,
// a bookmark and a link:
//
//	alarms?status=ACTIVE&source=4711
//	device/4711
//	device/4711/measurements?series=c8y_Temperature.T&last=1h
//
// The first word names a kind of thing or a special view, further words
// narrow it, and the query says what is asked of the tenant.
package place
