package cmd

import (
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/zalando/go-keyring"

	"c8yx/c8yclient"
	"c8yx/demo"
	"c8yx/demo/demotest"
	"c8yx/session"
	"c8yx/session/keep"
	"c8yx/session/keep/desktop"
)

// wallet is a user's desktop with a keyring, and a tenant to which several users have signed in.
type wallet struct {
	t         *testing.T
	tenant    *demotest.Tenant
	options   keep.Options
	variables []string // for the program on the desktop
}

// newWallet starts both. The test must not be parallel: it lives on the desktop itself.
func newWallet(t *testing.T, d *desktop.Desktop) *wallet {
	t.Helper()
	state := filepath.Join(d.Home, "state")
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", d.Bus)
	return &wallet{
		t: t,
		tenant: demotest.Start(t, demo.Options{Devices: -1, User: "root", Password: "a-Secret.1", Users: []demo.User{
			{Name: "jane", Password: "a-Secret.2", Groups: []string{"readers"}},
		}}),
		options:   keep.Options{Folder: filepath.Join(state, "c8yx", "sign-ins")},
		variables: append(d.Environment(), "XDG_STATE_HOME="+state, "XDG_CONFIG_HOME="+filepath.Join(d.Home, "config")),
	}
}

// signIn signs a user in as at the prompt, and returns what is kept.
func (w *wallet) signIn(keeper session.Keeper, user, password string) session.Kept {
	w.t.Helper()
	ctx := w.t.Context()
	flow := session.Begin(session.Profile{Address: w.tenant.URL, User: user}, session.FlowOptions{Keeper: keeper})
	flow.Next(ctx)
	step := flow.Answer(ctx, session.Answer{User: user, Password: c8yclient.Secret(password)})
	done, ok := step.(session.Done)
	if !ok || done.NotKept != nil {
		w.t.Fatalf("%s is not signed in: %#v", user, step)
	}
	k, err := keeper.Load(ctx, done.Session.Address(), done.Session.Tenant(), user)
	if err != nil || k.Token == "" {
		w.t.Fatalf("kept is %+v, %v", k, err)
	}
	return k
}

// accepts reports whether the tenant still accepts a token.
func (w *wallet) accepts(token c8yclient.Secret) bool {
	w.t.Helper()
	request, err := http.NewRequestWithContext(w.t.Context(), http.MethodGet, w.tenant.URL+"/user/currentUser", http.NoBody)
	if err != nil {
		w.t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+token.Reveal())
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		w.t.Fatal(err)
	}
	_ = response.Body.Close()
	return response.StatusCode == http.StatusOK
}

// run runs the program, which must say what is given, on standard output or, after a "!", on
// standard error, and nothing that is secret.
func (w *wallet) run(code int, says string, args ...string) string {
	w.t.Helper()
	result := c8yx.Run(w.t, w.variables, args...)
	said, fails := result.Stdout, strings.HasPrefix(says, "!")
	if fails {
		said, says = result.Stderr, says[1:]
	}
	if result.Code != code || !strings.Contains(said, says) || !fails && result.Stderr != "" {
		w.t.Errorf("%s: exit code %d, not %d, or it does not say %q:\n%s%s", args, result.Code, code, says, result.Stdout, result.Stderr)
	}
	return result.Stdout + result.Stderr
}

func TestBinaryListsAndEndsSessions(t *testing.T) {
	d := desktop.Start(t)
	stopKeyring := d.StartKeyring(t, "a-passphrase")
	w := newWallet(t, d)
	ring := keep.NewKeyring(w.options)
	w.run(ExitOK, "You are signed in nowhere", "sessions")
	w.run(ExitOK, "You are signed in nowhere", "logout")
	w.run(ExitUsage, "!you are signed in nowhere", "logout", "acme.example")

	root, jane := w.signIn(ring, "root", "a-Secret.1"), w.signIn(ring, "jane", "a-Secret.2")
	gone := session.Kept{Address: "https://127.0.0.1:1", Tenant: "t1", User: "joe", Token: "a-token", Method: "OAUTH2", TFA: true, SignedIn: time.Now().Add(-50 * time.Hour), Expires: time.Now().Add(-time.Hour)}
	if err := ring.Save(t.Context(), gone); err != nil {
		t.Fatal(err)
	}
	table := w.run(ExitOK, "KEPT IN", "sessions")
	host := strings.TrimPrefix(w.tenant.URL, "http://")
	for _, row := range []string{"t4711 jane " + w.tenant.URL, "t4711 root " + w.tenant.URL, "t1 joe https://127.0.0.1:1 2d ago expired 1h ago SSO, TFA keyring"} {
		if !strings.Contains(strings.Join(strings.Fields(table), " "), row) {
			t.Errorf("there is no row %s in\n%s", row, table)
		}
	}
	printed := w.run(ExitOK, "[", "sessions", "--json")
	var listed []listedSession
	if err := json.Unmarshal([]byte(printed), &listed); err != nil || len(listed) != 3 || listed[0].User != "jane" || listed[0].Expired || !listed[2].Expired || !listed[2].TFA || listed[2].KeptIn != "keyring" {
		t.Errorf("%v in\n%s", err, printed)
	}
	for _, secret := range []c8yclient.Secret{root.Token, jane.Token, gone.Token} {
		if strings.Contains(table+printed, secret.Reveal()) {
			t.Error("a token is listed")
		}
	}

	w.run(ExitUsage, "!Say which to sign out, or --all", "logout")
	w.run(ExitUsage, "!Say TENANT/USER, or --all", "logout", host)
	w.run(ExitUsage, "!choose one", "logout", "--all", host)
	if w.run(ExitOK, "t4711/jane at "+host+": signed out", "logout", "T4711/Jane"); w.accepts(jane.Token) || !w.accepts(root.Token) {
		t.Error("the tenant accepts the token of who signed out, or not that of another")
	}
	w.run(ExitUsage, "!no sign-in of that name is kept", "logout", "t4711/jane")

	w.run(ExitOK, "!127.0.0.1:1: the tenant could not be told, so the session lives on there until it expires", "logout", "t1")
	if _, err := ring.Load(t.Context(), gone.Address, gone.Tenant, gone.User); err == nil {
		t.Error("it is still kept")
	}

	// What another program has written into the entry is removed too.
	if err := errors.Join(ring.Save(t.Context(), gone), keyring.Set("c8yx", "t1/joe@127.0.0.1:1", "garbage")); err != nil {
		t.Fatal(err)
	}
	w.run(ExitOK, "!the tenant was not told, for the sign-in that the keyring holds for t1/joe at 127.0.0.1:1 is damaged", "logout", "t1")

	stopKeyring()
	stopKeyring = d.StartKeyring(t, "")
	w.run(ExitError, "!is still signed in: the keyring was not opened", "logout")
	w.run(ExitOK, "root", "sessions")
	stopKeyring()
	d.StartKeyring(t, "a-passphrase")
	if w.run(ExitOK, "t4711/root at "+host+": signed out", "logout"); w.accepts(root.Token) {
		t.Error("the tenant accepts the token of who signed out")
	}
	w.run(ExitOK, "You are signed in nowhere", "sessions")
}

// TestBinaryAndTheSealedFile: it is listed without a passphrase, and stays as it is when nobody can
// be asked for one.
func TestBinaryAndTheSealedFile(t *testing.T) {
	t.Parallel()
	home := t.TempDir()
	w := &wallet{t: t, variables: []string{"XDG_STATE_HOME=" + home}}
	file := filepath.Join(home, "c8yx", "sign-ins", "sealed.json")
	const sealed = "bm90IHJlYWxseQ=="
	content := fmt.Sprintf(`{"version":1,"kept":[{"version":1,"address":"https://acme.example","tenant":"t4711","user":"jane"}],"sealed":%q,"sum":"%x"}`,
		sealed, sha256.Sum256([]byte(sealed)))
	if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o700), os.WriteFile(file, []byte(content), 0o600)); err != nil {
		t.Fatal(err)
	}
	w.run(ExitOK, "sealed file", "sessions")
	w.run(ExitError, "!there is no terminal to ask for the passphrase", "logout")
	if after, err := os.ReadFile(file); err != nil || string(after) != content {
		t.Errorf("the file has changed: %s, %v", after, err)
	}
	if err := os.WriteFile(file, []byte(content[:90]), 0o600); err != nil {
		t.Fatal(err)
	}
	w.run(ExitOK, "!sealed.json is damaged", "sessions")
	w.run(ExitUsage, "!choose keyring, file or none", "sessions", "--keep", "cloud")
}

func TestWhichSignInIsMeant(t *testing.T) {
	_, configuration := configured(t, `
[[tenants]]
name = "plant"
address = "plant.example"
user = "joe"
`, `{}`)
	f := &flags{config: configuration[1]}
	var all []keptIn
	for _, k := range []session.Kept{
		{Address: "https://plant.example", Tenant: "t1", User: "jane"},
		{Address: "https://plant.example", Tenant: "t1", User: "joe"},
		{Address: "https://lab.example:8443", Tenant: "t2", User: "joe"},
	} {
		all = append(all, keptIn{k, &session.Memory{}})
	}
	for word, want := range map[string]string{
		"plant":                     "t1/joe at plant.example", // the configured user
		"t1/jane":                   "t1/jane at plant.example",
		"JANE@plant.example":        "t1/jane at plant.example",
		"lab.example:8443":          "t2/joe at lab.example:8443",
		"https://lab.example:8443/": "t2/joe at lab.example:8443",
		"t2":                        "t2/joe at lab.example:8443",
		"t1":                        "error: t1 may be any of t1/jane at plant.example, t1/joe at plant.example. Say TENANT/USER, or --all",
		"plant.example":             "error: plant.example may be any of t1/jane at plant.example, t1/joe at plant.example. Say TENANT/USER, or --all",
		"mars":                      "error: mars: no sign-in of that name is kept. You are signed in as t1/jane at plant.example, t1/joe at plant.example, t2/joe at lab.example:8443",
	} {
		found, err := f.meant(t.Context(), all, []string{word})
		got := whoms(found)
		if err != nil {
			got = fmt.Sprintf("error: %v", err)
		}
		if got != want {
			t.Errorf("%s: %s", word, got)
		}
	}
}
