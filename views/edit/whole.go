package edit

import (
	"context"
	"errors"
	"io/fs"
	"unicode"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"

	"c8yx/ui"
	"c8yx/ui/dialog"
	"c8yx/ui/editor"
	"c8yx/ui/form"
	"c8yx/ui/text"
	"c8yx/ui/toast"
)

// whole lets the user write the document as JSON.
func (s *editing) whole(document jsontext.Value) {
	pretty := document.Clone()
	if pretty.Indent(jsontext.WithIndent("  ")) != nil {
		pretty = document
	}
	s.write(append(pretty, '\n'), 1, 1)
}

// write opens a text in the user's editor, or in a field of our own if there is none. The text is
// kept as a draft before.
func (s *editing) write(written []byte, line, column int) {
	ui.Load(s.Scope, func(context.Context) (struct{}, error) {
		return struct{}{}, s.draft.save(written, s.base)
	}, func(_ struct{}, err error) {
		if err != nil { // a full disk must not keep anybody from editing
			s.Scope.Toast(toast.Caution, "No draft can be kept: "+text.Clean(err.Error()))
			s.inPlace(written, "There is no place for the file that an editor needs.")
			return
		}
		err = s.Scope.EditFile(s.draft.file, line, column, func(err error) { s.edited(written, err) })
		switch {
		case errors.Is(err, editor.ErrNone):
			s.inPlace(written, "Set VISUAL or EDITOR to write this in your editor.")
		case err != nil:
			s.inPlace(written, text.Clean(err.Error()))
		}
	})
}

// inPlace lets the user write in a field of our own.
func (s *editing) inPlace(written []byte, why text.Safe) {
	const name = "document"
	s.Scope.Show(form.New(form.Options{
		Title: "Edit " + text.Clean(s.target.Label), Intro: []text.Safe{why}, Wide: true, Submit: "Review",
		Fields: []form.Field{{
			Name: name, Label: "document", Input: form.Lines(16), Value: string(written), Required: true,
		}},
		Accept: func(f *form.Form, values form.Values) {
			typed := []byte(values.Text(name))
			document, p := parseDocument(typed, s.editor.fixed())
			if p != nil {
				f.FieldFail(name, text.Clean(p.Error()))
				return
			}
			ui.Load(s.Scope, func(context.Context) (struct{}, error) {
				return struct{}{}, s.draft.save(typed, s.base)
			}, func(struct{}, error) { // that it cannot be kept was said before
				f.Close()
				s.review(func() jsontext.Value { return document })
			})
		},
	}))
}

// edited takes what the editor left, or says what is wrong with it. Nothing is lost: before is what
// the user had when the editor was opened.
func (s *editing) edited(before []byte, failed error) {
	ui.Load(s.Scope, func(context.Context) ([]byte, error) { return s.draft.read() }, func(written []byte, err error) {
		if errors.Is(err, fs.ErrNotExist) {
			written, err = nil, nil // an editor may have removed it, which is as good as leaving it empty
		}
		switch {
		case err != nil:
			s.Scope.Toast(toast.Failure, "What was written cannot be read: "+text.Clean(err.Error()))
			return
		case failed != nil:
			s.stumbled("The editor ended with an error: "+text.Clean(failed.Error()), written, before, 1, 1)
			return
		}
		document, p := parseDocument(written, s.editor.fixed())
		if p != nil {
			s.stumbled(text.Clean(p.Error()), written, before, p.Line, p.Column)
			return
		}
		s.review(func() jsontext.Value { return document })
	})
}

// stumbled asks what to do with a text that cannot be sent.
func (s *editing) stumbled(why text.Safe, written, before []byte, line, column int) {
	if p := Parse(written); p != nil && p.Line == 0 {
		written = before // it is empty: what was there is worth more
	}
	s.Scope.Show(&dialog.Choose{
		Title: "Edit " + text.Clean(s.target.Label),
		Intro: sentence(why),
		Choices: []dialog.Choice{
			{Key: "e", Title: "Edit again", Note: "where the problem is", Run: func() { s.write(written, max(1, line), max(1, column)) }},
			{Key: "k", Title: "Keep the draft", Note: "and go on another time", Run: func() { s.keep(written) }},
			{Key: "d", Title: "Drop", Note: "what was written", Run: s.dropped},
		},
		Cancel: func() { s.keep(written) },
	})
}

// sentence writes what a parser says as one.
func sentence(said text.Safe) text.Safe {
	if said == "" {
		return ""
	}
	first, size := utf8.DecodeRuneInString(string(said))
	return text.Clean(string(unicode.ToUpper(first))) + said[size:] + "."
}

// keep leaves a text as the draft for another time.
func (s *editing) keep(written []byte) {
	ui.Load(s.Scope, func(context.Context) (struct{}, error) {
		return struct{}{}, s.draft.save(written, s.base)
	}, func(_ struct{}, err error) {
		if err != nil {
			s.Scope.Toast(toast.Failure, "The draft could not be kept: "+text.Clean(err.Error()))
			return
		}
		s.left()
	})
}
