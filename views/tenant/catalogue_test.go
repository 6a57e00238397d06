package tenant_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/go-json-experiment/json/jsontext"

	"c8yx/c8yclient"
	"c8yx/session"
	"c8yx/views/state"
	"c8yx/views/tenant"
)

func newTenant(t *testing.T, s *state.Store) *tenant.Tenant {
	t.Helper()
	client, err := c8yclient.New("https://acme.example")
	if err != nil {
		t.Fatal(err)
	}
	made := tenant.New(client, session.Profile{})
	made.State = s
	return made
}

// What was seen of the fragments of a tenant is suggested after the next start; what might be a
// secret, a name or a text is not written anywhere.
func TestACatalogueOutlivesTheProgram(t *testing.T) {
	folder := t.TempDir()
	first := newTenant(t, state.Open(folder))
	first.RecallCatalogue("inventory")
	for range 2 {
		first.Catalogue("inventory").Look(jsontext.Value(`{
			"c8y_Availability": {"status": "UNAVAILABLE"},
			"hv_Note": {"text": "Ask Mrs. Miller, extension 42"},
			"hv_Link": {"apiToken": "abcdefgh"}
		}`))
	}
	if err := first.KeepCatalogue("inventory"); err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(folder, "*", "*"))
	if err != nil || len(files) != 1 || filepath.Base(files[0]) != "inventory.json" {
		t.Fatalf("the folder has %v, %v", files, err)
	}
	written, err := os.ReadFile(files[0])
	if err != nil || strings.Contains(string(written), "Miller") || strings.Contains(string(written), "abcdefgh") {
		t.Errorf("%v: %s", err, written)
	}
	if info, err := os.Stat(files[0]); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	if err := os.Remove(files[0]); err != nil {
		t.Fatal(err)
	}
	if err := first.KeepCatalogue("inventory"); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(files[0]); err == nil {
		t.Error("what has not changed is written again")
	}
	if err := os.WriteFile(files[0], written, 0o600); err != nil {
		t.Fatal(err)
	}

	second := newTenant(t, state.Open(folder))
	second.RecallCatalogue("inventory")
	second.RecallCatalogue("events") // is another
	catalogue := second.Catalogue("inventory")
	want := []string{"c8y_Availability", "c8y_Availability.status", "hv_Link", "hv_Link.apiToken", "hv_Note", "hv_Note.text"}
	if got := catalogue.Paths(); !slices.Equal(got, want) {
		t.Errorf("paths %v", got)
	}
	if got := catalogue.Values("c8y_Availability.status"); !slices.Equal(got, []string{"UNAVAILABLE"}) {
		t.Errorf("values %v", got)
	}
	if got := second.Catalogue("events").Paths(); len(got) != 0 {
		t.Errorf("events have %v", got)
	}

	if err := os.WriteFile(files[0], []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	third := newTenant(t, state.Open(folder))
	third.RecallCatalogue("inventory") // as good as nothing
	if got := third.Catalogue("inventory").Paths(); len(got) != 0 {
		t.Errorf("paths %v", got)
	}
}
