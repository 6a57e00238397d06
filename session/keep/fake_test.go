package keep

import (
	"context"
	"errors"
	"maps"
	"sync"
	"testing"
	"time"

	"c8yx/session"
)

// drawer is a keyring in memory that takes no more than limit bytes in an entry, as that of
// Windows, and that can break.
type drawer struct {
	limit int
	// before is called before each change with the number of the change; an error is that of
	// the change, which does not happen then.
	before func(change int) error

	mu      sync.Mutex
	entries map[string]string
	changes int
}

func newDrawer(limit int) *drawer { return &drawer{limit: limit, entries: map[string]string{}} }

var errTooBig = errors.New("data passed to Set was too big")

func (d *drawer) get(name string) (string, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	text, known := d.entries[name]
	if !known {
		return "", errAbsent
	}
	return text, nil
}

func (d *drawer) set(name, text string) error {
	if len(text) > d.limit {
		return errTooBig
	}
	return d.change(func() error {
		d.entries[name] = text
		return nil
	})
}

func (d *drawer) remove(name string) error {
	return d.change(func() error {
		if _, known := d.entries[name]; !known {
			return errAbsent
		}
		delete(d.entries, name)
		return nil
	})
}

func (d *drawer) change(change func() error) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.changes++
	if d.before != nil {
		if err := d.before(d.changes); err != nil {
			return err
		}
	}
	return change()
}

func (d *drawer) copy() *drawer {
	return &drawer{limit: d.limit, entries: maps.Clone(d.entries)}
}

// keyringOn returns a Keyring on a store, with a list in a folder of the test.
func keyringOn(t testing.TB, s store, look func(context.Context, string) (openness, error), told func(string)) *Keyring {
	t.Helper()
	if look == nil {
		look = func(context.Context, string) (openness, error) { return unlocked, nil }
	}
	return newKeyring(Options{Folder: t.TempDir(), Waiting: told},
		&patient{store: s, look: look, answer: 3 * time.Second, prompt: time.Minute})
}

func wantKind(t *testing.T, err, kind error) {
	t.Helper()
	if !errors.Is(err, kind) {
		t.Errorf("got %v, want %v", err, kind)
	}
}

// jane is a sign-in as most are; big one whose token is longer than any keyring's entry.
func jane() session.Kept {
	return session.Kept{
		Address: "https://acme.example", Tenant: "t4711", User: "jane@acme.example",
		Token: "a-token", XSRF: "an-xsrf-token", Cookie: true,
		SignedIn: time.Date(2026, 11, 23, 17, 0, 0, 0, time.UTC), Expires: time.Date(2026, 12, 7, 17, 0, 0, 0, time.UTC),
		TFA: true, Method: "OAUTH2_INTERNAL",
	}
}
