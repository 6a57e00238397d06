package edit

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"c8yx/c8yclient"
	"c8yx/theme"
	"c8yx/ui"
	"c8yx/ui/dialog"
	"c8yx/ui/text"
	"c8yx/ui/toast"
	"c8yx/views/write"
)

// shown draws what a patch changes and the request that does it.
func (s *editing) shown(patch jsontext.Value) func(*theme.Theme, int) []string {
	before := s.editor.editable(s.base)
	list := hidden(write.Diff(before, write.Apply(before, patch)), s.editor.Fields)
	request := s.editor.request(s.target.Path, s.base, patch)
	return func(th *theme.Theme, width int) []string {
		return append(append(Differences(th, list, width), ""), Shown(th, request, width)...)
	}
}

// sent is what came of sending a patch.
type sent struct {
	clash  *clash // if the document before is another than the one that was edited
	before jsontext.Value
	answer jsontext.Value
}

// send sends a patch, unless the document has changed since it was read; anyway sends it even then.
// The work is not the view's: it goes on when that is closed.
func (s *editing) send(patch jsontext.Value, anyway bool) {
	if s.form != nil {
		s.form.Busy("Sending …")
	}
	scope := s.Tenant.Jobs.Scope()
	if scope == nil {
		scope = s.Scope
	}
	unsure := s.unsure
	ui.Load(scope, func(ctx context.Context) (sent, error) {
		ctx = c8yclient.WithCause(ctx, fmt.Sprintf("Edit %s %s", s.target.One, s.target.ID))
		var r sent
		if err := s.Tenant.Client.Get(ctx, "/"+s.target.Path, &r.before); err != nil {
			return r, err
		}
		r.before = withoutSecrets(r.before, s.editor.Fields)
		switch now := r.before; {
		case unsure && write.Holds(now, patch): // it has arrived
			r.before, r.answer = s.base, now
			return r, nil
		case !anyway && !write.Same(s.editor.editable(now), s.editor.editable(s.base)):
			r.clash = s.clashWith(now, patch)
			return r, nil
		}
		var err error
		r.answer, err = s.editor.request(s.target.Path, r.before, patch).Send(ctx, s.Tenant.Client)
		return r, err
	}, func(r sent, err error) {
		switch {
		case errors.Is(err, c8yclient.ErrNotFound):
			s.vanished(err)
			s.refused(patch, err)
		case err != nil:
			s.refused(patch, err)
		case r.clash != nil:
			s.overtaken(patch, r.clash)
		default:
			s.arrived(patch, r)
		}
	})
}

// refused keeps what was written and says why the tenant does not have it.
func (s *editing) refused(patch jsontext.Value, err error) {
	why, question := reasonOf(err), text.Safe("The change was not accepted.")
	if write.MayHaveArrived(err) {
		s.unsure, question = true, "It is not known whether the change has arrived."
		why += " It may have been carried out nevertheless; sending it again does no harm."
	}
	if s.form != nil {
		s.form.Fail(why)
		return
	}
	ui.Load(s.Scope, func(context.Context) (proposal, error) {
		return proposal{after: write.Apply(s.base, patch), body: s.shown(patch)}, nil
	}, func(p proposal, _ error) {
		s.Scope.Show(&dialog.Review{
			Title: "Change " + text.Clean(s.target.Label), Danger: true,
			Question: question, Details: []text.Safe{why},
			Body: p.body,
			Choices: []dialog.Choice{
				{Key: "e", Title: "Edit again", Run: func() { s.again(p.after) }},
				{Key: "s", Title: "Send again", Run: func() { s.send(patch, false) }},
				{Key: "d", Title: "Drop", Run: s.dropped},
			},
			Cancel: s.left,
		})
	})
}

// clash is what somebody else has changed in a document since the user began, beside what the user did.
type clash struct {
	now          jsontext.Value
	others, mine []write.Difference
	said         text.Safe // whether the one would overwrite the other
}

// clashWith compares the document as it is now. That of a big one takes its time.
func (s *editing) clashWith(now, patch jsontext.Value) *clash {
	base, theirs := s.editor.editable(s.base), s.editor.editable(now)
	c := &clash{now: now, others: write.Diff(base, theirs), said: "The same fragments are not concerned: nothing of it would be lost."}
	c.mine = hidden(write.Diff(base, write.Apply(base, patch)), s.editor.Fields)
	for name := range write.Members(patch) {
		old, hadOld := write.Member(base, name)
		other, hasOther := write.Member(theirs, name)
		if hadOld != hasOther || hadOld && !write.Same(old, other) {
			c.said = "Yours would overwrite what was changed in " + text.Clean(name) + "."
			break
		}
	}
	return c
}

// overtaken shows what somebody else has changed meanwhile beside what the user did.
func (s *editing) overtaken(patch jsontext.Value, c *clash) {
	if s.form != nil {
		s.form.Fail("It was changed meanwhile.")
	}
	s.Scope.Show(&dialog.Review{
		Title: text.Clean(s.target.Label) + " was changed meanwhile", Danger: true,
		Question: "Somebody else has changed it since you began.", Details: []text.Safe{c.said},
		Body: func(th *theme.Theme, width int) []string {
			lines := append([]string{th.Render(theme.Accent, "What was changed meanwhile")}, Differences(th, c.others, width)...)
			lines = append(lines, "", th.Render(theme.Accent, "What you have changed"))
			return append(lines, Differences(th, c.mine, width)...)
		},
		Choices: []dialog.Choice{
			{Key: "e", Title: "Edit again on the new one", Run: func() { s.onto(patch, c.now) }},
			{Key: "s", Title: "Send mine anyway", Run: func() { s.send(patch, true) }},
			{Key: "d", Title: "Drop mine", Run: s.dropped},
		},
		Cancel: s.left,
	})
}

// onto puts what the user has changed upon the document as it is now, to be edited further.
func (s *editing) onto(patch, now jsontext.Value) {
	after := write.Apply(now, patch)
	s.base = now
	if s.form != nil {
		s.form.Close()
		s.open(after)
		return
	}
	s.whole(s.editor.editable(after))
}

// arrived ends the editing: the tenant has what was written.
func (s *editing) arrived(patch jsontext.Value, r sent) {
	if s.form != nil {
		s.form.Close()
	}
	back := write.Reversal{ID: s.target.ID, Label: s.target.Label}
	request := s.editor.request(s.target.Path, write.Apply(r.before, patch), write.Revert(r.before, patch))
	back.Before, back.After = write.Revert(r.before, patch), patch
	back.Step = write.Step{Request: request, Document: s.target.Path, Check: func(now jsontext.Value) text.Safe {
		if !write.Holds(now, patch) {
			return "it was changed again since"
		}
		return ""
	}}
	deed := write.Deed{What: "Changed " + text.Clean(s.target.Label), Back: []write.Reversal{back}}
	if len(s.editor.Fields) > 0 {
		for _, name := range secrets(s.editor.Fields) {
			if _, touched := write.Member(patch, name); touched {
				deed.Back, deed.Why = nil, "what was secret before is not known"
			}
		}
	}
	s.Tenant.Deeds.Add(deed)
	changed := paths(write.Diff(s.editor.editable(s.base), write.Apply(s.editor.editable(s.base), patch)))
	s.drop(func() { s.Scope.Toast(toast.Success, "Changed "+text.Clean(s.target.Label)+": "+changed) })
	if s.landed != nil {
		s.landed(r.answer)
	}
}

// hidden blanks the values of secret fields in a difference, and whatever they are a part of.
func hidden(list []write.Difference, fields []Field) []write.Difference {
	blank := jsontext.Value(`"••••"`)
	for i, d := range list {
		for _, f := range fields {
			if f.As != Secret || !strings.HasPrefix(d.Path+".", f.Name+".") && !strings.HasPrefix(f.Name, d.Path+".") {
				continue
			}
			if d.Before != nil {
				list[i].Before = blank
			}
			if d.After != nil {
				list[i].After = blank
			}
		}
	}
	return list
}
