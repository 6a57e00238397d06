package devicepage

import (
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"c8yx/c8yclient"
	"c8yx/theme"
	"c8yx/ui/fields"
	"c8yx/ui/text"
)

// within returns an object inside a document; one that is missing or of another
// type is empty.
func within(d *c8yclient.Document, name string) *c8yclient.Document {
	inner, _ := c8yclient.FragmentAs[c8yclient.Document](d, name)
	return &inner
}

// word returns a text, number or truth value as text, "" for anything else.
func word(d *c8yclient.Document, name string) string {
	raw, _ := d.Fragment(name)
	return plain(raw)
}

func plain(raw jsontext.Value) string {
	switch raw.Kind() {
	case '"':
		unquoted, err := jsontext.AppendUnquote(nil, raw)
		if err != nil {
			return ""
		}
		return strings.TrimSpace(string(unquoted))
	case '0', 't', 'f':
		return string(raw)
	}
	return ""
}

// words returns the texts in a list; a single text counts as a list of one.
func words(d *c8yclient.Document, name string) []string {
	if one := word(d, name); one != "" {
		return []string{one}
	}
	raw, _ := c8yclient.FragmentAs[[]jsontext.Value](d, name)
	var list []string
	for _, each := range raw {
		if s := plain(each); s != "" {
			list = append(list, s)
		}
	}
	return list
}

// records returns the objects in a list.
func records(d *c8yclient.Document, name string) []*c8yclient.Document {
	raw, _ := c8yclient.FragmentAs[[]jsontext.Value](d, name)
	var list []*c8yclient.Document
	for _, each := range raw {
		if record, err := c8yclient.DecodeDocument[c8yclient.Document](each); err == nil && each.Kind() == '{' {
			list = append(list, record)
		}
	}
	return list
}

// labels are names of properties with what they are called on the page.
type labels []struct {
	name  string
	label text.Safe
}

// pick returns those of the properties that a document has.
func (l labels) pick(d *c8yclient.Document) []fields.Field {
	var list []fields.Field
	for _, each := range l {
		if value := word(d, each.name); value != "" {
			list = append(list, fields.Field{Label: each.label, Value: text.Clean(value)})
		}
	}
	return list
}

// few joins the first of many texts and says how many there are.
func few(list []string, most int) text.Safe {
	rest := len(list) - most
	if rest <= 0 {
		return text.Clean(strings.Join(list, ", "))
	}
	return text.Clean(strings.Join(list[:most], ", ")) + " and " + text.Count(rest) + " more"
}

// value returns a field if there is something to say.
func value(label text.Safe, said string) []fields.Field {
	if said == "" {
		return nil
	}
	return []fields.Field{{Label: label, Value: text.Clean(said)}}
}

// nothing is a field that says that there is nothing.
func nothing(label, said text.Safe) fields.Field {
	return fields.Field{Label: label, Value: said, Role: theme.Muted}
}
