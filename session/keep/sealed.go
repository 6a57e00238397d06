package keep

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"

	"c8yx/c8yclient"
	"c8yx/session"
)

// Sealed keeps sign-ins in a file whose secrets are encrypted with a passphrase. It asks for
// the passphrase when it first needs it, and remembers it while the program runs. Opening and
// sealing take about a second each, on purpose: so does every guess. Make one with [NewSealed].
type Sealed struct {
	file  string
	ask   func(context.Context, Question) (c8yclient.Secret, error)
	work  int           // the base-2 logarithm of what a guess of the passphrase costs
	state chan unsealed // holds what is known of the file; whoever has taken it may change it
}

// Question is what is asked of the user about the passphrase.
type Question struct {
	File string
	// New: there is no file yet, so the passphrase is the user's to choose; ask twice.
	New bool
	// Problem says what was wrong with the last answer: [ErrPassphrase], or nil.
	Problem error
}

// ErrPassphrase: the passphrase is not that of the file. It is a [session.ErrRefused].
var ErrPassphrase = because(session.ErrRefused, "this is not the passphrase of the file")

// NewSealed returns the sealed file in a folder, which is made with the first sign-in that is
// kept.
func NewSealed(o Options) *Sealed {
	s := &Sealed{
		file: filepath.Join(o.Folder, "sealed.json"), ask: o.Passphrase, work: workFactor,
		state: make(chan unsealed, 1),
	}
	if s.ask == nil {
		s.ask = func(context.Context, Question) (c8yclient.Secret, error) {
			return "", because(session.ErrRefused, "%s is sealed, and there is nobody to ask for the passphrase", s.file)
		}
	}
	s.state <- unsealed{}
	return s
}

// Name returns "the sealed file".
func (s *Sealed) Name() string { return "the sealed file" }

// unsealed is what is known of the file.
type unsealed struct {
	passphrase c8yclient.Secret        // "" if the user has not been asked
	sealed     string                  // the sealed text that was opened last,
	kept       map[string]session.Kept // and what was in it, by account
}

// Load returns what is kept for a tenant and user. It fails with [session.ErrNotKept],
// [session.ErrUnreadableEntry], [ErrPassphrase], or the error of whoever was asked for the
// passphrase, who is not asked if nothing is kept.
func (s *Sealed) Load(ctx context.Context, address, tenant, user string) (found session.Kept, err error) {
	err = s.taking(ctx, func(state *unsealed) error {
		content, err := s.read()
		if err != nil {
			return err
		}
		if !content.lists(address, tenant, user) {
			return nothingKept(address, tenant, user)
		}
		if err := s.open(ctx, state, content); err != nil {
			return err
		}
		var known bool
		if found, known = state.kept[account(address, tenant, user)]; !known {
			return nothingKept(address, tenant, user)
		}
		return nil
	})
	return found, err
}

// Save keeps a sign-in.
func (s *Sealed) Save(ctx context.Context, k session.Kept) error {
	return s.change(ctx, func(kept map[string]session.Kept) { kept[account(k.Address, k.Tenant, k.User)] = k })
}

// Delete removes what is kept for a tenant and user. With the last one goes the file, and
// nobody is asked for the passphrase.
func (s *Sealed) Delete(ctx context.Context, address, tenant, user string) error {
	content, err := s.read()
	switch {
	case err != nil:
		return err
	case !content.lists(address, tenant, user):
		return nil
	case len(content.Kept) == 1:
		return os.Remove(s.file)
	}
	return s.change(ctx, func(kept map[string]session.Kept) { delete(kept, account(address, tenant, user)) })
}

// List returns what is kept, without secrets and without asking for the passphrase.
func (s *Sealed) List(context.Context) ([]session.Kept, error) {
	content, err := s.read()
	if err != nil {
		return nil, err
	}
	var all []session.Kept
	for _, e := range content.Kept {
		all = append(all, withoutSecrets(e.kept()))
	}
	return latestFirst(all), nil
}

// taking calls f with what is known of the file, which nobody else uses meanwhile.
func (s *Sealed) taking(ctx context.Context, f func(*unsealed) error) error {
	select {
	case state := <-s.state:
		defer func() { s.state <- state }()
		return f(&state)
	case <-ctx.Done():
		return ctx.Err()
	}
}

// change changes what is kept. If another program has written the file in the meantime, it is
// done again with that.
func (s *Sealed) change(ctx context.Context, edit func(map[string]session.Kept)) error {
	return s.taking(ctx, func(state *unsealed) error {
		for range attempts {
			done, err := s.changeOnce(ctx, state, edit)
			if done || err != nil {
				return err
			}
		}
		return because(session.ErrNoKeeper, "%s is being written by another program again and again", s.file)
	})
}

func (s *Sealed) changeOnce(ctx context.Context, state *unsealed, edit func(map[string]session.Kept)) (done bool, err error) {
	before, err := os.ReadFile(s.file)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return false, s.unusable(err)
	}
	content, err := s.parse(before)
	if err != nil {
		content = sealedFile{} // what cannot be read is replaced
	}
	if err := s.open(ctx, state, content); err != nil {
		return false, err
	}
	kept := maps.Clone(state.kept)
	edit(kept)
	passphrase := state.passphrase
	after, err := beside(ctx, func() (sealedText, error) { return s.write(kept, passphrase) })
	if err != nil {
		return false, err
	}
	if now, err := os.ReadFile(s.file); !bytes.Equal(now, before) || err != nil && !errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err := replace(s.file, after.file); err != nil {
		return false, s.unusable(err)
	}
	state.kept, state.sealed = kept, after.sealed
	return true, nil
}

// open opens what is sealed unless it is open already, and asks for the passphrase if need be.
func (s *Sealed) open(ctx context.Context, state *unsealed, content sealedFile) error {
	if state.passphrase != "" && state.sealed == content.Sealed {
		return nil
	}
	question := Question{File: s.file, New: content.Sealed == ""}
	for range attempts {
		if state.passphrase == "" {
			passphrase, err := s.ask(ctx, question)
			if err != nil {
				return err
			}
			state.passphrase = passphrase
		}
		passphrase := state.passphrase
		kept, err := beside(ctx, func() (map[string]session.Kept, error) { return s.unseal(content, passphrase) })
		if err == nil {
			state.kept, state.sealed = kept, content.Sealed
			return nil
		}
		if !errors.Is(err, ErrPassphrase) {
			return err
		}
		state.passphrase, question.Problem = "", ErrPassphrase
	}
	return fmt.Errorf("%w %s; if it is forgotten, remove the file", ErrPassphrase, s.file)
}
