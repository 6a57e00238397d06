package c8yclient

import (
	"bytes"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// tolerant are the options for what a tenant sent: duplicate names and broken UTF-8
// are no reason to show nothing.
var tolerant = json.JoinOptions(jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))

func unmarshal(data []byte, into any) error { return json.Unmarshal(data, into, tolerant) }

// marshal encodes what goes to a tenant: times with milliseconds and their zone.
func marshal(value any) ([]byte, error) {
	return json.Marshal(value, tolerant, json.WithMarshalers(json.MarshalToFunc(encodeTime)))
}

func encodeTime(enc *jsontext.Encoder, t time.Time) error {
	return enc.WriteToken(jsontext.String(t.Format(timeFormat)))
}

// EncodeDocument returns a document as JSON: the platform's fields, then the fragments.
func EncodeDocument(document any) (jsontext.Value, error) { return marshal(document) }

// DecodeDocument reads one document, for example the data of a realtime message. It
// is as forgiving as the service methods are: see [Document].
func DecodeDocument[T any](data jsontext.Value) (*T, error) {
	into := new(T)
	if err := decode(data, into); err != nil {
		return nil, &Error{
			Message: "the document could not be read: " + shorten(err.Error(), maxErrorText),
			kinds:   []error{ErrUnreadable}, cause: err,
		}
	}
	return into, nil
}

// decode reads one value, first strictly, which is fast; if a member has an unexpected
// type, member by member.
func decode(data []byte, into any) error {
	err := unmarshal(data, into)
	if err == nil {
		if document := documentOf(into); document != nil {
			// The decoder doubles as it appends; documents may be kept for long.
			document.Fragments = document.Fragments.Clone()
		}
		return nil
	}
	var mismatch *json.SemanticError
	if !errors.As(err, &mismatch) {
		return err
	}
	if lenient := decodeLeniently(data, into); lenient == nil {
		return nil
	}
	return err
}

// decodeLeniently reads an object into a struct whose fields do not all fit: numbers
// become text where text is expected, times are read in more forms, and a member that
// still has the wrong type is kept as a fragment.
func decodeLeniently(data []byte, into any) error {
	target := reflect.ValueOf(into)
	if target.Kind() != reflect.Pointer || target.Elem().Kind() != reflect.Struct {
		return errors.New("not an object")
	}
	if kind := jsontext.Value(data).Kind(); kind != '{' {
		return fmt.Errorf("a JSON object was expected, not %v", kind)
	}
	target.Elem().SetZero()
	keeper := documentOf(into)
	options := json.JoinOptions(
		tolerant,
		json.WithUnmarshalers(json.JoinUnmarshalers(
			json.UnmarshalFromFunc(decodeLooseString), json.UnmarshalFromFunc(decodeLooseTime))),
	)
	decoder := jsontext.NewDecoder(bytes.NewBuffer(data), tolerant)
	if _, err := decoder.ReadToken(); err != nil {
		return err
	}
	member := reflect.New(target.Elem().Type())
	for decoder.PeekKind() == '"' {
		name, err := decoder.ReadToken()
		if err != nil {
			return err
		}
		key := name.String()
		value, err := decoder.ReadValue()
		if err != nil {
			return err
		}
		quoted, _ := jsontext.AppendQuote(nil, key)
		object := slices.Concat([]byte{'{'}, quoted, []byte{':'}, value, []byte{'}'})
		// A failed attempt may leave half a value behind: try on a copy.
		member.Elem().Set(target.Elem())
		if err := json.Unmarshal(object, member.Interface(), options); err == nil {
			target.Elem().Set(member.Elem())
		} else if keeper != nil {
			keeper.setFragment(key, value.Clone())
		}
	}
	_, err := decoder.ReadToken()
	return err
}

// decodeLooseString accepts numbers and booleans where text is expected.
func decodeLooseString(dec *jsontext.Decoder, into *string) error {
	switch dec.PeekKind() {
	case '0', 't', 'f':
		value, err := dec.ReadValue()
		*into = string(value)
		return err
	}
	return errors.ErrUnsupported
}

// decodeLooseTime accepts the times that the platform or its devices have been
// seen to write; one without a zone is UTC.
func decodeLooseTime(dec *jsontext.Decoder, into *time.Time) error {
	if dec.PeekKind() != '"' {
		return errors.ErrUnsupported
	}
	token, err := dec.ReadToken()
	if err != nil {
		return err
	}
	if text := token.String(); text != "" {
		*into, err = parseTime(text)
		return err
	}
	*into = time.Time{}
	return nil
}

// parseTime reads a time in any form that was seen; one without a zone is UTC.
func parseTime(text string) (time.Time, error) {
	for _, layout := range []string{
		time.RFC3339Nano, "2006-01-02T15:04:05.999999999Z0700", "2006-01-02T15:04:05.999999999Z07",
		"2006-01-02T15:04Z07:00", "2006-01-02T15:04:05.999999999", "2006-01-02T15:04", time.DateTime, time.DateOnly,
	} {
		if t, err := time.Parse(layout, text); err == nil {
			return t, nil
		}
	}
	return time.Time{}, errors.New("not a time")
}

// looseText returns a JSON string unquoted and anything else as it stands.
func looseText(value jsontext.Value) string {
	switch value.Kind() {
	case '"':
		var text string
		if unmarshal(value, &text) == nil {
			return text
		}
	case 'n', 0:
		return ""
	}
	return string(value)
}

// ID is an identifier that some tenants send as a number and some as text.
type ID string

// UnmarshalJSONFrom accepts a string or a number.
func (id *ID) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	value, err := dec.ReadValue()
	if err != nil {
		return err
	}
	switch value.Kind() {
	case '"', '0', 'n':
		*id = ID(looseText(value))
		return nil
	}
	return fmt.Errorf("an id cannot be %v", value.Kind())
}

// Flag is a boolean that some tenants send as text.
type Flag bool

// UnmarshalJSONFrom accepts a boolean, or text that says "true" or "false".
func (f *Flag) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	value, err := dec.ReadValue()
	if err != nil {
		return err
	}
	parsed, err := strconv.ParseBool(strings.ToLower(looseText(value)))
	*f = Flag(err == nil && parsed)
	return nil
}
