package form

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"c8yx/theme"
	"c8yx/ui/input"
	"c8yx/ui/text"
)

// Text is a line of text; it is what a field has that names no input.
func Text() Input { return textInput{} }

// Secret is a line that shows dots. Its value is [Values.Hidden].
func Secret() Input { return secretInput{} }

// Number is a line for a number between two limits.
func Number(low, high float64) Input { return numberInput{low: low, high: high} }

// Whole is a line for a whole number between two limits.
func Whole(low, high int) Input {
	return numberInput{low: float64(low), high: float64(high), whole: true}
}

// Date is a line for a point in time: "2026-03-02 14:00" in local time, RFC 3339,
// "now", or how far it is from now, "+2h" or "-3d".
func Date() Input { return dateInput{} }

type (
	textInput   struct{}
	secretInput struct{}
	numberInput struct {
		low, high float64
		whole     bool
	}
	dateInput struct{}
)

func (textInput) open(f Field) entry { return newLine(f) }

func (secretInput) open(f Field) entry {
	l := newLine(f)
	l.line.Secret()
	return l
}

func (n numberInput) open(f Field) entry { return &numberLine{line: newLine(f), numberInput: n} }

func (dateInput) open(f Field) entry { return &dateLine{line: newLine(f)} }

// line is a field of one line.
type line struct{ line *input.Line }

func newLine(f Field) *line {
	l := &line{input.New("", f.Placeholder)}
	l.set(f.Value)
	return l
}

func (l *line) key(msg tea.KeyPressMsg) bool {
	switch msg.String() {
	case "up", "down", "enter":
		return false
	}
	l.line.Key(msg)
	return true
}

func (l *line) paste(s string)     { l.line.Paste(s) }
func (l *line) value() string      { return l.line.Value() }
func (l *line) set(s string)       { l.line.SetValue(s) }
func (l *line) problem() text.Safe { return "" }

func (l *line) draw(th *theme.Theme, width, _ int, focused bool) []string {
	if focused {
		return []string{l.line.Render(th, width)}
	}
	return []string{l.line.Still(th, width)}
}

type numberLine struct {
	*line
	numberInput
}

func (n *numberLine) problem() text.Safe {
	typed := strings.TrimSpace(n.value())
	value, err := strconv.ParseFloat(typed, 64)
	if n.whole {
		var i int
		i, err = strconv.Atoi(typed)
		value = float64(i)
	}
	switch {
	case err != nil && n.whole:
		return "write a whole number"
	case err != nil || value != value:
		return "write a number"
	case value < n.low || value > n.high:
		return text.Clean(fmt.Sprintf("write a number from %s to %s", decimal(n.low), decimal(n.high)))
	}
	return ""
}

func decimal(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }

type dateLine struct{ *line }

func (d *dateLine) problem() text.Safe {
	if _, err := parseTime(d.value(), time.Now()); err != nil {
		return "write 2026-03-02 14:00, now, +2h or -3d"
	}
	return ""
}

// note says how a relative time was understood.
func (d *dateLine) note() text.Safe {
	t, err := parseTime(d.value(), time.Now())
	if err != nil || t.IsZero() {
		return ""
	}
	return text.Clean(t.Local().Format("Mon 2 Jan 2006 15:04:05 MST"))
}

// parseTime reads a point in time; empty is the zero time.
func parseTime(typed string, now time.Time) (time.Time, error) {
	typed = strings.TrimSpace(typed)
	switch {
	case typed == "":
		return time.Time{}, nil
	case typed == "now":
		return now, nil
	case typed[0] == '+', typed[0] == '-':
		return parseRelative(typed, now)
	}
	for _, layout := range []string{time.DateOnly, "2006-01-02 15:04", time.DateTime, "2006-01-02T15:04"} {
		if t, err := time.ParseInLocation(layout, typed, now.Location()); err == nil {
			return t, nil
		}
	}
	return time.Parse(time.RFC3339, typed)
}

// parseRelative reads a sign, a number and a unit of s, m, h, d or w.
func parseRelative(typed string, now time.Time) (time.Time, error) {
	n, err := strconv.Atoi(typed[:len(typed)-1])
	unit, known := map[byte]time.Duration{'s': time.Second, 'm': time.Minute, 'h': time.Hour}[typed[len(typed)-1]]
	days := map[byte]int{'d': 1, 'w': 7}[typed[len(typed)-1]]
	switch {
	case err != nil || !known && days == 0, n > 1_000_000, n < -1_000_000:
		return time.Time{}, fmt.Errorf("%q is no time", typed)
	case days > 0:
		return now.AddDate(0, 0, n*days), nil // a day of 23 hours is a day
	}
	return now.Add(time.Duration(n) * unit), nil
}
