// Package document shows a JSON document: indented, coloured, foldable,
// searchable, with a cursor that knows where it is (`c8y_Hardware.serialNumber`)
// and with values that can be followed if the owner says so.
//
// The document is read once, into an index of lines; colour, cleaning and
// width are worked out only for the lines on screen. That is what makes a
// megabyte open in milliseconds, and why nothing here builds a tree of values:
// the bytes stay as they were sent, with their order of keys and their way of
// writing numbers. What is not JSON, or only the first half of it, is shown too,
// with a note that says so.
//
// The package knows JSON and cells. It knows nothing of Cumulocity, does no
// I/O and starts no goroutine; a [Viewer] belongs to the update loop.
package document
