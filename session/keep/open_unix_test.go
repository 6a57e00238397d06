//go:build unix && !darwin

package keep

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"c8yx/session"
)

// TestOpenWithoutAKeyring is what happens on a server: the user has to choose, once.
func TestOpenWithoutAKeyring(t *testing.T) {
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "")
	t.Setenv("XDG_RUNTIME_DIR", t.TempDir())
	folder := filepath.Join(t.TempDir(), "c8yx")
	open := func(where Where) (string, error) {
		k, err := Open(t.Context(), Options{Folder: folder, Where: where})
		if err != nil {
			return "", err
		}
		return k.Name(), nil
	}
	for _, where := range []Where{"", InKeyring} {
		_, err := open(where)
		wantKind(t, err, session.ErrNoKeeper)
		if err == nil || !strings.HasPrefix(err.Error(), "no keyring is available: ") || strings.Contains(err.Error(), "\n") {
			t.Errorf("the user reads: %v", err)
		}
	}
	for _, test := range []struct {
		remembered, where Where
		want              string
	}{
		{"", InFile, "the sealed file"},
		{"", Nowhere, "this session only"},
		{InFile, "", "the sealed file"},
		{Nowhere, "", "this session only"},
		{Nowhere, InFile, "the sealed file"},
	} {
		if err := Remember(folder, test.remembered); err != nil {
			t.Fatal(err)
		}
		if got, err := open(test.where); err != nil || got != test.want {
			t.Errorf("with %q remembered and %q wanted: %s, %v", test.remembered, test.where, got, err)
		}
	}
	for _, nonsense := range []string{"", "keyring", "\x00"} {
		if err := os.WriteFile(choice(folder), []byte(nonsense), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := open("")
		wantKind(t, err, session.ErrNoKeeper)
	}
	if err := Remember(folder, InKeyring); err != nil {
		t.Error(err)
	}
	if left, _ := filepath.Glob(filepath.Join(folder, "*")); len(left) > 0 {
		t.Errorf("still remembered: %v", left)
	}
}
