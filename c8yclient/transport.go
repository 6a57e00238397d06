package c8yclient

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"sync"
	"sync/atomic"
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
		retry: s.retry, silence: s.silence, hook: s.hook,
	}
}

// CloseIdleConnections passes on what [http.Client.CloseIdleConnections] asks for.
func (t *transport) CloseIdleConnections() {
	if closer, ok := t.next.(interface{ CloseIdleConnections() }); ok {
		closer.CloseIdleConnections()
	}
}

// unlimited returns a RoundTripper with the same headers, credentials and
// connections but without gate, retries, watch and hook: for the realtime
// connection, which stays open for hours and knows itself when to try again.
func (t *transport) unlimited() http.RoundTripper {
	return roundTripFunc(func(req *http.Request) (*http.Response, error) {
		prepared, err := t.prepare(req)
		if err != nil {
			return nil, err
		}
		return t.next.RoundTrip(prepared)
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
			return nil, err
		}
		resp, err := attempt.send()
		if err == nil {
			if observer, ok := t.auth.(Observer); ok && t.ours(req.URL) {
				observer.Observe(resp)
			}
		}

		wait, again := time.Duration(0), false
		switch {
		case ctx.Err() != nil:
		case !renewed && t.renewable(req, resp):
			renewed = true
			again = t.renew(ctx, req, resp) == nil
		default:
			wait, again = t.retry.next(req, resp, err, number)
			if hold := retryAfter(resp); hold > 0 && hold <= t.retry.MaxWait {
				t.gate.pause(hold)
			}
		}
		if !again || !replayable(req) {
			if err != nil {
				attempt.finish(err)
				return nil, &attemptsError{attempts: number, err: err}
			}
			return attempt.hand(resp), nil
		}

		attempt.exchange.RetryIn = wait
		if err == nil {
			_, err = io.CopyN(io.Discard, attempt.hand(resp).Body, maxErrorBody)
			_ = resp.Body.Close()
		}
		attempt.finish(err)
		if err := sleep(ctx, wait); err != nil {
			return nil, &attemptsError{attempts: number, err: err}
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
		return prepared, nil
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
	if t.auth != nil && prepared.Header.Get("Authorization") == "" && req.Context().Value(noAuth{}) == nil {
		if err := t.auth.Apply(prepared); err != nil {
			return nil, fmt.Errorf("adding credentials: %w", err)
		}
	}
	return prepared, nil
}

// renewable reports whether an answer is a refusal that fresh credentials may cure.
func (t *transport) renewable(req *http.Request, resp *http.Response) bool {
	if resp == nil || resp.StatusCode != http.StatusUnauthorized || !t.ours(req.URL) || req.Context().Value(noAuth{}) != nil {
		return false
	}
	_, ok := t.auth.(Renewer)
	return ok
}

func (t *transport) renew(ctx context.Context, req *http.Request, resp *http.Response) error {
	return t.auth.(Renewer).Renew(ctx, peekError(req, resp))
}

// attempt is one sending of a request.
type attempt struct {
	t        *transport
	req      *http.Request
	cancel   context.CancelCauseFunc
	watch    *time.Timer
	release  func()
	exchange Exchange
	out      *countingBody
	finished sync.Once
}

var errSilence = errors.New("the tenant stopped answering")

// begin waits for a place at the gate and makes the request ready.
func (t *transport) begin(req *http.Request, number int) (*attempt, error) {
	queued := time.Now()
	release, err := t.gate.enter(req.Context())
	if err != nil {
		return nil, err
	}
	prepared, err := t.prepare(req)
	if err != nil {
		release()
		return nil, err
	}
	ctx, cancel := context.WithCancelCause(prepared.Context())
	a := &attempt{t: t, cancel: cancel, release: release}
	a.req = prepared.WithContext(ctx)
	if a.req.Body != nil && a.req.Body != http.NoBody {
		a.out = &countingBody{ReadCloser: a.req.Body, moved: a.touch}
		a.req.Body = a.out
	}
	now := time.Now()
	a.exchange = Exchange{
		Method: req.Method, Target: redactTarget(req.URL), Attempt: number,
		Start: now, Queued: now.Sub(queued),
	}
	if t.silence > 0 {
		a.watch = time.AfterFunc(t.silence, func() { cancel(errSilence) })
	}
	return a, nil
}

// touch notes that something moved, so the tenant is not silent.
func (a *attempt) touch() {
	if a.watch != nil {
		a.watch.Reset(a.t.silence)
	}
}

func (a *attempt) send() (*http.Response, error) {
	resp, err := a.t.next.RoundTrip(a.req)
	if err != nil {
		return nil, a.explain(err)
	}
	a.touch()
	a.exchange.Status = resp.StatusCode
	a.exchange.ContentType = resp.Header.Get("Content-Type")
	return resp, nil
}

// explain replaces the "context canceled" of our own watch by its reason.
func (a *attempt) explain(err error) error {
	if cause := context.Cause(a.req.Context()); errors.Is(cause, errSilence) {
		return fmt.Errorf("%w for %v", errSilence, a.t.silence)
	}
	return err
}

// hand wraps the answer's body so that the attempt ends when it has been read.
func (a *attempt) hand(resp *http.Response) *http.Response {
	resp.Body = &answerBody{ReadCloser: resp.Body, attempt: a}
	return resp
}

// finish ends the attempt, once: its place at the gate is free, the hook hears of it.
func (a *attempt) finish(err error) {
	a.finished.Do(func() {
		if a.watch != nil {
			a.watch.Stop()
		}
		a.cancel(nil)
		a.release()
		if a.t.hook == nil {
			return
		}
		a.exchange.Duration = time.Since(a.exchange.Start)
		if a.out != nil {
			a.exchange.BytesOut = a.out.n.Load()
		}
		if err != nil && !errors.Is(err, io.EOF) {
			a.exchange.Err = plainError(err)
		}
		a.t.hook(a.exchange)
	})
}

// answerBody ends its attempt at the end of the body, at an error or on Close.
type answerBody struct {
	io.ReadCloser
	attempt *attempt
}

func (b *answerBody) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	b.attempt.exchange.BytesIn += int64(n)
	if err == nil {
		b.attempt.touch()
		return n, nil
	}
	if err != io.EOF {
		err = b.attempt.explain(err)
	}
	b.attempt.finish(err)
	return n, err
}

func (b *answerBody) Close() error {
	err := b.ReadCloser.Close()
	b.attempt.finish(nil)
	return err
}

// countingBody counts what is sent and keeps the watch awake. The server side of
// a connection may read it after the answer has come, hence the atomic.
type countingBody struct {
	io.ReadCloser
	n     atomic.Int64
	moved func()
}

func (b *countingBody) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	b.n.Add(int64(n))
	b.moved()
	return n, err
}

// attemptsError carries the number of attempts out of the transport.
type attemptsError struct {
	attempts int
	err      error
}

func (e *attemptsError) Error() string { return e.err.Error() }
func (e *attemptsError) Unwrap() error { return e.err }

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
