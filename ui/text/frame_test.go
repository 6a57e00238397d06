package text_test

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"c8yx/theme"
	"c8yx/ui/text"
)

const red, blue = "\x1b[31m", "\x1b[34m"

func TestFrameFillsEveryLineToItsWidth(t *testing.T) {
	var f text.Frame
	f.Reset(10)
	f.Line("")
	f.Write(red, "clipped at the edge")
	f.Line("")
	f.Field("", "left", 6, text.Left)
	f.Field("", "right", 6, text.Right)
	f.Line(blue)
	f.BlankTo(3)
	f.Write("", "印刷機")
	f.Line("")
	got := ansi.Strip(f.String())
	want := strings.Join([]string{"clipped a…", "left  rig…", "       印…", "          "}, "\n")
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestFrameSwitchesStylesOnlyWhereTheyChange(t *testing.T) {
	var f text.Frame
	f.Reset(8)
	f.Line("")
	f.Write(red, "ab")
	f.Write(red, "cd")
	f.Blank(2)
	f.Line(blue)
	f.Write(blue, "x")
	want := red + "abcd" + theme.Reset + "    \n" + blue + "x       " + theme.Reset
	if got := f.String(); got != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestFrameKeepsPaddingOutOfTheStyle(t *testing.T) {
	var f text.Frame
	f.Reset(6)
	f.Line("")
	f.Field(red, "ab", 6, text.Center)
	if got, want := f.String(), "  "+red+"ab"+theme.Reset+"  "; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestFrameMarksRanges(t *testing.T) {
	tests := []struct {
		name   string
		ranges []text.Range
		want   string
	}{
		{"inside", []text.Range{{1, 3}}, "a" + red + "bc" + theme.Reset + "de…"},
		{"across the cut", []text.Range{{4, 8}}, "abcd" + red + "e" + theme.Reset + "…"},
		{"beyond the cut", []text.Range{{6, 8}}, "abcde…"},
		{"overlapping", []text.Range{{0, 2}, {1, 3}}, red + "ab" + theme.Reset + "cde…"},
		{"nonsense", []text.Range{{3, 1}, {-4, 2}, {90, 99}}, "abcde…"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var f text.Frame
			f.Reset(6)
			f.Line("")
			f.MarkedField("", "abcdefgh", 6, text.Left, tt.ranges, red)
			if got := f.String(); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestFrameOfNoWidthIsEmpty(t *testing.T) {
	var f text.Frame
	f.Reset(-1)
	f.Line(blue)
	f.Write(red, "x")
	f.Line(blue)
	if got := f.String(); got != "\n" {
		t.Errorf("got %q", got)
	}
}
