package store_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"c8yx/demo/store"
)

// Ranks are those of a column sorted anew, whatever has changed since somebody asked for them, and whether or not somebody did.
func TestRanksFollowWhatChanges(t *testing.T) {
	s := store.New()
	random := rand.New(rand.NewPCG(1, 2))
	doc := func() store.Document {
		if random.IntN(9) == 0 {
			return store.Document{}
		}
		return s.Shapes.Compact(fmt.Sprintf(`{"name":"a common beginning %d"}`, random.IntN(300)))
	}
	s.Update(func(d *store.Data) {
		for range 1000 {
			d.Objects.Create(doc(), 1, 1)
		}
	})
	scan := func() (scan *store.Scan) {
		s.View(func(d *store.Data) { scan = d.Scan(store.Property("name")) })
		return scan
	}
	for round := range 60 {
		s.Update(func(d *store.Data) {
			for range random.IntN(3) * random.IntN(200) {
				switch id := store.ID(1001 + random.IntN(1000)); random.IntN(4) {
				case 0:
					d.Objects.Delete(id)
				case 1:
					d.Objects.Create(doc(), 1, 1)
				default:
					d.Objects.Put(id, doc(), 2)
				}
			}
		})
		now := scan()
		if round%3 == 0 {
			continue // nobody asks
		}
		all := make([]string, now.Len())
		for place := range all {
			all[place] = now.Text(0, place)
		}
		distinct := slices.Clone(all)
		slices.Sort(distinct)
		distinct = slices.Compact(distinct)
		for place, rank := range now.Ranks(0) {
			if want, _ := slices.BinarySearch(distinct, all[place]); int(rank) != want {
				t.Fatalf("round %d: %s has the rank %d, want %d", round, all[place], rank, want)
			}
		}
	}
}

// What changes elsewhere in the objects costs an order nothing.
func TestRanksStayWhereNothingChanges(t *testing.T) {
	s := store.New()
	s.Update(func(d *store.Data) {
		for i := range 10 {
			d.Objects.Create(s.Shapes.Compact(fmt.Sprintf(`{"name":"%d"}`, 9-i)), 1, 1)
		}
	})
	ranks := func() (ranks []int32) {
		s.View(func(d *store.Data) { ranks = d.Scan(store.Property("name")).Ranks(0) })
		return ranks
	}
	before := ranks()
	s.Update(func(d *store.Data) { d.Objects.Put(1003, d.Objects.Get(1003).Set(&s.Shapes, "heard", "1"), 2) })
	if after := ranks(); &after[0] != &before[0] {
		t.Error("everything was sorted anew")
	}
	s.Update(func(d *store.Data) { d.Objects.Put(1003, s.Shapes.Compact(`{"name":"95"}`), 3) })
	if after := ranks(); after[2] != 9 || before[2] != 7 {
		t.Errorf("the last one has the rank %d, and had %d", after[2], before[2])
	}
}
