package chart_test

import (
	"math"
	"testing"

	"c8yx/ui/chart"
	"c8yx/ui/text"
)

func TestSparkline(t *testing.T) {
	for _, test := range []struct {
		values []float64
		width  int
		want   text.Safe
	}{
		{[]float64{0, 1, 2, 3, 4, 5, 6, 7}, 8, "▁▂▃▄▅▆▇█"},
		{[]float64{7, 0}, 4, "  █▁"},
		{[]float64{0, nan, math.Inf(1), 7}, 4, "▁  █"},
		{[]float64{0, 0, 9, 0, 0, 0}, 3, "▁█▁"}, // the peak is kept
		{[]float64{3, 3, 3}, 3, "▅▅▅"},
		{[]float64{-math.MaxFloat64, math.MaxFloat64}, 2, "▁█"},
		{nil, 3, "   "},
		{[]float64{1}, 0, ""},
		{[]float64{1}, -1, ""},
	} {
		if got := chart.Sparkline(test.values, test.width); got != test.want {
			t.Errorf("%v in %d cells: %q, want %q", test.values, test.width, got, test.want)
		}
	}
	if got := chart.SparklineIn([]float64{5, 20, -3}, 0, 10, 3); got != "▅█▁" {
		t.Errorf("on a given scale: %q", got)
	}
}

func TestBar(t *testing.T) {
	for _, test := range []struct {
		value, most float64
		width       int
		want        text.Safe
	}{
		{0, 10, 4, "    "},
		{5, 10, 4, "██  "},
		{10, 10, 4, "████"},
		{20, 10, 4, "████"},
		{1, 1e6, 4, "▏   "},
		{5.5, 10, 4, "██▎ "},
		{-1, 10, 4, "    "},
		{nan, 10, 4, "    "},
		{1, 0, 4, "    "},
		{1, nan, 2, "  "},
		{1, 1, 0, ""},
	} {
		if got := chart.Bar(test.value, test.most, test.width); got != test.want {
			t.Errorf("%v of %v in %d cells: %q, want %q", test.value, test.most, test.width, got, test.want)
		}
	}
}

func TestNumber(t *testing.T) {
	for v, want := range map[float64]text.Safe{
		0: "0", 21.4372: "21.44", 1013.25: "1013.2", 30: "30", -0.5: "-0.5", 0.00123456: "0.001235",
		12345678: "12345678", 1.5e12: "1.5e+12", 4.2e-7: "4.2e-07", math.Inf(1): "–",
	} {
		if got := chart.Number(v); got != want {
			t.Errorf("%v is written %s, want %s", v, got, want)
		}
	}
}
