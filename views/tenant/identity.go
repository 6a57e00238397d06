package tenant

import (
	"cmp"
	"context"
)

// SetID tells how the tenant calls itself.
func (t *Tenant) SetID(id string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.id = id
}

// ID returns the tenant's id ("t4711"), "" if it is not known yet.
func (t *Tenant) ID() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return cmp.Or(t.id, t.Profile.Tenant)
}

// AskID returns the tenant's id, asking for it if it is not known yet.
func (t *Tenant) AskID(ctx context.Context) (string, error) {
	if id := t.ID(); id != "" {
		return id, nil
	}
	current, err := t.Client.Tenant.Current(ctx, nil)
	if err != nil {
		return "", err
	}
	t.SetID(current.Name)
	return current.Name, nil
}
