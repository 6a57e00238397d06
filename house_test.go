package main_test

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// module is the import path of the repository; everything below it is ours.
const module = "c8yx"

// room is one top-level package of the house, with all its inner packages.
type room struct {
	// mayImport lists the rooms below that this one may use. Its own inner
	// packages are always allowed; Go itself keeps those free of cycles.
	mayImport []string
	// never lists prefixes of foreign import paths that would bring into this
	// room what belongs on another floor.
	never []string
}

// house is the drawing of the house: who may import whom. A package that is not
// drawn here fails the test, so a new room is a decision and not an accident.
// The main package is the room "".
var house = map[string]room{
	"":    {mayImport: []string{"cmd"}},
	"cmd": {mayImport: []string{"views", "ui", "session", "registry", "c8yclient", "keys", "theme", "demo"}},
	"views": {
		mayImport: []string{"ui", "keys", "theme", "session", "registry", "c8yclient"},
	},
	// The widgets know nothing of Cumulocity, so they have no business on the network.
	"ui":        {mayImport: []string{"keys", "theme"}, never: []string{"net/http"}},
	"session":   {mayImport: []string{"c8yclient"}, never: screen},
	"registry":  {mayImport: []string{"c8yclient"}, never: screen},
	"c8yclient": {never: append([]string{"github.com/spf13/"}, screen...)},
	"keys":      {never: []string{"net/http"}},
	"theme":     {never: []string{"net/http"}},
	"demo":      {never: append([]string{"github.com/spf13/"}, screen...)},
}

// screen is what the rooms without a screen must not import.
var screen = []string{"charm.land/", "github.com/charmbracelet/"}

// forTestsOnly are packages that exist to be imported by tests: no program code
// outside them may use them.
var forTestsOnly = []string{module + "/cmd/story", module + "/demo/demotest", module + "/session/keep/desktop"}

// nameless are package names that say nothing about what is inside.
var nameless = []string{"util", "utils", "common", "helper", "helpers", "misc", "types", "model", "models"}

// maxLines is the longest a file may get before it has to be split.
const maxLines = 600

// source is one Go file of the repository.
type source struct {
	path string // slash-separated, relative to the repository
	dir  string // its directory, "." for the main package
	test bool
	file *ast.File
}

// room says which room of the house the file lies in.
func (s source) room() string {
	if s.dir == "." {
		return ""
	}
	first, _, _ := strings.Cut(s.dir, "/")
	return first
}

func TestImportsGoDownTheHouse(t *testing.T) {
	for _, src := range sources(t) {
		here, drawn := house[src.room()]
		if !drawn {
			t.Errorf("%s: room %q is not drawn in the table of house_test.go", src.path, src.room())
			continue
		}
		if src.test {
			continue
		}
		for _, spec := range src.file.Imports {
			imported := strings.Trim(spec.Path.Value, `"`)
			for _, prefix := range here.never {
				if strings.HasPrefix(imported, prefix) {
					t.Errorf("%s imports %s: nothing below %q may enter %q", src.path, imported, prefix, src.room())
				}
			}
			there, ours := roomOf(imported)
			if !ours {
				continue
			}
			if there != src.room() && !slices.Contains(here.mayImport, there) {
				t.Errorf("%s imports %s: %q may not import %q", src.path, imported, src.room(), there)
			}
			for _, pkg := range forTestsOnly {
				if within(imported, pkg) && !within(path.Join(module, src.dir), pkg) {
					t.Errorf("%s imports %s, which is for tests only", src.path, imported)
				}
			}
		}
	}
}

func TestFilesFitInTheHead(t *testing.T) {
	for _, src := range sources(t) {
		if n := countLines(t, src.path); n > maxLines {
			t.Errorf("%s has %d lines, at most %d are readable in one go", src.path, n, maxLines)
		}
	}
}

func TestEveryPackageSaysWhatItIsFor(t *testing.T) {
	documented := map[string]bool{}
	for _, src := range sources(t) {
		if src.test {
			continue
		}
		said := src.file.Doc != nil && (path.Base(src.path) == "doc.go" || src.file.Name.Name == "main")
		documented[src.dir] = documented[src.dir] || said
	}
	for dir, said := range documented {
		if !said {
			t.Errorf("%s has no doc.go with a package comment", dir)
		}
	}
}

func TestPackagesAreNamedAfterTheirContents(t *testing.T) {
	for _, src := range sources(t) {
		if name := strings.TrimSuffix(src.file.Name.Name, "_test"); slices.Contains(nameless, name) {
			t.Errorf("%s: a package called %q says nothing about what is inside", src.path, name)
		}
	}
}

func TestNothingRunsBeforeMain(t *testing.T) {
	for _, src := range sources(t) {
		for _, decl := range src.file.Decls {
			fn, ok := decl.(*ast.FuncDecl)
			if ok && !src.test && fn.Recv == nil && fn.Name.Name == "init" {
				t.Errorf("%s has an init function: it would run at every start, c8yx --version included", src.path)
			}
		}
	}
}

// On the screen's side a goroutine that panics would leave a broken terminal, so
// all of them begin in the engine of the shell, which recovers.
func TestGoroutinesOfTheScreenBeginInOnePlace(t *testing.T) {
	for _, src := range sources(t) {
		room := src.room()
		if room != "ui" && room != "views" && room != "session" || src.test || src.path == "ui/engine.go" {
			continue
		}
		ast.Inspect(src.file, func(n ast.Node) bool {
			if _, ok := n.(*ast.GoStmt); ok {
				t.Errorf("%s starts a goroutine of its own; ui.Scope starts those that end well", src.path)
			}
			return true
		})
	}
}

// roomOf says which room of the house an import path belongs to, and whether it
// is one of ours at all.
func roomOf(importPath string) (name string, ours bool) {
	if importPath == module {
		return "", true
	}
	rest, ours := strings.CutPrefix(importPath, module+"/")
	name, _, _ = strings.Cut(rest, "/")
	return name, ours
}

// within reports whether importPath is pkg or lies below it.
func within(importPath, pkg string) bool {
	return importPath == pkg || strings.HasPrefix(importPath, pkg+"/")
}

// sources parses every Go file of the repository. The test runs in the
// repository's root, so that is where the walk begins.
func sources(t *testing.T) []source {
	t.Helper()
	var found []source
	files := token.NewFileSet()
	err := filepath.WalkDir(".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && name != "." && (notOurs(entry.Name()) || ownModule(name)) {
			return filepath.SkipDir
		}
		if entry.IsDir() || filepath.Ext(name) != ".go" {
			return nil
		}
		parsed, err := parser.ParseFile(files, name, nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		name = filepath.ToSlash(name)
		found = append(found, source{
			path: name,
			dir:  path.Dir(name),
			test: strings.HasSuffix(name, "_test.go"),
			file: parsed,
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(found) == 0 {
		t.Fatal("no Go file found: the test must run in the root of the repository")
	}
	return found
}

// notOurs says which folders the go command leaves alone too.
func notOurs(folder string) bool {
	return folder == "testdata" || folder == "vendor" || strings.HasPrefix(folder, ".") || strings.HasPrefix(folder, "_")
}

// ownModule reports whether a folder is a module of its own, as the comparison with other clients is.
func ownModule(folder string) bool {
	_, err := os.Stat(filepath.Join(folder, "go.mod"))
	return err == nil
}

func countLines(t *testing.T, name string) int {
	t.Helper()
	text, err := os.ReadFile(filepath.FromSlash(name))
	if err != nil {
		t.Fatal(err)
	}
	return bytes.Count(text, []byte("\n"))
}
