package cmd

import (
	"bytes"
	"strings"
	"testing"
)

// The manual says what --help says, and is one that man can show.
func TestManual(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	root := newRoot(Streams{Out: &out, Err: &out})
	if err := writeManual(&out, root); err != nil {
		t.Fatal(err)
	}
	page := out.String()
	for _, c := range root.Commands() {
		if c.IsAvailableCommand() && c.Name() != "help" && !strings.Contains(page, "\n.SS "+roff(c.CommandPath())) {
			t.Errorf("nothing is said of %s", c.Name())
		}
	}
	for _, said := range []string{".TH C8YX 1", `.B \-t, \-\-tenant \fItenant\fR`, `\-\-read\-only`} {
		if !strings.Contains(page, said) {
			t.Errorf("the page lacks %q", said)
		}
	}
	for line := range strings.Lines(page) {
		if strings.HasPrefix(line, ".") && !strings.Contains(".TH .SH .SS .TP .PP .B .nf .fi", strings.Fields(line)[0]) {
			t.Errorf("an unknown request: %s", line)
		}
	}
}

func TestRoff(t *testing.T) {
	for text, want := range map[string]string{
		"plain":       "plain",
		"--flag":      `\-\-flag`,
		`a\b`:         `a\eb`,
		".hidden":     `\&.hidden`,
		"one\n'two'":  "one\n" + `\&'two'`,
		"C8Y_USER=me": "C8Y_USER=me",
	} {
		if got := roff(text); got != want {
			t.Errorf("roff(%q) = %q, want %q", text, got, want)
		}
	}
}
