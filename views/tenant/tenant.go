package tenant

import (
	"cmp"
	"strings"
	"sync"

	"c8yx/c8yclient"
	"c8yx/keys"
	"c8yx/session"
	"c8yx/views/job"
	"c8yx/views/state"
	"c8yx/views/traffic"
	"c8yx/views/transfer"
	"c8yx/views/write"
)

// Tenant is one tenant and one user's access to it. It may be used from any
// goroutine.
type Tenant struct {
	Client *c8yclient.Client
	// Session is who the user is to the tenant; nil if Client is signed in by other means.
	Session *session.Session
	// Profile is the tenant as the user knows it.
	Profile session.Profile
	// State remembers what the user has chosen for this tenant.
	State *state.Store
	// Guard knows what the profile forbids. Replace it by the one that the client asks as well:
	// that of [New] is known to the views alone.
	Guard *session.Guard
	// Transfers are the files on their way to the tenant and from it.
	Transfers *transfer.Board
	// Traffic remembers what Client has sent, if that reports to it.
	Traffic *traffic.Recorder
	// Jobs are what is being done with many things at once, and Deeds what the user did of late and
	// may want to take back.
	Jobs  *job.Board
	Deeds write.Deeds

	mu          sync.Mutex
	id          string          // what the tenant calls itself; "" until it has said
	permissions map[string]bool // nil until they are known
	names       map[string]string
	catalogues  map[string]*catalogue
	live        liveness
}

// New returns the tenant behind the client. What its user may do is unknown until
// [Tenant.SetPermissions]; what he chooses is forgotten with the program unless State is
// replaced.
func New(client *c8yclient.Client, profile session.Profile) *Tenant {
	return &Tenant{
		Client: client, Profile: profile, State: state.InMemory(), Guard: session.NewGuard(profile), Traffic: &traffic.Recorder{},
		Transfers: transfer.NewBoard(),
		Jobs:      job.NewBoard(),
	}
}

// Called returns what to call the tenant in questions: what the user calls it, else its host.
func (t *Tenant) Called() string { return cmp.Or(t.Profile.Name, t.Client.BaseURL().Host) }

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

// Refuses returns why an action cannot be done in this tenant at all, whatever it is done
// with: its mode forbids it, or the user lacks the permission. "" if nothing speaks against it.
func (t *Tenant) Refuses(a keys.Action) string {
	if a.Writes {
		if why := t.Forbids(a.Destroys); why != "" {
			return why
		}
	}
	return t.Denied(a.Needs)
}

// Forbids returns why nothing may be changed in this tenant, or removed from it; "" if it may.
func (t *Tenant) Forbids(removing bool) string {
	effect := c8yclient.Writes
	if removing {
		effect = c8yclient.Removes
	}
	if err := t.Guard.Forbids(effect); err != nil {
		return err.Error()
	}
	return ""
}

// SetUnlocked allows writing to a production tenant until it is locked again.
func (t *Tenant) SetUnlocked(unlocked bool) { t.Guard.SetUnlocked(unlocked) }

// IsProduction reports whether the user called the tenant a production tenant, where more is asked
// before something is done.
func (t *Tenant) IsProduction() bool { return t.Profile.Mode == session.Production }
