// Package text is the one door through which foreign text reaches the screen.
//
// What a tenant sends is data: a device may be called "\x1b[2J", carry a
// right-to-left override, or a name of 100 KB. [Clean] makes such a string
// harmless and returns it as [Safe], and widgets accept nothing else. Because
// Safe is a string type, a constant of our own needs no call
// (table.Column{Title: "NAME"}), while a variable does: handing a plain string
// to a widget does not compile. The one way around, an explicit conversion, is
// refused by a test of this package that reads the whole repository.
//
// Beside the door live the measures of what came through it: how many cells a
// text takes ([Width]), how it is fitted into a column ([Fit]), wrapped into a
// paragraph ([Wrap]), searched and highlighted ([AppendMatches]), and the short
// forms of ages, sizes and counts. A [Frame] puts texts and styles together into
// lines of exact width; table and tree draw with it. Widths are those of grapheme
// clusters, as ansi.StringWidth counts them, with East Asian ambiguous characters
// narrow.
//
// Nothing here knows what a text or a style means: no roles, no widgets, nothing
// of Cumulocity. Nothing here keeps state between frames.
package text
