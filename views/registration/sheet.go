package registration

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"c8yx/ui/text"
)

// The columns of a file of devices that mean something to the platform. Any other is a property of
// the device, its dots nest; one that begins with "external-" is a further external id.
const (
	columnID          = "ID"
	columnCredentials = "CREDENTIALS"
	columnAuth        = "AUTH_TYPE"
	columnTenant      = "TENANT"
	columnType        = "TYPE"
	columnName        = "NAME"
	columnICCID       = "ICCID"
	columnIDType      = "IDTYPE"
	columnPath        = "PATH"
	columnShell       = "SHELL"
	columnOTP         = "ENROLLMENT_OTP"

	prefixExternal = "external-"
	columnAgent    = "com_cumulocity_model_Agent.active"
)

// columns are all that mean something, in the order in which the documentation tells them.
var columns = [...]string{
	columnID, columnCredentials, columnAuth, columnTenant, columnType, columnName, columnICCID, columnIDType, columnPath, columnShell, columnOTP,
}

// Sheet is a file of devices: a line that names the columns, and a line for each device.
type Sheet struct {
	separator rune
	columns   []string
	rows      []row
	notes     []text.Safe
}

// row is a line with a device.
type row struct {
	line  int // in the file, which begins with 1
	cells []string
}

// Problem is something that is wrong with a file, and where.
type Problem struct {
	Line int // 0 for the file as such
	Why  text.Safe
}

// String says where and what.
func (p Problem) String() text.Safe {
	if p.Line == 0 {
		return p.Why
	}
	return text.Clean(fmt.Sprintf("line %d: ", p.Line)) + p.Why
}

// Read reads a file of devices and says all that is wrong with it. It may be in UTF-8 or in the ANSI
// of Windows, and parted by tabs, semicolons or commas, of which the first line decides.
func Read(content []byte) (*Sheet, []Problem) {
	content = bytes.TrimPrefix(content, []byte("\ufeff"))
	switch {
	case bytes.HasPrefix(content, []byte("PK\x03\x04")):
		return nil, []Problem{{Why: "this is a workbook and no text: save it as CSV"}}
	case bytes.IndexByte(content, 0) >= 0:
		return nil, []Problem{{Why: "this is no text in UTF-8: save it as CSV in UTF-8"}}
	case len(bytes.TrimSpace(content)) == 0:
		return nil, []Problem{{Why: "the file is empty"}}
	}
	s := &Sheet{}
	if !utf8.Valid(content) {
		content = fromANSI(content)
		s.notes = append(s.notes, "It is not in UTF-8 and was read as the ANSI of Windows.")
	}
	first, _, _ := bytes.Cut(content, []byte("\n"))
	s.separator = separatorOf(string(first))
	reader := csv.NewReader(bytes.NewReader(content))
	reader.Comma, reader.FieldsPerRecord = s.separator, -1
	problems := append(s.read(reader), s.check()...)
	slices.SortStableFunc(problems, func(a, b Problem) int { return cmp.Compare(a.Line, b.Line) })
	return s, problems
}

// read takes the lines apart.
func (s *Sheet) read(reader *csv.Reader) []Problem {
	var problems []Problem
	for {
		cells, err := reader.Read()
		var wrong *csv.ParseError
		switch {
		case errors.Is(err, io.EOF):
			if s.columns != nil && len(s.rows) == 0 && problems == nil {
				problems = append(problems, Problem{Line: 1, Why: "there is nothing below the names of the columns"})
			}
			return problems
		case errors.As(err, &wrong):
			return append(problems, Problem{wrong.StartLine, "a quotation mark is open or stands within a value: double it"})
		case err != nil:
			return append(problems, Problem{Why: text.Clean(err.Error())})
		}
		line, _ := reader.FieldPos(0)
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		switch {
		case s.columns == nil:
			s.columns = cells
		case strings.Join(cells, "") == "": // a line of separators, as spreadsheets leave them
		case len(cells) != len(s.columns):
			problems = append(problems, Problem{line, s.misfit(cells)})
		default:
			s.rows = append(s.rows, row{line, cells})
		}
	}
}

// misfit says why a line does not fit below the columns.
func (s *Sheet) misfit(cells []string) text.Safe {
	if len(cells) == 1 {
		if other := separatorOf(cells[0]); other != s.separator && strings.ContainsRune(cells[0], other) {
			return "it is parted by " + separatorName(other) + ", and the first line by " + separatorName(s.separator)
		}
	}
	return "it has " + counted(len(cells), "value") + " for " + counted(len(s.columns), "column")
}

// counted says how many there are of something.
func counted(n int, one text.Safe) text.Safe {
	if n == 1 {
		return "1 " + one
	}
	return text.Count(n) + " " + one + "s"
}

// separatorOf is the one of the three that a line has most of.
func separatorOf(line string) rune {
	best := ';'
	for _, candidate := range "\t," {
		if strings.Count(line, string(candidate)) > strings.Count(line, string(best)) {
			best = candidate
		}
	}
	return best
}

func separatorName(r rune) text.Safe {
	switch r {
	case '\t':
		return "tabs"
	case ',':
		return "commas"
	}
	return "semicolons"
}

// fromANSI reads Windows-1252 as far as it is Latin-1; what stands between becomes a replacement
// character, as quotation marks of word processors have no place in such a file.
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

// column returns the index of a column that means something, -1 if there is none. The platform
// does not care about the case of these names.
func (s *Sheet) column(name string) int {
	return slices.IndexFunc(s.columns, func(c string) bool { return strings.EqualFold(c, name) })
}

// cell returns a value of a line, "" if there is no such column.
func (s *Sheet) cell(r row, column string) string {
	if i := s.column(column); i >= 0 {
		return r.cells[i]
	}
	return ""
}

// Announces reports whether the file only announces devices, which ask for their credentials
// themselves, and registers none.
func (s *Sheet) Announces() bool {
	return s.column(columnCredentials) < 0 && s.column(columnAuth) < 0 && s.column(columnOTP) < 0
}

// Devices returns how many devices the file has.
func (s *Sheet) Devices() int { return len(s.rows) }

// File returns the file as it is sent, in UTF-8; with ids, only the lines of these.
func (s *Sheet) File(ids map[string]bool) []byte {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.Comma = s.separator
	_ = w.Write(s.columns) // a buffer takes everything
	for _, r := range s.rows {
		if ids == nil || ids[s.cell(r, columnID)] {
			_ = w.Write(r.cells)
		}
	}
	w.Flush()
	return b.Bytes()
}
