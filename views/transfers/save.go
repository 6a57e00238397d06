package transfers

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"c8yx/c8yclient"
	"c8yx/ui"
	"c8yx/ui/dialog"
	"c8yx/ui/form"
	"c8yx/ui/text"
	"c8yx/ui/toast"
	"c8yx/views/tenant"
	"c8yx/views/transfer"
)

// Attach lets the transfers of a tenant run in the scope of its desk, and tells there how they
// end.
func Attach(t *tenant.Tenant, scope *ui.Scope) {
	t.Transfers.Attach(scope, func(tr *transfer.Transfer, p transfer.Progress) {
		switch p.State {
		case transfer.Asking:
			askName(scope, tr)
		case transfer.Failed:
			scope.Toast(toast.Failure, p.Title+": "+p.Reason)
		case transfer.Finished:
			moved := amount(&p, p.Done)
			if p.Way == transfer.Up {
				scope.Toast(toast.Success, "Sent "+p.Title+", "+moved)
				return
			}
			scope.Toast(toast.Success, "Saved "+p.Title+", "+moved+", as "+text.Clean(p.Path))
		}
	})
}

// Start begins a transfer. If it is not over in a moment it says where to look at it.
func Start(t *tenant.Tenant, scope *ui.Scope, o transfer.Order) {
	tr := t.Transfers.Start(o)
	scope.After(time.Second, func() {
		if !tr.Progress().State.Over() {
			scope.Toast(toast.Info, "Under way: "+o.Title+". The list of transfers shows how far it is")
		}
	})
}

// askName asks what becomes of a complete file whose name is taken.
func askName(scope *ui.Scope, tr *transfer.Transfer) {
	p := tr.Progress()
	ui.Load(scope, func(context.Context) (string, error) { return transfer.Free(p.Path), nil }, func(free string, _ error) {
		if tr.Progress().State != transfer.Asking {
			return
		}
		scope.Show(&dialog.Choose{Title: text.Clean(filepath.Base(p.Path)) + " is there already", Choices: nameChoices(p.Path, free, tr.Redirect)})
	})
}

// nameChoices are the answers to the question what becomes of a file whose name is taken.
func nameChoices(path, free string, take func(path string, replace bool)) []dialog.Choice {
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
	// Fields are asked besides, before the file; Name follows them: it is asked what name fits
	// when one of them has changed, nil if the name stays.
	Fields []form.Field
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
				Input: form.File(looking(scope, form.LookToSave)),
				Note:  "tab completes folders and files",
			}),
			Accept: func(f *form.Form, values form.Values) {
				w.check(t, scope, f, values)
			},
		}))
	})
}

// looking looks at paths beside the update loop.
func looking(scope *ui.Scope, look func(string) form.Found) func(string, func(form.Found)) {
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

// check looks whether the name is taken, and asks if it is.
func (w Where) check(t *tenant.Tenant, scope *ui.Scope, f *form.Form, values form.Values) {
	path := form.Expand(values.Text(pathField))
	f.Busy("Looking at the folder")
	ui.Load(scope, func(context.Context) (taken, error) {
		absolute, err := filepath.Abs(path)
		if err != nil {
			return taken{}, err
		}
		info, err := os.Stat(filepath.Dir(absolute))
		if err != nil {
			return taken{}, err
		}
		if !info.IsDir() {
			return taken{}, errors.New(filepath.Dir(path) + " is no folder")
		}
		info, err = os.Lstat(absolute)
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
			scope.Show(&dialog.Choose{Title: text.Clean(filepath.Base(path)) + " is there already", Choices: nameChoices(path, found.free, start)})
		}
	})
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

// Download asks where a file of the tenant shall go, and downloads it. what says in the list of
// transfers what it is: "log.txt of event 700".
func Download(t *tenant.Tenant, scope *ui.Scope, what text.Safe, name string, source transfer.Source) {
	Where{
		Title: "Download " + what, Name: name,
		Start: func(path string, replace bool, _ form.Values) {
			Start(t, scope, transfer.Order{
				Title: what, Way: transfer.Down, Cause: "Download · " + string(what), Pausing: transfer.ByStop,
				Work: transfer.NewDownload(source, transfer.NewLanding(path, replace)),
			})
		},
	}.Ask(t, scope)
}

// Upload asks which file of this machine shall be sent, and sends it. whereto says in the list of
// transfers what becomes of it: "attachment of event 700". done is called on the update loop when
// the tenant has it; nil if nobody wants to know.
func Upload(t *tenant.Tenant, scope *ui.Scope, whereto text.Safe, intro []text.Safe, send transfer.Sending, done func()) {
	scope.Show(form.New(form.Options{
		Title: "Upload " + whereto, Intro: intro, Submit: "Upload",
		Fields: []form.Field{{
			Name: pathField, Label: "File", Required: true, Placeholder: "~/log.txt",
			Input: form.File(looking(scope, form.LookFor)),
		}},
		Accept: func(f *form.Form, values form.Values) {
			f.Close()
			path := form.Expand(values.Text(pathField))
			title := text.Clean(filepath.Base(path)) + ", " + whereto
			Start(t, scope, transfer.Order{
				Title: title, Way: transfer.Up, Cause: "Upload · " + string(whereto),
				Work: transfer.NewUpload(path, send), Done: done,
			})
		},
	}))
}

// From makes a source of a path in the API.
func From(client *c8yclient.Client, path string) transfer.Source {
	return func(ctx context.Context, offset int64) (*c8yclient.File, error) {
		return client.GetFileFrom(ctx, path, offset)
	}
}

// SaveText asks where a text shall go, and writes it there. what says what it is: "the row"; name
// is the name of the file to begin with.
func SaveText(t *tenant.Tenant, scope *ui.Scope, what text.Safe, name, content string) {
	Where{
		Title: "Save " + what, Name: name,
		Start: func(path string, replace bool, _ form.Values) {
			Start(t, scope, transfer.Order{
				Title: what, Way: transfer.Export,
				Work: transfer.NewText(content, transfer.NewLanding(path, replace)),
			})
		},
	}.Ask(t, scope)
}
