package cmd

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"c8yx/c8yclient"
	"c8yx/cmd/story"
	"c8yx/demo"
)

// readings are the requests that fill a list of devices.
const readings = "/inventory/managedObjects"

// TestStoryOfATenantThatFailsAtFirst: whatever comes instead of devices, the list
// says so in words, and fills by itself when the tenant has recovered.
func TestStoryOfATenantThatFailsAtFirst(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		fault demo.Fault
		wait  time.Duration // until the failure must be told
		says  []string
	}{
		"an internal error": {demo.Fault{Kind: demo.ServerError}, 5 * time.Second, []string{"Internal error occurred", "c8yx tries"}},
		"a page of a proxy": {demo.Fault{Kind: demo.Unavailable}, 10 * time.Second, []string{"503", "c8yx tries"}},
		"too much asked of": {demo.Fault{Kind: demo.TooManyRequests}, 10 * time.Second, []string{"too many requests", "by itself"}},
		"an answer cut off": {demo.Fault{Kind: demo.CutOff}, 5 * time.Second, []string{"c8yx tries"}},
		"no answer at all":  {demo.Fault{Kind: demo.Dropped}, 5 * time.Second, []string{"c8yx tries"}},
		"silence":           {demo.Fault{Kind: demo.Slow, After: time.Hour}, 5 * time.Minute, []string{"c8yx tries"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test.fault.Path = readings
			options := story.Options{Place: "devices", Patience: test.wait}
			options.Tenant = story.Demo(demo.Options{Faults: []demo.Fault{test.fault}})
			watch(t, options, func(s *story.Story, _ *watched) {
				s.See(test.says...)
				s.DontSee("<html>", " devices ·")
				s.Demo.SetFaults()
				s.Wait(15 * time.Second)
				s.See("239 devices", "Banco de pruebas 3.1")
				s.DontSee("c8yx tries")
			})
		})
	}
}

// TestStoryOfATenantThatFailsLater: a list that is there stays, with its age.
func TestStoryOfATenantThatFailsLater(t *testing.T) {
	t.Parallel()
	for _, kind := range []demo.FaultKind{demo.ServerError, demo.CutOff} {
		t.Run(string(kind), func(t *testing.T) {
			t.Parallel()
			watch(t, story.Options{Place: "devices"}, func(s *story.Story, _ *watched) {
				s.See("239 devices")
				s.Demo.SetFaults(demo.Fault{Kind: kind, Path: readings})
				s.Press("r")
				s.See("as of", "Banco de pruebas 3.1")
				s.Press("down", "down")
				s.Press("/")
				s.Type("presse")
				s.Press("enter")
				s.See("Presse 1.4")
				s.Press("esc")
				s.Demo.SetFaults()
				s.SeeNoMore("as of")
				s.See("239 devices")
			})
		})
	}
}

// TestStoryOfASlowTenant: while it takes its time, the program does not.
func TestStoryOfASlowTenant(t *testing.T) {
	t.Parallel()
	options := story.Options{Place: "devices", Patience: time.Second}
	options.Tenant = story.Demo(demo.Options{Faults: []demo.Fault{{Kind: demo.Slow, Path: readings, After: 20 * time.Second}}})
	watch(t, options, func(s *story.Story, _ *watched) {
		began := time.Now()
		s.See("Reading devices …")
		s.Press("?")
		s.See("Keys")
		s.Press("end")
		s.See("Quit")
		s.Press("esc")
		if waited := time.Since(began); waited > 19*time.Second {
			t.Errorf("that took %v", waited)
		}
		s.Wait(time.Minute)
		s.See("239 devices")
	})
}

// TestStoryOfAMinuteWithoutNetwork: the program says since when, keeps what it
// has, and catches up with what it missed.
func TestStoryOfAMinuteWithoutNetwork(t *testing.T) {
	t.Parallel()
	watch(t, story.Options{Place: "alarms"}, func(s *story.Story, program *watched) {
		s.See("● live", "active")
		rows := s.Screen()
		s.CutNetwork()
		s.Wait(10 * time.Second)
		s.See("not live since", "not live since 09:00")
		if !strings.Contains(rows, "Alarms") || !strings.Contains(s.Screen(), "active") {
			t.Errorf("the rows have gone:\n%s", s.Screen())
		}
		behind(t, s.Demo, "POST", "/alarm/alarms", map[string]any{
			"source": map[string]any{"id": aDevice(t, s.Demo)}, "type": "missed", "text": "Raised in the dark",
			"severity": "CRITICAL", "status": "ACTIVE", "time": time.Now().Format(time.RFC3339),
		})
		s.Wait(50 * time.Second)
		s.DontSee("Raised in the dark")
		s.MendNetwork()
		s.Wait(time.Minute)
		s.See("● live", "Raised in the dark")
		s.DontSee("not live")
		s.Press("q")
		if err := s.End(); err != nil || program.Err() != nil {
			t.Errorf("ended with %v, %v", err, program.Err())
		}
	})
}

// TestStoryOfNothingHappening: what does not change is not written again.
func TestStoryOfNothingHappening(t *testing.T) {
	t.Parallel()
	watch(t, story.Options{Place: "inspect/tenant/currentTenant"}, func(s *story.Story, program *watched) {
		s.See("t4711")
		s.Wait(time.Minute) // the clocks of the beginning run out
		written, drawn := s.Written(), program.drawn()
		s.Wait(time.Hour)
		if more := s.Written() - written; more != 0 || program.drawn() != drawn {
			t.Errorf("%d bytes and %d frames in an hour in which nothing happened", more, program.drawn()-drawn)
		}
	})
}

// TestStoryOfAWrongPassword: the program ends instead of filling the screen with
// refusals, and the error is the one line that main prints.
func TestStoryOfAWrongPassword(t *testing.T) {
	t.Parallel()
	for name, account := range map[string]story.Account{
		"wrong password": {Tenant: "t4711", User: "admin", Password: "guessed"},
		"unknown user":   {Tenant: "t4711", User: "mallory", Password: "guessed"},
		"locked user":    {Tenant: "t4711", User: "locked", Password: "demo-Locked.1"},
		"unknown tenant": {Tenant: "t9999", User: "admin", Password: "guessed"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			watch(t, story.Options{Place: "devices", Account: account}, func(s *story.Story, program *watched) {
				if err := s.End(); err != nil {
					t.Error(err)
				}
				err := program.Err()
				if !errors.Is(err, c8yclient.ErrUnauthorized) && !errors.Is(err, c8yclient.ErrTenantUnavailable) {
					t.Fatalf("ended with %v", err)
				}
				if exitCode(err) != ExitSignIn {
					t.Errorf("exit code %d of %v", exitCode(err), err)
				}
				if line := oneLine(err); strings.Contains(line, "\n") || strings.Contains(line, account.Password) {
					t.Errorf("it says %q", line)
				}
			})
		})
	}
}

// TestStoryOfARevokedToken: a token that ends in the middle is replaced by
// signing in again, once, and nobody notices.
func TestStoryOfARevokedToken(t *testing.T) {
	t.Parallel()
	var tenant *demo.Tenant
	var signIns atomic.Int32
	options := demo.Options{}
	admin := options.Administrator()
	told := story.Options{
		Place:   "devices",
		Account: story.Account{Tenant: admin.Tenant, User: admin.Name, Password: admin.Password},
		Tenant: func(ctx context.Context) (http.Handler, error) {
			handler, err := story.Demo(options)(ctx)
			if err != nil {
				return nil, err
			}
			tenant = handler.(*demo.Tenant)
			return closing{tenant, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if r.Method == http.MethodPost && strings.HasPrefix(r.URL.Path, "/tenant/oauth") {
					signIns.Add(1)
				}
				tenant.ServeHTTP(w, r)
			})}, nil
		},
	}
	watch(t, told, func(s *story.Story, _ *watched) {
		s.See("239 devices")
		if n := signIns.Swap(0); n != 1 {
			t.Errorf("signed in %d times to begin with", n)
		}
		s.Wait(time.Minute)
		if n := tenant.EndSessions(admin.Name); n == 0 {
			t.Error("there was no session to end")
		}
		s.Press("r")
		s.See("239 devices")
		s.DontSee("as of", "refused", "not signed in")
		s.Open("alarms")
		s.See("active")
		s.Wait(30 * time.Second)
		s.See("● live")
		if n := signIns.Load(); n != 1 {
			t.Errorf("signed in %d times after the token was revoked", n)
		}
	})
}

// closing is a handler around a tenant, which it closes.
type closing struct {
	*demo.Tenant
	http.Handler
}

// ServeHTTP asks the handler, not the tenant.
func (c closing) ServeHTTP(w http.ResponseWriter, r *http.Request) { c.Handler.ServeHTTP(w, r) }

// behind asks the tenant as its administrator, without the network between.
func behind(t *testing.T, tenant *demo.Tenant, method, path string, document any) map[string]any {
	t.Helper()
	body, err := json.Marshal(document)
	if err != nil {
		t.Fatal(err)
	}
	request := httptest.NewRequest(method, path, bytes.NewReader(body))
	admin := tenant.Users()[0]
	request.SetBasicAuth(admin.Tenant+"/"+admin.Name, admin.Password)
	request.Header.Set("Accept", "application/json")
	request.Header.Set("Content-Type", "application/json")
	answer := httptest.NewRecorder()
	tenant.ServeHTTP(answer, request)
	if answer.Code >= 300 {
		t.Fatalf("%s %s: %d: %s", method, path, answer.Code, answer.Body)
	}
	var decoded map[string]any
	if err := json.Unmarshal(answer.Body.Bytes(), &decoded); err != nil {
		t.Fatalf("%s %s: %v", method, path, err)
	}
	return decoded
}

// aDevice returns the id of some device.
func aDevice(t *testing.T, tenant *demo.Tenant) string {
	t.Helper()
	answer := behind(t, tenant, "GET", "/inventory/managedObjects?fragmentType=c8y_IsDevice&pageSize=1", nil)
	return answer["managedObjects"].([]any)[0].(map[string]any)["id"].(string)
}
