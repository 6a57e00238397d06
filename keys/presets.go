package keys

import "maps"

// Preset is a set of keys for people who come from somewhere else: what differs from the default
// keys.
type Preset struct {
	Name string
	// For says whom it suits.
	For     string
	Changes map[ID][]string
}

// Presets returns all presets, the default one first.
func Presets() []Preset {
	return []Preset{
		{Name: "default", For: "nobody in particular; arrows and hjkl both move"},
		{Name: "vim", For: "fingers that know vim", Changes: map[ID][]string{
			PageDown.ID: {"ctrl+f", "ctrl+d", "pgdown"},
			PageUp.ID:   {"ctrl+b", "ctrl+u", "pgup"},
			First.ID:    {"g", "home"},
			Last.ID:     {"G", "end"},
			Up.ID:       {"k", "up"},
			Down.ID:     {"j", "down"},
			Left.ID:     {"h", "left"},
			Right.ID:    {"l", "right"},
			Earlier.ID:  {"ctrl+o", "["},
			Refresh.ID:  {"r", "ctrl+r", "f5"},
		}},
		{Name: "k9s", For: "fingers that know k9s", Changes: map[ID][]string{
			PageDown.ID: {"ctrl+f", "pgdown", "ctrl+d"},
			PageUp.ID:   {"ctrl+b", "pgup", "ctrl+u"},
			Palette.ID:  {":", "ctrl+a"},
			Refresh.ID:  {"ctrl+r", "r", "f5"},
			Quit.ID:     {"q", "ctrl+q"},
		}},
	}
}

// Map returns the keys of the preset after a user's changes, see [NewMap].
func (p Preset) Map(changes map[ID][]string) (*Map, error) {
	base := defaults()
	maps.Copy(base, p.Changes)
	return newMap(base, changes)
}
