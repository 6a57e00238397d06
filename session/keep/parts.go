package keep

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"unicode/utf8"
)

// store keeps short texts by name; it may block. The operating system's keyring is one.
type store interface {
	get(name string) (string, error) // or errAbsent
	set(name, text string) error
	remove(name string) error // or errAbsent
}

var (
	// errAbsent: a store has nothing of that name.
	errAbsent = errors.New("not there")
	// errTorn: parts are missing, or do not belong together.
	errTorn = errors.New("the parts do not belong together")
)

// The keyring of Windows takes 2,560 bytes, that of macOS 4,096 for a whole command in which
// the text is encoded as base64. Parts are the same size everywhere, so that the splitting is
// the same everywhere.
const (
	partSize = 2000
	maxParts = 64 // no sign-in comes near
)

// A text that is too long for one entry is split, in such a way that a program that dies in the
// middle of replacing it leaves the old text or the new one. The entry itself becomes a head,
// which names a half, "a" or "b". The parts of half a are the entries NAME#a.1, NAME#a.2, and
// so on. A new text goes to the half that is not in use; then the head is replaced, at one
// blow; then the other half is removed. The parts of a half are written upwards and removed
// downwards, so that what is left of a half always begins with 1 and has no gaps.
type head struct {
	Version int    `json:"version"`
	Half    string `json:"half"`
	Parts   int    `json:"parts"`
	Sum     string `json:"sum"` // SHA-256 of the whole text
}

func partName(name, half string, n int) string { return fmt.Sprintf("%s#%s.%d", name, half, n) }

// attempts is how often something is tried that fails only if another program writes the same
// entry at that moment.
const attempts = 3

// readText returns the text of a name. It returns errAbsent, or errTorn for a text
// that is not complete.
func readText(s store, name string) (text string, err error) {
	for range attempts {
		text, err = readOnce(s, name)
		if !errors.Is(err, errTorn) {
			break
		}
	}
	return text, err
}

func readOnce(s store, name string) (string, error) {
	text, err := s.get(name)
	if err != nil {
		return "", err
	}
	h, isHead := parseHead(text)
	if !isHead {
		return text, nil
	}
	if h.Parts > maxParts {
		return "", errTorn
	}
	text = ""
	for n := 1; n <= h.Parts; n++ {
		part, err := s.get(partName(name, h.Half, n))
		if errors.Is(err, errAbsent) {
			return "", errTorn
		}
		if err != nil {
			return "", err
		}
		text += part
	}
	if sumOf(text) != h.Sum {
		return "", errTorn
	}
	return text, nil
}

// writeText replaces the text of a name, and reads it back: not every keyring says when it
// has not stored something.
func writeText(s store, name, text string) error {
	if len(text) > (maxParts-1)*partSize {
		return errTooLong
	}
	for range attempts {
		if err := writeOnce(s, name, text); err != nil {
			return err
		}
		stored, err := readText(s, name)
		if err == nil && stored == text {
			return nil
		}
		if err != nil && !errors.Is(err, errTorn) && !errors.Is(err, errAbsent) {
			return err
		}
	}
	return errNotStored
}

var (
	// errNotStored: the store took a text without complaint, and does not have it.
	errNotStored = errors.New("it does not hold what it was given")
	// errNotRemoved: the store still has what it was told to remove.
	errNotRemoved = errors.New("it still holds what was to be removed")
	errTooLong    = errors.New("a sign-in is too long")
)

func writeOnce(s store, name, text string) error {
	old, err := s.get(name)
	if err != nil && !errors.Is(err, errAbsent) {
		return err
	}
	if len(text) <= partSize {
		if err := s.set(name, text); err != nil {
			return err
		}
		return errors.Join(removeParts(s, name, "a", 0), removeParts(s, name, "b", 0))
	}
	unused, used := "a", "b"
	if h, isHead := parseHead(old); isHead && h.Half == "a" {
		unused, used = "b", "a"
	}
	parts := split(text)
	for i, part := range parts {
		if err := s.set(partName(name, unused, i+1), part); err != nil {
			return err
		}
	}
	h, err := json.Marshal(head{Version: entryVersion, Half: unused, Parts: len(parts), Sum: sumOf(text)})
	if err != nil {
		return err
	}
	if err := s.set(name, string(h)); err != nil {
		return err
	}
	return errors.Join(removeParts(s, name, unused, len(parts)), removeParts(s, name, used, 0))
}

// removeText removes a text with all parts, those that an interrupted write has left
// included. Nothing there is no error.
func removeText(s store, name string) error {
	if err := s.remove(name); err != nil && !errors.Is(err, errAbsent) {
		return err
	}
	if err := errors.Join(removeParts(s, name, "a", 0), removeParts(s, name, "b", 0)); err != nil {
		return err
	}
	_, err := s.get(name)
	switch {
	case err == nil:
		return errNotRemoved
	case errors.Is(err, errAbsent):
		return nil
	}
	return err
}

// removeParts removes the parts of a half that come after the first few.
func removeParts(s store, name, half string, keep int) error {
	last := keep
	for last < maxParts {
		_, err := s.get(partName(name, half, last+1))
		if errors.Is(err, errAbsent) {
			break
		}
		if err != nil {
			return err
		}
		last++
	}
	for n := last; n > keep; n-- {
		if err := s.remove(partName(name, half, n)); err != nil && !errors.Is(err, errAbsent) {
			return err
		}
	}
	return nil
}

func parseHead(text string) (h head, isHead bool) {
	err := json.Unmarshal([]byte(text), &h)
	return h, err == nil && h.Version == entryVersion && h.Parts > 0 && (h.Half == "a" || h.Half == "b")
}

// split cuts a text into parts, never within a letter: a keyring may expect valid UTF-8.
func split(text string) []string {
	var parts []string
	for len(text) > partSize {
		end := partSize
		for end > partSize-utf8.UTFMax && !utf8.RuneStart(text[end]) {
			end--
		}
		parts = append(parts, text[:end])
		text = text[end:]
	}
	return append(parts, text)
}

func sumOf(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}
