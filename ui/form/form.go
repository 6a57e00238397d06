package form

import (
	"c8yx/theme"
	"c8yx/ui/dialog"
	"c8yx/ui/text"
)

// Options is what a form is made of.
type Options struct {
	Title text.Safe
	// Intro says what this is about, a paragraph each.
	Intro []text.Safe
	// Picture draws what stands above the fields if there is room for all of it; its
	// lines are at most width cells wide. It may be nil.
	Picture func(th *theme.Theme, width int) []string
	Fields  []Field
	// Submit is the word on the button: "Create", "Sign in". "OK" if empty.
	Submit text.Safe
	// Also are further things that can be done instead of submitting.
	Also []Button
	// Danger draws the form as one whose submitting destroys something.
	Danger bool
	// Wide uses the whole width of the screen, for documents.
	Wide bool
	// Check looks at all fields together, once each is right by itself, and returns
	// what is wrong with which.
	Check func(Values) map[string]text.Safe
	// Accept takes the values. The form stays open, so that a refusal loses nothing:
	// close it, or tell it [Form.Busy] and later [Form.Fail] or [Form.Close].
	Accept func(*Form, Values)
	// Cancel runs when the user left the form without submitting, or while it was
	// busy. It may be nil.
	Cancel func()
	// Stop, if given, stops what the form is busy with when the user presses esc
	// meanwhile. The form goes on; without Stop it is left.
	Stop func(*Form)
}

// Button is something to do besides submitting.
type Button struct {
	Key   string // that does it from anywhere in the form, such as "ctrl+t"; may be ""
	Title text.Safe
	Run   func(*Form)
}

// Form is an open form.
type Form struct {
	options Options
	fields  []*field
	buttons []Button // Submit first
	at      int      // a field, or behind the fields a button

	busy    text.Safe // what is under way
	failure text.Safe // what went wrong with all of it
	told    text.Safe // what went well
	asking  *dialog.Confirm
	done    bool

	picks []string // completions of the field in focus
	pick  int      // the one under the cursor, -1 if none is
	top   int      // the first line that is drawn
	rows  []int    // for each drawn line, the field or button on it, -1 for none
}

// field is a field with what is typed so far.
type field struct {
	Field
	entry   entry
	began   string    // the value at the beginning
	touched bool      // it was left once, so that its problems count
	refused text.Safe // what somebody else said of it
}

// New returns a form with the focus on the first field that is empty.
func New(o Options) *Form {
	if o.Submit == "" {
		o.Submit = "OK"
	}
	f := &Form{options: o, pick: -1}
	for _, asked := range o.Fields {
		if asked.Input == nil {
			asked.Input = Text()
		}
		e := asked.Input.open(asked)
		f.fields = append(f.fields, &field{Field: asked, entry: e, began: e.value()})
	}
	f.buttons = append([]Button{{Title: o.Submit, Run: (*Form).submit}}, o.Also...)
	f.at = f.first()
	return f
}

// first returns the first visible field that is required and empty, else the
// first visible one, else the button.
func (f *Form) first() int {
	values, any := f.Values(), -1
	for i, fl := range f.fields {
		if !values.Has(fl.Name) {
			continue
		}
		if any < 0 {
			any = i
		}
		if fl.Required && fl.entry.value() == "" {
			return i
		}
	}
	if any < 0 {
		return len(f.fields)
	}
	return any
}

// Done reports whether the form is closed.
func (f *Form) Done() bool { return f.done }

// Close closes the form, whatever is in it.
func (f *Form) Close() { f.done = true }

// Busy says what is under way; until it ends, only esc is taken.
func (f *Form) Busy(what text.Safe) { f.busy, f.failure, f.told = what, "", "" }

// Tell says what came of what was under way, when the form goes on nevertheless.
func (f *Form) Tell(what text.Safe) { f.busy, f.failure, f.told = "", "", what }

// Fail says why what was under way failed. The form goes on with everything that
// was typed.
func (f *Form) Fail(why text.Safe) { f.busy, f.failure, f.told = "", why, "" }

// FieldFail says what is wrong with one field, and puts the focus on it.
func (f *Form) FieldFail(name string, why text.Safe) {
	f.busy, f.told = "", ""
	for i, fl := range f.fields {
		if fl.Name == name {
			fl.refused, fl.touched = why, true
			f.focus(i)
		}
	}
}

// Set replaces what is in a field.
func (f *Form) Set(name, value string) {
	for _, fl := range f.fields {
		if fl.Name == name {
			fl.entry.set(value)
			fl.refused = ""
		}
	}
	f.settle()
}

// Values returns what is in the visible fields now, right or wrong.
func (f *Form) Values() Values {
	var all Values
	for _, fl := range f.fields {
		v := value{name: fl.Name, text: fl.entry.value(), input: fl.Input}
		v.changed = v.text != fl.began
		all.entries = append(all.entries, v)
	}
	kept := Values{}
	for i, fl := range f.fields {
		if fl.Visible == nil || fl.Visible(all) {
			kept.entries = append(kept.entries, all.entries[i])
		}
	}
	return kept
}

// changed reports whether anything was typed that would be lost.
func (f *Form) changed() bool {
	for _, fl := range f.fields {
		if fl.entry.value() != fl.began {
			return true
		}
	}
	return false
}

// wrong says what is wrong with a field, "" if nothing is.
func (fl *field) wrong() text.Safe {
	typed := fl.entry.value()
	switch {
	case fl.refused != "":
		return fl.refused
	case blank(typed) && fl.Required:
		return "this is needed"
	case typed == "":
		return ""
	}
	if p := fl.entry.problem(); p != "" {
		return p
	}
	if fl.Validate != nil {
		return fl.Validate(typed)
	}
	return ""
}

// Checked checks everything, and returns the values and whether nothing is wrong with them. The
// first wrong field gets the focus.
func (f *Form) Checked() (Values, bool) {
	f.failure = ""
	values, wrong := f.Values(), -1
	for i := len(f.fields) - 1; i >= 0; i-- {
		fl := f.fields[i]
		fl.touched = true
		fl.refused = ""
		if values.Has(fl.Name) && fl.wrong() != "" {
			wrong = i
		}
	}
	if wrong < 0 && f.options.Check != nil {
		problems := f.options.Check(values)
		for i := len(f.fields) - 1; i >= 0; i-- {
			if why := problems[f.fields[i].Name]; why != "" {
				f.fields[i].refused, wrong = why, i
			}
		}
	}
	if wrong >= 0 {
		f.focus(wrong)
	}
	return values, wrong < 0
}

// submit hands the values on, if nothing is wrong with them.
func (f *Form) submit() {
	values, right := f.Checked()
	switch {
	case !right:
	case f.options.Accept != nil:
		f.options.Accept(f, values)
	default:
		f.done = true
	}
}

// leave closes the form, after a question if something would be lost.
func (f *Form) leave() {
	if f.busy != "" && f.options.Stop != nil {
		f.busy = ""
		f.options.Stop(f)
		return
	}
	if f.busy != "" || !f.changed() {
		f.cancel()
		return
	}
	f.asking = &dialog.Confirm{
		Title: f.options.Title, Question: "Throw away what you have entered?",
		Yes: "Throw away", Danger: true, Accept: f.cancel,
	}
}

func (f *Form) cancel() {
	f.done = true
	if f.options.Cancel != nil {
		f.options.Cancel()
	}
}
