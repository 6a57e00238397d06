package c8yclient

import (
	"bytes"
	"errors"
	"fmt"
	"net/url"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// pageDecoder reads a page whose items are under a key that depends on the list.
type pageDecoder[T any] struct {
	pageReader
	items []*T
}

func newPageDecoder[T any](key string) *pageDecoder[T] {
	p := &pageDecoder[T]{pageReader: pageReader{key: key}}
	p.make = func() any { return new(T) }
	p.keep = func(item any) { p.items = append(p.items, item.(*T)) }
	p.again = func() { p.items = nil }
	return p
}

// page returns what was read.
func (p *pageDecoder[T]) page() *Page[T] {
	return &Page[T]{Items: p.items, Statistics: p.statistics, Next: p.next, Self: p.self}
}

// pageReader does the reading. It does not know what the items are: there is one in the program, not one for
// each of the two dozen types of items.
type pageReader struct {
	key  string
	came bool // there was an answer to read

	statistics Statistics
	next, self string

	make  func() any // returns a new item, by its address
	keep  func(item any)
	again func() // drops what was kept
	kept  int
}

// decodeAnswer reads the page strictly, which is fast, and once more item by item if
// one of them is not as expected.
func (p *pageReader) decodeAnswer(body []byte) error {
	p.came = true
	err := p.walk(body, p.readItems)
	var mismatch *json.SemanticError
	if errors.As(err, &mismatch) {
		p.again()
		p.statistics, p.next, p.self, p.kept = Statistics{}, "", "", 0
		err = p.walk(body, p.readItemsLeniently)
	}
	return err
}

// walk reads the members of a page, and the list of items with the given function.
func (p *pageReader) walk(body []byte, items func(*jsontext.Decoder) error) error {
	decoder := jsontext.NewDecoder(bytes.NewBuffer(body), tolerant)
	start, err := decoder.ReadToken()
	if err != nil {
		return err
	}
	if start.Kind() != '{' {
		return fmt.Errorf("a list was expected, not a JSON %v", start.Kind())
	}
	found := false
	for decoder.PeekKind() == '"' {
		name, err := decoder.ReadToken()
		if err != nil {
			return err
		}
		var raw jsontext.Value
		switch name := name.String(); name {
		case p.key:
			found = true
			if kind := decoder.PeekKind(); kind != '[' {
				return fmt.Errorf("%q should be a list and is a JSON %v", name, kind)
			}
			err = items(decoder)
		case "statistics":
			// Totals that cannot be read are totals that are not known.
			if raw, err = decoder.ReadValue(); err == nil {
				_ = decode(raw, &p.statistics)
			}
		case "next":
			if raw, err = decoder.ReadValue(); err == nil {
				p.next = relative(looseText(raw))
			}
		case "self":
			if raw, err = decoder.ReadValue(); err == nil {
				p.self = looseText(raw)
			}
		default:
			err = decoder.SkipValue()
		}
		if err != nil {
			return err
		}
	}
	if _, err := decoder.ReadToken(); err != nil {
		return err
	}
	if !found {
		return fmt.Errorf("it has no list named %q", p.key)
	}
	return nil
}

// readItems reads item by item. The fragments of each are collected in one buffer that grows
// once, and kept in memory of their exact size: there may be a hundred thousand.
func (p *pageReader) readItems(decoder *jsontext.Decoder) error {
	if _, err := decoder.ReadToken(); err != nil {
		return err
	}
	var scratch jsontext.Value
	for decoder.PeekKind() != ']' {
		if decoder.PeekKind() == 'n' {
			if err := decoder.SkipValue(); err != nil {
				return err
			}
			continue
		}
		item := p.make()
		document := documentOf(item)
		if document != nil {
			document.Fragments = scratch[:0]
		}
		if err := json.UnmarshalDecode(decoder, item); err != nil {
			return err
		}
		if document != nil {
			scratch = document.Fragments
			document.Fragments = nil
			if len(scratch) > 0 {
				document.Fragments = scratch.Clone()
			}
		}
		p.keep(item)
		p.kept++
	}
	_, err := decoder.ReadToken()
	return err
}

func (p *pageReader) readItemsLeniently(decoder *jsontext.Decoder) error {
	if _, err := decoder.ReadToken(); err != nil {
		return err
	}
	for decoder.PeekKind() != ']' {
		raw, err := decoder.ReadValue()
		if err != nil {
			return err
		}
		if raw.Kind() == 'n' {
			continue
		}
		item := p.make()
		if err := decode(raw, item); err != nil {
			return fmt.Errorf("item %d of %q: %w", p.kept+1, p.key, err)
		}
		p.keep(item)
		p.kept++
	}
	_, err := decoder.ReadToken()
	return err
}

// relative returns path and query of a link, whatever host it names.
func relative(link string) string {
	u, err := url.Parse(link)
	if err != nil || u.Opaque != "" || u.EscapedPath() == "" {
		return ""
	}
	if u.RawQuery == "" {
		return u.EscapedPath()
	}
	return u.EscapedPath() + "?" + u.RawQuery
}
