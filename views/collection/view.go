package collection

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"c8yx/c8yclient"
	"c8yx/keys"
	"c8yx/theme"
	"c8yx/ui"
	"c8yx/ui/fields"
	"c8yx/ui/input"
	"c8yx/ui/table"
	"c8yx/ui/text"
	"c8yx/views/collection/columns"
	"c8yx/views/collection/filter"
	"c8yx/views/collection/rows"
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

	rows    rows.Rows[T]
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
	cut     bool             // there is more than was read
	paused  bool
	retry   time.Duration
	again   func() // calls the planned next reading off

	columns []column[T] // the kind's, then fragments that somebody asked for
	shown   []int       // which of them are on screen, in order
	carried bool        // the place came with columns
	column  int         // sorted by; -1: as the tenant lists them
	reverse bool
	sorting sorting

	local      string      // the filter in force, as it is typed
	asks       *Asking     // how the tenant is asked; nil if it is not
	asking     asking      // what the tenant is asked for beside it
	line       *input.Line // where both are typed
	typing     bool
	fields     []filter.Field // the kind's columns, for the filter
	filter     *filter.Filter // what is right in the line
	completing completing
	problem    *filter.Problem // what is wrong in it; nil if nothing is

	arranging arranging
	wanted    *rows.Wanted // the fragments that columns, order and filter look at
	looking   bool         // some of them are being looked up

	marking        marking[T]
	targeted       kept[[]T]
	reasons        map[keys.ID]*kept[string]
	allShownMarked kept[bool]
	held           int // changes that came while the list was paused

	touched  bool // the user has chosen a row: the cursor stays on it
	detail   bool // the pane beside the list is wanted
	seen     bool // the view is on top
	stopTick func()

	width, height int
	above         int // the lines above the table for which it was laid out
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
		kind: kind, tenant: t, place: p.With("filter", "").With("sort", "").With("columns", ""),
		columns: kind.columns(), column: -1, fields: kind.fields(),
		line: input.New("/ ", "words  !word  name~text  alarms>0  last<1h"), filter: &filter.Filter{}, wanted: &rows.Wanted{},
		detail: true, reasons: map[keys.ID]*kept[string]{},
	}
	v.rows.Limit, v.rows.Time = cmp.Or(kind.Most, most), kind.Newest
	v.asks = v.askingOf()
	v.arranging.applied, v.asking.opened = v.filter, v.place
	v.feed = feed[T]{
		kind: kind, tenant: t,
		merge: v.arrive, sweep: v.sweep, answered: v.answered, ended: v.ended, again: v.rereadMissed, connection: v.connection,
		limit: v.rows.Limit, catalogue: t.Catalogue(kind.documents()),
	}
	v.table = table.New(theme.New(theme.Standard, true), nil, source[T]{v})
	for i := range kind.Columns {
		if !v.hides(&kind.Columns[i]) {
			v.shown = append(v.shown, i)
		}
	}
	v.column, v.reverse = v.order(cmp.Or(p.Query.Get("sort"), kind.Sort))
	if asked := p.Query.Get("sort"); asked != "" && v.column < 0 {
		return nil, fmt.Errorf("%s: %s cannot be sorted by %q", p, kind.Name, strings.TrimPrefix(asked, "-"))
	}
	v.showColumns()
	if kind.Cell != nil {
		v.table.SetCell(1) // the first column says what the row is
	}
	if asked := p.Query.Get("columns"); asked != "" {
		l, err := columns.Parse(asked)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", p, err)
		}
		if unknown := v.apply(l); unknown != nil {
			return nil, fmt.Errorf("%s: %s have no column %q", p, kind.Name, unknown[0])
		}
		v.carried = true
	}
	v.arranging.resort = true
	v.line.SetValue(p.Query.Get("filter"))
	v.search()
	return v, nil
}

// showColumns lets the table draw the columns that are shown.
func (v *View[T]) showColumns() {
	drawn := make([]table.Column, len(v.shown))
	own := v.layoutOf().String() == v.defaults().String()
	for i, at := range v.shown {
		drawn[i] = v.columns[at].shape()
		if !own {
			drawn[i].Priority = len(v.shown) - i // what the user has put first stays longest
		}
	}
	v.table.SetColumns(drawn)
	v.showOrder()
}

// Open begins to read and to follow the place.
func (v *View[T]) Open(scope *ui.Scope) {
	v.scope, v.feed.scope = scope, scope
	v.actions = v.bind()
	v.recallColumns()
	v.read(v.place)
	v.feed.follow(v.place)
	v.count()
}

// Place returns the place, the filter and the order included.
func (v *View[T]) Place() string {
	p := v.place.With("filter", v.local)
	if order := v.orderName(); order != v.kind.Sort {
		p = p.With("sort", order)
	}
	if v.carried {
		p = p.With("columns", v.layoutOf().String())
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
		v.plan(cmp.Or(v.kind.Reread, rereadEvery))
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
