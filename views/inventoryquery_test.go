package views

import (
	"testing"

	"c8yx/views/place"
)

func TestAPlaceOfObjectsIsOneQuery(t *testing.T) {
	for written, want := range map[string]struct{ query, sorted string }{
		"devices": {"has(c8y_IsDevice)", "$filter=has(c8y_IsDevice) $orderby=name desc"},
		"devices?type=c8y_Linux&owner=O'Neill": {
			"has(c8y_IsDevice) and type eq 'c8y_Linux' and owner eq 'O''Neill'",
			"$filter=has(c8y_IsDevice) and type eq 'c8y_Linux' and owner eq 'O''Neill' $orderby=name desc",
		},
		"devices?group=5&fragment=c8y_X":           {"has(c8y_IsDevice) and has(c8y_X) and bygroupid(5)", "$filter=has(c8y_IsDevice) and has(c8y_X) and bygroupid(5) $orderby=name desc"},
		"devices?parent=5":                         {"has(c8y_IsDevice) and isinhierarchyof(5)", "$filter=has(c8y_IsDevice) and isinhierarchyof(5) $orderby=name desc"},
		"devices?query=name eq 'a' or name eq 'b'": {"has(c8y_IsDevice) and (name eq 'a' or name eq 'b')", "$filter=has(c8y_IsDevice) and (name eq 'a' or name eq 'b') $orderby=name desc"},
		"devices?query=$filter=(name eq 'a')":      {"has(c8y_IsDevice) and (name eq 'a')", "$filter=has(c8y_IsDevice) and (name eq 'a') $orderby=name desc"},
		"devices?query=(a eq 1) or (b eq ')')":     {"has(c8y_IsDevice) and ((a eq 1) or (b eq ')'))", "$filter=has(c8y_IsDevice) and ((a eq 1) or (b eq ')')) $orderby=name desc"},
		"devices?query=name eq '$orderby=' $orderby=type": {
			"$filter=has(c8y_IsDevice) and (name eq '$orderby=') $orderby=type",
			"$filter=has(c8y_IsDevice) and (name eq '$orderby=') $orderby=type",
		},
		"devices?query=$filter=(name eq 'x')%2B$orderby=name": {"$filter=has(c8y_IsDevice) and (name eq 'x') $orderby=name", "$filter=has(c8y_IsDevice) and (name eq 'x') $orderby=name"},
		"devices?query=$orderby=type $filter=name eq 'x'":     {"$filter=has(c8y_IsDevice) and (name eq 'x') $orderby=type", "$filter=has(c8y_IsDevice) and (name eq 'x') $orderby=type"},
	} {
		p, err := place.Parse(written)
		if err != nil {
			t.Fatal(err)
		}
		f := inventoryFilter(p, areDevices)
		if f.Query != want.query {
			t.Errorf("%s asks for %s, want %s", written, f.Query, want.query)
		}
		if got := ordered(f, "name", true).Query; got != want.sorted {
			t.Errorf("%s, sorted, asks for %s, want %s", written, got, want.sorted)
		}
	}
	p, _ := place.Parse("objects")
	if f := inventoryFilter(p, ""); f.Query != "" || ordered(f, "_id", false).Query != "$orderby=_id asc" {
		t.Errorf("all objects are asked for by %q", f.Query)
	}
	p, _ = place.Parse("devices?text=pump 7")
	if f := inventoryFilter(p, areDevices); f.Text != "pump 7" || f.FragmentType != "c8y_IsDevice" || ordered(f, "name", false).Query != "" {
		t.Errorf("words are asked for by %+v", f)
	}
}
