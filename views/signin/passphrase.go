package signin

import (
	"context"

	"c8yx/c8yclient"
	"c8yx/session"
	"c8yx/ui"
	"c8yx/ui/form"
	"c8yx/ui/text"
)

// Passphrase asks for a passphrase and waits for it; problem says what was wrong with
// the last one. It is for work beside the update loop. Its error is
// [session.ErrRefused] if the user gave none.
func Passphrase(ctx context.Context, scope *ui.Scope, title text.Safe, problem error) (c8yclient.Secret, error) {
	type answer struct {
		typed c8yclient.Secret
		err   error
	}
	answers := make(chan answer, 1)
	scope.Park(true)
	defer scope.Park(false)
	scope.Post(func() {
		f := form.New(form.Options{
			Title: title, Submit: "Open",
			Fields: []form.Field{{Name: "passphrase", Label: "Passphrase", Required: true, Input: form.Secret()}},
			Accept: func(f *form.Form, v form.Values) {
				f.Close()
				answers <- answer{typed: c8yclient.Secret(v.Hidden("passphrase"))}
			},
			Cancel: func() { answers <- answer{err: session.ErrRefused} },
		})
		if problem != nil {
			f.Fail(Words(problem))
		}
		scope.Show(f)
	})
	select {
	case a := <-answers:
		return a.typed, a.err
	case <-ctx.Done():
		return "", ctx.Err()
	}
}
