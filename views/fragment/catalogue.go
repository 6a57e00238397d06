package fragment

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/go-json-experiment/json/jsontext"

	"c8yx/c8yclient"
)

// The bounds of a catalogue: what nobody would choose from is not worth keeping.
const (
	maxPaths   = 2000
	maxDepth   = 4
	maxValues  = 30 // of a path; one with more different ones has no values worth suggesting
	maxValue   = 60 // bytes of a value
	maxName    = 120
	firstLooks = 2000 // documents that are looked at each …
	thenEvery  = 16   // … and then every so many
	often      = 2    // is how often a value must occur to be worth remembering
)

// Catalogue notes which fragments the documents of a tenant have, and which values occur in
// them. It looks at a sample of the documents and keeps a bounded number of names. It may be
// used from any goroutine.
type Catalogue struct {
	mu      sync.Mutex
	paths   map[string]*entry
	looks   int
	changed bool // since it was last written
}

// entry is what is known of a path.
type entry struct {
	seen   int            // how many documents have it, of those looked at
	values map[string]int // nil once there are too many
}

// Look notes what a document has.
func (c *Catalogue) Look(document jsontext.Value) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.looks++; c.looks > firstLooks && c.looks%thenEvery != 0 {
		return
	}
	if c.paths == nil {
		c.paths = map[string]*entry{}
	}
	c.look("", document, 1)
}

func (c *Catalogue) look(prefix string, object jsontext.Value, depth int) {
	d := c8yclient.Document{Fragments: object}
	for name, value := range d.AllFragments() {
		path := prefix + name
		if name == "" || strings.ContainsAny(name, ". \t\n\"'=<>~!") || len(path) > maxName {
			continue // cannot be written as a path
		}
		e := c.entry(path)
		if e == nil {
			return
		}
		e.seen++
		c.note(e, path, value, depth)
	}
}

// note looks at a value.
func (c *Catalogue) note(e *entry, path string, value jsontext.Value, depth int) {
	switch value.Kind() {
	case '{':
		if depth < maxDepth {
			c.look(path+".", value, depth+1)
		}
	case '[':
		n := 0
		for element := range Elements(value) {
			if n++; n > 3 {
				break
			}
			if element.Kind() == '{' {
				if depth < maxDepth {
					c.look(path+".", element, depth+1)
				}
			} else {
				c.add(e, Plain(element))
			}
		}
	default:
		c.add(e, Plain(value))
	}
}

// entry returns the entry of a path, nil if there is no room for another.
func (c *Catalogue) entry(path string) *entry {
	e := c.paths[path]
	if e == nil && len(c.paths) < maxPaths {
		e = &entry{values: map[string]int{}}
		c.paths[path] = e
		c.changed = true
	}
	return e
}

// add notes a value of a path.
func (c *Catalogue) add(e *entry, value string) {
	if e.values == nil || value == "" {
		return
	}
	if e.values[value]++; e.values[value] == often {
		c.changed = true
	}
	if len(value) > maxValue || len(e.values) > maxValues {
		e.values, c.changed = nil, true
	}
}

// Paths returns all known paths, in alphabetical order.
func (c *Catalogue) Paths() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Sorted(maps.Keys(c.paths))
}

// Has reports whether a document that was looked at has something at the path.
func (c *Catalogue) Has(path string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.paths[path] != nil
}

// Share returns how many of a hundred documents had the path, 1 at least if any had; 0 if none.
func (c *Catalogue) Share(path string) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	e := c.paths[path]
	if e == nil || c.looks == 0 || e.seen == 0 {
		return 0
	}
	looked := min(c.looks, firstLooks) + max(0, c.looks-firstLooks)/thenEvery
	return max(1, min(100, e.seen*100/looked))
}

// Values returns values that occur at a path, the most frequent first; none if there are too
// many different ones.
func (c *Catalogue) Values(path string) []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	e := c.paths[path]
	if e == nil {
		return nil
	}
	return slices.SortedFunc(maps.Keys(e.values), func(a, b string) int {
		return cmp.Or(cmp.Compare(e.values[b], e.values[a]), cmp.Compare(a, b))
	})
}
