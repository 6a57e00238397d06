package store_test

import (
	"bytes"
	"io"
	"testing"
	"testing/iotest"

	"c8yx/demo/store"
)

// Content that is made as it is read reads like content that is kept: from any place, in pieces of any size.
func TestNoise(t *testing.T) {
	file := store.File{Noise: store.Noise{Seed: 7, Length: 1003}}
	whole, err := io.ReadAll(file.Open())
	if err != nil || int64(len(whole)) != file.Size() {
		t.Fatalf("%d bytes, %v", len(whole), err)
	}
	if err := iotest.TestReader(file.Open(), whole); err != nil {
		t.Error(err)
	}
	if other, _ := io.ReadAll(store.File{Noise: store.Noise{Seed: 8, Length: 1003}}.Open()); bytes.Equal(whole, other) {
		t.Error("another seed makes the same noise")
	}
	if _, err := file.Open().Seek(-1, io.SeekStart); err == nil {
		t.Error("sought before the start")
	}
	kept := store.File{Content: []byte("kept")}
	if text, _ := io.ReadAll(kept.Open()); string(text) != "kept" || kept.Size() != 4 {
		t.Errorf("kept content reads as %q", text)
	}
}
