package save

import (
	"context"
	"time"

	"c8yx/c8yclient"
	"c8yx/ui"
	"c8yx/ui/form"
	"c8yx/ui/text"
	"c8yx/ui/toast"
	"c8yx/views/tenant"
	"c8yx/views/transfer"
)

// Start begins a transfer. If it is not over in a moment it says where to look at it.
func Start(t *tenant.Tenant, scope *ui.Scope, o transfer.Order) {
	tr := t.Transfers.Start(o)
	scope.After(time.Second, func() {
		if !tr.Progress().State.Over() {
			scope.Toast(toast.Info, "Under way: "+o.Title+". The list of transfers shows how far it is")
		}
	})
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
	Which{Whereto: whereto, Intro: intro, Send: func(form.Values) transfer.Sending { return send }, Done: done}.Ask(t, scope)
}

// From makes a source of a path in the API.
func From(client *c8yclient.Client, path string) transfer.Source {
	return func(ctx context.Context, offset int64) (*c8yclient.File, error) {
		return client.GetFileFrom(ctx, path, offset)
	}
}

// Text asks where a text shall go, and writes it there. what says what it is: "the row"; name
// is the name of the file to begin with.
func Text(t *tenant.Tenant, scope *ui.Scope, what text.Safe, name, content string) {
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
