package c8yclient_test

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"c8yx/c8yclient"
)

func wantKind(t *testing.T, name string, err error, kinds ...error) {
	t.Helper()
	var typed *c8yclient.Error
	if !errors.As(err, &typed) {
		t.Errorf("%s: %v (%T) is no *Error", name, err, err)
		return
	}
	for _, kind := range kinds {
		if !errors.Is(err, kind) {
			t.Errorf("%s: %q is not %q", name, err, kind)
		}
	}
}

// failures are the ways in which an answer can be bad, and what must become of each.
var failures = []struct {
	name   string
	status int
	header map[string]string
	body   string
	kinds  []error
	// says must be part of the error's text.
	says string
}{
	{"bad credentials", 401, nil, `{"error":"security/Unauthorized","message":"Invalid credentials! : Bad credentials"}`, []error{c8yclient.ErrUnauthorized, c8yclient.ErrBadCredentials}, "Bad credentials"},
	{"TOTP code wanted", 401, nil, `{"error":"security/Unauthorized","message":"Invalid credentials! : TFA TOTP code required."}`, []error{c8yclient.ErrUnauthorized, c8yclient.ErrTFARequired}, "TOTP"},
	{"TOTP set-up wanted", 401, nil, `{"message":"Invalid credentials! : TFA TOTP setup required"}`, []error{c8yclient.ErrTOTPSetupRequired}, "setup"},
	{"SMS sent", 401, nil, `{"message":"The pin has been generated and sent"}`, []error{c8yclient.ErrTFARequired, c8yclient.ErrSMSSent}, "pin"},
	{"no phone", 401, map[string]string{"NoPhoneHeader": "true"}, `{"message":"pin cannot be generated"}`, []error{c8yclient.ErrPhoneRequired}, ""},
	{"password reset", 401, map[string]string{"passwordresettoken": "tok"}, `{"message":"TOTP setup required"}`, []error{c8yclient.ErrPasswordReset}, ""},
	{"locked", 401, nil, `{"message":"Authentication failed! : User account is locked"}`, []error{c8yclient.ErrLocked}, "locked"},
	{"terminated", 401, nil, `{"message":"Token is terminated"}`, []error{c8yclient.ErrSessionEnded}, ""},
	{"not present", 401, nil, `{"message":"Token '0b0e' not present for user jane"}`, []error{c8yclient.ErrSessionEnded}, ""},
	{"logged out", 401, nil, `{"message":"User has been logged out"}`, []error{c8yclient.ErrSessionEnded}, ""},
	{"strategy changed", 401, nil, `{"message":"There was a change in authentication strategy for your tenant or user account"}`, []error{c8yclient.ErrSessionEnded}, ""},
	{"suspended", 401, nil, `{"message":"Tenant has no access from outside the platform"}`, []error{c8yclient.ErrTenantUnavailable}, ""},
	{"bare 401", 401, nil, ``, []error{c8yclient.ErrUnauthorized}, "401 Unauthorized"},
	{"forbidden", 403, nil, `{"error":"security/Forbidden","message":"Access is denied"}`, []error{c8yclient.ErrForbidden}, "security/Forbidden"},
	{"not found", 404, nil, `{"error":"alarm/Not Found","message":"No alarm for gid '901'!"}`, []error{c8yclient.ErrNotFound}, "No alarm for gid '901'!"},
	{"not allowed", 405, nil, ``, []error{c8yclient.ErrNotSupported}, "405"},
	{"conflict", 409, nil, `{"error":"identity/Duplicate","message":"taken"}`, []error{c8yclient.ErrConflict}, "taken"},
	{"too large", 413, nil, ``, []error{c8yclient.ErrTooLarge}, "413"},
	{"invalid", 422, nil, `{"error":"inventory/Invalid Data","message":"Query could not be understood."}`, []error{c8yclient.ErrInvalid}, "understood"},
	{"bad request", 400, nil, `{"error":{"odd":1},"message":["a","b"],"details":null}`, []error{c8yclient.ErrInvalid}, `["a","b"]`},
	{"rate limited", 429, map[string]string{"Retry-After": "3600"}, ``, []error{c8yclient.ErrRateLimited}, "429"},
	{"server error", 500, nil, `{"error":"general/internalError","message":"boom"}`, []error{c8yclient.ErrServer}, "boom"},
	{"HTML 503", 503, map[string]string{"Content-Type": "text/html"}, "<html><head><TITLE>503\n Service   Unavailable</TITLE></head>", []error{c8yclient.ErrServer}, "503 Service Unavailable"},
	{"HTML without title", 502, nil, "<html>", []error{c8yclient.ErrServer}, "web page"},
	{"plain text", 503, nil, "no upstream", []error{c8yclient.ErrServer}, "no upstream"},
	{"endless text", 500, nil, strings.Repeat("ü", 1<<20), []error{c8yclient.ErrServer}, "…"},
	{"broken error", 500, nil, `{"error":`, []error{c8yclient.ErrServer}, "could not be read"},
	{"redirect", 302, map[string]string{"Location": "https://elsewhere.example/"}, ``, []error{c8yclient.ErrRedirected}, "https://elsewhere.example"},
	{"odd status", 299, nil, `{}`, nil, ""},
	{"HTML instead of JSON", 200, map[string]string{"Content-Type": "text/html"}, "<html><title>Login</title>", []error{c8yclient.ErrUnreadable}, "Login"},
	{"cut-off JSON", 200, nil, `{"alarms":[{"id":"1"},{"id":`, []error{c8yclient.ErrUnreadable}, "could not be read"},
	{"cut-off string", 200, nil, `{"alarms":[{"id":"1`, []error{c8yclient.ErrUnreadable}, "could not be read"},
	{"no JSON", 200, nil, `alarms`, []error{c8yclient.ErrUnreadable}, ""},
	{"wrong type", 200, nil, `{"alarms":"none"}`, []error{c8yclient.ErrUnreadable}, `"alarms"`},
	{"items of wrong type", 200, nil, `{"alarms":["a",1]}`, []error{c8yclient.ErrUnreadable}, `"alarms"`},
	{"array", 200, nil, `[]`, []error{c8yclient.ErrUnreadable}, "list"},
	{"list missing", 200, nil, `{"events":[]}`, []error{c8yclient.ErrUnreadable}, `"alarms"`},
	{"deep", 200, nil, `{"alarms":` + strings.Repeat("[", 20_000), []error{c8yclient.ErrUnreadable}, ""},
}

func TestFailures(t *testing.T) {
	for _, f := range failures {
		t.Run(f.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				client, _ := newClient(t, func(w http.ResponseWriter, _ *http.Request) {
					for name, value := range f.header {
						w.Header().Set(name, value)
					}
					w.WriteHeader(f.status)
					_, _ = io.WriteString(w, f.body)
				})
				_, err := client.Alarms.Page(t.Context(), &c8yclient.AlarmListOptions{})
				wantKind(t, f.name, err, f.kinds...)
				if text := err.Error(); !strings.Contains(text, f.says) || len(text) > 1000 || !strings.Contains(text, "GET /alarm/alarms") {
					t.Errorf("%d bytes: %.300q should contain %q", len(text), text, f.says)
				}
			})
		})
	}
}

func TestErrorDetails(t *testing.T) {
	client, _ := newClient(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("passwordresettoken", "tok")
		w.WriteHeader(401)
		_, _ = io.WriteString(w, `{"error":"security/Unauthorized","message":"expired","info":"https://docs.example","details":{"a":1}}`)
	})
	_, err := client.Tenant.Current(t.Context(), nil)
	var e *c8yclient.Error
	if !errors.As(err, &e) {
		t.Fatal(err)
	}
	if e.Status != 401 || e.Code != "security/Unauthorized" || e.Message != "expired" || e.Info != "https://docs.example" ||
		string(e.Details) != `{"a":1}` || e.PasswordResetToken.Reveal() != "tok" || e.Attempts != 1 {
		t.Errorf("%+v", e)
	}
	if strings.Contains(err.Error(), "tok") {
		t.Error("the error tells the token")
	}
}

// brokenBody fails while it is read.
type brokenBody struct{ io.Reader }

func (brokenBody) Close() error { return nil }

func (b brokenBody) Read(p []byte) (int, error) {
	if n, err := b.Reader.Read(p); err == nil {
		return n, nil
	}
	return 0, errors.New("read tcp: connection reset by peer")
}

type transportFunc func(*http.Request) (*http.Response, error)

func (f transportFunc) RoundTrip(req *http.Request) (*http.Response, error) { return f(req) }

func TestNetworkFailures(t *testing.T) {
	reset := errors.New("connection reset by peer")
	for _, test := range []struct {
		name      string
		transport transportFunc
		says      string
	}{
		{"reset", func(*http.Request) (*http.Response, error) { return nil, reset }, "reset"},
		{"reset in the body", func(*http.Request) (*http.Response, error) {
			return &http.Response{StatusCode: 200, Body: brokenBody{strings.NewReader(`{"alarms":[`)}}, nil
		}, "reset"},
		{"no such host", func(*http.Request) (*http.Response, error) {
			return nil, &net.OpError{Op: "dial", Err: &net.DNSError{Err: "no such host", Name: "acme.example", IsNotFound: true}}
		}, "there is no host"},
		{"silence", func(req *http.Request) (*http.Response, error) {
			<-req.Context().Done()
			return nil, req.Context().Err()
		}, "stopped answering for 1m0s"},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				client, _ := newClient(t, nil, c8yclient.WithTransport(test.transport))
				_, err := client.Alarms.Page(t.Context(), &c8yclient.AlarmListOptions{})
				wantKind(t, test.name, err, c8yclient.ErrTransport)
				if !strings.Contains(err.Error(), test.says) {
					t.Errorf("%q should contain %q", err, test.says)
				}
			})
		})
	}
}

func TestContextEndsEveryWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		client, _ := newClient(t, nil, c8yclient.WithTransport(transportFunc(func(req *http.Request) (*http.Response, error) {
			<-req.Context().Done()
			return nil, req.Context().Err()
		})), c8yclient.WithConcurrency(1))
		began := time.Now()
		done := make(chan error, 2)
		for range cap(done) { // the second waits at the gate
			go func() { _, err := client.Alarms.Get(ctx, "1"); done <- err }()
		}
		for range cap(done) {
			err := <-done
			wantKind(t, "deadline", err, c8yclient.ErrTransport, context.DeadlineExceeded)
		}
		if took := time.Since(began); took != time.Second {
			t.Errorf("took %v", took)
		}
		cancelled, stop := context.WithCancel(t.Context())
		stop()
		if _, err := client.Alarms.Get(cancelled, "1"); !errors.Is(err, context.Canceled) {
			t.Errorf("cancelled: %v", err)
		}
	})
}
