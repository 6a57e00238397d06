// Package input is where text is typed: a [Line] for the filter, the palette and
// the fields of forms, and an [Area] for notes and documents.
//
// Both keep what was typed or given to them as it is, byte for byte, so that a
// value which is edited does not change where nobody touched it; only what is
// drawn passes the cleaning door. The cursor does not blink, so that an idle
// program draws nothing.
package input
