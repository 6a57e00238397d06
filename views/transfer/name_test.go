package transfer_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"c8yx/views/transfer"
)

// Names come from the tenant, which means from anybody.
func TestNamesOfTheTenantAreMadeSafe(t *testing.T) {
	long := strings.Repeat("a", 300)
	for name, want := range map[string]string{
		"log.txt":                         "log.txt",
		"Bericht März 2026.pdf":           "Bericht März 2026.pdf",
		"機械.csv":                          "機械.csv",
		"../../.ssh/authorized_keys":      "authorized_keys",
		"/etc/passwd":                     "passwd",
		"/etc/":                           "file",
		`..\..\Windows\win.ini`:           "win.ini",
		`C:\autoexec.bat`:                 "autoexec.bat",
		"C:autoexec.bat":                  "C_autoexec.bat",
		"..":                              "file",
		".":                               "file",
		"":                                "file",
		"   ":                             "file",
		"\x00":                            "file",
		".bashrc":                         "bashrc",
		"...hidden":                       "hidden",
		"CON":                             "_CON",
		"con.txt":                         "_con.txt",
		"Nul .log":                        "_Nul .log",
		"COM1.bin":                        "_COM1.bin",
		"lpt9":                            "_lpt9",
		"COM10":                           "COM10",
		"console.log":                     "console.log",
		"x\ny\tz\x1b[2J.txt":              "xyz[2J.txt",
		"invoice\u202efdp.exe":            "invoicefdp.exe",
		"a\u200bb\ufeffc":                 "abc",
		"what?.txt":                       "what_.txt",
		`<a>:"b"|*.txt`:                   "_a___b___.txt",
		"trailing. . ":                    "trailing",
		"-rf":                             "_-rf",
		"~":                               "_~",
		"\xff\xfe.bin":                    "bin",
		"a\u00a0b":                        "a b",
		long + ".tar.gz":                  strings.Repeat("a", 197) + ".gz",
		"x." + long:                       "x." + strings.Repeat("a", 198),
		strings.Repeat("機", 100) + ".zip": strings.Repeat("機", 65) + ".zip",
	} {
		got := transfer.SafeName(name, "")
		if got != want {
			t.Errorf("%q became %q, want %q", name, got, want)
		}
		if again := transfer.SafeName(got, ""); again != got {
			t.Errorf("%q is not stable: %q", got, again)
		}
	}
	if got := transfer.SafeName("..", "../event 700"); got != "event 700" {
		t.Errorf("otherwise it is %q", got)
	}
}

func FuzzNamesStayInTheFolder(f *testing.F) {
	for _, seed := range []string{"../../x", `a\b`, "CON.", ".\u200b.", "\u202e", strings.Repeat("é", 300)} {
		f.Add(seed)
	}
	folder := f.TempDir()
	f.Fuzz(func(t *testing.T, name string) {
		safe := transfer.SafeName(name, "")
		path := filepath.Join(folder, safe)
		switch {
		case filepath.Dir(path) != folder, safe != filepath.Base(safe), strings.ContainsAny(safe, `/\:`):
			t.Errorf("%q became %q, which leaves the folder", name, safe)
		case len(safe) > 210, !utf8.ValidString(safe):
			t.Errorf("%q became %q", name, safe)
		case transfer.SafeName(safe, "") != safe:
			t.Errorf("%q is not stable: %q", safe, transfer.SafeName(safe, ""))
		}
		file, err := os.Create(path)
		if err != nil {
			t.Fatalf("%q became %q, which cannot be made: %v", name, safe, err)
		}
		_ = file.Close()
		if err := os.Remove(path); err != nil {
			t.Errorf("%q: %v", safe, err)
		}
	})
}
