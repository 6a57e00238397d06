package cmd

import (
	"os"
	"strings"
	"testing"

	"c8yx/keys"
)

// docs/keys.md is what the table of actions says.
func TestTheKeySheetIsUpToDate(t *testing.T) {
	var made strings.Builder
	if err := keysAsMarkdown(&made); err != nil {
		t.Fatal(err)
	}
	kept, err := os.ReadFile("../docs/keys.md")
	if err != nil {
		t.Fatal(err)
	}
	if made.String() != string(kept) {
		t.Error("docs/keys.md is out of date: go run . keys --markdown >docs/keys.md")
	}
	for _, a := range keys.All() {
		if !strings.Contains(made.String(), "`"+string(a.ID)+"`") {
			t.Errorf("%s is not on the sheet", a.ID)
		}
	}
}
