package write

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"c8yx/c8yclient"
)

// Request is one request that changes something, as it will be sent: what a preview shows, what a
// job sends, and what undo gives back. Make one with [Put], [Post] or [Delete].
type Request struct {
	Method string
	// Path is the path in the API with the leading slash, ids escaped, and a query if there is one.
	Path string
	// Body is a JSON document, nil for none.
	Body jsontext.Value
	// Media is the content type of the body, where a path takes several; "" is plain JSON.
	Media string
	// Secret names the members of the body that are sent but never shown.
	Secret []string

	err error // why the body cannot be sent
}

// Put returns the request that merges a document into the one at a path, which may lack the leading
// slash. The platform replaces the members that are given, removes those that are null, and leaves
// the others alone. The body may be JSON or anything that encodes as such.
func Put(path string, body any) Request { return newRequest(http.MethodPut, path, body) }

// Post returns the request that adds a document to a path.
func Post(path string, body any) Request { return newRequest(http.MethodPost, path, body) }

// Delete returns the request that removes what is at a path.
func Delete(path string) Request { return newRequest(http.MethodDelete, path, nil) }

func newRequest(method, path string, body any) Request {
	r := Request{Method: method, Path: "/" + strings.TrimPrefix(path, "/")}
	switch body := body.(type) {
	case nil:
	case jsontext.Value:
		r.Body = body
	default:
		r.Body, r.err = json.Marshal(body, json.Deterministic(true))
	}
	return r
}

// IsZero reports whether there is no request.
func (r Request) IsZero() bool { return r.Method == "" }

// Hiding returns the request with members of its body marked as secret.
func (r Request) Hiding(members ...string) Request {
	r.Secret = append(r.Secret[:len(r.Secret):len(r.Secret)], members...)
	return r
}

// Shown returns the body as it may be shown: secret members are blanked.
func (r Request) Shown() jsontext.Value {
	shown := r.Body
	for _, member := range r.Secret {
		if _, there := Member(shown, member); there {
			shown = With(shown, member, jsontext.Value(`"••••"`))
		}
	}
	return shown
}

// String returns method, path and body on one line. It is text from outside, so not yet clean.
func (r Request) String() string {
	line := r.Method + " " + r.Path
	if r.Body != nil {
		line += " " + string(r.Shown())
	}
	return line
}

// Send sends the request and returns the document that the tenant answered with, nil if it said
// nothing. The client repeats PUT and DELETE when that is harmless, POST only when it surely did
// not arrive.
func (r Request) Send(ctx context.Context, client *c8yclient.Client) (jsontext.Value, error) {
	if r.err != nil {
		return nil, fmt.Errorf("%s %s: the body cannot be encoded: %w", r.Method, r.Path, r.err)
	}
	var body any
	if r.Body != nil {
		body = r.Body
	}
	if r.Media != "" {
		ctx = c8yclient.WithCallOptions(ctx, c8yclient.CallOptions{Header: http.Header{"Content-Type": {r.Media}}})
	}
	var answer jsontext.Value
	var err error
	switch r.Method {
	case http.MethodPost:
		err = client.Post(ctx, r.Path, body, &answer)
	case http.MethodPut:
		err = client.Put(ctx, r.Path, body, &answer)
	case http.MethodDelete:
		err = client.Delete(ctx, r.Path)
	default:
		err = fmt.Errorf("%s %s: not a request that changes something", r.Method, r.Path)
	}
	return answer, err
}

// MayHaveArrived reports whether a request that failed so may have been carried out nevertheless:
// no answer came, or one of somebody in between, or one that cannot be read.
func MayHaveArrived(err error) bool {
	var op *net.OpError
	switch {
	case errors.As(err, &op) && op.Op == "dial":
		return false
	case errors.Is(err, context.Canceled):
		return true
	}
	for _, kind := range []error{c8yclient.ErrTransport, c8yclient.ErrServer, c8yclient.ErrUnreadable, context.DeadlineExceeded} {
		if errors.Is(err, kind) {
			return true
		}
	}
	return false
}
