package state_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"c8yx/views/state"
)

type columns struct{ Shown []string }

func TestWhatIsSavedIsThereAtTheNextStart(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "c8yx")
	want := columns{Shown: []string{"name", "c8y_Hardware.model"}}
	if err := state.Open(folder).Save("t4711@acme.example/columns", want); err != nil {
		t.Fatal(err)
	}
	var got columns
	if err := state.Open(folder).Load("t4711@acme.example/columns", &got); err != nil || len(got.Shown) != 2 {
		t.Fatalf("%v, %v", got, err)
	}
}

func TestNothingSavedLeavesTheDefault(t *testing.T) {
	for name, store := range map[string]*state.Store{"folder": state.Open(t.TempDir()), "memory": state.InMemory()} {
		got := columns{Shown: []string{"id"}}
		if err := store.Load("columns", &got); err != nil || got.Shown[0] != "id" {
			t.Errorf("%s: %v, %v", name, got, err)
		}
	}
}

func TestADamagedFileIsSaidAndReplaced(t *testing.T) {
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "columns.json"), []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	store := state.Open(folder)
	var got columns
	if err := store.Load("columns", &got); err == nil || !strings.Contains(err.Error(), "columns.json") {
		t.Fatalf("error %v", err)
	}
	if err := store.Save("columns", columns{Shown: []string{"id"}}); err != nil {
		t.Fatal(err)
	}
	if err := store.Load("columns", &got); err != nil || len(got.Shown) != 1 {
		t.Fatalf("%v, %v", got, err)
	}
}

func TestNoNameLeadsOutOfTheFolder(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "inner")
	if err := state.Open(folder).Save("../../outside/..", columns{}); err != nil {
		t.Fatal(err)
	}
	found := 0
	err := filepath.WalkDir(folder, func(_ string, e os.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			found++
		}
		return err
	})
	if err != nil || found != 1 {
		t.Fatalf("%d files inside, %v", found, err)
	}
}

// What is kept for one tenant is not seen by another, whatever they are called.
func TestTenantsKeepApart(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "tenants")
	for _, host := range []string{"acme.example:8443", "plant.example", "../plant.example"} {
		if err := state.Open(folder).Within(host).Save("columns", columns{Shown: []string{host}}); err != nil {
			t.Fatal(err)
		}
	}
	for _, host := range []string{"acme.example:8443", "plant.example", "../plant.example"} {
		var got columns
		if err := state.Open(folder).Within(host).Load("columns", &got); err != nil || got.Shown[0] != host {
			t.Errorf("%s: %v, %v", host, got, err)
		}
	}
	outside, err := os.ReadDir(filepath.Dir(folder))
	if err != nil || len(outside) != 1 {
		t.Errorf("%d entries beside the folder, %v", len(outside), err)
	}
}
