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
		case a.Writes && len(a.Needs) == 0:
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
