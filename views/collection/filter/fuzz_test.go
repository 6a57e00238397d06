package filter_test

import (
	"testing"

	"c8yx/ui/text"
	"c8yx/views/collection/filter"
)

func safe(s string) text.Safe { return text.Clean(s) }

// Whatever is typed: nothing panics, the words are lower case, what is completed stays within
// what was typed, and comparing is the same twice.
func FuzzParse(f *testing.F) {
	for _, typed := range []string{
		"alarms>0 last<1h type=c8y_Linux status!=available name~pump severity>=MAJOR created>2d size>1MB",
		`"foo bar" !x owner= c8y_Hardware.model=RPi* q: name eq 'P*'`,
		"[a-z(* \\ regex", "=", "!", "!!", "a!=", "'", `a="`, "name=*", "name=**a**", "q:", "\x00\xff", "ſ=K", "name~İ",
	} {
		f.Add(typed, len(typed)/2)
	}
	v := filter.Vocabulary{Fields: columns(), Paths: []string{"a.b", "c8y_X"}, Values: func(int, string) []string { return []string{"x y", `"`, "'"} }}
	f.Fuzz(func(t *testing.T, typed string, cursor int) {
		parsed, err := filter.Parse(typed, columns(), true)
		if err != nil && err.Error() == "" {
			t.Error("a problem without words")
		}
		if once, again := pass(parsed), pass(parsed); once != again || !parsed.Ages() && !parsed.Narrows(parsed) {
			t.Error("a filter differs from itself")
		}
		for _, th := range things {
			for name, s := range th.texts {
				cell := safe(s)
				end := 0
				for _, r := range parsed.AppendMatches(nil, len(name)%4, "", cell) {
					if r.Start < end || r.End > len(cell) || r.End <= r.Start {
						t.Fatalf("matches overlap or leave the text")
					}
					end = r.End
				}
			}
		}
		if c := filter.Complete(typed, cursor, v); c.From < 0 || c.To > len(typed) || c.From > c.To && len(c.Options) > 0 {
			t.Errorf("completes %d to %d of %d bytes", c.From, c.To, len(typed))
		}
	})
}
