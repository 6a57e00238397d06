package chart_test

import (
	"strings"
	"testing"
	"time"

	"c8yx/theme"
	"c8yx/ui/chart"
	"c8yx/ui/text"
)

func textOf(s string) text.Safe { return text.Clean(s) }

func TestAWindowFollowsUntilItIsMovedAndAgainFromThePresentOn(t *testing.T) {
	c := minute(60, 12, series("x", "", 1, 2))
	c.Follow(time.Hour, noon)
	c.Advance(noon.Add(time.Minute))
	window := func(from, to time.Time, following bool) {
		t.Helper()
		if f, u := c.Window(); !f.Equal(from) || !u.Equal(to) || c.Following() != following {
			t.Errorf("window %s to %s, following %v; want %s to %s, %v", f.UTC(), u.UTC(), c.Following(), from, to, following)
		}
	}
	window(noon.Add(-59*time.Minute), noon.Add(time.Minute), true)
	c.Pan(0.5) // there is nothing ahead
	window(noon.Add(-59*time.Minute), noon.Add(time.Minute), true)
	c.Pan(-0.5)
	c.Advance(noon.Add(2 * time.Minute))
	window(noon.Add(-89*time.Minute), noon.Add(-29*time.Minute), false)
	c.Pan(0.25)
	window(noon.Add(-74*time.Minute), noon.Add(-14*time.Minute), false)
	c.Pan(0.5)
	window(noon.Add(-58*time.Minute), noon.Add(2*time.Minute), true)
	c.Zoom(0.5)
	window(noon.Add(-28*time.Minute), noon.Add(2*time.Minute), true)
}

func TestAWindowShowsAllOfItselfHoweverItLies(t *testing.T) {
	for _, offset := range []time.Duration{0, 1, 333, 999, 12345, 59999} {
		for _, length := range []time.Duration{1000, 1001, 60_000, 3_599_999} {
			from := noon.Add(offset * time.Millisecond)
			to := from.Add(length * time.Millisecond)
			for name, at := range map[string]time.Time{"first": from, "last": to.Add(-time.Millisecond)} {
				s := chart.NewSeries("x", "")
				s.Append(at, 1)
				c := minute(60, 12, s)
				c.SetWindow(from, to)
				if dots(c) != 1 {
					t.Errorf("the %s point of %s to %s is not shown", name, from, to)
				}
			}
		}
	}
}

func TestZoomKeepsWhatIsUnderTheCursor(t *testing.T) {
	c := minute(60, 12, series("x", "", 1, 2))
	c.SetWindow(noon, noon.Add(time.Hour))
	c.Zoom(0.5)
	if from, to := c.Window(); !from.Equal(noon.Add(15*time.Minute)) || to.Sub(from) != 30*time.Minute {
		t.Errorf("without a cursor: %s to %s", from.UTC(), to.UTC())
	}
	c.SetWindow(noon, noon.Add(time.Hour))
	c.PointAt(noon.Add(15 * time.Minute))
	c.Zoom(0.5)
	if from, to := c.Window(); !from.Equal(noon.Add(7*time.Minute+30*time.Second)) || to.Sub(from) != 30*time.Minute {
		t.Errorf("with a cursor: %s to %s", from.UTC(), to.UTC())
	}
}

func TestTheCursorReadsAllSeries(t *testing.T) {
	a := chart.NewSeries("a", "V")
	for i := range 600 {
		v := 5.0
		if i == 301 {
			v = 50
		}
		a.Append(noon.Add(time.Duration(i)*100*time.Millisecond), v)
	}
	slow := chart.NewSeries("slow", "A")
	slow.Append(noon.Add(29*time.Second), 1)
	slow.Append(noon.Add(32*time.Second), 2)
	gone := chart.NewSeries("gone", "W")
	gone.Append(noon, 1)
	c := minute(79, 14, a, slow, gone) // 60 columns of cells
	c.Render(dark)
	if c.Readings() != nil {
		t.Error("readings without a cursor")
	}
	c.PointAt(noon.Add(30 * time.Second))
	screen(c)
	r := c.Readings()
	if !r[0].OK || r[0].Value != 5 || r[0].Min != 5 || r[0].Max != 50 || r[0].Count < 8 || !r[0].At.Equal(noon.Add(30*time.Second)) {
		t.Errorf("fast: %+v", r[0])
	}
	if !r[1].OK || r[1].Value != 1 || !r[1].At.Equal(noon.Add(29*time.Second)) {
		t.Errorf("slow: %+v", r[1])
	}
	if r[2].OK {
		t.Errorf("gone: %+v", r[2])
	}
	lines := strings.Split(screen(c), "\n")
	for _, want := range []string{"Mon 23 Nov 12:00:30", "A a 5 V  5 … 50", "B slow 1 A", "C gone –"} {
		if !strings.Contains(lines[0]+lines[1], want) {
			t.Errorf("%q is missing in %q", want, lines[:2])
		}
	}
}

func TestTheCursorMovesByCellsAndStaysInTheWindow(t *testing.T) {
	c := minute(68, 12, series("x", "", 1, 2)) // 60 cells: one a second
	c.Render(dark)
	at := func(want time.Duration) {
		t.Helper()
		if got, ok := c.Cursor(); !ok || got.Sub(noon).Truncate(time.Second) != want {
			t.Errorf("cursor at %s, want %s", got.Sub(noon), want)
		}
	}
	if _, ok := c.Cursor(); ok {
		t.Error("a cursor before any key")
	}
	c.MoveCursor(-1)
	at(59 * time.Second)
	c.MoveCursor(-10)
	at(49 * time.Second)
	c.MoveCursor(1)
	at(50 * time.Second)
	c.MoveCursor(-1000)
	at(0)
	if !c.Point(8+30, 5) {
		t.Error("the plot does not feel a click")
	}
	at(30 * time.Second)
	if c.Point(0, 5) || c.Point(30, 0) || c.Point(30, 11) {
		t.Error("a click beside the plot was taken for one on it")
	}
	c.HideCursor()
	if _, ok := c.Cursor(); ok {
		t.Error("the cursor is still there")
	}
}

func TestTimeLabels(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Skip("no time zones on this machine")
	}
	at := func(s string) time.Time {
		v, err := time.ParseInLocation("2006-01-02 15:04:05", s, berlin)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	for _, test := range []struct {
		name   string
		from   time.Time
		length time.Duration
		labels string
	}{
		{"a second", at("2026-11-23 12:00:00"), time.Second, "00.000 00.200 23 Nov 12:00:00.400 00.600 00.800 01.000"},
		{"a minute", at("2026-11-23 12:00:00"), time.Minute, "12:00:00 12:00:10 23 Nov 12:00:20 12:00:30 12:00:40 12:00:50"},
		{"an hour", at("2026-11-23 12:00:00"), time.Hour, "12:00 23 Nov 12:10 12:20 12:30 12:40 12:50"},
		{"a day", at("2026-11-23 15:00:00"), 24 * time.Hour, "18:00 24 Nov 06:00 12:00"},
		{"a day when the clocks go back", at("2026-10-25 00:00:00"), 25 * time.Hour, "25 Oct 06:00 12:00 18:00 26 Oct"},
		{"a day when the clocks go forward", at("2026-03-29 00:00:00"), 23 * time.Hour, "29 Mar 06:00 09:00 12:00 15:00 18:00 21:00"},
		{"a week", at("2026-11-23 00:00:00"), 7 * 24 * time.Hour, "23 Nov 24 Nov 25 Nov 26 Nov 27 Nov 28 Nov 29 Nov 30 Nov"},
		{"a month", at("2026-11-01 00:00:00"), 30 * 24 * time.Hour, "2 Nov 9 Nov 16 Nov 23 Nov 30 Nov"},
		{"a year", at("2026-01-01 00:00:00"), 365 * 24 * time.Hour, "Jan 2026 Apr 2026 Jul 2026 Oct 2026 Jan 2027"},
		{"ten years", at("2016-01-01 00:00:00"), 3653 * 24 * time.Hour, "2016 2018 2020 2022 2024 2026"},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := chart.New()
			c.SetZone(berlin)
			c.Resize(88, 10)
			s := chart.NewSeries("x", "")
			s.Append(test.from, 1)
			c.SetSeries(s)
			c.SetWindow(test.from, test.from.Add(test.length))
			lines := strings.Split(screen(c), "\n")
			if got := strings.Join(strings.Fields(lines[9]), " "); got != test.labels {
				t.Errorf("labels\n%q, want\n%q", got, test.labels)
			}
		})
	}
}

func TestThresholdsAreDrawnIfTheyAreInReach(t *testing.T) {
	c := minute(60, 14, series("x", "V", 10, 12, 11))
	c.SetThresholds(
		chart.Threshold{Value: 13, Unit: "V", Label: "high", Role: theme.Major},
		chart.Threshold{Value: 500, Unit: "V", Label: "far", Role: theme.Critical},
		chart.Threshold{Value: 11, Unit: "A", Label: "other", Role: theme.Minor},
	)
	got := screen(c)
	if !strings.Contains(got, "╌ high ╌") || strings.Contains(got, "far") || strings.Contains(got, "other") {
		t.Errorf("on screen:\n%s", got)
	}
}
