package export_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/go-json-experiment/json/jsontext"

	"c8yx/views/export"
	"c8yx/views/transfer"
)

// table returns a table of rows given as values; numbers are those of the second column.
func table(rows ...[]string) export.Table {
	return export.Table{
		Columns: []string{"name", "alarms", "text"},
		Rows: func(context.Context) iter.Seq2[export.Row, error] {
			return func(yield func(export.Row, error) bool) {
				for _, cells := range rows {
					r := export.Row{Document: func() (jsontext.Value, error) {
						return jsontext.Value(`{"id": "` + cells[0] + `",` + "\n" + `"n":1.0}`), nil
					}}
					for i, c := range cells {
						r.Values = append(r.Values, export.Value{Text: c, Number: i == 1 && c != ""})
					}
					if !yield(r, nil) {
						return
					}
				}
			}
		},
		Total: func(context.Context) (int, error) { return len(rows), nil },
	}
}

func written(t *testing.T, f export.Format, documents bool, tb export.Table) string {
	t.Helper()
	var out bytes.Buffer
	var m transfer.Meter
	if err := export.Write(t.Context(), &out, tb, f, documents, &m); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestFormats(t *testing.T) {
	tb := table([]string{"Presse 1", "2", "a, \"b\"\nc"}, []string{"Größe 機", "", ""}, []string{"-", "-3.5", "x"})
	for _, tc := range []struct {
		format    export.Format
		documents bool
		want      string
	}{
		{export.CSV, false, "name,alarms,text\r\nPresse 1,2,\"a, \"\"b\"\"\r\nc\"\r\nGröße 機,,\r\n'-,-3.5,x\r\n"},
		{export.JSON, false, "[\n{\"name\":\"Presse 1\",\"alarms\":2,\"text\":\"a, \\\"b\\\"\\nc\"},\n{\"name\":\"Größe 機\"},\n{\"name\":\"-\",\"alarms\":-3.5,\"text\":\"x\"}\n]\n"},
		{export.NDJSON, false, "{\"name\":\"Presse 1\",\"alarms\":2,\"text\":\"a, \\\"b\\\"\\nc\"}\n{\"name\":\"Größe 機\"}\n{\"name\":\"-\",\"alarms\":-3.5,\"text\":\"x\"}\n"},
		{export.NDJSON, true, "{\"id\":\"Presse 1\",\"n\":1.0}\n{\"id\":\"Größe 機\",\"n\":1.0}\n{\"id\":\"-\",\"n\":1.0}\n"},
		{export.JSON, true, "[\n{\"id\":\"Presse 1\",\"n\":1.0},\n{\"id\":\"Größe 機\",\"n\":1.0},\n{\"id\":\"-\",\"n\":1.0}\n]\n"},
	} {
		if got := written(t, tc.format, tc.documents, tb); got != tc.want {
			t.Errorf("%s: got\n%q\nwant\n%q", tc.format, got, tc.want)
		}
	}
	if got := written(t, export.JSON, false, table()); !json.Valid([]byte(got)) {
		t.Errorf("nothing at all is %q", got)
	}
}

// A cell is read back as it was, and a spreadsheet takes none for a formula.
func TestCellsAreHarmlessToSpreadsheets(t *testing.T) {
	for cell, want := range map[string]string{
		"plain":                      "plain",
		`=HYPERLINK("http://x","y")`: `'=HYPERLINK("http://x","y")`,
		"+49 30 1234":                "'+49 30 1234",
		"-2+3+cmd|' /C calc'!A0":     "'-2+3+cmd|' /C calc'!A0",
		"@SUM(A1)":                   "'@SUM(A1)",
		"\t=1":                       "'\t=1",
		"|x":                         "'|x",
		"-5":                         "-5",
		"+5.25":                      "+5.25",
		"-":                          "'-",
		"1=2":                        "1=2",
		"":                           "",
		"'":                          "'",
		`a"b`:                        `a"b`,
		"two\nlines":                 "two\nlines",
		" space ":                    " space ",
	} {
		text := written(t, export.CSV, false, table([]string{cell, "", "end"}))
		records, err := csv.NewReader(strings.NewReader(text)).ReadAll()
		if err != nil || len(records) != 2 || records[1][0] != want || records[1][2] != "end" {
			t.Errorf("%q is read as %q, %v", cell, records, err)
		}
	}
}

func TestFormatsGoByTheNameOfTheFile(t *testing.T) {
	for path, want := range map[string]export.Format{"a.csv": export.CSV, "b.JSON": export.JSON, "c.ndjson": export.NDJSON, "d.jsonl": export.NDJSON, "e.txt": ""} {
		if got, _ := export.Of(path); got != want {
			t.Errorf("%s is %q", path, got)
		}
	}
	if _, err := export.ParseFormat("xlsx"); err == nil {
		t.Error("xlsx is taken")
	}
}

// An export that fails or is given up leaves nothing under the final name; tried again it is
// complete.
func TestAnExportIsThereAsAWholeOrNotAtAll(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "x.csv")
	fails := true
	tb := table([]string{"a", "1", ""})
	rows := tb.Rows
	tb.Rows = func(ctx context.Context) iter.Seq2[export.Row, error] {
		return func(yield func(export.Row, error) bool) {
			for r := range rows(ctx) {
				if !yield(r, nil) {
					return
				}
			}
			if fails {
				yield(export.Row{}, errors.New("the tenant fails"))
			}
		}
	}
	w := export.NewWork(tb, export.CSV, false, transfer.NewLanding(path, false))
	var m transfer.Meter
	if err := w.Run(t.Context(), &m); err == nil || err.Error() != "the tenant fails" {
		t.Fatal(err)
	}
	if _, err := os.Stat(path); err == nil {
		t.Error("there is a file already")
	}
	fails = false
	if err := w.Run(t.Context(), &m); err != nil {
		t.Fatal(err)
	}
	if got, _ := os.ReadFile(path); string(got) != "name,alarms,text\r\na,1,\r\n" {
		t.Errorf("%q", got)
	}
	if r := m.Read(time.Now()); r.Done != 1 || r.Total != 1 {
		t.Errorf("%+v", r)
	}
	if entries, _ := os.ReadDir(folder); len(entries) != 1 {
		t.Errorf("%d files are left", len(entries))
	}
}

// An export that breaks off goes on with the part in which it did; what was there before is not read again.
func TestAnExportGoesOnWhereItBrokeOff(t *testing.T) {
	documents := []string{`{"name":"a","alarms":1}`, `{"name":"b","alarms":2}`, `{"name":"c","alarms":3}`, `{"name":"d","alarms":4}`}
	for format, want := range map[export.Format]string{
		export.CSV:    "name,alarms,text\r\na,1,\r\nb,2,\r\nc,3,\r\nd,4,\r\n",
		export.JSON:   "[\n" + strings.Join(documents, ",\n") + "\n]\n",
		export.NDJSON: strings.Join(documents, "\n") + "\n",
	} {
		var read []int
		breaks := 2 // times
		part := func(n int, rows ...[]string) export.Part {
			return func(ctx context.Context) iter.Seq2[export.Row, error] {
				read = append(read, n)
				return func(yield func(export.Row, error) bool) {
					for r := range table(rows...).Rows(ctx) {
						if !yield(r, nil) {
							return
						}
						if n == 2 && breaks > 0 {
							breaks--
							yield(export.Row{}, errors.New("the network is gone"))
							return
						}
					}
				}
			}
		}
		tb := export.Table{Columns: []string{"name", "alarms", "text"}, Parts: []export.Part{
			part(1, []string{"a", "1", ""}), part(2, []string{"b", "2", ""}, []string{"c", "3", ""}), part(3, []string{"d", "4", ""}),
		}}
		path := filepath.Join(t.TempDir(), "x")
		w := export.NewWork(tb, format, false, transfer.NewLanding(path, false))
		var m transfer.Meter
		for range 2 {
			if err := w.Run(t.Context(), &m); err == nil || err.Error() != "the network is gone" {
				t.Fatal(err)
			}
		}
		if err := w.Run(t.Context(), &m); err != nil {
			t.Fatal(err)
		}
		if got, _ := os.ReadFile(path); string(got) != want {
			t.Errorf("%s: %q, want %q", format, got, want)
		}
		if !slices.Equal(read, []int{1, 2, 2, 2, 3}) {
			t.Errorf("%s: parts %v were read", format, read)
		}
		if r := m.Read(time.Now()); r.Done != 4 {
			t.Errorf("%s: %+v", format, r)
		}
	}
}

// A million rows need no more memory than one.
func TestAnExportNeedsNoMemoryForItsRows(t *testing.T) {
	const n = 200_000
	var before, during runtime.MemStats
	tb := export.Table{Columns: []string{"id", "text"}, Rows: func(context.Context) iter.Seq2[export.Row, error] {
		return func(yield func(export.Row, error) bool) {
			for i := range n {
				if !yield(export.Row{Values: []export.Value{{Text: fmt.Sprint(i), Number: true}, {Text: "some text of usual length"}}}, nil) {
					return
				}
			}
			runtime.GC()
			runtime.ReadMemStats(&during)
		}
	}}
	runtime.GC()
	runtime.ReadMemStats(&before)
	var m transfer.Meter
	if err := export.Write(t.Context(), io.Discard, tb, export.NDJSON, false, &m); err != nil {
		t.Fatal(err)
	}
	if grown := int64(during.HeapAlloc) - int64(before.HeapAlloc); during.HeapAlloc == 0 || grown > 1<<20 {
		t.Errorf("%d bytes are kept after %d rows", grown, n)
	}
}
