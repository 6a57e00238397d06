// Package export writes tables and documents to files that other programs read: CSV, JSON, and
// JSON with a document on each line. A [Table] yields its rows one after the other, as the tenant
// sends them, so that an export needs no more memory for a million of them than for one. The file
// gets its name when it is complete; see package transfer, whose board runs exports.
package export
