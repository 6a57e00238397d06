package collection

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"
)

type thing struct {
	id   string
	rank int
}

func folded(t thing) string { return fmt.Sprintf("%s rank %d", t.id, t.rank) }

func of(t thing) change[thing] { return change[thing]{item: t, id: t.id, folded: folded(t)} }

func byRank(a, b thing) int { return cmp.Compare(a.rank, b.rank) }

func ids(r *rows[thing]) string {
	var b strings.Builder
	for i := range r.shown {
		b.WriteString(r.at(i).id)
	}
	return b.String()
}

func TestBatchesAreMergedIntoTheOrder(t *testing.T) {
	r := rows[thing]{compare: byRank}
	r.merge([]change[thing]{of(thing{"c", 3}), of(thing{"a", 1})})
	r.merge([]change[thing]{of(thing{"b", 2}), of(thing{"d", 4})})
	if got := ids(&r); got != "abcd" {
		t.Errorf("shown %s, want abcd", got)
	}
	r.merge([]change[thing]{of(thing{"a", 9}), {id: "c", gone: true}, {id: "never seen", gone: true}})
	if got := ids(&r); got != "bda" {
		t.Errorf("after a moved and c went: %s, want bda", got)
	}
	r.merge([]change[thing]{{id: "b", gone: true}, of(thing{"e", 5})}) // e takes b's slot
	if got := ids(&r); got != "dea" {
		t.Errorf("after b went and e came: %s, want dea", got)
	}
	r.merge([]change[thing]{of(thing{"d", 6}), of(thing{"d", 7})}) // twice in one batch
	if got := ids(&r); got != "eda" {
		t.Errorf("after d moved twice: %s, want eda", got)
	}
}

func TestWithoutAnOrderThingsStayAsTheyCame(t *testing.T) {
	var r rows[thing]
	r.merge([]change[thing]{of(thing{"z", 1}), of(thing{"y", 2})})
	r.merge([]change[thing]{of(thing{"x", 3})})
	if got := ids(&r); got != "zyx" {
		t.Errorf("shown %s, want zyx", got)
	}
}

func TestMarksSurviveChangesAndFilters(t *testing.T) {
	r := rows[thing]{compare: byRank}
	r.merge([]change[thing]{of(thing{"a", 1}), of(thing{"b", 2}), of(thing{"c", 3})})
	r.mark(0, true)
	r.mark(2, true)
	r.mark(7, true) // nothing is there
	r.filter(parseTerms("b").match())
	r.merge([]change[thing]{of(thing{"a", 5})})
	if got := r.marked(); r.marks != 2 || len(got) != 2 || got[1].rank != 5 {
		t.Errorf("%d marked: %v", r.marks, got)
	}
	r.merge([]change[thing]{{id: "c", gone: true}})
	if r.marks != 1 {
		t.Errorf("%d marked after a marked one went", r.marks)
	}
	r.unmark()
	if r.marks != 0 || len(r.marked()) != 0 {
		t.Error("unmarking left marks")
	}
}

// Whatever is merged, filtered and sorted in whatever order: what is shown is
// what a list made from nothing would show.
func TestRowsAgreeWithANaiveList(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	r := rows[thing]{compare: byRank}
	truth := map[string]thing{}
	filter := ""
	for step := range 3000 {
		switch random.IntN(12) {
		case 0:
			filter = fmt.Sprint(random.IntN(10))
			if random.IntN(3) == 0 {
				filter = ""
			}
			r.filter(parseTerms(filter).match())
		case 1:
			compare := byRank
			if random.IntN(2) == 0 {
				compare = func(a, b thing) int { return byRank(b, a) }
			}
			slots, items := r.snapshot()
			sortSlots(slots, items, compare)
			r.reorder(slots, compare)
		default:
			var batch []change[thing]
			for range random.IntN(20) {
				id := fmt.Sprintf("thing-%d", random.IntN(200))
				if random.IntN(4) == 0 {
					delete(truth, id)
					batch = append(batch, change[thing]{id: id, gone: true})
					continue
				}
				truth[id] = thing{id, random.IntN(50)}
				batch = append(batch, of(truth[id]))
			}
			r.merge(batch)
		}
		matching := 0
		for _, th := range truth {
			if strings.Contains(folded(th), filter) {
				matching++
			}
		}
		if matching != len(r.shown) || len(truth) != len(r.sorted) || len(truth) != len(r.byID) {
			t.Fatalf("step %d: %d shown of %d, want %d of %d", step, len(r.shown), len(r.sorted), matching, len(truth))
		}
		for i := range r.shown {
			th := r.at(i).item
			if truth[th.id] != th {
				t.Fatalf("step %d: shows %v, which is %v", step, th, truth[th.id])
			}
			if i > 0 && r.compare(r.at(i-1).item, th) > 0 {
				t.Fatalf("step %d: %v before %v", step, r.at(i-1).item, th)
			}
		}
	}
}

func TestTerms(t *testing.T) {
	rows := []string{"press 07\navailable", "press 08\nunavailable", "truck 1\navailable"}
	for typed, want := range map[string][]int{
		"":                {0, 1, 2},
		"press":           {0, 1},
		"PRESS 08":        {1},
		"!press":          {2},
		"press !unavail":  {0},
		"!":               {0, 1, 2},
		"press !":         {0, 1},
		"nothing at all":  nil,
		"[a-z(* \\ regex": nil,
	} {
		match := parseTerms(typed).match()
		var got []int
		for i, row := range rows {
			if match == nil || match(row) {
				got = append(got, i)
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q matches %v, want %v", typed, got, want)
		}
	}
}

func TestNarrowingShowsWhatFilteringWouldShow(t *testing.T) {
	typed := []string{"", "r", "ra", "rank", "rank 1", "rank 12", "rank 12 !", "rank 12 !7", "rank 12 !77", "rank 12 !7", "ank 2", "thing !rank", ""}
	var narrowed, filtered rows[thing]
	narrowed.merge(manyThings(300))
	filtered.merge(manyThings(300))
	narrowing := 0
	for i, text := range typed {
		now := parseTerms(text)
		if i > 0 && now.narrows(parseTerms(typed[i-1])) {
			narrowing++
			narrowed.narrow(now.match())
		} else {
			narrowed.filter(now.match())
		}
		filtered.filter(now.match())
		if got, want := ids(&narrowed), ids(&filtered); got != want {
			t.Errorf("%q after %q shows %s, want %s", text, typed[max(0, i-1)], got, want)
		}
	}
	if narrowing != 8 {
		t.Errorf("%d of the steps narrowed", narrowing)
	}
}

func manyThings(n int) []change[thing] {
	batch := make([]change[thing], n)
	for i := range batch {
		batch[i] = of(thing{fmt.Sprintf("thing-%06d", i), (i * 7919) % n})
	}
	return batch
}

// The filter must answer within 16 ms of a key at 100,000 rows.
func BenchmarkFilter(b *testing.B) {
	for _, n := range []int{100, 10_000, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			r := rows[thing]{compare: byRank}
			r.merge(manyThings(n))
			match := parseTerms("rank 77 !000").match()
			for b.Loop() {
				r.filter(match)
			}
		})
	}
}

// A batch of 200 live changes, against sorting everything again.
func BenchmarkMergeLive(b *testing.B) {
	for _, n := range []int{100, 10_000, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			r := rows[thing]{compare: byRank}
			all := manyThings(n)
			r.merge(all)
			batch := slices.Clone(all[:min(n, 200)])
			for b.Loop() {
				for i := range batch {
					batch[i].item.rank = (batch[i].item.rank + 101) % n
				}
				r.merge(batch)
			}
			merging := b.Elapsed() / time.Duration(b.N)
			slots, items := r.snapshot()
			began := time.Now()
			sortSlots(slots, items, func(a, b thing) int { return cmp.Compare(a.id, b.id) })
			b.ReportMetric(float64(time.Since(began))/float64(max(1, merging)), "x-sorting")
		})
	}
}
