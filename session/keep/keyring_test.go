package keep

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"c8yx/session"
)

func load(t *testing.T, k session.Keeper) (session.Kept, error) {
	t.Helper()
	j := jane()
	return k.Load(t.Context(), j.Address, j.Tenant, j.User)
}

func listed(t *testing.T, k session.Keeper) []session.Kept {
	t.Helper()
	all, err := k.List(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return all
}

const janes = "t4711/jane@acme.example@acme.example"

func TestEntriesThatCannotBeRead(t *testing.T) {
	for name, test := range map[string]struct{ text, says string }{
		"damaged":                  {`{"version":1,"tok`, "damaged"},
		"from something else":      {`hello`, "damaged"},
		"without a version":        {`{"token":"a-token"}`, "damaged"},
		"from a newer version":     {`{"version":2,"token":{"sealed":"a-token"}}`, "newer c8yx"},
		"split by a newer version": {`{"version":2,"parts":["1","2"],"half":7}`, "newer c8yx"},
		"parts that are not there": {`{"version":1,"half":"a","parts":3,"sum":"00"}`, "damaged"},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDrawer(windows)
			k := keyringOn(t, d, nil, nil)
			d.entries[janes] = test.text
			_, err := load(t, k)
			wantKind(t, err, session.ErrUnreadableEntry)
			if err == nil || !strings.Contains(err.Error(), test.says) || strings.Contains(err.Error(), "a-token") || strings.Contains(err.Error(), "\n") {
				t.Errorf("the user reads: %v", err)
			}
			if err := k.Save(t.Context(), jane()); err != nil {
				t.Errorf("it is not replaced: %v", err)
			}
			if got, err := load(t, k); err != nil || got != jane() {
				t.Errorf("after signing in again: %+v, %v", got, err)
			}
		})
	}
	t.Run("removed", func(t *testing.T) {
		d := newDrawer(windows)
		d.entries[janes] = `{"version":2}`
		j := jane()
		if err := keyringOn(t, d, nil, nil).Delete(t.Context(), j.Address, j.Tenant, j.User); err != nil || len(d.entries) > 0 {
			t.Errorf("%v, and %d entries are left", err, len(d.entries))
		}
	})
}

func TestTheListHealsItself(t *testing.T) {
	newKeyring := func(t *testing.T) (*Keyring, *drawer, string) {
		d := newDrawer(windows)
		k := keyringOn(t, d, nil, nil)
		if err := k.Save(t.Context(), jane()); err != nil {
			t.Fatal(err)
		}
		files, _ := filepath.Glob(filepath.Join(string(k.index), "*"))
		if len(files) != 1 {
			t.Fatalf("the list consists of %v", files)
		}
		return k, d, files[0]
	}
	t.Run("an entry has vanished from the keyring", func(t *testing.T) {
		k, d, _ := newKeyring(t)
		clear(d.entries)
		_, err := load(t, k)
		wantKind(t, err, session.ErrNotKept)
		if all := listed(t, k); len(all) > 0 {
			t.Errorf("still listed: %+v", all)
		}
	})
	t.Run("the list is lost", func(t *testing.T) {
		k, _, _ := newKeyring(t)
		if err := os.RemoveAll(string(k.index)); err != nil {
			t.Fatal(err)
		}
		if all := listed(t, k); len(all) > 0 {
			t.Errorf("listed: %+v", all)
		}
		if _, err := load(t, k); err != nil {
			t.Fatal(err)
		}
		if all := listed(t, k); len(all) != 1 || all[0] != withoutSecrets(jane()) {
			t.Errorf("after it was loaded, listed are %+v", all)
		}
	})
	t.Run("the list is damaged", func(t *testing.T) {
		for _, damage := range []string{"", "garbage", `{"version":1`, `{"version":7}`, `{"version":1,"tenant":"other","user":"other","address":"https://other"}`} {
			k, _, file := newKeyring(t)
			if err := os.WriteFile(file, []byte(damage), 0o600); err != nil {
				t.Fatal(err)
			}
			all := listed(t, k)
			if len(all) != 1 || !isOf(all[0], jane().Address, jane().Tenant, jane().User) {
				t.Errorf("with %q, listed are %+v", damage, all)
			}
			if _, err := load(t, k); err != nil {
				t.Fatal(err)
			}
			if all := listed(t, k); len(all) != 1 || all[0] != withoutSecrets(jane()) {
				t.Errorf("after it was loaded, listed are %+v", all)
			}
		}
	})
	t.Run("other files lie about", func(t *testing.T) {
		k, _, _ := newKeyring(t)
		for _, name := range []string{".part-123", "notes.txt", "%zz.json", "no-account.json"} {
			if err := os.WriteFile(filepath.Join(string(k.index), name), []byte("{}"), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if all := listed(t, k); len(all) != 1 {
			t.Errorf("listed: %+v", all)
		}
	})
	t.Run("the list cannot be written", func(t *testing.T) {
		d := newDrawer(windows)
		k := keyringOn(t, d, nil, nil)
		if err := os.WriteFile(string(k.index), nil, 0o600); err != nil { // a file where the folder should be
			t.Fatal(err)
		}
		if err := k.Save(t.Context(), jane()); err != nil {
			t.Fatal(err)
		}
		if got, err := load(t, k); err != nil || got != jane() {
			t.Errorf("%+v, %v", got, err)
		}
	})
}

// TestTheListHoldsNoSecrets also holds that only its owner can read it.
func TestTheListHoldsNoSecrets(t *testing.T) {
	k := keyringOn(t, newDrawer(windows), nil, nil)
	j := jane()
	j.Password = "a-password"
	if err := k.Save(t.Context(), j); err != nil {
		t.Fatal(err)
	}
	files, _ := filepath.Glob(filepath.Join(string(k.index), "*"))
	if len(files) != 1 {
		t.Fatalf("the list consists of %v", files)
	}
	text, err := os.ReadFile(files[0])
	if err != nil || !strings.Contains(string(text), "jane@acme.example") {
		t.Fatalf("%s, %v", text, err)
	}
	for _, secret := range []string{j.Token.Reveal(), j.XSRF.Reveal(), j.Password.Reveal()} {
		if strings.Contains(string(text), secret) {
			t.Errorf("it holds %q:\n%s", secret, text)
		}
	}
	if info, err := os.Stat(files[0]); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("its mode is %v, %v", info.Mode(), err)
	}
}

func TestAFailedSaveListsNothing(t *testing.T) {
	d := newDrawer(windows)
	d.before = func(int) error {
		return errors.New("failed to unlock correct collection '/org/freedesktop/secrets/collection/login'")
	}
	k := keyringOn(t, d, nil, nil)
	wantKind(t, k.Save(t.Context(), jane()), session.ErrRefused)
	if all := listed(t, k); len(all) > 0 {
		t.Errorf("listed: %+v", all)
	}
}

// deaf says yes to everything and does nothing, as a keyring may when its prompt is dismissed.
type deaf struct{ *drawer }

func (deaf) set(string, string) error { return nil }
func (deaf) remove(string) error      { return nil }

func TestAKeyringThatSaysYesAndDoesNothing(t *testing.T) {
	d := newDrawer(windows)
	k := keyringOn(t, deaf{d}, nil, nil)
	wantKind(t, k.Save(t.Context(), jane()), session.ErrRefused)
	d.entries[janes] = "{}"
	j := jane()
	wantKind(t, k.Delete(t.Context(), j.Address, j.Tenant, j.User), session.ErrRefused)
}
