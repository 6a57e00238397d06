package c8yclient_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"c8yx/c8yclient"
	"c8yx/c8yclient/realtime"
	"c8yx/session"
)

// harmless are all operations that are no GET and leave for a tenant in which nothing may be
// written.
var harmless = []string{
	"POST /devicecontrol/deviceAccessToken",
	"POST /identity/search",
	"POST /tenant/oauth",
	"POST /tenant/oauth/token",
	"POST /tenant/trusted-certificates/verify-cert-chain",
	"POST /user/currentUser/totpSecret",
	"POST /user/currentUser/totpSecret/activity",
	"POST /user/currentUser/totpSecret/verify",
	"POST /user/logout",
	"POST /user/passwordReset",
	"POST /user/pin",
	"PUT /user/currentUserPhone",
	"PUT /user/passwordReset",
}

// destroying are the operations that remove something although they are no DELETE.
var destroying = []string{
	"POST /notification2/unsubscribe",
	"POST /user/logout/{tenantId}/allUsers",
	"PUT /tenant/tenants/{tenantId}/tfa",
}

// Whatever method of the client is called, nothing leaves that the profile of the tenant forbids.
func TestNothingLeavesThatTheGuardForbids(t *testing.T) {
	known := slices.Concat(lines(t, "operations.txt"), lines(t, "beyond.txt"))
	for name, test := range map[string]struct {
		profile session.Profile
		want    error
		leaves  func(operation string) bool
	}{
		"read-only": {
			session.Profile{ReadOnly: true},
			session.ErrReadOnly,
			func(operation string) bool { return slices.Contains(harmless, operation) },
		},
		"production": {
			session.Profile{Mode: session.Production},
			session.ErrLocked,
			func(operation string) bool { return slices.Contains(harmless, operation) },
		},
		"qualification": {
			session.Profile{Mode: session.Qualification},
			session.ErrKept,
			func(operation string) bool {
				return !strings.HasPrefix(operation, "DELETE ") && !slices.Contains(destroying, operation)
			},
		},
		"development": {session.Profile{}, nil, func(string) bool { return true }},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			left := map[string]bool{}
			for _, op := range operations() {
				client, srv := newClient(t, op.handler(), c8yclient.WithGuard(session.NewGuard(test.profile).Check))
				_, err := op.call(t.Context(), client)
				forbidden := false
				for request := range strings.Lines(op.sends) {
					operation := operationOf(t, known, request)
					forbidden = forbidden || !strings.HasPrefix(operation, "GET ") && !test.leaves(operation)
				}
				switch {
				case !forbidden && err != nil:
					t.Errorf("%s: %v", op.method, err)
				case forbidden && (!errors.Is(err, c8yclient.ErrGuarded) || !errors.Is(err, test.want)):
					t.Errorf("%s fails with %v, want %v", op.method, err, test.want)
				}
				for _, request := range srv.recorded() {
					if request.Method != http.MethodGet {
						left[operationOf(t, known, request.Method+" "+request.Target)] = true
					}
				}
			}
			for _, operation := range known {
				switch {
				case strings.HasPrefix(operation, "GET "), operation == "POST /notification/realtime":
				case left[operation] != test.leaves(operation):
					t.Errorf("%s left: %v", operation, left[operation])
				}
			}
		})
	}
}

// What no method of the client sends passes the guard as well.
func TestWhatRequestsDo(t *testing.T) {
	for _, test := range []struct {
		request, override string
		want              c8yclient.Effect
	}{
		{"GET /alarm/alarms", "", c8yclient.Reads},
		{"HEAD /alarm/alarms", "", c8yclient.Reads},
		{"POST /c8y/identity/search", "", c8yclient.Reads},
		{"POST /c8y/identity/search?x=y", "", c8yclient.Reads},
		{"PUT /c8y/identity/search", "", c8yclient.Writes},
		{"POST /service/own/identity/search", "", c8yclient.Writes},
		{"POST /c8y/identity%2Fsearch", "", c8yclient.Writes},
		{"POST /c8y/user/logout", "", c8yclient.SignsIn},
		{"POST /c8y/user/logout/t4711/allUsers", "", c8yclient.Removes},
		{"POST /c8y/user/logout//allUsers", "", c8yclient.Writes},
		{"PATCH /service/own/thing", "", c8yclient.Writes},
		{"DELETE /service/own/thing", "", c8yclient.Removes},
		{"PURGE /service/own/thing", "", c8yclient.Removes},
		{"POST /inventory/managedObjects/1", "DELETE", c8yclient.Removes},
		{"POST /identity/search", "put", c8yclient.Writes},
		{"GET /inventory/managedObjects/1", "PUT", c8yclient.Writes},
		{"DELETE /inventory/managedObjects/1", "GET", c8yclient.Removes},
	} {
		method, target, _ := strings.Cut(test.request, " ")
		got := c8yclient.Effect(-1)
		srv := &tenant{handler: answer(http.StatusOK, `{}`)}
		client, err := c8yclient.New("https://proxy.example/c8y", c8yclient.WithTransport(srv),
			c8yclient.WithGuard(func(req *http.Request, effect c8yclient.Effect) error {
				if req.Header.Get("Authorization") != "" {
					t.Errorf("%s: the guard sees credentials", test.request)
				}
				got = effect
				return nil
			}), c8yclient.WithAuth(c8yclient.Basic{User: "jane", Password: password}))
		if err != nil {
			t.Fatal(err)
		}
		ctx := t.Context()
		if test.override != "" {
			ctx = c8yclient.WithCallOptions(ctx, c8yclient.CallOptions{Header: http.Header{"X-Http-Method": {test.override}}})
		}
		req, err := client.NewRequest(ctx, method, target, nil)
		if err != nil {
			t.Fatal(err)
		}
		resp, err := client.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		_ = resp.Body.Close()
		if got != test.want {
			t.Errorf("%s %s: effect %d, want %d", test.request, test.override, got, test.want)
		}
	}
}

// A request that waits to be sent again does not leave when production has been locked meanwhile.
func TestTheGuardIsAskedForEveryAttempt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		guard := session.NewGuard(session.Profile{Mode: session.Production})
		guard.SetUnlocked(true)
		client, srv := newClient(t, func(w http.ResponseWriter, _ *http.Request) {
			guard.SetUnlocked(false)
			w.WriteHeader(http.StatusServiceUnavailable)
		}, c8yclient.WithGuard(guard.Check))
		err := client.Put(t.Context(), "/alarm/alarms/1", map[string]string{"status": "CLEARED"}, nil)
		wantKind(t, "the second attempt", err, session.ErrLocked)
		wantKind(t, "the second attempt", err, c8yclient.ErrGuarded)
		if n := len(srv.recorded()); n != 1 {
			t.Errorf("%d requests left, want only the one before the lock", n)
		}
		if said := err.Error(); !strings.Contains(said, "PUT /alarm/alarms/1: not sent: production is locked") {
			t.Errorf("the error says %q", said)
		}
		if guard.SetUnlocked(true); guard.Forbids(c8yclient.Writes) != nil {
			t.Error("production does not open again")
		}
	})
}

// Changes are followed in a tenant in which nothing may be written, by polling as well, which
// consists of POSTs.
func TestListeningIsNotWriting(t *testing.T) {
	var posts atomic.Int64
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodPost {
			w.WriteHeader(http.StatusNotFound) // no WebSocket here
			return
		}
		posts.Add(1)
		_, _ = w.Write([]byte(`[{"channel":"/meta/handshake","successful":false,"error":"403::denied"}]`))
	}))
	defer server.Close()
	client, err := c8yclient.New(server.URL, c8yclient.WithGuard(session.NewGuard(session.Profile{ReadOnly: true}).Check))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	subscription, err := client.Realtime.Subscribe(ctx, realtime.Alarms("*"))
	if err != nil {
		t.Fatal(err)
	}
	defer subscription.Close()
	for batch, err := subscription.Next(ctx); batch.State != realtime.Refused; batch, err = subscription.Next(ctx) {
		if err != nil {
			t.Fatal(err)
		}
	}
	if posts.Load() == 0 {
		t.Error("no handshake has arrived")
	}
}
