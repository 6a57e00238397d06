package directory_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"c8yx/c8yclient"
	"c8yx/session"
	"c8yx/session/directory"
	"c8yx/session/guest"
)

// keeper knows who has signed in before.
type keeper struct {
	session.Keeper
	kept []session.Kept
	err  error
}

func (keeper) Name() string                                   { return "the keyring" }
func (k keeper) List(context.Context) ([]session.Kept, error) { return k.kept, k.err }

func environment(variables ...string) func(string) string {
	return func(name string) string {
		for i := 0; i < len(variables); i += 2 {
			if variables[i] == name {
				return variables[i+1]
			}
		}
		return ""
	}
}

// guests makes a folder of sessions of the command line.
func guests(t *testing.T, sessions map[string]string) string {
	t.Helper()
	folder := t.TempDir()
	for name, content := range sessions {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

// line is what a test looks at of a profile.
func line(p session.Profile) string {
	mode := p.Mode
	if p.ReadOnly {
		mode += "*"
	}
	secrets := ""
	for _, s := range []c8yclient.Secret{p.Password, p.Token, p.TOTPSecret} {
		secrets += s.Reveal()
	}
	return strings.TrimSpace(fmt.Sprintf("%s: %s %s/%s %s %s %s", p.Name, p.Address, p.Tenant, p.User, mode, p.Origin, secrets))
}

func TestOneListOfAllSources(t *testing.T) {
	plant := session.Profile{Name: "plant", Address: "https://plant.example", Mode: session.Production, Colour: "red", Origin: session.FromConfig, TLS: session.TLS{CA: "root.pem"}}
	const dev = `,"settings":{"mode":{"enableCreate":true,"enableUpdate":true,"enableDelete":true}}`
	folder := guests(t, map[string]string{
		"plant-session.json": `{"host":"plant.example","tenant":"t1","username":"jane","password":"secret"` + dev + `}`,
		"plant-other.json":   `{"host":"plant.example","tenant":"t1","username":"joe"` + dev + `}`,
		"lab.json":           `{"host":"http://lab.example:8111","tenant":"t2","username":"eve","password":"secret"` + dev + `}`,
		"broken.json":        `{`,
	})
	kept := []session.Kept{
		{Address: "https://plant.example", Tenant: "t1", User: "jane"},
		{Address: "https://new.example", Tenant: "t9", User: "jane"},
		{Address: "https://new.example", Tenant: "t9", User: "joe"},
		{Address: "https://plant.example", Tenant: "t1", User: "ann"},
		{Address: "https://plant.example", Tenant: "t1", User: "bob"},
	}
	for name, test := range map[string]struct {
		directory directory.Directory
		want      string
		problems  []string
	}{
		"nothing": {},
		"the demo tenant": {
			directory: directory.Directory{Demo: true},
			want:      "demo:  /  demo",
		},
		"all": {
			directory: directory.Directory{
				Config: []session.Profile{plant}, Guests: folder, Keeper: keeper{kept: kept}, Demo: true,
				Getenv: environment("C8Y_HOST", "elsewhere.example", "C8Y_TENANT", "t3", "C8Y_USER", "joe", "C8Y_PASSWORD", "hidden"),
			},
			want: `plant: https://plant.example t1/ann prod config
elsewhere.example: https://elsewhere.example t3/joe  environment hidden
lab: http://lab.example:8111 t2/eve dev c8y secret
plant-other: https://plant.example t1/joe prod c8y
plant-session: https://plant.example t1/jane prod c8y secret
new.example: https://new.example t9/jane  signed in
joe@new.example: https://new.example t9/joe  signed in
bob@plant.example: https://plant.example t1/bob prod signed in
demo:  /  demo`,
			problems: []string{"broken.json: it is not JSON"},
		},
		"a shell of the command line": {
			directory: directory.Directory{
				Guests: folder,
				Getenv: environment("C8Y_SESSION", filepath.Join(folder, "lab.json"), "C8Y_HOST", "lab.example:8111", "C8Y_TENANT", "t2", "C8Y_USERNAME", "eve", "C8Y_TOKEN", "a.b.c"),
			},
			want: `lab: http://lab.example:8111 t2/eve dev environment secreta.b.c
plant-other: https://plant.example t1/joe dev c8y
plant-session: https://plant.example t1/jane dev c8y secret`,
			problems: []string{"broken.json: it is not JSON"},
		},
		"a shell that knows the session alone": {
			directory: directory.Directory{Getenv: environment("C8Y_SESSION", "file://"+filepath.Join(folder, "lab.json"))},
			want:      "lab: http://lab.example:8111 t2/eve dev environment secret",
		},
		"a shell with a session of old": {
			directory: directory.Directory{Getenv: environment("C8Y_SESSION", filepath.Join(folder, "lab.json"), "C8Y_BASEURL", "https://acme.example", "C8Y_USER", "t7/ann")},
			want:      "acme.example: https://acme.example t7/ann  environment",
		},
		"a session that is gone": {
			directory: directory.Directory{Getenv: environment("C8Y_SESSION", "/none.json", "C8Y_HOST", "acme.example", "C8Y_URL", "http://acme.example")},
			want:      "acme.example: http://acme.example /  environment",
			problems:  []string{"C8Y_SESSION: /none.json: no such file"},
		},
		"a session from elsewhere":   {directory: directory.Directory{Getenv: environment("C8Y_SESSION", "env://x")}},
		"an address that is none":    {directory: directory.Directory{Getenv: environment("C8Y_HOST", "ftp://x")}, problems: []string{"C8Y_HOST: the address"}},
		"a keyring that is not here": {directory: directory.Directory{Keeper: keeper{err: session.ErrNoKeeper}}},
		"a keyring that is locked":   {directory: directory.Directory{Keeper: keeper{err: session.ErrRefused}}, problems: []string{"the keyring was not opened"}},
		"a demo tenant of the user":  {directory: directory.Directory{Demo: true, Config: []session.Profile{{Name: "demo", Address: "https://demo.example", Origin: session.FromConfig}}}, want: "demo: https://demo.example /  config\ndemo (demo):  /  demo"},
		"read-only for one, not for another": {
			directory: directory.Directory{
				Config: []session.Profile{
					{Name: "admin", Address: "https://x.example", User: "admin", Origin: session.FromConfig},
					{Name: "look", Address: "https://x.example", User: "look", ReadOnly: true, Origin: session.FromConfig},
				},
				Keeper: keeper{kept: []session.Kept{{Address: "https://x.example", User: "third"}}},
			},
			want: "admin: https://x.example /admin  config\nlook: https://x.example /look * config\nthird@x.example: https://x.example /third * signed in",
		},
	} {
		t.Run(name, func(t *testing.T) {
			l := test.directory.Read(t.Context())
			var lines []string
			for _, p := range l.Profiles {
				lines = append(lines, line(p))
			}
			if got := strings.Join(lines, "\n"); got != test.want {
				t.Errorf("knows\n%s\nwant\n%s", got, test.want)
			}
			if len(l.Problems) != len(test.problems) {
				t.Errorf("problems %v, want %v", l.Problems, test.problems)
			}
			for i, says := range test.problems {
				if i < len(l.Problems) && !strings.Contains(l.Problems[i].Error(), says) {
					t.Errorf("%v does not say %q", l.Problems[i], says)
				}
			}
		})
	}
	// Who signs in where the configuration says whom to trust trusts the same.
	l := directory.Directory{Config: []session.Profile{plant}, Keeper: keeper{kept: kept}}.Read(t.Context())
	if p, err := l.Find("bob@plant.example"); err != nil || p.TLS.CA != "root.pem" || p.Colour != "red" {
		t.Errorf("another user of a tenant: %+v, %v", p, err)
	}
}

func TestFinding(t *testing.T) {
	l := directory.Directory{
		Config: []session.Profile{
			{Name: "plant", Address: "https://plant.example", Tenant: "t1", User: "jane", Mode: session.Production, Origin: session.FromConfig},
			{Name: "Lab", Address: "https://lab.example:8443", Tenant: "t2", User: "eve", Origin: session.FromConfig},
			{Name: "lab admin", Address: "https://lab.example:8443", Tenant: "t2", User: "admin", Origin: session.FromConfig},
		},
		Guests: guests(t, map[string]string{"work.json": `{"host":"plant.example","tenant":"t1","username":"jane"}`}), Demo: true,
	}.Read(t.Context())
	for meant, want := range map[string]string{
		"plant": "plant", "PLANT": "plant", "work": "plant", "https://plant.example/": "plant", "plant.example": "plant", "t1": "plant", "t1/Jane": "plant",
		"lab": "Lab", "t2/admin": "lab admin", "demo": "demo", " plant ": "plant",
	} {
		if p, err := l.Find(meant); err != nil || p.Name != want {
			t.Errorf("Find(%q): %q, %v; want %q", meant, p.Name, err, want)
		}
	}
	for meant, test := range map[string]struct {
		want error
		says string
	}{
		"lab.example:8443": {directory.ErrAmbiguous, "Lab, lab admin"},
		"t2":               {directory.ErrAmbiguous, "Lab, lab admin"},
		"t2/nobody":        {directory.ErrUnknown, "known are plant, Lab, lab admin, demo"},
		"":                 {directory.ErrUnknown, "known are"},
	} {
		if p, err := l.Find(meant); !errors.Is(err, test.want) || !strings.Contains(err.Error(), test.says) {
			t.Errorf("Find(%q): %q, %v; want %v with %q", meant, p.Name, err, test.want, test.says)
		}
	}
	typed, err := l.Typed("new.example")
	if err != nil || typed.Address != "https://new.example" || typed.Name != "new.example" || typed.Origin != session.FromUser {
		t.Errorf("an address nobody knows: %+v, %v", typed, err)
	}
	if _, err := l.Typed("ftp://new.example"); err == nil {
		t.Error("an address that is none is taken")
	}
}

func TestChoosing(t *testing.T) {
	plant := session.Profile{Name: "plant", Address: "https://plant.example", Origin: session.FromConfig}
	lab := session.Profile{Name: "lab", Address: "https://lab.example", Origin: session.FromConfig}
	shell := environment("C8Y_HOST", "lab.example")
	for name, test := range map[string]struct {
		directory directory.Directory
		want      string
		err       error
	}{
		"nothing":             {directory.Directory{}, "", directory.ErrNone},
		"the demo tenant":     {directory.Directory{Demo: true}, "", directory.ErrNone},
		"one":                 {directory.Directory{Demo: true, Config: []session.Profile{plant}}, "plant", nil},
		"two":                 {directory.Directory{Config: []session.Profile{plant, lab}}, "", directory.ErrUndecided},
		"a default":           {directory.Directory{Config: []session.Profile{plant, lab}, Default: "lab"}, "lab", nil},
		"a wrong default":     {directory.Directory{Config: []session.Profile{plant}, Default: "lba"}, "", directory.ErrUnknown},
		"the demo by default": {directory.Directory{Config: []session.Profile{plant}, Default: "demo", Demo: true}, "demo", nil},
		"the shell is wrong":  {directory.Directory{Config: []session.Profile{plant}, Getenv: environment("C8Y_SESSION", "/none.json")}, "", fs.ErrNotExist},
		"the shell says":      {directory.Directory{Config: []session.Profile{plant, lab}, Default: "plant", Getenv: shell}, "lab", nil},
	} {
		p, err := test.directory.Read(t.Context()).Choice()
		if p.Name != test.want || !errors.Is(err, test.err) {
			t.Errorf("%s: %q, %v; want %q, %v", name, p.Name, err, test.want, test.err)
		}
	}
}

func TestThePassphraseIsTakenFromTheEnvironmentOrAskedFor(t *testing.T) {
	const folder = "../guest/testdata/sessions"
	none := environment()
	for name, test := range map[string]struct {
		getenv  func(string) string
		answers []c8yclient.Secret
		asked   int
		want    error
	}{
		"in the environment":       {environment("C8Y_PASSPHRASE", "correct horse"), nil, 0, nil},
		"asked for":                {none, []c8yclient.Secret{"correct horse"}, 1, nil},
		"asked for again":          {environment("C8Y_PASSPHRASE", "wrong"), []c8yclient.Secret{"wrong", "correct horse"}, 2, nil},
		"wrong again and again":    {none, []c8yclient.Secret{"a", "b", "c", "correct horse"}, 3, guest.ErrPassphrase},
		"not given":                {none, nil, 1, context.Canceled},
		"nobody there to be asked": {nil, nil, -1, guest.ErrNoPassphrase},
	} {
		t.Run(name, func(t *testing.T) {
			d := directory.Directory{Guests: folder, Getenv: test.getenv}
			p, err := d.Read(t.Context()).Find("acme")
			if err != nil {
				t.Fatal(err)
			}
			asked := 0
			ask := func(problem error) (c8yclient.Secret, error) {
				asked++
				if asked > 1 != (problem != nil) && name != "asked for again" {
					t.Errorf("asked for the %dth time, the problem is %v", asked, problem)
				}
				if asked > len(test.answers) {
					return "", context.Canceled
				}
				return test.answers[asked-1], nil
			}
			if test.asked < 0 {
				ask, asked = nil, -1
			}
			p, err = d.Unseal(p, ask)
			if !errors.Is(err, test.want) || asked != test.asked {
				t.Errorf("asked %d times: %v; want %d: %v", asked, err, test.asked, test.want)
			}
			if err == nil && (p.Password != "s3cret of acme" || p.Sealed != "") {
				t.Errorf("the password is %q", p.Password.Reveal())
			}
		})
	}
}

// A token in the environment says whose it is; one that does not is nobody's but its own.
func TestATokenIsNotGivenToAnotherUser(t *testing.T) {
	jane := session.Profile{Name: "plant", Address: "https://plant.example", User: "jane", Origin: session.FromConfig}
	const joes = "e30.eyJzdWIiOiJqb2UiLCJ0ZW4iOiJ0MSJ9.e30" // {"sub":"joe","ten":"t1"}
	for token, want := range map[string]string{
		joes:     "joe@plant.example: https://plant.example t1/joe  environment " + joes,
		"opaque": "plant.example: https://plant.example /  environment opaque",
	} {
		l := directory.Directory{
			Config: []session.Profile{jane}, Getenv: environment("C8Y_BASEURL", "plant.example", "C8Y_TOKEN", token),
		}.Read(t.Context())
		if len(l.Profiles) != 2 || line(l.Profiles[0]) != "plant: https://plant.example /jane  config" || line(l.Profiles[1]) != want {
			t.Errorf("%s: %v, want %s", token, l.Profiles, want)
		}
	}
}
