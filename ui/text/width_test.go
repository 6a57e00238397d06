package text_test

import (
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/charmbracelet/x/ansi"

	"c8yx/ui/text"
)

func TestWidthAgreesWithTheRenderer(t *testing.T) {
	// Every character, alone and before and after others of all kinds: the
	// shortcuts that Width takes must not differ from the segmenter anywhere.
	for r := range characters {
		if unicode.IsControl(r) {
			continue
		}
		for _, s := range []string{"ä" + string(r) + "漢", "각" + string(r), string(r) + "\u0301"} {
			if got, want := text.Width(text.Safe(s)), ansi.StringWidth(s); got != want {
				t.Fatalf("Width(%+q) = %d, the renderer says %d", s, got, want)
			}
		}
	}
}

func TestFitTakesExactlyTheWidth(t *testing.T) {
	tests := []struct {
		s     text.Safe
		width int
		align text.Align
		want  text.Safe
	}{
		{"Press", 5, text.Left, "Press"},
		{"Press", 8, text.Left, "Press   "},
		{"Press", 8, text.Right, "   Press"},
		{"Press", 8, text.Center, " Press  "},
		{"Press", 4, text.Left, "Pre…"},
		{"Press", 4, text.Right, "Pre…"},
		{"Press", 1, text.Left, "…"},
		{"Press", 0, text.Left, ""},
		{"Press", -3, text.Left, ""},
		{"", 3, text.Left, "   "},
		{"印刷機", 6, text.Left, "印刷機"},
		{"印刷機", 5, text.Left, "印刷…"},
		{"印刷機", 4, text.Left, "印… "}, // half a character cannot be shown
		{"印刷機", 1, text.Left, "…"},
		{"e\u0301te\u0301", 2, text.Left, "e\u0301…"},
		{"👨👩👧", 5, text.Right, "👨👩…"},
		{"🇩🇪🇫🇷", 3, text.Left, "🇩🇪…"},
	}
	for _, tt := range tests {
		if got := text.Fit(tt.s, tt.width, tt.align); got != tt.want {
			t.Errorf("Fit(%q, %d, %d) = %q, want %q", tt.s, tt.width, tt.align, got, tt.want)
		}
	}
}

func TestCutShowsAWindowOfALine(t *testing.T) {
	tests := []struct {
		s           text.Safe
		from, width int
		want        text.Safe
	}{
		{"0123456789", 0, 4, "0123"},
		{"0123456789", 3, 4, "3456"},
		{"0123456789", 8, 4, "89"},
		{"0123456789", 20, 4, ""},
		{"0123456789", -5, 2, "01"},
		{"0123456789", 2, 0, ""},
		{"印刷機", 2, 2, "刷"},
		{"印刷機", 1, 4, " 刷 "}, // both edges run through a character
		{"印刷機", 1, 1, " "},
	}
	for _, tt := range tests {
		if got := text.Cut(tt.s, tt.from, tt.width); got != tt.want {
			t.Errorf("Cut(%q, %d, %d) = %q, want %q", tt.s, tt.from, tt.width, got, tt.want)
		}
	}
}

func TestWrapBreaksAtSpacesAndInsideLongWords(t *testing.T) {
	tests := []struct {
		s     text.Safe
		width int
		want  string
	}{
		{"", 10, ""},
		{"short", 10, "short"},
		{"the pump has stopped", 10, "the pump|has|stopped"},
		{"the pump has stopped", 8, "the pump|has|stopped"},
		{"hydraulics", 4, "hydr|auli|cs"},
		{"a hydraulics", 4, "a|hydr|auli|cs"},
		{"印刷機が停止", 5, "印刷|機が|停止"},
		{"印a", 1, "印|a"},
		{"ab", 0, "a|b"},
		{"ends ", 4, "ends"},
	}
	for _, tt := range tests {
		var lines []string
		for _, line := range text.Wrap(tt.s, tt.width) {
			lines = append(lines, string(line))
		}
		if got := strings.Join(lines, "|"); got != tt.want {
			t.Errorf("Wrap(%q, %d) = %q, want %q", tt.s, tt.width, got, tt.want)
		}
	}
}

func BenchmarkWidth(b *testing.B) {
	for _, bb := range []struct {
		name string
		s    text.Safe
	}{
		{"ascii", "Press 07, hall 3, plant Hamburg"},
		{"latin", "Prüfstand für Größen über Süd"},
		{"han", "東京工場第三生産線印刷機械七号"},
		{"emoji", "👨👩👧 🇩🇪 ❤ 👍 🚀 ok ok ok ok"},
	} {
		// Both sides in one run: what the renderer's own function takes.
		b.Run(bb.name, func(b *testing.B) {
			const rounds = 20_000
			start := time.Now()
			for range rounds {
				ansi.StringWidth(string(bb.s))
			}
			theirs := float64(time.Since(start)) / rounds
			for b.Loop() {
				text.Width(bb.s)
			}
			b.ReportMetric(theirs*float64(b.N)/float64(b.Elapsed()), "times-faster")
		})
	}
}

func BenchmarkClean(b *testing.B) {
	for name, s := range map[string]string{
		"ascii":   "Press 07, hall 3, plant Hamburg",
		"latin":   "Prüfstand für Größen über Süd",
		"hostile": "\x1b[31mPress\u202e 07\u200b\n",
		"100KB":   strings.Repeat("Press 07 ", 100_000/9),
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				text.Clean(s)
			}
		})
	}
}
