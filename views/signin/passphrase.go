package signin

import (
	"context"

	"c8yx/c8yclient"
	"c8yx/session"
	"c8yx/ui"
	"c8yx/ui/form"
	"c8yx/ui/text"
)

// PassphraseQuestion says what a passphrase is for.
type PassphraseQuestion struct {
	Title text.Safe
	// New: it is the user's to choose, so he types it twice.
	New bool
	// Problem says what was wrong with the last one; nil the first time.
	Problem error
}

// Passphrase asks for a passphrase and waits for it. It is for work beside the update
// loop. Its error is [session.ErrRefused] if the user gave none.
func Passphrase(ctx context.Context, scope *ui.Scope, q PassphraseQuestion) (c8yclient.Secret, error) {
	type answer struct {
		typed c8yclient.Secret
		err   error
	}
	answers := make(chan answer, 1)
	scope.Park(true)
	defer scope.Park(false)
	o := form.Options{
		Title: q.Title, Submit: "Open",
		Fields: []form.Field{{Name: "passphrase", Label: "Passphrase", Required: true, Input: form.Secret()}},
		Accept: func(f *form.Form, v form.Values) {
			f.Close()
			answers <- answer{typed: c8yclient.Secret(v.Hidden("passphrase"))}
		},
		Cancel: func() { answers <- answer{err: session.ErrRefused} },
	}
	if q.New {
		o.Submit, o.Intro = "Seal", []text.Safe{"Whoever has the file needs this passphrase too. Nobody can tell you what it was."}
		o.Fields = append(o.Fields, form.Field{Name: "again", Label: "Once more", Required: true, Input: form.Secret()})
		o.Check = func(v form.Values) map[string]text.Safe {
			if v.Hidden("passphrase") != v.Hidden("again") {
				return map[string]text.Safe{"again": "this is not the same"}
			}
			return nil
		}
	}
	var f *form.Form // for the update loop
	scope.Post(func() {
		f = form.New(o)
		if q.Problem != nil {
			f.Fail(Words(q.Problem))
		}
		scope.Show(f)
	})
	select {
	case a := <-answers:
		return a.typed, a.err
	case <-ctx.Done():
		scope.Hand(func() {
			if f != nil {
				f.Close()
			}
		})
		return "", ctx.Err()
	}
}
