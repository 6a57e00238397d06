package collection

import (
	"time"

	"c8yx/c8yclient"
	"c8yx/theme"
	"c8yx/ui"
	"c8yx/ui/fields"
	"c8yx/ui/input"
	"c8yx/ui/table"
	"c8yx/ui/text"
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

	state   state
	err     error            // of the last reading
	refused *c8yclient.Error // the last action that the user may not do, until it is explained
	asOf    time.Time        // when rows were last known to be true
	lost    time.Time        // since when the live connection is gone; zero if it is there
	total   int              // how many there are, 0 if unknown
	paused  bool
	retry   time.Duration
	again   func() // calls the planned next reading off

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
