package measurements

import (
	"strings"
	"testing"
	"time"

	"c8yx/views/place"
)

func TestWindowsOfPlaces(t *testing.T) {
	now := time.Date(2026, 3, 19, 12, 0, 0, 0, time.UTC)
	for written, want := range map[string]struct {
		window window
		wrong  string
	}{
		"measurements/1":          {window: window{length: time.Hour}},
		"measurements/1?last=90m": {window: window{length: 90 * time.Minute}},
		"measurements/1?from=2026-03-19T10:00:00Z&to=2026-03-19T10:30:00Z": {window: window{length: 30 * time.Minute, to: now.Add(-90 * time.Minute)}},
		"measurements/1?from=2026-03-19T10:00:00Z":                         {window: window{length: 2 * time.Hour, to: now}},
		"measurements/1?from=2026-03-19T10:00:00Z&last=30m":                {window: window{length: 30 * time.Minute, to: now.Add(-90 * time.Minute)}},
		"measurements/1?to=2026-03-19T10:00:00Z&last=30m":                  {window: window{length: 30 * time.Minute, to: now.Add(-2 * time.Hour)}},
		"measurements/1?to=2026-03-19T10:00:00Z":                           {window: window{length: time.Hour, to: now.Add(-2 * time.Hour)}},
		"measurements/1?hours=3":                                           {wrong: "known are from, last, series, to"},
		"measurements/1?last=soon":                                         {wrong: "is no span of time"},
		"measurements/1?from=yesterday":                                    {wrong: "is no time"},
		"measurements/1?from=2026-03-19T12:00:00Z&to=2026-03-19T10:00:00Z": {wrong: "has to end after it begins"},
		"measurements/1?from=1700-01-01&to=2026-01-01":                     {wrong: "within a hundred years"},
		"measurements/1?from=2026-03-19&to=2026-03-20&last=1h":             {wrong: "two of from, to and last"},
	} {
		t.Run(written, func(t *testing.T) {
			p, err := place.Parse(written)
			if err != nil {
				t.Fatal(err)
			}
			w, err := windowOf(p, now)
			switch {
			case want.wrong != "":
				if err == nil || !strings.Contains(err.Error(), want.wrong) {
					t.Errorf("error %v, want %q in it", err, want.wrong)
				}
			case err != nil:
				t.Error(err)
			case w.length != want.window.length || !w.to.Equal(want.window.to):
				t.Errorf("window %v, want %v", w, want.window)
			}
		})
	}
}

// A date without a zone is the user's.
func TestDatesAreTheUsers(t *testing.T) {
	p, _ := place.Parse("measurements/1?from=2026-03-19&to=2026-03-20")
	w, err := windowOf(p, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	if want := time.Date(2026, 3, 20, 0, 0, 0, 0, time.Local); !w.to.Equal(want) {
		t.Errorf("the window ends %v, want %v", w.to, want)
	}
}

// What a view says of itself opens the same window again.
func TestWindowsSurviveTheirPlace(t *testing.T) {
	now := time.Date(2026, 3, 19, 12, 0, 0, 0, time.UTC)
	for _, w := range []window{
		{length: time.Hour},
		{length: 5 * time.Minute},
		{length: 365 * 24 * time.Hour},
		{length: 90 * time.Minute, to: now},
	} {
		end := now
		if !w.follows() {
			end = w.to
		}
		p, err := place.Parse(w.put(place.At("measurements", "1"), end.Add(-w.length), end).String())
		if err != nil {
			t.Fatal(err)
		}
		back, err := windowOf(p, now)
		if err != nil || back.length != w.length || !back.to.Equal(w.to) {
			t.Errorf("%v became %v by %s (%v)", w, back, p, err)
		}
	}
}

func TestZoomingGoesThroughAllSteps(t *testing.T) {
	steps := lengths()
	shortest, longest := steps[0], steps[len(steps)-1]
	at := longest
	for range steps {
		at = zoomed(at, false)
	}
	if at != shortest {
		t.Errorf("zooming in ends at %v, want %v", at, shortest)
	}
	for range steps {
		at = zoomed(at, true)
	}
	if at != longest {
		t.Errorf("zooming out ends at %v, want %v", at, longest)
	}
	if got := zoomed(100*time.Minute, true); got != 3*time.Hour {
		t.Errorf("a window between two steps grows to %v, want 3h", got)
	}
}
