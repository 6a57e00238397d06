package tenant

import (
	"strings"
	"sync"

	"c8yx/c8yclient"
)

// Tenant is one tenant and one user's access to it. It may be used from any
// goroutine.
type Tenant struct {
	Client *c8yclient.Client

	mu          sync.Mutex
	permissions map[string]bool // nil until they are known
	names       map[string]string
	live        liveness
}

// New returns the tenant behind the client. What its user may do is unknown
// until [Tenant.SetPermissions].
func New(client *c8yclient.Client) *Tenant { return &Tenant{Client: client} }

// SetPermissions tells which permissions (ROLE_…) the user has.
func (t *Tenant) SetPermissions(names []string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.permissions = make(map[string]bool, len(names))
	for _, n := range names {
		t.permissions[n] = true
	}
}

// Denied returns why the user may not do what needs any one of the permissions,
// "" if he may or if it is not known. The tenant has the last word either way.
func (t *Tenant) Denied(needs []string) string {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.permissions == nil || len(needs) == 0 {
		return ""
	}
	for _, n := range needs {
		if t.permissions[n] {
			return ""
		}
	}
	return "needs " + strings.Join(needs, " or ")
}
