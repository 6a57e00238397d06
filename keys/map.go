package keys

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Map is the table of actions after a user's remapping: which keys each
// action has. The zero Map has no keys at all; start with [NewMap].
type Map struct {
	keys map[ID][]string
}

// NewMap returns the default keys with the given changes. An action whose list is empty loses
// its keys and stays reachable by the palette. The error is a [*MapError]; the map is usable
// nevertheless, with the offending changes left out.
func NewMap(changes map[ID][]string) (*Map, error) { return newMap(defaults(), changes) }

// MapError is what is wrong with the changes of a user. The map does without them.
type MapError struct {
	Unknown   []ID // there are no such actions
	Names     []NameError
	Conflicts []Conflict
}

// NameError is a key of an action that nobody can press.
type NameError struct {
	ID  ID
	Err error
}

func (e *MapError) Error() string {
	var wrong []string
	for _, id := range e.Unknown {
		wrong = append(wrong, fmt.Sprintf("there is no action %q", id))
	}
	for _, n := range e.Names {
		wrong = append(wrong, fmt.Sprintf("%s: %v", n.ID, n.Err))
	}
	for _, c := range e.Conflicts {
		wrong = append(wrong, c.String())
	}
	return "key mapping: " + strings.Join(wrong, "; ")
}

// defaults returns the keys as they are without any change.
func defaults() map[ID][]string {
	keys := make(map[ID][]string)
	for _, a := range All() {
		keys[a.ID] = a.Keys
	}
	return keys
}

// newMap applies changes to keys that are free of conflicts.
func newMap(base, changes map[ID][]string) (*Map, error) {
	m := &Map{keys: maps.Clone(base)}
	var wrong MapError
	for _, id := range slices.Sorted(maps.Keys(changes)) {
		if _, known := base[id]; !known {
			wrong.Unknown = append(wrong.Unknown, id)
			continue
		}
		m.keys[id] = slices.Clone(changes[id])
		for _, key := range changes[id] {
			if err := CheckName(key); err != nil {
				wrong.Names = append(wrong.Names, NameError{ID: id, Err: err})
				m.keys[id] = base[id]
			}
		}
	}
	// An action that gets its old keys back may find that another has taken them.
	for settling := true; settling; {
		settling = false
		for _, c := range m.Conflicts() {
			wrong.Conflicts = append(wrong.Conflicts, c)
			for _, id := range []ID{c.First, c.Second} {
				if _, changed := changes[id]; changed && !slices.Equal(m.keys[id], base[id]) {
					m.keys[id], settling = base[id], true
				}
			}
		}
	}
	if wrong.Unknown != nil || wrong.Names != nil || wrong.Conflicts != nil {
		return m, &wrong
	}
	return m, nil
}

// Of returns the keys of an action, the one to show first.
func (m *Map) Of(id ID) []string { return m.keys[id] }

// Matches reports whether the key, named as Bubble Tea names it ("ctrl+p",
// "A", "space"), does the action.
func (m *Map) Matches(key string, id ID) bool {
	return slices.Contains(m.keys[id], key)
}

// Conflict is one key that would do two things in one place.
type Conflict struct {
	Key           string
	First, Second ID
}

func (c Conflict) String() string {
	return fmt.Sprintf("%q does both %s and %s", c.Key, c.First, c.Second)
}

// Conflicts returns every key that two actions share although both are
// offered in one place.
func (m *Map) Conflicts() []Conflict {
	var found []Conflict
	all := All()
	for i, a := range all {
		for _, b := range all[i+1:] {
			if !a.Context.within(b.Context) && !b.Context.within(a.Context) {
				continue
			}
			for _, key := range m.keys[a.ID] {
				if m.Matches(key, b.ID) {
					found = append(found, Conflict{Key: key, First: a.ID, Second: b.ID})
				}
			}
		}
	}
	return found
}
