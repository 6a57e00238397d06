package store

import "sync"

// Store is a tenant's data behind one lock.
type Store struct {
	// Shapes makes documents for this store. It needs no lock.
	Shapes Shapes

	mu   sync.RWMutex
	data Data
}

// Data is everything that the tenant holds. It is only reached through [Store.View] and [Store.Update].
type Data struct {
	Objects      Objects
	Events       Records
	Alarms       Records
	Measurements Records
	Operations   Records
	Audit        Records // who did what; the source is what it was done to, 0 if that has no number
	Series       SeriesIndex
	Files        map[ID]File // attachments by the id of their event, binaries by the id of their object
}

// The first id of each kind. They differ so that an id taken for one of another kind finds nothing in tests.
const (
	firstObject      = 1001
	firstEvent       = 200001
	firstAlarm       = 300001
	firstMeasurement = 4000001
	firstOperation   = 500001
	firstAudit       = 600001
)

// New returns an empty store.
func New() *Store { return &Store{data: Empty()} }

// View lets read look at the data while nobody changes it. It must not change anything and must not keep Data. Objects,
// records and slices that it got may be kept.
func (s *Store) View(read func(*Data)) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	read(&s.data)
}

// Update lets change alter the data while nobody else sees it: all of it, or, to readers, nothing yet.
func (s *Store) Update(change func(*Data)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change(&s.data)
}
