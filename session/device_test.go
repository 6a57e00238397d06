package session_test

import (
	"context"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"c8yx/demo"
	"c8yx/session"
)

// byDevice begins to sign in with a code on another device.
func byDevice(b *bench) (*session.Flow, session.NeedDevice) {
	b.Helper()
	options := b.options()
	options.Method = session.ByDevice
	flow := session.Begin(session.Profile{Address: address}, options)
	step := flow.Next(b.Context())
	b.expect(step, "NeedDevice")
	return flow, step.(session.NeedDevice)
}

// waiting waits for the other device and returns what collects the step.
func waiting(b *bench, flow *session.Flow) func() session.Step {
	steps := make(chan session.Step, 1)
	go func() { steps <- flow.Wait(b.Context()) }()
	return func() session.Step {
		select {
		case step := <-steps:
			return step
		case <-time.After(24 * time.Hour):
			b.Fatal("it waits for ever")
			return nil
		}
	}
}

// Somebody types the code on another device, and is in here.
func TestSigningInOnAnotherDevice(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, sso(demo.SSORedirect))
		flow, need := byDevice(b)
		if len(need.Code) < 8 || !strings.HasPrefix(need.Page, address+"/idp/") || !strings.Contains(need.Complete, "user_code=") || time.Until(need.Expires) < time.Minute {
			t.Errorf("the step is %+v", need)
		}
		collect := waiting(b, flow)
		time.Sleep(time.Minute)
		form := b.form("sso")
		form.Set("user_code", strings.ToLower(need.Code))
		b.browse(need.Page, form)
		step := collect()
		b.expect(step, "Done")
		s := step.(session.Done).Session
		if s.User() != "sso" || s.Tenant() != "t4711" || s.Method() != session.ByDevice {
			t.Errorf("signed in as %s of %s by %s", s.User(), s.Tenant(), s.Method())
		}
		client, _ := s.Client()
		if user, err := client.CurrentUser.Get(t.Context()); err != nil || user.UserName != "sso" {
			t.Errorf("the tenant sees %v, %v", user, err)
		}
	})
}

func TestWhatBecomesOfACode(t *testing.T) {
	for name, test := range map[string]struct {
		happens func(*bench, *session.NeedDevice)
		says    string
	}{
		"denied": {func(b *bench, need *session.NeedDevice) {
			b.browse(need.Page, map[string][]string{"user_code": {need.Code}, "decision": {"deny"}})
		}, "was denied on the other device"},
		"forgotten": {func(*bench, *session.NeedDevice) { time.Sleep(2 * time.Hour) }, "has expired before anybody typed it"},
		"of somebody whom the tenant does not know": {func(b *bench, need *session.NeedDevice) {
			form := b.form("outsider")
			form.Set("user_code", need.Code)
			b.browse(need.Page, form)
		}, "the tenant does not let you in"},
		"not accepted by the tenant": {func(b *bench, need *session.NeedDevice) {
			b.front = func(w http.ResponseWriter, r *http.Request, tenant http.Handler) {
				if r.URL.Path == "/user/currentUser" {
					answering(401, nil, `{"message":"Invalid credentials! : Invalid token"}`)(w, r, tenant)
					return
				}
				tenant.ServeHTTP(w, r)
			}
			form := b.form("sso")
			form.Set("user_code", need.Code)
			b.browse(need.Page, form)
		}, "does not accept tokens of the identity provider"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := newBench(t, sso(demo.SSORedirect))
				flow, need := byDevice(b)
				collect := waiting(b, flow)
				synctest.Wait()
				test.happens(b, &need)
				step := collect()
				b.expect(step, "NeedMethod", test.says)
				methods := step.(session.NeedMethod).Methods
				b.expect(flow.Answer(t.Context(), session.Answer{Method: methods[len(methods)-1].ID}), "NeedDevice") // another code
			})
		})
	}
}

// An identity provider that is asked too often says so, one that fails for a while is asked again, and nobody
// asks on who has given up.
func TestAskingAnIdentityProvider(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, sso(demo.SSORedirect))
		var mu sync.Mutex
		var asked []time.Time
		trouble := []func(http.ResponseWriter, *http.Request, http.Handler){
			answering(400, nil, `{"error":"authorization_pending"}`),
			answering(400, nil, `{"error":"slow_down"}`),
			answering(400, nil, `{"error":"authorization_pending"}`),
			answering(502, nil, `<html>`),
			answering(400, nil, `{"error":"authorization_pending"}`),
		}
		b.front = func(w http.ResponseWriter, r *http.Request, tenant http.Handler) {
			mu.Lock()
			defer mu.Unlock()
			if strings.HasSuffix(r.URL.Path, "/token") && len(asked) < len(trouble) {
				asked = append(asked, time.Now())
				trouble[len(asked)-1](w, r, tenant)
				return
			}
			tenant.ServeHTTP(w, r)
		}
		flow, need := byDevice(b)
		given, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		b.expect(flow.Wait(given), "Failed", "deadline exceeded")
		began := time.Now()
		collect := waiting(b, flow)
		time.Sleep(5 * time.Minute)
		mu.Lock()
		var waits []time.Duration
		for _, at := range asked {
			waits = append(waits, at.Sub(began))
			began = at
		}
		mu.Unlock()
		first := waits[0]
		for i, want := range []time.Duration{first, first, first + 5*time.Second, first + 5*time.Second} {
			if waits[i] != want {
				t.Errorf("asked after %v, want %v as the wait number %d", waits, want, i+1)
			}
		}
		if waits[4] <= waits[3] {
			t.Errorf("asked after %v: a provider that fails is to be left alone for longer", waits)
		}
		form := b.form("sso")
		form.Set("user_code", need.Code)
		b.browse(need.Page, form)
		b.expect(collect(), "Done")
	})
}

// Identity providers that cannot do it, in words, with another way to choose.
func TestIdentityProvidersWithoutOtherDevices(t *testing.T) {
	for name, test := range map[string]struct {
		path, answer string
		status       int
		says         string
	}{
		"no description":        {"/.well-known/openid-configuration", "", 404, "it does not describe itself: 404"},
		"no other devices":      {"/.well-known/openid-configuration", `{"token_endpoint":"https://acme.example/token"}`, 200, "it knows no other devices"},
		"secrets without TLS":   {"/.well-known/openid-configuration", `{"device_authorization_endpoint":"http://acme.example/d","token_endpoint":"https://acme.example/t"}`, 200, "without TLS"},
		"nonsense":              {"/.well-known/openid-configuration", `<html>`, 200, "cannot be read"},
		"a client that may not": {"/device", `{"error":"unauthorized_client","error_description":"Client is not allowed to initiate OAuth 2.0 Device Authorization Grant"}`, 400, "Client is not allowed"},
		"no code":               {"/device", `{}`, 200, "holds no code"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := newBench(t, sso(demo.SSORedirect))
				b.front = func(w http.ResponseWriter, r *http.Request, tenant http.Handler) {
					if strings.HasSuffix(r.URL.Path, test.path) {
						answering(test.status, map[string]string{"Content-Type": "application/json"}, test.answer)(w, r, tenant)
						return
					}
					tenant.ServeHTTP(w, r)
				}
				options := b.options()
				options.Method = session.ByDevice
				b.expect(session.Begin(session.Profile{Address: address}, options).Next(t.Context()), "NeedMethod", "signing in on another device does not work at acme.example", test.says)
			})
		})
	}
}
