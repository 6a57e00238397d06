package devicepage

import (
	"fmt"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"c8yx/theme"
	"c8yx/ui"
	"c8yx/ui/text"
	"c8yx/views/fault"
	"c8yx/views/place"
	"c8yx/views/tenant"
)

// Opener opens the view of a place. The page uses it for its tabs.
type Opener func(place.Place) (ui.View, error)

// View is the page about one object. Make one with [New].
type View struct {
	tenant *tenant.Tenant
	opener Opener
	id     string
	scope  *ui.Scope

	tabs    []tab
	views   []ui.View // of the tabs, as far as they were made
	started []bool    // the tab has been seen
	failure []error   // why a tab could not be made
	at      int       // the tab that is shown
	spots   []spot

	facts facts
	lost  time.Time // since when changes do not arrive live; zero if they do
	retry time.Duration
	again func()

	version       uint64
	drawn         sheet
	offset        int // of the overview
	seen          bool
	stopTick      func()
	width, height int
	actions       []ui.Action
}

// New returns the page at a place "device/ID" or "device/ID/TAB"; what the place
// asks for beyond that is asked of the tab. open opens the views of the tabs.
func New(t *tenant.Tenant, open func(place.Place) (ui.View, error), p place.Place) (*View, error) {
	if len(p.Path) == 0 || len(p.Path) > 2 {
		return nil, fmt.Errorf("%s: write device/ID or device/ID/TAB, with TAB one of %s", p, tabNames())
	}
	v := &View{tenant: t, opener: open, id: p.Path[0], tabs: tabs()}
	v.views, v.started, v.failure = make([]ui.View, len(v.tabs)), make([]bool, len(v.tabs)), make([]error, len(v.tabs))
	if len(p.Path) == 2 {
		v.at = slices.IndexFunc(v.tabs, func(t tab) bool { return t.name == strings.ToLower(p.Path[1]) })
		if v.at < 0 {
			return nil, fmt.Errorf("%s: there is no tab %q, only %s", p, p.Path[1], tabNames())
		}
	}
	if current := v.tabs[v.at]; len(p.Query) > 0 && (current.at == nil || current.name == "json") {
		return nil, fmt.Errorf("%s: nothing can be asked of the tab %s", p, current.name)
	}
	if err := v.make(v.at, p); err != nil {
		return nil, err
	}
	return v, nil
}

// Open reads the object and follows it; the tab does the same.
func (v *View) Open(scope *ui.Scope) {
	v.scope = scope
	v.actions = v.bind()
	v.read()
	v.follow()
	v.begin()
}

// Place returns the place, the tab and what is asked of it included.
func (v *View) Place() string {
	t := v.tabs[v.at]
	p := place.At("device", v.id)
	if v.at > 0 {
		p.Path = append(p.Path, t.name)
	}
	if view := v.views[v.at]; view != nil && t.name != "json" {
		if inner, err := place.Parse(view.Place()); err == nil {
			inner = inner.With(t.own, "")
			p.Query = inner.Query
		}
	}
	return p.String()
}

// Title is what the object is called.
func (v *View) Title() text.Safe {
	return text.Clean(v.tenant.Name(v.id))
}

// Status says what the tab says of itself, and whether the page is true.
func (v *View) Status() []ui.Span {
	var spans []ui.Span
	if view := v.embedded(); view != nil {
		spans = view.Status()
	} else if hidden := len(v.drawn.lines) - v.pageHeight(); hidden > 0 && v.pageHeight() > 0 {
		spans = append(spans, ui.Span{Role: theme.Muted, Text: "lines " + text.Count(v.offset+1) + "–" +
			text.Count(min(v.offset+v.pageHeight(), len(v.drawn.lines))) + " of " + text.Count(len(v.drawn.lines))})
	}
	if err := v.facts.err; err != nil && v.facts.object != nil {
		spans = append(spans, ui.Span{Role: theme.Critical, Text: fault.Short(err) + ", as of " + text.Age(time.Since(v.facts.asOf))})
	}
	if !v.lost.IsZero() && v.embedded() == nil {
		spans = append(spans, ui.Span{Role: theme.Minor, Text: "not live since " + text.Span(time.Since(v.lost))})
	}
	return spans
}

// changed has the page drawn anew.
func (v *View) changed() {
	v.version++
	v.tick()
}

// The lines above a tab: the head, the tabs, and a rule where there is room.
const (
	tabLine   = 1
	ruleSince = 20 // lines of the pane from which a rule stands below the tabs
)

func (v *View) headLines() int {
	if v.height >= ruleSince {
		return 3
	}
	return 2
}

// inside returns the size of what is in a tab.
func (v *View) inside() (width, height int) { return v.width, v.pageHeight() }

func (v *View) pageHeight() int { return max(0, v.height-v.headLines()) }

// Resize sets the size of the page.
func (v *View) Resize(width, height int) {
	v.width, v.height = width, height
	for i, view := range v.views {
		if view != nil && v.started[i] {
			view.Resize(v.inside())
		}
	}
	v.version++
}

// Shown and Hidden tell the tab, and let the ages of the page go on.
func (v *View) Shown() {
	v.seen = true
	v.reveal()
	v.changed()
}

// Hidden stops what only a reader needs.
func (v *View) Hidden() {
	v.seen = false
	v.hide()
	if v.stopTick != nil {
		v.stopTick()
		v.stopTick = nil
	}
}

func (v *View) reveal() {
	if visited, ok := v.embedded().(ui.Visitor); ok {
		visited.Shown()
	}
}

func (v *View) hide() {
	if visited, ok := v.embedded().(ui.Visitor); ok {
		visited.Hidden()
	}
}

// tick plans the next moment at which an age on screen reads differently.
func (v *View) tick() {
	if v.stopTick != nil {
		v.stopTick()
		v.stopTick = nil
	}
	if !v.seen || v.scope == nil || v.facts.object == nil {
		return
	}
	next := 15 * time.Second
	if time.Since(v.facts.latest()) < time.Minute || !v.lost.IsZero() {
		next = time.Second
	}
	v.stopTick = v.scope.After(next, func() {
		v.stopTick = nil
		v.changed()
	})
}

// Key gives the key to the tab.
func (v *View) Key(msg tea.KeyPressMsg) bool {
	view := v.embedded()
	return view != nil && view.Key(msg)
}

// Typing reports whether text is typed in the tab.
func (v *View) Typing() bool {
	t, ok := v.embedded().(ui.Typist)
	return ok && t.Typing()
}

// Paste gives pasted text to the tab.
func (v *View) Paste(s string) {
	if t, ok := v.embedded().(ui.Typist); ok {
		t.Paste(s)
	}
}
