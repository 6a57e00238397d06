package overview

import (
	"sync"
	"time"
)

// hours remembers the counts of hours that are over. It is read beside the update
// loop and changed on it.
type hours struct {
	mu    sync.Mutex
	known map[time.Time]int
}

// snapshot returns the counts, which nobody will change.
func (h *hours) snapshot() map[time.Time]int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.known
}

// replace takes over a map that its maker will not change any more.
func (h *hours) replace(known map[time.Time]int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.known = known
}
