package demo

import (
	"fmt"
	"strings"
	"testing"
)

func TestReadTable(t *testing.T) {
	for _, test := range []struct{ file, want string }{
		{"ID;PATH\na;b\n", "[ID PATH] [a b]"},
		{"ID\tPATH\r\na\tb", "[ID PATH] [a b]"},
		{"ID,PATH\na,\"b,c\"\n", "[ID PATH] [a b,c]"},
		{"\ufeffID;PATH\na;ü\n", "[ID PATH] [a ü]"},
		{"ID;PATH\na;\xfc\n", "[ID PATH] [a ü]"}, // ANSI
		{"ID;PATH\n\n  \na;b\n", "[ID PATH] [a b]"},
		{"ID;PATH\na\n", "[ID PATH] error"},
		{"ID;PATH\na;5\" pipe\n", "[ID PATH] [a 5\" pipe]"},
		{"ID\na\n", "[ID] [a]"},
	} {
		table, err := readTable([]byte(test.file))
		if err != nil {
			t.Errorf("%q: %v", test.file, err)
			continue
		}
		got := fmt.Sprint(table.columns)
		for _, row := range table.rows {
			if row.err != nil {
				got += " error"
			} else {
				got += " " + fmt.Sprint(row.cells)
			}
		}
		if got != test.want {
			t.Errorf("%q: %s, want %s", test.file, got, test.want)
		}
	}
	for _, file := range []string{"", "\n", strings.Repeat(";", 2000)} {
		if _, err := readTable([]byte(file)); err == nil {
			t.Errorf("%.20q was read", file)
		}
	}
}

// FuzzReadTable checks that every file is read or refused, that rows fit the columns, and that nothing grows out of nothing.
func FuzzReadTable(f *testing.F) {
	for _, file := range []string{"ID;PATH\na;b\n", "ID\tPATH\r\na\tb", "ID,\"PATH\n\"\na,b", "\ufeff\n", "ID;a.b.c\nx;\xff\n", "\"", "ID;\"\n;\";"} {
		f.Add([]byte(file))
	}
	f.Fuzz(func(t *testing.T, file []byte) {
		table, err := readTable(file)
		if err != nil {
			return
		}
		size := 0
		for _, row := range table.rows {
			if row.err == nil && len(row.cells) != len(table.columns) {
				t.Errorf("%d cells for %d columns", len(row.cells), len(table.columns))
			}
			for _, cell := range row.cells {
				size += len(cell)
			}
			if row.err == nil {
				_, _ = (&bulkRegistration{table: table}).document(row)
			}
		}
		if size > 3*len(file) {
			t.Errorf("%d bytes became %d", len(file), size)
		}
	})
}
