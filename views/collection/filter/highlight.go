package filter

import (
	"cmp"
	"slices"

	"c8yx/ui/text"
)

// AppendMatches appends to dst the parts of a cell's text that the filter looked for, in
// ascending order and without overlap: words in any column, what a term compares in its own.
// The column is named by its index among the fields, or by the path of its fragment.
func (f *Filter) AppendMatches(dst []text.Range, field int, path string, s text.Safe) []text.Range {
	before := len(dst)
	found := 0
	for i := range f.Terms {
		t := &f.Terms[i]
		switch {
		case t.Not:
			continue
		case t.Word != "":
			dst = text.AppendMatches(dst, s, t.Word)
		case t.Op != Equal && t.Op != Holds, t.Path != path, path == "" && t.Field != field:
			continue
		default:
			for _, part := range t.pattern.parts {
				dst = text.AppendMatches(dst, s, part)
			}
		}
		found++
	}
	if len(dst)-before < 2 || found == 0 {
		return dst
	}
	matches := dst[before:]
	slices.SortFunc(matches, func(a, b text.Range) int {
		return cmp.Or(a.Start-b.Start, b.End-a.End)
	})
	end := 0
	matches = slices.DeleteFunc(matches, func(r text.Range) bool {
		if r.Start < end {
			return true
		}
		end = r.End
		return false
	})
	return dst[:before+len(matches)]
}
