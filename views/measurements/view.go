package measurements

import (
	"math"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"c8yx/theme"
	"c8yx/ui"
	"c8yx/ui/chart"
	"c8yx/ui/text"
	"c8yx/views/fault"
	"c8yx/views/place"
	"c8yx/views/tenant"
)

// state is how far the view has come.
type state uint8

const (
	loading state = iota // nothing is known yet
	loaded               // the window was read
	failed               // the last reading broke off
)

// View shows the measurements of a device, or of several side by side. Make one with [New].
type View struct {
	tenant  *tenant.Tenant
	place   place.Place
	devices []string // their ids
	scope   *ui.Scope
	actions []ui.Action

	home   window // what the place asked for
	window window // what is shown; its end moves with the chart
	chart  *chart.Chart
	series []*series
	chosen []string // the series that the place or the user wants, by id or name; nil: the first few
	cursor int      // in the list of series
	table  values
	drawn  drawn

	state      state
	err        error // of the last reading
	resolution resolution
	cut        bool      // the answer was cut off nevertheless
	latest     time.Time // of anything the device sent, if the window is empty
	asOf       time.Time // when the window was last read
	lost       time.Time // since when nothing arrives live; zero if it does
	paused     bool
	seen       bool // the view is on top

	readings readings
	again    func() // calls the planned next reading off
	retry    time.Duration
	stopTick func()
}

// New returns the view of a place "measurements/DEVICE" or "measurements/DEVICE,DEVICE", or an error
// that says what is wrong with it.
func New(t *tenant.Tenant, p place.Place) (*View, error) {
	devices, err := devicesOf(p)
	if err != nil {
		return nil, err
	}
	now := time.Now()
	w, err := windowOf(p, now)
	if err != nil {
		return nil, err
	}
	v := &View{tenant: t, place: p, devices: devices, home: w, window: w, chart: chart.New(), chosen: p.Query["series"]}
	v.chart.HideLegend()
	v.table.start()
	v.show(w, now)
	return v, nil
}

// show gives the chart a window.
func (v *View) show(w window, now time.Time) {
	v.window = w
	v.chart.Advance(now) // so that it knows where the present is
	if w.follows() {
		v.chart.Follow(w.length, now)
	} else {
		v.chart.SetWindow(w.to.Add(-w.length), w.to)
	}
}

// Open begins to read and to follow the devices.
func (v *View) Open(scope *ui.Scope) {
	v.scope = scope
	v.actions = v.bind()
	v.learn()
	v.follow()
}

// Shown lets the window follow the present.
func (v *View) Shown() {
	v.seen = true
	v.tick()
	if v.again == nil && v.state != loading && !v.lost.IsZero() {
		v.plan(rereadEvery, v.read)
	}
}

// Hidden stops what only a reader needs.
func (v *View) Hidden() {
	v.seen = false
	if v.stopTick != nil {
		v.stopTick()
		v.stopTick = nil
	}
	if v.again != nil && v.err == nil {
		v.unplan()
	}
}

// tick moves the window with the time, whenever it reaches another column of dots.
func (v *View) tick() {
	if v.stopTick != nil {
		v.stopTick()
		v.stopTick = nil
	}
	if !v.seen || v.scope == nil || v.paused {
		return
	}
	now := time.Now()
	v.chart.Advance(now)
	v.drawn.touch()
	v.table.stale = true
	from, to := v.chart.Window()
	next := 15 * time.Second // an age may be on screen
	if v.chart.Following() {
		next = min(next, max(time.Second, to.Sub(from)/time.Duration(max(1, 2*v.drawn.plot.width))))
		for _, s := range v.series {
			s.forget(from.Add(-to.Sub(from) / 4))
		}
	}
	v.stopTick = v.scope.After(next, func() {
		v.stopTick = nil
		v.tick()
	})
}

// Place returns the place, with window and series as they are now.
func (v *View) Place() string {
	from, to := v.chart.Window()
	p := v.window.put(v.place, from, to).With("series", "")
	if v.chosen != nil {
		p.Query["series"] = slices.Clone(v.chosen)
	}
	return p.String()
}

// Title names the devices.
func (v *View) Title() text.Safe { return "Measurements of " + v.named() }

// Actions returns what can be done with a chart and its series.
func (v *View) Actions() []ui.Action { return v.actions }

// Resize sets the size of chart and list together.
func (v *View) Resize(width, height int) {
	v.drawn.resize(width, height)
	v.layout()
}

// Key has nothing to do: every key of this view is an action.
func (v *View) Key(tea.KeyPressMsg) bool { return false }

// Mouse puts the cursor where the chart is clicked, shows or hides the series that
// is clicked, and zooms with the wheel.
func (v *View) Mouse(msg tea.MouseMsg, at tea.Mouse) {
	inList, line := v.drawn.inList(at.X, at.Y)
	switch msg.(type) {
	case tea.MouseWheelMsg:
		up := at.Button == tea.MouseWheelUp
		switch {
		case inList && up, v.table.on && up:
			v.move(-3)
		case inList, v.table.on:
			v.move(3)
		default:
			v.zoom(!up)
		}
	case tea.MouseClickMsg:
		switch {
		case inList:
			if n := v.drawn.seriesAt(line); n >= 0 && n < len(v.series) {
				if n == v.cursor {
					v.toggle()
				}
				v.cursor = n
			}
		case v.table.on:
			v.table.Click(at.X, at.Y)
		default:
			v.chart.Point(at.X, at.Y)
		}
	}
	v.drawn.touch()
}

// seriesOf returns a series of a device; an unknown one is added. Devices that
// keep inventing names are not followed for ever: then it returns nil.
func (v *View) seriesOf(device, name string) *series {
	id, whose := name, text.Safe("")
	if v.several() {
		id, whose = device+"/"+name, text.Clean(v.tenant.Name(device))
	}
	for _, s := range v.series {
		if s.id == id {
			return s
		}
	}
	if len(v.series) >= mostSeries {
		return nil
	}
	s := newSeries(device, name, id, whose)
	v.series = append(v.series, s)
	if v.chosen == nil && v.shown() < usually || slices.Contains(v.chosen, name) || slices.Contains(v.chosen, id) {
		v.reveal(s)
	}
	return s
}

const (
	// usually is how many series are shown before the user chooses: as many as have
	// colours of their own.
	usually = 6
	// mostSeries is how many series are listed.
	mostSeries = 200
	// mostShown is how many are drawn at once: as many as there are letters.
	mostShown = 26
)

// shown returns how many series are drawn.
func (v *View) shown() int {
	n := 0
	for _, s := range v.series {
		if s.shown {
			n++
		}
	}
	return n
}

// reveal shows a series in the first colour that is free.
func (v *View) reveal(s *series) {
	if v.shown() >= mostShown {
		return
	}
	taken := make(map[int]bool)
	for _, other := range v.series {
		taken[other.slot] = taken[other.slot] || other.shown
	}
	s.slot = 0
	for taken[s.slot] {
		s.slot++
	}
	s.shown = true
}

// arrange gives the series that are shown to the chart, each at the place of its
// colour. Places that are free are held by an empty series.
func (v *View) arrange() {
	var lines []*chart.Series
	var unit text.Safe
	for _, s := range v.series {
		if !s.shown {
			continue
		}
		if lines == nil {
			unit = s.unit
		}
		for len(lines) <= s.slot {
			lines = append(lines, nil)
		}
		lines[s.slot] = s.line
	}
	for i := range lines {
		if lines[i] == nil {
			lines[i] = chart.NewSeries("", unit)
		}
	}
	v.chart.SetSeries(lines...)
	v.drawn.touch()
	v.table.stale = true
	v.layout()
}

// Status says what is shown, how closely, and whether it is true.
func (v *View) Status() []ui.Span {
	var spans []ui.Span
	say := func(role theme.Role, s text.Safe) { spans = append(spans, ui.Span{Text: s, Role: role}) }
	now := time.Now()
	if v.readings.stop != nil || v.state == loading {
		say(theme.Busy, "reading …")
	}
	from, to := v.chart.Window()
	if v.chart.Following() {
		say(theme.Accent, "last "+text.Clean(place.FormatSpan(v.window.length)))
	} else {
		say(theme.Accent, spanned(from, to))
	}
	if v.state == loaded {
		say(theme.Muted, text.Clean(v.resolution.String()))
	}
	if v.cut {
		say(theme.Minor, "cut off by the tenant, zoom in")
	}
	if v.paused {
		say(theme.Minor, "paused")
	}
	switch {
	case v.state == failed && !v.asOf.IsZero():
		say(theme.Critical, fault.Short(v.err)+", as of "+text.Age(now.Sub(v.asOf)))
	case !v.lost.IsZero():
		say(theme.Minor, "not live since "+text.Span(now.Sub(v.lost)))
	}
	return spans
}

// spanned names a fixed window.
func spanned(from, to time.Time) text.Safe {
	layout := "2 Jan 15:04"
	if to.Sub(from) > 14*24*time.Hour {
		layout = "2 Jan 2006"
	}
	end := layout
	if f, t := from.Local(), to.Local(); f.YearDay() == t.YearDay() && f.Year() == t.Year() {
		end = "15:04"
	}
	return text.Clean(from.Local().Format(layout) + " – " + to.Local().Format(end))
}

// empty reports whether nothing of what is shown has a value in the window.
func (v *View) empty() bool {
	from, to := v.chart.Window()
	for _, s := range v.series {
		if s.shown && len(s.within(from, to)) > 0 {
			return false
		}
	}
	return true
}

// newest returns when any of the series was last seen to have a value.
func (v *View) newest() time.Time {
	at := v.latest
	for _, s := range v.series {
		if !math.IsNaN(s.last.value) && s.last.at.After(at) {
			at = s.last.at
		}
	}
	return at
}
