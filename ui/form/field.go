package form

import (
	tea "charm.land/bubbletea/v2"

	"c8yx/theme"
	"c8yx/ui/text"
)

// Field is one thing that is asked for. Name and Label must be given.
type Field struct {
	Name  string    // by which [Values] know it
	Label text.Safe // one to three words
	// Input is how it is entered: [Secret], [Number], [Choice] and so on; nil is a
	// line of text.
	Input Input
	// Value is what the field begins with. It may come from a tenant: it is drawn
	// clean and kept as it is.
	Value string
	// Placeholder stands in the field while it is empty: an example.
	Placeholder text.Safe
	// Note is a sentence of help, shown while the field has the focus.
	Note     text.Safe
	Required bool
	// Validate says what is wrong with the typed text, "" if nothing is. It is asked
	// at every key, so it must be quick, and not for empty fields.
	Validate func(typed string) text.Safe
	// Suggest lists what the typed text may become. It is asked at every key.
	Suggest func(typed string) []string
	// Visible says whether the field is asked for, given the others. nil is always.
	Visible func(Values) bool
}

// Input is how a field is entered. Those of this package are all there are.
type Input interface{ open(Field) entry }

// entry is an open field: what is typed so far.
type entry interface {
	// key reports whether the key meant something to the field; if not, the form
	// takes it.
	key(tea.KeyPressMsg) bool
	paste(string)
	value() string
	set(string)
	// problem says what is wrong with the value by its nature: not a number, no
	// such file. It is not asked for an empty one.
	problem() text.Safe
	// draw returns the field's lines, at most height of them.
	draw(th *theme.Theme, width, height int, focused bool) []string
}

// noter is an entry with something to say of its own value, such as the size of
// the file.
type noter interface{ note() text.Safe }

// completer is an entry whose completions are looked up beside the update loop.
type completer interface{ completions() []string }
