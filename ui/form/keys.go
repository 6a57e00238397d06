package form

import (
	"strings"

	tea "charm.land/bubbletea/v2"
)

// Key moves between the fields, submits, leaves, or goes to the field in focus.
func (f *Form) Key(msg tea.KeyPressMsg) {
	key := msg.String()
	switch {
	case f.asking != nil:
		f.asking.Key(msg)
		if f.asking.Done() {
			f.asking = nil
		}
		return
	case key == "esc" && f.pick >= 0:
		f.pick = -1
		return
	case key == "esc":
		f.leave()
		return
	case f.busy != "":
		return
	case key == "ctrl+s":
		f.submit()
		return
	}
	for _, b := range f.buttons {
		if b.Key != "" && b.Key == key {
			b.Run(f)
			return
		}
	}
	if f.at >= len(f.fields) {
		f.buttonKey(key)
		return
	}
	f.fieldKey(msg, key)
}

// buttonKey is a key while a button has the focus.
func (f *Form) buttonKey(key string) {
	switch key {
	case "enter", "space":
		f.buttons[f.at-len(f.fields)].Run(f)
	case "tab", "down", "right":
		f.move(1)
	case "shift+tab", "up", "left":
		f.move(-1)
	}
}

// fieldKey is a key while a field has the focus.
func (f *Form) fieldKey(msg tea.KeyPressMsg, key string) {
	fl := f.fields[f.at]
	switch key {
	case "tab":
		if !f.complete() {
			f.move(1)
		}
		return
	case "shift+tab":
		f.move(-1)
		return
	case "ctrl+space", "ctrl+@":
		f.suggest()
		return
	case "down":
		if f.pick+1 < len(f.picks) {
			f.pick++
			return
		}
	case "up":
		if f.pick >= 0 {
			f.pick--
			return
		}
	case "enter":
		if f.pick >= 0 {
			f.take(f.picks[f.pick])
			return
		}
	}
	before := fl.entry.value()
	switch {
	case fl.entry.key(msg):
		if fl.entry.value() != before {
			f.typed(fl)
		}
	case key == "up":
		f.move(-1)
	case key == "down":
		f.move(1)
	case key == "enter" && f.last():
		f.submit()
	case key == "enter":
		f.move(1)
	}
}

// typed says that the value of the field in focus has changed.
func (f *Form) typed(fl *field) {
	fl.refused, f.failure, f.told = "", "", ""
	f.suggest()
	f.settle()
}

// suggest lists what the typed text may become.
func (f *Form) suggest() {
	f.picks, f.pick = nil, -1
	if f.at >= len(f.fields) {
		return
	}
	fl := f.fields[f.at]
	typed := fl.entry.value()
	if fl.Suggest != nil {
		f.picks = fl.Suggest(typed)
	}
	if len(f.picks) == 1 && f.picks[0] == typed {
		f.picks = nil
	}
}

// choices returns the completions that are offered: those that were looked up
// come when they come.
func (f *Form) choices() []string {
	if f.at >= len(f.fields) {
		return nil
	}
	if c, ok := f.fields[f.at].entry.(completer); ok {
		f.picks = c.completions()
		if len(f.picks) == 1 && f.picks[0] == f.fields[f.at].entry.value() {
			f.picks = nil
		}
	}
	f.pick = min(f.pick, len(f.picks)-1)
	return f.picks
}

// complete extends the typed text as far as all completions agree, or takes the
// one under the cursor. It reports whether it did.
func (f *Form) complete() bool {
	all := f.choices()
	if len(all) == 0 {
		return false
	}
	if f.pick >= 0 {
		f.take(all[f.pick])
		return true
	}
	typed, common := f.fields[f.at].entry.value(), all[0]
	for _, c := range all[1:] {
		for !strings.HasPrefix(c, common) {
			common = common[:len(common)-1]
		}
	}
	if len(common) <= len(typed) || !strings.HasPrefix(common, typed) {
		return false
	}
	f.take(strings.ToValidUTF8(common, ""))
	return true
}

// take puts a completion into the field.
func (f *Form) take(completion string) {
	fl := f.fields[f.at]
	fl.entry.set(completion)
	f.typed(fl)
}

// move goes to the next or the previous field that is visible, or button.
func (f *Form) move(by int) {
	values := f.Values()
	n := len(f.fields) + len(f.buttons)
	for i, at := 0, f.at; i < n; i++ {
		at = (at + by + n) % n
		if at >= len(f.fields) || values.Has(f.fields[at].Name) {
			f.focus(at)
			return
		}
	}
}

func (f *Form) focus(at int) {
	if f.at < len(f.fields) && at != f.at {
		f.fields[f.at].touched = true
	}
	f.at, f.picks, f.pick = at, nil, -1
}

// settle moves the focus on if the field that has it is asked for no more.
func (f *Form) settle() {
	if f.at < len(f.fields) && !f.Values().Has(f.fields[f.at].Name) {
		f.move(1)
	}
}

// last reports whether the field in focus is the last visible one.
func (f *Form) last() bool {
	values := f.Values()
	for _, fl := range f.fields[f.at+1:] {
		if values.Has(fl.Name) {
			return false
		}
	}
	return true
}

// Paste puts pasted text into the field in focus.
func (f *Form) Paste(s string) {
	if f.asking != nil || f.busy != "" || f.at >= len(f.fields) {
		return
	}
	fl := f.fields[f.at]
	fl.entry.paste(s)
	f.typed(fl)
}

// Mouse focuses the field that was clicked, or does what the button says. The
// position is relative to the form's upper left corner.
func (f *Form) Mouse(msg tea.MouseMsg, at tea.Mouse) {
	if f.asking != nil || f.busy != "" || at.Y < 0 || at.Y >= len(f.rows) {
		return
	}
	switch msg.(type) {
	case tea.MouseWheelMsg:
		if at.Button == tea.MouseWheelDown {
			f.move(1)
		} else {
			f.move(-1)
		}
	case tea.MouseClickMsg:
		on := f.rows[at.Y]
		switch {
		case on < 0 || at.Button != tea.MouseLeft:
		case on >= len(f.fields):
			f.focus(on)
			f.buttons[on-len(f.fields)].Run(f)
		case on == f.at:
			f.clicked()
		default:
			f.focus(on)
			f.clicked()
		}
	}
}

// clicked switches a toggle by the click that focuses it.
func (f *Form) clicked() {
	if t, ok := f.fields[f.at].entry.(*toggleEntry); ok {
		t.on = !t.on
		f.typed(f.fields[f.at])
	}
}

func blank(s string) bool { return strings.TrimSpace(s) == "" }
