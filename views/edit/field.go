package edit

import (
	"maps"
	"math"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"c8yx/ui/form"
	"c8yx/ui/text"
	"c8yx/views/write"
)

// Shape is how the value of a field stands in a document.
type Shape uint8

// The shapes. An empty field stands for no value at all.
const (
	Text   Shape = iota // a string
	Number              // a number
	Flag                // true or false
	Marker              // {} if it is on, no member if it is off, as with c8y_IsDevice
	Time                // a moment, written as the platform does
	Secret              // a string that is never shown
	JSON                // any value, written as JSON
	Words               // an array of strings, parted by commas
	File                // the path of a file on this machine
	Aside               // no part of the document, such as a password that is typed a second time
	Own                 // as Written and Parsed of the field say
)

// Field is one value of a document in a form. The form field's Name is the path of the value, its
// members parted by dots: "c8y_RequiredAvailability.responseInterval". Without an Input it has that
// of its shape.
type Field struct {
	form.Field
	As Shape
	// Written is how a value of the document stands in the form, and Parsed how what was typed, which
	// the form has found right, stands in the document; for the shape Own.
	Written func(jsontext.Value) string
	Parsed  func(typed string) jsontext.Value
}

// path returns the members that lead to the value.
func (f Field) path() []string { return strings.Split(f.Name, ".") }

// opened returns the field of the form, beginning with what a document of these members has.
func (f Field) opened(members map[string]jsontext.Value) form.Field {
	field := f.Field
	if field.Input == nil {
		field.Input = f.As.input()
	}
	path := f.path()
	if member, there := members[path[0]]; there {
		if value, there := write.At(member, path[1:]...); there {
			field.Value = f.written(value)
		}
	}
	if f.As == JSON {
		validate := field.Validate
		field.Validate = func(typed string) text.Safe {
			if p := Parse([]byte(typed)); p != nil {
				return text.Clean(p.Error())
			}
			if validate != nil {
				return validate(typed)
			}
			return ""
		}
	}
	return field
}

// input is how values of the shape are entered.
func (s Shape) input() form.Input {
	switch s {
	case Number:
		return form.Number(math.Inf(-1), math.Inf(1))
	case Flag, Marker:
		return form.Toggle()
	case Time:
		return form.Date()
	case Secret:
		return form.Secret()
	case JSON:
		return form.Lines(6)
	}
	return form.Text()
}

func (f Field) written(value jsontext.Value) string {
	if f.As == Own {
		return f.Written(value)
	}
	return f.As.written(value)
}

// written returns a value as it stands in a form.
func (s Shape) written(value jsontext.Value) string {
	switch {
	case s == Secret, s == Aside:
		return "" // what the tenant has, it has
	case s == Marker:
		return "true"
	case s == JSON:
		pretty := value.Clone()
		if pretty.Indent(jsontext.WithIndent("  ")) == nil {
			return string(pretty)
		}
	case s == Words && value.Kind() == '[':
		var words []string
		if json.Unmarshal(value, &words) == nil {
			return strings.Join(words, ", ")
		}
	case value.Kind() == '"':
		var plain string
		if json.Unmarshal(value, &plain) == nil {
			return plain
		}
	case value.Kind() == 'n':
		return ""
	}
	return string(value)
}

// value returns what a form says as it stands in a document, nil for nothing.
func (f Field) value(values form.Values) jsontext.Value {
	quoted := func(s string) jsontext.Value {
		if s == "" {
			return nil
		}
		encoded, err := jsontext.AppendQuote(nil, s)
		if err != nil { // invalid UTF-8, which the platform would not take either
			encoded, _ = jsontext.AppendQuote(nil, strings.ToValidUTF8(s, "\uFFFD"))
		}
		return encoded
	}
	switch f.As {
	case Aside:
		return nil
	case Own:
		return f.Parsed(values.Text(f.Name))
	case Words:
		words := SplitWords(values.Text(f.Name))
		if len(words) == 0 {
			return nil
		}
		encoded, err := json.Marshal(words)
		if err != nil {
			return quoted(values.Text(f.Name)) // the tenant says what is wrong with it
		}
		return encoded
	case Number:
		typed := values.Text(f.Name)
		n, err := strconv.ParseFloat(typed, 64)
		if err != nil {
			return nil
		}
		return jsontext.Value(strconv.FormatFloat(n, 'f', -1, 64))
	case Flag:
		return jsontext.Value(strconv.FormatBool(values.On(f.Name)))
	case Marker:
		if values.On(f.Name) {
			return jsontext.Value("{}")
		}
		return nil
	case Time:
		if t := values.Time(f.Name); !t.IsZero() {
			return quoted(t.UTC().Format("2006-01-02T15:04:05.000Z07:00"))
		}
		return nil
	case Secret:
		return quoted(string(values.Hidden(f.Name)))
	case JSON:
		if typed := strings.TrimSpace(values.Text(f.Name)); typed != "" {
			return jsontext.Value(typed)
		}
		return nil
	}
	return quoted(values.Text(f.Name))
}

// SplitWords returns the words of a field that are parted by commas.
func SplitWords(typed string) []string {
	var words []string
	for word := range strings.SplitSeq(typed, ",") {
		if word = strings.TrimSpace(word); word != "" {
			words = append(words, word)
		}
	}
	return words
}

// fill returns a document with what a form says put into it. What was not changed stays byte for
// byte as it was.
func fill(document jsontext.Value, fields []Field, values form.Values, fresh bool) jsontext.Value {
	for _, f := range fields {
		if !values.Has(f.Name) || !fresh && !values.Changed(f.Name) {
			continue
		}
		if f.As == Flag && fresh && !values.On(f.Name) {
			continue // what a thing is not need not be said
		}
		document = write.Set(document, f.value(values), f.path()...)
	}
	return document
}

// opened returns the fields of a form about a document, which may be large: it is walked through once.
func opened(fields []Field, document jsontext.Value) []form.Field {
	if len(fields) == 0 {
		return nil // it is edited as a whole
	}
	list, members := make([]form.Field, len(fields)), maps.Collect(write.Members(document))
	for i, f := range fields {
		list[i] = f.opened(members)
	}
	return list
}

// secrets returns the members that hold a secret.
func secrets(fields []Field) []string {
	var names []string
	for _, f := range fields {
		if f.As == Secret {
			names = append(names, f.path()[0])
		}
	}
	return names
}

// withoutSecrets returns a document without what fields hold that are never shown.
func withoutSecrets(document jsontext.Value, fields []Field) jsontext.Value {
	for _, f := range fields {
		if _, there := write.At(document, f.path()...); there && f.As == Secret {
			document = write.Set(document, nil, f.path()...)
		}
	}
	return document
}

// Plain returns what a JSON value says: a string without its quotes, anything else as it is written.
func Plain(value jsontext.Value) string { return Text.written(value) }
