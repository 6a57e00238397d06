package signin

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"c8yx/c8yclient"
	"c8yx/session"
	"c8yx/theme"
	"c8yx/ui"
	"c8yx/ui/form"
	"c8yx/ui/qr"
	"c8yx/ui/text"
)

// setup asks for the first code of an authenticator that is to be set up. The key
// changes if the tenant makes another one, so each time it is a new form.
func (g *Guide) setup(s session.NeedTOTPSetup) {
	o := Authenticator(g.scope, Key{URI: s.URI, Secret: s.Secret}, form.Options{
		Title: g.title() + ": set up an authenticator", Submit: "Check the code",
		Intro: []text.Safe{
			"The tenant demands a second factor. Scan the code with an authenticator app, or type this key into it:",
		},
		Accept: g.acceptCode,
	})
	o.Also = append(o.Also, g.back())
	g.open(o)
	if s.Problem != nil {
		g.form.Fail(Words(s.Problem))
	}
}

// Key is the key of an authenticator: as the link that apps scan, and as letters to type in.
type Key struct{ URI, Secret c8yclient.Secret }

// Authenticator completes a form so that it shows the key of an authenticator that is to be
// set up, as a QR code and in groups of four letters, and asks for its first code, by the
// name "code".
func Authenticator(scope *ui.Scope, key Key, o form.Options) form.Options {
	o.Intro = append(o.Intro, InFours(key.Secret.Reveal()))
	o.Fields = append(o.Fields, code("First code", "The six digits that the app shows then."))
	o.Also = append(o.Also, form.Button{
		Key: "ctrl+y", Title: "Copy the key", Run: func(*form.Form) { scope.CopySecret("the key", key.Secret.Reveal()) },
	})
	picture, err := qr.New(key.URI.Reveal())
	if key.URI == "" || err != nil {
		return o
	}
	o.Picture = func(th *theme.Theme, width int) []string { return fitting(picture, th, width) }
	o.Also = append(o.Also, form.Button{
		Key: "ctrl+o", Title: "Show the QR code alone", Run: func(*form.Form) { scope.Show(&poster{code: picture}) },
	})
	return o
}

// fitting draws the code if it fits into the width.
func fitting(code qr.Code, th *theme.Theme, width int) []string {
	if w, _ := code.Size(); w > width {
		return nil
	}
	return code.Lines(th)
}

// InFours writes a key as people can type it: in groups of four letters.
func InFours(key string) text.Safe {
	var groups []string
	for len(key) > 4 {
		groups = append(groups, key[:4])
		key = key[4:]
	}
	return text.Clean(strings.Join(append(groups, key), " "))
}

// poster shows a QR code and nothing else, for screens on which it fits only so.
type poster struct {
	code qr.Code
	done bool
}

// Key closes it, whatever is pressed.
func (p *poster) Key(tea.KeyPressMsg) { p.done = true }

// Paste does nothing.
func (p *poster) Paste(string) {}

// Done reports whether it was closed.
func (p *poster) Done() bool { return p.done }

// Render draws the code on a screen that is empty otherwise, or says that there is
// no room for it.
func (p *poster) Render(th *theme.Theme, width, height int) []string {
	lines := []string{th.Render(theme.Minor, "The terminal is too small for the QR code: make it larger, or type the key.")}
	if w, h := p.code.Size(); w <= width && h <= height {
		lines = p.code.Lines(th)
	}
	if len(lines) < height {
		lines = append(lines, th.Render(theme.Muted, "any key goes back"))
	}
	return centred(lines, width, height)
}

// centred puts lines into the middle of an empty screen.
func centred(lines []string, width, height int) []string {
	screen := make([]string, height)
	top := (height - len(lines)) / 2
	for i := range screen {
		line := ""
		if at := i - top; at >= 0 && at < len(lines) {
			line = strings.Repeat(" ", max(0, (width-ansi.StringWidth(lines[at]))/2)) + lines[at]
		}
		screen[i] = ui.Fit(line, width)
	}
	return screen
}
