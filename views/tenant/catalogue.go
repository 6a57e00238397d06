package tenant

import (
	"sync"

	"c8yx/views/fragment"
)

// catalogue is what is known of one sort of documents.
type catalogue struct {
	fragment.Catalogue
	recalled sync.Once
}

// Catalogue returns what is known of the fragments in one sort of documents: "inventory",
// "alarms".
func (t *Tenant) Catalogue(of string) *fragment.Catalogue { return &t.catalogue(of).Catalogue }

func (t *Tenant) catalogue(of string) *catalogue {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.catalogues == nil {
		t.catalogues = make(map[string]*catalogue)
	}
	if t.catalogues[of] == nil {
		t.catalogues[of] = &catalogue{}
	}
	return t.catalogues[of]
}

// RecallCatalogue adds to a catalogue what was kept of it when the program ran before. It does so
// once, and does file I/O.
func (t *Tenant) RecallCatalogue(of string) {
	c := t.catalogue(of)
	c.recalled.Do(func() {
		var kept fragment.Remembered
		if t.State.Load(keptAs(of), &kept) == nil { // one that is damaged will be replaced
			c.Recall(kept)
		}
	})
}

// KeepCatalogue keeps a catalogue for the next start, if there is anything new in it. It does file
// I/O. The error is for whoever wants to tell; nothing is lost but suggestions.
func (t *Tenant) KeepCatalogue(of string) error {
	kept, changed := t.Catalogue(of).Remember()
	if !changed {
		return nil
	}
	return t.State.Save(keptAs(of), kept)
}

func keptAs(of string) string { return "fragments/" + of }
