package follow

import (
	"slices"
	"strconv"
	"sync"

	"c8yx/views/collection"
)

// The log keeps the newest lines, and of their documents no more than that many bytes.
const (
	keepMessages = 5_000
	keepBytes    = 32 << 20
)

// Log is what was followed in one session of a tenant. The zero Log is ready; it may be used from any
// goroutine.
type Log struct {
	mu       sync.Mutex
	messages []*message // by number
	bytes    int
	next     int // the number of the last message
	opened   int // how many followings there were
}

// begin counts another following.
func (l *Log) begin() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.opened++
	return l.opened
}

// add takes lines of a following and returns them as news of its list, with what had to make room.
func (l *Log) add(following int, lines ...*message) collection.News[*message] {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, m := range lines {
		l.next++
		m.number, m.following = l.next, following
		l.messages = append(l.messages, m)
		l.bytes += len(m.data)
	}
	news := collection.News[*message]{Items: lines}
	surplus := 0
	for len(l.messages)-surplus > keepMessages || l.bytes > keepBytes && surplus < len(l.messages)-1 {
		l.bytes -= len(l.messages[surplus].data)
		news.Gone = append(news.Gone, l.messages[surplus].key())
		surplus++
	}
	l.messages = slices.Delete(l.messages, 0, surplus)
	return news
}

// of returns the lines of a following.
func (l *Log) of(following int) []*message {
	l.mu.Lock()
	defer l.mu.Unlock()
	var list []*message
	for _, m := range l.messages {
		if m.following == following {
			list = append(list, m)
		}
	}
	return list
}

// find returns a line by its number.
func (l *Log) find(number string) (*message, bool) {
	n, err := strconv.Atoi(number)
	if err != nil {
		return nil, false
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	at, found := slices.BinarySearchFunc(l.messages, n, func(m *message, n int) int { return m.number - n })
	if !found {
		return nil, false
	}
	return l.messages[at], true
}
