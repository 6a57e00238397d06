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
	Page[T]
	key  string
	came bool // there was an answer to read
}

// decodeAnswer reads the page strictly, which is fast, and once more item by item if
// one of them is not as expected.
func (p *pageDecoder[T]) decodeAnswer(body []byte) error {
	p.came = true
	err := p.walk(body, p.readItems)
	var mismatch *json.SemanticError
	if errors.As(err, &mismatch) {
		p.Page = Page[T]{}
		err = p.walk(body, p.readItemsLeniently)
	}
	return err
}

// walk reads the members of a page, and the list of items with the given function.
func (p *pageDecoder[T]) walk(body []byte, items func(*jsontext.Decoder) error) error {
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
				_ = decode(raw, &p.Statistics)
			}
		case "next":
			if raw, err = decoder.ReadValue(); err == nil {
				p.Next = relative(looseText(raw))
			}
		case "self":
			if raw, err = decoder.ReadValue(); err == nil {
				p.Self = looseText(raw)
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
func (p *pageDecoder[T]) readItems(decoder *jsontext.Decoder) error {
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
		item := new(T)
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
		p.Items = append(p.Items, item)
	}
	_, err := decoder.ReadToken()
	return err
}

func (p *pageDecoder[T]) readItemsLeniently(decoder *jsontext.Decoder) error {
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
		item := new(T)
		if err := decode(raw, item); err != nil {
			return fmt.Errorf("item %d of %q: %w", len(p.Items)+1, p.key, err)
		}
		p.Items = append(p.Items, item)
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
