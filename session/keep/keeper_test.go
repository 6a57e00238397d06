package keep

import (
	"context"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"c8yx/c8yclient"
	"c8yx/session"
)

// keepers are all kinds of them, each in a state of its own.
func keepers(t *testing.T) []session.Keeper {
	sealed := NewSealed(Options{Folder: t.TempDir(), Passphrase: func(context.Context, Question) (c8yclient.Secret, error) { return "correct horse", nil }})
	sealed.work = 4 // instead of a second
	return []session.Keeper{keyringOn(t, newDrawer(windows), nil, nil), sealed}
}

// TestKeepersAgree holds what every Keeper has to do.
func TestKeepersAgree(t *testing.T) {
	ctx := t.Context()
	big := jane()
	big.User, big.Token, big.SignedIn = "joe", c8yclient.Secret(strings.Repeat("t", 6<<10)), big.SignedIn.Add(time.Hour)
	elsewhere := jane()
	elsewhere.Tenant, elsewhere.Address, elsewhere.SignedIn = "t0815", "https://other.example:8443", big.SignedIn.Add(time.Hour)
	basic := session.Kept{
		Address: "http://localhost:8111", Tenant: "management", User: "Jörg/der Große ~",
		Password: "pässword", Method: "BASIC", SignedIn: jane().SignedIn.Add(-time.Hour),
	}
	all := []session.Kept{elsewhere, big, jane(), basic} // the latest first
	for _, keeper := range keepers(t) {
		t.Run(keeper.Name(), func(t *testing.T) {
			_, err := keeper.Load(ctx, "https://acme.example", "t4711", "jane@acme.example")
			wantKind(t, err, session.ErrNotKept)
			if err := keeper.Delete(ctx, "https://acme.example", "t4711", "jane@acme.example"); err != nil {
				t.Errorf("deleting nothing: %v", err)
			}
			for _, k := range all {
				if err := keeper.Save(ctx, k); err != nil {
					t.Fatal(err)
				}
			}
			for _, k := range all {
				got, err := keeper.Load(ctx, k.Address+"/", k.Tenant, strings.ToUpper(k.User))
				if err != nil || got != k {
					t.Errorf("of %s/%s comes back %+v, %v", k.Tenant, k.User, got, err)
				}
			}
			for _, other := range [][3]string{
				{"http://acme.example", "t4711", "jane@acme.example"}, // without TLS
				{"https://acme.example:8443", "t4711", "jane@acme.example"},
				{"https://acme.example", "t0815", "jane@acme.example"},
				{"https://acme.example", "t4711", "jane"},
				{"https://acme.example", "", ""},
			} {
				_, err := keeper.Load(ctx, other[0], other[1], other[2])
				wantKind(t, err, session.ErrNotKept)
			}
			listed, err := keeper.List(ctx)
			if err != nil || len(listed) != len(all) {
				t.Fatalf("listed are %+v, %v", listed, err)
			}
			for i, k := range listed {
				if k != withoutSecrets(all[i]) {
					t.Errorf("number %d of the list is %+v", i, k)
				}
			}
			renewed := jane()
			renewed.Token, renewed.SignedIn = "another", elsewhere.SignedIn.Add(time.Hour)
			if err := keeper.Save(ctx, renewed); err != nil {
				t.Fatal(err)
			}
			if got, err := keeper.Load(ctx, renewed.Address, renewed.Tenant, renewed.User); err != nil || got != renewed {
				t.Errorf("after a renewal: %+v, %v", got, err)
			}
			if listed, _ := keeper.List(ctx); len(listed) != len(all) || listed[0].User != renewed.User {
				t.Errorf("after a renewal, listed are %+v", listed)
			}
			for _, k := range all {
				if err := keeper.Delete(ctx, k.Address, k.Tenant, k.User); err != nil {
					t.Fatal(err)
				}
				_, err := keeper.Load(ctx, k.Address, k.Tenant, k.User)
				wantKind(t, err, session.ErrNotKept)
			}
			if listed, err := keeper.List(ctx); err != nil || len(listed) != 0 {
				t.Errorf("listed are %+v, %v", listed, err)
			}
		})
	}
}

// TestEverythingOfASignInIsKept fails if a field is added to session.Kept and not to what is
// written.
func TestEverythingOfASignInIsKept(t *testing.T) {
	var k session.Kept
	fields := reflect.ValueOf(&k).Elem()
	for i := range fields.NumField() {
		switch f := fields.Field(i); f.Interface().(type) {
		case time.Time:
			f.Set(reflect.ValueOf(time.Date(2026, 1, 1, 0, 0, i, 0, time.UTC)))
		case bool:
			f.SetBool(true)
		default:
			f.SetString(fmt.Sprintf("field-%d", i))
		}
	}
	text, err := encode(k)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := decode(text, "it"); err != nil || got != k {
		t.Errorf("comes back as %+v, %v", got, err)
	}
	if text, _ := encode(withoutSecrets(k)); strings.Contains(text, k.Token.Reveal()) || strings.Contains(text, k.XSRF.Reveal()) || strings.Contains(text, k.Password.Reveal()) {
		t.Errorf("a list would hold secrets: %s", text)
	}
}

func TestNamesOfEntries(t *testing.T) {
	for _, test := range []struct{ address, tenant, user, want string }{
		{"https://acme.example", "t4711", "Jane", "t4711/jane@acme.example"},
		{"https://ACME.example:443/", "t4711", "jane@acme.com", "t4711/jane@acme.com@acme.example"},
		{"https://acme.example:8443", "t4711", "jane", "t4711/jane@acme.example:8443"},
		{"http://localhost:8111", "t4711", "jane", "t4711/jane@http://localhost:8111"},
		{"https://acme.example", "t4711", "a'b;\n-w x/é", "t4711/a%27b%3B%0A-w%20x%2F%C3%A9@acme.example"},
	} {
		got := account(test.address, test.tenant, test.user)
		if got != test.want {
			t.Errorf("%s/%s at %s is %q", test.tenant, test.user, test.address, got)
		}
		address, tenant, user, ok := parseAccount(got)
		if !ok || site(address) != site(test.address) || tenant != test.tenant || !strings.EqualFold(user, test.user) {
			t.Errorf("%q is read as %s/%s at %s, %t", got, tenant, user, address, ok)
		}
	}
	long := account("https://acme.example", "t4711", strings.Repeat("jane", 200))
	if len(long) != longestAccount || long == account("https://acme.example", "t4711", strings.Repeat("jane", 201)) {
		t.Errorf("a long name becomes %q", long)
	}
	if _, _, _, ok := parseAccount(long); ok {
		t.Error("whose a cut name is cannot be known")
	}
}
