package terminal_test

import (
	"io"
	"strings"
	"testing"
)

// A dialog over a list, a message at its lower right, and a sentence in its middle, as the program draws them.
const broken = `NAME ↑        STATUS
 冷蔵庫 3 ╭─ Why? ───────────╮ ┃
 Pump  7  │ The tenant asks  │ │
 Pump  8  │ to be left alone │ │
 Pump  9  │ for 2m.          │
          │ /tenant/tenants/ │
          │ t4711/pop        │
          ╰─ esc close ──────╯
 Pump 10 never   It may have  │
 Pump 11 today   been deleted ┃
    nobody has
   a device here
 `

func TestSentencesAreReadAcrossLines(t *testing.T) {
	screen, _ := started(t, 32, 14)
	if _, err := io.WriteString(screen, strings.ReplaceAll(broken, "\n", "\r\n")); err != nil {
		t.Fatal(err)
	}
	for said, want := range map[string]bool{
		"asks to be left":                             true,
		"The tenant asks to be left alone for 2m.":    true,
		"PUT /tenant/tenants/t4711/pop":               false,
		"/tenant/tenants/t4711/pop":                   true,
		"It may have been deleted":                    true,
		"a device here":                               true,
		"STATUS":                                      true,
		"冷蔵庫 3":                                       true,
		"The tenant asks to be left alone for 2m. It": false,
		"The tenant asks for 2m.":                     false, // a line is left out
		"alone to be left":                            false,
		"NAME ↑ STATUS":                               false, // blanks count
		"It may been deleted":                         false,
		"Pump 10 never Pump 11 today":                 false, // behind the first is more than a border
		"":                                            true,
	} {
		if got := screen.FindWrapped(said); got != want {
			t.Errorf("%q is read: %v, want %v", said, got, want)
		}
	}
}
