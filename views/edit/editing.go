package edit

import (
	"context"
	"errors"

	"github.com/go-json-experiment/json/jsontext"

	"c8yx/c8yclient"
	"c8yx/theme"
	"c8yx/ui"
	"c8yx/ui/dialog"
	"c8yx/ui/form"
	"c8yx/ui/text"
	"c8yx/ui/toast"
	"c8yx/views/fault"
	"c8yx/views/write"
)

// editing is one document being edited: from the form or the editor over the review to the tenant's
// answer. Until then what the user wrote stays in a draft.
type editing struct {
	Bench
	editor Editor
	target Target
	landed func(answer jsontext.Value)

	draft *draft
	base  jsontext.Value // the document as the tenant had it when the editing began
	form  *form.Form     // nil if the whole document is edited
	began jsontext.Value // what the form began with: the base, or that with changes in it

	unsure bool // a change was sent, and whether it arrived is not known
}

// Edit lets the user change a document, and tells landed what the tenant answered, on the update
// loop; nil if nobody wants to know. If the document has gone meanwhile, landed is told no answer,
// so that what is shown can be read again.
func (b Bench) Edit(e Editor, target Target, landed func(answer jsontext.Value)) {
	s := &editing{
		Bench: b, editor: e, target: target, landed: landed,
		draft: draftOf(b.Tenant.State, b.Tenant.Client.BaseURL().Host, target.Path),
	}
	ui.Load(b.Scope, s.look, func(found looked, err error) {
		if err != nil {
			b.Scope.Toast(toast.Failure, text.Clean(target.Label)+" cannot be edited. "+fault.Explain(err))
			s.vanished(err)
			return
		}
		s.base = found.document
		if found.kept != nil {
			s.offer(found.kept)
			return
		}
		s.begin(s.base, found.fields)
	})
}

// looked is what is there when editing begins.
type looked struct {
	document jsontext.Value
	fields   []form.Field // of the form about it
	kept     *kept
}

func (s *editing) look(ctx context.Context) (looked, error) {
	var found looked
	err := s.Tenant.Client.Get(ctx, "/"+s.target.Path, &found.document)
	if err == nil && found.document.Kind() != '{' {
		err = errors.New("the tenant has no JSON document there")
	}
	if err != nil {
		return found, err
	}
	found.document = withoutSecrets(found.document, s.editor.Fields)
	found.fields = opened(s.editor.Fields, found.document)
	found.kept, err = s.draft.find()
	return found, err
}

// vanished has the view read again if the document is there no more.
func (s *editing) vanished(err error) {
	if errors.Is(err, c8yclient.ErrNotFound) && s.landed != nil {
		s.landed(nil)
	}
}

// offer asks what to do with a draft that was left.
func (s *editing) offer(k *kept) {
	base := k.base
	if base == nil {
		base = s.base
	}
	s.Scope.Show(&dialog.Choose{
		Title: "Edit " + text.Clean(s.target.Label),
		Intro: "There is a draft of this, from " + text.Clean(k.at.Local().Format("2006-01-02 15:04")) + ".",
		Choices: []dialog.Choice{
			{Key: "g", Title: "Go on with it", Run: func() {
				s.base = base
				s.write(k.written, 1, 1)
			}},
			{Key: "n", Title: "Begin anew", Note: "and drop the draft", Run: func() { s.drop(func() { s.open(s.base) }) }},
		},
	})
}

// open begins with a document, in the form if there is one.
func (s *editing) open(document jsontext.Value) { s.begin(document, opened(s.editor.Fields, document)) }

// begin is open with the fields of the form about the document.
func (s *editing) begin(document jsontext.Value, fields []form.Field) {
	if len(s.editor.Fields) == 0 {
		s.whole(s.editor.editable(document))
		return
	}
	s.began = document
	s.form = form.New(form.Options{
		Title:  "Edit " + text.Clean(s.target.Label),
		Fields: fields,
		Submit: "Review",
		Check:  s.editor.Check,
		Also: append([]form.Button{{Key: "ctrl+o", Title: "Whole document", Run: func(f *form.Form) {
			after := withoutSecrets(s.filled(f.Values()), s.editor.Fields) // a draft is a file
			f.Close()
			s.form = nil
			s.whole(s.editor.editable(after))
		}}}, s.editor.Ask.button(s.Bench, s.filled)...),
		Accept: func(f *form.Form, values form.Values) {
			f.Busy("Comparing …")
			s.review(func() jsontext.Value { return s.filled(values) })
		},
	})
	s.Scope.Show(s.form)
}

// filled returns the document with what the form says.
func (s *editing) filled(values form.Values) jsontext.Value {
	return fill(s.began, s.editor.Fields, values, false)
}

// proposal is what would be changed.
type proposal struct {
	after, patch jsontext.Value
	body         func(*theme.Theme, int) []string
}

// review shows what would be changed, and sends it if the user agrees. Documents may be large: they
// are compared beside the update loop.
func (s *editing) review(after func() jsontext.Value) {
	ui.Load(s.Scope, func(context.Context) (proposal, error) {
		p := proposal{after: after()}
		p.patch = write.Patch(s.editor.editable(s.base), s.editor.editable(p.after))
		if !write.Empty(p.patch) {
			p.body = s.shown(p.patch)
		}
		return p, nil
	}, func(p proposal, _ error) {
		if s.form != nil && s.form.Done() {
			return // the user has gone
		}
		s.propose(p)
	})
}

// propose asks whether to send what would be changed.
func (s *editing) propose(p proposal) {
	after, patch := p.after, p.patch
	if p.body == nil {
		if s.form != nil {
			s.form.Fail("Nothing was changed.")
			return
		}
		s.Scope.Toast(toast.Info, "Nothing was changed.")
		s.drop(nil)
		return
	}
	choices := []dialog.Choice{
		{Key: "s", Title: "Send", Run: func() { s.send(patch, false) }},
		{Key: "e", Title: "Edit again", Run: func() { s.again(after) }},
		{Key: "d", Title: "Drop", Run: s.dropped},
	}
	if s.Tenant.IsProduction() { // nothing happens there by a single enter
		choices[0], choices[1] = choices[1], choices[0]
	}
	if s.form != nil {
		s.form.Tell("")
	}
	s.Scope.Show(&dialog.Review{
		Title:    "Change " + text.Clean(s.target.Label),
		Question: "Send this to " + text.Clean(s.Tenant.Called()) + "?",
		Body:     p.body,
		Choices:  choices,
		Cancel:   s.left,
	})
}

// again goes back to where the user wrote.
func (s *editing) again(after jsontext.Value) {
	if s.form == nil {
		s.whole(s.editor.editable(after))
	}
}

// left says where to find the draft when the user walks away from a question.
func (s *editing) left() {
	if s.form == nil {
		s.Scope.Toast(toast.Info, "The draft is kept: edit it again to go on.")
	}
}

// dropped throws away what was written.
func (s *editing) dropped() {
	if s.form != nil {
		s.form.Close()
	}
	s.drop(func() { s.Scope.Toast(toast.Info, "The draft was dropped. Nothing was sent.") })
}

// drop removes the draft and goes on with then, which may be nil.
func (s *editing) drop(then func()) {
	ui.Load(s.Scope, func(context.Context) (struct{}, error) {
		return struct{}{}, s.draft.drop()
	}, func(_ struct{}, err error) {
		if err != nil {
			s.Scope.Toast(toast.Caution, "The draft could not be removed: "+text.Clean(err.Error()))
		}
		if then != nil {
			then()
		}
	})
}
