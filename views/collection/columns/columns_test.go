package columns_test

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"c8yx/theme"
	"c8yx/ui/text"
	"c8yx/views/collection/columns"
)

func TestALayoutIsReadAndWritten(t *testing.T) {
	for written, want := range map[string]string{
		"name":                          "name",
		"name,type:20":                  "name,type:20",
		" name , c8y_Hardware.model:9 ": "name,c8y_Hardware.model:9",
		"name,name:5,type":              "name,type",
	} {
		l, err := columns.Parse(written)
		if err != nil || l.String() != want {
			t.Errorf("%q: %q, %v; want %q", written, l, err, want)
		}
	}
	for _, wrong := range []string{"", "name,", "name:x", "name:2", "name:201", ":5"} {
		if l, err := columns.Parse(wrong); err == nil {
			t.Errorf("%q is read as %v", wrong, l)
		}
	}
}

// scene is a chooser with what it did.
type scene struct {
	*columns.Chooser
	changed, kept columns.Layout
	keeps         int
}

func open() *scene {
	s := &scene{}
	entries := []columns.Entry{
		{Name: "name", Title: "NAME", Sortable: true, Shown: true},
		{Name: "type", Title: "TYPE", Sortable: true, Shown: true},
		{Name: "file", Title: "FILE", Shown: true},
		{Name: "created", Title: "CREATED", Sortable: true},
	}
	s.Chooser = columns.New(columns.Options{
		Title: "Devices", Entries: entries, Sort: "name", Defaults: entries, DefaultOrder: "name",
		Fragments: &columns.Fragments{
			Paths: []string{"c8y_Hardware", "c8y_Hardware.model", "c8y_Hardware.serialNumber", "c8y_Position", "c8y_Position.alt"},
			About: func(string) text.Safe { return "in 7 %" },
		},
		Change: func(l columns.Layout) { s.changed = l },
		Keep:   func(l columns.Layout) { s.kept, s.keeps = l, s.keeps+1 },
	})
	return s
}

// press presses keys with blanks between them; words that are no keys are typed.
func (s *scene) press(keys string) *scene {
	named := map[string]tea.KeyPressMsg{
		"up": {Code: tea.KeyUp}, "down": {Code: tea.KeyDown}, "left": {Code: tea.KeyLeft}, "right": {Code: tea.KeyRight},
		"enter": {Code: tea.KeyEnter}, "esc": {Code: tea.KeyEscape}, "tab": {Code: tea.KeyTab}, "space": {Code: tea.KeySpace, Text: " "},
		"home": {Code: tea.KeyHome}, "end": {Code: tea.KeyEnd}, "delete": {Code: tea.KeyDelete},
	}
	for key := range strings.FieldsSeq(keys) {
		if msg, ok := named[key]; ok {
			s.Key(msg)
			continue
		}
		for _, r := range key {
			s.Key(tea.KeyPressMsg{Code: r, Text: string(r)})
		}
	}
	return s
}

func (s *scene) screen() string {
	return ansi.Strip(strings.Join(s.Render(theme.New(theme.Standard, true), 80, 24), "\n"))
}

func TestColumnsAreChosen(t *testing.T) {
	for keys, want := range map[string]struct{ columns, sort string }{
		"down space":  {"name,file", "name"},
		"end space":   {"name,type,file,created", "name"},
		"J":           {"type,name,file", "name"},
		"down K":      {"type,name,file", "name"},
		"K J J J J J": {"type,file,name", "name"},
		"right right": {"name:10,type,file", "name"},
		"right left left left left left left left left": {"name:3,type,file", "name"},
		"right 0":                  {"name,type,file", "name"},
		"s":                        {"name,type,file", "-name"},
		"s s":                      {"name,type,file", "name"},
		"down s":                   {"name,type,file", "type"},
		"down down s right 0":      {"name,type,file", "name"}, // not sortable
		"a c8y_X.y enter":          {"name,c8y_X.y,type,file", "name"},
		"a model down enter":       {"name,c8y_Hardware.model,type,file", "name"},
		"a c8y_h tab mo tab enter": {"name,c8y_Hardware.model,type,file", "name"},
		"a c8y_Position. enter":    {"name,c8y_Position,type,file", "name"},
		"a c8y_X.y enter s":        {"name,c8y_X.y,type,file", "c8y_X.y"},
		"a c8y_X.y enter s D":      {"name,type,file", "name"},
		"a c8y_X.y enter up a c8y_X.y enter space": {"name,type,file", "name"}, // added once
		"down space s J R":                         {"name,type,file", "name"},
	} {
		s := open().press(keys)
		if s.changed.String() != want.columns || s.changed.Sort != want.sort {
			t.Errorf("%s: %s by %s, want %s by %s", keys, s.changed, s.changed.Sort, want.columns, want.sort)
		}
		s.press("enter")
		if !s.Done() || s.keeps != 1 || !s.kept.Equal(s.changed) {
			t.Errorf("%s: kept %v", keys, s.kept)
		}
	}
}

func TestWhatCannotBeChosenSaysWhy(t *testing.T) {
	for keys, want := range map[string]string{
		"space down space down space": "One column stays",
		"down down s":                 "cannot be sorted by file",
		"D":                           "Only fragments can be removed",
		"a model enter":               "A path is names with dots",
		"a c8y_X,y enter":             "A path is names with dots",
		"a c8y_Nothing":               "No document here has that",
		"a hard":                      "c8y_Hardware.…",
		"a":                           "in 7 %",
	} {
		if screen := open().press(keys).screen(); !strings.Contains(screen, want) {
			t.Errorf("%s does not say %q:\n%s", keys, want, screen)
		}
	}
}

func TestEscGoesBackToHowItWas(t *testing.T) {
	s := open().press("down space s esc")
	if !s.Done() || s.keeps != 0 || s.changed.String() != "name,type,file" || s.changed.Sort != "name" {
		t.Errorf("left with %s by %s, kept %d times", s.changed, s.changed.Sort, s.keeps)
	}
	if s := open().press("a x esc"); s.Done() {
		t.Error("esc out of a path closes everything")
	}
}
