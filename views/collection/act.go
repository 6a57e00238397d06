package collection

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"sync"

	"github.com/go-json-experiment/json/jsontext"

	"c8yx/c8yclient"
	"c8yx/keys"
	"c8yx/ui"
	"c8yx/ui/text"
	"c8yx/ui/toast"
	"c8yx/views/edit"
	"c8yx/views/explain"
	"c8yx/views/fault"
	"c8yx/views/job"
	"c8yx/views/place"
	"c8yx/views/tenant"
	"c8yx/views/write"
)

// Action is what can be done with things of a kind. It has either Write or Run.
type Action[T any] struct {
	keys.Action
	// Disabled returns why the action cannot be done with the thing, "" if it
	// can. The view itself asks for permissions and for a row to act on.
	Disabled func(T) string
	// Write changes each of the marked things or, if there are none, the one under
	// the cursor. One thing is changed at once; more become a job, after a preview.
	Write *Write[T]
	// Run does anything else with them, such as opening another place, or asking for
	// something before [Act.Write].
	Run func(*Act[T])
}

// Write describes how one thing is changed: by one request. What it does is shown before, can be
// paused and tried again, is taken back where that is possible, and settles in the list.
type Write[T any] struct {
	// Did says it in the past tense, before the things: "Acknowledged".
	Did text.Safe
	// Request is what is sent for a thing.
	Request func(T) write.Request
	// Changed returns why the thing should be left alone now that the tenant has been asked for it
	// once more, "" if it should not: it is not what the user saw. Nil asks only whether the
	// action is still possible.
	Changed func(seen, now T) string
	// Inverse returns the request that takes it back, or why there is none. Nil sends to a thing's
	// own document what it held before, and knows of nothing else.
	Inverse func(item T, answer jsontext.Value) (write.Request, text.Safe)
	// Advice says what the user can do about a refusal, "" for nothing in particular. It may be nil.
	Advice func(err error) text.Safe
}

// Act is an action under way: with what, and what it may use.
type Act[T any] struct {
	Items []T
	// All is everything that the list stands for, loaded or not, if the user has chosen that
	// for an action on many; else nil. Items are those of it that are loaded.
	All    *All[T]
	Place  place.Place
	Tenant *tenant.Tenant
	Scope  *ui.Scope

	action Action[T]
	view   *View[T]
}

// Open opens another place.
func (a *Act[T]) Open(p place.Place) { a.Scope.Open(p.String()) }

// act does something with the marked things, or the one under the cursor.
func (v *View[T]) act(a Action[T]) {
	act := &Act[T]{Items: v.able(a), All: v.chosen(a), Place: v.place, Tenant: v.tenant, Scope: v.scope, action: a, view: v}
	if a.Write != nil {
		act.Write(*a.Write)
		return
	}
	a.Run(act)
}

// Write changes each of the items: one at once, more as a job, after a preview.
func (a *Act[T]) Write(w Write[T]) {
	a.Things(func(items []T) {
		change := a.view.change(a.action, items, w)
		change.Destroys = a.action.Destroys
		a.view.bench().Make(change)
	})
}

// Things hands over what the action is about. All that match are read first, so that what is shown
// to the user is exactly what will be changed.
func (a *Act[T]) Things(do func([]T)) {
	if a.All == nil {
		do(a.Items)
		return
	}
	a.Scope.Toast(toast.Info, "Reading all "+a.view.kind.Many+" that match …")
	ui.Load(a.Scope, a.every, func(items []T, err error) {
		switch {
		case err != nil:
			a.Scope.Toast(toast.Failure, "Nothing was sent. "+fault.Explain(err))
		case len(items) == 0:
			a.Scope.Toast(toast.Caution, text.Clean(a.action.Title)+": nothing that matches can be changed so")
		default:
			do(items)
		}
	})
}

// every reads all that match and with which the action can be done.
func (a *Act[T]) every(ctx context.Context) ([]T, error) {
	var items []T
	for item, err := range a.All.Each(ctx) {
		if err != nil {
			return nil, err
		}
		if a.action.Disabled == nil || a.action.Disabled(item) == "" {
			items = append(items, item)
		}
	}
	return items, nil
}

// bench is where things of this view are changed.
func (v *View[T]) bench() edit.Bench { return edit.Bench{Tenant: v.tenant, Scope: v.scope} }

// change describes what an action does with things, for whoever makes changes.
func (v *View[T]) change(a Action[T], items []T, w Write[T]) edit.Change {
	k := v.kind
	land := &landing[T]{view: v}
	things := k.count(len(items))
	if len(items) == 1 {
		things = "“" + text.Clean(k.Label(items[0])) + "”" // what asks names its target
	}
	change := edit.Change{
		Title: order(text.Clean(a.Title), things),
		Did:   func(n int) text.Safe { return w.Did + " " + k.count(n) },
		Items: make([]job.Item, len(items)),
		Step:  func(i int) write.Step { return k.step(a, items[i], w) },
		Landed: func(i int, answer jsontext.Value) {
			land.take(k.ID(items[i]), k.removes(items[i], w.Request(items[i])), answer)
		},
		Failed: land.refuse,
		Advice: w.Advice,
		Shown:  land.show,
	}
	for i, item := range items {
		change.Items[i] = job.Item{ID: k.ID(item), Label: k.Label(item)}
		if k.Path != nil {
			change.Items[i].Path = k.Path(item)
		}
	}
	return change
}

// removes reports whether a request removes the thing itself, and not something of it.
func (k *Kind[T]) removes(item T, r write.Request) bool {
	path, _, _ := strings.Cut(r.Path, "?")
	return r.Method == http.MethodDelete && (k.Path == nil || path == "/"+strings.TrimPrefix(k.Path(item), "/"))
}

// order words an action and its things: "Acknowledge 3 alarms", "Set back to active: 3 alarms".
func order(title, things text.Safe) text.Safe {
	if strings.Contains(string(title), " ") {
		return title + ": " + things
	}
	return title + " " + things
}

// step is what an action does with one thing.
func (k *Kind[T]) step(a Action[T], item T, w Write[T]) write.Step {
	step := write.Step{Request: w.Request(item)}
	if k.Path != nil && step.Request.Method != http.MethodPost && step.Request.Path == "/"+strings.TrimPrefix(k.Path(item), "/") {
		step.Document = k.Path(item)
	}
	if k.Decode != nil {
		step.Check = func(document jsontext.Value) text.Safe {
			now, err := k.Decode(document)
			if err != nil {
				return ""
			}
			if w.Changed != nil {
				if why := w.Changed(item, now); why != "" {
					return text.Clean(why)
				}
			}
			if a.Disabled != nil {
				return text.Clean(a.Disabled(now))
			}
			return ""
		}
	}
	if w.Inverse != nil {
		step.Inverse = func(_, answer jsontext.Value) (write.Request, text.Safe) { return w.Inverse(item, answer) }
	}
	return step
}

// landing collects what the tenant answered until the update loop has time to show it.
type landing[T any] struct {
	view *View[T]

	mu      sync.Mutex
	done    []string // ids
	landed  []change[T]
	blind   bool // the tenant did not say what became of something
	missed  bool // something was not there any more
	refused *c8yclient.Error
}

// refuse notes why something was refused, beside the update loop.
func (l *landing[T]) refuse(_ int, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if refused := explain.Refusal(err); refused != nil {
		l.refused = refused
	}
	l.missed = l.missed || errors.Is(err, c8yclient.ErrNotFound)
}

// take notes the answer about one thing, beside the update loop.
func (l *landing[T]) take(id string, deleted bool, answer jsontext.Value) {
	c := change[T]{ID: id, Gone: deleted}
	told := deleted
	if v := l.view; !deleted && v.kind.Decode != nil && answer != nil {
		if item, err := v.kind.Decode(answer); err == nil && v.kind.ID(item) == id {
			told = true
			c = v.feed.prepare([]T{item})[0]
			c.Gone = v.kind.Admits != nil && !v.kind.Admits(v.place, item)
		}
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.done = append(l.done, id)
	if told {
		l.landed = append(l.landed, c)
	} else {
		l.blind = true
	}
}

// show brings what has landed into the list, and takes the marks off it.
func (l *landing[T]) show() {
	l.mu.Lock()
	done, landed, blind, missed, refused := l.done, l.landed, l.blind, l.missed, l.refused
	l.done, l.landed, l.blind, l.missed, l.refused = nil, nil, false, false, nil
	l.mu.Unlock()
	v := l.view
	if refused != nil {
		v.refused = refused
	}
	if v.scope.Context().Err() != nil {
		return
	}
	if missed {
		v.refresh() // so that the list says what is there
	}
	if len(done) == 0 {
		return
	}
	for _, id := range done {
		v.rows.UnmarkID(id)
	}
	v.merge(landed)
	v.version++
	if blind && !missed && !v.follows() {
		v.refresh()
	}
}

// Settle shows what became of one of the items: the tenant's answer, nil to read the list again.
func (a *Act[T]) Settle(item T, answer jsontext.Value) {
	a.view.settle(a.view.kind.ID(item), answer)
}
