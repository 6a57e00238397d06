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
	received beginning // of the answer
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
	a := t.attend(prepared.WithContext(ctx), number)
	a.cancel, a.release = cancel, release
	a.exchange.Queued = a.exchange.Start.Sub(queued)
	if t.silence > 0 {
		a.watch = time.AfterFunc(t.silence, func() { cancel(errSilence) })
	}
	return a, nil
}

// attend returns an attempt at a request that is about to be sent.
func (t *transport) attend(prepared *http.Request, number int) *attempt {
	a := &attempt{t: t, req: prepared, received: beginning{limit: t.details.received}}
	if prepared.Body != nil && prepared.Body != http.NoBody {
		a.out = &countingBody{ReadCloser: prepared.Body, moved: a.touch}
		prepared.Body = a.out
	}
	a.exchange = Exchange{
		Method: prepared.Method, Target: redactTarget(prepared.URL), Cause: CauseOf(prepared.Context()), Attempt: number,
		Start: time.Now(),
	}
	return a
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
	a.answered(resp)
	return resp, nil
}

// answered notes what the head of the answer says.
func (a *attempt) answered(resp *http.Response) {
	a.exchange.Status = resp.StatusCode
	a.exchange.ContentType = resp.Header.Get("Content-Type")
	if a.t.details.on {
		a.exchange.ReceivedHeader = only(resp.Header, receivedHeaders)
	}
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
		kept, _ := io.ReadAll(io.LimitReader(resp.Body, maxErrorBody))
		a.exchange.BytesIn = int64(len(kept))
		a.received.pass(kept)
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
		if a.release != nil {
			a.cancel(nil)
			a.release()
		}
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
		if d := a.t.details; d.on {
			a.exchange.SentHeader = sentHeader(a.req)
			a.exchange.Sent = sentBody(a.req, d.sent)
			a.exchange.Received = recorded(a.req.URL.Path, a.exchange.ContentType, a.received.kept, d.received)
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
	b.attempt.received.pass(p[:n])
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
