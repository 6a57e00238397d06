package save

import (
	"path/filepath"

	"c8yx/ui"
	"c8yx/ui/form"
	"c8yx/ui/text"
	"c8yx/views/tenant"
	"c8yx/views/transfer"
)

// Which asks which file of this machine shall be sent.
type Which struct {
	// Whereto says in the list of transfers what becomes of the file: "attachment of event 700".
	Whereto text.Safe
	Intro   []text.Safe
	// Check says what is wrong with the name of a file, "" if nothing is; nil takes all.
	Check func(path string) text.Safe
	// Fields are asked besides, after the file.
	Fields []form.Field
	// Send returns what sends the file, by what was said besides.
	Send func(values form.Values) transfer.Sending
	// Done is called on the update loop when the tenant has it; nil if nobody wants to know.
	Done func()
}

// Ask shows the question, and sends the file.
func (w Which) Ask(t *tenant.Tenant, scope *ui.Scope) {
	file := form.Field{
		Name: pathField, Label: "File", Required: true, Placeholder: "~/log.txt", Validate: w.Check,
		Input: form.File(Looking(scope, form.LookFor)),
	}
	scope.Show(form.New(form.Options{
		Title: "Upload " + w.Whereto, Intro: w.Intro, Submit: "Upload", Fields: append([]form.Field{file}, w.Fields...),
		Accept: func(f *form.Form, values form.Values) {
			f.Close()
			path := form.Expand(values.Text(pathField))
			Start(t, scope, transfer.Order{
				Title: text.Clean(filepath.Base(path)) + ", " + w.Whereto, Way: transfer.Up, Cause: "Upload · " + string(w.Whereto),
				Work: transfer.NewUpload(path, w.Send(values)), Done: w.Done,
			})
		},
	}))
}
