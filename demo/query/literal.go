package query

import (
	"cmp"
	"strconv"
	"strings"
	"time"

	"c8yx/demo/rawjson"
)

type operator byte

const (
	eq operator = iota
	gt
	ge
	lt
	le
)

// holds reports whether the outcome of a comparison (negative, 0, positive) satisfies the operator.
func (op operator) holds(order int) bool {
	switch op {
	case gt:
		return order > 0
	case ge:
		return order >= 0
	case lt:
		return order < 0
	case le:
		return order <= 0
	default:
		return order == 0
	}
}

type literalKind byte

const (
	textLiteral literalKind = iota
	patternLiteral
	numberLiteral
	boolLiteral
	nullLiteral
)

// literal is the right side of a comparison.
type literal struct {
	kind   literalKind
	text   string
	glob   glob // of patterns
	number float64
	moment time.Time // what the text means as a date; zero if it is none
}

// quoted makes a literal of a string in quotes.
func quoted(text string) literal {
	l := literal{text: text}
	l.moment, _ = parseMoment(text)
	if strings.Contains(text, "*") {
		l.kind, l.glob = patternLiteral, newGlob(text)
	}
	return l
}

// bare makes a literal of an unquoted word. Decimals need the suffix f or d; without it they are taken as text, as the
// platform takes them. Words that are neither number, true, false nor null are text too.
func bare(word string) literal {
	switch word {
	case "null":
		return literal{kind: nullLiteral}
	case "true", "false":
		return literal{kind: boolLiteral, text: word}
	}
	digits := strings.TrimRight(word, "fdFD")
	plain := len(digits) == len(word)
	if len(word)-len(digits) <= 1 && isDecimal(digits) && (!plain || !strings.Contains(digits, ".")) {
		if n, err := strconv.ParseFloat(digits, 64); err == nil {
			l := literal{kind: numberLiteral, number: n, text: digits}
			l.moment, _ = parseMoment(word)
			return l
		}
	}
	return quoted(word)
}

func isDecimal(text string) bool {
	text = strings.TrimPrefix(text, "-")
	whole, fraction, dotted := strings.Cut(text, ".")
	digits := func(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }
	return digits(whole) && (!dotted || digits(fraction))
}

func (e *comparison) match(s Subject) bool {
	if e.value.kind == nullLiteral {
		return e.op == eq && !e.path.there(s)
	}
	if e.isWords() && s.Mentions(strings.Trim(e.value.text, "*")) {
		return true
	}
	if e.path.date {
		if len(e.path.below) == 0 {
			if milli, ok := s.Moment(e.path.property); ok {
				return !e.value.moment.IsZero() && e.op.holds(cmp.Compare(milli, e.value.moment.UnixMilli()))
			}
		}
		return e.path.anyDate(s, e.matches, e.onDate)
	}
	return e.path.any(s, e.matches)
}

// isWords reports whether a comparison is with the full text, which clients search by the name of a property.
func (e *comparison) isWords() bool {
	return e.path.property == "text" && len(e.path.below) == 0 && e.op == eq && e.value.kind != nullLiteral
}

// holds compares one value. Values of another kind than the literal's do not compare, except that ids, which are text in
// documents, compare as the numbers they are.
func (e *comparison) holds(raw string, date bool) bool {
	kind, want := rawjson.Kind(raw), e.value
	switch {
	case date:
		moment, ok := parseMoment(rawjson.Unquote(raw))
		return ok && !want.moment.IsZero() && e.op.holds(moment.Compare(want.moment))
	case e.path.isID():
		return e.compareID(rawjson.Unquote(raw))
	case want.kind == patternLiteral && kind == rawjson.String:
		return e.op == eq && want.glob.matches(rawjson.Unquote(raw))
	case want.kind == textLiteral && kind == rawjson.String:
		return e.op.holds(strings.Compare(rawjson.Unquote(raw), want.text))
	case want.kind == numberLiteral && kind == rawjson.Number:
		n, err := strconv.ParseFloat(raw, 64)
		return err == nil && e.op.holds(compareFloats(n, want.number))
	case want.kind == boolLiteral:
		return e.op == eq && raw == want.text
	}
	return false
}

func (e *comparison) compareID(id string) bool {
	if e.value.kind == patternLiteral {
		return e.op == eq && e.value.glob.matches(id)
	}
	a, errA := strconv.ParseInt(id, 10, 64)
	b, errB := strconv.ParseInt(e.value.text, 10, 64)
	if errA != nil || errB != nil {
		return e.op.holds(strings.Compare(id, e.value.text))
	}
	return e.op.holds(compareFloats(float64(a), float64(b)))
}

func compareFloats(a, b float64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// momentLayouts are the ways of writing dates that the API accepts.
var momentLayouts = [...]string{
	"2006-01-02T15:04:05Z07:00", "2006-01-02T15:04:05Z0700",
	"2006-01-02T15:04:05", "2006-01-02T15:04Z07:00", "2006-01-02T15:04", "2006-01-02",
}

// parseMoment reads a date or time; without zone it is UTC.
func parseMoment(text string) (time.Time, bool) {
	if len(text) < len("2006-01-02") || text[4] != '-' {
		return time.Time{}, false
	}
	if at := len(text) - len(" 01:00"); text[at] == ' ' {
		text = text[:at] + "+" + text[at+1:] // a plus that was not escaped in the URL
	}
	for _, layout := range momentLayouts {
		if t, err := time.Parse(layout, text); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}
