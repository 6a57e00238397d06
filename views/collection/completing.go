package collection

import (
	"cmp"
	"maps"
	"slices"

	"c8yx/theme"
	"c8yx/ui"
	"c8yx/ui/text"
	"c8yx/views/collection/filter"
	"c8yx/views/collection/query"
)

// completing is how the filter that is typed may go on.
type completing struct {
	filter.Completion
	at int // the option that stands in the line; -1 before one was taken
}

// suggest finds out how what is typed may go on.
func (v *View[T]) suggest() {
	v.completing = completing{at: -1}
	if !v.typing {
		return
	}
	typed, cursor := v.line.Value(), v.line.Cursor()
	_, _, from := filter.Split(typed)
	if from < 0 || cursor < from {
		v.completing.Completion = filter.Complete(typed, cursor, filter.Vocabulary{Fields: v.fields, Paths: v.paths(), Values: v.values})
		return
	}
	if a := v.asks; a != nil && a.Complete != nil {
		c := a.Complete(typed[from:], cursor-from, query.Vocabulary{Paths: v.paths(), Values: v.feed.catalogue.Values})
		c.From, c.To = c.From+from, c.To+from
		v.completing.Completion = c
	}
}

// paths are those of the fragments that were seen in documents of the kind.
func (v *View[T]) paths() []string {
	if v.kind.Fragments == nil {
		return nil
	}
	return v.feed.catalogue.Paths()
}

// take puts the next option into the line, or the one before.
func (v *View[T]) take(by int) {
	c := &v.completing
	if len(c.Options) == 0 {
		return
	}
	to := c.To
	if c.at >= 0 {
		to = c.From + len(c.Options[c.at])
	}
	switch {
	case c.at < 0 && by < 0:
		c.at = len(c.Options) - 1
	default:
		c.at = (c.at + by + len(c.Options)) % len(c.Options)
	}
	v.line.Replace(c.From, to, c.Options[c.at])
	taken := *c
	v.search()
	v.completing = taken
}

// values returns values that occur in a column or at a path, the most frequent first.
func (v *View[T]) values(field int, path string) []string {
	if path != "" {
		return v.feed.catalogue.Values(path)
	}
	c := &v.kind.Columns[field]
	if c.Time != nil || c.Number != nil {
		return nil
	}
	const looked, most = 2000, 40
	counts := map[string]int{}
	for i := range min(v.rows.Shown(), looked) {
		item, _ := v.rows.At(i)
		counts[c.text(item)]++
	}
	return slices.SortedFunc(maps.Keys(counts), func(a, b string) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b))
	})[:min(len(counts), most)]
}

// options draws how what is typed may go on.
func (c *completing) options(width int) []ui.Span {
	if len(c.Options) == 0 {
		return nil
	}
	spans := []ui.Span{{Text: "tab ", Role: theme.Key}}
	used := 4
	first := max(0, c.at-2)
	for i := first; i < len(c.Options); i++ {
		option := text.Clean(c.Options[i])
		n := text.Width(option) + 2
		if used+n > width {
			break
		}
		used += n
		role := theme.Muted
		if i == c.at {
			role = theme.Strong
		}
		spans = append(spans, ui.Span{Text: option + "  ", Role: role})
	}
	return spans
}
