package demo

import (
	"log/slog"
	"sync"
)

// mostLetters bounds what is remembered.
const mostLetters = 100

// letters is what the tenant sends to its users.
type letters struct {
	log *slog.Logger

	mu   sync.Mutex
	sent []Letter
}

// post sends a letter: to the log, and to where [Tenant.Letters] finds it.
func (l *letters) post(text string, letter Letter) {
	l.log.Info(letter.By+": "+text, "to", letter.To, "user", letter.User, "code", letter.Code)
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.sent = append(l.sent, letter); len(l.sent) > mostLetters {
		l.sent = l.sent[1:]
	}
}
