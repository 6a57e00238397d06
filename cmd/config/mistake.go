package config

import (
	"fmt"
	"regexp"
	"strings"
)

// Mistake is one thing that is wrong with the file.
type Mistake struct {
	File string
	// Line and Column count from 1; Column counts bytes.
	Line, Column int
	// Text is the line itself, without what may be a secret.
	Text string
	// Says is what is wrong with it.
	Says string
}

// Error says where, what, and shows the line.
func (m Mistake) Error() string {
	return fmt.Sprintf("%s:%d:%d: %s: %s", m.File, m.Line, m.Column, m.Says, m.Text)
}

// secretive are settings whose values are not shown, should somebody have written them here.
var secretive = regexp.MustCompile(`(?i)((?:password|passphrase|token|secret|pin|totp|code)[^=]*=).*`)

// shown makes a line fit to be shown.
func shown(line string) string {
	line = secretive.ReplaceAllString(strings.TrimSpace(line), "$1 …")
	if runes := []rune(line); len(runes) > 120 {
		line = string(runes[:120]) + "…"
	}
	return line
}
