package c8yclient

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/url"
	"time"
)

// transport is the one http.RoundTripper of a client. Each attempt at a request
// passes the gate (concurrency, rate, pauses that the tenant asked for), gets
// headers and credentials, is sent under a watch for silence, and is reported to
// the hook when its answer has been read. Around that stands the retry policy.
type transport struct {
	origin *url.URL
	next   http.RoundTripper
	auth   Auth

	userAgent, applicationKey string

	gate    *gate
	retry   RetryPolicy
	silence time.Duration
	hook    func(Exchange)
	guard   func(*http.Request, Effect) error
	details details
}

func newTransport(origin *url.URL, s settings) *transport {
	next := s.base
	if next == nil {
		clone := http.DefaultTransport.(*http.Transport).Clone()
		clone.MaxIdleConnsPerHost = s.concurrency
		next = clone
	}
	return &transport{
		origin: origin, next: next, auth: s.auth,
		userAgent: s.userAgent, applicationKey: s.applicationKey,
		gate:  newGate(s.concurrency, s.rate, s.burst),
		retry: s.retry, silence: s.silence, hook: s.hook, details: s.details, guard: s.guard,
	}
}

// CloseIdleConnections passes on what [http.Client.CloseIdleConnections] asks for.
func (t *transport) CloseIdleConnections() {
	if closer, ok := t.next.(interface{ CloseIdleConnections() }); ok {
		closer.CloseIdleConnections()
	}
}

// unlimited returns a RoundTripper with the same headers, credentials, connections and
// hook but without gate, retries and watch: for the realtime connection, which stays open
// for hours and knows itself when to try again.
func (t *transport) unlimited() http.RoundTripper {
	return roundTripFunc(func(req *http.Request) (*http.Response, error) {
		prepared, err := t.prepare(req)
		if err != nil {
			return nil, err
		}
		a := t.attend(prepared, 1)
		a.exchange.Cause = "realtime"
		resp, err := t.next.RoundTrip(prepared)
		switch {
		case err != nil:
			a.finish(err)
			return nil, err
		case resp.StatusCode == http.StatusSwitchingProtocols:
			// From here on the connection is the caller's, and no request any more.
			a.answered(resp)
			a.finish(nil)
			return resp, nil
		}
		a.answered(resp)
		resp.Body = &answerBody{ReadCloser: resp.Body, attempt: a}
		return resp, nil
	})
}

type roundTripFunc func(*http.Request) (*http.Response, error)

func (f roundTripFunc) RoundTrip(req *http.Request) (*http.Response, error) { return f(req) }

// RoundTrip implements [http.RoundTripper].
func (t *transport) RoundTrip(req *http.Request) (*http.Response, error) {
	ctx := req.Context()
	renewed := false
	for number := 1; ; number++ {
		attempt, err := t.begin(req, number)
		if err != nil {
			closeBody(req.Body)
			return nil, &attemptsError{attempts: number - 1, err: err}
		}
		resp, err := attempt.send()
		switch {
		case ctx.Err() != nil, !replayable(req):
			return attempt.hand(resp, err)
		case !renewed && t.renewable(req, resp):
			renewed = true
			switch err := t.renew(ctx, attempt, resp); {
			case ctx.Err() != nil:
				return nil, &attemptsError{attempts: number, err: ctx.Err()}
			case err != nil:
				resp.Body = &refusedBody{ReadCloser: resp.Body, renewal: err}
				return resp, nil
			}
		default:
			wait, again := t.retry.next(req, resp, err, number)
			if hold := retryAfter(resp); hold > 0 && hold <= t.retry.MaxWait {
				t.gate.pause(hold)
			}
			if !again || callOptionsOf(ctx).NoRetry {
				return attempt.hand(resp, err)
			}
			attempt.abandon(resp, err, wait)
			if err := sleep(ctx, wait); err != nil {
				return nil, &attemptsError{attempts: number, err: err}
			}
		}
		if req, err = rewind(req); err != nil {
			return nil, &attemptsError{attempts: number, err: err}
		}
	}
}

// ours reports whether a URL belongs to the client's tenant: only there go credentials.
func (t *transport) ours(u *url.URL) bool {
	return u.Scheme == t.origin.Scheme && u.Host == t.origin.Host
}

// prepare copies the request and adds what every request carries.
func (t *transport) prepare(req *http.Request) (*http.Request, error) {
	prepared := req.Clone(req.Context())
	if prepared.Header.Get("User-Agent") == "" {
		prepared.Header.Set("User-Agent", t.userAgent)
	}
	if !t.ours(req.URL) {
		return prepared, t.allow(prepared)
	}
	if accept, given := prepared.Header["Accept"]; !given {
		// Without Accept the platform answers POST and PUT with an empty body.
		prepared.Header.Set("Accept", "application/json")
	} else if len(accept) == 1 && accept[0] == "" {
		prepared.Header.Del("Accept")
	}
	if t.applicationKey != "" {
		prepared.Header.Set("X-Cumulocity-Application-Key", t.applicationKey)
	}
	callOptionsOf(req.Context()).apply(prepared)
	if err := t.allow(prepared); err != nil {
		return nil, err
	}
	if t.auth != nil && prepared.Header.Get("Authorization") == "" && !anonymous(req) {
		if err := t.auth.Apply(prepared); err != nil {
			return nil, err
		}
	}
	return prepared, nil
}

// allow asks the guard whether a request may leave.
func (t *transport) allow(req *http.Request) error {
	if t.guard == nil {
		return nil
	}
	if err := t.guard(req, effectOf(t.origin, req)); err != nil {
		return &guardedError{err}
	}
	return nil
}

// renewable reports whether an answer is a refusal that fresh credentials may cure.
func (t *transport) renewable(req *http.Request, resp *http.Response) bool {
	if resp == nil || resp.StatusCode != http.StatusUnauthorized || !t.ours(req.URL) || anonymous(req) {
		return false
	}
	_, ok := t.auth.(Renewer)
	return ok
}

// renew ends the refused attempt, because signing in needs a place at the gate itself,
// and asks for fresh credentials. The answer stays readable.
func (t *transport) renew(ctx context.Context, a *attempt, resp *http.Response) error {
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxErrorBody))
	_ = resp.Body.Close()
	a.exchange.BytesIn = int64(len(body))
	a.received.pass(body)
	a.finish(err)
	copied := *resp
	copied.Body = io.NopCloser(bytes.NewReader(body))
	resp.Body = io.NopCloser(bytes.NewReader(body))
	refused := refusal(a.req.Method, a.req.URL, &copied)
	refused.Sent = a.exchange.Start
	return t.auth.(Renewer).Renew(ctx, refused)
}

// refusedBody is the body of a refusal that fresh credentials did not cure, and why there
// were none.
type refusedBody struct {
	io.ReadCloser
	renewal error
}

func closeBody(body io.Closer) {
	if body != nil {
		_ = body.Close()
	}
}

// replayable reports whether the body of a request can be sent a second time.
func replayable(req *http.Request) bool {
	return req.Body == nil || req.Body == http.NoBody || req.GetBody != nil
}

// rewind returns the request with its body at the beginning again.
func rewind(req *http.Request) (*http.Request, error) {
	if req.GetBody == nil {
		return req, nil
	}
	body, err := req.GetBody()
	if err != nil {
		return nil, err
	}
	again := req.Clone(req.Context())
	again.Body = body
	return again, nil
}

// sleep waits, or returns the reason why the context ended first.
func sleep(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
