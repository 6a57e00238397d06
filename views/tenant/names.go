package tenant

// Remember notes what a thing is called, so that other views can call it by
// its name. The latest name counts.
func (t *Tenant) Remember(id, name string) {
	if name == "" {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.names == nil {
		t.names = make(map[string]string)
	}
	t.names[id] = name
}

// Name returns what a thing is called, its id if nobody has said.
func (t *Tenant) Name(id string) string {
	t.mu.Lock()
	defer t.mu.Unlock()
	if name, known := t.names[id]; known {
		return name
	}
	return id
}
