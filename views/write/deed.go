package write

import (
	"sync"
	"time"

	"github.com/go-json-experiment/json/jsontext"

	"c8yx/ui/text"
)

// Deed is something that the user did in the tenant, and what would take it back.
type Deed struct {
	What text.Safe // in the past tense: "Acknowledged 412 alarms"
	At   time.Time
	Back []Reversal
	// Why says why it cannot be taken back, if Back is empty; and what does not come back, if not.
	Why text.Safe
}

// Reversal takes back what was done with one thing.
type Reversal struct {
	ID, Label string
	Step      Step
	// Before and After are what the request was about, as it was and as it was left, to show the
	// difference; nil where that is not known.
	Before, After jsontext.Value
}

// Deeds remembers what the user did, the latest last. The zero Deeds is ready; it may be used from
// any goroutine.
type Deeds struct {
	mu   sync.Mutex
	done []Deed
}

// keepDeeds is how many deeds can be taken back.
const keepDeeds = 100

// Add remembers a deed.
func (d *Deeds) Add(deed Deed) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if deed.At.IsZero() {
		deed.At = time.Now()
	}
	d.done = append(d.done, deed)
	if surplus := len(d.done) - keepDeeds; surplus > 0 {
		d.done = append(d.done[:0:0], d.done[surplus:]...)
	}
}

// Latest returns the latest deed, and whether there is one.
func (d *Deeds) Latest() (Deed, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.done) == 0 {
		return Deed{}, false
	}
	return d.done[len(d.done)-1], true
}

// Forget drops the latest deed: it was taken back, or never will be.
func (d *Deeds) Forget() {
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.done) > 0 {
		d.done = d.done[:len(d.done)-1]
	}
}
