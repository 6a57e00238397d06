package cmd

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"c8yx/cmd/story/process"
	"c8yx/demo"
	"c8yx/session/keep/desktop"
	"c8yx/ui"
)

// confidant is a tenant that notes every secret that it is told or tells: passwords, codes, tokens,
// cookies.
type confidant struct {
	*demo.Tenant
	address string

	mu      sync.Mutex
	secrets map[string]string // and what each is
}

func newConfidant(t *testing.T) *confidant {
	t.Helper()
	tenant, err := demo.New(demo.Options{Devices: 5})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(tenant.Close)
	tenant.Start(t.Context())
	c := &confidant{Tenant: tenant, secrets: map[string]string{}}
	server := httptest.NewServer(c)
	t.Cleanup(func() {
		server.CloseClientConnections()
		server.Close()
	})
	c.address = server.URL
	return c
}

func (c *confidant) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if scheme, credentials, _ := strings.Cut(r.Header.Get("Authorization"), " "); credentials != "" {
		c.note(scheme+" credentials", credentials)
	}
	c.note("XSRF token", r.Header.Get("X-XSRF-TOKEN"))
	if !strings.HasPrefix(r.URL.Path, "/tenant/oauth") && r.URL.Path != "/notification2/token" {
		c.Tenant.ServeHTTP(w, r) // which may take the connection over
		return
	}
	body, _ := io.ReadAll(r.Body)
	r.Body = io.NopCloser(bytes.NewReader(body))
	form, _ := url.ParseQuery(string(body))
	for _, field := range []string{"password", "tfa_code"} {
		c.note(field, form.Get(field))
	}
	answer := httptest.NewRecorder()
	c.Tenant.ServeHTTP(answer, r)
	for _, cookie := range answer.Result().Cookies() {
		c.note("cookie "+cookie.Name, cookie.Value)
	}
	var told struct {
		Access string `json:"access_token"`
		Token  string `json:"token"`
	}
	_ = json.Unmarshal(answer.Body.Bytes(), &told)
	c.note("token", told.Access)
	c.note("notification token", told.Token)
	for name, values := range answer.Header() {
		w.Header()[name] = values
	}
	w.WriteHeader(answer.Code)
	_, _ = w.Write(answer.Body.Bytes())
}

// note notes a secret.
func (c *confidant) note(what, secret string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if secret != "" {
		c.secrets[secret] = what
	}
}

// evidence is what a program has left behind, by where it was found.
type evidence map[string][]byte

// folder takes every file below a folder in.
func (e evidence) folder(t *testing.T, root string) {
	t.Helper()
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		e[path], err = os.ReadFile(path)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// running takes in what everybody on the machine can see of a program that runs.
func (e evidence) running(t *testing.T, p *process.Process) {
	t.Helper()
	for _, file := range []string{"cmdline", "environ", "comm", "status"} {
		path := fmt.Sprintf("/proc/%d/%s", p.PID(), file)
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		e[path] = content
	}
}

// copied is how a program gives a text to the terminal's clipboard.
var copied = regexp.MustCompile(`\x1b\]52;[^;]*;([A-Za-z0-9+/=]*)`)

// screen takes in everything that a program has shown, and has copied.
func (e evidence) screen(t *testing.T, name string, written []byte) {
	t.Helper()
	e[name] = written
	for i, match := range copied.FindAllSubmatch(written, -1) {
		text, err := base64.StdEncoding.DecodeString(string(match[1]))
		if err != nil {
			t.Fatal(err)
		}
		e[fmt.Sprintf("%s, copy %d", name, i+1)] = text
	}
}

// holds reports whether a text is there: as it is, in a URL, in JSON, or in credentials.
func holds(content []byte, text string) bool {
	quoted, _ := json.Marshal(text)
	for _, form := range []string{text, url.QueryEscape(text), strings.Trim(string(quoted), `"`)} {
		if len(form) == 6 && strings.Trim(form, "0123456789") == "" { // a code is no part of a longer number
			if regexp.MustCompile(`\b` + form + `\b`).Match(content) {
				return true
			}
		} else if bytes.Contains(content, []byte(form)) {
			return true
		}
	}
	return false
}

// search fails the test for every secret that was left behind. What it is to find is shown first, so that a
// search that finds nothing means something: something that is no secret, but comes the same ways.
func (c *confidant) search(t *testing.T, e evidence, publicly ...string) {
	t.Helper()
	for _, known := range publicly {
		found := false
		for _, content := range e {
			found = found || holds(content, known)
		}
		if !found {
			t.Errorf("%q is nowhere, so the search would not find a secret either", known)
		}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	for secret, what := range c.secrets {
		for where, content := range e {
			if what == "tfa_code" && strings.HasSuffix(where, " screen") {
				continue // a code that is good for half a minute is shown while it is typed
			}
			if holds(content, secret) {
				t.Errorf("%s holds a secret (%s)", where, what)
			}
		}
	}
}

// count returns how many secrets of a kind were noted.
func (c *confidant) count(what string) (n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, is := range c.secrets {
		if is == what {
			n++
		}
	}
	return n
}

// signIn signs in on the screen, with a wrong password first and a second factor at the end.
func (c *confidant) signIn(t *testing.T, p *process.Process) {
	t.Helper()
	p.See("Sign in to a tenant")
	p.Type(c.address)
	p.Press("tab")
	p.Type("totp")
	p.Press("tab")
	p.Type("guessed-Wrong.1")
	p.Press("enter")
	p.See("User name or password is wrong.")
	p.Type("demo-Totp.1")
	p.Press("enter")
	p.See("Six digits from your authenticator app.")
	p.Type(totpCode(t, "JBSWY3DPEHPK3PXP"))
	p.Press("enter")
}

// lookAround looks where secrets could show, at the requests with which the user has signed in, copies
// them as a command and as JSON, and quits.
func lookAround(p *process.Process) {
	p.Press(":")
	p.See("Go to")
	p.Type("requests")
	p.Press("enter")
	p.See("Requests")
	p.Press("/")
	p.Type("oauth")
	p.Press("enter")
	p.See("/tenant/oauth?tenant_id")
	p.Press("enter")
	p.See(`"target": "/tenant/oauth?tenant_id`)
	for _, how := range []string{"j", "u"} {
		p.Press("y")
		p.See("all that is shown")
		p.Press(how)
		p.SeeNoMore("all that is shown")
	}
	p.Press("q")
}

// TestNoSecretIsLeftBehind signs in, works and signs out as users do, and then searches everything
// that the program has written and that others can see of it: what it showed and copied, every
// file in the user's home, its command line and its environment.
func TestNoSecretIsLeftBehind(t *testing.T) {
	t.Parallel()
	if _, err := os.Stat("/proc/self/environ"); err != nil {
		t.Skip("this system does not show the environment of a program: ", err)
	}
	t.Run("with a keyring", func(t *testing.T) {
		t.Parallel()
		d := desktop.Start(t)
		d.StartKeyring(t, "a-passphrase")
		c, found := newConfidant(t), evidence{}
		variables := atHome(t, d.Home, d.Environment())

		p := c8yx.Start(t, process.Options{Variables: variables})
		c.signIn(t, p)
		p.See("● live")
		found.running(t, p)
		lookAround(p)
		if code := p.Exit(); code != ExitOK {
			t.Errorf("exit code %d", code)
		}
		found.screen(t, "the first screen", p.Written())

		p = c8yx.Start(t, process.Options{Args: []string{"devices"}, Variables: variables}) // nobody is asked
		p.See("● live", "totp")
		found.running(t, p)
		p.Press("q")
		p.Exit()
		found.screen(t, "the second screen", p.Written())
		for _, args := range []string{"sessions", "sessions --json", "tenants --json", "doctor", "--tenant " + c.address + " snapshot devices", "logout --all", "sessions"} {
			result := c8yx.Run(t, variables, strings.Fields(args)...)
			found["output of "+args] = []byte(result.Stdout + result.Stderr)
		}
		found.folder(t, d.Home)
		c.search(t, found, "totp", "/tenant/oauth?tenant_id", "t4711/totp", "signed out", "curl", "DBUS_SESSION_BUS_ADDRESS")
		if c.count("password") != 2 || c.count("tfa_code") == 0 || c.count("cookie authorization") == 0 || c.count("XSRF token") == 0 {
			t.Errorf("the tenant has noted only %v", c.secrets)
		}
	})
	t.Run("with a sealed file", func(t *testing.T) {
		t.Parallel()
		home := t.TempDir()
		c, found := newConfidant(t), evidence{}
		variables := atHome(t, home, nil)
		const passphrase = "correct horse battery staple"
		c.note("passphrase", passphrase)

		p := c8yx.Start(t, process.Options{Variables: variables})
		c.signIn(t, p)
		p.See("Stay signed in?")
		p.Press("f")
		p.See("Passphrase of the sealed sign-ins")
		p.Type(passphrase)
		p.Press("tab")
		p.Type(passphrase)
		p.Press("enter")
		p.See("The sign-in is kept in a sealed file")
		found.running(t, p)
		p.Press("q")
		p.Exit()
		found.screen(t, "the first screen", p.Written())

		p = c8yx.Start(t, process.Options{Args: []string{"devices"}, Variables: variables})
		p.See("Passphrase of the sealed sign-ins")
		p.Type(passphrase)
		p.Press("enter")
		p.See("● live", "totp")
		p.Press("q")
		p.Exit()
		found.screen(t, "the second screen", p.Written())
		found.folder(t, home)
		c.search(t, found, "totp", "sealed")
	})
}

// atHome are the variables of a user whose home is a folder, for whatever is written.
func atHome(t *testing.T, home string, further []string) []string {
	t.Helper()
	variables := append([]string{"HOME=" + home, "TMPDIR=" + home}, further...)
	for variable, folder := range map[string]string{
		"XDG_CONFIG_HOME": "config", "XDG_STATE_HOME": "state", "XDG_DATA_HOME": "data", "XDG_CACHE_HOME": "cache",
	} {
		folder = filepath.Join(home, folder)
		if err := os.MkdirAll(folder, 0o700); err != nil {
			t.Fatal(err)
		}
		variables = append(variables, variable+"="+folder)
	}
	return variables
}

// A crash may quote anything: an error that holds a request, the request that holds a token.
func TestACrashFileHoldsNoSecret(t *testing.T) {
	home := t.TempDir()
	t.Setenv("XDG_STATE_HOME", home)
	const secret = "demo-Totp.1"
	for _, value := range []any{secret, errors.New(secret), fmt.Errorf("on the way: %w", errors.New(secret)), struct{ Password string }{secret}} {
		if _, err := writeCrash(&ui.Crash{Value: value, Stack: []byte("goroutine 1 [running]")}); err != nil {
			t.Fatal(err)
		}
	}
	found := evidence{}
	found.folder(t, home)
	c := &confidant{secrets: map[string]string{secret: "password"}}
	c.search(t, found, "goroutine 1", "a panic of type")
}

// The search finds what it is to find, in whatever form.
func TestTheSearchForSecrets(t *testing.T) {
	for content, secret := range map[string]string{
		"GET /x?password=a%2Fb%26c": "a/b&c",
		`{"password":"a\"b\\c"}`:    `a"b\c`,
		"the code 123456.":          "123456",
		"token=abc.def":             "abc.def",
	} {
		if !holds([]byte(content), secret) {
			t.Errorf("%s is not found in %s", secret, content)
		}
	}
	if holds([]byte("2026-11-29T14:48:35.501234569Z"), "123456") {
		t.Error("a code is found within a number")
	}
	e := evidence{}
	e.screen(t, "screen", []byte("\x1b[1mx\x1b]52;c;"+base64.StdEncoding.EncodeToString([]byte("abc.def"))+"\x07"))
	if !holds(e["screen, copy 1"], "abc.def") {
		t.Errorf("copied is %q", e)
	}
}
