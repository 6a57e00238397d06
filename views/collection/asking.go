package collection

import (
	"errors"
	"fmt"
	"slices"

	"c8yx/c8yclient"
	"c8yx/ui/text"
	"c8yx/views/collection/filter"
	"c8yx/views/collection/query"
	"c8yx/views/fault"
	"c8yx/views/place"
)

// Asking is how the tenant is asked for a part of a list.
type Asking struct {
	// Of returns what a place asks for, as it is typed behind "q:"; "" for nothing.
	Of func(p place.Place) string
	// In returns the place with what was typed, or an error if that cannot be asked.
	In func(p place.Place, typed string) (place.Place, error)
	// Complete says how what is typed may go on.
	Complete func(typed string, cursor int, v query.Vocabulary) filter.Completion
	// Final is the query that is sent for a place, "" if none is.
	Final func(p place.Place) string
}

// asking is what the tenant is asked for.
type asking struct {
	opened  place.Place // what the view was opened at
	trial   place.Place // what is asked for, until the tenant has answered; the zero Place if nothing is
	refused text.Safe   // why it has not been given
}

// busy reports whether an answer is awaited.
func (a *asking) busy() bool { return a.trial.Kind != "" }

// whose are parameters that say whose things are listed, in whatever kind.
var whose = []string{"source", "device", "object", "user", "what"}

// askingOf returns how the tenant is asked for things of the kind; nil if it is not.
func (v *View[T]) askingOf() *Asking {
	if v.kind.Asking != nil {
		return v.kind.Asking
	}
	p := query.Parameters{Values: v.valuesOf}
	for _, name := range v.kind.Parameters {
		if !slices.Contains(v.kind.Whose, name) && !slices.Contains(whose, name) {
			p.Names = append(p.Names, name)
		}
	}
	if p.Names == nil {
		return nil
	}
	return &Asking{
		Of: p.Of, In: p.In, Final: p.Of,
		Complete: func(typed string, cursor int, _ query.Vocabulary) filter.Completion { return p.Complete(typed, cursor) },
	}
}

// asked returns what the tenant is asked for, as it is typed.
func (v *View[T]) asked(p place.Place) string {
	if a := v.asks; a != nil {
		return a.Of(p)
	}
	return ""
}

// ask asks the tenant for what was typed behind "q:". The list stays as it is until the tenant has
// taken it.
func (v *View[T]) ask(typed string) {
	v.asking.refused = ""
	a := v.asks
	if a == nil {
		v.asking.refused = "the tenant cannot be asked for a part of these " + v.kind.Many
		return
	}
	p, err := a.In(v.place, typed)
	if err == nil {
		err = v.kind.takes(p)
	}
	switch {
	case err != nil:
		v.asking.refused = text.Clean(err.Error())
	case p.String() == v.place.String():
		v.stopTyping()
	default:
		v.asking.trial = p
		v.read(p)
	}
}

// giveUp no longer waits for what was asked for.
func (v *View[T]) giveUp() {
	v.asking.refused = ""
	if v.asking.busy() {
		v.asking.trial = place.Place{}
		v.read(v.place)
	}
}

// rereadMissed reads again what live messages may have missed, unless the tenant is being asked for
// something else, which will replace it.
func (v *View[T]) rereadMissed() {
	if !v.asking.busy() {
		v.read(v.place)
	}
}

// answered notes that the tenant has taken what a place asks for: from now on the list is that
// place's.
func (v *View[T]) answered(p place.Place) {
	if !v.asking.busy() || p.String() != v.asking.trial.String() {
		return
	}
	v.asking.trial = place.Place{}
	v.place, v.cut, v.total, v.state, v.err = p, false, 0, filling, nil
	v.marking.all = nil
	v.stopTyping()
	v.mutate(func() {
		v.holding(v.rows.Clear)
	})
	v.feed.follow(p)
	v.count()
}

// answer takes the end of a reading, and reports whether it was that of something that the tenant
// refused to give.
func (v *View[T]) answer(p place.Place, err error) bool {
	if err == nil {
		v.mutate(v.rows.Forget)
		return false
	}
	if !v.asking.busy() || p.String() != v.asking.trial.String() {
		return false
	}
	v.asking.trial = place.Place{}
	v.asking.refused = refusal(err)
	v.layout() // there may be more to say than fits into a line
	if v.state == loading || v.state == filling {
		v.read(v.place) // what was given up for it
	}
	return true
}

// refusal says in the tenant's own words why it does not give what was asked for.
func refusal(err error) text.Safe {
	var refused *c8yclient.Error
	if errors.As(err, &refused) && refused.Message != "" && refused.Status != 0 {
		return text.Clean(fmt.Sprintf("the tenant says %d: %s", refused.Status, refused.Message))
	}
	return fault.Explain(err)
}

// askedByUser reports whether the tenant is asked for something else than when the view was opened.
func (v *View[T]) askedByUser() bool { return v.place.String() != v.asking.opened.String() }

// valuesOf returns values that a parameter of places may take: those of the column that is called
// the same, or spans of time.
func (v *View[T]) valuesOf(parameter string) []string {
	if parameter == "last" {
		return []string{"1h", "24h", "7d", "30d", "90d", "all"}
	}
	for i := range v.kind.Columns {
		if c := &v.kind.Columns[i]; c.Name == parameter {
			if c.Choices != nil {
				return c.Choices
			}
			return v.values(i, "")
		}
	}
	return nil
}
