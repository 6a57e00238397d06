package keys_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"c8yx/keys"
)

func TestDefaultsHaveNoConflicts(t *testing.T) {
	m, err := keys.NewMap(nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range m.Conflicts() {
		t.Error(c)
	}
}

func TestEveryRecordIsComplete(t *testing.T) {
	name := regexp.MustCompile(`^[a-z]+\.[a-z]+$`)
	seen := map[keys.ID]bool{}
	for _, a := range keys.All() {
		switch {
		case !name.MatchString(string(a.ID)):
			t.Errorf("%q is not of the form thing.deed", a.ID)
		case seen[a.ID]:
			t.Errorf("%s stands in the table twice", a.ID)
		case a.Title == "" || a.Hint == "" || len(a.Keys) == 0:
			t.Errorf("%s lacks a title, a hint or a key", a.ID)
		case !slices.Contains(keys.Contexts(), a.Context):
			t.Errorf("%s belongs to the unknown context %q", a.ID, a.Context)
		case a.Destroys && !a.Writes:
			t.Errorf("%s destroys without writing", a.ID)
		case a.Writes && len(a.Needs) == 0 && a.Context != keys.Lists: // there each kind adds what it needs
			t.Errorf("%s writes without needing a permission", a.ID)
		}
		seen[a.ID] = true
	}
}

// A destructive key must not lie beside the keys that move, nor on a control
// combination that a shell, vim or tmux uses.
func TestDestructiveKeysAreOutOfTheWay(t *testing.T) {
	for _, a := range keys.All() {
		for _, key := range a.Keys {
			if a.Destroys && (strings.HasPrefix(key, "ctrl+") || slices.Contains(keys.Down.Keys, strings.ToLower(key))) {
				t.Errorf("%s destroys at the press of %q", a.ID, key)
			}
		}
	}
}

func TestRemapping(t *testing.T) {
	for name, tc := range map[string]struct {
		changes map[keys.ID][]string
		id      keys.ID
		want    []string
		wrong   string
	}{
		"another key":           {map[keys.ID][]string{"list.sort": {"m"}}, "list.sort", []string{"m"}, `"m" does both`},
		"a free key":            {map[keys.ID][]string{"list.sort": {"ctrl+s"}}, "list.sort", []string{"ctrl+s"}, ""},
		"several keys":          {map[keys.ID][]string{"help.open": {"?", "f2"}}, "help.open", []string{"?", "f2"}, ""},
		"no key":                {map[keys.ID][]string{"view.pause": {}}, "view.pause", []string{}, ""},
		"an unknown action":     {map[keys.ID][]string{"alarm.shout": {"!"}}, "view.pause", []string{"p"}, `no action "alarm.shout"`},
		"a key that is taken":   {map[keys.ID][]string{"view.pause": {"q"}}, "view.pause", []string{"p"}, `"q" does both`},
		"keys that swap":        {map[keys.ID][]string{"view.pause": {"r"}, "view.refresh": {"p", "f5"}}, "view.pause", []string{"r"}, ""},
		"a chain of conflicts":  {map[keys.ID][]string{"view.pause": {"r"}, "view.refresh": {"q"}}, "view.pause", []string{"p"}, `"q" does both`},
		"a key nobody has":      {map[keys.ID][]string{"view.pause": {"Return"}}, "view.pause", []string{"p"}, `write "enter"`},
		"a key of another kind": {map[keys.ID][]string{"alarm.clear": {"m"}}, "alarm.clear", []string{"m"}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			m, err := keys.NewMap(tc.changes)
			if tc.wrong == "" && err != nil {
				t.Fatal(err)
			}
			if tc.wrong != "" && (err == nil || !strings.Contains(err.Error(), tc.wrong)) {
				t.Fatalf("error %v, want %q in it", err, tc.wrong)
			}
			if tc.wrong == "" && !slices.Equal(m.Of(tc.id), tc.want) {
				t.Errorf("keys %q, want %q", m.Of(tc.id), tc.want)
			}
			if tc.wrong != "" && len(m.Conflicts()) != 0 {
				t.Errorf("the map that was returned still has conflicts: %v", m.Conflicts())
			}
		})
	}
}

func TestPresetsHaveNoConflicts(t *testing.T) {
	for _, preset := range keys.Presets() {
		m, err := keys.NewMap(preset.Changes)
		if err != nil {
			t.Errorf("%s: %v", preset.Name, err)
		}
		for _, c := range m.Conflicts() {
			t.Errorf("%s: %s", preset.Name, c)
		}
		for id, changed := range preset.Changes {
			if !slices.Equal(m.Of(id), changed) {
				t.Errorf("%s: %s has %q, want %q", preset.Name, id, m.Of(id), changed)
			}
		}
	}
}

// What a user changes counts more than his preset, and loses to nobody but to that.
func TestChangesOfAPreset(t *testing.T) {
	vim := keys.Presets()[1]
	m, err := vim.Map(map[keys.ID][]string{"cursor.pagedown": {"ctrl+y"}, "view.pause": {"ctrl+o"}})
	if err == nil || !strings.Contains(err.Error(), `"ctrl+o" does both`) {
		t.Errorf("error %v, want the conflict over ctrl+o", err)
	}
	for id, want := range map[keys.ID][]string{"cursor.pagedown": {"ctrl+y"}, "view.pause": {"p"}, "history.back": {"ctrl+o", "["}} {
		if got := m.Of(id); !slices.Equal(got, want) {
			t.Errorf("%s has %q, want %q", id, got, want)
		}
	}
}

func TestNamesOfKeys(t *testing.T) {
	for key, wrong := range map[string]string{
		"a": "", "A": "", "ä": "", "+": "", "ctrl++": "", "ctrl+p": "", "alt+ctrl+p": "order", "ctrl+alt+p": "", "shift+tab": "",
		"f1": "", "f63": "", "f64": "no key", "f01": "no key", "pgdown": "", "space": "", "ctrl+space": "", "ctrl+shift+left": "",
		"": "no name", " ": `write "space"`, "Enter": `write "enter"`, "return": `write "enter"`, "F5": `write "f5"`, "Ctrl+p": `write "ctrl+p"`,
		"shift+a": "write the letter", "ctrl+A": `write "ctrl+a"`, "ctrl+i": "the same for tab", "ctrl+banana": "no key", "gg": "no key", "\x1b": "no key",
	} {
		err := keys.CheckName(key)
		if wrong == "" && err != nil || wrong != "" && (err == nil || !strings.Contains(err.Error(), wrong)) {
			t.Errorf("%q: %v, want %q", key, err, wrong)
		}
	}
	for _, a := range keys.All() {
		for _, key := range a.Keys {
			if err := keys.CheckName(key); err != nil {
				t.Errorf("%s: %v", a.ID, err)
			}
		}
	}
}
