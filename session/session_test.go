package session_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"c8yx/c8yclient"
	"c8yx/session"
)

// tenant answers like a tenant whose sessions can be ended.
type tenant struct {
	delay    time.Duration
	noTokens bool
	asked    atomic.Int64 // for a token
	signIns  atomic.Int64 // that went well
	changed  atomic.Bool  // the password, and all sessions ended
	valid    atomic.Value // the token that is accepted
}

func (t *tenant) RoundTrip(r *http.Request) (*http.Response, error) {
	select {
	case <-time.After(t.delay):
	case <-r.Context().Done():
		return nil, r.Context().Err()
	}
	answer := func(status int, body string) (*http.Response, error) {
		return &http.Response{
			StatusCode: status, Header: http.Header{"Content-Type": {"application/json"}},
			Body: io.NopCloser(strings.NewReader(body)), Request: r,
		}, nil
	}
	auth := r.Header.Get("Authorization")
	switch {
	case r.URL.Path == "/tenant/loginOptions":
		return answer(200, `{"loginOptions":[{"id":"OAUTH2_INTERNAL","type":"OAUTH2_INTERNAL","visibleOnLoginPage":true}]}`)
	case r.URL.Path == "/tenant/oauth/token" && t.noTokens:
		return answer(404, `{"error":"general/Not Found","message":"nothing here"}`)
	case r.URL.Path == "/tenant/oauth/token":
		t.asked.Add(1)
		form, _ := io.ReadAll(r.Body)
		if !strings.Contains(string(form), "password=right") || t.changed.Load() {
			return answer(401, `{"error":"security/Unauthorized","message":"Invalid credentials! : Bad credentials"}`)
		}
		token := fmt.Sprintf("token-%d", t.signIns.Add(1))
		t.valid.Store("Bearer " + token)
		return answer(200, fmt.Sprintf(`{"access_token":%q}`, token))
	case strings.HasPrefix(auth, "Basic ") && t.noTokens, auth == t.valid.Load() && !t.changed.Load():
		return answer(200, `{"name":"t4711"}`)
	}
	return answer(401, `{"error":"security/Unauthorized","message":"Token is terminated"}`)
}

func clientOf(t *testing.T, transport *tenant, password string) *c8yclient.Client {
	t.Helper()
	const address = "https://acme.example"
	through := c8yclient.WithTransport(transport)
	auth := session.New(session.Profile{Address: address, Tenant: "t4711", User: "jane", Password: c8yclient.Secret(password)}, session.FlowOptions{Transport: transport})
	client, err := c8yclient.New(address, through, c8yclient.WithAuth(auth))
	if err != nil {
		t.Fatal(err)
	}
	return client
}

// together calls many times at once and returns the errors that came.
func together(client *c8yclient.Client) error {
	var all sync.WaitGroup
	errs := make([]error, 20)
	for i := range errs {
		all.Go(func() { errs[i] = client.Get(context.Background(), "/tenant/currentTenant", nil) })
	}
	all.Wait()
	return errors.Join(errs...)
}

func TestManyRequestsSignInOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		acme := &tenant{delay: 50 * time.Millisecond}
		client := clientOf(t, acme, "right")
		if err := together(client); err != nil {
			t.Fatal(err)
		}
		if n := acme.signIns.Load(); n != 1 {
			t.Errorf("signed in %d times", n)
		}
		time.Sleep(time.Second)
		acme.valid.Store("none, the session was ended")
		if err := together(client); err != nil {
			t.Fatal(err)
		}
		if n := acme.signIns.Load(); n != 2 {
			t.Errorf("after the session was ended, signed in %d times in all, want 2", n)
		}
	})
}

func TestAWrongPasswordIsToldAndTriedOnlyOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		acme := &tenant{}
		client := clientOf(t, acme, "no-good-at-all")
		for range 5 {
			err := client.Get(t.Context(), "/tenant/currentTenant", nil)
			if !errors.Is(err, c8yclient.ErrBadCredentials) || strings.Contains(err.Error(), "no-good") {
				t.Errorf("got %v", err)
			}
			time.Sleep(time.Minute)
		}
		if n := acme.asked.Load(); n != 1 {
			t.Errorf("the password was tried %d times", n)
		}
	})
}

func TestAPasswordThatWasChangedIsTriedOnlyOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		acme := &tenant{}
		client := clientOf(t, acme, "right")
		if err := together(client); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Hour)
		acme.changed.Store(true)
		for range 3 {
			if err := together(client); !errors.Is(err, c8yclient.ErrBadCredentials) {
				t.Errorf("got %v", err)
			}
		}
		if n := acme.asked.Load(); n != 2 {
			t.Errorf("passwords were tried %d times, want 2: the right one and the old one", n)
		}
	})
}

func TestATenantWithoutTokensGetsBasic(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		if err := clientOf(t, &tenant{noTokens: true}, "right").Get(t.Context(), "/tenant/currentTenant", nil); err != nil {
			t.Error(err)
		}
	})
}

func TestWaitingForASignInCanBeGivenUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		client := clientOf(t, &tenant{delay: time.Hour}, "right")
		first, stop := context.WithCancel(t.Context())
		defer stop()
		go func() { _ = client.Get(first, "/tenant/currentTenant", nil) }()
		synctest.Wait()
		second, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		began := time.Now()
		if err := client.Get(second, "/tenant/currentTenant", nil); err == nil {
			t.Error("an answer came from nowhere")
		}
		if waited := time.Since(began); waited > 2*time.Second {
			t.Errorf("gave up after %s", waited)
		}
		stop()
		synctest.Wait()
	})
}
