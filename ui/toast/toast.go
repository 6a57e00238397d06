package toast

import (
	"time"

	"c8yx/theme"
	"c8yx/ui/text"
)

// Level is how much a message matters.
type Level uint8

// The levels.
const (
	Info Level = iota
	Success
	Caution
	Failure
)

// Role returns the role in which messages of the level are drawn.
func (l Level) Role() theme.Role {
	switch l {
	case Success:
		return theme.Good
	case Caution:
		return theme.Minor
	case Failure:
		return theme.Critical
	default:
		return theme.Accent
	}
}

// Lifetime returns how long a message of the level stays on screen: bad news
// longer, because it says what to do.
func (l Level) Lifetime() time.Duration {
	switch l {
	case Caution:
		return 6 * time.Second
	case Failure:
		return 10 * time.Second
	default:
		return 3 * time.Second
	}
}

// Message is one message and when it was said.
type Message struct {
	Level Level
	Text  text.Safe
	Time  time.Time
	// Times counts how often it was said in a row.
	Times int
}

// keep is how many past messages are remembered.
const keep = 500

// Stack holds the messages. The zero Stack is empty and ready.
type Stack struct {
	past  []Message
	shown int // how many of the latest are on screen
}

// Say adds a message. The same message again only counts up.
func (s *Stack) Say(level Level, message text.Safe, now time.Time) {
	if n := len(s.past); n > 0 && s.past[n-1].Text == message && s.past[n-1].Level == level {
		s.past[n-1].Times++
		s.past[n-1].Time = now
		s.shown = max(s.shown, 1)
		return
	}
	s.past = append(s.past, Message{Level: level, Text: message, Time: now, Times: 1})
	if len(s.past) > keep {
		s.past = append(s.past[:0:0], s.past[len(s.past)-keep:]...)
	}
	s.shown = min(s.shown+1, 3)
}

// Expire takes messages off the screen whose lifetime is over, and returns
// when to ask again; 0 if nothing is on screen.
func (s *Stack) Expire(now time.Time) (next time.Duration) {
	for s.shown > 0 {
		oldest := s.past[len(s.past)-s.shown]
		left := oldest.Level.Lifetime() - now.Sub(oldest.Time)
		if left > 0 {
			return left
		}
		s.shown--
	}
	return 0
}

// Dismiss takes all messages off the screen and reports whether there were any.
func (s *Stack) Dismiss() bool {
	had := s.shown > 0
	s.shown = 0
	return had
}

// Shown returns the messages on screen, the oldest first.
func (s *Stack) Shown() []Message { return s.past[len(s.past)-s.shown:] }

// Past returns all remembered messages, the oldest first.
func (s *Stack) Past() []Message { return s.past }
