package store_test

import (
	"fmt"
	"slices"
	"sync"
	"testing"

	"c8yx/demo/store"
)

// family makes 1001 … 1005: a group with a subgroup, a gateway in it, a sensor below that, and a service on the gateway.
func family(s *store.Store) {
	s.Update(func(d *store.Data) {
		for range 5 {
			d.Objects.Create(store.Document{}, 1, 1)
		}
		d.Objects.Link(store.Assets, 1001, 1002)
		d.Objects.Link(store.Assets, 1002, 1003)
		d.Objects.Link(store.Devices, 1003, 1004)
		d.Objects.Link(store.Additions, 1003, 1005)
	})
}

func TestHierarchy(t *testing.T) {
	s := store.New()
	family(s)
	s.View(func(d *store.Data) {
		for _, test := range []struct {
			what string
			got  []store.ID
			want string
		}{
			{"all below the group", d.Objects.Descendants(1001, store.Relations()...), "[1001 1002 1003 1005 1004]"},
			{"assets below the group", d.Objects.Descendants(1001, store.Assets), "[1001 1002 1003]"},
			{"above the sensor", d.Objects.Ancestors(1004, store.Relations()...), "[1003 1002 1001]"},
			{"devices above the sensor", d.Objects.Ancestors(1004, store.Devices), "[1003]"},
			{"children", d.Objects.Children(store.Devices, 1003), "[1004]"},
			{"parents", d.Objects.Parents(store.Additions, 1005), "[1003]"},
		} {
			if got := fmt.Sprint(test.got); got != test.want {
				t.Errorf("%s: %s, want %s", test.what, got, test.want)
			}
		}
	})
}

func TestLinks(t *testing.T) {
	s := store.New()
	family(s)
	s.Update(func(d *store.Data) {
		o := &d.Objects
		if o.Link(store.Assets, 1001, 1002) {
			t.Error("linking twice counted as a change")
		}
		if o.Link(store.Assets, 1001, 9999) || o.Link(store.Assets, 9999, 1001) {
			t.Error("linked an object that does not exist")
		}
		children := o.Children(store.Assets, 1001)
		o.Link(store.Assets, 1001, 1005)
		o.Link(store.Assets, 1001, 1004) // in between
		if got := fmt.Sprint(o.Children(store.Assets, 1001), children); got != "[1002 1004 1005] [1002]" {
			t.Errorf("children now and before: %s", got)
		}
		if !o.Unlink(store.Assets, 1001, 1004) || o.Unlink(store.Assets, 1001, 1004) || o.IsChild(store.Assets, 1001, 1004) {
			t.Error("unlinking failed")
		}
		o.Link(store.Assets, 1003, 1001) // a circle
		if got := len(o.Descendants(1001, store.Relations()...)); got != 5 {
			t.Errorf("%d objects in the circle, want 5", got)
		}
		o.Delete(1002)
		if o.IsChild(store.Assets, 1001, 1002) || len(o.Parents(store.Assets, 1003)) != 0 {
			t.Error("links to a deleted object remain")
		}
	})
}

func TestExternalIDs(t *testing.T) {
	s := store.New()
	family(s)
	s.Update(func(d *store.Data) {
		o := &d.Objects
		serial, imei := store.ExternalID{Type: "c8y_Serial", Value: "SN/1"}, store.ExternalID{Type: "imei", Value: "SN/1"}
		if !o.Identify(1003, serial) || !o.Identify(1003, imei) || o.Identify(1004, serial) {
			t.Error("identities are not unique")
		}
		if id, found := o.Identified(serial); !found || id != 1003 {
			t.Errorf("found %s, %v", id, found)
		}
		o.Forget(serial)
		if got := o.ExternalIDs(1003); !slices.Equal(got, []store.ExternalID{imei}) {
			t.Errorf("left: %v", got)
		}
		o.Delete(1003)
		if _, found := o.Identified(imei); found {
			t.Error("the identity of a deleted object remains")
		}
	})
}

func TestScanSeesEverythingThatStays(t *testing.T) {
	s := store.New()
	const n = 5000
	s.Update(func(d *store.Data) {
		for range n {
			d.Objects.Create(store.Document{}, 1, 1)
		}
	})
	var writing sync.WaitGroup
	writing.Go(func() {
		for i := range 2000 {
			s.Update(func(d *store.Data) {
				d.Objects.Put(store.ID(1001+i), store.Document{}, 2)
				d.Objects.Create(store.Document{}, 1, 1)
				d.Objects.Delete(store.ID(1001 + n - 1 - i/2))
			})
		}
	})
	seen, last := 0, store.ID(0)
	for object := range s.All() {
		if object.ID <= last {
			t.Fatalf("%s after %s", object.ID, last)
		}
		last = object.ID
		if object.ID < 1001+n-1000 {
			seen++
		}
	}
	writing.Wait()
	if seen != n-1000 {
		t.Errorf("saw %d of the %d objects that stayed", seen, n-1000)
	}
}

// BenchmarkScan is a list with a filter that few objects pass: what an index would save.
func BenchmarkScan(b *testing.B) {
	s := store.New()
	for i := range 100_000 {
		doc, _ := s.Shapes.Parse(fmt.Appendf(nil, `{"name":"Device %d","type":"c8y_Linux","owner":"admin","c8y_IsDevice":{},"c8y_Hardware":{"serialNumber":"%d"}}`, i, i))
		s.Update(func(d *store.Data) { d.Objects.Create(doc, 1, 1) })
	}
	b.Run("fragment", func(b *testing.B) {
		for b.Loop() {
			for object := range s.All() {
				if object.Has("c8y_IsDeviceGroup") {
					b.Fatal("a group")
				}
			}
		}
	})
	b.Run("type", func(b *testing.B) {
		for b.Loop() {
			for object := range s.All() {
				if object.Text("type") == "c8y_Rare" {
					b.Fatal("a rare one")
				}
			}
		}
	})
}
