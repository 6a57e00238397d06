package me

import (
	"context"
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"

	"c8yx/theme"
	"c8yx/ui"
	"c8yx/ui/fields"
	"c8yx/ui/text"
	"c8yx/views/fault"
	"c8yx/views/place"
	"c8yx/views/tenant"
)

// View is the page. Make one with [New].
type View struct {
	tenant  *tenant.Tenant
	scope   *ui.Scope
	actions []ui.Action

	known   bool
	self    self
	err     error // why it could not be read, or not again
	asOf    time.Time
	reading bool

	width, height int
	top           int // the first line that is seen
	version       int
	drawn         drawn
}

// drawn is the last rendering.
type drawn struct {
	theme   *theme.Theme
	version int
	content string
	lines   int
}

// New returns the view of the place "me", which takes nothing else.
func New(t *tenant.Tenant, p place.Place) (*View, error) {
	if len(p.Path) > 0 || len(p.Query) > 0 {
		return nil, fmt.Errorf("%s: this is about oneself; write me", p)
	}
	return &View{tenant: t}, nil
}

// Open begins to read.
func (v *View) Open(scope *ui.Scope) {
	v.scope = scope
	v.actions = v.bind()
	v.refresh()
}

// refresh reads everything again; what is shown stays meanwhile.
func (v *View) refresh() {
	if v.scope.Context().Err() != nil {
		return
	}
	v.reading = true
	v.changed()
	ui.Load(v.scope, func(ctx context.Context) (self, error) { return read(ctx, v.tenant) }, func(s self, err error) {
		v.reading, v.err = false, err
		if err == nil {
			v.self, v.known, v.asOf = s, true, time.Now()
		}
		v.changed()
	})
}

func (v *View) changed() { v.version++ }

// Place returns the only place that there is.
func (v *View) Place() string { return "me" }

// Title names the user, once he is known.
func (v *View) Title() text.Safe {
	if !v.known {
		return "Me"
	}
	return "Me: " + text.Clean(v.self.user.UserName)
}

// Status says how old the page is if it could not be read again.
func (v *View) Status() []ui.Span {
	switch {
	case v.reading && !v.known:
		return []ui.Span{{Text: "Reading …", Role: theme.Busy}}
	case v.err != nil && v.known:
		return []ui.Span{{Text: fault.Short(v.err) + ", as of " + text.Span(time.Since(v.asOf)) + " ago", Role: theme.Minor}}
	}
	return nil
}

// Actions returns what can be done.
func (v *View) Actions() []ui.Action { return v.actions }

// Resize sets the size of the pane.
func (v *View) Resize(width, height int) {
	v.width, v.height = width, height
	v.changed()
}

// Key takes no keys of its own.
func (v *View) Key(tea.KeyPressMsg) bool { return false }

// Mouse scrolls.
func (v *View) Mouse(_ tea.MouseMsg, at tea.Mouse) {
	switch at.Button {
	case tea.MouseWheelDown:
		v.scroll(3)
	case tea.MouseWheelUp:
		v.scroll(-3)
	}
}

// scroll moves the page by so many lines.
func (v *View) scroll(by int) {
	v.top = max(0, min(v.top+by, v.drawn.lines-v.height))
	v.changed()
}

// Render draws the part of the page that is seen.
func (v *View) Render(th *theme.Theme) string {
	if d := v.drawn; d.theme == th && d.version == v.version {
		return d.content
	}
	lines := v.page(th)
	v.top = max(0, min(v.top, len(lines)-v.height))
	content := ""
	for row := range v.height {
		line := ""
		if at := v.top + row; at < len(lines) {
			line = lines[at]
		}
		if row > 0 {
			content += "\n"
		}
		content += ui.Fit(" "+line, v.width)
	}
	v.drawn = drawn{th, v.version, content, len(lines)}
	return content
}

// page returns all lines.
func (v *View) page(th *theme.Theme) []string {
	switch {
	case v.known:
		return fields.Lines(th, v.self.fields(v.tenant, time.Now()), max(20, v.width-2))
	case v.err != nil:
		var lines []string
		for _, l := range text.Wrap(fault.Explain(v.err), max(20, v.width-2)) {
			lines = append(lines, th.Render(theme.Critical, string(l)))
		}
		return append([]string{""}, lines...)
	}
	return []string{"", th.Render(theme.Busy, "Asking the tenant who you are …")}
}
