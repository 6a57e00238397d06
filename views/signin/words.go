package signin

import (
	"errors"
	"strings"
	"unicode"
	"unicode/utf8"

	"c8yx/c8yclient"
	"c8yx/session"
	"c8yx/ui/text"
	"c8yx/views/fault"
)

// Words says in sentences what is wrong with a sign-in, and what to do.
func Words(err error) text.Safe {
	if err == nil {
		return ""
	}
	var p *session.Problem
	if !errors.As(err, &p) {
		return fault.Explain(err)
	}
	said := sentence(p.Says)
	if p.Next != "" {
		said += " " + sentence(p.Next)
	}
	return text.Clean(said)
}

// sentence begins with a capital letter, unless with a name such as that of a host, and
// ends with a full stop.
func sentence(s string) string {
	s = strings.TrimSpace(s)
	first, size := utf8.DecodeRuneInString(s)
	if s == "" || first == utf8.RuneError {
		return s
	}
	if word, _, _ := strings.Cut(s, " "); !strings.ContainsAny(word, ".:/@_0123456789") {
		s = string(unicode.ToUpper(first)) + s[size:]
	}
	if last, _ := utf8.DecodeLastRuneInString(s); !strings.ContainsRune(".!?…", last) {
		s += "."
	}
	return s
}

// refused reports whether a problem is about what was typed, which is then of no use any
// more. Other problems may go away by themselves.
func refused(problem error) bool {
	for _, other := range []error{
		c8yclient.ErrTransport, c8yclient.ErrServer, c8yclient.ErrRateLimited, c8yclient.ErrForbidden, c8yclient.ErrTenantUnavailable,
	} {
		if errors.Is(problem, other) {
			return false
		}
	}
	return true
}
