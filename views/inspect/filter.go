package inspect

import (
	"context"
	"strings"

	tea "charm.land/bubbletea/v2"

	"c8yx/theme"
	"c8yx/ui"
	"c8yx/ui/input"
	"c8yx/ui/text"
)

// filter is the jq program that the document is seen through.
type filter struct {
	line   *input.Line
	typing bool
	runs   int   // how many were begun; only the last one counts
	err    error // of the program as it is; what is shown is that of the last one that ran
}

// program returns the program, "" for the whole document.
func (f *filter) program() string { return strings.TrimSpace(f.line.Value()) }

func (f *filter) render(th *theme.Theme, width int) string {
	if f.typing {
		return ui.Fit(f.line.Render(th, width), width)
	}
	return th.Render(theme.Muted, string(text.Fit("jq "+text.Clean(f.program())+"   esc shows the whole document", width, text.Left)))
}

// typeJQ edits the program; the document follows every change that makes sense.
func (v *View) typeJQ(msg tea.KeyPressMsg) {
	switch msg.String() {
	case "enter":
		v.jq.typing = false
	case "esc":
		v.clearJQ()
	default:
		if v.jq.line.Key(msg) {
			v.present()
		}
	}
	v.Resize(v.width, v.height)
}

func (v *View) clearJQ() {
	v.jq.typing = false
	v.jq.line.SetValue("")
	v.present()
	v.Resize(v.width, v.height)
}

// present shows the document, through the jq program if there is one. While a program makes no
// sense, what was shown before stays.
func (v *View) present() {
	v.jq.runs++
	program, raw, run := v.jq.program(), v.raw, v.jq.runs
	if program == "" {
		v.jq.err = nil
		v.viewer.SetDocument(raw)
		return
	}
	ui.Load(v.scope, func(ctx context.Context) ([]byte, error) {
		ctx, cancel := context.WithTimeout(ctx, jqPatience)
		defer cancel()
		return runJQ(ctx, program, raw)
	}, func(result []byte, err error) {
		if run != v.jq.runs {
			return // the program has changed since
		}
		v.jq.err = err
		if err == nil {
			v.viewer.SetDocument(result)
		}
	})
}
