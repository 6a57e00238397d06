package filter_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"c8yx/views/collection/filter"
)

// columns are those of an imaginary list, and things what is in it.
func columns() []filter.Field {
	return []filter.Field{
		{Name: "name"},
		{Name: "type"},
		{Name: "owner"},
		{Name: "status", Kind: filter.Choice, Choices: []string{"available", "maintenance", "not monitored", "unavailable"}},
		{Name: "severity", Kind: filter.Choice, Choices: []string{"WARNING", "MINOR", "MAJOR", "CRITICAL"}},
		{Name: "alarms", Kind: filter.Number},
		{Name: "size", Kind: filter.Bytes},
		{Name: "lastmessage", Kind: filter.Age},
		{Name: "created", Kind: filter.Age},
		{Name: "creator"},
	}
}

type thing struct {
	texts     map[string]string
	alarms    float64
	size      float64
	last      time.Time
	created   time.Time
	fragments map[string]string
}

// noon is when the filters below are asked.
var noon = time.Date(2026, time.March, 2, 12, 0, 0, 0, time.Local)

var things = map[string]thing{
	"press": {
		texts:  map[string]string{"name": "Press 07", "type": "c8y_Linux", "owner": "device_1", "status": "available", "severity": "MAJOR"},
		alarms: 3, size: 2_000_000, last: noon.Add(-4 * time.Second), created: noon.AddDate(0, 0, -3),
		fragments: map[string]string{"c8y_Hardware.model": "RPi 4B", "c8y_Position.alt": "112.5", "c8y_Ops": `["c8y_Restart","c8y_Command"]`, "c8y_Seen.at": "2026-03-02T11:00:00.000Z", "c8y_IsDevice": "{}"},
	},
	"truck": {
		texts: map[string]string{"name": "Truck [a-z(*", "type": "hv_Truck", "owner": "", "status": "unavailable", "severity": "WARNING"},
		size:  4096, created: noon.Add(-time.Hour),
		fragments: map[string]string{"c8y_Hardware.model": "X9", "c8y_Position.alt": "9"},
	},
	"pump": {
		texts:  map[string]string{"name": "PÜMP 12", "type": "c8y_linux", "owner": "jane", "status": "not monitored", "severity": "CRITICAL"},
		alarms: 12, size: 20_000, last: noon.Add(-3 * time.Hour), created: time.Date(2026, time.March, 1, 8, 0, 0, 0, time.Local),
	},
}

// pass returns which things pass a filter.
func pass(f *filter.Filter) string {
	var passed []string
	for name, th := range things {
		if passes(f, th) {
			passed = append(passed, name)
		}
	}
	slices.Sort(passed)
	return strings.Join(passed, " ")
}

func passes(f *filter.Filter, th thing) bool {
	all := ""
	for _, c := range columns() {
		all += strings.ToLower(th.texts[c.Name]) + "\n"
	}
	for i := range f.Terms {
		t, ok := &f.Terms[i], false
		switch {
		case t.Word != "":
			ok = t.Folded(all)
		case t.Path != "":
			ok = t.Fragment(th.fragments[t.Path], noon)
		default:
			switch c := columns()[t.Field]; c.Name {
			case "alarms":
				ok = t.Number(th.alarms, th.alarms > 0)
			case "size":
				ok = t.Number(th.size, true)
			case "lastmessage":
				ok = t.Time(th.last, noon)
			case "created":
				ok = t.Time(th.created, noon)
			default:
				ok = t.Text(th.texts[c.Name])
			}
		}
		if !ok {
			return false
		}
	}
	return true
}

func TestWhatIsTypedIsWhatPasses(t *testing.T) {
	for typed, want := range map[string]string{
		"":                    "press pump truck",
		"press":               "press",
		"PRESS 07":            "press",
		"pümp":                "pump",
		"!press":              "pump truck",
		"!":                   "press pump truck",
		"c8y_ !press":         "pump",
		`"not monitored"`:     "pump",
		`!"not monitored"`:    "press truck",
		`"not moni`:           "pump", // the quote is not closed yet
		"[a-z(*":              "truck",
		"a.*b":                "",
		"alarms>3":            "pump",
		"alarms>=3":           "press pump",
		"alarms<12":           "press",
		"alarms=12":           "pump",
		"alarms!=12":          "press truck",
		"alarms=":             "truck",
		"alarms!=":            "press pump",
		"!alarms>3":           "press truck",
		"alarms>-1":           "press pump",
		"size>1MB":            "press",
		"size>=20kB":          "press pump",
		"size<4KiB":           "",
		"size<=4KiB":          "truck",
		"size=4096":           "truck",
		"last<1h":             "press", // a beginning that only one column has
		"last>1h":             "pump",
		"last=":               "truck",
		"last!=":              "press pump",
		"created>2d":          "press",
		"created<2d":          "pump truck",
		"created>2026-03-01":  "truck",
		"created<2026-03-01":  "press",
		"created=2026-03-01":  "pump",
		"created!=2026-03-01": "press truck",
		"created>=2026-03-01 created<2026-03-02T11:00": "pump",
		"type=c8y_Linux":                     "press pump",
		"type=c8y":                           "",
		"type=c8y*":                          "press pump",
		"type=*truck":                        "truck",
		"type=*y*n*":                         "press pump",
		"type=*":                             "press pump truck",
		"type!=c8y*":                         "truck",
		"type~LIN":                           "press pump",
		"type!~lin":                          "truck",
		"name>=press name<press*9":           "press",
		"name<press 7":                       "",
		`name="press 07"`:                    "press",
		"name='press 07'":                    "press",
		"owner=":                             "truck",
		"owner!=":                            "press pump",
		"owner!=jane":                        "press truck",
		"severity>=MAJOR":                    "press pump",
		"severity<major":                     "truck",
		"severity=critical":                  "pump",
		"severity=*M*":                       "press",
		"severity~a":                         "press pump truck",
		"status!=available":                  "pump truck",
		`status="not monitored"`:             "pump",
		"c8y_Hardware.model=RPi*":            "press",
		"c8y_Hardware.model!=RPi*":           "pump truck",
		"c8y_Hardware.model=":                "pump",
		"c8y_Hardware.model!=":               "press truck",
		"!c8y_Hardware.model~x":              "press pump",
		"c8y_Position.alt>100":               "press",
		"c8y_Position.alt<100":               "truck", // as numbers, not as texts
		"c8y_Position.alt=9.0":               "truck",
		"c8y_Ops=c8y_Restart":                "press",
		"c8y_Ops!=c8y_Restart":               "pump truck",
		"c8y_Ops~command":                    "press",
		"c8y_IsDevice=":                      "pump truck",
		"c8y_IsDevice!=":                     "press",
		"c8y_Nothing.at.all=x":               "",
		"c8y_Seen.at>10y":                    "press", // no span of ours: a text that begins with 2026
		"c8y_Seen.at>2026-01-01":             "press",
		"alarms>0 press q: name eq 'Presse'": "press",
		"http://x":                           "",
		"it's":                               "",
		"=x":                                 "",
	} {
		f, err := filter.Parse(typed, columns(), true)
		if err != nil {
			t.Errorf("%q: %v", typed, err)
			continue
		}
		if got := pass(f); got != want {
			t.Errorf("%q lets pass: %s; want %s", typed, got, want)
		}
	}
}

func TestWhatIsNoFilterSaysWhy(t *testing.T) {
	for typed, want := range map[string]struct {
		half bool
		said string
	}{
		"alarms>":            {true, "alarms> wants a number"},
		"alarms>-":           {true, "alarms wants a number, not -"},
		"alarms>x":           {false, "alarms wants a number, not x"},
		"alarms~3":           {false, "alarms is a number, to be compared with ="},
		"size>1XB":           {false, "a size such as 4096"},
		"size>MB":            {false, "a size such as 4096"},
		"last<":              {true, "lastmessage< wants an age such as 90s"},
		"last<1":             {true, "an age such as 90s"},
		"last<2026-0":        {true, "an age such as 90s"},
		"last<soon":          {false, "not soon"},
		"last=1h":            {false, "lastmessage<1h for younger"},
		"last~1h":            {false, "lastmessage is an age"},
		"severity>=MAJ":      {true, "severity is WARNING, MINOR, MAJOR or CRITICAL"},
		"severity>=XXX":      {false, "severity wants WARNING, MINOR, MAJOR or CRITICAL, not XXX"},
		"severity>=":         {true, "severity>= wants WARNING"},
		"status=avail":       {true, "status is available"},
		"name~":              {true, "name~ wants a text"},
		"cre=x":              {false, "cre may be created or creator"},
		"foo=1":              {false, "no column is called foo: there are name, type"},
		"press foo=1 status": {false, "no column is called foo"},
		"c8y_Hardware>":      {true, "c8y_Hardware> wants"},
	} {
		f, err := filter.Parse(typed, columns(), true)
		var problem *filter.Problem
		if !errors.As(err, &problem) {
			t.Errorf("%q: no problem, but %v", typed, f)
			continue
		}
		if problem.Half != want.half || !strings.Contains(problem.Text, want.said) {
			t.Errorf("%q: half %v, %q; want %v, %q in it", typed, problem.Half, problem.Text, want.half, want.said)
		}
	}
	if _, err := filter.Parse("c8y_Hardware.model=x", columns(), false); err == nil {
		t.Error("a kind without documents has fragments")
	}
}

func TestTheRestIsForTheTenant(t *testing.T) {
	for typed, want := range map[string]string{
		"q: name eq 'a b'":             "name eq 'a b'",
		"alarms>0 q:  has(c8y_X) ":     "has(c8y_X)",
		"q:":                           "",
		"press q: x eq 'q: y' alarms>": "x eq 'q: y' alarms>",
	} {
		f, err := filter.Parse(typed, columns(), true)
		if err != nil || !f.Asks || f.Query != want {
			t.Errorf("%q: %v, asks %v for %q; want %q", typed, err, f.Asks, f.Query, want)
		}
	}
	for _, typed := range []string{"iq:x", `"q: x"`, "q", "sq:"} {
		if f, _ := filter.Parse(typed, columns(), true); f.Asks {
			t.Errorf("%q asks for %q", typed, f.Query)
		}
	}
}

func TestNarrowing(t *testing.T) {
	for _, tc := range []struct {
		before, now string
		want        bool
	}{
		{"", "p", true},
		{"p", "pr", true},
		{"pr", "p", false},
		{"pr", "pr alarms>1", true},
		{"pr alarms>1", "press alarms>1", true},
		{"pr alarms>1", "press alarms>2", false},
		{"!pr", "!p", true},
		{"!p", "!pr", false},
		{"p", "!p", false},
		{"type=a*", "type=ab*", false}, // true, but not seen easily
	} {
		before, _ := filter.Parse(tc.before, columns(), true)
		now, _ := filter.Parse(tc.now, columns(), true)
		if got := now.Narrows(before); got != tc.want {
			t.Errorf("%q after %q narrows: %v", tc.now, tc.before, got)
		}
	}
}

func TestCompletion(t *testing.T) {
	v := filter.Vocabulary{
		Fields: columns(),
		Paths:  []string{"c8y_Availability", "c8y_Availability.status", "c8y_Hardware", "c8y_Hardware.model", "c8y_Hardware.serialNumber"},
		Values: func(field int, path string) []string {
			if path == "c8y_Availability.status" {
				return []string{"AVAILABLE", "UNAVAILABLE"}
			}
			if field == 1 {
				return []string{"c8y_Linux", "hv press"}
			}
			return nil
		},
	}
	for _, tc := range []struct{ typed, want string }{
		{"sta|", "status"},
		{"press s|", "status severity size"},
		{"!s|", "status severity size"},
		{"c8|", "c8y_Availability c8y_Hardware"},
		{"c8y_Hardware.|", "c8y_Hardware.model c8y_Hardware.serialNumber"},
		{"c8y_Availability.status=|", "AVAILABLE UNAVAILABLE"},
		{"c8y_Availability.status=un|", "UNAVAILABLE"},
		{"c8y_Availability.status~AIL|", "AVAILABLE UNAVAILABLE"},
		{"severity>=|", "WARNING MINOR MAJOR CRITICAL"},
		{"severity>=m|", "MINOR MAJOR"},
		{"type=h|", `"hv press"`},
		{`type="h|`, `"hv press"`},
		{"status=not|", `"not monitored"`},
		{"alarms>|", ""},
		{"sta| x", "status"},
		{"[a|", ""},
		{"q: na|", ""},
	} {
		cursor := strings.IndexByte(tc.typed, '|')
		typed := strings.Replace(tc.typed, "|", "", 1)
		c := filter.Complete(typed, cursor, v)
		if got := strings.Join(c.Options, " "); got != tc.want {
			t.Errorf("%q offers %s, want %s", tc.typed, got, tc.want)
			continue
		}
		for _, o := range c.Options { // what is taken can be read
			if _, err := filter.Parse(typed[:c.From]+o+typed[c.To:], columns(), true); err != nil && strings.ContainsAny(typed, "=~<>") {
				t.Errorf("%q becomes %q: %v", tc.typed, typed[:c.From]+o+typed[c.To:], err)
			}
		}
	}
}

func TestMatchesAreMarkedInTheirColumn(t *testing.T) {
	f, err := filter.Parse(`press type=c8y_*nux name~7 severity=major c8y_Hardware.model=rpi* !truck`, columns(), true)
	if err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct {
		field int
		path  string
		cell  string
		want  string
	}{
		{0, "", "Press 07 press", "Press|7|press"},
		{1, "", "c8y_Linux press", "c8y_|nux|press"},
		{2, "", "c8y_Linux 7 truck", ""},
		{4, "", "▲ major", "major"},
		{-1, "c8y_Hardware.model", "RPi 4B", "RPi"},
		{-1, "c8y_Hardware.serial", "RPi 4B", ""},
	} {
		var got []string
		for _, r := range f.AppendMatches(nil, tc.field, tc.path, safe(tc.cell)) {
			got = append(got, tc.cell[r.Start:r.End])
		}
		if strings.Join(got, "|") != tc.want {
			t.Errorf("%d%s %q: %q, want %s", tc.field, tc.path, tc.cell, got, tc.want)
		}
	}
}
