package guest_test

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"c8yx/c8yclient"
	"c8yx/session"
	"c8yx/session/guest"
)

const passphrase = c8yclient.Secret("correct horse")

func nothing(string) string { return "" }

// The sessions in testdata are in the forms that versions of the command line write. The encrypted
// ones were made with another implementation: Python's hashlib.scrypt and AESGCM.
func TestSessions(t *testing.T) {
	const folder = "testdata/sessions"
	before := contents(t, folder)
	profiles, problems := guest.Sessions(folder)
	want := []session.Profile{
		{
			Name: "acme", Address: "https://acme.example", Tenant: "4712", User: "joe@acme.example", Mode: session.Qualification,
			TLS: session.TLS{Insecure: true}, Method: "OAUTH2_INTERNAL", Sealed: folder + "/customers/acme.yaml", Origin: session.FromC8Y, From: folder + "/customers/acme.yaml",
		},
		{
			Name: "customers/lab", Address: "https://lab.customers.example", User: "eve", Method: "DEVICE", Mode: session.Development,
			Origin: session.FromC8Y, From: folder + "/customers/lab.yml",
		},
		{
			Name: "lab", Address: "http://127.0.0.1:8111", User: "admin", Password: " blanks belong to it ", Token: "x.y.z",
			TOTPSecret: "JBSWY3DPEHPK3PXP", Mode: session.Development, Origin: session.FromC8Y, From: folder + "/lab.toml",
		},
		{
			Name: "plant", Address: "https://plant.example", Tenant: "t4711", User: "jane", Password: "pa55-w0rd", Mode: session.Qualification,
			Origin: session.FromC8Y, From: folder + "/plant.json",
		},
	}
	if len(profiles) != len(want) {
		t.Fatalf("%d sessions, want %d: %+v", len(profiles), len(want), profiles)
	}
	for i, p := range profiles {
		if p != want[i] {
			t.Errorf("session\n%+v, want\n%+v", p, want[i])
		}
	}
	said := map[string]bool{}
	for _, problem := range problems {
		line := problem.Error()
		said[line] = true
		if strings.Contains(line, "\n") || strings.Contains(line, "pa55") {
			t.Errorf("not a line without secrets: %q", line)
		}
	}
	for _, line := range []string{"bomb.yaml: anchors and aliases in YAML are not read", "damaged.json: it is not JSON", "nowhere.json: it names no host"} {
		if !said[folder+"/"+line] {
			t.Errorf("nobody says %q, but %v", line, problems)
		}
	}
	if len(problems) != 3 {
		t.Errorf("%d problems, want 3: %v", len(problems), problems)
	}
	if after := contents(t, folder); after != before {
		t.Error("the folder is not what it was")
	}
}

func TestUnsealing(t *testing.T) {
	sealed, err := guest.Read("testdata/sessions/customers/acme.yaml")
	if err != nil {
		t.Fatal(err)
	}
	p, err := guest.Unseal(sealed, passphrase, nothing)
	if err != nil {
		t.Fatal(err)
	}
	if p.Sealed != "" || p.Password != "s3cret of acme" || p.Token != "a.b.c" || p.TOTPSecret != "JBSWY3DPEHPK3PXP" {
		t.Errorf("unsealed %q %q %q", p.Password.Reveal(), p.Token.Reveal(), p.TOTPSecret.Reveal())
	}
	if again, err := guest.Unseal(p, "", nothing); err != nil || again != p {
		t.Errorf("unsealing what is open: %v", err)
	}

	read := func(name string) string {
		content, err := os.ReadFile(filepath.Join("testdata/sessions", name))
		if err != nil {
			t.Fatal(err)
		}
		return string(content)
	}
	session := read("customers/acme.yaml")
	damaged := strings.Replace(session, "password: '{encrypted}", "password: '{encrypted}00", 1)
	for name, test := range map[string]struct {
		key, session, environment string
		passphrase                c8yclient.Secret
		want                      error
		says                      string
	}{
		"none":                                  {read(".key"), session, "", "", guest.ErrNoPassphrase, "encrypted"},
		"a wrong one":                           {read(".key"), session, "", "wrong horse", guest.ErrPassphrase, "wrong"},
		"a wrong one without a check text":      {"", session, "", "wrong horse", guest.ErrPassphrase, "wrong"},
		"a wrong one by that of the shell":      {"", session, read(".key"), "wrong horse", guest.ErrPassphrase, "wrong"},
		"the right one, by that of the shell":   {"", session, read(".key"), passphrase, nil, ""},
		"the right one without a check text":    {"", session, "", passphrase, nil, ""},
		"the right one and a damaged value":     {read(".key"), damaged, "", passphrase, nil, "the password is damaged"},
		"the right one and half a value":        {read(".key"), session[:strings.Index(session, "password")] + "password: '{encrypted}abcd'\n", "", passphrase, nil, "the password cannot be decrypted: it is not complete"},
		"the right one and a check text of old": {"something else", session, "", passphrase, nil, ""},
	} {
		t.Run(name, func(t *testing.T) {
			folder := t.TempDir()
			write(t, filepath.Join(folder, "acme.yaml"), test.session)
			if test.key != "" {
				write(t, filepath.Join(folder, ".key"), test.key)
			}
			p, err := guest.Read(filepath.Join(folder, "acme.yaml"))
			if err != nil {
				t.Fatal(err)
			}
			_, err = guest.Unseal(p, test.passphrase, func(name string) string {
				if name == "C8Y_PASSPHRASE_TEXT" {
					return strings.TrimSpace(test.environment)
				}
				return ""
			})
			switch {
			case test.want != nil && !errors.Is(err, test.want), (test.says == "") != (err == nil):
				t.Errorf("%v, want %v %q", err, test.want, test.says)
			case err != nil && (!strings.Contains(err.Error(), test.says) || strings.Contains(err.Error(), "horse")):
				t.Errorf("says %q, want %q", err, test.says)
			}
		})
	}
}

// What is no file of a person does not hold up the others.
func TestFoldersOfAllSorts(t *testing.T) {
	if profiles, problems := guest.Sessions(filepath.Join(t.TempDir(), "none")); profiles != nil || problems != nil {
		t.Errorf("no folder: %v %v", profiles, problems)
	}
	if profiles, problems := guest.Sessions(""); profiles != nil || problems != nil {
		t.Errorf("no home: %v %v", profiles, problems)
	}
	folder := t.TempDir()
	write(t, filepath.Join(folder, "good.json"), "\ufeff"+`{"HOST":"good.example","HOST":"better.example","tenant":"null"}`)
	write(t, filepath.Join(folder, "good.yaml"), "host: good.example")
	write(t, filepath.Join(folder, "large.json"), `{"host":"`+strings.Repeat("x", 300<<10)+`"}`)
	write(t, filepath.Join(folder, "deep.yaml"), strings.Repeat("[", 10_000))
	write(t, filepath.Join(folder, "empty.json"), "")
	write(t, filepath.Join(folder, "list.json"), "[1,2]")
	write(t, filepath.Join(folder, "address.json"), `{"host":"ftp://x"}`)
	if err := os.Mkdir(filepath.Join(folder, "folder.json"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(filepath.Join(folder, "gone"), filepath.Join(folder, "link.json")); err != nil {
		t.Fatal(err)
	}
	profiles, problems := guest.Sessions(folder)
	if len(profiles) != 2 || profiles[0].Name != "good.json" || profiles[1].Name != "good.yaml" || profiles[0].Address != "https://better.example" || profiles[0].Tenant != "" {
		t.Errorf("sessions %+v", profiles)
	}
	for _, want := range []string{"large.json: it is larger", "deep.yaml: it is not YAML", "empty.json: it is not JSON", "list.json: it holds no settings", "address.json: the address", "link.json: no such file"} {
		if !strings.Contains(fmt.Sprint(problems), want) {
			t.Errorf("nobody says %q, but %v", want, problems)
		}
	}
}

// Whatever is in a file: an answer, and nothing of the file in the error.
func FuzzRead(f *testing.F) {
	for _, name := range []string{"plant.json", "customers/acme.yaml", "customers/lab.yml", "lab.toml", "bomb.yaml", "damaged.json"} {
		content, err := os.ReadFile(filepath.Join("testdata/sessions", name))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(filepath.Ext(name), content)
	}
	folder := f.TempDir()
	f.Fuzz(func(t *testing.T, extension string, content []byte) {
		switch extension {
		case ".json", ".yaml", ".yml", ".toml":
		default:
			return
		}
		file := filepath.Join(folder, fmt.Sprintf("session-%d%s", os.Getpid(), extension))
		write(t, file, string(content))
		p, err := guest.Read(file)
		if err != nil {
			if strings.Contains(err.Error(), "\n") || len(err.Error()) > len(file)+200 {
				t.Errorf("the error says too much: %q", err)
			}
			return
		}
		if !strings.HasPrefix(p.Address, "http") || strings.HasPrefix(string(p.Password), "{encrypted}") {
			t.Errorf("not a usable profile: %+v", p)
		}
		if _, err := guest.Unseal(p, "", nothing); p.Sealed != "" && !errors.Is(err, guest.ErrNoPassphrase) {
			t.Errorf("unsealed without a passphrase: %v", err)
		}
	})
}

func write(t *testing.T, file, content string) {
	t.Helper()
	if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

// contents is everything in a folder, with the times of the last changes.
func contents(t *testing.T, folder string) string {
	t.Helper()
	var all strings.Builder
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := entry.Info()
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		fmt.Fprintln(&all, path, info.ModTime(), info.Mode(), string(content))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all.String()
}
