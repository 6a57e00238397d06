package store_test

import (
	"fmt"
	"runtime"
	"strings"
	"testing"

	"c8yx/demo/store"
)

// A scan has what was there when it was taken, whatever happens afterwards; columns follow what changes.
func TestScan(t *testing.T) {
	s := store.New()
	doc := func(text string) store.Document { return s.Shapes.Compact(text) }
	var scans []*store.Scan
	scan := func() (text string) {
		s.View(func(d *store.Data) { scans = append(scans, d.Scan(store.Property("name"), store.Presence("x"))) })
		return show(scans[len(scans)-1])
	}
	if got := scan(); got != "" {
		t.Errorf("an empty store has %s", got)
	}
	s.Update(func(d *store.Data) {
		for _, text := range []string{`{"name":"a"}`, `{"name":"b","x":{}}`, `{"x":1}`} {
			d.Objects.Create(doc(text), 1, 1)
		}
	})
	if got := scan(); got != `1001="a" 1002="b"x 1003=x ` {
		t.Errorf("at first %s", got)
	}
	s.Update(func(d *store.Data) {
		d.Objects.Put(1001, doc(`{"name":"c","x":2}`), 2)
		d.Objects.Delete(1002)
		d.Objects.Create(doc(`{"name":"d"}`), 2, 2)
	})
	if got := scan(); got != `1001="c"x 1003=x 1004="d" ` {
		t.Errorf("then %s", got)
	}
	if got := show(scans[1]); got != `1001="a" 1002="b"x 1003=x ` {
		t.Errorf("the scan of before has become %s", got)
	}
	from, to := scans[2].Between(1001, 1003)
	if scans[2].ID(from) != 1002 || to-from != 2 {
		t.Errorf("between: places %d to %d", from, to)
	}
	s.Update(func(d *store.Data) { // enough go from the beginning for the table to shrink
		for range 4000 {
			d.Objects.Delete(d.Objects.Create(doc(`{"name":"gone"}`), 3, 3).ID)
		}
		for id := range store.ID(4) {
			d.Objects.Delete(1001 + id)
		}
		d.Objects.Create(doc(`{"name":"last"}`), 3, 3)
	})
	if got := scan(); got != `5005="last" ` {
		t.Errorf("at last %s", got)
	}
}

func show(s *store.Scan) string {
	var text strings.Builder
	for place := range s.Len() {
		if s.Object(place) != nil {
			fmt.Fprintf(&text, "%d=%s%s ", s.ID(place), s.Text(0, place), strings.Replace(s.Text(1, place), "1", "x", 1))
		}
	}
	return text.String()
}

// Columns do not hold on to documents, and there is a bound to what they hold themselves.
func TestColumnsAreBounded(t *testing.T) {
	s := store.New()
	const objects, long = 1000, 10_000
	put := func(n int) {
		s.Update(func(d *store.Data) {
			for id := range store.ID(objects) {
				d.Objects.Put(1001+id, s.Shapes.Compact(fmt.Sprintf(`{"name":"n%d","long":%q}`, n, strings.Repeat("x", long+n))), 1)
			}
		})
	}
	s.Update(func(d *store.Data) {
		for range objects {
			d.Objects.Create(s.Shapes.Compact(`{}`), 1, 1)
		}
	})
	put(0)
	heap := func() uint64 {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc >> 20
	}
	before := heap()
	s.View(func(d *store.Data) { d.Scan(store.Property("name")) })
	put(1)
	if after := heap(); after > before+5 {
		t.Errorf("%d MB after everything was replaced, %d before", after, before)
	}
	for n := range 20 { // 10 MB each
		s.View(func(d *store.Data) {
			d.Scan(store.Column{Name: fmt.Sprint(n), Of: func(_ *store.Data, o *store.Object) string { raw, _ := o.Get("long"); return raw }})
		})
	}
	if after := heap(); after > before+60 {
		t.Errorf("%d MB with twenty columns of 10 MB, %d before", after, before)
	}
}
