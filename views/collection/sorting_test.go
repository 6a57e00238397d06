package collection_test

import (
	"context"
	"iter"
	"slices"
	"strings"
	"testing"
	"time"

	"c8yx/ui/table"
	"c8yx/views/collection"
	"c8yx/views/place"
	"c8yx/views/tenant"
)

// byTime is the kind of parcels of a tenant that can list them by the time at which they were sent,
// the newest first unless asked otherwise. asked counts how often it was.
func (d *depot) byTime(most int, asked *int) *collection.Kind[*parcel] {
	k := d.kind()
	k.Columns = append(k.Columns, collection.Column[*parcel]{
		Name: "sent", Property: "sent", Column: table.Column{Title: "SENT", Min: 8}, Time: func(p *parcel) time.Time { return p.sent },
	})
	k.Sort, k.Unsorted, k.Most, k.Newest = "-sent", "-sent", most, func(p *parcel) time.Time { return p.sent }
	read := k.Read
	k.Sorted = func(ctx context.Context, t *tenant.Tenant, p place.Place, property string, reverse bool) iter.Seq2[[]*parcel, error] {
		if property != "sent" || reverse {
			d.fail = context.Canceled // it is never asked for what Read does
		}
		*asked++
		turned := &depot{parcels: slices.Clone(d.parcels), page: d.page}
		slices.Reverse(turned.parcels)
		return turned.kind().Read(ctx, t, p)
	}
	k.Read = read
	return k
}

// Of more than a list keeps, the tenant says what comes first: brought into another order here, the
// newest would show the oldest among them as the oldest of all.
func TestAPartOfAListIsSortedByTheTenant(t *testing.T) {
	asked := 0
	d := &depot{parcels: parcels(500), page: 50}
	list := open(t, d.byTime(100, &asked), "parcels")
	list.see("newest 100 parcels, there are more", "tenant sorted by sent ↓", "P00000")
	list.press("S")
	list.see("oldest 100 parcels, there are more", "tenant sorted by sent ↑", "P00499")
	if asked != 1 || d.reads != 1 {
		t.Errorf("the tenant was asked %d times in that order, %d times in its own", asked, d.reads)
	}
	list.press("s") // by the id, of which the tenant knows no order
	list.see("oldest 100 parcels", "sorted here by id ↑", "P00400")
	list.press("r")
	list.see("newest 100 parcels", "sorted here by id ↑", "P00000")
	if asked != 1 || d.reads != 2 {
		t.Errorf("the tenant was asked %d times in that order, %d times in its own", asked, d.reads)
	}
}

// What is complete is in any order at once, and asked for again by nobody.
func TestACompleteListIsSortedHere(t *testing.T) {
	asked := 0
	d := &depot{parcels: parcels(30), page: 10}
	k := d.byTime(100, &asked)
	list := open(t, k, "parcels")
	list.see("by sent ↓")
	list.press("S")
	list.see("30 parcels", "by sent ↑")
	if first := strings.Index(list.screen(), "P00029"); first < 0 || first > strings.Index(list.screen(), "P00028") {
		t.Errorf("the order is\n%s", list.screen())
	}
	if asked != 0 || d.reads != 1 {
		t.Errorf("the tenant was asked %d times in that order, %d times in its own", asked, d.reads)
	}

	list = open(t, k, "parcels?sort=sent") // the first page is then what comes first
	list.see("30 parcels", "by sent ↑")
	if asked != 1 || d.reads != 1 {
		t.Errorf("the tenant was asked %d times in that order, %d times in its own", asked, d.reads)
	}
}
