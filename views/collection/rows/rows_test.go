package rows_test

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/go-json-experiment/json/jsontext"

	"c8yx/views/collection/rows"
	"c8yx/views/fragment"
)

// device is what the rows of these tests hold.
type device struct {
	id   string
	rank int
}

func folded(d device) string { return fmt.Sprintf("%s rank %d", d.id, d.rank) }

func of(d device) rows.Change[device] {
	return rows.Change[device]{Item: d, ID: d.id, Folded: folded(d)}
}

func gone(id string) rows.Change[device] { return rows.Change[device]{ID: id, Gone: true} }

func byRank(r *rows.Rows[device]) func(a, b int32) int {
	return func(a, b int32) int { return cmp.Compare(r.Item(a).rank, r.Item(b).rank) }
}

// sortBy brings rows into an order, as a view does.
func sortBy(r *rows.Rows[device], order func(a, b int32) int, match func(int32) bool) {
	r.Apply(r.Arrange(rows.Wish{Resort: true, Order: order, Match: match}))
}

// filter shows what holds a word.
func filter(r *rows.Rows[device], word string) {
	r.Apply(r.Arrange(rows.Wish{Match: holds(r, word)}))
}

func holds(r *rows.Rows[device], word string) func(int32) bool {
	if word == "" {
		return nil
	}
	return func(slot int32) bool { return strings.Contains(r.Folded(slot), word) }
}

func ranked() *rows.Rows[device] {
	r := &rows.Rows[device]{}
	sortBy(r, byRank(r), nil)
	return r
}

func ids(r *rows.Rows[device]) string {
	var b strings.Builder
	for i := range r.Shown() {
		b.WriteString(r.ID(i))
	}
	return b.String()
}

func TestBatchesAreMergedIntoTheOrder(t *testing.T) {
	r := ranked()
	for _, step := range []struct {
		batch []rows.Change[device]
		want  string
	}{
		{[]rows.Change[device]{of(device{"c", 3}), of(device{"a", 1})}, "ac"},
		{[]rows.Change[device]{of(device{"b", 2}), of(device{"d", 4})}, "abcd"},
		{[]rows.Change[device]{of(device{"a", 9}), gone("c"), gone("never seen")}, "bda"},
		{[]rows.Change[device]{gone("b"), of(device{"e", 5})}, "dea"},                      // e takes b's slot
		{[]rows.Change[device]{of(device{"d", 6}), of(device{"d", 7})}, "eda"},             // twice in one batch
		{[]rows.Change[device]{of(device{"f", 1}), gone("f"), of(device{"f", 2})}, "feda"}, // and back again
	} {
		r.Merge(step.batch)
		if got := ids(r); got != step.want {
			t.Errorf("shown %s, want %s", got, step.want)
		}
	}
}

func TestWithoutAnOrderThingsStayAsTheyCame(t *testing.T) {
	var r rows.Rows[device]
	r.Merge([]rows.Change[device]{of(device{"z", 1}), of(device{"y", 2})})
	r.Merge([]rows.Change[device]{of(device{"x", 3})})
	if got := ids(&r); got != "zyx" {
		t.Errorf("shown %s, want zyx", got)
	}
}

func TestMarksSurviveChangesAndFilters(t *testing.T) {
	r := ranked()
	r.Merge([]rows.Change[device]{of(device{"a", 1}), of(device{"b", 2}), of(device{"c", 3})})
	r.Mark(0, true)
	r.Mark(2, true)
	r.Mark(7, true) // nothing is there
	filter(r, "b")
	r.Merge([]rows.Change[device]{of(device{"a", 5})})
	if got := r.MarkedItems(); r.Marks() != 2 || len(got) != 2 || got[1].rank != 5 {
		t.Errorf("%d marked: %v", r.Marks(), got)
	}
	r.Merge([]rows.Change[device]{gone("c")})
	if r.Marks() != 1 {
		t.Errorf("%d marked after a marked one went", r.Marks())
	}
	r.Clear()
	if r.Marks() != 0 || r.Len() != 0 {
		t.Error("something is left after clearing")
	}
	r.Merge([]rows.Change[device]{of(device{"b", 2}), of(device{"a", 5})})
	if got := r.MarkedItems(); len(got) != 1 || got[0].id != "a" {
		t.Errorf("what came back is marked as %v", got)
	}
	r.Unmark()
	if r.Marks() != 0 || len(r.MarkedItems()) != 0 {
		t.Error("unmarking left marks")
	}
}

func TestManyAreMarkedAtOnce(t *testing.T) {
	r := ranked()
	r.Merge(many(10))
	r.MarkRange(6, 3)
	if r.Marks() != 4 || !r.Marked(3) || !r.Marked(6) || r.Marked(7) {
		t.Errorf("%d marked by a range", r.Marks())
	}
	r.MarkRange(8, 400)
	if r.Marks() != 6 {
		t.Errorf("%d marked by a range beyond the end", r.Marks())
	}
	r.Invert()
	if r.Marks() != 4 || r.Marked(8) || !r.Marked(0) {
		t.Errorf("%d marked after inverting", r.Marks())
	}
	filter(r, "rank 0")
	r.Unmark()
	if !r.MarkShown() || r.MarkShown() || r.Marks() != 1 {
		t.Errorf("%d marked with all that is shown", r.Marks())
	}
	marks := r.Marks()
	r.UnmarkID("thing-000000")
	r.UnmarkID("nobody")
	if r.Marks() != marks-1 {
		t.Errorf("%d marked after one was unmarked", r.Marks())
	}
}

// Whatever is merged, filtered and sorted in whatever order: what is shown is what a list made
// from nothing would show.
func TestRowsAgreeWithANaiveList(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	r := ranked()
	reversed := false
	truth := map[string]device{}
	word := ""
	for step := range 3000 {
		switch random.IntN(12) {
		case 0:
			before := word
			word = fmt.Sprint(random.IntN(10))
			if random.IntN(3) == 0 {
				word = ""
			}
			if random.IntN(2) == 0 && word != "" {
				word = before + word
			}
			r.Apply(r.Arrange(rows.Wish{Match: holds(r, word), Narrows: strings.Contains(word, before)}))
		case 1:
			order := byRank(r)
			if reversed = random.IntN(2) == 0; reversed {
				order = func(a, b int32) int { return byRank(r)(b, a) }
			}
			sortBy(r, order, holds(r, word))
		default:
			var batch []rows.Change[device]
			for range random.IntN(20) {
				id := fmt.Sprintf("thing-%d", random.IntN(200))
				if random.IntN(4) == 0 {
					delete(truth, id)
					batch = append(batch, gone(id))
					continue
				}
				truth[id] = device{id, random.IntN(50)}
				batch = append(batch, of(truth[id]))
			}
			r.Merge(batch)
		}
		matching := 0
		for _, d := range truth {
			if strings.Contains(folded(d), word) {
				matching++
			}
		}
		if matching != r.Shown() || len(truth) != r.Len() {
			t.Fatalf("step %d: %d shown of %d, want %d of %d", step, r.Shown(), r.Len(), matching, len(truth))
		}
		for i := range r.Shown() {
			d, _ := r.At(i)
			if truth[d.id] != d || r.Position(d.id) != i {
				t.Fatalf("step %d: shows %v, which is %v", step, d, truth[d.id])
			}
			if before, ok := r.At(i - 1); ok && (before.rank > d.rank && !reversed || before.rank < d.rank && reversed) {
				t.Fatalf("step %d: %v before %v", step, before, d)
			}
		}
	}
}

// Of what has a time the newest are kept, of anything else what came first.
func TestThereIsALimit(t *testing.T) {
	r := ranked()
	r.Limit, r.Time = 100, func(d device) time.Time { return time.Unix(int64(d.rank), 0) }
	r.Merge(many(100))
	r.Mark(0, true)
	for i := range 1000 {
		r.Merge([]rows.Change[device]{of(device{fmt.Sprintf("late-%d", i), 100 + i})})
		if r.Len() > 102 {
			t.Fatalf("%d are kept", r.Len())
		}
	}
	first, _ := r.At(0)
	if r.Len() < 100 || r.Len()+r.Dropped() != 1100 || first.rank != 1100-r.Len() || r.Marks() != 0 {
		t.Errorf("%d kept, %d dropped, %d marked, from %v on", r.Len(), r.Dropped(), r.Marks(), first)
	}
	r.Time, r.Limit = nil, r.Len()
	r.Merge([]rows.Change[device]{of(device{"new", 5}), of(device{"late-999", 7})})
	if r.Position("new") >= 0 || r.Position("late-999") != 0 {
		t.Error("without times, what is there changes and nothing new is taken")
	}
}

func TestValuesOfFragmentsAreLookedUp(t *testing.T) {
	document := func(i int) jsontext.Value {
		return jsontext.Value(fmt.Sprintf(`{"c8y_Hardware":{"model":"M%d"},"n":%d}`, i%3, i))
	}
	var packer fragment.Packer
	change := func(i int, wanted *rows.Wanted) rows.Change[device] {
		c := of(device{fmt.Sprint(i), i})
		c.Document, c.Wanted, c.Values = packer.Pack([]jsontext.Value{document(i)})[0], wanted, wanted.Of(document(i))
		return c
	}
	model, number := fragment.ParsePath("c8y_Hardware.model"), fragment.ParsePath("n")
	none, both := &rows.Wanted{}, &rows.Wanted{Paths: []fragment.Path{model, number}}
	r := ranked()
	for i := range 50 {
		r.Merge([]rows.Change[device]{change(i, none)})
	}
	r.Want(both)
	if r.Known(0) || r.Value(0, 7) != "" {
		t.Error("the value is known before anybody looked")
	}
	task := r.Pending()
	r.Merge([]rows.Change[device]{change(3, none), change(60, both), gone("4"), change(61, none)}) // meanwhile
	task.Run(nil)
	r.Fill(task)
	for task := r.Pending(); task != nil; task = r.Pending() {
		task.Run(nil)
		r.Fill(task)
	}
	for i := range r.Shown() {
		slot, _ := r.Slot(i)
		n := r.Item(slot).rank
		if r.Value(0, slot) != fmt.Sprintf("M%d", n%3) || r.Value(1, slot) != fmt.Sprint(n) {
			t.Errorf("%d has %q and %q", n, r.Value(0, slot), r.Value(1, slot))
		}
	}
	r.Want(&rows.Wanted{Paths: []fragment.Path{number}})
	if slot, _ := r.Slot(5); !r.Known(0) || r.Value(0, slot) == "" || r.Pending() != nil {
		t.Error("what was known is not known any more")
	}
}

func many(n int) []rows.Change[device] {
	batch := make([]rows.Change[device], n)
	for i := range batch {
		batch[i] = of(device{fmt.Sprintf("thing-%06d", i), (i * 7919) % n})
	}
	return batch
}
