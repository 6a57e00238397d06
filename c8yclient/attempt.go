package c8yclient

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"sync"
	"sync/atomic"
	"time"
)

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
	if observer, ok := a.t.auth.(Observer); ok && a.t.ours(a.req.URL) {
		observer.Observe(resp)
	}
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

// hand gives the outcome to the caller. With an answer, the attempt ends when its body
// has been read or closed.
func (a *attempt) hand(resp *http.Response, err error) (*http.Response, error) {
	if err != nil {
		a.finish(err)
		return nil, &attemptsError{attempts: a.exchange.Attempt, err: err}
	}
	resp.Body = &answerBody{ReadCloser: resp.Body, attempt: a}
	return resp, nil
}

// abandon ends an attempt that will be followed by another.
func (a *attempt) abandon(resp *http.Response, err error, wait time.Duration) {
	a.exchange.RetryIn = wait
	if err == nil {
		// Reading the rest lets the connection be used again.
		a.exchange.BytesIn, _ = io.CopyN(io.Discard, resp.Body, maxErrorBody)
		_ = resp.Body.Close()
	}
	a.finish(err)
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
