package fragment

import (
	"maps"
	"slices"
	"strings"
)

// Remembered is what is worth keeping of a catalogue between two starts: the names of
// fragments, and the values of those that have few: words such as AVAILABLE and c8y_Linux.
// Anything that might be a secret, a name or a text of the tenant's is left out.
type Remembered struct {
	Fragments map[string][]string `json:"fragments"`
}

// Remember returns what is worth keeping, and whether it may differ from the last time.
func (c *Catalogue) Remember() (Remembered, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	r := Remembered{Fragments: make(map[string][]string, len(c.paths))}
	for path, e := range c.paths {
		r.Fragments[path] = words(path, e.values)
	}
	changed := c.changed
	c.changed = false
	return r, changed
}

// words returns the values of a path that are words of a vocabulary.
func words(path string, values map[string]int) []string {
	for _, suspicious := range []string{"pass", "secret", "token", "key", "credential", "pin", "auth", "cert"} {
		if strings.Contains(strings.ToLower(path), suspicious) {
			return nil
		}
	}
	for value, n := range values {
		if n < often || !isWord(value) {
			return nil
		}
	}
	return slices.Sorted(maps.Keys(values))
}

// isWord reports whether a value has the form of a constant.
func isWord(s string) bool {
	const longest = 40
	if len(s) > longest {
		return false
	}
	for i, r := range s {
		letter := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r == '_'
		if !letter && (i == 0 || r < '0' || r > '9') {
			return false
		}
	}
	return true
}

// Recall adds what was kept.
func (c *Catalogue) Recall(r Remembered) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.paths == nil {
		c.paths = map[string]*entry{}
	}
	for path, values := range r.Fragments {
		if len(path) > maxName || len(c.paths) >= maxPaths {
			continue
		}
		e := c.paths[path]
		if e == nil {
			e = &entry{values: map[string]int{}}
			c.paths[path] = e
		}
		for _, v := range values {
			if e.values != nil && len(e.values) < maxValues && len(v) <= maxValue {
				e.values[v] += often
			}
		}
	}
}
