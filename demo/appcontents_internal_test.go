package demo

import (
	"bytes"
	"path"
	"strings"
	"testing"
)

// Archives come from anybody: whatever is in them stays in its folder and within bounds, and what was packed is unpacked as it was.
func FuzzUnpack(f *testing.F) {
	packed, err := contents{"index.html": []byte("<h1>"), "js/main.js": []byte("1")}.pack()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(packed)
	f.Add(bytes.ReplaceAll(packed, []byte("js/main.js"), []byte("../main.js")))
	f.Add([]byte("PK\x05\x06" + strings.Repeat("\x00", 18)))
	f.Fuzz(func(t *testing.T, archive []byte) {
		files, err := unpack(archive)
		if err != nil {
			return
		}
		size := 0
		for name, content := range files {
			size += len(content)
			if name == "" || path.Clean("/"+name) != "/"+name || strings.Contains(name, `\`) {
				t.Errorf("a file %q", name)
			}
		}
		if size > maxUnpacked || len(files) > maxUnpackedFiles {
			t.Errorf("%d bytes in %d files", size, len(files))
		}
		again, err := files.pack()
		if err != nil {
			return // a name that no archive can have
		}
		same, err := unpack(again)
		if err != nil || len(same) != len(files) {
			t.Errorf("%d files, then %d: %v", len(files), len(same), err)
		}
		for name, content := range files {
			if !bytes.Equal(same[name], content) {
				t.Errorf("%q changed", name)
			}
		}
	})
}
