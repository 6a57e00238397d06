package text_test

import (
	"testing"
	"time"

	"c8yx/ui/text"
)

func TestAgeSaysHowLongAgoInOneUnit(t *testing.T) {
	const day = 24 * time.Hour
	tests := []struct {
		d         time.Duration
		span, age text.Safe
	}{
		{-time.Hour, "0s", "in 1h"},
		{-time.Minute, "0s", "in 1m"},
		{-59 * time.Second, "0s", "now"}, // clocks differ
		{0, "0s", "now"},
		{999 * time.Millisecond, "0s", "now"},
		{4 * time.Second, "4s", "4s ago"},
		{59*time.Second + 999*time.Millisecond, "59s", "59s ago"},
		{time.Minute, "1m", "1m ago"},
		{2*time.Hour + 59*time.Minute, "2h", "2h ago"},
		{47 * time.Hour, "47h", "47h ago"},
		{2 * day, "2d", "2d ago"},
		{13 * day, "13d", "13d ago"},
		{15 * day, "2w", "2w ago"},
		{400 * day, "1y", "1y ago"},
		{1<<63 - 1, "292y", "292y ago"},
	}
	for _, tt := range tests {
		if got := text.Span(tt.d); got != tt.span {
			t.Errorf("Span(%v) = %q, want %q", tt.d, got, tt.span)
		}
		if got := text.Age(tt.d); got != tt.age {
			t.Errorf("Age(%v) = %q, want %q", tt.d, got, tt.age)
		}
	}
}

func TestBytesRoundsToWhatASizeIsReadFor(t *testing.T) {
	for n, want := range map[int64]text.Safe{
		0: "0 B", 730: "730 B", 999: "999 B", 1000: "1.0 kB", 4200: "4.2 kB", 9949: "9.9 kB", 9950: "10 kB",
		73_000_000: "73 MB", 999_499: "999 kB", 999_500: "1.0 MB", 1 << 40: "1.1 TB", 1<<63 - 1: "9.2 EB", -4200: "-4.2 kB",
	} {
		if got := text.Bytes(n); got != want {
			t.Errorf("Bytes(%d) = %q, want %q", n, got, want)
		}
	}
}

func TestCountSetsThousandsApart(t *testing.T) {
	for n, want := range map[int]text.Safe{
		0: "0", 999: "999", 1000: "1,000", 12431: "12,431", 1234567: "1,234,567", -999: "-999", -100000: "-100,000",
	} {
		if got := text.Count(n); got != want {
			t.Errorf("Count(%d) = %q, want %q", n, got, want)
		}
	}
}
