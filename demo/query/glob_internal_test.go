package query

import (
	"regexp"
	"strings"
	"testing"
)

func TestGlob(t *testing.T) {
	for _, test := range []struct {
		pattern, text string
		want          bool
	}{
		{"*", "", true},
		{"*", "anything", true},
		{"pump*", "Pump 7", true},
		{"pump*", "A pump", false},
		{"*7", "Pump 7", true},
		{"*7", "Pump 7a", false},
		{"*7*", "Pump 7a", true},
		{"p*p*7", "pump 7", true},
		{"p*p*7", "p7", false},
		{"a*a", "a", false}, // one letter is not both ends
		{"*AA*aa*", "aaa", false},
		{"*aa*AA*", "aAaA", true},
		{"*Ä*", "märz", true},
		{"*ß*", "STRASSE", false},
		{"**b**", "abc", true},
	} {
		g := newGlob(test.pattern)
		if got := g.matches(test.text); got != test.want {
			t.Errorf("%q on %q: %v", test.pattern, test.text, got)
		}
	}
}

// A pattern means what the expression does that it stands for.
func FuzzGlob(f *testing.F) {
	f.Add("*p*1.4", "Presse 1.4")
	f.Add("a**Ö*", "aö")
	f.Fuzz(func(t *testing.T, pattern, text string) {
		if !strings.Contains(pattern, "*") || strings.ContainsFunc(pattern+text, func(r rune) bool { return r >= 0x100 }) {
			t.Skip() // cases that Go's two packages see differently
		}
		parts := strings.Split(strings.ToLower(pattern), "*")
		for i, part := range parts {
			parts[i] = regexp.QuoteMeta(part)
		}
		g, want := newGlob(pattern), regexp.MustCompile("(?s)^"+strings.Join(parts, ".*")+"$").MatchString(strings.ToLower(text))
		if got := g.matches(text); got != want {
			t.Errorf("%q on %q: %v, the expression says %v", pattern, text, got, want)
		}
	})
}
