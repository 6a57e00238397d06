package byhand

import (
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
)

// ParseHeader reads headers as they are written: one a line, "Name: value". Lines without anything do not count.
func ParseHeader(written string) (http.Header, error) {
	header := http.Header{}
	number := 0
	for line := range strings.Lines(written) {
		number++
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		name, value, found := strings.Cut(line, ":")
		if !found {
			return nil, fmt.Errorf("line %d: write Name: value", number)
		}
		header.Add(strings.TrimSpace(name), strings.TrimSpace(value))
	}
	return header, nil
}

// WriteHeader writes headers so that [ParseHeader] reads them, by name.
func WriteHeader(header http.Header) string {
	var lines []string
	for _, name := range slices.Sorted(maps.Keys(header)) {
		for _, value := range header[name] {
			lines = append(lines, name+": "+value)
		}
	}
	return strings.Join(lines, "\n")
}

// With returns the request with headers. What it sends and what it wants are fields of their own.
func (r Request) With(header http.Header) Request {
	r.Header = header.Clone()
	for name, field := range map[string]*string{"Content-Type": &r.ContentType, "Accept": &r.Accept} {
		if value := r.Header.Get(name); value != "" {
			*field = value
		}
		r.Header.Del(name)
	}
	return r
}

// badHeader says what is wrong with the headers, nil if nothing is. No value is in what it says: it may be a secret.
func (r Request) badHeader() error {
	for _, name := range slices.Sorted(maps.Keys(r.Header)) {
		if !isToken(name) {
			return fmt.Errorf("%q is no name of a header", name)
		}
		switch http.CanonicalHeaderKey(name) {
		case "Authorization", "Proxy-Authorization", "Cookie", "Tfatoken", "X-Xsrf-Token":
			return fmt.Errorf("%s says who you are: c8yx sends what the sign-in gave", name)
		case "Host", "Content-Length", "Transfer-Encoding", "Accept-Encoding", "Connection", "Keep-Alive", "Te", "Trailer", "Upgrade", "Expect":
			return fmt.Errorf("%s belongs to the connection, which sets it", name)
		case "X-Http-Method", "X-Http-Method-Override", "X-Method-Override":
			return fmt.Errorf("%s makes another request of it: choose the method", name)
		case "X-Cumulocity-Processing-Mode":
			if r.Mode != "" {
				return errors.New("the mode of processing is chosen already")
			}
		}
		for _, value := range r.Header[name] {
			if strings.ContainsFunc(value, func(c rune) bool { return c < ' ' && c != '\t' || c == 0x7f }) {
				return fmt.Errorf("the value of %s has a control character in it", name)
			}
		}
	}
	return nil
}

// isToken reports whether a text may be the name of a header: RFC 9110, section 5.6.2.
func isToken(name string) bool {
	return name != "" && strings.Trim(strings.ToLower(name), "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyz") == ""
}
