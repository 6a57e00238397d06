package form

import (
	"fmt"
	"io"
	"log/slog"
	"strconv"
	"strings"
	"time"
)

// Values is what was filled in: the fields that are visible, by name. It prints
// without what is in them.
type Values struct {
	entries []value
}

// value is what one visible field holds.
type value struct {
	name    string
	text    string
	changed bool
	input   Input
}

func (v Values) find(name string) value {
	for _, e := range v.entries {
		if e.name == name {
			return e
		}
	}
	return value{}
}

// Has reports whether there is a visible field of the name.
func (v Values) Has(name string) bool { return v.find(name).name != "" }

// Changed reports whether the field differs from the value it began with.
func (v Values) Changed(name string) bool { return v.find(name).changed }

// Text returns what a field holds: for a choice the value of the option, for a
// file its path. Blanks around a typed line are dropped, unless the field was
// left as it began. A secret is not text: see [Values.Hidden].
func (v Values) Text(name string) string {
	e := v.find(name)
	switch e.input.(type) {
	case secretInput:
		return ""
	case linesInput, choiceInput, toggleInput:
		return e.text
	}
	if !e.changed {
		return e.text
	}
	return strings.TrimSpace(e.text)
}

// Hidden returns what a [Secret] field holds.
func (v Values) Hidden(name string) Hidden {
	if e := v.find(name); e.input != nil {
		if _, secret := e.input.(secretInput); secret {
			return Hidden(e.text)
		}
	}
	return ""
}

// Number returns what a [Number] or [Whole] field holds, 0 if it is empty.
func (v Values) Number(name string) float64 {
	n, _ := strconv.ParseFloat(strings.TrimSpace(v.find(name).text), 64)
	return n
}

// Int returns what a [Whole] field holds, 0 if it is empty.
func (v Values) Int(name string) int {
	n, _ := strconv.Atoi(strings.TrimSpace(v.find(name).text))
	return n
}

// On reports whether a [Toggle] is on.
func (v Values) On(name string) bool { return v.find(name).text == toggledOn }

// Time returns what a [Date] field means now, the zero time if it is empty.
func (v Values) Time(name string) time.Time {
	t, _ := parseTime(v.find(name).text, time.Now())
	return t
}

// Format writes which fields there are, and nothing of what is in them.
func (v Values) Format(f fmt.State, _ rune) {
	names := make([]string, len(v.entries))
	for i, e := range v.entries {
		names[i] = e.name
	}
	_, _ = io.WriteString(f, "form("+strings.Join(names, " ")+")")
}

// Hidden is a secret that was typed. It prints as "[hidden]" wherever it could
// end up by accident; converting it to a string, or to another type of secret,
// gives the value.
type Hidden string

// String returns "[hidden]", or nothing for an empty secret.
func (h Hidden) String() string {
	if h == "" {
		return ""
	}
	return "[hidden]"
}

// Format writes the hidden form for every verb.
func (h Hidden) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, h.String()) }

// MarshalText encodes the hidden form.
func (h Hidden) MarshalText() ([]byte, error) { return []byte(h.String()), nil }

// LogValue logs the hidden form.
func (h Hidden) LogValue() slog.Value { return slog.StringValue(h.String()) }
