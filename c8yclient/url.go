package c8yclient

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
)

// route is the escaped path of an operation. A route that cannot be built keeps
// its error until the request is made, so that service methods stay one
// expression.
type route struct {
	escaped string
	err     error
}

// at builds a route of path elements, escaping each: an id with a slash stays
// one element (%2F), an id of dots cannot climb. Empty elements are refused,
// because DELETE /alarm/alarms/ + "" would mean the whole collection.
func at(elements ...string) route {
	var b strings.Builder
	for i, element := range elements {
		if element == "" {
			return route{err: fmt.Errorf("an empty id was given after %q", "/"+strings.Join(elements[:i], "/"))}
		}
		b.WriteByte('/')
		b.WriteString(escapeElement(element))
	}
	return route{escaped: b.String()}
}

func escapeElement(element string) string {
	if element == "." || element == ".." {
		return strings.ReplaceAll(element, ".", "%2E")
	}
	return url.PathEscape(element)
}

// parseBaseURL accepts what people type: a host, a host with port, or a URL.
// Without a scheme it means https; the trailing slash goes.
func parseBaseURL(address string) (*url.URL, error) {
	address = strings.TrimSpace(address)
	if address == "" {
		return nil, errors.New("no address of a tenant given")
	}
	if !strings.Contains(address, "://") {
		address = "https://" + address
	}
	base, err := url.Parse(address)
	if err != nil {
		// The text of url.Parse repeats the address, which may hold a password.
		return nil, errors.New("the address of the tenant is not a URL")
	}
	switch {
	case base.User != nil:
		return nil, errors.New("the address of the tenant contains credentials; give them separately")
	case base.Scheme != "https" && base.Scheme != "http":
		return nil, fmt.Errorf("the address of the tenant must begin with https:// or http://, not %s://", base.Scheme)
	case base.Hostname() == "":
		return nil, errors.New("the address of the tenant has no host")
	case base.RawQuery != "" || base.Fragment != "":
		return nil, errors.New("the address of the tenant must not have a query")
	}
	base.Path = strings.TrimRight(base.Path, "/")
	base.RawPath = strings.TrimRight(base.RawPath, "/")
	return base, nil
}

// resolve turns a path, with or without a query, or a self or next link into a
// URL of this client's tenant. Of an absolute link only path and query count: the
// host in it is the one that the server believes in, which may be an internal
// one, and is never trusted with credentials.
func (c *Client) resolve(target string) (*url.URL, error) {
	ref, err := url.Parse(target)
	if err != nil {
		return nil, errors.New("not a path or link")
	}
	if ref.Opaque != "" || (ref.Path != "" && ref.Path[0] != '/') {
		return nil, fmt.Errorf("a path must begin with a slash: %q", shorten(ref.Path, 80))
	}
	resolved := *c.base
	path := ref.EscapedPath()
	if prefix := c.base.EscapedPath(); prefix != "" && !strings.HasPrefix(path, prefix+"/") {
		path = prefix + path
	}
	if resolved.Path, err = url.PathUnescape(path); err != nil {
		return nil, errors.New("not a path or link")
	}
	resolved.RawPath = path
	resolved.RawQuery = ref.RawQuery
	return &resolved, nil
}
