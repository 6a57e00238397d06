package session

import (
	"fmt"
	"io"
	"log/slog"
)

// What prints a struct looks into fields that are not exported without asking their types, so a secret
// that is well hidden in an exported field is not hidden there. Both types that hold such fields
// therefore print as one line, whatever the verb.

// String says whose session it is.
func (s *Session) String() string {
	user := s.User()
	if user == "" {
		user = "nobody"
	}
	return "session of " + user + " at " + hostOf(withoutPassword(s.Address()))
}

// Format writes what String returns.
func (s *Session) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, s.String()) }

// LogValue logs what String returns.
func (s *Session) LogValue() slog.Value { return slog.StringValue(s.String()) }

// String says that it is a sign-in.
func (f *Flow) String() string { return "sign-in" }

// Format writes what String returns.
func (f *Flow) Format(w fmt.State, _ rune) { _, _ = io.WriteString(w, f.String()) }

// LogValue logs what String returns.
func (f *Flow) LogValue() slog.Value { return slog.StringValue(f.String()) }
