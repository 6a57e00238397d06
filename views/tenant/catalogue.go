package tenant

import "c8yx/views/fragment"

// Catalogue returns what is known of the fragments in one sort of documents: "inventory",
// "alarms".
func (t *Tenant) Catalogue(of string) *fragment.Catalogue {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.catalogues == nil {
		t.catalogues = make(map[string]*fragment.Catalogue)
	}
	if t.catalogues[of] == nil {
		t.catalogues[of] = &fragment.Catalogue{}
	}
	return t.catalogues[of]
}
