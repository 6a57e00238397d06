package c8yclient

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// maxAnswer is the largest answer that is read into memory as a document.
const maxAnswer = 256 << 20

// call is one operation as a service method describes it.
type call struct {
	method string
	path   route
	// query is an options struct, see [encodeQuery].
	query any
	// body is encoded as JSON unless it is url.Values, which become a form, or an
	// io.Reader, which is sent as it is.
	body any
	// contentType and accept are needed only where one path has several forms.
	contentType, accept string
	// header are further headers, which few operations have.
	header http.Header
	// into receives the decoded answer; *jsontext.Value takes it as it is. An empty
	// answer leaves it alone.
	into any
}

func (l call) target() string {
	if q := encodeQuery(l.query); q != "" {
		return l.path.escaped + "?" + q
	}
	return l.path.escaped
}

// do sends a call and decodes its answer.
func (c *Client) do(ctx context.Context, l call) error {
	_, err := c.doStatus(ctx, l)
	return err
}

// doStatus is do for the operations whose status means something.
func (c *Client) doStatus(ctx context.Context, l call) (status int, err error) {
	if l.path.err != nil {
		return 0, invalid(l.method, l.path.escaped, l.path.err)
	}
	req, err := c.NewRequest(ctx, l.method, l.target(), l.body)
	if err != nil {
		return 0, err
	}
	maps.Copy(req.Header, l.header)
	if l.contentType != "" {
		req.Header.Set("Content-Type", l.contentType)
	}
	if l.accept != "" {
		req.Header.Set("Accept", l.accept)
	}
	resp, err := c.Do(req)
	if err != nil {
		return 0, err
	}
	return resp.StatusCode, c.read(req, resp, l.into)
}

// read decodes an answer and closes it.
func (c *Client) read(req *http.Request, resp *http.Response, into any) error {
	defer func() { _ = resp.Body.Close() }()
	if into == nil {
		// Reading to the end lets the connection be used again.
		_, _ = io.CopyN(io.Discard, resp.Body, maxErrorBody)
		return nil
	}
	target := redactTarget(req.URL)
	body, err := readAll(resp)
	if err != nil {
		if errors.Is(err, ErrTooLarge) {
			return &Error{Method: req.Method, Target: target, Status: resp.StatusCode, Message: err.Error(), kinds: []error{ErrTooLarge}}
		}
		return failure(req.Method, target, fmt.Errorf("the answer broke off: %w", err))
	}
	if len(bytes.TrimSpace(body)) == 0 {
		return nil
	}
	if err := decodeAnswer(body, into); err != nil {
		if body[0] == '<' {
			err = errors.New(htmlTitle(body))
		}
		return unreadable(req.Method, target, resp.StatusCode, err)
	}
	return nil
}

// readAll reads an answer of at most maxAnswer.
func readAll(resp *http.Response) ([]byte, error) {
	var b bytes.Buffer
	if n := resp.ContentLength; n > 0 && n <= maxAnswer {
		b.Grow(int(n) + bytes.MinRead)
	}
	n, err := b.ReadFrom(io.LimitReader(resp.Body, maxAnswer+1))
	if n > maxAnswer {
		return nil, fmt.Errorf("%w: the answer has more than %d MB", ErrTooLarge, maxAnswer>>20)
	}
	return b.Bytes(), err
}

// answerDecoder is what a type implements that reads an answer in its own way.
type answerDecoder interface{ decodeAnswer(body []byte) error }

func decodeAnswer(body []byte, into any) error {
	switch into := into.(type) {
	case *jsontext.Value:
		value := jsontext.Value(body)
		if !value.IsValid(tolerant) {
			return errors.New("it is not JSON")
		}
		*into = value
		return nil
	case *[]byte:
		*into = body
		return nil
	case answerDecoder:
		return into.decodeAnswer(body)
	default:
		return decode(body, into)
	}
}

// NewRequest prepares a request for a path of the API, which may carry a query, or
// for a self or next link, of which only path and query count. The path is taken
// as it is: escape ids with [net/url.PathEscape]. The body may be nil, an [io.Reader]
// (sent as it is; set its Content-Type), [url.Values] (a form), []byte or
// [jsontext.Value] (JSON), or anything that encodes as JSON. Send it with [Client.Do].
func (c *Client) NewRequest(ctx context.Context, method, target string, body any) (*http.Request, error) {
	u, err := c.resolve(target)
	if err != nil {
		return nil, invalid(method, "", err)
	}
	var reader io.Reader
	contentType := ""
	switch body := body.(type) {
	case nil:
	case io.Reader:
		reader = body
	case url.Values:
		reader, contentType = strings.NewReader(body.Encode()), "application/x-www-form-urlencoded"
	case []byte:
		reader, contentType = bytes.NewReader(body), "application/json"
	case jsontext.Value:
		reader, contentType = bytes.NewReader(body), "application/json"
	default:
		encoded, err := marshal(body)
		if err != nil {
			return nil, invalid(method, redactTarget(u), fmt.Errorf("the body cannot be encoded: %w", err))
		}
		reader, contentType = bytes.NewReader(encoded), "application/json"
	}
	req, err := http.NewRequestWithContext(ctx, method, u.String(), reader)
	if err != nil {
		return nil, invalid(method, redactTarget(u), plainError(err))
	}
	// http.NewRequest parses the text again: keep the escaping that was asked for.
	req.URL = u
	if contentType != "" {
		req.Header.Set("Content-Type", contentType)
	}
	return req, nil
}

// Do sends a request and returns its answer if that is a success; the caller closes
// the body. Any other answer, or none, is an [*Error].
func (c *Client) Do(req *http.Request) (*http.Response, error) {
	resp, err := c.http.Do(req)
	if err != nil {
		var elsewhere *redirectError
		if errors.As(err, &elsewhere) {
			return nil, &Error{
				Method: req.Method, Target: redactTarget(req.URL), Status: elsewhere.status,
				Message: elsewhere.Error(), Location: elsewhere.location, kinds: []error{ErrRedirected},
			}
		}
		return nil, failure(req.Method, redactTarget(req.URL), err)
	}
	if resp.StatusCode < 200 || resp.StatusCode > 299 {
		defer func() { _ = resp.Body.Close() }()
		return nil, refusal(req.Method, req.URL, resp)
	}
	return resp, nil
}

// Get reads a path of the API into a value: a struct, a map, a *[jsontext.Value] for
// the JSON as it is, a *[]byte for anything else, or nil.
func (c *Client) Get(ctx context.Context, target string, into any) error {
	return c.raw(ctx, http.MethodGet, target, nil, into)
}

// Post sends a body, see [Client.NewRequest], and reads the answer into a value or, if
// that is nil, ignores it.
func (c *Client) Post(ctx context.Context, target string, body, into any) error {
	return c.raw(ctx, http.MethodPost, target, body, into)
}

// Put is like [Client.Post].
func (c *Client) Put(ctx context.Context, target string, body, into any) error {
	return c.raw(ctx, http.MethodPut, target, body, into)
}

// Delete deletes what is at a path of the API.
func (c *Client) Delete(ctx context.Context, target string) error {
	return c.raw(ctx, http.MethodDelete, target, nil, nil)
}

func (c *Client) raw(ctx context.Context, method, target string, body, into any) error {
	req, err := c.NewRequest(ctx, method, target, body)
	if err != nil {
		return err
	}
	resp, err := c.Do(req)
	if err != nil {
		return err
	}
	return c.read(req, resp, into)
}

// redirectError stops the HTTP client from following a redirect.
type redirectError struct {
	status   int
	location string
}

func (e *redirectError) Error() string {
	return "the tenant redirects to " + shorten(e.location, 200) + ": use that address"
}

// foreignRedirects marks a request that may be redirected to another host, without
// credentials: downloads may be served from a file store.
type foreignRedirects struct{}

// checkRedirect follows redirects within the tenant, refuses those that would turn a
// write into a read, and leads elsewhere only downloads.
func (c *Client) checkRedirect(req *http.Request, via []*http.Request) error {
	first := via[0]
	status := 0
	if req.Response != nil {
		status = req.Response.StatusCode
	}
	switch {
	case len(via) >= 10, req.Method != first.Method:
		return http.ErrUseLastResponse
	case c.transport.ours(req.URL):
		return nil
	case first.Method == http.MethodGet && first.Context().Value(foreignRedirects{}) != nil:
		return nil
	}
	return &redirectError{status: status, location: req.URL.Scheme + "://" + req.URL.Host}
}
