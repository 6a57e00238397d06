package rows_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"c8yx/views/collection/rows"
)

// The sizes of the lists that are measured. What is said of the largest is in budgets.md.
var sizes = []int{100, 10_000, 100_000}

// naive is a list without any of what rows do: things in a slice.
func naive(n int) []rows.Change[device] { return many(n) }

// ratio reports how many times as long the naive way takes.
func ratio(b *testing.B, ours time.Duration, theirs func()) {
	b.Helper()
	began := time.Now()
	theirs()
	b.ReportMetric(float64(time.Since(began))/float64(max(1, ours)), "x-naive")
}

// A filter must answer within 16 ms of a key at 100,000 rows; naive makes every text lower-case
// for every key.
func BenchmarkFilter(b *testing.B) {
	for _, n := range sizes {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			r := ranked()
			r.Merge(many(n))
			for b.Loop() {
				filter(r, "rank 77")
			}
			list := naive(n)
			ratio(b, b.Elapsed()/time.Duration(b.N), func() {
				found := 0
				for i := range list {
					if strings.Contains(strings.ToLower(folded(list[i].Item)), "rank 77") {
						found++
					}
				}
			})
		})
	}
}

// A batch of 200 live changes, against sorting everything again.
func BenchmarkMergeLive(b *testing.B) {
	for _, n := range sizes {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			r := ranked()
			all := many(n)
			r.Merge(all)
			batch := slices.Clone(all[:min(n, 200)])
			for b.Loop() {
				for i := range batch {
					batch[i].Item.rank = (batch[i].Item.rank + 101) % n
				}
				r.Merge(batch)
			}
			ratio(b, b.Elapsed()/time.Duration(b.N), func() { sortBy(r, byRank(r), nil) })
		})
	}
}

// 200 new things every 40 ms, which is 5,000 a second, into a list that is full.
func BenchmarkGrowAtTheLimit(b *testing.B) {
	for _, n := range sizes {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			r := ranked()
			r.Limit, r.Time = n, func(d device) time.Time { return time.Unix(int64(d.rank), 0) }
			r.Merge(many(n))
			next := n
			batch := make([]rows.Change[device], 200)
			for b.Loop() {
				for i := range batch {
					batch[i] = of(device{fmt.Sprint(next), next})
					next++
				}
				r.Merge(batch)
			}
			b.ReportMetric(float64(r.Len()), "kept")
			ratio(b, b.Elapsed()/time.Duration(b.N), func() { sortBy(r, byRank(r), nil) })
		})
	}
}

// Marking and inverting everything.
func BenchmarkMarkAll(b *testing.B) {
	for _, n := range sizes {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			r := ranked()
			r.Merge(many(n))
			for b.Loop() {
				r.MarkShown()
				r.Invert()
			}
			marked := map[string]bool{}
			ratio(b, b.Elapsed()/time.Duration(b.N), func() {
				for i := range r.Shown() {
					marked[r.ID(i)] = true
				}
			})
		})
	}
}
