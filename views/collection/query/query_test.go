package query_test

import (
	"strings"
	"testing"

	"c8yx/views/collection/query"
	"c8yx/views/place"
)

var vocabulary = query.Vocabulary{
	Paths: []string{"c8y_Availability", "c8y_Availability.status", "c8y_Hardware", "c8y_Hardware.model", "c8y_Notes", "c8y_Notes.floor"},
	Values: func(path string) []string {
		return map[string][]string{
			"c8y_Availability.status": {"AVAILABLE", "UNAVAILABLE"}, "c8y_Notes.floor": {"2", "42"}, "name": {"O'Neill"},
		}[path]
	},
}

func TestAQueryOfTheInventoryGoesOn(t *testing.T) {
	for typed, want := range map[string]string{
		"":                                     "name type owner id creationTime.date lastUpdated.date has( bygroupid( isinhierarchyof( not(",
		"na":                                   "name",
		"c8":                                   "c8y_Availability c8y_Hardware c8y_Notes",
		"c8y_Hardware.":                        "c8y_Hardware.model",
		"name ":                                "eq gt ge lt le",
		"name e":                               "eq",
		"c8y_Availability.status eq ":          "'AVAILABLE' 'UNAVAILABLE'",
		"c8y_Availability.status eq 'un":       "'UNAVAILABLE'",
		"c8y_Availability.status eq 'AV":       "'AVAILABLE'",
		"c8y_Notes.floor gt ":                  "2 42",
		"c8y_Notes.floor eq 4":                 "42",
		"name eq ":                             "'O''Neill'",
		"name eq 'a b' ":                       "and or $orderby=",
		"name eq 'it''s' a":                    "and",
		"c8y_Notes.floor eq 42 ":               "and or $orderby=",
		"name eq 'a' and ":                     "name type owner id creationTime.date lastUpdated.date has( bygroupid( isinhierarchyof( not(",
		"name eq 'a' and ow":                   "owner",
		"has(c8y_H":                            "c8y_Hardware",
		"has(c8y_Hardware) ":                   "and or $orderby=",
		"not(has(c8y_N":                        "c8y_Notes",
		"(name eq 'a' or c8y_Notes.":           "c8y_Notes.floor",
		"(name eq 'a') and (c8y_Notes.floor ":  "eq gt ge lt le",
		"bygroupid(":                           "",
		"$f":                                   "$filter=",
		"$filter=na":                           "name",
		"$filter=(na":                          "name",
		"$filter=name eq 'a' $orderby=c8y_H":   "c8y_Hardware",
		"name eq 'a' $orderby=name desc,c8y_N": "c8y_Notes",
	} {
		c := query.Inventory(typed, len(typed), vocabulary)
		if got := strings.Join(c.Options, " "); got != want {
			t.Errorf("%q goes on with %s; want %s", typed, got, want)
		}
		if len(c.Options) > 0 && !strings.HasPrefix(strings.ToLower(c.Options[0]), strings.ToLower(typed[c.From:c.To])) && typed[c.From:c.To] != "4" {
			t.Errorf("%q: %q takes the place of %q", typed, c.Options[0], typed[c.From:c.To])
		}
	}
}

func TestParametersAreTyped(t *testing.T) {
	p := query.Parameters{Names: []string{"status", "severity", "type"}, Values: func(name string) []string {
		if name == "severity" {
			return []string{"MAJOR", "MINOR"}
		}
		return nil
	}}
	at, err := place.Parse("alarms?source=4711&status=ACTIVE")
	if err != nil {
		t.Fatal(err)
	}
	if got := p.Of(at); got != "status=ACTIVE" {
		t.Errorf("asks for %q", got)
	}
	for typed, want := range map[string]string{
		"":                            "alarms?source=4711",
		"severity=MAJOR,MINOR type=a": "alarms?severity=MAJOR,MINOR&source=4711&type=a",
		"type='a b'  status=ALL":      "alarms?source=4711&status=ALL&type=a+b",
		"type=":                       "alarms?source=4711",
	} {
		asked, err := p.In(at, typed)
		if err != nil || asked.String() != want {
			t.Errorf("%q asks %s, %v; want %s", typed, asked, err, want)
			continue
		}
		again, err := p.In(at, p.Of(asked))
		if err != nil || again.String() != want {
			t.Errorf("%q reads back as %s, %v", p.Of(asked), again, err)
		}
	}
	for _, wrong := range []string{"MAJOR", "colour=red", "source=1", "status ACTIVE"} {
		if _, err := p.In(at, wrong); err == nil || !strings.Contains(err.Error(), "status, severity, type") {
			t.Errorf("%q: %v", wrong, err)
		}
	}
	for typed, want := range map[string]string{
		"":                  "status= severity= type=",
		"s":                 "status= severity=",
		"severity=":         "MAJOR MINOR",
		"severity=MAJOR,mi": "MINOR",
		"type=a severity=m": "MAJOR MINOR",
		"colour=":           "",
		"status=":           "",
	} {
		if got := strings.Join(p.Complete(typed, len(typed)).Options, " "); got != want {
			t.Errorf("%q goes on with %s; want %s", typed, got, want)
		}
	}
}

func FuzzInventory(f *testing.F) {
	for _, typed := range []string{"name eq 'a' and has(c8y_X) $orderby=name", "((('", "$filter=", "not(not(a eq"} {
		f.Add(typed, len(typed))
	}
	f.Fuzz(func(t *testing.T, typed string, cursor int) {
		c := query.Inventory(typed, cursor, vocabulary)
		if c.From < 0 || c.From > c.To || c.To > len(typed) {
			t.Errorf("%d to %d of %d", c.From, c.To, len(typed))
		}
		p := query.Parameters{Names: []string{"a", "b"}}
		if c := p.Complete(typed, cursor); c.From < 0 || c.From > c.To || c.To > len(typed) {
			t.Errorf("%d to %d of %d", c.From, c.To, len(typed))
		}
	})
}
