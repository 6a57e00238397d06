package session

import (
	"context"
	"slices"
	"strings"
	"sync"
)

// Memory keeps sign-ins for as long as the program runs: for users who want no more, and where
// there is no keyring. The zero value is empty. It is safe for concurrent use.
type Memory struct {
	mu   sync.Mutex
	kept []Kept // the latest last
}

// Name says where it keeps them.
func (m *Memory) Name() string { return "this session only" }

// Load returns what is kept for a tenant and user, or [ErrNotKept].
func (m *Memory) Load(_ context.Context, address, tenant, user string) (Kept, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if i := m.find(address, tenant, user); i >= 0 {
		return m.kept[i], nil
	}
	return Kept{}, ErrNotKept
}

// Save replaces what is kept for the tenant and user.
func (m *Memory) Save(_ context.Context, k Kept) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.remove(k.Address, k.Tenant, k.User)
	m.kept = append(m.kept, k)
	return nil
}

// Delete removes what is kept for a tenant and user.
func (m *Memory) Delete(_ context.Context, address, tenant, user string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.remove(address, tenant, user)
	return nil
}

// List returns everything that is kept, without secrets, the latest first.
func (m *Memory) List(context.Context) ([]Kept, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var all []Kept
	for _, k := range slices.Backward(m.kept) {
		k.Token, k.XSRF, k.Password = "", "", ""
		all = append(all, k)
	}
	return all, nil
}

// find returns where a sign-in is, -1 if nowhere; the caller holds the lock. User names are the
// same in any case.
func (m *Memory) find(address, tenant, user string) int {
	return slices.IndexFunc(m.kept, func(k Kept) bool {
		return k.Address == address && k.Tenant == tenant && strings.EqualFold(k.User, user)
	})
}

func (m *Memory) remove(address, tenant, user string) {
	if i := m.find(address, tenant, user); i >= 0 {
		m.kept = slices.Delete(m.kept, i, i+1)
	}
}
