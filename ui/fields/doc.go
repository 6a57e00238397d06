// Package fields draws what is known about one thing: labels with values beside
// them, under headings, wrapped to the width that there is.
//
// Views hand over a list of [Field] and get lines, so that a detail pane beside
// a list, beside a tree, and a page about one thing look the same. A [Pane] is
// the form beside something else, drawn again only when it says something else;
// a [Pair] puts two columns of lines side by side. A
// [Card] is the same as a dialog, where a pane has no room. What a field means
// is the caller's affair: no knowledge of any domain may enter.
package fields
