package c8yclient

import (
	"context"
	"fmt"

	"github.com/go-json-experiment/json/jsontext"
)

// arrayDecoder reads an answer that is a bare JSON array, item by item, so that one of an
// unexpected form does not spoil the others.
type arrayDecoder[T any] struct{ items []*T }

func (a *arrayDecoder[T]) decodeAnswer(body []byte) error {
	var raws []jsontext.Value
	if err := unmarshal(body, &raws); err != nil {
		return err
	}
	a.items = make([]*T, 0, len(raws))
	for i, raw := range raws {
		if raw.Kind() == 'n' {
			continue
		}
		item := new(T)
		if err := decode(raw, item); err != nil {
			return fmt.Errorf("item %d: %w", i+1, err)
		}
		a.items = append(a.items, item)
	}
	return nil
}

// array sends a call whose answer is a bare array: a few lists are neither paged nor in an object.
func array[T any](ctx context.Context, c *Client, l call) ([]*T, error) {
	var a arrayDecoder[T]
	l.into = &a
	if err := c.do(ctx, l); err != nil {
		return nil, err
	}
	return a.items, nil
}
