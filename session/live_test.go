package session_test

import (
	"context"
	"testing"
	"time"

	"c8yx/c8yclient"
	"c8yx/c8yclient/realtime"
	"c8yx/demo"
	"c8yx/demo/demotest"
	"c8yx/session"
)

// The live connection alone finds out that the token is dead, has the session renewed and goes on with
// the new one, although no request was refused.
func TestTheLiveConnectionRenewsToo(t *testing.T) {
	tenant := demotest.Start(t, demo.Options{Devices: -1})
	admin := c8yclient.Credentials{Tenant: tenant.Admin.Tenant, User: tenant.Admin.Name, Password: c8yclient.Secret(tenant.Admin.Password)}
	dead, err := c8yclient.Authenticate(t.Context(), tenant.URL, admin)
	if err != nil {
		t.Fatal(err)
	}
	tenant.EndSessions(tenant.Admin.Name)
	s := session.New(session.Profile{Address: tenant.URL, User: admin.User, Token: dead.Access, Password: admin.Password}, session.FlowOptions{})
	client, err := s.Client()
	if err != nil {
		t.Fatal(err)
	}
	defer client.CloseIdleConnections()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	sub, err := client.Realtime.Subscribe(ctx, realtime.Alarms("*"))
	if err != nil {
		t.Fatal(err)
	}
	defer sub.Close()
	for batch := (realtime.Batch{}); batch.State != realtime.Live; {
		if batch, err = sub.Next(ctx); err != nil {
			t.Fatalf("the live connection did not come up: %v", err)
		}
	}
	if !s.SignedIn() || s.Tenant() != "t4711" {
		t.Errorf("signed in %v at %q", s.SignedIn(), s.Tenant())
	}
}
