package config

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// table is a part of the file whose settings are taken one by one.
type table struct {
	reader *reader
	name   string
	nth    int
	values map[string]any
	taken  []string
	faults int
}

// take returns the value of a setting, nil if there is none.
func (t *table) take(key string) any {
	t.taken = append(t.taken, key)
	return t.values[key]
}

// wrong notes a mistake at a setting.
func (t *table) wrong(key, says string) {
	t.faults++
	row := t.reader.outline.find(t.name, t.nth, key)
	t.reader.add(row, t.reader.outline[row].column, says)
}

func (t *table) text(key string) string {
	switch value := t.take(key).(type) {
	case nil:
		return ""
	case string:
		if strings.ContainsFunc(value, func(r rune) bool { return r < ' ' || r == 0x7f }) {
			t.wrong(key, key+" holds a control character")
			return ""
		}
		return strings.TrimSpace(value)
	default:
		t.wrong(key, key+` is a text: write it in quotes`)
		return ""
	}
}

func (t *table) flag(key string) bool {
	switch value := t.take(key).(type) {
	case nil:
		return false
	case bool:
		return value
	default:
		t.wrong(key, key+" is true or false, without quotes")
		return false
	}
}

// oneOf returns a text that is one of some, otherwise if there is none.
func (t *table) oneOf(key, otherwise string, choices ...string) string {
	value := t.text(key)
	switch {
	case value == "":
		return otherwise
	case slices.Contains(choices, value):
		return value
	}
	t.wrong(key, fmt.Sprintf("%s is one of %s%s", key, strings.Join(choices, ", "), didYouMean(value, choices)))
	return otherwise
}

// rest notes all settings that nobody has taken.
func (t *table) rest() {
	for _, key := range slices.Sorted(maps.Keys(t.values)) {
		if slices.Contains(t.taken, key) {
			continue
		}
		says := fmt.Sprintf("there is no setting %q here%s", key, didYouMean(key, t.taken))
		if secretive.MatchString(key + "=") {
			says = "no secret belongs into this file, which others may read: c8yx asks for it, and keeps sign-ins in the keyring"
		}
		t.wrong(key, says)
	}
}

// didYouMean names the choice that differs in no more than two letters.
func didYouMean(written string, choices []string) string {
	best, fewest := "", 3
	for _, choice := range choices {
		if d := distance(strings.ToLower(written), choice); d < fewest {
			best, fewest = choice, d
		}
	}
	if best == "" {
		return ""
	}
	return fmt.Sprintf("; did you mean %q?", best)
}

// distance counts the letters to insert, remove or replace to turn one text into the other.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
