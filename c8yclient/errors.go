package c8yclient

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"
)

// maxErrorBody is how much of a failed answer is read, maxErrorText how much of
// it is shown.
const (
	maxErrorBody = 64 << 10
	maxErrorText = 500
)

// Error is the failure of one call: what was tried, and what the tenant said. Use
// errors.Is with the Err… values to learn what it means, errors.As to read it.
type Error struct {
	// Method and Target say what was tried; Target is the path with its query,
	// secret parameters blanked.
	Method, Target string
	// Status is the HTTP status, or 0 if no complete answer came.
	Status int
	// Code is the platform's "error" property, for example "inventory/Not Found".
	Code string
	// Message is the platform's "message", or a readable summary of whatever came
	// in place of it. It comes from outside and may contain anything.
	Message string
	// Info is a link to documentation.
	Info string
	// Details is the optional "details" object of the error body.
	Details jsontext.Value
	// RetryAfter is how long the tenant asked to wait, or 0.
	RetryAfter time.Duration
	// Attempts is how often the request was sent.
	Attempts int
	// Sent is when the refused request was sent, if a [Renewer] is asked about it: what was
	// signed in later was not refused.
	Sent time.Time
	// PasswordResetToken accompanies [ErrPasswordReset].
	PasswordResetToken Secret
	// Location is the address that [ErrRedirected] leads to: scheme and host.
	Location string

	kinds []error
	cause error
}

// Error describes the failure in one line.
func (e *Error) Error() string {
	var b strings.Builder
	if e.Method != "" {
		b.WriteString(e.Method + " " + e.Target + ": ")
	}
	if e.Status != 0 {
		fmt.Fprintf(&b, "%d %s", e.Status, http.StatusText(e.Status))
		if e.Code != "" {
			b.WriteString(" (" + e.Code + ")")
		}
		if e.Message != "" {
			b.WriteString(": ")
		}
	}
	b.WriteString(e.Message)
	if e.Attempts > 1 {
		fmt.Fprintf(&b, " (after %d attempts)", e.Attempts)
	}
	return b.String()
}

// Is reports whether the failure is of that kind: one of this package's Err… values.
func (e *Error) Is(target error) bool {
	for _, kind := range e.kinds {
		if kind == target {
			return true
		}
	}
	return false
}

// Unwrap returns the cause: a network error, a decoding error, or nil.
func (e *Error) Unwrap() error { return e.cause }

// Temporary reports whether the same call may succeed later without anybody
// changing anything.
func (e *Error) Temporary() bool {
	return e.Is(ErrTransport) || transientStatus(e.Status)
}

// refusal makes the error of an answer with a status that is no success. It reads
// what it needs of the body.
func refusal(method string, u *url.URL, resp *http.Response) *Error {
	e := &Error{Method: method, Target: redactTarget(u), Status: resp.StatusCode, RetryAfter: retryAfter(resp)}
	if body, ok := resp.Body.(*answerBody); ok {
		e.Attempts = body.attempt.exchange.Attempt
	}
	text, err := io.ReadAll(io.LimitReader(resp.Body, maxErrorBody))
	if err != nil && len(text) == 0 {
		e.cause = plainError(err)
	}
	e.readBody(text, resp.Header.Get("Content-Type"))
	if location := resp.Header.Get("Location"); e.Message == "" && location != "" {
		e.Message = "the tenant redirects elsewhere"
	}
	e.kinds = kindsOf(e, resp.Header)
	if wantsTLS(resp.Request, resp, text) {
		e.kinds, e.Message = []error{ErrTransport, ErrScheme}, speaksHTTPS
	}
	if body, ok := resp.Body.(*refusedBody); ok {
		e.cause = body.renewal
		if _, same := body.renewal.(*Error); !same {
			e.Message = strings.TrimPrefix(e.Message+": "+body.renewal.Error(), ": ")
		}
	}
	return e
}

// readBody takes what it can from the body of an error: the platform's JSON, the
// title of an HTML page of a load balancer, or text.
func (e *Error) readBody(body []byte, contentType string) {
	var answer struct {
		Error   jsontext.Value `json:"error"`
		Message jsontext.Value `json:"message"`
		Info    jsontext.Value `json:"info"`
		Details jsontext.Value `json:"details"`
	}
	trimmed := bytes.TrimSpace(body)
	switch {
	case len(trimmed) == 0:
		return
	case trimmed[0] == '{' && unmarshal(trimmed, &answer) == nil:
		e.Code = shorten(looseText(answer.Error), maxErrorText)
		e.Message = shorten(looseText(answer.Message), maxErrorText)
		e.Info = shorten(looseText(answer.Info), maxErrorText)
		if e.Details = answer.Details; string(e.Details) == "null" {
			e.Details = nil
		}
	case trimmed[0] == '<' || strings.Contains(contentType, "html"):
		e.Message = htmlTitle(trimmed)
	case trimmed[0] == '{' || trimmed[0] == '[':
		e.Message = "the explanation that came with it could not be read"
	default:
		e.Message = shorten(string(trimmed), maxErrorText)
	}
}

// htmlTitle says in words that a page came where data was expected.
func htmlTitle(page []byte) string {
	const note = "the answer is a web page, probably of a proxy or load balancer in between"
	lower := bytes.ToLower(page)
	start := bytes.Index(lower, []byte("<title>"))
	if start < 0 || len(lower) != len(page) {
		return note
	}
	start += len("<title>")
	end := bytes.Index(lower[start:], []byte("</title>"))
	if end < 0 {
		return note
	}
	title := strings.Join(strings.Fields(string(page[start:start+end])), " ")
	if title == "" {
		return note
	}
	return note + ": " + shorten(title, 120)
}

// failure makes the error of a call that got no answer.
func failure(method, target string, err error) *Error {
	e := &Error{Method: method, Target: target, kinds: []error{ErrTransport}}
	var counted *attemptsError
	if errors.As(err, &counted) {
		e.Attempts = counted.attempts
	}
	e.cause = plainError(err)
	e.Message = e.cause.Error()
	if words, kinds := connectionFailure(e.cause); words != "" {
		e.kinds, e.Message = append(e.kinds, kinds...), words
	}
	var guarded *guardedError
	switch {
	case errors.As(err, &guarded):
		e.kinds, e.cause = []error{ErrGuarded}, guarded.reason
	case errors.Is(err, ErrUnauthorized):
		e.kinds = nil // there were no credentials to send it with: that was not the network
	case errors.Is(err, context.Canceled):
		e.kinds, e.Message = nil, "canceled"
	case errors.Is(err, context.DeadlineExceeded):
		e.Message = "no answer within the time allowed"
	case errors.Is(err, io.EOF):
		e.Message = "the tenant closed the connection without an answer"
	}
	return e
}

// guardedError carries the words of the guard out of the transport.
type guardedError struct{ reason error }

func (e *guardedError) Error() string { return "not sent: " + e.reason.Error() }

func (e *guardedError) Unwrap() error { return e.reason }

// invalid makes the error of a call that could not even be sent.
func invalid(method, target string, err error) *Error {
	return &Error{Method: method, Target: target, Message: err.Error(), kinds: []error{ErrInvalid}, cause: err}
}

// unreadable makes the error of an answer that is not what the operation promises.
func unreadable(method, target string, status int, err error) *Error {
	return &Error{
		Method: method, Target: target, Status: status,
		Message: "the answer could not be read: " + shorten(err.Error(), maxErrorText),
		kinds:   []error{ErrUnreadable}, cause: err,
	}
}

// plainError strips the wrappings that repeat the URL, which may hold a secret, and
// those that say nothing.
func plainError(err error) error {
	for {
		var wrapped *url.Error
		var counted *attemptsError
		switch {
		case errors.As(err, &wrapped):
			err = wrapped.Err
		case errors.As(err, &counted):
			err = counted.err
		default:
			return err
		}
	}
}

// shorten cuts a text from outside to at most n bytes, at a rune boundary.
func shorten(s string, n int) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n] + "…"
}
