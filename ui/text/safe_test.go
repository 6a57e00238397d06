package text_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"

	"c8yx/ui/text"
)

func TestCleanShowsOrDropsWhatMustNotReachATerminal(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"plain", "Press 07", "Press 07"},
		{"empty", "", ""},
		{"scripts", "Prüfstand 印刷機 Пресс مضخة", "Prüfstand 印刷機 Пресс مضخة"},
		{"combining marks", "e\u0301te\u0301", "e\u0301te\u0301"},
		{"escape sequence", "\x1b[2J\x1b]0;pwned\a", "␛[2J␛]0;pwned␇"},
		{"C1 introducer", "\u009b31mred", "�31mred"},
		{"C1 introducer as a raw byte", "\x9b31mred", "�31mred"},
		{"delete and backspace", "a\x7fb\bc", "a␡b␈c"},
		{"null", "a\x00b", "a␀b"},
		{"tab", "a\tb", "a b"},
		{"line breaks", "a\nb\r\nc\rd\u2028e\u0085f", "a↵b↵c↵d↵e↵f"},
		{"bidi override", "abc\u202egnp.exe", "abc�gnp.exe"},
		{"bidi isolates", "\u2066a\u2069", "�a�"},
		{"direction marks", "א\u200f!\u200e", "א!"},
		{"zero width", "pay\u200bpal\ufeff\u2060\u00ad", "paypal"},
		{"invisible letters", "a\u3164b\u115fc\u034fd", "abcd"},
		{"tags", "a\U000e0041\U000e007f", "a"},
		{"variation selector", "❤\ufe0f", "❤"},
		{"emoji family", "👨\u200d👩\u200d👧", "👨👩👧"},
		{"skin tone", "👍🏽", "👍"},
		{"flag", "🇩🇪", "🇩🇪"},
		{"invalid UTF-8", "a\xff\xfe\xfdb", "a�b"},
		{"cut off UTF-8", "a\xe6\x97", "a�"},
		{"a replacement character", "a\ufffdb", "a\ufffdb"},
		{"non-character", "a\ufffeb", "a�b"},
		{"mark without a base", "\u0301abc", "abc"},
		{"only marks", "\u0301\u0302", ""},
		{"vowel sign without a base", "\u093eabc", "abc"},
		{"zalgo", "Z" + strings.Repeat("\u0300", 40) + "x", "Z\u0300\u0300\u0300\u0300x"},
		{"marks behind what was dropped", "a\u200b\u0301", "a\u0301"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := text.Clean(tt.in)
			if string(got) != tt.want {
				t.Errorf("Clean(%q) = %q, want %q", tt.in, got, tt.want)
			}
			mustBeHarmless(t, got)
		})
	}
}

func TestCleanMakesEveryCharacterHarmless(t *testing.T) {
	for r := range characters {
		mustBeHarmless(t, text.Clean("a"+string(r)+"\u0301"+string(r)))
		mustBeHarmless(t, text.Clean(string(r)))
	}
}

// characters yields all characters of Unicode, of large uniform blocks (Han,
// Hangul, private use, what is not assigned yet) every 97th.
func characters(yield func(rune) bool) {
	for r := rune(0); r <= unicode.MaxRune; r++ {
		uniform := r >= 0x3400 && r < 0xA000 || r >= 0xAC00 && r < 0xF900 || r >= 0x12000 && r < 0x16000 ||
			r >= 0x17000 && r < 0x1B000 || r >= 0x20000 && r < 0xE0000 || r >= 0xE0200
		if uniform && r%97 != 0 || r >= 0xD800 && r < 0xE000 {
			continue
		}
		if !yield(r) {
			return
		}
	}
}

func TestCleanBoundsTheLength(t *testing.T) {
	for name, in := range map[string]string{
		"ascii":        strings.Repeat("a", 100_000),
		"three bytes":  strings.Repeat("漢", 40_000),
		"off by one":   "a" + strings.Repeat("é", 40_000),
		"just over":    strings.Repeat("a", text.MaxBytes+1),
		"growing":      strings.Repeat("\x01", text.MaxBytes), // pictures take three bytes
		"all dropped":  strings.Repeat("\u200b", 100_000),
		"marks":        "a" + strings.Repeat("\u0301", 100_000),
		"all invalid":  strings.Repeat("\xff", 100_000),
		"cut in emoji": strings.Repeat("a", text.MaxBytes-2) + "😀😀",
	} {
		got := text.Clean(in)
		if len(got) > text.MaxBytes || !strings.HasSuffix(string(got), string(text.Ellipsis)) {
			t.Errorf("%s: %d bytes, ends in %q", name, len(got), got[max(0, len(got)-8):])
		}
		mustBeHarmless(t, got)
	}
	whole := strings.Repeat("a", text.MaxBytes)
	if got := text.Clean(whole); string(got) != whole {
		t.Errorf("a text of exactly the limit was cut to %d bytes", len(got))
	}
}

func TestCleanReturnsTextThatNeedsNothingWithoutACopy(t *testing.T) {
	for _, s := range []string{"Press 07", "Prüfstand Süd", "東京工場の印刷機", "Насос №4", "● 3 alarms …", "مضخة"} {
		if allocs := testing.AllocsPerRun(100, func() { text.Clean(s) }); allocs != 0 {
			t.Errorf("Clean(%q) allocates %v times", s, allocs)
		}
	}
}

func TestLinesKeepsTheLinesOfAMessage(t *testing.T) {
	got := text.Lines("first\r\n\n\x1b[1mthird\n")
	want := []text.Safe{"first", "", "␛[1mthird", ""}
	if len(got) != len(want) {
		t.Fatalf("got %q", got)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("line %d: got %q, want %q", i, got[i], want[i])
		}
	}
}

func TestLinesBoundsTheirNumber(t *testing.T) {
	whole := text.Lines(strings.Repeat("\n", text.MaxLines-1))
	if len(whole) != text.MaxLines || whole[text.MaxLines-1] != "" {
		t.Errorf("%d lines, the last %q", len(whole), whole[len(whole)-1])
	}
	cut := text.Lines(strings.Repeat("\n", 1_000_000))
	if len(cut) != text.MaxLines || cut[text.MaxLines-1] != text.Ellipsis {
		t.Errorf("%d lines, the last %q", len(cut), cut[len(cut)-1])
	}
}

// mustBeHarmless fails the test if s could do anything but be read.
func mustBeHarmless(t *testing.T, s text.Safe) {
	t.Helper()
	if !utf8.ValidString(string(s)) {
		t.Fatalf("%q is not valid UTF-8", s)
	}
	for _, r := range string(s) {
		if unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp, unicode.Bidi_Control, unicode.Variation_Selector) {
			t.Fatalf("%q contains %U", s, r)
		}
	}
	if again := text.Clean(string(s)); again != s {
		t.Fatalf("cleaned twice, %q became %q", s, again)
	}
	// Side by side with anything, widths add up.
	if got, want := ansi.StringWidth(" "+string(s)+" "), text.Width(s)+2; got != want {
		t.Fatalf("%q merges with its neighbours: %d cells, want %d", s, got, want)
	}
}

func FuzzCleanAndFit(f *testing.F) {
	for _, s := range []string{
		"Press 07", "\x1b[31m\u202e", "日本語ｶﾞ", "👨\u200d👩\u200d👧🏽🇩🇪🇩", "e\u0301\u0301\u0301\u0301\u0301", "स्ते நி กำ",
		"\u1100\u1161\u11a8", "a\r\n\tb", "\xff\xe6\x97", "\u0600a\u0d4e", "1\ufe0f\u20e3", "\u0301", "©\ufe0f", "\U000113d1",
	} {
		for width := range 4 {
			f.Add(s, 3*width, uint8(width))
		}
	}
	f.Fuzz(func(t *testing.T, s string, width int, align uint8) {
		clean := text.Clean(s)
		mustBeHarmless(t, clean)
		if got, want := text.Width(clean), ansi.StringWidth(string(clean)); got != want {
			t.Fatalf("%q is %d cells wide, the renderer says %d", clean, got, want)
		}
		width %= 200
		fitted := text.Fit(clean, width, text.Align(align%3))
		if got := ansi.StringWidth(string(fitted)); got != max(width, 0) {
			t.Fatalf("%q fitted into %d cells takes %d: %q", clean, width, got, fitted)
		}
		if got := text.Width(text.Cut(clean, width/2, width)); got > max(width, 0) {
			t.Fatalf("a window of %d cells shows %d", width, got)
		}
		for _, line := range text.Wrap(clean, width) {
			if text.Width(line) > max(width, 2) {
				t.Fatalf("%q wrapped at %d has a line %q", clean, width, line)
			}
		}
	})
}
