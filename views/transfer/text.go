package transfer

import (
	"context"
)

// Text writes a text that is in memory to a file.
type Text struct {
	*Landing
	content string
}

// NewText returns the work of writing a text to a landing.
func NewText(content string, l *Landing) *Text { return &Text{Landing: l, content: content} }

// Run writes the file.
func (t *Text) Run(_ context.Context, m *Meter) error {
	if _, err := t.Open(); err != nil {
		return err
	}
	if err := t.Truncate(0); err != nil {
		return err
	}
	m.Begin(0, int64(len(t.content)))
	if _, err := (&metered{t.Landing, m}).Write([]byte(t.content)); err != nil {
		_ = t.Close()
		return err
	}
	return t.Commit()
}
