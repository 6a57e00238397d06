package save

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"c8yx/ui"
	"c8yx/ui/dialog"
	"c8yx/ui/form"
	"c8yx/ui/text"
	"c8yx/views/tenant"
	"c8yx/views/transfer"
)

// Choices are the answers to the question what becomes of a file whose name is taken.
func Choices(path, free string, take func(path string, replace bool)) []dialog.Choice {
	return []dialog.Choice{
		{Key: "k", Title: "Keep both", Note: text.Clean("as " + filepath.Base(free)), Run: func() { take(free, false) }},
		{Key: "r", Title: "Replace it", Note: "what is there now is lost", Run: func() { take(path, true) }},
	}
}

// Where asks for the file in which something shall be saved.
type Where struct {
	Title text.Safe   // of the question
	Intro []text.Safe // what will be saved
	// Name is the name to begin with; it may come from the tenant.
	Name string
	// Fields are asked besides, before the file.
	Fields []form.Field
	// Extension says how the name should end, by what was chosen besides; nil if that does not
	// matter. A name that ends like another choice is changed.
	Extension func(values form.Values) string
	// Extensions are all that Extension may return.
	Extensions []string
	// Start begins, after the user has agreed to replace a file if there is one.
	Start func(path string, replace bool, values form.Values)
}

// pathField is the name of the field with the path.
const pathField = "path"

// Ask shows the question.
func (w Where) Ask(t *tenant.Tenant, scope *ui.Scope) {
	ui.Load(scope, func(context.Context) (string, error) { return t.Transfers.Folder(), nil }, func(folder string, _ error) {
		path := filepath.Join(folder, transfer.SafeName(w.Name, ""))
		scope.Show(form.New(form.Options{
			Title: w.Title, Intro: w.Intro, Submit: "Save",
			Fields: append(w.Fields, form.Field{
				Name: pathField, Label: "Save as", Value: shortened(path), Required: true,
				Input: form.File(Looking(scope, form.LookToSave)),
				Note:  "tab completes folders and files",
			}),
			Accept: func(f *form.Form, values form.Values) {
				w.check(t, scope, f, values)
			},
		}))
	})
}

// Looking looks at paths beside the update loop.
func Looking(scope *ui.Scope, look func(string) form.Found) func(string, func(form.Found)) {
	return func(typed string, answer func(form.Found)) {
		ui.Load(scope, func(context.Context) (form.Found, error) { return look(typed), nil },
			func(found form.Found, _ error) { answer(found) })
	}
}

// taken is what was found at a path.
type taken struct {
	there bool
	free  string
}

// check looks whether something can be written there and whether the name is taken, and asks if it is.
func (w Where) check(t *tenant.Tenant, scope *ui.Scope, f *form.Form, values form.Values) {
	path := form.Expand(values.Text(pathField))
	if w.Extension != nil {
		path = w.fitting(path, values)
		f.Set(pathField, shortened(path))
	}
	f.Busy("Looking at the folder")
	ui.Load(scope, func(context.Context) (taken, error) {
		absolute, err := filepath.Abs(path)
		if err != nil {
			return taken{}, err
		}
		if err := transfer.NewLanding(absolute, false).Try(); err != nil {
			return taken{}, err
		}
		info, err := os.Lstat(absolute)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return taken{}, nil
		case err != nil:
			return taken{}, err
		case info.IsDir():
			return taken{}, errors.New("this is a folder: add the name of a file")
		}
		return taken{true, transfer.Free(path)}, nil
	}, func(found taken, err error) {
		start := func(path string, replace bool) {
			f.Close()
			t.Transfers.SetFolder(filepath.Dir(path))
			w.Start(path, replace, values)
		}
		switch {
		case err != nil:
			f.FieldFail(pathField, text.Clean(err.Error()))
		case !found.there:
			start(path, false)
		default:
			f.FieldFail(pathField, "there is a file of that name already")
			scope.Show(&dialog.Choose{Title: text.Clean(filepath.Base(path)) + " is there already", Choices: Choices(path, found.free, start)})
		}
	})
}

// fitting returns the path with the extension that what was chosen asks for, if it has that which
// another choice would ask for.
func (w Where) fitting(path string, values form.Values) string {
	want, ext := "."+w.Extension(values), strings.ToLower(filepath.Ext(path))
	if ext != want && (ext == filepath.Ext(w.Name) || ext == "" || slices.Contains(w.Extensions, ext[1:])) {
		return strings.TrimSuffix(path, filepath.Ext(path)) + want
	}
	return path
}

// shortened writes a path with "~/" for the user's home.
func shortened(path string) string {
	home, err := os.UserHomeDir()
	if err != nil {
		return path
	}
	if rest, err := filepath.Rel(home, path); err == nil && filepath.IsLocal(rest) && home != "/" {
		return filepath.Join("~", rest)
	}
	return path
}
