package text_test

import (
	"slices"
	"testing"

	"c8yx/ui/text"
)

func TestAppendMatchesFindsAWordInAnyCase(t *testing.T) {
	tests := []struct {
		s    text.Safe
		word string
		want []string
	}{
		{"Press 07 press", "press", []string{"Press", "press"}},
		{"Press", "PRESS", []string{"Press"}},
		{"aaaa", "aa", []string{"aa", "aa"}},
		{"Prüfstand SÜD", "süd", []string{"SÜD"}},
		{"ΣΊΣΥΦΟΣ", "σίσυφος", []string{"ΣΊΣΥΦΟΣ"}},
		{"200 K", "k", []string{"K"}}, // the Kelvin sign is a k in another width
		{"印刷機", "刷", []string{"刷"}},
		{"Press", "", nil},
		{"Press", "Presses", nil},
		{"[", "{", nil}, // differ in the bit that tells letter cases apart
		{"@", "`", nil},
	}
	for _, tt := range tests {
		var got []string
		for _, r := range text.AppendMatches(nil, tt.s, tt.word) {
			got = append(got, string(tt.s[r.Start:r.End]))
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%q in %q: %q, want %q", tt.word, tt.s, got, tt.want)
		}
		if found := text.Contains(tt.s, tt.word); found != (len(tt.want) > 0 || tt.word == "") {
			t.Errorf("Contains(%q, %q) = %v", tt.s, tt.word, found)
		}
	}
}
