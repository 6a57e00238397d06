package export

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// Format is what a file looks like.
type Format string

// The formats.
const (
	CSV    Format = "csv"    // RFC 4180, with a header
	JSON   Format = "json"   // one array
	NDJSON Format = "ndjson" // a document on each line
)

// Formats returns all formats, the one that most programs read first.
func Formats() []Format { return []Format{CSV, JSON, NDJSON} }

// ParseFormat reads the name of a format.
func ParseFormat(name string) (Format, error) {
	for _, f := range Formats() {
		if string(f) == strings.ToLower(name) {
			return f, nil
		}
	}
	return "", fmt.Errorf("there is no format %q: choose csv, json or ndjson", name)
}

// Of returns the format that the name of a file asks for.
func Of(path string) (Format, bool) {
	for _, f := range append(Formats(), "jsonl") {
		if strings.HasSuffix(strings.ToLower(path), "."+string(f)) {
			if f == "jsonl" {
				f = NDJSON
			}
			return f, true
		}
	}
	return "", false
}

// writer writes rows in a format.
type writer interface {
	begin(columns []string) error
	row(columns []string, r Row, documents bool) error
	flush() error // passes on all rows as they are
	end() error
}

// writer returns what writes the format; more if there are rows already, behind which it goes on.
func (f Format) writer(w io.Writer, more bool) writer {
	switch f {
	case JSON:
		return &jsonWriter{out: w, array: true, begun: more}
	case NDJSON:
		return &jsonWriter{out: w}
	}
	c := csv.NewWriter(w)
	c.UseCRLF = true
	return &csvWriter{out: c}
}

// csvWriter writes comma separated values.
type csvWriter struct {
	out   *csv.Writer
	cells []string
}

func (w *csvWriter) begin(columns []string) error { return w.out.Write(columns) }

func (w *csvWriter) row(_ []string, r Row, documents bool) error {
	if documents {
		return errors.New("CSV holds no whole documents")
	}
	w.cells = w.cells[:0]
	for _, v := range r.Values {
		if !v.Number {
			v.Text = harmless(v.Text)
		}
		w.cells = append(w.cells, v.Text)
	}
	return w.out.Write(w.cells)
}

func (w *csvWriter) flush() error {
	w.out.Flush()
	return w.out.Error()
}

func (w *csvWriter) end() error { return w.flush() }

// harmless returns a text that a spreadsheet does not take for a formula: what the tenant sends
// may have been written by anybody. A quote in front makes it a text; numbers stay as they are.
func harmless(s string) string {
	if s == "" || !strings.ContainsRune("=+-@\t\r\n|", rune(s[0])) || isNumber(s) {
		return s
	}
	return "'" + s
}

// isNumber reports whether a text is a plain number.
func isNumber(s string) bool {
	digits := strings.TrimPrefix(strings.TrimPrefix(s, "-"), "+")
	return digits != "" && strings.Trim(digits, "0123456789.") == "" && strings.Count(digits, ".") <= 1 && digits != "."
}

// jsonWriter writes documents, as an array or a line each.
type jsonWriter struct {
	out   io.Writer
	array bool
	begun bool
	line  []byte
}

func (w *jsonWriter) begin([]string) error {
	if !w.array {
		return nil
	}
	_, err := io.WriteString(w.out, "[")
	return err
}

func (w *jsonWriter) row(columns []string, r Row, documents bool) error {
	w.line = w.line[:0]
	if w.array {
		if w.begun {
			w.line = append(w.line, ',')
		}
		w.line = append(w.line, '\n')
	}
	w.begun = true
	var err error
	if documents {
		err = w.document(r)
	} else {
		err = w.object(columns, r.Values)
	}
	if err != nil {
		return err
	}
	if !w.array {
		w.line = append(w.line, '\n')
	}
	_, err = w.out.Write(w.line)
	return err
}

func (w *jsonWriter) document(r Row) error {
	if r.Document == nil {
		return errors.New("there are no whole documents")
	}
	document, err := r.Document()
	if err != nil {
		return err
	}
	// It stands on one line, whatever the tenant's layout.
	if err := document.Compact(jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true)); err != nil {
		return err
	}
	w.line = append(w.line, document...)
	return nil
}

func (w *jsonWriter) flush() error { return nil }

// object makes an object of the values of a row; those that are empty are left out.
func (w *jsonWriter) object(columns []string, values []Value) error {
	w.line = append(w.line, '{')
	begun := false
	for i, v := range values {
		if v.Text == "" || i >= len(columns) {
			continue
		}
		if begun {
			w.line = append(w.line, ',')
		}
		begun = true
		var err error
		if w.line, err = jsontext.AppendQuote(w.line, columns[i]); err != nil && !errors.As(err, new(*jsontext.SyntacticError)) {
			return err
		}
		w.line = append(w.line, ':')
		if v.Number && jsontext.Value(v.Text).IsValid() {
			w.line = append(w.line, v.Text...)
			continue
		}
		w.line, _ = jsontext.AppendQuote(w.line, strings.ToValidUTF8(v.Text, "\ufffd"))
	}
	w.line = append(w.line, '}')
	return nil
}

func (w *jsonWriter) end() error {
	if !w.array {
		return nil
	}
	_, err := io.WriteString(w.out, "\n]\n")
	return err
}
