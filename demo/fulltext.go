package demo

import (
	"cmp"
	"iter"
	"slices"
	"strings"

	"c8yx/demo/store"
)

// fullText is where the full-text search looks in an object: id, type, name, owner and external ids, in lower case and one after the
// other, with a zero between them.
func fullText(d *store.Data, o *store.Object) string {
	fields := append(make([]string, 0, 8), o.ID.String(), o.Text("type"), o.Text("name"), o.Text("owner"))
	for _, external := range d.Objects.ExternalIDs(o.ID) {
		fields = append(fields, external.Value)
	}
	return strings.ToLower(strings.Join(fields, "\x00"))
}

// terms splits a search text into lower-case words and quoted phrases.
func terms(text string) []string {
	var found []string
	for i, part := range strings.Split(strings.ToLower(text), `"`) {
		if part = strings.TrimSpace(part); part == "" {
			continue
		}
		if i%2 == 1 {
			found = append(found, part)
		} else {
			found = append(found, strings.Fields(part)...)
		}
	}
	return found
}

// score counts how well a full text fits: a whole field counts most, then a word, then the beginning of a word.
func score(text string, terms []string) int {
	if !slices.ContainsFunc(terms, func(term string) bool { return strings.Contains(text, term) }) {
		return 0
	}
	score := 0
	for field := range strings.SplitSeq(text, "\x00") {
		for _, term := range terms {
			switch {
			case field == term:
				score += 4
			case wordAt(field, term, true):
				score += 2
			case wordAt(field, term, false):
				score++
			}
		}
	}
	return score
}

// wordAt reports whether term stands in field as whole words, or at the beginning of one.
func wordAt(field, term string, whole bool) bool {
	for rest, before := field, byte(' '); ; {
		at := strings.Index(rest, term)
		if at < 0 {
			return false
		}
		if at > 0 {
			before = rest[at-1]
		}
		end := at + len(term)
		if !isWordByte(before) && (!whole || end == len(rest) || !isWordByte(rest[end])) {
			return true
		}
		before, rest = rest[end-1], rest[end:]
	}
}

func isWordByte(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 0x80 || c == '_'
}

// byRelevance finds objects by full text, the best first, those that fit alike in the order in which they came.
func (in *inventory) byRelevance(candidates iter.Seq[*store.Object], text string) iter.Seq[*store.Object] {
	words := terms(text)
	return best(candidates, func(o *store.Object) (n int) {
		in.store.View(func(d *store.Data) { n = score(fullText(d, o), words) })
		return n
	})
}

// byRelevance is that of the inventory, for places.
func (s *scanned) byRelevance(candidates iter.Seq[int], text string) iter.Seq[*store.Object] {
	words := terms(text)
	return s.objects(best(candidates, func(place int) int { return score(s.Text(s.words, place), words) }))
}

// best walks over those that score, the highest first.
func best[T any](all iter.Seq[T], score func(T) int) iter.Seq[T] {
	return func(yield func(T) bool) {
		var items []T
		var scores, order []int
		for item := range all {
			if n := score(item); n > 0 {
				order = append(order, len(items))
				items, scores = append(items, item), append(scores, n)
			}
		}
		slices.SortFunc(order, func(a, b int) int { return cmp.Or(scores[b]-scores[a], a-b) })
		for _, at := range order {
			if !yield(items[at]) {
				return
			}
		}
	}
}
