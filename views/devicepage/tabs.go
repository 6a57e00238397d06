package devicepage

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"c8yx/theme"
	"c8yx/ui"
	"c8yx/ui/text"
	"c8yx/views/collection"
	"c8yx/views/place"
)

// tab is one of the tabs of a page.
type tab struct {
	name  string // in places
	title text.Safe
	// things says that the tab is for devices and their like, and not for groups
	// and files.
	things bool
	// at returns the place of the view in the tab; given are the id and what the
	// page's place asks for.
	at func(id string, asked place.Place) place.Place
	// own are the names in that place's query that are not the user's.
	own string
	// open makes the view, if the explorer has none for the place.
	open func(*View, place.Place) (ui.View, error)
}

// of returns the place of a list of what belongs to the object.
func of(kind, parameter string) func(string, place.Place) place.Place {
	return func(id string, asked place.Place) place.Place {
		asked.Kind, asked.Path = kind, nil
		return asked.With(parameter, id)
	}
}

// tabs returns all tabs in their order. The first is the overview, which is no
// view of its own.
func tabs() []tab {
	return []tab{
		{name: "overview", title: "Overview"},
		{
			name: "measurements", title: "Measurements", things: true,
			at: func(id string, asked place.Place) place.Place {
				asked.Kind, asked.Path = "measurements", []string{id}
				return asked
			},
		},
		{name: "alarms", title: "Alarms", things: true, at: of("alarms", "source"), own: "source"},
		{name: "events", title: "Events", things: true, at: of("events", "source"), own: "source"},
		{name: "operations", title: "Operations", things: true, at: of("operations", "device"), own: "device"},
		{
			name: "services", title: "Services", things: true, at: of("services", "device"), own: "device",
			open: func(v *View, p place.Place) (ui.View, error) { return collection.New(services(v.tenant), v.tenant, p) },
		},
		{name: "timeline", title: "Timeline", things: true, at: of("timeline", "source"), own: "source"},
		{name: "software", title: "Software", things: true, at: of("installed", "device"), own: "device"},
		{name: "configuration", title: "Configuration", things: true, at: of("deviceconfigurations", "device"), own: "device"},
		{name: "identity", title: "Identity", at: of("externalids", "source"), own: "source"},
		{name: "user", title: "Device user", things: true, at: of("deviceuser", "device"), own: "device"},
		{name: "remote", title: "Remote access", things: true, at: of("remoteaccess", "device"), own: "device"},
		{name: "subscriptions", title: "Subscriptions", things: true, at: of("subscriptions", "source"), own: "source"},
		{name: "audit", title: "Audit", at: of("audit", "source"), own: "source"},
		{
			name: "json", title: "JSON",
			at: func(id string, _ place.Place) place.Place {
				return place.At("inspect", "inventory", "managedObjects", id)
			},
		},
	}
}

// tabNames lists the names of all tabs for messages.
func tabNames() string {
	var names []string
	for _, t := range tabs() {
		names = append(names, t.name)
	}
	return strings.Join(names, ", ")
}

// offered returns the indexes of the tabs that make sense for the object; the
// one that is shown is always among them.
func (v *View) offered() []int {
	var offered []int
	for i, t := range v.tabs {
		if !t.things || i == v.at || v.facts.kind().isThing() {
			offered = append(offered, i)
		}
	}
	return offered
}

// make makes the view of a tab, unless it is there or the tab has none.
func (v *View) make(i int, asked place.Place) (err error) {
	t := v.tabs[i]
	if t.at == nil || v.views[i] != nil {
		return nil
	}
	p := t.at(v.id, asked)
	if t.open != nil {
		v.views[i], err = t.open(v, p)
	} else {
		v.views[i], err = v.opener(p)
	}
	return err
}

// show shows a tab. What it shows is begun when it is first seen, and stays as
// it was left for as long as the page is open.
func (v *View) show(i int) {
	if i == v.at && v.started[i] {
		return
	}
	if v.seen {
		v.hide()
	}
	v.at = i
	v.begin()
	if v.seen {
		v.reveal()
	}
	v.scope.Rebind()
	v.changed()
}

// begin starts the view of the tab that is shown.
func (v *View) begin() {
	if v.started[v.at] {
		return
	}
	if v.failure[v.at] = v.make(v.at, place.At("")); v.failure[v.at] != nil {
		return
	}
	v.started[v.at] = true
	if view := v.views[v.at]; view != nil {
		view.Resize(v.inside())
		view.Open(v.scope)
	}
}

// turn goes to the next tab, or the one before.
func (v *View) turn(by int) {
	offered := v.offered()
	for i, t := range offered {
		if t == v.at {
			v.show(offered[(i+by+len(offered))%len(offered)])
			return
		}
	}
}

// goTo shows the tab with a name.
func (v *View) goTo(name string) {
	for i, t := range v.tabs {
		if t.name == name {
			v.show(i)
		}
	}
}

// embedded returns the view of the tab that is shown, nil for the overview.
func (v *View) embedded() ui.View {
	if !v.started[v.at] {
		return nil
	}
	return v.views[v.at]
}

// drawTabs draws the line of the tabs and notes where each is, for the mouse.
// Where the line is too short it begins later.
func (v *View) drawTabs(th *theme.Theme) string {
	offered := v.offered()
	const gap = 2
	first := 0
	for ; first < len(offered)-1 && offered[first] != v.at; first++ {
		width := 1
		for _, i := range offered[first:] {
			width += text.Width(v.tabs[i].title) + gap
			if i == v.at {
				break
			}
		}
		if width <= v.width {
			break
		}
	}
	v.spots = v.spots[:0]
	var b strings.Builder
	b.WriteByte(' ')
	x := 1
	for _, i := range offered[first:] {
		title := v.tabs[i].title
		drawn := th.Render(theme.Chrome, string(title))
		if i == v.at {
			drawn = th.Style(theme.Accent).Reverse(true).Render(string(" " + title + " "))
		} else {
			drawn = " " + drawn + " "
		}
		width := text.Width(title) + gap
		v.spots = append(v.spots, spot{x, x + width, i})
		b.WriteString(drawn)
		x += width
	}
	return ui.Fit(b.String(), v.width)
}

// spot is where a tab stands in its line.
type spot struct{ from, to, tab int }

// Mouse changes the tab that is clicked, scrolls the overview, and hands the
// rest to the tab.
func (v *View) Mouse(msg tea.MouseMsg, at tea.Mouse) {
	defer v.changed()
	if _, click := msg.(tea.MouseClickMsg); click && at.Y == tabLine {
		for _, s := range v.spots {
			if at.X >= s.from && at.X < s.to {
				v.show(s.tab)
				return
			}
		}
	}
	at.Y -= v.headLines()
	if at.Y < 0 {
		return
	}
	if view := v.embedded(); view != nil {
		if p, ok := view.(ui.Pointer); ok {
			p.Mouse(msg, at)
		}
		return
	}
	if _, wheel := msg.(tea.MouseWheelMsg); wheel {
		if at.Button == tea.MouseWheelUp {
			v.scroll(-3)
		} else {
			v.scroll(3)
		}
	}
}
