package write

import (
	"context"
	"errors"
	"net/http"

	"github.com/go-json-experiment/json/jsontext"

	"c8yx/c8yclient"
	"c8yx/ui/text"
)

// Step is one request, and what makes sending it careful.
type Step struct {
	Request Request
	// Document is the path of the document that the request changes or removes, "" if there is
	// none. It is read before anything is sent: to see whether it still is as the user saw it, and
	// to know what would take the request back.
	Document string
	// Check returns why the request should not be sent after all, the document being as it is now;
	// "" if it should. Nil checks nothing.
	Check func(now jsontext.Value) text.Safe
	// Inverse returns the request that takes this one back, or why there is none. Nil reverts a PUT
	// to the document, and knows of nothing else.
	Inverse func(before, answer jsontext.Value) (Request, text.Safe)
}

// Skipped is the error of a step that was not taken, since it changed meanwhile, or is gone.
type Skipped struct {
	Reason text.Safe
	Err    error // of looking at the document; nil if that was no trouble
}

func (s *Skipped) Error() string { return string(s.Reason) }

// Unwrap returns why the document could not be looked at.
func (s *Skipped) Unwrap() error { return s.Err }

// Attempt is a step under way. [Attempt.Do] may be called again after it failed: an attempt
// remembers whether its request may have arrived, and then looks before it sends it once more.
type Attempt struct {
	step   Step
	before jsontext.Value // the document, once it was read
	unsure bool           // the request was sent, and whether it arrived is not known
	answer jsontext.Value
}

// NewAttempt begins a step; nothing is sent yet.
func NewAttempt(s Step) *Attempt { return &Attempt{step: s} }

// Answer returns the document that the tenant answered with, nil if it said nothing.
func (a *Attempt) Answer() jsontext.Value { return a.answer }

// Before returns the document as it was, nil if it is not known.
func (a *Attempt) Before() jsontext.Value { return a.before }

// Do takes the step. The error is [Skipped] if there was nothing to do.
func (a *Attempt) Do(ctx context.Context, client *c8yclient.Client) error {
	request := a.step.Request
	if a.step.Document != "" {
		now, err := read(ctx, client, a.step.Document)
		switch {
		case errors.Is(err, c8yclient.ErrNotFound) && a.unsure && request.Method == http.MethodDelete:
			return nil // it was us
		case errors.Is(err, c8yclient.ErrNotFound):
			return &Skipped{Reason: "it is gone", Err: err}
		case errors.Is(err, c8yclient.ErrForbidden):
			// Some may write what they may not read. The tenant has the last word.
		case err != nil:
			return err
		case a.unsure && request.Method == http.MethodPut && Holds(now, request.Body):
			a.answer = now // it has arrived
			return nil
		default:
			if !a.unsure {
				a.before = now
			}
			if a.step.Check != nil {
				if why := a.step.Check(now); why != "" {
					return &Skipped{Reason: why}
				}
			}
		}
	} else if a.unsure && request.Method == http.MethodPost {
		return &Unsure{}
	}
	answer, err := request.Send(ctx, client)
	switch {
	case err == nil:
		a.answer, a.unsure = answer, false
		return nil
	case errors.Is(err, c8yclient.ErrNotFound) && request.Method == http.MethodDelete && a.unsure:
		return nil
	case MayHaveArrived(err):
		a.unsure = true
		if request.Method == http.MethodPost {
			return &Unsure{Err: err}
		}
	}
	return err
}

// Unsure reports whether a request was sent of which it is not known whether it arrived.
func (a *Attempt) Unsure() bool { return a.unsure }

// Reversal returns what takes the step back now that it was taken, or why nothing does.
func (a *Attempt) Reversal(id, label string) (Reversal, text.Safe) {
	request, why := a.inverse()
	if request.IsZero() {
		return Reversal{}, why
	}
	back := Reversal{ID: id, Label: label, Step: Step{Request: request}}
	if applied := a.step.Request; applied.Method == http.MethodPut && request.Method == http.MethodPut {
		back.Before, back.After = request.Body, applied.Body
		back.Step.Document = a.step.Document
		back.Step.Check = func(now jsontext.Value) text.Safe {
			if !Holds(now, applied.Body) {
				return "it was changed again since"
			}
			return ""
		}
	}
	return back, why
}

func (a *Attempt) inverse() (Request, text.Safe) {
	request := a.step.Request
	switch {
	case a.step.Inverse != nil:
		return a.step.Inverse(a.before, a.answer)
	case request.Method == http.MethodDelete:
		return Request{}, "what was deleted does not come back"
	case request.Method != http.MethodPut || a.step.Document == "":
		return Request{}, "no request of the API takes it back"
	case a.before == nil:
		return Request{}, "it is not known what was there before"
	}
	return Put(request.Path, Revert(a.before, request.Body)).Hiding(request.Secret...), ""
}

// Unsure is the error of a request that must not be sent twice, and of which it is not known
// whether it arrived.
type Unsure struct{ Err error }

func (u *Unsure) Error() string {
	const said = "it may have been carried out, or not: look before you send it again"
	if u.Err == nil {
		return said
	}
	return u.Err.Error() + "; " + said
}

// Unwrap returns what went wrong.
func (u *Unsure) Unwrap() error { return u.Err }

func read(ctx context.Context, client *c8yclient.Client, path string) (jsontext.Value, error) {
	var document jsontext.Value
	err := client.Get(ctx, "/"+trimSlash(path), &document)
	return document, err
}

func trimSlash(path string) string {
	for len(path) > 0 && path[0] == '/' {
		path = path[1:]
	}
	return path
}
