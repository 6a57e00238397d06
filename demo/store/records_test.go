package store_test

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"c8yx/demo/store"
)

func ids(records []*store.Record) string {
	var texts []string
	for _, r := range records {
		texts = append(texts, r.ID.String())
	}
	return strings.Join(texts, " ")
}

// TestRecordsAgainstAModel lives a random life and compares everything that can be asked with a plain list.
func TestRecordsAgainstAModel(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	var records store.Records
	var model []store.Record
	byTime := func(a, b store.Record) int {
		return cmp.Or(cmp.Compare(a.Time.Milli, b.Time.Milli), cmp.Compare(a.ID, b.ID))
	}
	make := func() store.Record {
		return store.Record{Source: store.ID(1 + random.IntN(4)), Time: store.Stamp{Milli: 1 + random.Int64N(50)}}
	}
	for step := range 600 {
		switch random.IntN(6) {
		case 0, 1, 2:
			for range random.IntN(5) {
				for _, stored := range records.Create(make()) {
					model = append(model, *stored)
				}
			}
		case 3:
			batch := []store.Record{make(), make(), make()}
			for _, stored := range records.Create(batch...) {
				model = append(model, *stored)
			}
		case 4:
			if len(model) > 0 {
				at := random.IntN(len(model))
				model[at].Time.Milli, model[at].Updated = 1+random.Int64N(50), int64(step)
				records.Put(model[at])
			}
		case 5:
			if len(model) > 0 {
				at := random.IntN(len(model))
				records.Delete(records.Get(model[at].ID))
				model = slices.Delete(model, at, at+1)
			}
		}
		span := store.Span{From: random.Int64N(50), To: random.Int64N(60)}
		if random.IntN(2) == 0 {
			span.Sources = []store.ID{store.ID(1 + random.IntN(5)), 3}[:1+random.IntN(2)]
			span.Sources = slices.Compact(span.Sources)
		}
		var want []*store.Record
		for _, record := range slices.SortedFunc(slices.Values(model), byTime) {
			if record.Time.Milli >= span.From && (span.To == 0 || record.Time.Milli < span.To) &&
				(span.Sources == nil || slices.Contains(span.Sources, record.Source)) {
				want = append(want, &record)
			}
		}
		view := records.Select(span)
		if got := slices.Collect(view.Ascending()); ids(got) != ids(want) || view.Len() != len(want) {
			t.Fatalf("step %d: ascending %s, want %s", step, ids(got), ids(want))
		}
		slices.Reverse(want)
		if got := slices.Collect(view.Descending()); ids(got) != ids(want) {
			t.Fatalf("step %d: descending %s, want %s", step, ids(got), ids(want))
		}
		if records.Len() != len(model) {
			t.Fatalf("step %d: %d records, want %d", step, records.Len(), len(model))
		}
	}
	if len(model) < 50 {
		t.Fatalf("the life left only %d records", len(model))
	}
}

// What was selected stays as it was, whatever happens afterwards.
func TestSelectIsASnapshot(t *testing.T) {
	var records store.Records
	stored := records.Create(store.Record{Source: 1, Time: store.Stamp{Milli: 1}}, store.Record{Source: 1, Time: store.Stamp{Milli: 5}})
	view := records.Select(store.Span{})
	before := ids(slices.Collect(view.Ascending()))
	records.Create(store.Record{Source: 1, Time: store.Stamp{Milli: 9}}, store.Record{Source: 1, Time: store.Stamp{Milli: 3}})
	changed := *stored[0]
	changed.Updated = 77
	records.Put(changed)
	records.Delete(stored[1])
	records.Create(store.Record{Source: 1, Time: store.Stamp{Milli: 10}})
	after := slices.Collect(view.Ascending())
	if ids(after) != before || after[0].Updated != 0 {
		t.Errorf("the snapshot changed from %s to %s, first updated %d", before, ids(after), after[0].Updated)
	}
}

func TestSkipping(t *testing.T) {
	var records store.Records
	for i := range 5 {
		records.Create(store.Record{Source: store.ID(1 + i/4), Time: store.Stamp{Milli: int64(i)}})
	}
	all := slices.Collect(records.Select(store.Span{}).Ascending())
	first := all[0].ID
	for n, want := range map[int][2]string{0: {"0 1 2 3", "3 2 1 0"}, 3: {"3", "0"}, 4: {"", ""}, 9: {"", ""}} {
		for direction, newest := range []bool{false, true} {
			rest, ok := records.Select(store.Span{Sources: []store.ID{1}}).Skip(n, newest)
			walk := rest.Ascending()
			if newest {
				walk = rest.Descending()
			}
			var got []string
			for record := range walk {
				got = append(got, (record.ID - first).String())
			}
			if strings.Join(got, " ") != want[direction] || !ok {
				t.Errorf("without %d, newest %v: %s, want %s", n, newest, got, want[direction])
			}
		}
	}
	if _, ok := records.Select(store.Span{}).Skip(1, false); ok {
		t.Error("the records of two sources are not one list")
	}
}

func TestRetentionGivesTheTableBack(t *testing.T) {
	var records store.Records
	var first []*store.Record
	for i := range 5000 {
		first = append(first, records.Create(store.Record{Source: 1, Time: store.Stamp{Milli: int64(i)}})...)
	}
	records.Delete(first[:4000]...)
	if got := records.Get(first[4500].ID); got != first[4500] {
		t.Errorf("record %s is gone", first[4500].ID)
	}
	if records.Get(first[0].ID) != nil || records.Len() != 1000 {
		t.Errorf("%d records left", records.Len())
	}
	if next := records.Create(store.Record{Source: 2})[0]; next.ID != first[4999].ID+1 {
		t.Errorf("id %s was given after %s", next.ID, first[4999].ID)
	}
}

func TestStampKeepsItsOffset(t *testing.T) {
	at, _ := time.Parse(time.RFC3339Nano, "2026-02-02T09:30:00.1239+05:30")
	if got := store.StampOf(at).Time().Format(time.RFC3339Nano); got != "2026-02-02T09:30:00.123+05:30" {
		t.Errorf("got %s", got)
	}
}

func TestParseID(t *testing.T) {
	for text, valid := range map[string]bool{"1": true, "4711": true, "": false, "0": false, "-1": false, "+1": false, "007": false, "1x": false, "99999999999999999999": false} {
		if id, ok := store.ParseID(text); ok != valid || ok && id.String() != text {
			t.Errorf("ParseID(%q) = %s, %v", text, id, ok)
		}
	}
}

// The last page of a device with a million measurements must come at once.
func BenchmarkLastPageOfAMillion(b *testing.B) {
	var records store.Records
	rows := make([]store.Record, 1_000_000)
	for i := range rows {
		rows[i] = store.Record{Source: 1, Time: store.Stamp{Milli: int64(i)}}
	}
	records.Create(rows...)
	for b.Loop() {
		n := 0
		for range records.Select(store.Span{Sources: []store.ID{1}}).Descending() {
			if n++; n == 2000 {
				break
			}
		}
	}
}

// Without a source all sources are merged.
func BenchmarkNewestOf100000Sources(b *testing.B) {
	var records store.Records
	for i := range 100_000 {
		records.Create(store.Record{Source: store.ID(i + 1), Time: store.Stamp{Milli: int64(i * 7919 % 100_000)}})
	}
	for b.Loop() {
		n := 0
		for range records.Select(store.Span{}).Descending() {
			if n++; n == 2000 {
				break
			}
		}
	}
}

func BenchmarkCreateOutOfOrder(b *testing.B) {
	for _, size := range []int{1000, 100_000} {
		b.Run(fmt.Sprint(size), func(b *testing.B) {
			var records store.Records
			rows := make([]store.Record, size)
			for i := range rows {
				rows[i] = store.Record{Source: 1, Time: store.Stamp{Milli: int64(i)}}
			}
			records.Create(rows...)
			for b.Loop() {
				records.Create(store.Record{Source: 1, Time: store.Stamp{Milli: int64(size / 2)}})
			}
		})
	}
}
