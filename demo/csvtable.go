package demo

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"unicode/utf8"
)

// csvTable is a CSV file with a line of column names.
type csvTable struct {
	columns []string
	rows    []csvRow
}

// csvRow is a line: its cells, or why it could not be read.
type csvRow struct {
	cells []string
	err   error
}

// maxColumns bounds how wide a table may be; a row costs a little for each of them.
const maxColumns = 1000

// readTable reads a CSV file as people make them: in UTF-8 with or without its mark, or in the ANSI of Windows, separated by
// tabs, semicolons or commas. It fails only if there is no line of column names; what is wrong with a row stands in the row.
func readTable(content []byte) (csvTable, error) {
	content = bytes.TrimPrefix(content, []byte("\ufeff"))
	if !utf8.Valid(content) {
		content = fromANSI(content)
	}
	first, _, _ := bytes.Cut(content, []byte("\n"))
	reader := csv.NewReader(bytes.NewReader(content))
	reader.Comma, reader.FieldsPerRecord, reader.LazyQuotes, reader.TrimLeadingSpace = separator(string(first)), -1, true, false
	columns, err := reader.Read()
	switch {
	case errors.Is(err, io.EOF):
		return csvTable{}, invalid("The file is empty")
	case err != nil:
		return csvTable{}, invalid("The line of column names cannot be read: %v", err)
	case len(columns) > maxColumns:
		return csvTable{}, invalid("At most %d columns are allowed", maxColumns)
	}
	table := csvTable{columns: columns}
	for i, name := range table.columns {
		table.columns[i] = strings.TrimSpace(name)
	}
	for {
		cells, err := reader.Read()
		switch {
		case errors.Is(err, io.EOF):
			return table, nil
		case err != nil:
			table.rows = append(table.rows, csvRow{cells: cells, err: invalid("The line cannot be read: %v", err)})
		case len(cells) == 1 && strings.TrimSpace(cells[0]) == "":
			// a line of blanks
		case len(cells) != len(columns):
			table.rows = append(table.rows, csvRow{cells: cells, err: invalid("The line has %d values for %d columns", len(cells), len(columns))})
		default:
			table.rows = append(table.rows, csvRow{cells: cells})
		}
	}
}

// separator is the one of the three that the first line has most of.
func separator(line string) rune {
	best := ';'
	for _, candidate := range "\t," {
		if strings.Count(line, string(candidate)) > strings.Count(line, string(best)) {
			best = candidate
		}
	}
	return best
}

// fromANSI decodes Windows-1252, as far as it is Latin-1; the few punctuation marks beyond that become replacement characters.
func fromANSI(content []byte) []byte {
	decoded := make([]byte, 0, len(content)+len(content)/8)
	for _, b := range content {
		r := rune(b)
		if b >= 0x80 && b < 0xa0 {
			r = utf8.RuneError
		}
		decoded = utf8.AppendRune(decoded, r)
	}
	return decoded
}

// cell returns the value of a column that has no case, and whether there is such a column.
func (t csvTable) cell(row csvRow, column string) (string, bool) {
	for i, name := range t.columns {
		if strings.EqualFold(name, column) && i < len(row.cells) {
			return strings.TrimSpace(row.cells[i]), true
		}
	}
	return "", false
}

func (t csvTable) has(column string) bool {
	for _, name := range t.columns {
		if strings.EqualFold(name, column) {
			return true
		}
	}
	return false
}
