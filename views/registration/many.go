package registration

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strconv"

	"c8yx/c8yclient"
	"c8yx/theme"
	"c8yx/ui"
	"c8yx/ui/dialog"
	"c8yx/ui/form"
	"c8yx/ui/text"
	"c8yx/views/fault"
	"c8yx/views/save"
	"c8yx/views/tenant"
	"c8yx/views/write"
)

// largest is the largest file that is read: a hundred thousand devices and more. What is larger is
// something else.
const largest = 32 << 20

// pathField is the name of the field with the path.
const pathField = "path"

// Many asks for a file of devices and registers them. done is called on the update loop after the
// tenant has answered.
func Many(t *tenant.Tenant, scope *ui.Scope, done func()) {
	m := &many{tenant: t, scope: scope, done: done}
	m.form = form.New(form.Options{
		Title: "Register many devices",
		Intro: []text.Safe{
			"A CSV file: the first line names the columns, each other line is a device. ID;PATH announces devices. With ID;CREDENTIALS;TYPE;NAME;PATH and more they are made at once.",
			"Nothing is sent before you have seen it.",
		},
		Fields: []form.Field{{
			Name: pathField, Label: "File", Required: true, Placeholder: "~/devices.csv", Input: form.File(save.Looking(scope, form.LookFor)),
		}},
		Submit: "Check",
		Accept: func(_ *form.Form, values form.Values) { m.read(form.Expand(values.Text(pathField))) },
	})
	scope.Show(m.form)
}

// many is a file on its way into the tenant.
type many struct {
	tenant *tenant.Tenant
	scope  *ui.Scope
	done   func()
	form   *form.Form
	path   string
	sheet  *Sheet
}

// checked is a file that was read.
type checked struct {
	sheet    *Sheet
	problems []Problem
}

func (m *many) read(path string) {
	m.path = path
	m.form.Busy("Reading the file …")
	ui.Load(m.scope, func(context.Context) (checked, error) {
		file, err := os.Open(path)
		if err != nil {
			return checked{}, err
		}
		defer func() { _ = file.Close() }()
		content, err := io.ReadAll(io.LimitReader(file, largest+1))
		if err == nil && len(content) > largest {
			err = errors.New("it is larger than 32 MB: split it")
		}
		if err != nil {
			return checked{}, err
		}
		sheet, problems := Read(content)
		return checked{sheet, problems}, nil
	}, func(c checked, err error) {
		m.form.Tell("")
		m.sheet = c.sheet
		switch {
		case err != nil:
			m.form.FieldFail(pathField, text.Clean(err.Error()))
		case len(c.problems) > 0:
			m.form.FieldFail(pathField, counted(len(c.problems), "thing")+" to mend, nothing was sent: "+c.problems[0].String())
			m.mend(c.problems)
		default:
			m.ask()
		}
	})
}

// mend shows all that is wrong, if there is more than the form says.
func (m *many) mend(problems []Problem) {
	if len(problems) < 2 {
		return
	}
	m.scope.Show(&dialog.Notice{
		Title: "What is wrong with " + text.Clean(filepath.Base(m.path)), Wide: true,
		Lines: func(th *theme.Theme, width int) []string {
			lines := []string{""}
			for _, p := range problems {
				where := text.Safe("")
				if p.Line > 0 {
					where = "line " + text.Count(p.Line)
				}
				for i, l := range text.Wrap(p.Why, max(1, width-14)) {
					if i > 0 {
						where = ""
					}
					lines = append(lines, th.Render(theme.Muted, string(text.Fit(where, 12, text.Left)))+"  "+string(l))
				}
			}
			return append(lines, "")
		},
	})
}

// ask shows what will be registered.
func (m *many) ask() {
	what, where := m.sheet.many(), text.Clean(m.tenant.Called())
	q := &dialog.Confirm{
		Title: "Register many devices", Question: m.sheet.verb() + " " + what + " in " + where + "?",
		Details: m.sheet.notes, Body: m.sheet.preview, Yes: string(m.sheet.verb() + " " + what), Accept: m.send,
	}
	if m.tenant.IsProduction() {
		q.Word = strconv.Itoa(m.sheet.Devices())
	}
	m.scope.Show(q)
}

// send sends the file. It goes on when the view is closed: what was sent was sent.
func (m *many) send() {
	m.form.Busy("Registering " + m.sheet.many() + " …")
	scope := m.tenant.Jobs.Scope()
	if scope == nil {
		scope = m.scope
	}
	content, name := m.sheet.File(nil), filepath.Base(m.path)
	ui.Load(scope, func(ctx context.Context) (*c8yclient.BulkRegistration, error) {
		return m.tenant.Client.NewDeviceRequests.CreateMany(c8yclient.WithCause(ctx, "Register many devices"), c8yclient.Upload{
			Name: name, ContentType: "text/csv", Size: int64(len(content)), Body: bytes.NewReader(content),
		})
	}, func(answer *c8yclient.BulkRegistration, err error) {
		if err != nil {
			said := fault.Explain(err)
			if write.MayHaveArrived(err) {
				said += " Some may have been registered nevertheless: look before you try again."
			}
			m.form.Fail(said)
			return
		}
		m.form.Close()
		m.tenant.Deeds.Add(write.Deed{What: "Registered " + m.sheet.many(), Why: "delete the requests, or the devices and their users"})
		m.tell(answer)
		if m.done != nil {
			m.done()
		}
	})
}
