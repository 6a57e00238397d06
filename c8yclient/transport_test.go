package c8yclient_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"c8yx/c8yclient"
)

// failFirst answers the first n requests with a status and the rest with success.
func failFirst(n int, status int, header map[string]string) http.HandlerFunc {
	var count atomic.Int64
	return func(w http.ResponseWriter, _ *http.Request) {
		if count.Add(1) <= int64(n) {
			for name, value := range header {
				w.Header().Set(name, value)
			}
			w.WriteHeader(status)
			return
		}
		_, _ = io.WriteString(w, `{"id":"1"}`)
	}
}

func TestRetries(t *testing.T) {
	get := func(ctx context.Context, c *c8yclient.Client) error { return c.Get(ctx, "/x", nil) }
	put := func(ctx context.Context, c *c8yclient.Client) error {
		return c.Put(ctx, "/x", map[string]int{"a": 1}, nil)
	}
	post := func(ctx context.Context, c *c8yclient.Client) error {
		return c.Post(ctx, "/x", map[string]int{"a": 1}, nil)
	}
	remove := func(ctx context.Context, c *c8yclient.Client) error { return c.Delete(ctx, "/x") }
	stream := func(ctx context.Context, c *c8yclient.Client) error {
		return c.PutFile(ctx, "/x", c8yclient.Upload{Body: strings.NewReader("abc"), Size: 3}, nil)
	}
	date := func(after time.Duration) string { return time.Now().Add(after).UTC().Format(http.TimeFormat) }
	for _, test := range []struct {
		name     string
		do       func(context.Context, *c8yclient.Client) error
		failures int
		status   int
		after    time.Duration // Retry-After
		asDate   bool
		attempts int
		kind     error
		atLeast  time.Duration
		atMost   time.Duration
	}{
		{name: "GET after 503", do: get, failures: 2, status: 503, attempts: 3, atLeast: 375 * time.Millisecond, atMost: 800 * time.Millisecond},
		{name: "GET gives up", do: get, failures: 9, status: 502, attempts: 4, kind: c8yclient.ErrServer, atMost: 2 * time.Second},
		{name: "PUT after 500", do: put, failures: 1, status: 500, attempts: 2, atMost: time.Second},
		{name: "DELETE after 504", do: remove, failures: 1, status: 504, attempts: 2, atMost: time.Second},
		{name: "POST after 503", do: post, failures: 1, status: 503, attempts: 1, kind: c8yclient.ErrServer},
		{name: "POST after 429", do: post, failures: 1, status: 429, attempts: 1, kind: c8yclient.ErrRateLimited},
		{name: "a stream cannot be sent twice", do: stream, failures: 1, status: 503, attempts: 1, kind: c8yclient.ErrServer},
		{name: "GET after 404", do: get, failures: 1, status: 404, attempts: 1, kind: c8yclient.ErrNotFound},
		{name: "Retry-After in seconds", do: get, failures: 1, status: 429, after: 7 * time.Second, attempts: 2, atLeast: 7 * time.Second, atMost: 8 * time.Second},
		{name: "Retry-After as date", do: get, failures: 1, status: 503, after: 9 * time.Second, asDate: true, attempts: 2, atLeast: 8 * time.Second, atMost: 9 * time.Second},
		{name: "Retry-After too long", do: get, failures: 1, status: 429, after: time.Hour, attempts: 1, kind: c8yclient.ErrRateLimited},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				header := map[string]string{}
				if test.after > 0 {
					header["Retry-After"] = fmt.Sprint(int(test.after / time.Second))
				}
				if test.asDate {
					header["Retry-After"] = date(test.after)
				}
				client, srv := newClient(t, failFirst(test.failures, test.status, header))
				began := time.Now()
				err := test.do(t.Context(), client)
				took := time.Since(began)
				if test.kind == nil && err != nil {
					t.Errorf("failed: %v", err)
				}
				if test.kind != nil {
					wantKind(t, test.name, err, test.kind)
					var e *c8yclient.Error
					if errors.As(err, &e) && (e.Attempts != test.attempts || e.RetryAfter != test.after) {
						t.Errorf("error says %d attempts, retry after %v", e.Attempts, e.RetryAfter)
					}
				}
				sent := srv.recorded()
				if len(sent) != test.attempts {
					t.Errorf("%d attempts, want %d", len(sent), test.attempts)
				}
				for _, request := range sent {
					if request.Body != sent[0].Body {
						t.Errorf("a repeated request has another body: %q, %q", request.Body, sent[0].Body)
					}
				}
				if took < test.atLeast || took > test.atMost {
					t.Errorf("took %v, want %v to %v", took, test.atLeast, test.atMost)
				}
			})
		})
	}
}

// A POST is repeated only when no connection could be made.
func TestPostRetriesOnlyWhatWasNotSent(t *testing.T) {
	for _, test := range []struct {
		op       string
		attempts int64
	}{{"dial", 2}, {"read", 1}} {
		synctest.Test(t, func(t *testing.T) {
			var attempts atomic.Int64
			client, _ := newClient(t, nil, c8yclient.WithTransport(transportFunc(func(req *http.Request) (*http.Response, error) {
				if attempts.Add(1) == 1 {
					return nil, &net.OpError{Op: test.op, Net: "tcp", Err: errors.New("connection refused")}
				}
				return &http.Response{StatusCode: 201, Body: http.NoBody, Request: req}, nil
			})))
			_, err := client.Events.Create(t.Context(), &c8yclient.Event{Type: "x"})
			if (err == nil) != (test.attempts == 2) || attempts.Load() != test.attempts {
				t.Errorf("%s error: %d attempts, %v", test.op, attempts.Load(), err)
			}
		})
	}
}

// What one request is told about waiting holds for all.
func TestRetryAfterPausesEverything(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		client, _ := newClient(t, failFirst(1, 429, map[string]string{"Retry-After": "10"}))
		began := time.Now()
		if _, err := client.Events.Create(t.Context(), &c8yclient.Event{}); !errors.Is(err, c8yclient.ErrRateLimited) {
			t.Fatal(err)
		}
		if took := time.Since(began); took != 0 {
			t.Errorf("the refused POST took %v", took)
		}
		if _, err := client.Alarms.Get(t.Context(), "1"); err != nil {
			t.Fatal(err)
		}
		if took := time.Since(began); took != 10*time.Second {
			t.Errorf("the next request went out after %v", took)
		}
	})
}

func TestConcurrencyAndRate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var now, most atomic.Int64
		client, _ := newClient(t, func(w http.ResponseWriter, _ *http.Request) {
			if n := now.Add(1); n > most.Load() {
				most.Store(n)
			}
			time.Sleep(time.Second)
			now.Add(-1)
		}, c8yclient.WithConcurrency(3))
		began := time.Now()
		done := make(chan error)
		for range 9 {
			go func() { done <- client.Get(t.Context(), "/x", nil) }()
		}
		for range 9 {
			if err := <-done; err != nil {
				t.Error(err)
			}
		}
		if took := time.Since(began); took != 3*time.Second || most.Load() != 3 {
			t.Errorf("took %v with %d at once", took, most.Load())
		}

		limited, _ := newClient(t, answer(200, `{}`), c8yclient.WithRateLimit(10, 1))
		began = time.Now()
		for range 21 {
			if err := limited.Get(t.Context(), "/x", nil); err != nil {
				t.Fatal(err)
			}
		}
		if took := time.Since(began); took < 2*time.Second || took > 2100*time.Millisecond {
			t.Errorf("21 requests at 10 a second took %v", took)
		}
	})
}

// slowBody gives one byte at a time.
type slowBody struct {
	ctx   context.Context
	pause time.Duration
	left  int
}

func (b *slowBody) Read(p []byte) (int, error) {
	if b.left == 0 {
		return 0, io.EOF
	}
	select {
	case <-time.After(b.pause):
	case <-b.ctx.Done():
		return 0, b.ctx.Err()
	}
	b.left--
	p[0] = ' '
	return 1, nil
}

func (b *slowBody) Close() error { return nil }

func TestSilence(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		download := func(pause time.Duration) error {
			client, _ := newClient(t, nil, c8yclient.WithTransport(transportFunc(func(req *http.Request) (*http.Response, error) {
				return &http.Response{StatusCode: 200, Body: &slowBody{req.Context(), pause, 10}, Request: req}, nil
			})))
			file, err := client.GetFile(t.Context(), "/inventory/binaries/1")
			if err != nil {
				return err
			}
			defer func() { _ = file.Body.Close() }()
			_, err = io.Copy(io.Discard, file.Body)
			return err
		}
		if err := download(50 * time.Second); err != nil {
			t.Errorf("a slow transfer is no silent one: %v", err)
		}
		if err := download(70 * time.Second); err == nil || !strings.Contains(err.Error(), "stopped answering") {
			t.Errorf("silence gives %v", err)
		}
	})
}

func TestHook(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var seen []c8yclient.Exchange
		client, _ := newClient(t, failFirst(1, 503, nil), c8yclient.WithHook(func(x c8yclient.Exchange) { seen = append(seen, x) }))
		var into map[string]any
		if err := client.Put(t.Context(), "/x?token=pa55-w0rd&a=1", map[string]int{"a": 1}, &into); err != nil {
			t.Fatal(err)
		}
		if len(seen) != 2 {
			t.Fatalf("%d exchanges, want 2", len(seen))
		}
		first, second := seen[0], seen[1]
		if first.Status != 503 || first.Attempt != 1 || first.RetryIn <= 0 {
			t.Errorf("first: %+v", first)
		}
		if second.Status != 200 || second.Attempt != 2 || second.RetryIn != 0 || second.BytesIn != 10 || second.BytesOut != 7 || second.Method != "PUT" {
			t.Errorf("second: %+v", second)
		}
		for _, x := range seen {
			if x.Target != "/x?token=[redacted]&a=1" {
				t.Errorf("target %q", x.Target)
			}
		}
	})
}

// renewing is an Auth whose first token is refused.
type renewing struct {
	renewals atomic.Int64
	client   *c8yclient.Client
}

func (a *renewing) Apply(req *http.Request) error {
	req.Header.Set("Authorization", fmt.Sprintf("Bearer %d", a.renewals.Load()))
	return nil
}

func (a *renewing) Renew(ctx context.Context, refused *c8yclient.Error) error {
	if !errors.Is(refused, c8yclient.ErrSessionEnded) {
		return refused
	}
	// Signing in is itself a request of the same client.
	if _, err := a.client.Authenticate(ctx, c8yclient.Credentials{User: "jane", Password: password}); err != nil {
		return err
	}
	a.renewals.Add(1)
	return nil
}

func TestRenewal(t *testing.T) {
	message := "Token is terminated"
	handler := func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.URL.Path == "/tenant/oauth/token":
			_, _ = io.WriteString(w, `{"access_token":"a.b.c"}`)
		case r.Header.Get("Authorization") == "Bearer 1":
			w.WriteHeader(http.StatusCreated)
			_, _ = io.WriteString(w, `{"id":"1"}`)
		default:
			w.WriteHeader(401)
			_, _ = io.WriteString(w, `{"message":"`+message+`"}`)
		}
	}
	synctest.Test(t, func(t *testing.T) {
		auth := &renewing{}
		client, srv := newClient(t, handler, c8yclient.WithAuth(auth), c8yclient.WithConcurrency(1))
		auth.client = client
		if _, err := client.Events.Create(t.Context(), &c8yclient.Event{Type: "x"}); err != nil {
			t.Fatal(err)
		}
		sent := srv.recorded()
		if len(sent) != 3 || sent[0].Body != sent[2].Body || sent[1].Header.Get("Authorization") != "" {
			t.Errorf("sent %+v", sent)
		}

		message = "Bad credentials"
		auth.renewals.Store(0)
		_, err := client.Alarms.Get(t.Context(), "1")
		wantKind(t, "not renewable", err, c8yclient.ErrBadCredentials)
	})
}

// unwilling is an Auth that gets no new credentials.
type unwilling struct{ renew func(context.Context) error }

func (unwilling) Apply(req *http.Request) error {
	req.Header.Set("Authorization", "Bearer old")
	return nil
}

func (u unwilling) Renew(ctx context.Context, _ *c8yclient.Error) error { return u.renew(ctx) }

// A call that waits for credentials which never come says why, or ends with its context.
func TestRenewalThatFails(t *testing.T) {
	handler := answer(401, `{"message":"Token is terminated"}`)
	declined := errors.New("nobody wants to sign in")
	client, _ := newClient(t, handler, c8yclient.WithAuth(unwilling{func(context.Context) error { return declined }}))
	_, err := client.Alarms.Get(t.Context(), "1")
	wantKind(t, "declined", err, c8yclient.ErrSessionEnded)
	if !errors.Is(err, declined) || !strings.Contains(err.Error(), "Token is terminated: nobody wants to sign in") {
		t.Errorf("declined: %v", err)
	}

	ctx, cancel := context.WithCancel(t.Context())
	client, _ = newClient(t, handler, c8yclient.WithAuth(unwilling{func(ctx context.Context) error {
		cancel()
		<-ctx.Done()
		return ctx.Err()
	}}))
	if _, err := client.Alarms.Get(ctx, "1"); !errors.Is(err, context.Canceled) || errors.Is(err, c8yclient.ErrUnauthorized) {
		t.Errorf("given up: %v", err)
	}
}
