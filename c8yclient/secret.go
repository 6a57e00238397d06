package c8yclient

import (
	"fmt"
	"io"
	"log/slog"
)

// redacted stands in for a secret wherever one would be printed.
const redacted = "[redacted]"

// Secret is a password, token, code or cookie. It prints as "[redacted]" in
// every form in which it could end up in a log or file by accident: fmt verbs, JSON,
// text and slog. [Secret.Reveal] gives the value. Do not use it as the key of a map.
type Secret string

// Reveal returns the secret itself. Call it where the secret leaves for the
// tenant or the keyring, and nowhere else.
func (s Secret) Reveal() string { return string(s) }

// String returns "[redacted]", or nothing for an empty secret.
func (s Secret) String() string {
	if s == "" {
		return ""
	}
	return redacted
}

// GoString returns the redacted form, for %#v.
func (s Secret) GoString() string { return fmt.Sprintf("%q", s.String()) }

// Format writes the redacted form for every verb, %x and %d included.
func (s Secret) Format(f fmt.State, verb rune) {
	text := s.String()
	if verb == 'q' || (verb == 'v' && f.Flag('#')) {
		text = s.GoString()
	}
	_, _ = io.WriteString(f, text)
}

// MarshalJSON encodes the redacted form: a secret never reaches a file by
// way of a struct that holds it.
func (s Secret) MarshalJSON() ([]byte, error) { return []byte(s.GoString()), nil }

// MarshalText encodes the redacted form.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// LogValue logs the redacted form.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.String()) }
