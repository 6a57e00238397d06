package cmd

import (
	"c8yx/c8yclient"
	"c8yx/session"
	"c8yx/views/state"
	"c8yx/views/tenant"
	"c8yx/views/traffic"
)

// gate is the way into a tenant: one recorder sees what is sent to sign in and what is sent later.
type gate struct {
	profile  session.Profile
	options  session.FlowOptions
	recorder *traffic.Recorder
	state    *state.Store // nil forgets everything with the program
	folder   string       // where files are saved at first; "" is the user's downloads
}

// Flow begins to sign in.
func (g gate) Flow() *session.Flow { return session.Begin(g.profile, g.options) }

// Tenant returns the tenant as a session sees it; nil is one in which nobody has signed in yet.
func (g gate) Tenant(s *session.Session) (*tenant.Tenant, error) {
	if s == nil {
		s = session.New(g.profile, g.options)
	}
	guard := session.NewGuard(g.profile)
	client, err := s.Client(c8yclient.WithGuard(guard.Check))
	if err != nil {
		return nil, usageError{err}
	}
	t := tenant.New(client, s.Profile())
	t.Session, t.Guard, t.Traffic = s, guard, g.recorder
	if g.state != nil {
		t.State = g.state
	}
	if g.folder != "" {
		t.Transfers.SetFolder(g.folder)
	}
	return t, nil
}
