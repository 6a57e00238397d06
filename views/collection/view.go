package collection

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"c8yx/c8yclient/realtime"
	"c8yx/theme"
	"c8yx/ui"
	"c8yx/ui/fields"
	"c8yx/ui/input"
	"c8yx/ui/table"
	"c8yx/ui/text"
	"c8yx/views/fault"
	"c8yx/views/place"
	"c8yx/views/tenant"
)

// View is the list of one kind at one place. Make one with [New].
type View[T any] struct {
	kind   *Kind[T]
	tenant *tenant.Tenant
	place  place.Place // what is read; filter and order not included
	scope  *ui.Scope
	feed   feed[T]

	rows    rows[T]
	table   *table.Table
	theme   *theme.Theme
	actions []ui.Action
	version uint64

	state  state
	err    error     // of the last reading
	asOf   time.Time // when rows were last known to be true
	lost   time.Time // since when the live connection is gone; zero if it is there
	total  int       // how many there are, 0 if unknown
	paused bool
	retry  time.Duration
	again  func() // calls the planned next reading off

	filter   *input.Line
	typing   bool
	terms    terms
	column   int // sorted by; -1: as the tenant lists them
	reverse  bool
	sorting  bool          // an order is being made beside the update loop
	sorts    int           // how many were begun; only the last one counts
	waiting  [][]change[T] // batches that came meanwhile
	touched  bool          // the user has chosen a row: the cursor stays on it
	detail   bool          // the pane beside the list is wanted
	seen     bool          // the view is on top
	stopTick func()

	width, height int
	pane          fields.Pane
	pair          fields.Pair
}

// New returns the view of a kind at a place, or an error that says what the
// place asks for in vain.
func New[T any](kind *Kind[T], t *tenant.Tenant, p place.Place) (*View[T], error) {
	if err := kind.check(p); err != nil {
		return nil, err
	}
	v := &View[T]{
		kind: kind, tenant: t, place: p.With("filter", "").With("sort", ""),
		filter: input.New("/ ", "words, !word"), column: -1, detail: true,
	}
	v.feed = feed[T]{
		kind: kind, tenant: t, place: v.place,
		merge: v.arrive, sweep: v.sweep, ended: v.ended, connection: v.connection,
	}
	v.table = table.New(theme.New(theme.Standard, true), v.columns(), source[T]{v})
	v.table.SetHighlight(v.highlight)
	order := kind.Sort
	if p.Query.Get("sort") != "" {
		order = p.Query.Get("sort")
	}
	v.column, v.reverse = kind.order(order)
	v.rows.compare = v.comparison()
	v.table.SetSort(v.column, v.reverse)
	v.filter.SetValue(p.Query.Get("filter"))
	v.search()
	return v, nil
}

func (v *View[T]) columns() []table.Column {
	columns := make([]table.Column, len(v.kind.Columns))
	for i, c := range v.kind.Columns {
		columns[i] = c.Column
	}
	return columns
}

// Open begins to read and to follow the place.
func (v *View[T]) Open(scope *ui.Scope) {
	v.scope, v.feed.scope = scope, scope
	v.actions = v.bind()
	v.feed.read()
	v.feed.follow()
	v.count()
}

// Place returns the place, the filter and the order included.
func (v *View[T]) Place() string {
	p := v.place.With("filter", v.filter.Value())
	if order := v.kind.orderName(v.column, v.reverse); order != v.kind.Sort {
		p = p.With("sort", order)
	}
	return p.String()
}

// Title names the list.
func (v *View[T]) Title() text.Safe {
	if v.kind.Subject != nil {
		if subject := v.kind.Subject(v.place); subject != "" {
			return v.kind.Title + " " + subject
		}
	}
	return v.kind.Title
}

// Actions returns the actions of the kind and of all lists.
func (v *View[T]) Actions() []ui.Action { return v.actions }

// Resize sets the size of list and detail pane together.
func (v *View[T]) Resize(width, height int) {
	v.width, v.height = width, height
	v.layout()
}

// Shown lets the ages in the list go on.
func (v *View[T]) Shown() {
	v.seen = true
	v.version++
	v.tick()
	if v.state != loading && v.again == nil && !v.follows() {
		v.plan(rereadEvery)
	}
}

// Hidden stops what only a reader needs.
func (v *View[T]) Hidden() {
	v.seen = false
	if v.stopTick != nil {
		v.stopTick()
		v.stopTick = nil
	}
	if v.again != nil && v.err == nil {
		v.again()
		v.again = nil
	}
}

// arrive takes a batch from the tenant, unless the view is paused.
func (v *View[T]) arrive(batch []change[T]) {
	if v.paused {
		return
	}
	if v.state == loading && len(batch) > 0 {
		v.state = filling
	}
	if len(batch) > 0 {
		v.asOf = time.Now()
	}
	v.merge(batch)
	v.tick()
}

// merge puts a batch of changes into the rows; while an order is being made
// it waits.
func (v *View[T]) merge(batch []change[T]) {
	if v.sorting {
		v.waiting = append(v.waiting, batch)
		return
	}
	v.holding(func() { v.rows.merge(batch) })
}

// holding does something to the rows and puts the cursor back on the thing
// that it was on. A cursor that nobody has put anywhere stays at the top.
func (v *View[T]) holding(do func()) {
	at := v.rows.at(v.table.Cursor())
	id := ""
	if at != nil {
		id = at.id
	}
	do()
	v.version++
	v.table.Invalidate(v.version)
	if !v.touched || id == "" {
		return
	}
	if position := v.rows.position(id); position >= 0 {
		v.table.Track(position)
	}
}

// sweep removes what a complete reading has not seen.
func (v *View[T]) sweep(seen map[string]bool) {
	var gone []change[T]
	for id := range v.rows.byID {
		if !seen[id] {
			gone = append(gone, change[T]{id: id, gone: true})
		}
	}
	if gone != nil {
		v.merge(gone)
	}
}

// ended notes how a reading ended, and plans the next one: soon after a
// failure, later where nothing tells of changes.
func (v *View[T]) ended(err error) {
	if v.again != nil {
		v.again()
		v.again = nil
	}
	v.err = err
	if err == nil {
		v.state, v.retry, v.asOf = loaded, 0, time.Now()
		v.total = 0
		if !v.follows() && v.seen {
			v.plan(rereadEvery)
		}
	} else {
		v.state = failed
		v.retry = max(firstRetry, min(2*v.retry, lastRetry))
		if fault.Transient(err) {
			v.plan(v.retry)
		}
	}
	v.version++
	v.tick()
}

func (v *View[T]) plan(in time.Duration) {
	v.again = v.scope.After(in, func() {
		v.again = nil
		v.refresh()
	})
}

// refresh reads the place again; the rows stay while it does.
func (v *View[T]) refresh() {
	v.paused = false
	if v.again != nil {
		v.again()
		v.again = nil
	}
	v.feed.read()
	v.count()
}

// count asks the tenant how many there are, beside the reading.
func (v *View[T]) count() {
	if v.kind.Total == nil {
		return
	}
	v.scope.Go(v.countWork())
}

// connection notes when the live connection was lost, and that it is back.
func (v *View[T]) connection(b realtime.Batch) {
	lost := time.Time{}
	switch b.State {
	case realtime.Lost:
		lost = b.Since
	case realtime.Refused:
		lost = b.Since
		if v.again == nil && v.seen {
			v.plan(rereadEvery)
		}
	}
	if lost != v.lost {
		if v.state == loaded && lost.After(v.asOf) {
			v.asOf = lost // until then nothing was missed
		}
		v.lost = lost
		v.version++
		v.tick()
	}
}

// follows reports whether live messages keep the list true.
func (v *View[T]) follows() bool {
	return v.kind.Channel != nil && v.kind.Channel(v.place) != "" && v.lost.IsZero()
}

// tick plans the next moment at which an age on screen reads differently.
func (v *View[T]) tick() {
	if v.stopTick != nil {
		v.stopTick()
		v.stopTick = nil
	}
	if !v.seen || v.scope == nil {
		return
	}
	if next := v.nextAge(time.Now()); next > 0 {
		v.stopTick = v.scope.After(next, func() {
			v.stopTick = nil
			v.version++
			v.tick()
		})
	}
}

// nextAge returns how long the ages on screen stay as they are, 0 for ever.
func (v *View[T]) nextAge(now time.Time) time.Duration {
	next := time.Duration(0)
	first, end := v.table.Visible()
	for _, c := range v.kind.Columns {
		if c.Time == nil {
			continue
		}
		for i := first; i < end; i++ {
			age := 15 * time.Second
			if row := v.rows.at(i); row != nil && now.Sub(c.Time(row.item)).Abs() < time.Minute {
				age = time.Second
			}
			if next == 0 || age < next {
				next = age
			}
		}
	}
	if next == 0 && (v.state == failed || !v.lost.IsZero()) {
		return time.Second
	}
	return next
}

// Key moves the cursor or edits the filter.
func (v *View[T]) Key(msg tea.KeyPressMsg) bool {
	if !v.typing {
		return false
	}
	switch msg.String() {
	case "enter":
		v.typing, v.touched = false, true
	case "esc":
		v.clearFilter()
	case "up", "down":
		v.typing = false
	default:
		if v.filter.Key(msg) {
			v.search()
		}
	}
	v.layout()
	return true
}

// Typing reports whether the filter is being typed.
func (v *View[T]) Typing() bool { return v.typing }

// Paste puts pasted text into the filter.
func (v *View[T]) Paste(s string) {
	v.filter.Paste(s)
	v.search()
}

// Mouse moves the cursor, opens the row that is clicked twice, sorts by the
// header that is clicked, and scrolls.
func (v *View[T]) Mouse(msg tea.MouseMsg, at tea.Mouse) {
	switch msg.(type) {
	case tea.MouseWheelMsg:
		by := 3
		if at.Button == tea.MouseWheelUp {
			by = -3
		}
		v.touched = true
		v.table.Scroll(by)
	case tea.MouseClickMsg:
		before := v.table.Cursor()
		hit := v.table.Click(at.X, at.Y-v.filterLines())
		switch {
		case hit.Area == table.Header:
			v.sortBy(hit.Column, hit.Column == v.column && !v.reverse)
		case hit.Area == table.Body && hit.Row == before && v.touched:
			v.open()
		case hit.Area == table.Body:
			v.touched = true
		}
	}
}
