package chart_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"

	"c8yx/theme"
	"c8yx/ui/chart"
)

var (
	dark = theme.New(theme.Standard, true)
	noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	nan  = math.NaN()
)

// series returns a series with a value each second from noon on.
func series(name, unit string, values ...float64) *chart.Series {
	s := chart.NewSeries(textOf(name), textOf(unit))
	for i, v := range values {
		s.Append(noon.Add(time.Duration(i)*time.Second), v)
	}
	return s
}

// minute returns a chart of the minute from noon on.
func minute(width, height int, all ...*chart.Series) *chart.Chart {
	c := chart.New()
	c.SetZone(time.UTC)
	c.Resize(width, height)
	c.SetSeries(all...)
	c.SetWindow(noon, noon.Add(time.Minute))
	return c
}

// screen returns what a user sees, without colours and without the blanks at
// the ends of lines.
func screen(c *chart.Chart) string {
	lines := strings.Split(ansi.Strip(c.Render(dark)), "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return strings.Join(lines, "\n")
}

// expect compares what is on screen with a picture of it.
func expect(t *testing.T, c *chart.Chart, picture string) {
	t.Helper()
	if got, want := screen(c), strings.Trim(picture, "\n"); got != want {
		t.Errorf("on screen:\n%s\nwant:\n%s", got, want)
	}
}

// checkFrame fails unless the frame is exactly as large as asked for.
func checkFrame(t *testing.T, c *chart.Chart, width, height int) {
	t.Helper()
	frame := c.Render(dark)
	lines := strings.Split(frame, "\n")
	if height == 0 && frame == "" {
		return
	}
	if len(lines) != height {
		t.Fatalf("%d lines, want %d", len(lines), height)
	}
	for n, line := range lines {
		if got := ansi.StringWidth(line); got != width {
			t.Fatalf("%dx%d: line %d is %d cells wide: %q", width, height, n, got, line)
		}
	}
}

// dots returns how many cells of the frame hold dots.
func dots(c *chart.Chart) int {
	n := 0
	for _, r := range screen(c) {
		if r > 0x2800 && r <= 0x28FF {
			n++
		}
	}
	return n
}

func TestAWholeChart(t *testing.T) {
	temperature := chart.NewSeries("c8y_Temperature.T", "°C")
	humidity := chart.NewSeries("c8y_Humidity.H", "%")
	outside := chart.NewSeries("outside", "°C")
	from := noon.Add(-time.Hour)
	for i := 0; i < 3600; i += 5 {
		at, x := from.Add(time.Duration(i)*time.Second), float64(i)
		temperature.Append(at, 20+3*math.Sin(x/400)+0.4*math.Sin(x*x))
		if i < 1000 || i > 1500 {
			humidity.Append(at, 50+20*math.Cos(x/700))
		}
		if i%60 == 0 {
			mean := 13 + math.Sin(x/900)
			outside.AppendBand(at, mean-1, mean, mean+2)
		}
	}
	temperature.Append(noon.Add(-30*time.Minute), 29) // a spike that arrives late
	c := chart.New()
	c.SetZone(time.FixedZone("CET", 3600))
	c.Resize(110, 24)
	c.SetSeries(temperature, humidity, outside)
	c.SetThresholds(chart.Threshold{Value: 27, Unit: "°C", Label: "limit", Role: theme.Major})
	c.Follow(time.Hour, noon)
	c.Render(dark)
	c.MoveCursor(0)
	c.MoveCursor(-40)
	golden.RequireEqual(t, screen(c)+"\n")
}

func TestASmallChart(t *testing.T) {
	values := make([]float64, 60)
	for i := range values {
		values[i] = float64(i)
	}
	expect(t, minute(40, 8, series("load", "%", values...)), `
A load 59 %  min 0 max 59
    100┤
       │
       │                     ⣀⣀⡠⠤⠤⠔⠒⠒⠊⠉⠁
       │          ⣀⣀⡠⠤⠤⠒⠒⠒⠊⠉⠉
      0┤⣀⡠⠤⠤⠒⠒⠒⠊⠉⠉
       └┬──────────────┬───────────────┬
      % 23 Nov 12:00:00         12:01:00
`)
}

func TestASpikeSurvivesAnyNumberOfNeighbours(t *testing.T) {
	const points = 100_000
	s := chart.NewSeries("pressure", "bar")
	step := time.Hour / points
	for i := range points {
		v := 1.0
		if i == 77_777 {
			v = 9
		}
		s.Append(noon.Add(time.Duration(i)*step), v)
	}
	c := minute(50, 12, s)
	c.SetWindow(noon, noon.Add(time.Hour))
	lines := strings.Split(screen(c), "\n")
	if !strings.ContainsFunc(lines[2], func(r rune) bool { return r > 0x2800 && r <= 0x28FF }) {
		t.Errorf("the spike does not reach the top:\n%s", screen(c))
	}
	if !strings.Contains(lines[0], "max 9") {
		t.Errorf("the legend does not know the spike: %s", lines[0])
	}
}

func TestGapsStayGaps(t *testing.T) {
	full := make([]float64, 60)
	holed := make([]float64, 60)
	for i := range full {
		full[i], holed[i] = 5, 5
		if i >= 20 && i < 40 {
			holed[i] = nan
		}
	}
	missing := chart.NewSeries("x", "")
	for i := range 60 {
		if i < 20 || i >= 40 {
			missing.Append(noon.Add(time.Duration(i)*time.Second), 5)
		}
	}
	whole := dots(minute(60, 5, series("x", "", full...)))
	for name, s := range map[string]*chart.Series{"NaN": series("x", "", holed...), "no points": missing} {
		if got := dots(minute(60, 5, s)); got > whole*3/4 || got < whole/2 {
			t.Errorf("%s: %d cells drawn of %d", name, got, whole)
		}
	}
	c := minute(60, 5, missing)
	c.SetMaxGap(time.Minute)
	if got := dots(c); got != whole {
		t.Errorf("a gap that is allowed is drawn in %d cells of %d", got, whole)
	}
	c.Resize(250, 5)
	c.SetMaxGap(500 * time.Millisecond)
	if got := dots(c); got != 40 {
		t.Errorf("%d cells drawn for 40 points of which no two belong together", got)
	}
}

func TestALineGoesOnBeyondTheWindow(t *testing.T) {
	s := chart.NewSeries("slow", "")
	s.Append(noon.Add(-time.Hour), 0)
	s.Append(noon.Add(time.Hour), 10)
	c := minute(40, 6, s)
	c.FixY("", 0, 10)
	if got := dots(c); got < 30 {
		t.Errorf("only %d cells drawn:\n%s", got, screen(c))
	}
	c.MoveCursor(0)
	if r := c.Readings(); !r[0].OK {
		t.Error("the cursor reads nothing on a line that passes through")
	}
	s.Append(noon.Add(-30*time.Minute), nan)
	if got := dots(c); got != 0 {
		t.Errorf("%d cells drawn through a break", got)
	}
}

func TestPointsMayComeInAnyOrder(t *testing.T) {
	values := make([]float64, 60)
	for i := range values {
		values[i] = math.Sin(float64(i) / 5)
	}
	sorted := minute(60, 10, series("x", "", values...))
	mixed := chart.NewSeries("x", "")
	c := minute(60, 10, mixed)
	for n, i := range rand.New(rand.NewPCG(1, 2)).Perm(60) {
		mixed.Append(noon.Add(time.Duration(i)*time.Second), values[i])
		if n%20 == 0 {
			c.Render(dark)
		}
	}
	// Both fit their axis to the whole: what the axis showed before the last
	// points came does not count.
	c.FixY("", -1, 1)
	sorted.FixY("", -1, 1)
	if got, want := screen(c), screen(sorted); got != want {
		t.Errorf("mixed:\n%s\nsorted:\n%s", got, want)
	}
}

// Whatever happened to a chart, it looks like one that was made just now.
func TestALiveChartLooksLikeAFreshOne(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for round := range 8 {
		live, s := chart.New(), chart.NewSeries("x", "V")
		type sample struct {
			at    time.Time
			value float64
		}
		var all []sample
		now := noon
		live.SetZone(time.UTC)
		live.Resize(70, 14)
		live.SetSeries(s)
		live.FixY("V", -10, 10)
		live.Follow(2*time.Minute, now)
		for range 200 {
			switch random.IntN(12) {
			case 0:
				live.Pan(random.Float64() - 0.5)
			case 1:
				live.Zoom(0.5 + random.Float64())
			case 2:
				live.Follow(2*time.Minute, now)
			case 3:
				s.DropBefore(now.Add(-5 * time.Minute))
				kept := all[:0]
				for _, p := range all {
					if !p.at.Before(now.Add(-5 * time.Minute)) {
						kept = append(kept, p)
					}
				}
				all = kept
			default:
				now = now.Add(time.Duration(random.IntN(3000)) * time.Millisecond)
				at, value := now, 8*math.Sin(float64(now.Unix())/20)
				if random.IntN(20) == 0 {
					at = at.Add(-time.Duration(random.IntN(60)) * time.Second)
				}
				if random.IntN(20) == 0 {
					value = nan
				}
				at = at.Truncate(time.Millisecond)
				s.Append(at, value)
				all = append(all, sample{at, value})
				live.Advance(now)
			}
			live.Render(dark)
		}
		fresh, copied := chart.New(), chart.NewSeries("x", "V")
		for _, p := range all {
			copied.Append(p.at, p.value)
		}
		fresh.SetZone(time.UTC)
		fresh.Resize(70, 14)
		fresh.SetSeries(copied)
		fresh.FixY("V", -10, 10)
		from, to := live.Window()
		if live.Following() {
			fresh.Follow(to.Sub(from), to)
		} else {
			fresh.SetWindow(from, to)
		}
		if got, want := screen(live), screen(fresh); got != want {
			t.Fatalf("round %d, live:\n%s\nfresh:\n%s", round, got, want)
		}
	}
}

func TestTheAxisDoesNotJumpWithEachValue(t *testing.T) {
	s := series("x", "", 0, 100)
	c := minute(40, 12, s)
	axis := func() string {
		var labels []string
		for _, line := range strings.Split(screen(c), "\n") {
			if before, _, ok := strings.Cut(line, "┤"); ok {
				labels = append(labels, strings.TrimSpace(before))
			}
		}
		return strings.Join(labels, " ")
	}
	want := axis()
	for i := range 30 {
		s.Append(noon.Add(time.Duration(i+2)*time.Second), 50+40*math.Sin(float64(i)))
		s.DropBefore(noon.Add(time.Duration(i-10) * time.Second))
		if got := axis(); got != want {
			t.Fatalf("the axis went from %s to %s", want, got)
		}
	}
	s.Append(noon.Add(35*time.Second), 400)
	if got := axis(); !strings.HasPrefix(got, "400") {
		t.Errorf("the axis does not grow: %s", got)
	}
	s.Clear()
	for i := range 30 {
		s.Append(noon.Add(time.Duration(i)*time.Second), 20+float64(i)/10)
	}
	if got := axis(); got == want || strings.Contains(got, "400") {
		t.Errorf("the axis does not shrink: %s", got)
	}
}

func TestAxesAndUnits(t *testing.T) {
	a, b, d := series("A", "°C", 10, 20), series("B", "%", 1, 2), series("C", "bar", 1000, 2000)
	c := minute(90, 12, a, b, d)
	got := screen(c)
	for _, want := range []string{"20┤", "├2", "°C", "%", "(1000 … 2000)"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is missing in\n%s", want, got)
		}
	}
	c.FixY("°C", 0, 50)
	if got := screen(c); !strings.Contains(got, "50┤") {
		t.Errorf("the axis is not fixed:\n%s", got)
	}
	c.FixY("°C", 5, 5)
	if got := screen(c); !strings.Contains(got, "20┤") {
		t.Errorf("the axis does not follow the values again:\n%s", got)
	}
	c.FixY("no such unit", 0, 1)
}

func TestSeriesAreToldApartWithoutColour(t *testing.T) {
	got := screen(minute(60, 12, series("one", "", 0, 1, 2), series("two", "", 9, 8, 7)))
	lines := strings.Split(got, "\n")
	if !strings.Contains(lines[0], "A one") || !strings.Contains(lines[0]+lines[1], "B two") {
		t.Errorf("the legend does not name both: %q", lines[:2])
	}
	ends := map[string]bool{}
	for _, line := range lines[2:] {
		ends[line[len(line)-1:]] = true
	}
	if !ends["A"] || !ends["B"] {
		t.Errorf("the lines do not end in their letters:\n%s", got)
	}
}

func TestNoData(t *testing.T) {
	expect(t, minute(40, 4), `
       │
       │           no series
       │
        23 Nov 12:00:00         12:01:00`)
	if got := screen(minute(60, 8, chart.NewSeries("x", ""))); !strings.Contains(got, "no data") {
		t.Errorf("an empty series shows\n%s", got)
	}
	c := minute(80, 8, series("x", "", 1, 2, 3))
	c.SetWindow(noon.Add(time.Hour), noon.Add(2*time.Hour))
	if got := screen(c); !strings.Contains(got, "no data in this window · latest 23 Nov 2026 12:00:02") {
		t.Errorf("data elsewhere shows\n%s", got)
	}
}

func TestTheSameFrameComesForNothing(t *testing.T) {
	s := series("x", "", 1, 2, 3)
	c := minute(60, 12, s)
	c.Follow(time.Minute, noon.Add(3*time.Second))
	before := c.Render(dark)
	if n := testing.AllocsPerRun(10, func() {
		c.Advance(noon.Add(3*time.Second + time.Millisecond))
		c.Render(dark)
	}); n != 0 {
		t.Errorf("%v allocations for an unchanged frame", n)
	}
	s.Append(noon.Add(3*time.Second), 3)
	if c.Render(dark) == before {
		t.Error("a new point does not show")
	}
	if c.Render(theme.New(theme.Standard, false)) == c.Render(dark) {
		t.Error("another theme gives the same frame")
	}
}

func TestEveryFrameFillsItsRectangle(t *testing.T) {
	band := chart.NewSeries("band", "K")
	band.AppendBand(noon, 1, 2, 3)
	band.AppendBand(noon.Add(30*time.Second), nan, 5, math.Inf(1))
	all := map[string][]*chart.Series{
		"nothing":      nil,
		"empty":        {chart.NewSeries("", "")},
		"one point":    {series("x", "", 42)},
		"equal":        {series("x", "", 7, 7, 7, 7)},
		"zero":         {series("x", "", 0, 0)},
		"not a number": {series("x", "", nan, math.Inf(1), math.Inf(-1), 3)},
		"huge":         {series("x", "", math.MaxFloat64, -math.MaxFloat64, 1)},
		"tiny":         {series("x", "", 5e-324, 0, -5e-324)},
		"close":        {series("x", "", 1e15, 1e15+1, 1e15)},
		"six": {
			series("a", "A", 1, 2), series("b", "B", 1, 2), series("c", "C", 1, 2),
			series("日本語の名前", "°C", 1, 2), series(strings.Repeat("long ", 50), "E", 1, 2), band,
		},
	}
	for name, list := range all {
		for _, size := range [][2]int{{0, 0}, {1, 1}, {0, 9}, {9, 0}, {2, 2}, {7, 3}, {30, 4}, {49, 8}, {80, 24}, {250, 70}} {
			t.Run(fmt.Sprintf("%s/%dx%d", name, size[0], size[1]), func(t *testing.T) {
				c := minute(size[0], size[1], list...)
				c.SetThresholds(chart.Threshold{Value: 1.5, Label: "limit"}, chart.Threshold{Value: nan}, chart.Threshold{Value: 3, Unit: "K"})
				for _, step := range []func(){
					func() {},
					func() { c.MoveCursor(-3) },
					func() { c.Zoom(0.01) },
					func() { c.Zoom(1e9) },
					func() { c.Zoom(nan) },
					func() { c.Pan(-1e9) },
					func() { c.Follow(0, noon) },
					func() { c.Follow(1<<62, noon.Add(time.Minute)) },
					func() { c.Advance(time.Time{}) },
					func() { c.SetWindow(noon.Add(time.Hour), noon) },
					func() { c.SetWindow(time.Time{}, time.Unix(1<<40, 0)) },
					func() { c.PointAt(time.Time{}) },
					func() { c.Point(5, 5) },
					func() { c.HideCursor() },
				} {
					step()
					checkFrame(t, c, size[0], size[1])
					c.Readings()
				}
			})
		}
	}
}
