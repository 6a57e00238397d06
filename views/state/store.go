package state

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// Store keeps values by name, each as a JSON file in a folder. Methods may be called from
// any goroutine; they do file I/O, so not from the update loop.
type Store struct {
	folder string // "" keeps everything in memory

	mu      sync.Mutex
	memory  map[string][]byte
	scratch string // see Files
}

// Open returns the store in a folder, which is made with the first value that is saved.
func Open(folder string) *Store { return &Store{folder: folder, memory: map[string][]byte{}} }

// Within returns the store in the folder of a name below this one's. Any text may be a name.
func (s *Store) Within(name string) *Store {
	if s.folder == "" {
		return InMemory()
	}
	return Open(filepath.Join(s.folder, harmless(name)))
}

// InMemory returns a store that forgets everything with the program: for the demo tenant,
// snapshots and tests.
func InMemory() *Store { return Open("") }

// Files returns the folder for what has to be a file of its own, such as what an editor opens:
// that of the store, or one of this program alone, for the user alone, if everything is in memory.
func (s *Store) Files() (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.folder != "" {
		return s.folder, nil
	}
	var err error
	if s.scratch == "" {
		s.scratch, err = os.MkdirTemp("", "c8yx-*")
	}
	return s.scratch, err
}

// Close removes the folder that Files has made because everything is in memory. What is in the folder
// of the store stays.
func (s *Store) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	made := s.scratch
	s.scratch = ""
	if made == "" {
		return nil
	}
	return os.RemoveAll(made)
}

// Load reads the value of a name into value, and leaves it as it is if there is none. The
// error is for a message; the program can go on without.
func (s *Store) Load(name string, value any) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	raw, known := s.memory[name]
	if s.folder != "" {
		var err error
		raw, err = os.ReadFile(s.file(name))
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("reading what c8yx remembers: %w", err)
		}
		known = true
	}
	if !known {
		return nil
	}
	if err := json.Unmarshal(raw, value); err != nil {
		return fmt.Errorf("%s cannot be read and is ignored: %w", s.file(name), err)
	}
	return nil
}

// Save replaces the value of a name. The file is complete or not there at all.
func (s *Store) Save(name string, value any) error {
	raw, err := json.Marshal(value, jsontext.WithIndent("  "))
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.folder == "" {
		s.memory[name] = raw
		return nil
	}
	if err := s.write(name, raw); err != nil {
		return fmt.Errorf("remembering %s: %w", name, err)
	}
	return nil
}

func (s *Store) write(name string, raw []byte) error {
	file := s.file(name)
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return err
	}
	part, err := os.CreateTemp(filepath.Dir(file), ".part-*")
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(part.Name()) }()
	_, err = part.Write(append(raw, '\n'))
	if err := errors.Join(err, part.Close()); err != nil {
		return err
	}
	return os.Rename(part.Name(), file)
}

// file returns where a name's value lies. A name may have parts, separated by slashes, which
// become folders: "t4711@acme.example/columns".
func (s *Store) file(name string) string {
	parts := strings.Split(name, "/")
	for i, part := range parts {
		parts[i] = harmless(part)
	}
	return filepath.Join(append([]string{s.folder}, parts...)...) + ".json"
}

// harmless makes a name of a folder or file out of any text.
func harmless(part string) string {
	safe := strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', strings.ContainsRune("-_.@", r):
			return r
		}
		return '_'
	}, part)
	if strings.Trim(safe, ".") == "" {
		return "_" + safe
	}
	return safe
}
