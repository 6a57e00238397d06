package collection

import (
	"cmp"
	"context"
	"iter"
	"time"

	"github.com/go-json-experiment/json/jsontext"

	"c8yx/c8yclient/realtime"
	"c8yx/ui"
	"c8yx/ui/dialog"
	"c8yx/ui/fields"
	"c8yx/ui/text"
	"c8yx/views/copyas"
	"c8yx/views/edit"
	"c8yx/views/explain"
	"c8yx/views/place"
	"c8yx/views/tenant"
)

// Kind describes one kind of thing: everything the view of a list needs to
// know, and nothing about how it is drawn.
type Kind[T any] struct {
	// Name is the first word of the kind's places ("alarms"); Aliases are other
	// words for it in the palette and on the command line.
	Name    string
	Aliases []string
	// Title names the list, One a single thing within a sentence.
	Title text.Safe
	One   text.Safe
	Many  text.Safe
	// Needs lists the permissions of which any one allows reading.
	Needs []string
	// Parameters are the query names that places of the kind understand, beside
	// those of the view itself.
	Parameters []string
	// Takes are the values that some of the Parameters take and no other, in capitals, parted by
	// commas where several are asked for. A place that asks for another is refused: an empty list
	// would say that there is nothing.
	Takes map[string][]string
	// Words is how many words follow the name in places of the kind: one in "jobs/3".
	Words int

	Columns []Column[T]
	// Fragments returns the fragments of a thing's document, for columns and filters of any
	// path; nil if things of the kind have none. Strip drops them from a thing whose own fields
	// say what the list needs, and lets the list keep them compressed; nil leaves them there.
	Fragments func(T) jsontext.Value
	Strip     func(T)
	// Most is how many things a list keeps, 100,000 if it is 0. Newest says how old a thing is,
	// if the newest are to be kept and the tenant lists them first; nil keeps what came first.
	Most   int
	Newest func(T) time.Time
	// Documents names the sort of documents, among kinds that share one: "inventory". The
	// names of their fragments are remembered together. "" stands for Name.
	Documents string
	// Sort is the order of the list before the user chooses another: a column's
	// name, with a minus before it for the reverse.
	Sort string

	// ID returns what identifies a thing among its kind.
	ID func(T) string
	// Named returns the id and the name of the managed object that a thing is, or
	// belongs to, so that other views can call it by its name; nil if it tells none.
	Named func(T) (id, name string)
	// Path returns the path of a thing's document in the REST API, without the
	// leading slash and with its segments escaped ("alarm/alarms/901"); nil if things have no document.
	Path func(T) string
	// Request returns the request that a thing stands for, to be copied as a command; nil for
	// that which gets its document.
	Request func(T) copyas.Request
	// Copies are further ways to copy the marked things, or the one under the cursor.
	Copies func(*Act[T]) []dialog.Choice
	// Document returns the whole document of a thing that was just read; nil if the thing is the
	// document, as the client reads it, or has none.
	Document func(T) (jsontext.Value, error)
	// Label returns what a thing is called in messages.
	Label func(T) string

	// Read lists what the place asks for, in batches. The first batch should
	// be small, so that it is there at once; what comes twice is shown once.
	Read func(ctx context.Context, t *tenant.Tenant, p place.Place) iter.Seq2[[]T, error]
	// Sorted lists it in an order of the tenant's, by a column's Property, in batches as Read does;
	// nil if the tenant has no orders to choose from. SortsPaths says that any path of a fragment is
	// such a property, too. Unsorted is the order that Read has anyway, written as Sort is; "" if it
	// has none. If there is Newest, reading in one order must be as fast as in the other.
	Sorted     func(ctx context.Context, t *tenant.Tenant, p place.Place, property string, reverse bool) iter.Seq2[[]T, error]
	SortsPaths bool
	Unsorted   string
	// Whose are those of the Parameters that say whose things are listed: the tenant is asked for
	// them, but they are no part of what is typed behind "q:".
	Whose []string
	// Asking is how the tenant is asked behind "q:", nil if by the other Parameters.
	Asking *Asking
	// Total asks how many there are; nil if the tenant does not tell.
	Total func(ctx context.Context, t *tenant.Tenant, p place.Place) (int, error)
	// Channel returns the realtime channel of the place, "" if it has none. Then
	// the list is read again every so often while it is seen.
	Channel func(p place.Place) realtime.Channel
	// Live yields what comes and goes where the tenant's channels do not tell, as with what
	// the program does itself; nil if nothing but Channel tells.
	Live func(ctx context.Context, t *tenant.Tenant, p place.Place) iter.Seq[News[T]]
	// Reread is how often a list without a channel is read again while it is seen; zero is
	// every half minute.
	Reread time.Duration
	// Decode reads a thing out of a live message, or out of the tenant's answer to a change.
	Decode func(jsontext.Value) (T, error)
	// Admits tells whether a live thing belongs into the place; nil admits all.
	Admits func(p place.Place, item T) bool

	// Detail returns what the pane beside the list says of a thing; nil lets
	// the pane show the columns.
	Detail func(item T, now time.Time) []Field
	// Explain answers why a thing is as it is; nil has nothing to explain.
	Explain func(ctx context.Context, t *tenant.Tenant, item T) (explain.Explanation, error)
	// Opens returns the place behind a thing; nil inspects its document. Enter goes where no place
	// of the tenant leads; if it is set, Opens is not asked.
	Opens func(T) place.Place
	Enter func(*ui.Scope, T)
	// Cell returns what is done with a thing by the column that its cell is in, for a list in which the
	// cursor goes from cell to cell; nil moves it from row to row.
	Cell func(column string) Action[T]
	// Audited returns what audit records call the source of what is done to a thing; nil if none
	// tell of things of the kind.
	Audited func(T) string
	// Empty says why a place may be empty and what would fill it.
	Empty func(p place.Place) text.Safe
	// Subject names the place in the crumb, beside the kind's title: "of Press 07".
	Subject func(p place.Place) text.Safe

	Actions []Action[T]
	// Offers are what can be done in the list whatever is in it, and with none of it.
	Offers []Offer

	// Edit and Delete say how things are edited and deleted, nil that they are not.
	Edit   *Edit[T]
	Delete *Delete[T]
	// Create says how a thing is created that belongs into the place; nil says that none is.
	Create func(place.Place) edit.Creator
}

// documents names the sort of documents that things of the kind are.
func (k *Kind[T]) documents() string { return cmp.Or(k.Documents, k.Name) }

// News is what happened since the last: the things that came or changed, and the ids of those
// that are gone.
type News[T any] struct {
	Items []T
	Gone  []string
}

// Field is one line of the detail pane; without a value it is a heading.
type Field = fields.Field
