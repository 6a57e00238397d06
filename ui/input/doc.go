// Package input is a line in which text is typed: the filter, the palette, the
// fields of dialogs. It stands on the text input of Bubbles and adds what all
// places share: our colours, a cursor that does not blink (so that an idle
// program draws nothing), and one door for pasted text.
package input
