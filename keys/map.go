package keys

import (
	"fmt"
	"slices"
	"strings"
)

// Map is the table of actions after a user's remapping: which keys each
// action has. The zero Map has no keys at all; start with [NewMap].
type Map struct {
	keys map[ID][]string
}

// NewMap returns the default keys with the given changes. An action whose
// list is empty loses its keys and stays reachable by the palette. The error
// names every identifier that does not exist and every [Conflict]; the map is
// usable nevertheless, with the offending changes left out.
func NewMap(changes map[ID][]string) (*Map, error) {
	m := &Map{keys: make(map[ID][]string)}
	for _, a := range All() {
		m.keys[a.ID] = a.Keys
	}
	var wrong []string
	for _, id := range sortedIDs(changes) {
		if _, known := m.keys[id]; !known {
			wrong = append(wrong, fmt.Sprintf("there is no action %q", id))
			continue
		}
		m.keys[id] = slices.Clone(changes[id])
	}
	for _, c := range m.Conflicts() {
		wrong = append(wrong, c.String())
		for _, id := range []ID{c.First, c.Second} {
			if _, changed := changes[id]; changed {
				m.keys[id] = find(id).Keys
			}
		}
	}
	if wrong != nil {
		return m, fmt.Errorf("key mapping: %s", strings.Join(wrong, "; "))
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

func find(id ID) Action {
	all := All()
	return all[slices.IndexFunc(all, func(a Action) bool { return a.ID == id })]
}

func sortedIDs(changes map[ID][]string) []ID {
	ids := make([]ID, 0, len(changes))
	for id := range changes {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids
}
