package chart

import (
	"math"
	"slices"
	"time"

	"c8yx/theme"
	"c8yx/ui/text"
)

// Threshold is a horizontal line at a value, such as a limit.
type Threshold struct {
	Value float64
	// Unit chooses the axis: the line is drawn only if a series has it.
	Unit  text.Safe
	Label text.Safe
	Role  theme.Role
}

// Chart draws series over a window of time in a rectangle. Make one with [New];
// give it a window with [Chart.Follow] or [Chart.SetWindow].
type Chart struct {
	width, height int
	zone          *time.Location
	series        []*Series
	samplers      []sampler
	scales        []scale // one for each unit, in the order of the series
	thresholds    []Threshold
	maxGap        int64
	legendless    bool

	from, to int64 // the window, in milliseconds
	now      int64
	follow   bool
	cursor   int64
	pointing bool // there is a cursor

	grid     grid
	area     area
	canvas   canvas
	frame    text.Frame
	drawn    string
	themed   *theme.Theme
	versions []int // of the series, when drawn
	current  bool
}

// New returns an empty chart.
func New() *Chart {
	return &Chart{zone: time.Local, to: time.Hour.Milliseconds()}
}

// Resize sets the size of the rectangle in cells.
func (c *Chart) Resize(width, height int) {
	width, height = max(0, width), max(0, height)
	if width != c.width || height != c.height {
		c.refit() // other heights have room for other ticks
	}
	c.width, c.height = width, height
}

// SetZone sets the time zone of the labels; the local one if it is never
// called.
func (c *Chart) SetZone(zone *time.Location) {
	c.zone, c.current = zone, false
}

// SetSeries sets what is drawn, the most important first. A series keeps its
// colour by its place in the list.
func (c *Chart) SetSeries(series ...*Series) {
	c.series = slices.Clone(series)
	c.samplers = make([]sampler, len(series))
	var scales []scale
	for i, s := range series {
		c.samplers[i] = sampler{series: s, epoch: -1}
		if unitAt(scales, s.unit) >= 0 {
			continue
		}
		if was := unitAt(c.scales, s.unit); was >= 0 {
			scales = append(scales, c.scales[was])
		} else {
			scales = append(scales, scale{unit: s.unit})
		}
	}
	c.scales, c.versions, c.current = scales, make([]int, len(series)), false
}

// unitAt returns the place of the scale for a unit, -1 if there is none.
func unitAt(scales []scale, unit text.Safe) int {
	return slices.IndexFunc(scales, func(s scale) bool { return s.unit == unit })
}

// HideLegend leaves the legend away, for an owner that says beside the chart what
// the series are and tells them apart by [theme.SeriesRole] and letters: A for the
// first.
func (c *Chart) HideLegend() {
	c.legendless, c.current = true, false
}

// SetThresholds sets the horizontal lines.
func (c *Chart) SetThresholds(lines ...Threshold) {
	c.thresholds, c.current = slices.Clone(lines), false
}

// SetMaxGap sets the time beyond which two points are not connected. Zero, the
// default, works it out from how far apart the points usually are.
func (c *Chart) SetMaxGap(d time.Duration) {
	c.maxGap, c.current = max(0, d.Milliseconds()), false
}

// FixY fixes the axis of a unit, which must belong to a series. A range that is
// none makes the axis follow the values again.
func (c *Chart) FixY(unit text.Safe, low, high float64) {
	i := unitAt(c.scales, unit)
	if i < 0 {
		return
	}
	c.scales[i] = scale{unit: unit}
	if low < high && low >= -huge && high <= huge {
		c.scales[i] = scale{unit: unit, lo: low, hi: high, fixed: true}
	}
	c.current = false
}

// refit lets the axes fit themselves anew, whatever they showed before.
func (c *Chart) refit() {
	for i := range c.scales {
		c.scales[i].fitted = math.Inf(1)
	}
	c.current = false
}

// scaleOf returns the scale of a series and its place: 0 is named on the left, 1
// on the right, the others nowhere.
func (c *Chart) scaleOf(s *Series) (*scale, int) {
	i := unitAt(c.scales, s.unit)
	return &c.scales[i], i
}

// Render returns the chart in exactly height lines of exactly width cells.
// Nothing changed gives the same string again.
func (c *Chart) Render(th *theme.Theme) string {
	if c.clean() && c.themed == th {
		return c.drawn
	}
	c.themed = th
	c.layout()
	c.sample()
	c.fit()
	c.draw()
	c.drawn = c.frame.String()
	c.current = true
	for i, s := range c.series {
		c.versions[i] = s.version
	}
	return c.drawn
}

// clean reports whether nothing has changed since the last Render.
func (c *Chart) clean() bool {
	if !c.current {
		return false
	}
	for i, s := range c.series {
		if s.version != c.versions[i] {
			return false
		}
	}
	return true
}

// sample brings the columns of all series up to date.
func (c *Chart) sample() {
	c.grid = c.gridNow()
	for i := range c.samplers {
		c.samplers[i].update(c.grid)
	}
}

// fit fits each scale to the values of its series and to the thresholds that
// are not too far off to be worth the room.
func (c *Chart) fit() {
	for n := range c.scales {
		low, high := math.Inf(1), math.Inf(-1)
		for i, s := range c.series {
			if _, at := c.scaleOf(s); at != n {
				continue
			}
			if l, h, ok := c.samplers[i].extent(); ok {
				low, high = min(low, l), max(high, h)
			}
		}
		if low > high && !c.scales[n].fixed {
			continue
		}
		reach := high - low
		for _, t := range c.thresholds {
			if t.Unit == c.scales[n].unit && t.Value >= low-reach && t.Value <= high+reach {
				low, high = min(low, t.Value), max(high, t.Value)
			}
		}
		c.scales[n].fit(low, high, min(8, max(1, c.area.height/3)))
	}
}
