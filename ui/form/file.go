package form

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"c8yx/ui/text"
)

// Found is what a look at a path, or at any other typed text, told.
type Found struct {
	Problem text.Safe // "" if the text will do: "there is no such file"
	Note    text.Safe // what is worth knowing: "4.2 MB"
	// Completions are what the text may become.
	Completions []string
}

// File is a line for the path of a file. Looking at disks takes its time, so
// look is asked at every change and must not wait: it looks beside the update
// loop and calls answer there, as ui.Load does. An answer for what is not
// typed any more is dropped. [LookFor] does the looking at a file to read.
//
// look may as well ask a tenant, for a field about which only the tenant knows.
func File(look func(typed string, answer func(Found))) Input { return fileInput{look} }

type fileInput struct {
	look func(typed string, answer func(Found))
}

func (i fileInput) open(f Field) entry {
	e := &fileEntry{line: newLine(f), look: i.look}
	e.ask()
	return e
}

type fileEntry struct {
	*line
	look  func(string, func(Found))
	asked string
	found Found
}

// ask has the typed text looked up, if it is not what was asked for last.
func (f *fileEntry) ask() {
	typed := f.value()
	if typed == f.asked || f.look == nil {
		return
	}
	f.asked, f.found = typed, Found{}
	f.look(typed, func(found Found) {
		if f.asked == typed {
			f.found = found
		}
	})
}

func (f *fileEntry) key(msg tea.KeyPressMsg) bool {
	taken := f.line.key(msg)
	f.ask()
	return taken
}

func (f *fileEntry) paste(s string) {
	f.line.paste(s)
	f.ask()
}

func (f *fileEntry) set(s string) {
	f.line.set(s)
	f.ask()
}

func (f *fileEntry) problem() text.Safe    { return f.found.Problem }
func (f *fileEntry) note() text.Safe       { return f.found.Note }
func (f *fileEntry) completions() []string { return f.found.Completions }

// maxCompletions is how many completions of a path are looked for.
const maxCompletions = 200

// LookFor looks for a file to read. A path may begin with "~/". It reads the
// disk, so call it beside the update loop.
func LookFor(path string) Found {
	if path == "" {
		return Found{}
	}
	found := Found{Completions: complete(path)}
	info, err := os.Stat(Expand(path))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		found.Problem = "there is no such file"
	case errors.Is(err, fs.ErrPermission):
		found.Problem = "this file may not be read"
	case err != nil:
		found.Problem = text.Clean(err.Error())
	case info.IsDir():
		found.Problem = "this is a folder"
	default:
		found.Note = text.Bytes(info.Size())
	}
	return found
}

// LookToSave looks at the path of a file that is to be written: whether its folder is there, and
// whether there is a file of that name. It reads the disk, so call it beside the update loop.
func LookToSave(path string) Found {
	if path == "" {
		return Found{}
	}
	found := Found{Completions: complete(path)}
	if info, err := os.Lstat(Expand(path)); err == nil {
		if info.IsDir() {
			found.Problem = "this is a folder: add the name of a file"
			return found
		}
		found.Note = "there is a file of that name: you will be asked"
		return found
	}
	folder := filepath.Dir(Expand(path))
	info, err := os.Stat(folder)
	switch {
	case strings.HasSuffix(path, "/"), strings.HasSuffix(path, string(filepath.Separator)):
		found.Problem = "there is no such folder"
	case errors.Is(err, fs.ErrNotExist):
		found.Problem = text.Clean("there is no folder " + folder)
	case err != nil:
		found.Problem = text.Clean(err.Error())
	case !info.IsDir():
		found.Problem = text.Clean(folder + " is no folder")
	}
	return found
}

// LookInto looks at the path of a folder into which files are to be written. It reads the disk, so
// call it beside the update loop.
func LookInto(path string) Found {
	if path == "" {
		return Found{}
	}
	found := Found{Completions: slices.DeleteFunc(complete(path), func(path string) bool { return !strings.HasSuffix(path, "/") })}
	info, err := os.Stat(Expand(path))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		found.Problem = "there is no such folder"
	case err != nil:
		found.Problem = text.Clean(err.Error())
	case !info.IsDir():
		found.Problem = "this is no folder"
	}
	return found
}

// Expand returns the path with "~/" at its beginning replaced by the user's home.
func Expand(path string) string {
	if rest, ok := strings.CutPrefix(path, "~/"); ok {
		if home, err := os.UserHomeDir(); err == nil {
			return filepath.Join(home, rest)
		}
	}
	return path
}

// complete lists the files and folders whose paths begin with what was typed,
// written as it was typed. Hidden ones are listed when a dot was typed.
func complete(typed string) []string {
	dir, base := "", typed
	if cut := strings.LastIndexAny(typed, `/`+string(filepath.Separator)); cut >= 0 {
		dir, base = typed[:cut+1], typed[cut+1:]
	}
	folder := Expand(dir)
	if folder == "" {
		folder = "."
	}
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil
	}
	var found []string
	for _, e := range entries {
		name := e.Name()
		if !strings.HasPrefix(name, base) || strings.HasPrefix(name, ".") && !strings.HasPrefix(base, ".") {
			continue
		}
		if e.IsDir() {
			name += "/"
		}
		if len(found) < maxCompletions {
			found = append(found, dir+name)
		}
	}
	slices.Sort(found)
	return found
}
