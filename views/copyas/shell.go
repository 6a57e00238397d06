package copyas

import "strings"

// redacted is what stands in a recorded request where a secret was; see [c8yclient.Body].
const redacted = "[redacted]"

// secretVariable is what stands in its place in a command: the user sets it before running it.
const secretVariable = `"$C8Y_SECRET"`

// quote writes a text so that a POSIX shell reads it as one word, as it is. Secrets that were
// taken out become a variable.
func quote(s string) string {
	pieces := strings.Split(s, redacted)
	for i, piece := range pieces {
		if piece == "" && len(pieces) > 1 {
			continue
		}
		pieces[i] = word(piece)
	}
	return strings.Join(pieces, secretVariable)
}

// word quotes a text unless it needs no quotes.
func word(s string) string {
	if s != "" && strings.IndexFunc(s, special) < 0 {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}

// special tells the characters that may mean something to a shell.
func special(r rune) bool {
	return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("-_./:@%+,=", r))
}
