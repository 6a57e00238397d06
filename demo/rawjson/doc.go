// Package rawjson takes JSON text apart and puts it together without decoding it, so that the demo tenant can keep what a
// client sent: the spelling of numbers, the order of keys. It works on text that is already known to be valid and compact
// (see [Compact]); nothing in here knows what a document means.
package rawjson
