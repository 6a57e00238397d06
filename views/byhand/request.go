package byhand

import (
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"c8yx/c8yclient"
	"c8yx/views/transfer"
)

// Methods returns the methods that a request can have.
func Methods() []string {
	return []string{http.MethodGet, http.MethodPost, http.MethodPut, http.MethodDelete, http.MethodPatch, http.MethodHead}
}

// Request is a request made up by a user.
type Request struct {
	Method string
	// Path is a path of the API, with or without a query, or a link to it, of which the host does
	// not count.
	Path string
	// Query is added to the path: "pageSize=5&withTotalPages=true".
	Query string
	// Body is sent with its content type, which is JSON if empty. JSON is checked.
	Body, ContentType string
	// File is the path of a file to send in place of a body: POST sends it as a form of two parts,
	// as the platform wants files, PUT as it is.
	File string
	// Accept is what is wanted, JSON if empty.
	Accept string
	// Mode is the processing mode, "" for the usual one.
	Mode c8yclient.ProcessingMode
	// Header is sent besides; see [ParseHeader].
	Header http.Header
}

// Problem is what is wrong with a request, and with which part of it.
type Problem struct {
	Part string // "method", "path", "query", "header", "body" or "file"
	Err  error
}

func (p *Problem) Error() string { return p.Err.Error() }

// Unwrap returns the reason.
func (p *Problem) Unwrap() error { return p.Err }

// Check returns what is wrong with the request before it is sent; nil if nothing is.
func (r Request) Check() *Problem {
	wrong := func(part, format string, args ...any) *Problem { return &Problem{part, fmt.Errorf(format, args...)} }
	if !slices.Contains(Methods(), r.Method) {
		return wrong("method", "there is no method %q: %s", r.Method, strings.Join(Methods(), ", "))
	}
	if _, err := r.Target(); err != nil {
		return &Problem{"path", err}
	}
	if _, err := url.ParseQuery(r.Query); err != nil {
		return wrong("query", "write name=value&name=value")
	}
	if err := r.badHeader(); err != nil {
		return &Problem{"header", err}
	}
	writes := r.Method == http.MethodPost || r.Method == http.MethodPut || r.Method == http.MethodPatch
	switch {
	case r.Body != "" && !writes:
		return wrong("body", "%s sends no body", r.Method)
	case r.File != "" && r.Method != http.MethodPost && r.Method != http.MethodPut:
		return wrong("file", "%s sends no file: POST and PUT do", r.Method)
	case r.File != "" && r.Body != "":
		return wrong("file", "send either a body or a file")
	case r.Body != "" && r.isJSON():
		if problem := badJSON(r.Body); problem != nil {
			return &Problem{"body", problem}
		}
	}
	return nil
}

func (r Request) isJSON() bool {
	media, _, _ := mime.ParseMediaType(r.ContentType)
	return r.ContentType == "" || media == "application/json" || strings.HasSuffix(media, "+json")
}

// badJSON says where a text is no JSON, nil if it is some.
func badJSON(body string) error {
	value := jsontext.Value(body)
	if value.IsValid() {
		return nil
	}
	err := value.Format()
	var syntax *jsontext.SyntacticError
	if !errors.As(err, &syntax) {
		return errors.New("this is no JSON")
	}
	before := body[:min(int(syntax.ByteOffset), len(body))]
	line := strings.Count(before, "\n") + 1
	column := len(before) - strings.LastIndexByte(before, '\n')
	reason := "it ends too early"
	if syntax.Err != nil && !errors.Is(syntax.Err, io.ErrUnexpectedEOF) {
		reason = syntax.Err.Error()
	}
	return fmt.Errorf("no JSON from line %d, column %d: %s", line, column, reason)
}

// Target returns the path with its query, as the client takes it.
func (r Request) Target() (string, error) {
	target := strings.TrimSpace(r.Path)
	if rest, ok := strings.CutPrefix(target, "https://"); ok {
		target = afterHost(rest)
	} else if rest, ok := strings.CutPrefix(target, "http://"); ok {
		target = afterHost(rest)
	}
	if !strings.HasPrefix(target, "/") {
		target = "/" + target
	}
	switch {
	case target == "/":
		return "", errors.New("write a path of the API, such as /alarm/alarms")
	case strings.ContainsAny(target, "{}"):
		return "", fmt.Errorf("put a value in place of %s", target[strings.IndexAny(target, "{}"):])
	}
	if r.Query != "" {
		separator := "?"
		if strings.Contains(target, "?") {
			separator = "&"
		}
		target += separator + strings.TrimLeft(r.Query, "?&")
	}
	if _, err := url.Parse(target); err != nil {
		return "", errors.New("this is no path")
	}
	return strings.ReplaceAll(target, " ", "%20"), nil
}

func afterHost(rest string) string {
	if i := strings.IndexByte(rest, '/'); i >= 0 {
		return rest[i:]
	}
	return "/"
}

// Answer is what the tenant said.
type Answer struct {
	Status      int
	ContentType string
	Body        []byte
	// Cut says that there was more than is kept.
	Cut bool
}

// IsJSON reports whether the answer is a document.
func (a *Answer) IsJSON() bool {
	return len(a.Body) > 0 && jsontext.Value(a.Body).IsValid(tolerant()...)
}

// tolerant are the options for what a tenant sent.
func tolerant() []jsontext.Options {
	return []jsontext.Options{jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true)}
}

// most is how much of an answer is kept in memory.
const most = 64 << 20

// Send sends the request and reads the answer. The meter tells how far a file is that is sent.
func (r Request) Send(ctx context.Context, client *c8yclient.Client, m *transfer.Meter) (*Answer, error) {
	ctx = r.context(ctx)
	if r.File != "" {
		return r.upload(ctx, client, m)
	}
	resp, err := r.do(ctx, client)
	if err != nil {
		return nil, err
	}
	defer func() { _ = resp.Body.Close() }()
	answer := &Answer{Status: resp.StatusCode, ContentType: resp.Header.Get("Content-Type")}
	answer.Body, err = io.ReadAll(io.LimitReader(resp.Body, most+1))
	if len(answer.Body) > most {
		answer.Body, answer.Cut = answer.Body[:most], true
	}
	return answer, err
}

func (r Request) context(ctx context.Context) context.Context {
	if r.Mode == "" && len(r.Header) == 0 {
		return ctx
	}
	return c8yclient.WithCallOptions(ctx, c8yclient.CallOptions{ProcessingMode: r.Mode, Header: r.Header})
}

// do sends a request that has no file.
func (r Request) do(ctx context.Context, client *c8yclient.Client) (*http.Response, error) {
	target, err := r.Target()
	if err != nil {
		return nil, err
	}
	var body any
	if r.Body != "" {
		body = []byte(r.Body)
	}
	req, err := client.NewRequest(ctx, r.Method, target, body)
	if err != nil {
		return nil, err
	}
	if r.ContentType != "" && r.Body != "" {
		req.Header.Set("Content-Type", r.ContentType)
	}
	if r.Accept != "" {
		req.Header.Set("Accept", r.Accept)
	}
	return client.Do(req)
}

// upload sends a file.
func (r Request) upload(ctx context.Context, client *c8yclient.Client, m *transfer.Meter) (*Answer, error) {
	target, err := r.Target()
	if err != nil {
		return nil, err
	}
	send, status := client.PostFile, http.StatusCreated
	if r.Method == http.MethodPut {
		send = client.PutFile
	}
	var document []byte
	work := transfer.NewUpload(r.File, func(ctx context.Context, upload c8yclient.Upload) error {
		if r.ContentType != "" {
			upload.ContentType = r.ContentType
		}
		return send(ctx, target, upload, &document)
	})
	if err := work.Run(ctx, m); err != nil {
		return nil, err
	}
	return &Answer{Status: status, ContentType: "application/json", Body: document}, nil
}

// Save sends the request and writes the answer to a file, whatever its size. It is a [transfer.Work].
type Save struct {
	*transfer.Landing
	request Request
	client  *c8yclient.Client
}

// NewSave returns the work of saving the answer to a request.
func NewSave(r Request, client *c8yclient.Client, l *transfer.Landing) *Save {
	return &Save{Landing: l, request: r, client: client}
}

// Run sends the request. One that only reads is sent again when it is tried again.
func (s *Save) Run(ctx context.Context, m *transfer.Meter) error {
	if _, err := s.Open(); err != nil {
		return err
	}
	err := s.Truncate(0)
	if err == nil {
		err = s.fetch(s.request.context(ctx), m)
	}
	if err != nil {
		_ = s.Close()
		return err
	}
	return s.Commit()
}

func (s *Save) fetch(ctx context.Context, m *transfer.Meter) error {
	r := s.request
	if r.Accept == "" {
		r.Accept = "*/*"
	}
	resp, err := r.do(ctx, s.client)
	if err != nil {
		return err
	}
	defer func() { _ = resp.Body.Close() }()
	m.Begin(0, resp.ContentLength)
	_, err = io.Copy(s.Landing, io.TeeReader(resp.Body, counter{m}))
	return err
}

// counter tells a meter what passes.
type counter struct{ meter *transfer.Meter }

func (c counter) Write(p []byte) (int, error) {
	c.meter.Add(int64(len(p)))
	return len(p), nil
}
