package c8yclient_test

import (
	"iter"
	"slices"
	"testing"
	"time"

	"c8yx/c8yclient"
)

// By keys, several pages at once, a list holds what it holds page by page.
func TestWalksAgreeAgainstDemo(t *testing.T) {
	client := demoClient(t)
	ctx := t.Context()
	object := func(m *c8yclient.ManagedObject) string { return m.ID }
	tellOfEvents(t, client, 8) // at night the fleet stands still, and tells of few
	for name, read := range map[string]func(c8yclient.Paging) []string{
		"objects": func(p c8yclient.Paging) []string {
			return names(t, client.Inventory.List(ctx, &c8yclient.InventoryListOptions{Paging: p}), object)
		},
		"devices": func(p c8yclient.Paging) []string {
			filter := c8yclient.InventoryFilter{Q: "not(name eq 'A*')"}
			return names(t, client.Inventory.List(ctx, &c8yclient.InventoryListOptions{InventoryFilter: filter, Paging: p}), object)
		},
		"fragments": func(p c8yclient.Paging) []string {
			filter := c8yclient.InventoryFilter{FragmentType: "c8y_IsDevice"}
			return names(t, client.Inventory.List(ctx, &c8yclient.InventoryListOptions{InventoryFilter: filter, Paging: p}), object)
		},
		"alarms": func(p c8yclient.Paging) []string {
			return names(t, client.Alarms.List(ctx, &c8yclient.AlarmListOptions{Paging: p}), func(a *c8yclient.Alarm) string { return a.ID })
		},
		"events": func(p c8yclient.Paging) []string {
			return names(t, client.Events.List(ctx, &c8yclient.EventListOptions{Paging: p}), func(e *c8yclient.Event) string { return e.ID })
		},
		"operations": func(p c8yclient.Paging) []string {
			return names(t, client.Operations.List(ctx, &c8yclient.OperationListOptions{Paging: p}), func(o *c8yclient.Operation) string { return o.ID })
		},
	} {
		want := read(c8yclient.Paging{Walk: c8yclient.WalkPages})
		got := read(c8yclient.Paging{PageSize: 7})
		if slices.Sort(want); len(want) < 8 { // more than a page of seven
			t.Errorf("only %d %s", len(want), name)
		}
		if slices.Sort(got); !slices.Equal(got, want) {
			t.Errorf("%s: %d by keys, %d by pages", name, len(got), len(want))
		}
	}
}

// tellOfEvents tells of one event after the other, all of one device.
func tellOfEvents(t *testing.T, client *c8yclient.Client, count int) {
	t.Helper()
	source, err := client.Inventory.Create(t.Context(), &c8yclient.ManagedObject{Name: "Night shift"})
	if err != nil {
		t.Fatal(err)
	}
	for i := range count {
		_, err := client.Events.Create(t.Context(), &c8yclient.Event{
			Source: c8yclient.Source{ID: source.ID}, Type: "hv_Round", Text: "Made the round",
			Time: time.Now().Add(-time.Duration(i) * time.Minute),
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

func names[T any](t *testing.T, list iter.Seq2[*T, error], name func(*T) string) []string {
	t.Helper()
	var names []string
	for item, err := range list {
		if err != nil {
			t.Fatal(err)
		}
		names = append(names, name(item))
	}
	return names
}
