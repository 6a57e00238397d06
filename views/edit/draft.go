package edit

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/go-json-experiment/json/jsontext"

	"c8yx/views/state"
)

// draft is what a user writes about a document, in a file that outlives the program: until the
// tenant has it, or the user drops it. Beside it lies the document as it was when the writing began.
type draft struct {
	store *state.Store
	name  string // below the folder of drafts
	file  string // "" until it is known
}

// draftOf returns the draft about the document at a path of a tenant. Its methods do file I/O.
func draftOf(store *state.Store, tenant, path string) *draft {
	return &draft{store: store, name: filepath.Join(plain(tenant), plain(strings.Trim(path, "/"))+".json")}
}

// place finds out where the file is.
func (d *draft) place() error {
	if d.file != "" {
		return nil
	}
	folder, err := d.store.Files()
	if err == nil {
		d.file = filepath.Join(folder, "drafts", d.name)
	}
	return err
}

// plain makes a file name of any text.
func plain(s string) string {
	name := strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '-', r == '_':
			return r
		}
		return '_'
	}, s)
	const most = 120
	if len(name) > most {
		name = name[:most]
	}
	return name
}

func (d *draft) base() string { return strings.TrimSuffix(d.file, ".json") + ".before" }

// save writes the draft and what it is about, readable for the user alone.
func (d *draft) save(written []byte, base jsontext.Value) error {
	if err := d.place(); err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(d.file), 0o700); err != nil {
		return err
	}
	return errors.Join(replace(d.base(), base), replace(d.file, written))
}

// replace writes a file as a whole or not at all.
func replace(file string, content []byte) error {
	part, err := os.CreateTemp(filepath.Dir(file), ".part-*") // 0600
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(part.Name()) }()
	_, err = part.Write(content)
	if err := errors.Join(err, part.Close()); err != nil {
		return err
	}
	return os.Rename(part.Name(), file)
}

// read returns what the user has written.
func (d *draft) read() ([]byte, error) { return os.ReadFile(d.file) }

// kept is a draft that was left.
type kept struct {
	written []byte
	base    jsontext.Value
	at      time.Time
}

// find returns the draft that was left, nil if there is none.
func (d *draft) find() (*kept, error) {
	if err := d.place(); err != nil {
		return nil, err
	}
	info, err := os.Stat(d.file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	k := &kept{at: info.ModTime()}
	if k.written, err = os.ReadFile(d.file); err != nil {
		return nil, err
	}
	if k.base, err = os.ReadFile(d.base()); errors.Is(err, fs.ErrNotExist) || err == nil && Parse(k.base) != nil {
		k.base, err = nil, nil // the draft alone is still worth something
	}
	return k, err
}

// drop removes the draft.
func (d *draft) drop() error {
	if err := d.place(); err != nil {
		return err
	}
	err := errors.Join(gone(d.file), gone(d.base()))
	for folder, n := filepath.Dir(d.file), 0; n < 3 && os.Remove(folder) == nil; n++ { // if it is empty
		folder = filepath.Dir(folder)
	}
	return err
}

func gone(file string) error {
	if err := os.Remove(file); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}
