package filter

import (
	"strings"
	"unicode/utf8"
)

// Marker begins the part of a filter that is for the tenant.
const Marker = "q:"

// Problem is why what was typed is no filter. It reads as one short sentence.
type Problem struct {
	// Half says that what is there may only be the beginning of a term.
	Half bool
	Text string
}

func (p *Problem) Error() string { return p.Text }

// Parse reads a filter over the fields. If fragments is true, a name that is no field may be
// the path of a fragment. The error is a [*Problem]: the first that is wrong, else the first
// that is half. The terms that could be read come back with it.
func Parse(typed string, fields []Field, fragments bool) (*Filter, error) {
	f := &Filter{}
	var first *Problem
	for tok := range tokens(typed) {
		if tok.query {
			f.Query, f.Asks = strings.TrimSpace(tok.text), true
			break
		}
		term, ok, err := parseTerm(tok, fields, fragments)
		if err != nil && (first == nil || first.Half && !err.Half) {
			first = err
		}
		if ok {
			f.Terms = append(f.Terms, term)
		}
	}
	if first != nil {
		return f, first
	}
	return f, nil
}

// token is a piece of a filter between blanks.
type token struct {
	start, end int // within what was typed
	text       string
	open       bool // a quote in it is not closed
	query      bool // it is what follows the marker
}

// tokens splits what was typed at blanks outside quotes. Everything behind the marker is one
// token.
func tokens(typed string) func(yield func(token) bool) {
	return func(yield func(token) bool) {
		for i := 0; i < len(typed); {
			if isBlank(typed[i]) {
				i++
				continue
			}
			if rest, asks := strings.CutPrefix(typed[i:], Marker); asks {
				yield(token{start: i, end: len(typed), text: rest, query: true})
				return
			}
			t := token{start: i, open: false}
			quoted := byte(0)
			for ; i < len(typed); i++ {
				c := typed[i]
				switch {
				case quoted != 0 && c == quoted:
					quoted = 0
				case quoted == 0 && (c == '"' || c == '\'') && opens(typed[t.start:i]):
					quoted = c
				}
				if quoted == 0 && isBlank(c) {
					break
				}
			}
			t.end, t.text, t.open = i, typed[t.start:i], quoted != 0
			if !yield(t) {
				return
			}
		}
	}
}

func isBlank(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }

// opens reports whether a quote after this part of a token begins a quoted text: at its very
// beginning, or behind an operator. Elsewhere it is an apostrophe.
func opens(before string) bool {
	return before == "" || strings.ContainsRune("=<>~!", rune(before[len(before)-1]))
}

// parseTerm reads one token. It reports false for what has no meaning yet: a lone "!".
func parseTerm(tok token, fields []Field, fragments bool) (t Term, ok bool, err *Problem) {
	written, not := strings.CutPrefix(tok.text, "!")
	t = Term{Not: not, Field: -1}
	name, op, operand, isTerm := splitTerm(written)
	if !isTerm {
		t.Word = strings.ToLower(unquote(written))
		return t, t.Word != "", nil
	}
	t.Op = op
	at, others := lookUp(fields, name)
	switch {
	case at >= 0:
		t.Field, t.kind = at, fields[at].Kind
		err = t.operand(unquote(operand), fields[at].Name, fields[at].Choices)
	case others != nil:
		return t, false, &Problem{Text: name + " may be " + list(others, "or")}
	case fragments && Path(name):
		t.Path = name
		err = t.fragmentOperand(unquote(operand))
	default:
		return t, false, unknown(name, fields, fragments)
	}
	return t, err == nil, err
}

// unknown says that there is no such column, and how to search for the text nevertheless.
func unknown(name string, fields []Field, fragments bool) *Problem {
	names := make([]string, len(fields))
	for i, f := range fields {
		names[i] = f.Name
	}
	said := "no column is called " + name + ": there are " + list(names, "and")
	if fragments {
		said += ", and any fragment such as c8y_Hardware.model"
	}
	return &Problem{Text: said}
}

// splitTerm splits "alarms>=2". What stands before the operator must look like a name.
func splitTerm(s string) (name string, op Op, operand string, ok bool) {
	at := strings.IndexAny(s, "=<>~!")
	if at <= 0 || !isName(s[:at]) {
		return "", 0, "", false
	}
	for _, candidate := range signs {
		if rest, found := strings.CutPrefix(s[at:], candidate.sign); found {
			return s[:at], candidate.op, rest, true
		}
	}
	return "", 0, "", false // "name!", an exclamation
}

// isName reports whether a text may be the name of a column or the path of a fragment.
func isName(s string) bool {
	for i, r := range s {
		letter := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r == '_' || r >= utf8.RuneSelf
		if !letter && (i == 0 || !(r >= '0' && r <= '9' || strings.ContainsRune(".-:$", r))) {
			return false
		}
	}
	return s != ""
}

// unquote removes the quotes around a text; the last one may not be typed yet.
func unquote(s string) string {
	if s == "" || s[0] != '"' && s[0] != '\'' {
		return s
	}
	inner := s[1:]
	if inner != "" && inner[len(inner)-1] == s[0] {
		inner = inner[:len(inner)-1]
	}
	return inner
}

// quote writes a text so that it is read as one operand.
func quote(s string) string {
	if s != "" && !strings.ContainsFunc(s, func(r rune) bool { return r < utf8.RuneSelf && isBlank(byte(r)) }) && s[0] != '"' && s[0] != '\'' {
		return s
	}
	if strings.Contains(s, `"`) {
		return "'" + s + "'"
	}
	return `"` + s + `"`
}

// list writes names as in a sentence: "a, b and c".
func list(names []string, last string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:len(names)-1], ", ") + " " + last + " " + names[len(names)-1]
}
