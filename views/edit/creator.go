package edit

import (
	"context"
	"errors"

	"github.com/go-json-experiment/json/jsontext"

	"c8yx/c8yclient"
	"c8yx/theme"
	"c8yx/ui"
	"c8yx/ui/dialog"
	"c8yx/ui/editor"
	"c8yx/ui/form"
	"c8yx/ui/text"
	"c8yx/ui/toast"
	"c8yx/views/fault"
	"c8yx/views/tenant"
	"c8yx/views/write"
)

// Creator describes how things of a kind are created.
type Creator struct {
	// One is what is created, within a sentence: "alarm".
	One text.Safe
	// Intro says more of it above the form, a paragraph each, below the tenant that it comes into.
	Intro []text.Safe
	// Needs lists the permissions of which any one allows it.
	Needs []string
	// Fields are those of the form.
	Fields []Field
	// Begin is the document that the form begins with; nil is an empty one.
	Begin jsontext.Value
	// Path is where it is posted to, without the leading slash ("alarm/alarms"), unless Request says
	// what is sent.
	Path    string
	Request func(document jsontext.Value) write.Request
	// Check returns what is wrong with which field, once each is right by itself; nil checks nothing.
	Check func(form.Values) map[string]text.Safe
	// Before makes of what the form says the document to be sent, beside the update loop: it reads a
	// file, or asks the tenant what that would not refuse by itself. Its error is shown as a refusal
	// is. Nil sends what the form says.
	Before func(ctx context.Context, t *tenant.Tenant, document jsontext.Value) (jsontext.Value, error)
	// Ask is a question that the form offers to ask; nil if there is none.
	Ask *Question
	// More goes on with a form for one more of what the document lists, given what this form says,
	// before anything is sent; nil if it is about one.
	More func(document jsontext.Value)
	// Back returns the request that removes what was created, given the tenant's answer, or why there
	// is none. Nil deletes the id of the answer below Path.
	Back func(answer jsontext.Value) (write.Request, text.Safe)
	// Nothing says what it means if the tenant's answer has no id; "" if it never has one.
	Nothing text.Safe
	// Learn asks the tenant, beside the update loop, for what the form has to know before it opens,
	// such as its rule for passwords, and puts it into the creator. Nil has nothing to learn.
	Learn func(ctx context.Context, t *tenant.Tenant, c *Creator) error
}

// Create asks for what a new thing needs, and creates it. landed is told what the tenant answered,
// on the update loop; nil if nobody wants to know.
func (b Bench) Create(c Creator, landed func(answer jsontext.Value)) {
	if c.Learn == nil {
		b.create(c, landed)
		return
	}
	ui.Load(b.Scope, func(ctx context.Context) (Creator, error) {
		learned := c
		err := c.Learn(ctx, b.Tenant, &learned)
		return learned, err
	}, func(learned Creator, err error) {
		if err != nil {
			b.Scope.Toast(toast.Failure, "No new "+c.One+" can be made. "+fault.Explain(err))
			return
		}
		b.create(learned, landed)
	})
}

func (b Bench) create(c Creator, landed func(answer jsontext.Value)) {
	s := b.creating(c)
	s.landed, s.submit, s.accept = landed, "Create", s.agree
	s.ask()
}

// Draft asks for the same as [Bench.Create] does, and hands over the request instead of sending it:
// for what becomes many, or goes another way.
func (b Bench) Draft(c Creator, accept func(write.Request)) {
	s := b.creating(c)
	s.submit = "Go on"
	s.accept = func(_ jsontext.Value, r write.Request) {
		s.form.Close()
		accept(r)
	}
	s.ask()
}

func (b Bench) creating(c Creator) *creating {
	s := &creating{Bench: b, creator: c, document: c.Begin}
	if s.document == nil {
		s.document = jsontext.Value("{}")
	}
	return s
}

// creating is one thing on its way into the tenant.
type creating struct {
	Bench
	creator  Creator
	landed   func(jsontext.Value)
	submit   text.Safe
	accept   func(jsontext.Value, write.Request) // takes the document, and what would be sent
	document jsontext.Value                      // what the form began with
	form     *form.Form
}

func (s *creating) ask() {
	filled := func(values form.Values) jsontext.Value {
		return fill(s.document, s.creator.Fields, values, true)
	}
	s.form = form.New(form.Options{
		Title:  "New " + s.creator.One,
		Intro:  append([]text.Safe{"in " + text.Clean(s.Tenant.Called())}, s.creator.Intro...),
		Fields: s.opened(),
		Submit: s.submit,
		Check:  s.creator.Check,
		Also: append([]form.Button{
			{Key: "ctrl+o", Title: "Whole document", Run: func(f *form.Form) { s.whole(withoutSecrets(filled(f.Values()), s.creator.Fields)) }},
			{Key: "ctrl+r", Title: "Show the request", Run: func(f *form.Form) { s.show(s.request(filled(f.Values()))) }},
		}, append(s.creator.Ask.button(s.Bench, filled), s.more(filled)...)...),
		Accept: func(f *form.Form, values form.Values) {
			document := filled(values)
			s.accept(document, s.request(document))
		},
	})
	s.Scope.Show(s.form)
}

// opened returns the fields of the form; those for a file look for it beside the update loop.
func (s *creating) opened() []form.Field {
	list := opened(s.creator.Fields, s.document)
	for i := range list {
		if s.creator.Fields[i].As == File {
			list[i].Input = form.File(func(typed string, answer func(form.Found)) {
				ui.Load(s.Scope, func(context.Context) (form.Found, error) { return form.LookFor(typed), nil },
					func(found form.Found, _ error) { answer(found) })
			})
		}
	}
	return list
}

// more returns the button that goes on with one more, if there can be.
func (s *creating) more(filled func(form.Values) jsontext.Value) []form.Button {
	if s.creator.More == nil {
		return nil
	}
	return []form.Button{{Key: "ctrl+n", Title: "One more", Run: func(f *form.Form) {
		if values, right := f.Checked(); right {
			f.Close()
			s.creator.More(filled(values))
		}
	}}}
}

// agree sends the request, after a question where more is asked before something is done.
func (s *creating) agree(document jsontext.Value, request write.Request) {
	if !s.Tenant.IsProduction() {
		s.send(document, request)
		return
	}
	s.Scope.Show(&dialog.Confirm{
		Title: "New " + s.creator.One, Question: "Create it in " + text.Clean(s.Tenant.Called()) + "?", Yes: "Create",
		Body:   func(th *theme.Theme, width int) []string { return Shown(th, request, width) },
		Accept: func() { s.send(document, request) },
	})
}

func (s *creating) request(document jsontext.Value) write.Request {
	r := write.Post(s.creator.Path, document)
	if s.creator.Request != nil {
		r = s.creator.Request(document)
	}
	return r.Hiding(secrets(s.creator.Fields)...)
}

func (s *creating) show(r write.Request) {
	s.Scope.Show(&dialog.Notice{
		Title: "What would be sent", Wide: true,
		Lines: func(th *theme.Theme, width int) []string { return Shown(th, r, width) },
	})
}

// whole lets the user write the document as JSON; it comes back into the form's place.
func (s *creating) whole(document jsontext.Value) {
	pretty := document.Clone()
	_ = pretty.Indent(jsontext.WithIndent("  ")) // as it is, if it cannot be made pretty
	d := draftOf(s.Tenant.State, s.Tenant.Client.BaseURL().Host, "new "+string(s.creator.One))
	s.compose(d, append(pretty, '\n'), 1, 1)
}

func (s *creating) compose(d *draft, written []byte, line, column int) {
	ui.Load(s.Scope, func(context.Context) (struct{}, error) {
		return struct{}{}, d.save(written, s.document)
	}, func(_ struct{}, err error) {
		if err == nil {
			err = s.Scope.EditFile(d.file, line, column, func(err error) { s.composed(d, written, err) })
		}
		switch {
		case errors.Is(err, editor.ErrNone):
			s.inPlace(d, written, "Set VISUAL or EDITOR to write this in your editor.")
		case err != nil:
			s.inPlace(d, written, text.Clean(err.Error()))
		}
	})
}

func (s *creating) composed(d *draft, before []byte, failed error) {
	ui.Load(s.Scope, func(context.Context) ([]byte, error) { return d.read() }, func(written []byte, err error) {
		if err = errors.Join(failed, err); err != nil {
			s.stumbled(d, "The editor ended with an error: "+text.Clean(err.Error()), before, 1, 1)
			return
		}
		document, p := parseDocument(written, nil)
		switch {
		case p != nil && p.Line == 0:
			s.stumbled(d, text.Clean(p.Error()), before, 1, 1)
		case p != nil:
			s.stumbled(d, text.Clean(p.Error()), written, p.Line, p.Column)
		default:
			s.take(d, document)
		}
	})
}

func (s *creating) stumbled(d *draft, why text.Safe, written []byte, line, column int) {
	s.Scope.Show(&dialog.Choose{
		Title: "New " + s.creator.One, Intro: sentence(why),
		Choices: []dialog.Choice{
			{Key: "e", Title: "Edit again", Note: "where the problem is", Run: func() { s.compose(d, written, line, column) }},
			{Key: "b", Title: "Back to the form", Note: "without it", Run: func() { s.forget(d) }},
		},
	})
}

func (s *creating) inPlace(d *draft, written []byte, why text.Safe) {
	const name = "document"
	s.Scope.Show(form.New(form.Options{
		Title: "New " + s.creator.One, Intro: []text.Safe{why}, Wide: true, Submit: "Take over",
		Fields: []form.Field{{Name: name, Label: "document", Input: form.Lines(16), Value: string(written), Required: true}},
		Accept: func(f *form.Form, values form.Values) {
			document, p := parseDocument([]byte(values.Text(name)), nil)
			if p != nil {
				f.FieldFail(name, text.Clean(p.Error()))
				return
			}
			f.Close()
			s.take(d, document)
		},
		Cancel: func() { s.forget(d) },
	}))
}

// take goes on with the form, which begins with what was written.
func (s *creating) take(d *draft, document jsontext.Value) {
	s.forget(d)
	s.form.Close()
	s.document = document
	s.ask()
}

func (s *creating) forget(d *draft) {
	ui.Load(s.Scope, func(context.Context) (struct{}, error) { return struct{}{}, d.drop() }, func(struct{}, error) {})
}

// send creates the thing. The form stays open until the tenant has it.
func (s *creating) send(document jsontext.Value, request write.Request) {
	s.form.Busy("Creating …")
	scope := s.Tenant.Jobs.Scope()
	if scope == nil {
		scope = s.Scope
	}
	ui.Load(scope, func(ctx context.Context) (jsontext.Value, error) {
		ctx = c8yclient.WithCause(ctx, "New "+string(s.creator.One))
		if s.creator.Before != nil {
			ready, err := s.creator.Before(ctx, s.Tenant, document)
			if err != nil {
				return nil, &unsent{err}
			}
			request = s.request(ready)
		}
		return request.Send(ctx, s.Tenant.Client)
	}, func(answer jsontext.Value, err error) {
		var before *unsent
		switch {
		case errors.As(err, &before):
			s.form.Fail("Nothing was sent: " + reasonOf(before.err))
			return
		case err != nil && write.MayHaveArrived(err):
			s.form.Fail(reasonOf(err) + " It may have been created nevertheless: look before you try again.")
			return
		case err != nil:
			s.form.Fail(reasonOf(err))
			return
		}
		s.form.Close()
		id := textOf(answer, "id")
		if id == "" && s.creator.Nothing != "" {
			s.Scope.Toast(toast.Caution, s.creator.Nothing)
			return
		}
		deed := write.Deed{What: "Created the " + s.creator.One}
		if id != "" {
			deed.What += " " + text.Clean(id)
		}
		back, why := s.back(answer, id)
		if !back.IsZero() {
			deed.Back = []write.Reversal{{ID: id, Label: id, Step: write.Step{Request: back}}}
		}
		deed.Why = why
		s.Tenant.Deeds.Add(deed)
		s.Scope.Toast(toast.Success, deed.What)
		if s.landed != nil {
			s.landed(answer)
		}
	})
}

// unsent is why a thing was not even sent to the tenant.
type unsent struct{ err error }

func (u *unsent) Error() string { return u.err.Error() }

func (s *creating) back(answer jsontext.Value, id string) (write.Request, text.Safe) {
	switch {
	case s.creator.Back != nil:
		return s.creator.Back(answer)
	case id == "" || s.creator.Path == "":
		return write.Request{}, "the tenant did not say what it is called now"
	}
	return write.Delete(s.creator.Path + "/" + id), ""
}

// textOf returns a member of a document that is a string or a number.
func textOf(document jsontext.Value, name string) string {
	value, there := write.Member(document, name)
	if !there {
		return ""
	}
	return Text.written(value)
}
