// Package keys names everything that can be done and the keys that do it.
//
// An [Action] is the static half of an action: identifier, title, default
// keys, and what kind of deed it is. Views bind behaviour to it. Because all
// records stand in one table, the key sheet, the help overlay, the palette,
// the footer and the conflict check are made from the same source. A [Map]
// is the table after a user's remapping. Nothing here runs anything, draws
// anything, or knows what an alarm is beyond its name.
package keys
