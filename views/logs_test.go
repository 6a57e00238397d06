package views

import "testing"

func TestLinesOfALog(t *testing.T) {
	lines := linesOf("energy-0", "2026-03-02T09:00:00.000Z INFO ready\r\n2026-03-02T09:00:01.000Z ERROR boom\n\tat com.example.Main\n\tat com.example.Main\nno time, WARN\n")
	type want struct{ level, text, at string }
	wanted := []want{
		{"INFO", "INFO ready", "09:00:00"},
		{"ERROR", "ERROR boom", "09:00:01"},
		{"", "\tat com.example.Main", "09:00:01"},
		{"", "\tat com.example.Main", "09:00:01"},
		{"WARN", "no time, WARN", "09:00:01"},
	}
	if len(lines) != len(wanted) {
		t.Fatalf("%d lines", len(lines))
	}
	keys := map[string]bool{}
	for i, l := range lines {
		if got := (want{l.level, l.text, l.at.Format("15:04:05")}); got != wanted[i] {
			t.Errorf("line %d: %v, want %v", i, got, wanted[i])
		}
		keys[l.key] = true
	}
	if len(keys) != len(lines) {
		t.Error("two lines have the same key")
	}
}
