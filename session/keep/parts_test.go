package keep

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
)

// windows is the smallest limit of a platform.
const windows = 2560

func TestTextsOfAnyLength(t *testing.T) {
	for _, length := range []int{0, 1, partSize - 1, partSize, partSize + 1, 2 * partSize, 6 << 10, (maxParts - 1) * partSize} {
		d := newDrawer(windows)
		for _, letter := range []string{"x", "ä", "漢"} {
			text := strings.Repeat(letter, length/len(letter))
			if err := writeText(d, "jane", text); err != nil {
				t.Fatalf("%d bytes of %s: %v", length, letter, err)
			}
			if got, err := readText(d, "jane"); err != nil || got != text {
				t.Errorf("%d bytes of %s: %d bytes come back, %v", length, letter, len(got), err)
			}
		}
		for name, text := range d.entries {
			if !strings.HasPrefix(name, "jane") || strings.ToValidUTF8(text, "") != text {
				t.Errorf("entry %q is not valid", name)
			}
		}
		if want := entriesFor(length); len(d.entries) > want {
			t.Errorf("%d bytes take %d entries, want at most %d", length, len(d.entries), want)
		}
		if err := removeText(d, "jane"); err != nil || len(d.entries) > 0 {
			t.Errorf("after removing, %v: %d entries are left", err, len(d.entries))
		}
	}
	wantKind(t, writeText(newDrawer(windows), "jane", strings.Repeat("x", maxParts*partSize)), errTooLong)
}

func entriesFor(length int) int {
	if length <= partSize {
		return 1
	}
	return 2 + length/(partSize-3)
}

// TestACrashLeavesTheOldOrTheNew kills the program before every single change that replacing
// an entry takes, looks at what is there, and goes on as the next start does.
func TestACrashLeavesTheOldOrTheNew(t *testing.T) {
	crash := errors.New("killed")
	long := func(letter string, parts int) string { return strings.Repeat(letter, parts*partSize-7) }
	for name, test := range map[string]struct{ old, new string }{
		"short by short":          {"old", "new"},
		"short by long":           {"old", long("n", 3)},
		"long by short":           {long("o", 4), "new"},
		"long by longer":          {long("o", 2), long("n", 4)},
		"long by less long":       {long("o", 4), long("n", 2)},
		"nothing by short":        {"", "new"},
		"nothing by long":         {"", long("n", 3)},
		"long by nothing":         {long("o", 3), ""},
		"what is there by itself": {long("o", 3), long("o", 3)},
	} {
		t.Run(name, func(t *testing.T) {
			before := newDrawer(windows)
			if test.old != "" {
				// Twice, so that both halves have been in use.
				if err := errors.Join(writeText(before, "jane", test.old), writeText(before, "jane", test.old)); err != nil {
					t.Fatal(err)
				}
			}
			replaceAll := func(d *drawer) error {
				if test.new == "" {
					return removeText(d, "jane")
				}
				return writeText(d, "jane", test.new)
			}
			for step := 1; ; step++ {
				d := before.copy()
				d.before = func(change int) error {
					if change >= step {
						return crash
					}
					return nil
				}
				if err := replaceAll(d); err == nil {
					break // there is no such step
				}
				got, err := readText(d, "jane")
				switch {
				case err == nil && (got == test.old || got == test.new):
				case errors.Is(err, errAbsent) && (test.old == "" || test.new == ""):
				default:
					t.Errorf("killed before change %d: %d bytes are there, %v", step, len(got), err)
				}
				d.before = nil
				if err := replaceAll(d); err != nil {
					t.Fatal(err)
				}
				if got, _ := readText(d, "jane"); got != test.new {
					t.Errorf("after change %d failed and the next start: %d bytes, not the new ones", step, len(got))
				}
				if err := removeText(d, "jane"); err != nil || len(d.entries) > 0 {
					t.Errorf("killed before change %d: removing leaves %d entries, %v", step, len(d.entries), err)
				}
			}
		})
	}
}

// TestTwoProgramsWriteOneEntry has two programs write the same entry again and again. Whoever
// reads gets one text or the other, and so does whoever comes later.
func TestTwoProgramsWriteOneEntry(t *testing.T) {
	d := newDrawer(windows)
	texts := []string{strings.Repeat("1", 3*partSize), strings.Repeat("2", 5*partSize)}
	var both sync.WaitGroup
	for _, text := range texts {
		both.Go(func() {
			for range 50 {
				// It may give up against the other, and says so.
				if err := writeText(d, "jane", text); err != nil && !errors.Is(err, errNotStored) {
					t.Error(err)
				}
				if got, err := readText(d, "jane"); err == nil && got != texts[0] && got != texts[1] {
					t.Errorf("read a mixture of %d bytes", len(got))
				}
			}
		})
	}
	both.Wait()
	if err := writeText(d, "jane", "the last"); err != nil {
		t.Fatal(err)
	}
	if len(d.entries) != 1 {
		t.Errorf("%d entries are left", len(d.entries))
	}
}

func TestADamagedTextIsNotGivenOut(t *testing.T) {
	text := strings.Repeat("x", 3*partSize)
	for name, damage := range map[string]func(map[string]string){
		"a part is missing":       func(e map[string]string) { delete(e, "jane#a.2") },
		"the last is missing":     func(e map[string]string) { delete(e, "jane#a.3") },
		"a part was changed":      func(e map[string]string) { e["jane#a.1"] = strings.Repeat("y", partSize) },
		"the head wants too many": func(e map[string]string) { e["jane"] = strings.Replace(e["jane"], `"parts":3`, `"parts":9999`, 1) },
		"the head has no sum":     func(e map[string]string) { e["jane"] = `{"version":1,"half":"a","parts":3}` },
	} {
		d := newDrawer(windows)
		if err := writeText(d, "jane", text); err != nil {
			t.Fatal(err)
		}
		damage(d.entries)
		if got, err := readText(d, "jane"); !errors.Is(err, errTorn) {
			t.Errorf("%s: got %d bytes, %v", name, len(got), err)
		}
	}
}

func ExampleKeyring_split() {
	d := newDrawer(windows)
	_ = writeText(d, "t4711/jane@acme.example", strings.Repeat("x", 4500))
	for _, name := range []string{"t4711/jane@acme.example", "t4711/jane@acme.example#a.1", "t4711/jane@acme.example#a.2", "t4711/jane@acme.example#a.3"} {
		fmt.Println(name, len(d.entries[name]) > 0)
	}
	// Output:
	// t4711/jane@acme.example true
	// t4711/jane@acme.example#a.1 true
	// t4711/jane@acme.example#a.2 true
	// t4711/jane@acme.example#a.3 true
}
