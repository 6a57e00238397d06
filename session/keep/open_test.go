package keep

import (
	"strings"
	"testing"
)

func TestParseWhere(t *testing.T) {
	for _, text := range []string{"", "keyring", "file", "none"} {
		if w, err := ParseWhere(text); err != nil || string(w) != text {
			t.Errorf("%q: %q, %v", text, w, err)
		}
	}
	if _, err := ParseWhere("cloud"); err == nil || !strings.Contains(err.Error(), "keyring, file or none") {
		t.Errorf("%v", err)
	}
}
