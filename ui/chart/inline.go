package chart

import (
	"math"
	"strings"

	"c8yx/ui/text"
)

// Sparkline returns values as a line of blocks in exactly width cells, the last
// value at the right. Many values share a cell and the highest of them is shown;
// what is NaN or infinite leaves a gap. The lowest value of all has the lowest
// block, the highest the highest.
func Sparkline(values []float64, width int) text.Safe {
	low, high := math.Inf(1), math.Inf(-1)
	for _, v := range values {
		if finite(v) {
			low, high = min(low, v), max(high, v)
		}
	}
	return SparklineIn(values, low, high, width)
}

// SparklineIn is [Sparkline] on a given scale: counts begin at 0, percentages
// end at 100. Values outside are drawn at the ends of the scale.
func SparklineIn(values []float64, low, high float64, width int) text.Safe {
	const blocks = "▁▂▃▄▅▆▇█"
	const size = len("▁")
	if width <= 0 {
		return ""
	}
	cells := min(width, len(values))
	var b strings.Builder
	b.WriteString(strings.Repeat(" ", width-cells))
	for i := range cells {
		top, ok := math.Inf(-1), false
		for _, v := range values[i*len(values)/cells : (i+1)*len(values)/cells] {
			if finite(v) {
				top, ok = max(top, v), true
			}
		}
		if !ok {
			b.WriteByte(' ')
			continue
		}
		n := int(math.Round(7 * share(top, low, high)))
		b.WriteString(blocks[n*size : (n+1)*size])
	}
	return text.Clean(b.String())
}

// Bar returns a horizontal bar in exactly width cells that is filled by value
// out of most, to an eighth of a cell. Something is never drawn as nothing.
func Bar(value, most float64, width int) text.Safe {
	const eighths = "▏▎▍▌▋▊▉█"
	const size = len("▏")
	if width <= 0 {
		return ""
	}
	n := 0
	if finite(value) && value > 0 && most > 0 {
		n = max(1, int(math.Round(share(value, 0, most)*float64(8*width))))
	}
	bar := strings.Repeat("█", n/8)
	if rest := n % 8; rest > 0 {
		bar += eighths[(rest-1)*size : rest*size]
	}
	return text.Fit(text.Clean(bar), width, text.Left)
}

// share returns where a value is between low (0) and high (1); in the middle if
// they are the same.
func share(v, low, high float64) float64 {
	if !(high > low) {
		return 0.5
	}
	return max(0, min((v/2-low/2)/(high/2-low/2), 1))
}

// finite reports whether a value is a number.
func finite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }
