package measurements

import (
	"slices"
	"time"

	"c8yx/theme"
	"c8yx/ui/chart"
	"c8yx/ui/table"
	"c8yx/ui/text"
	"c8yx/views/show"
)

// values is the table of the values in the window: a row for each time, the newest
// first, and a column for each series that is shown. It is made only while it is
// seen.
type values struct {
	*table.Table
	on      bool
	stale   bool // the rows have to be made anew
	version uint64
	columns []*series
	times   []time.Time
	cells   []sample // len(columns) for each time, without a time where there is none
	theme   *theme.Theme
}

// start makes the table.
func (t *values) start() {
	t.Table = table.New(theme.New(theme.Standard, true), t.titles(), t)
	t.SetEmpty(table.Cell{Text: "No values in this window.", Role: theme.Muted})
}

// Len returns the number of rows.
func (t *values) Len() int { return len(t.times) }

// Row returns the state of a row: there is nothing to mark.
func (t *values) Row(int) table.Row { return table.Row{} }

// Cell returns what a series was at a time.
func (t *values) Cell(row, column int) table.Cell {
	if column == 0 {
		return table.Cell{Text: show.Moment(t.times[row]), Role: theme.Muted}
	}
	p := t.cells[row*len(t.columns)+column-1]
	switch {
	case p.at.IsZero():
		return table.Cell{}
	case p.low < p.high:
		return table.Cell{Text: chart.Number(p.value) + "  " + chart.Number(p.low) + " … " + chart.Number(p.high)}
	}
	return table.Cell{Text: chart.Number(p.value)}
}

// at returns the time of the row under the cursor.
func (t *values) at() (time.Time, bool) {
	if n := t.Cursor(); n >= 0 && n < len(t.times) {
		return t.times[n], true
	}
	return time.Time{}, false
}

// drawTable draws the table, made anew if something changed. The cursor stays at
// its time while newer rows come in above it.
func (v *View) drawTable(th *theme.Theme) string {
	t := &v.table
	if t.theme != th {
		t.theme = th
		t.SetTheme(th)
	}
	if t.stale {
		t.stale = false
		at, ok := t.at()
		from, to := v.chart.Window()
		t.gather(v.series, from, to)
		if ok && t.Cursor() > 0 {
			t.Track(t.row(at))
		}
		t.version++
		t.Invalidate(t.version)
	}
	return t.View()
}

// row returns the row nearest to a time.
func (t *values) row(at time.Time) int {
	for i := range t.times {
		if !t.times[i].After(at) {
			return i
		}
	}
	return max(0, len(t.times)-1)
}

// gather merges the samples of all series that are shown, which are in the order of
// their times, from the newest on.
func (t *values) gather(all []*series, from, to time.Time) {
	before := t.columns
	t.columns, t.times, t.cells = nil, t.times[:0], t.cells[:0]
	var rest [][]sample
	for _, s := range all {
		if s.shown {
			t.columns = append(t.columns, s)
			rest = append(rest, s.within(from, to))
		}
	}
	for {
		var at time.Time
		for _, samples := range rest {
			if n := len(samples); n > 0 && samples[n-1].at.After(at) {
				at = samples[n-1].at
			}
		}
		if at.IsZero() {
			break
		}
		t.times = append(t.times, at)
		for i, samples := range rest {
			n := len(samples)
			if n == 0 || !samples[n-1].at.Equal(at) {
				t.cells = append(t.cells, sample{})
				continue
			}
			t.cells = append(t.cells, samples[n-1])
			for n > 0 && samples[n-1].at.Equal(at) {
				n--
			}
			rest[i] = samples[:n]
		}
	}
	if !slices.Equal(before, t.columns) {
		t.SetColumns(t.titles())
	}
}

// titles returns the columns of the table.
func (t *values) titles() []table.Column {
	columns := []table.Column{{Title: "TIME", Width: 19, Priority: len(t.columns) + 1}}
	same := !slices.ContainsFunc(t.columns, func(s *series) bool { return s.name != t.columns[0].name })
	for i, s := range t.columns {
		title := s.label()
		if same && len(t.columns) > 1 {
			title = s.whose // what they have in common stands in the list of series
		}
		if s.unit != "" {
			title += " " + s.unit
		}
		columns = append(columns, table.Column{
			Title: title, Align: text.Right, Min: max(10, min(text.Width(title), 40)), Max: 40, Priority: len(t.columns) - i,
		})
	}
	return columns
}
