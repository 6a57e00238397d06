package explain

import (
	"context"
	"strings"

	"c8yx/theme"
	"c8yx/ui"
	"c8yx/ui/dialog"
	"c8yx/ui/text"
	"c8yx/views/fault"
)

// Show lays a card over the frame that says what is being looked up, and then the answer.
func Show(scope *ui.Scope, title text.Safe, why func(context.Context) (Explanation, error)) {
	c := &card{looking: true}
	scope.Show(&dialog.Notice{Title: title, Lines: c.lines})
	ui.Load(scope, why, func(e Explanation, err error) {
		c.explanation, c.err, c.looking = e, err, false
	})
}

// card is what an explanation looks like.
type card struct {
	looking     bool
	explanation Explanation
	err         error // what kept the explanation from being complete
}

// labelWidth is the room for the names of facts.
const labelWidth = 20

func (c *card) lines(th *theme.Theme, width int) []string {
	if c.looking {
		return []string{"", th.Render(theme.Busy, "Asking the tenant …"), ""}
	}
	lines := []string{""}
	paragraph := func(role theme.Role, mark string, said text.Safe) {
		for i, l := range text.Wrap(said, max(1, width-2)) {
			lead := "  "
			if i == 0 && mark != "" {
				lead = mark + " "
			}
			lines = append(lines, th.Render(theme.Muted, lead)+th.Render(role, string(l)))
		}
	}
	e := c.explanation
	if e.Verdict != "" {
		paragraph(theme.Strong, "", e.Verdict)
		lines = append(lines, "")
	}
	for _, f := range e.Facts {
		for i, l := range text.Wrap(f.Value, max(1, width-labelWidth)) {
			label := f.Label
			if i > 0 {
				label = ""
			}
			lines = append(lines, th.Render(theme.Muted, string(text.Fit(label, labelWidth, text.Left)))+th.Render(f.Role, string(l)))
		}
	}
	if c.err != nil {
		lines = append(lines, "")
		paragraph(theme.Critical, "", "Not everything could be looked up: "+fault.Explain(c.err))
	}
	if len(e.Next) > 0 {
		lines = append(lines, "", th.Render(theme.Accent, strings.ToUpper("What to do")))
		for _, next := range e.Next {
			paragraph(theme.Text, "›", next)
		}
	}
	return append(lines, "")
}
