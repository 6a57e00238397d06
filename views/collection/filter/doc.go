// Package filter is the language in which a list is filtered: words that a row has to hold,
// words that it must not, and terms over columns and fragments.
//
//	press !truck                  words, and a word that must not be there
//	"not monitored"               words with a blank between them
//	alarms>0 last<1h              numbers, ages; a date works as well: created>2026-03-01
//	type=c8y_Linux status!=avail* equal regardless of case, * stands for anything
//	name~pump                     holds
//	severity>=MAJOR               the order of an enumeration
//	size>1MB                      sizes
//	owner= owner!=                has no value, has one
//	c8y_Hardware.model=RPi*       any fragment of the document
//	… q: name eq 'Press*'         the rest is for the tenant, in its own language
//
// Terms are separated by blanks and all of them must hold. What does not have the form of a
// term is a word, whatever it looks like: nothing here is a regular expression.
//
// [Parse] reads what was typed, once per change; a [Term] compares values without allocating;
// [Complete] says how what is typed may go on. The package knows no list, no kind and no tenant.
package filter
