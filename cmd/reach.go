package cmd

import (
	"context"

	"c8yx/session"
	"c8yx/views/tenant"
)

// reach opens the tenant that flags, environment and configuration name, for a command without a
// screen. Nobody is asked to sign in but at the prompt of what keeps sign-ins: a tenant that needs
// more has to be opened with the explorer first. closing ends what was begun for it.
func (f *flags) reach(ctx context.Context, streams Streams) (t *tenant.Tenant, closing func(), err error) {
	k, err := f.known()
	if err != nil {
		return nil, nil, err
	}
	k.tell(streams.Err)
	a, end, err := f.access(ctx, k)
	if err != nil {
		return nil, nil, err
	}
	if a.profile.Origin != session.FromDemo && a.profile.Password == "" && a.profile.Token == "" {
		a.keeper, err = f.keeper(ctx, streams)
	}
	if err == nil {
		t, err = a.open()
	}
	if err != nil {
		end()
		return nil, nil, err
	}
	return t, func() {
		t.Session.Close()
		t.Client.CloseIdleConnections()
		end()
	}, nil
}
