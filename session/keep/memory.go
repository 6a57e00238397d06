package keep

import (
	"context"
	"sync"

	"c8yx/session"
)

// Memory keeps sign-ins until the program ends. Make one with [NewMemory].
type Memory struct {
	mu   sync.Mutex
	kept map[string]session.Kept
}

// NewMemory returns a Memory that holds nothing.
func NewMemory() *Memory { return &Memory{kept: map[string]session.Kept{}} }

// Name returns "this session's memory".
func (m *Memory) Name() string { return "this session's memory" }

// Load returns what is kept.
func (m *Memory) Load(_ context.Context, address, tenant, user string) (session.Kept, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	k, known := m.kept[account(address, tenant, user)]
	if !known {
		return session.Kept{}, nothingKept(address, tenant, user)
	}
	return k, nil
}

// Save keeps a sign-in.
func (m *Memory) Save(_ context.Context, k session.Kept) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.kept[account(k.Address, k.Tenant, k.User)] = k
	return nil
}

// Delete forgets a sign-in.
func (m *Memory) Delete(_ context.Context, address, tenant, user string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.kept, account(address, tenant, user))
	return nil
}

// List returns everything, without secrets.
func (m *Memory) List(context.Context) ([]session.Kept, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var all []session.Kept
	for _, k := range m.kept {
		all = append(all, withoutSecrets(k))
	}
	return latestFirst(all), nil
}
