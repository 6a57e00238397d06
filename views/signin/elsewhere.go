package signin

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"c8yx/session"
	"c8yx/theme"
	"c8yx/ui/box"
	"c8yx/ui/qr"
	"c8yx/ui/text"
)

// browser waits for somebody who signs in on a page in his browser.
func (g *Guide) browser(s session.NeedBrowser) {
	g.wait(&elsewhere{
		title: g.title(), page: s.Page,
		says: []text.Safe{"Sign in on this page in your browser; c8yx goes on by itself then:"},
	}, s.Page)
}

// device waits for somebody who types a code on another device.
func (g *Guide) device(s session.NeedDevice) {
	w := &elsewhere{
		title: g.title(), page: s.Page, code: s.Code, expires: s.Expires,
		says: []text.Safe{"Open this page on any device and type the code there; c8yx goes on by itself then:"},
	}
	if picture, err := qr.New(s.Complete); err == nil && s.Complete != "" {
		w.picture = picture
	}
	g.wait(w, "")
}

// wait shows what happens elsewhere until it has happened.
func (g *Guide) wait(w *elsewhere, open string) {
	if g.options.Reason != "" {
		w.says = append([]text.Safe{g.options.Reason}, w.says...)
		g.options.Reason = ""
	}
	w.copy, w.cancel = g.copied, g.decline
	w.browse = func() { g.browse(w.page) }
	w.back = func() {
		g.halt()
		g.run(g.flow.Back)
	}
	g.cover(w)
	if open != "" {
		g.browse(open)
	}
	g.await(g.flow.Wait)
}

// elsewhere says what to do elsewhere, while it is waited for.
type elsewhere struct {
	title   text.Safe
	says    []text.Safe
	page    string
	code    string // to type there, "" if none
	expires time.Time
	picture qr.Code

	copy   func(what text.Safe, content string)
	browse func()
	back   func()
	cancel func()
	done   bool
}

// Close takes it away.
func (e *elsewhere) Close() { e.done = true }

// Done reports whether it was taken away.
func (e *elsewhere) Done() bool { return e.done }

// Paste does nothing.
func (e *elsewhere) Paste(string) {}

// Key copies, opens the page, or gives up.
func (e *elsewhere) Key(msg tea.KeyPressMsg) {
	switch msg.String() {
	case "y":
		e.copy("the page", e.page)
	case "c":
		if e.code != "" {
			e.copy("the code", e.code)
		}
	case "o":
		e.browse()
	case "b":
		e.back()
	case "esc":
		e.cancel()
	}
}

// Render draws the page, which is long, in as many lines as it takes, so that it can
// be selected.
func (e *elsewhere) Render(th *theme.Theme, screen, height int) []string {
	w := max(10, min(76, screen-8))
	var lines []string
	say := func(role theme.Role, s text.Safe) {
		for _, l := range text.Wrap(s, w) {
			lines = append(lines, th.Render(role, string(l)))
		}
	}
	for _, s := range e.says {
		say(theme.Text, s)
		lines = append(lines, "")
	}
	say(theme.Link, text.Clean(e.page))
	lines = append(lines, "")
	hint := "y copy · o open · b another way · esc give up"
	if e.code != "" {
		lines = append(lines, "  "+th.Render(theme.Accent, string(text.Clean(e.code))), "")
		say(theme.Muted, "The code is good until "+text.Clean(e.expires.Local().Format("15:04"))+".")
		hint = "c copy code · y copy page · o open · b another way · esc give up"
	}
	say(theme.Busy, "Waiting …")
	if width, h := e.picture.Size(); h > 0 && width <= w && h+len(lines)+3 <= height {
		lines = append(append(lines, ""), e.picture.Lines(th)...)
	}
	if most := max(1, height-2); len(lines) > most {
		lines = lines[:most]
	}
	return box.Draw(th, theme.Accent, string(e.title), hint, lines, w)
}
