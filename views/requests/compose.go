package requests

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"c8yx/c8yclient"
	"c8yx/theme"
	"c8yx/ui"
	"c8yx/ui/dialog"
	"c8yx/ui/form"
	"c8yx/ui/text"
	"c8yx/ui/toast"
	"c8yx/views/byhand"
	"c8yx/views/fault"
	"c8yx/views/place"
	"c8yx/views/save"
	"c8yx/views/tenant"
	"c8yx/views/transfer"
)

// The fields of a request by hand; those that [byhand.Problem] may name are called as there.
const (
	fieldMethod = "method"
	fieldPath   = "path"
	fieldBody   = "body"
	fieldFile   = "file"
	fieldMode   = "mode"
	fieldHeader = "header"
	fieldAnswer = "answer"

	toScreen = "screen"
	toFile   = "file"
)

// Compose asks for a request, beginning with one, and sends it.
func Compose(t *tenant.Tenant, scope *ui.Scope, begin byhand.Request) {
	c := &composing{tenant: t, scope: scope}
	is := func(methods ...string) func(form.Values) bool {
		return func(values form.Values) bool { return slices.Contains(methods, values.Text(fieldMethod)) }
	}
	scope.Show(form.New(form.Options{
		Title: "Send a request", Submit: "Send", Wide: true,
		Intro: []text.Safe{"to " + text.Clean(t.Called())},
		Fields: []form.Field{
			{Name: fieldMethod, Label: "Method", Value: begin.Method, Input: form.Choice(form.Choices(byhand.Methods()...)...)},
			{
				Name: fieldPath, Label: "Path", Value: begin.Path, Required: true, Placeholder: "/inventory/managedObjects?pageSize=5",
				Input: form.Text(), Suggest: c.suggest,
			},
			{
				Name: fieldBody, Label: "Body", Value: begin.Body, Input: form.Lines(8), Placeholder: "{…}",
				Visible: is(http.MethodPost, http.MethodPut, http.MethodPatch),
			},
			{
				Name: fieldFile, Label: "or a file", Placeholder: "~/firmware.bin", Input: form.File(save.Looking(scope, form.LookFor)),
				Visible: is(http.MethodPost, http.MethodPut),
			},
			{
				Name: fieldMode, Label: "Processing", Value: string(begin.Mode), Input: form.Choice(form.Option{Label: "as usual"},
					form.Option{Value: string(c8yclient.Transient), Note: "only handed on, not stored"},
					form.Option{Value: string(c8yclient.Quiescent), Note: "stored, nobody is notified"},
					form.Option{Value: string(c8yclient.CEP), Note: "only for event processing"}),
				Visible: is(http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete),
			},
			{
				Name: fieldHeader, Label: "Headers", Value: byhand.WriteHeader(begin.Header), Input: form.Lines(2), Placeholder: "Accept: text/csv",
				Validate: func(written string) text.Safe {
					if _, err := byhand.ParseHeader(written); err != nil {
						return text.Clean(err.Error())
					}
					return ""
				},
			},
			{
				Name: fieldAnswer, Label: "Answer", Value: toScreen, Visible: is(http.MethodGet),
				Input: form.Choice(form.Option{Value: toScreen, Label: "show it"}, form.Option{Value: toFile, Label: "save it as a file"}),
			},
		},
		Check: func(values form.Values) map[string]text.Safe {
			if p := requestOf(values).Check(); p != nil {
				return map[string]text.Safe{p.Part: text.Clean(p.Error())}
			}
			return nil
		},
		Accept: c.accept,
	}))
}

// composing is a request that a user makes up.
type composing struct {
	tenant *tenant.Tenant
	scope  *ui.Scope
}

// suggest offers the paths of the API that any method has.
func (c *composing) suggest(typed string) []string {
	var paths []string
	for _, method := range byhand.Methods() {
		paths = append(paths, byhand.Paths(method, typed)...)
	}
	slices.Sort(paths)
	return slices.Compact(paths)
}

func requestOf(values form.Values) byhand.Request {
	r := byhand.Request{
		Method: values.Text(fieldMethod), Path: values.Text(fieldPath),
		Body: strings.TrimSpace(values.Text(fieldBody)), Mode: c8yclient.ProcessingMode(values.Text(fieldMode)),
	}
	if file := values.Text(fieldFile); file != "" {
		r.File = form.Expand(file)
	}
	header, _ := byhand.ParseHeader(values.Text(fieldHeader)) // it is checked
	return r.With(header)
}

// accept sends what was entered: what reads at once, what deletes or writes to production after
// asking.
func (c *composing) accept(f *form.Form, values form.Values) {
	r := requestOf(values)
	switch {
	case r.Method == http.MethodGet && values.Text(fieldAnswer) == toFile:
		f.Close()
		c.save(r)
	case r.Method == http.MethodGet && redacted(r) == target(r) && len(r.Header) == 0 && r.Accept == "":
		f.Close()
		c.look(r)
	case r.Method == http.MethodDelete || c.tenant.IsProduction() && r.Method != http.MethodHead:
		c.scope.Show(&dialog.Confirm{
			Title: "Send a request", Question: "Send it to " + text.Clean(c.tenant.Called()) + "?", Yes: r.Method, Danger: true,
			Body: func(th *theme.Theme, width int) []string {
				return []string{th.Render(theme.Strong, ansi.Truncate(string(text.Clean(r.Method+" "+redacted(r))), width, "…"))}
			},
			Accept: func() { c.send(f, r) },
		})
	default:
		c.send(f, r)
	}
}

// look opens what a path answers as a document, which then can be read again, searched and
// followed like any other. The place of one is remembered, so what has a secret in its query is shown as
// what writes is.
func (c *composing) look(r byhand.Request) {
	path, query, _ := strings.Cut(strings.TrimPrefix(target(r), "/"), "?")
	written := "inspect/" + path
	if query != "" {
		written += "?" + query
	}
	if p, err := place.Parse(written); err == nil {
		c.scope.Open(p.String())
		return
	}
	c.scope.Toast(toast.Failure, "There is no document at "+text.Clean(target(r)))
}

// target is where a request goes that was checked before, and redacted what may be told of it.
func target(r byhand.Request) string {
	target, _ := r.Target()
	return target
}

func redacted(r byhand.Request) string { return c8yclient.Redact(target(r)) }

// save lets the answer land in a file.
func (c *composing) save(r byhand.Request) {
	path, _, _ := strings.Cut(target(r), "?")
	save.Where{
		Title: "Save the answer", Name: path[strings.LastIndexByte(path, '/')+1:],
		Start: func(path string, replace bool, _ form.Values) {
			save.Start(c.tenant, c.scope, transfer.Order{
				Title: text.Clean("GET " + redacted(r)), Way: transfer.Down, Cause: "Send a request",
				Work: byhand.NewSave(r, c.tenant.Client, transfer.NewLanding(path, replace)),
			})
		},
	}.Ask(c.tenant, c.scope)
}

// send sends what writes, and shows what came back.
func (c *composing) send(f *form.Form, r byhand.Request) {
	f.Busy("Sending …")
	ui.Load(c.scope, func(ctx context.Context) (*byhand.Answer, error) {
		return r.Send(ctx, c.tenant.Client, &transfer.Meter{})
	}, func(answer *byhand.Answer, err error) {
		switch {
		case err != nil:
			f.Fail(fault.Explain(err))
			return
		case r.Method == http.MethodGet && len(answer.Body) > 0 && !answer.IsJSON():
			f.Fail("It answers " + text.Bytes(int64(len(answer.Body))) + " of " + text.Clean(answer.ContentType) + ", which is no document to show: save it as a file.")
			return
		}
		f.Close()
		c.scope.Toast(toast.Success, text.Clean(r.Method+" "+redacted(r)+": ")+StatusCell(answer.Status, nil).Text)
		if number := c.sent(r); number != "" {
			c.scope.Open(place.At(Name, number).String())
		}
	})
}

// sent returns the number of the last request that was sent so, "" if it is not kept.
func (c *composing) sent(r byhand.Request) string {
	for _, one := range slices.Backward(c.tenant.Traffic.Requests(0)) {
		if one.Method == r.Method && one.Target == redacted(r) {
			return strconv.Itoa(one.Number)
		}
	}
	return ""
}
