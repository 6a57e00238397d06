package transfer

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// ErrExists is the error of a landing whose final name is taken: nothing was replaced, and what
// was written waits in the part file. [Landing.Redirect] decides, then [Landing.Commit] goes on.
var ErrExists = errors.New("there is a file of that name already")

// Landing is where a file is written: a part file beside its final name, until it is complete.
// Make one with [NewLanding]; it belongs to one goroutine at a time.
type Landing struct {
	path    string
	replace bool
	part    *os.File
	partAt  string
	done    bool
}

// NewLanding returns a landing for a path. Nothing is written before [Landing.Open].
func NewLanding(path string, replace bool) *Landing { return &Landing{path: path, replace: replace} }

// Path returns the final name.
func (l *Landing) Path() string { return l.path }

// Redirect changes the final name, and whether a file of that name may be replaced. The part
// file stays where it is, so the folder has to be on the same disk; as a rule it is the same.
func (l *Landing) Redirect(path string, replace bool) { l.path, l.replace = path, replace }

// Open makes the part file, or opens it again, and returns how many bytes are in it.
func (l *Landing) Open() (size int64, err error) {
	if l.part != nil {
		return l.part.Seek(0, io.SeekEnd)
	}
	if l.partAt != "" {
		if l.part, err = os.OpenFile(l.partAt, os.O_RDWR, 0); err == nil {
			return l.part.Seek(0, io.SeekEnd)
		}
		if !errors.Is(err, fs.ErrNotExist) {
			return 0, plain(err)
		}
		// Somebody has removed it: begin anew.
	}
	for n := 1; n < 100; n++ {
		l.partAt = l.path + ".part"
		if n > 1 {
			l.partAt = numbered(l.partAt, n)
		}
		if l.part, err = os.OpenFile(l.partAt, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o666); !errors.Is(err, fs.ErrExist) {
			break
		}
	}
	if err != nil {
		l.partAt = ""
		return 0, plain(err)
	}
	return 0, nil
}

// Try says why nothing can be written there, nil if something can: it makes the part file and
// removes it.
func (l *Landing) Try() error {
	_, err := l.Open()
	l.Discard()
	return err
}

// Write appends to the part file.
func (l *Landing) Write(p []byte) (int, error) {
	n, err := l.part.Write(p)
	return n, plain(err)
}

// Truncate throws away what the part file has beyond a size.
func (l *Landing) Truncate(size int64) error {
	if err := l.part.Truncate(size); err != nil {
		return plain(err)
	}
	_, err := l.part.Seek(size, io.SeekStart)
	return plain(err)
}

// Close closes the part file, which stays: [Landing.Open] opens it again.
func (l *Landing) Close() error {
	if l.part == nil {
		return nil
	}
	err := l.part.Close()
	l.part = nil
	return plain(err)
}

// Commit gives the complete file its final name. It replaces no file unless it may.
func (l *Landing) Commit() error {
	if err := l.Close(); err != nil {
		return err
	}
	if l.replace {
		if info, err := os.Lstat(l.path); err == nil && info.IsDir() {
			return fmt.Errorf("%s is a folder", l.path)
		}
		if err := os.Rename(l.partAt, l.path); err != nil {
			return plain(err)
		}
		l.done = true
		return nil
	}
	// A link fails if there is something of that name, however late it came.
	err := os.Link(l.partAt, l.path)
	switch {
	case err == nil:
		l.done = true
		return plain(os.Remove(l.partAt))
	case errors.Is(err, fs.ErrExist):
		return ErrExists
	}
	// Not every file system knows links.
	if _, err := os.Lstat(l.path); err == nil {
		return ErrExists
	}
	if err := os.Rename(l.partAt, l.path); err != nil {
		return plain(err)
	}
	l.done = true
	return nil
}

// Discard removes what was written, unless it is complete.
func (l *Landing) Discard() {
	_ = l.Close()
	if l.partAt != "" && !l.done {
		_ = os.Remove(l.partAt)
		l.partAt = ""
	}
}

// Free returns the path if there is nothing of that name, else the first one with a number.
func Free(path string) string {
	return FreeOf(path, func(path string) bool {
		_, err := os.Lstat(path)
		return !errors.Is(err, fs.ErrNotExist)
	})
}

// FreeOf returns the path if it is not taken, else the first one with a number.
func FreeOf(path string, taken func(string) bool) string {
	free := path
	for n := 2; n < 10_000 && taken(free); n++ {
		free = numbered(path, n)
	}
	return free
}

// plain says what a file system error means for a user, with the path.
func plain(err error) error {
	var at *fs.PathError
	if err == nil || !errors.As(err, &at) {
		return err
	}
	switch {
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		return &pathError{"the disk is full", at.Path, err}
	case errors.Is(err, fs.ErrNotExist):
		return &pathError{"there is no folder", filepath.Dir(at.Path), err}
	case errors.Is(err, fs.ErrPermission):
		return &pathError{"you may not write to", filepath.Dir(at.Path), err}
	case errors.Is(err, syscall.EROFS):
		return &pathError{"nothing can be written to", filepath.Dir(at.Path), err}
	case errors.Is(err, syscall.ENAMETOOLONG):
		return &pathError{"the name is too long", filepath.Base(at.Path), err}
	case errors.Is(err, syscall.ENOTDIR):
		return &pathError{"this is no folder", filepath.Dir(at.Path), err}
	}
	return &pathError{at.Err.Error(), at.Path, err}
}

// pathError is an error of a file in words.
type pathError struct {
	what, path string
	err        error
}

func (e *pathError) Error() string { return e.what + ": " + e.path }
func (e *pathError) Unwrap() error { return e.err }
