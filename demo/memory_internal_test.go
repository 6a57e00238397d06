package demo

import (
	"testing"
	"testing/synctest"
	"time"

	"c8yx/demo/store"
)

// The company's measurements are bounded by age and by number; those of other devices, and what was sent late, are not
// the company's.
func TestTheCompanyForgets(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tenant, err := New(Options{Devices: -1})
		if err != nil {
			t.Fatal(err)
		}
		defer tenant.Close()
		end := time.Now().UnixMilli()
		hour := time.Hour.Milliseconds()
		var records []store.Record
		for source := range store.ID(3) {
			for age := range int64(100) {
				at := end - age*hour
				records = append(records, store.Record{Source: 1 + source, Time: store.Stamp{Milli: at}, Created: at})
			}
		}
		records = append(records, store.Record{Source: 1, Time: store.Stamp{Milli: end - 1000*hour}, Created: end})
		tenant.store.Update(func(d *store.Data) { d.Measurements.Create(records...) })
		tenant.simulated.note(1)
		tenant.simulated.note(2)

		left := func(source store.ID) (n int) {
			tenant.store.View(func(d *store.Data) { n = d.Measurements.Select(store.Span{Sources: []store.ID{source}}).Len() })
			return n
		}
		tenant.forget(end, 48*time.Hour, 1000)
		if left(1) != 50 || left(2) != 49 || left(3) != 100 {
			t.Errorf("after 48 hours %d, %d and %d are left, want 50, 49 and 100", left(1), left(2), left(3))
		}
		tenant.forget(end, 48*time.Hour, 20)
		if left(1) != 11 || left(2) != 10 || left(3) != 100 {
			t.Errorf("of 20 %d, %d and %d are left, want 11, 10 and 100", left(1), left(2), left(3))
		}
	})
}

// A tenant that runs for days does not grow.
func TestDaysOfLifeAreBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tenant, err := New(Options{Devices: 1, Life: true})
		if err != nil {
			t.Fatal(err)
		}
		defer tenant.Close()
		tenant.Start(t.Context())
		measured := func() (n int) {
			tenant.store.View(func(d *store.Data) { n = d.Measurements.Len() })
			return n
		}
		time.Sleep(50 * time.Hour)
		full := measured()
		time.Sleep(12 * time.Hour)
		if n := measured(); full < 1000 || n > full*11/10 {
			t.Errorf("%d measurements after two days, %d half a day later", full, n)
		}
	})
}
