package chart_test

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"c8yx/theme"
	"c8yx/ui/chart"
)

// sample is a point as the naive side keeps it.
type sample struct {
	at    time.Time
	value float64
}

// three returns three series of the given number of points over an hour, for
// both sides of a benchmark.
func three(points int) (own []*chart.Series, plain [][]sample) {
	step := time.Hour / time.Duration(points)
	for n := range 3 {
		s := chart.NewSeries(textOf(fmt.Sprint("series ", n)), "V")
		list := make([]sample, points)
		for i := range points {
			list[i] = sample{noon.Add(time.Duration(i) * step), math.Sin(float64(i*(n+1))/float64(points)*20) + math.Sin(float64(i))/10}
			s.Append(list[i].at, list[i].value)
		}
		own, plain = append(own, s), append(plain, list)
	}
	return own, plain
}

// naive draws a chart the obvious way: each point is mapped to a dot and
// connected with the one before, each cell is rendered in a style.
func naive(th *theme.Theme, all [][]sample, width, height int) string {
	from, to := noon, noon.Add(time.Hour)
	low, high := math.Inf(1), math.Inf(-1)
	for _, list := range all {
		for _, p := range list {
			low, high = min(low, p.value), max(high, p.value)
		}
	}
	cells, owner := make([]rune, width*height), make([]int, width*height)
	for n, list := range all {
		lastX, lastY := -1.0, 0.0
		for _, p := range list {
			x := float64(p.at.Sub(from)) / float64(to.Sub(from)) * float64(2*width-1)
			y := (high - p.value) / (high - low) * float64(4*height-1)
			if lastX < 0 {
				lastX, lastY = x, y
			}
			steps := int(max(math.Abs(x-lastX), math.Abs(y-lastY))) + 1
			for i := range steps + 1 {
				part := float64(i) / float64(steps)
				dx, dy := int(lastX+(x-lastX)*part), int(lastY+(y-lastY)*part)
				at := dy/4*width + dx/2
				cells[at] |= [4][2]rune{{1, 8}, {2, 16}, {4, 32}, {64, 128}}[dy%4][dx%2]
				owner[at] = n
			}
			lastX, lastY = x, y
		}
	}
	var b strings.Builder
	for i, dots := range cells {
		if i > 0 && i%width == 0 {
			b.WriteByte('\n')
		}
		b.WriteString(th.Style(theme.SeriesRole(owner[i])).Render(string(0x2800 + dots)))
	}
	return b.String()
}

// BenchmarkFirstFrame draws three series that were never drawn before. The
// metric naive/own says how many times longer drawing point by point takes.
// Budget at 100,000 points: 5 ms.
func BenchmarkFirstFrame(b *testing.B) {
	for _, points := range []int{100, 10_000, 100_000} {
		b.Run(fmt.Sprint(points), func(b *testing.B) {
			own, plain := three(points)
			c := minute(200, 50)
			b.ReportAllocs()
			for b.Loop() {
				c.SetSeries(own...) // forgets the columns
				c.SetWindow(noon, noon.Add(time.Hour))
				c.Render(dark)
			}
			took := b.Elapsed() / time.Duration(b.N)
			const rounds = 3
			start := time.Now()
			for range rounds {
				if naive(dark, plain, 200, 50) == "" {
					b.Fatal("the naive side did nothing")
				}
			}
			b.ReportMetric(float64(time.Since(start))/rounds/float64(took), "naive/own")
		})
	}
}

// BenchmarkLive appends a point to each of three series, moves the window with
// the time and draws: what a live chart costs, whatever was there before.
func BenchmarkLive(b *testing.B) {
	for _, points := range []int{100, 10_000, 100_000} {
		b.Run(fmt.Sprint(points), func(b *testing.B) {
			own, _ := three(points)
			c := minute(200, 50, own...)
			now := noon.Add(time.Hour)
			c.Follow(time.Hour, now)
			c.Render(dark)
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				now = now.Add(time.Second)
				for n, s := range own {
					s.Append(now, math.Sin(float64(i*(n+1))/100))
				}
				c.Advance(now)
				c.Render(dark)
			}
		})
	}
}

// BenchmarkUnchanged asks for a frame that was drawn already. Budget: 20 µs.
func BenchmarkUnchanged(b *testing.B) {
	own, _ := three(100_000)
	c := minute(200, 50, own...)
	c.SetWindow(noon, noon.Add(time.Hour))
	c.Render(dark)
	b.ReportAllocs()
	for b.Loop() {
		c.Render(dark)
	}
}

// BenchmarkCursor moves the cursor by one cell and draws.
func BenchmarkCursor(b *testing.B) {
	own, _ := three(100_000)
	c := minute(200, 50, own...)
	c.SetWindow(noon, noon.Add(time.Hour))
	c.Render(dark)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		c.MoveCursor(1 - 2*(i/100%2))
		c.Render(dark)
	}
}

// BenchmarkSparkline draws 1,000 values into 20 cells.
func BenchmarkSparkline(b *testing.B) {
	values := make([]float64, 1000)
	for i := range values {
		values[i] = math.Sin(float64(i) / 50)
	}
	b.ReportAllocs()
	for b.Loop() {
		chart.Sparkline(values, 20)
	}
}
