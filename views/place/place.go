package place

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
)

// Place is a parsed place. The zero Place is nowhere.
type Place struct {
	Kind  string     // "alarms", "device", "tree"
	Path  []string   // what follows it, unescaped: ["4711", "measurements"]
	Query url.Values // never nil after Parse
}

// Parse reads a place. It checks the form only; whether there is such a kind
// is for the registry of views to say.
func Parse(s string) (Place, error) {
	s = strings.TrimSpace(s)
	path, query, _ := strings.Cut(s, "?")
	path = strings.Trim(path, "/")
	if path == "" {
		return Place{}, fmt.Errorf("%q is no place: it does not begin with a view's name", s)
	}
	values, err := url.ParseQuery(query)
	if err != nil {
		return Place{}, fmt.Errorf("%q is no place: what follows the question mark is not of the form name=value&name=value", s)
	}
	words := strings.Split(path, "/")
	for i, w := range words {
		if words[i], err = url.PathUnescape(w); err != nil || words[i] == "" {
			return Place{}, fmt.Errorf("%q is no place: the part %q cannot be read", s, w)
		}
	}
	return Place{Kind: strings.ToLower(words[0]), Path: words[1:], Query: values}, nil
}

// At returns the place of a kind and what follows it.
func At(kind string, path ...string) Place {
	return Place{Kind: kind, Path: path, Query: url.Values{}}
}

// With returns the place with a query value set, removed if value is empty.
func (p Place) With(name, value string) Place {
	q := url.Values{}
	for k, v := range p.Query {
		q[k] = v
	}
	if value == "" {
		q.Del(name)
	} else {
		q.Set(name, value)
	}
	p.Query = q
	return p
}

// String returns the text of the place, the query in alphabetical order and
// with no more escapes than reading it back needs.
func (p Place) String() string {
	var b strings.Builder
	b.WriteString(p.Kind)
	for _, w := range p.Path {
		b.WriteByte('/')
		b.WriteString(strings.ReplaceAll(url.PathEscape(w), "%2C", ",")) // of which a path may have any
	}
	sep := byte('?')
	names := make([]string, 0, len(p.Query))
	for name := range p.Query {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		for _, value := range p.Query[name] {
			b.WriteByte(sep)
			sep = '&'
			b.WriteString(escape(name))
			b.WriteByte('=')
			b.WriteString(escape(value))
		}
	}
	return b.String()
}

// escape escapes what would be read as something else; unlike
// url.QueryEscape it leaves the characters alone that make a place readable.
func escape(s string) string {
	s = url.QueryEscape(s)
	for _, plain := range []struct{ escaped, char string }{
		{"%3A", ":"}, {"%2C", ","}, {"%2F", "/"}, {"%40", "@"}, {"%28", "("}, {"%29", ")"}, {"%27", "'"}, {"%2A", "*"}, {"%24", "$"},
	} {
		s = strings.ReplaceAll(s, plain.escaped, plain.char)
	}
	return s
}
