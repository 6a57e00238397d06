package filter

import (
	"strconv"
	"strings"
	"time"

	"c8yx/views/place"
)

// operand reads what a column is compared with.
func (t *Term) operand(s, name string, choices []string) *Problem {
	t.text, t.empty = s, s == ""
	if t.empty {
		if t.Op == Equal || t.Op == NotEqual {
			return nil
		}
		return &Problem{Half: true, Text: name + t.Op.String() + " wants " + t.wants(choices)}
	}
	if t.kind != Text && t.kind != Choice && (t.Op == Holds || t.Op == HoldsNot) {
		return &Problem{Text: name + " is " + kindName(t.kind) + ", to be compared with = != < <= > >="}
	}
	wrong := func(half bool) *Problem {
		return &Problem{Half: half, Text: name + " wants " + t.wants(choices) + ", not " + s}
	}
	switch t.kind {
	case Number:
		n, err := strconv.ParseFloat(s, 64)
		if err != nil {
			return wrong(s == "-" || s == "." || s == "+")
		}
		t.number = n
	case Bytes:
		n, ok := parseBytes(s)
		if !ok {
			return wrong(false)
		}
		t.number = n
	case Age:
		return t.ageOperand(s, name, wrong)
	case Choice:
		return t.choiceOperand(s, name, choices, wrong)
	default:
		t.pattern = newPattern(s, t.Op == Holds || t.Op == HoldsNot)
	}
	return nil
}

// wants says what a column is compared with.
func (t *Term) wants(choices []string) string {
	switch t.kind {
	case Number:
		return "a number"
	case Bytes:
		return "a size such as 4096, 20kB or 1MB"
	case Age:
		return "an age such as 90s, 15m, 2h or 7d, or a date such as 2026-03-01"
	case Choice:
		return list(choices, "or")
	}
	return "a text"
}

func kindName(k Kind) string {
	switch k {
	case Number:
		return "a number"
	case Bytes:
		return "a size"
	}
	return "an age"
}

// parseBytes reads a size: "4096", "20kB", "1.5 MB", "1GiB".
func parseBytes(s string) (float64, bool) {
	digits := strings.TrimRight(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
	n, err := strconv.ParseFloat(digits, 64)
	if err != nil {
		return 0, false
	}
	unit := strings.TrimSuffix(strings.ToLower(s[len(digits):]), "b")
	base := 1000.0
	if short, binary := strings.CutSuffix(unit, "i"); binary {
		unit, base = short, 1024
	}
	if unit == "" {
		return n, base == 1000
	}
	power := strings.Index("kmgtp", unit)
	if power < 0 || len(unit) != 1 {
		return 0, false
	}
	for range power + 1 {
		n *= base
	}
	return n, true
}

// ageOperand reads a span of time or a date. Dates are the user's own.
func (t *Term) ageOperand(s, name string, wrong func(half bool) *Problem) *Problem {
	if from, until, ok := parseDate(s); ok {
		t.from, t.until = from, until
		return nil
	}
	span, err := place.ParseSpan(s)
	switch {
	case err != nil:
		return wrong(strings.Trim(s, "0123456789-:.TZ") == "")
	case !t.Op.orders():
		return &Problem{Text: name + " is an age: write " + name + "<" + s + " for younger and " + name + ">" + s + " for older"}
	}
	t.span = span
	return nil
}

// parseDate reads a day, or a moment of it, and says when it is over.
func parseDate(s string) (from, until time.Time, ok bool) {
	for _, form := range []struct {
		layout string
		lasts  time.Duration
	}{
		{"2006-01-02T15:04:05", time.Second},
		{"2006-01-02T15:04", time.Minute},
		{"2006-01-02", 0},
	} {
		if at, err := time.ParseInLocation(form.layout, s, time.Local); err == nil {
			if form.lasts == 0 {
				return at, at.AddDate(0, 0, 1), true
			}
			return at, at.Add(form.lasts), true
		}
	}
	at, err := time.Parse(time.RFC3339, s)
	return at, at.Add(time.Second), err == nil
}

// choiceOperand reads one of the choices, or a pattern of them.
func (t *Term) choiceOperand(s, name string, choices []string, wrong func(half bool) *Problem) *Problem {
	t.order = choices
	t.rank = rankOf(choices, s)
	holds := t.Op == Holds || t.Op == HoldsNot
	switch {
	case holds || !t.Op.orders() && strings.Contains(s, "*"):
		t.pattern = newPattern(s, holds)
	case t.rank >= 0:
		t.pattern = newPattern(s, false)
	default:
		for _, c := range choices {
			if len(s) < len(c) && strings.EqualFold(c[:len(s)], s) {
				return &Problem{Half: true, Text: name + " is " + list(choices, "or")}
			}
		}
		return wrong(false)
	}
	return nil
}

// rankOf returns which of the choices a value is, -1 if none.
func rankOf(choices []string, value string) int {
	for i, c := range choices {
		if strings.EqualFold(c, value) {
			return i
		}
	}
	return -1
}

// fragmentOperand reads what a fragment is compared with: what its values are shows only when
// they are seen, so everything that it may mean is read.
func (t *Term) fragmentOperand(s string) *Problem {
	t.text, t.empty = s, s == ""
	if t.empty && t.Op != Equal && t.Op != NotEqual {
		return &Problem{Half: true, Text: t.Path + t.Op.String() + " wants a number, a text or an age"}
	}
	t.pattern = newPattern(s, t.Op == Holds || t.Op == HoldsNot)
	if n, err := strconv.ParseFloat(s, 64); err == nil {
		t.number, t.numeric = n, true
	}
	if from, until, ok := parseDate(s); ok {
		t.from, t.until = from, until
	} else if span, err := place.ParseSpan(s); err == nil {
		t.span = span
	}
	return nil
}
