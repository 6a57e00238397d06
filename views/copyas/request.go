package copyas

import (
	"maps"
	"net/http"
	"slices"
	"strings"

	"c8yx/views/traffic"
)

// Request is a request to the API, without its secrets.
type Request struct {
	Method string
	// Target is the escaped path with the leading slash, and a query if there is one.
	Target string
	// Body is what is sent, "" for nothing; ContentType says what it is, JSON if empty.
	Body, ContentType string
	// Mode is the processing mode, "" for the usual one.
	Mode string
	// Accept is what is wanted, JSON if empty.
	Accept string
	// Header is what is sent besides.
	Header http.Header
	// Cut says that there was more of the body than is known.
	Cut bool
}

// Get returns the request for a document.
func Get(path string) Request {
	return Request{Method: http.MethodGet, Target: "/" + strings.TrimPrefix(path, "/")}
}

// Sent returns the request of a recorded exchange.
func Sent(r *traffic.Request) Request {
	return Request{
		Method: r.Method, Target: r.Target, Body: r.Exchange.Sent.Content, Cut: r.Exchange.Sent.Cut,
		ContentType: r.SentHeader.Get("Content-Type"), Mode: r.SentHeader.Get("X-Cumulocity-Processing-Mode"),
		Accept: r.SentHeader.Get("Accept"), Header: traffic.Besides(r.SentHeader),
	}
}

// Written returns the request of a write of the journal.
func Written(w *traffic.Write) Request {
	return Request{
		Method: w.Method, Target: w.Target, Body: w.Body.Content, Cut: w.Body.Cut, ContentType: w.ContentType, Mode: w.Mode, Header: w.Header,
	}
}

const jsonType = "application/json"

// Curl returns the request as a curl command. The address and the token are variables:
// C8Y_BASEURL and C8Y_TOKEN.
func (r Request) Curl() string {
	parts := []string{"curl -sS"}
	if r.Method != http.MethodGet || r.Body != "" {
		parts[0] += " -X " + word(r.Method)
	}
	parts[0] += ` "$C8Y_BASEURL"` + quote(r.Target)
	parts = append(parts, `-H "Authorization: Bearer $C8Y_TOKEN"`)
	accept := r.Accept
	if accept == "" {
		accept = jsonType
	}
	parts = append(parts, "-H "+quote("Accept: "+accept))
	if r.Body != "" {
		kind := r.ContentType
		if kind == "" {
			kind = jsonType
		}
		parts = append(parts, "-H "+quote("Content-Type: "+kind))
	}
	if r.Mode != "" {
		parts = append(parts, "-H "+quote("X-Cumulocity-Processing-Mode: "+r.Mode))
	}
	for _, line := range r.headerLines() {
		parts = append(parts, "-H "+quote(line))
	}
	if r.Body != "" {
		parts = append(parts, "--data-raw "+quote(r.Body))
	}
	return strings.Join(parts, " \\\n  ")
}

// headerLines are what is sent besides, as "Name: value", by name.
func (r Request) headerLines() []string {
	var lines []string
	for _, name := range slices.Sorted(maps.Keys(r.Header)) {
		for _, value := range r.Header[name] {
			lines = append(lines, name+": "+value)
		}
	}
	return lines
}

// elements returns the path's elements, unescaped where that is possible, and the query.
func (r Request) elements() (path []string, query string) {
	target, query, _ := strings.Cut(r.Target, "?")
	path = strings.Split(strings.Trim(target, "/"), "/")
	for i, element := range path {
		path[i] = unescaped(element)
	}
	return path, query
}

// under reports whether the path begins with some elements, and returns the rest.
func under(path []string, elements ...string) (rest []string, ok bool) {
	if len(path) < len(elements) || !slices.Equal(path[:len(elements)], elements) {
		return nil, false
	}
	return path[len(elements):], true
}
