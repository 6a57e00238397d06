package config_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"c8yx/cmd/config"
	"c8yx/keys"
	"c8yx/session"
	"c8yx/theme"
)

const place = "/home/jane/.config/c8yx/config.toml"

// The example in the documentation is complete and right.
func TestTheDocumentedFile(t *testing.T) {
	documentation, err := os.ReadFile("../../docs/config.md")
	if err != nil {
		t.Fatal(err)
	}
	_, after, _ := strings.Cut(string(documentation), "```toml\n")
	example, _, found := strings.Cut(after, "```\n")
	if !found {
		t.Fatal("docs/config.md has no example")
	}
	t.Setenv("HOME", "/home/jane")
	got := config.Parse(place, []byte(example))
	for _, mistake := range got.Mistakes {
		t.Error(mistake)
	}
	want := []session.Profile{
		{
			Name: "plant", Address: "https://plant.example", Tenant: "t4711", User: "jane", Mode: session.Production, Colour: "red",
			Origin: session.FromConfig, From: place,
		},
		{
			Name: "lab", Address: "https://lab.example:8443", Mode: session.Development, Colour: "green",
			TLS: session.TLS{
				CA:          filepath.Join(filepath.Dir(place), "lab-root.pem"),
				Certificate: "/home/jane/certs/jane.pem", Key: "/home/jane/certs/jane.key",
			},
			Origin: session.FromConfig, From: place,
		},
		{Name: "archive", Address: "https://archive.example", ReadOnly: true, Origin: session.FromConfig, From: place},
	}
	if !slices.Equal(got.Tenants, want) {
		t.Errorf("tenants\n%+v, want\n%+v", got.Tenants, want)
	}
	if got.DefaultTenant != "plant" || got.DefaultPlace != "alarms?severity=CRITICAL,MAJOR" || got.Theme != "auto" || got.Palette != theme.Standard {
		t.Errorf("defaults %q %q, theme %q %q", got.DefaultTenant, got.DefaultPlace, got.Theme, got.Palette)
	}
	if k := got.Keys.Of("alarm.acknowledge"); !slices.Equal(k, []string{"a", "ctrl+a"}) {
		t.Errorf("alarm.acknowledge has the keys %q", k)
	}
	if k := got.Keys.Of("view.pause"); len(k) != 0 {
		t.Errorf("view.pause has the keys %q", k)
	}
	for _, setting := range []string{"preset", "palette", "insecure", "certificate"} {
		if !strings.Contains(example, setting+" =") {
			t.Errorf("the example lacks %s", setting)
		}
	}
	for _, colour := range theme.Marks() {
		if !strings.Contains(example, colour) {
			t.Errorf("the example does not name the colour %s", colour)
		}
	}
}

// Mistakes are told one by one, with their place, and leave the rest usable.
func TestMistakes(t *testing.T) {
	const plant = "[[tenants]]\nname = \"plant\"\naddress = \"plant.example\"\n"
	for name, test := range map[string]struct {
		content string
		// mistakes are "line:column: words", and what must be in the line that is shown.
		mistakes []string
		tenants  string // those that are left, read-only ones with a star
	}{
		"an unknown setting": {
			content: "them = \"dark\"\n" + plant, tenants: "plant",
			mistakes: []string{`1:1: there is no setting "them" here; did you mean "theme"?: them = "dark"`},
		},
		"a misspelt setting of a tenant": {
			content: plant + "readonly = true\n", tenants: "plant*",
			mistakes: []string{`4:1: there is no setting "readonly" here; did you mean "read_only"?: readonly = true`},
		},
		"a flag that is a text": {
			content: plant + "  read_only = \"yes\"\n", tenants: "plant*",
			mistakes: []string{`4:3: read_only is true or false, without quotes: read_only = "yes"`},
		},
		"a mode that is none": {
			content: plant + "mode = \"production\"\n", tenants: "plant*",
			mistakes: []string{`4:1: mode is one of prod, qual, dev`},
		},
		"a text without quotes": {
			content: plant + "mode = prod\n[[tenants]]\nname = \"lab\"\naddress = \"lab.example\"\n", tenants: "plant* lab",
			mistakes: []string{`4:8: `},
		},
		"a broken header": {
			content: plant + "[[tenants]\nname = \"lab\"\naddress = \"lab.example\"\n[[tenants]]\nname = \"third\"\naddress = \"third.example\"\n",
			tenants: "plant third", mistakes: []string{`4:`},
		},
		"a text that does not end": {
			content: plant + "user = \"\"\"jane\n", tenants: "plant*", mistakes: []string{`4:`},
		},
		"a list that does not end": {
			content: plant + "[keys]\n\"alarm.clear\" = [\"C\",\n", tenants: "plant", mistakes: []string{`5:`},
		},
		"the same setting twice": {
			content: plant + "name = \"other\"\n", tenants: "plant*", mistakes: []string{`4:`},
		},
		"the same name twice": {
			content: plant + plant, tenants: "plant", mistakes: []string{`5:1: there is another tenant with this name above`},
		},
		"no name and no address": {
			content: "[[tenants]]\nuser = \"jane\"\n", mistakes: []string{`1:1: the tenant has no name`, `1:1: the tenant has no address`},
		},
		"an address that is none": {
			content:  "[[tenants]]\nname = \"plant\"\naddress = \"ftp://plant.example\"\n",
			mistakes: []string{`3:1: the address of the tenant must begin with https:// or http://`},
		},
		"one table for all": {content: "[tenants]\nname = \"plant\"\n", mistakes: []string{`1:1: each tenant is a table of its own: [[tenants]]`}},
		"texts for tenants": {content: "tenants = [\"plant\"]\n", mistakes: []string{`1:1: each tenant is a table of its own`}},
		"half a client certificate": {
			content: plant + "certificate = \"jane.pem\"\n", tenants: "plant*", mistakes: []string{`4:1: certificate and key belong together`},
		},
		"a colour nobody has": {content: plant + "colour = \"gren\"\n", tenants: "plant*", mistakes: []string{`4:1: colour is one of blue, cyan, green`}},
		"an action nobody has": {
			content:  "[keys]\n\"alarm.acknowlege\" = [\"a\"]\n",
			mistakes: []string{`2:1: there is no action "alarm.acknowlege"; did you mean "alarm.acknowledge"?; c8yx keys lists all of them`},
		},
		"a key nobody has":   {content: "[keys]\n\"view.pause\" = \"Return\"\n", mistakes: []string{`2:1: there is no key "Return"; write "enter"`}},
		"a key of two":       {content: "[keys]\nview.pause = [\"q\"]\n", mistakes: []string{`2:1: "q" does both view.pause and program.quit`}},
		"a key in a table":   {content: "[keys.view]\npause = [\"q\"]\n", mistakes: []string{`2:1: "q" does both view.pause and program.quit`}},
		"keys of no sort":    {content: "[keys]\n\"view.pause\" = 7\n", mistakes: []string{`2:1: keys are written as ["a", "ctrl+b"]`}},
		"keys without list":  {content: "keys = \"vim\"\n", mistakes: []string{`1:1: keys are a table of their own: [keys]`}},
		"a preset of nobody": {content: "[keys]\npreset = \"emacs\"\n", mistakes: []string{`2:1: preset is one of default, vim, k9s`}},
		"several": {
			content:  "theme = 7\npalette = \"neon\"\n" + plant + "mode = \"qual\"\n",
			mistakes: []string{`1:1: theme is a text: write it in quotes`, `2:1: palette is one of standard, colorblind`}, tenants: "plant",
		},
		"a control character": {content: plant + "user = \"ja\\u001bne\"\n", tenants: "plant*", mistakes: []string{`4:1: user holds a control character`}},
		"not text at all":     {content: "\x00\xff\xfe\x1b[31m", mistakes: []string{`1:`}},
	} {
		t.Run(name, func(t *testing.T) {
			got := config.Parse(place, []byte(test.content))
			var said []string
			for _, m := range got.Mistakes {
				said = append(said, strings.TrimPrefix(m.Error(), place+":"))
			}
			if len(said) != len(test.mistakes) {
				t.Errorf("%d mistakes, want %d:\n%s", len(said), len(test.mistakes), strings.Join(said, "\n"))
			}
			for i := range min(len(said), len(test.mistakes)) {
				if !strings.HasPrefix(said[i], test.mistakes[i]) {
					t.Errorf("says\n\t%s, want\n\t%s", said[i], test.mistakes[i])
				}
			}
			var tenants []string
			for _, p := range got.Tenants {
				if p.ReadOnly {
					p.Name += "*"
				}
				tenants = append(tenants, p.Name)
			}
			if list := strings.Join(tenants, " "); list != test.tenants {
				t.Errorf("tenants %q, want %q", list, test.tenants)
			}
			if got.Keys == nil || got.Theme == "" || got.Palette == "" {
				t.Error("what the file does not say has no default")
			}
		})
	}
}

// A password that somebody has written into the file is told to be out of place and not shown.
func TestSecretsAreOutOfPlace(t *testing.T) {
	for _, line := range []string{`password = "hunter2"`, `api_token = "hunter2"`, `password = hunter2`, `PassWord="hunter2`, `totp_secret='hunter2'`} {
		got := config.Parse(place, []byte("[[tenants]]\nname = \"plant\"\naddress = \"plant.example\"\n"+line+"\n"))
		said := fmt.Sprintf("%v %+v", got.Mistakes, got)
		if len(got.Mistakes) != 1 || strings.Contains(said, "hunter2") {
			t.Errorf("%s: %s", line, said)
		}
	}
}

func TestReadingTheFile(t *testing.T) {
	folder := t.TempDir()
	file := filepath.Join(folder, "c8yx", "config.toml")
	t.Setenv("XDG_CONFIG_HOME", folder)
	if got, err := config.Place(); err != nil || got != file {
		t.Errorf("the file is expected at %q (%v), want %q", got, err, file)
	}
	got, err := config.Read(file)
	if err != nil || got.Exists || got.Keys == nil || got.Theme != "auto" {
		t.Errorf("without a file: %+v, %v", got, err)
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte("theme = \"dark\"\r\n[keys]\r\npreset = \"vim\"\r\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	got, err = config.Read(file)
	if err != nil || !got.Exists || got.Theme != "dark" || !slices.Equal(got.Keys.Of("history.back"), []string{"ctrl+o", "["}) || got.Mistakes != nil {
		t.Errorf("%+v, %v", got, err)
	}
	got, err = config.Read(folder)
	if err == nil || !strings.Contains(err.Error(), "is not a file") || got.Keys == nil {
		t.Errorf("a folder: %+v, %v", got, err)
	}
}

// Whatever is in the file, something usable comes out, and mistakes lie within it.
func FuzzParse(f *testing.F) {
	documentation, err := os.ReadFile("../../docs/config.md")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(documentation)
	f.Add([]byte("[[tenants]]\nname=\"x\"\naddress='y'\n[keys.view]\npause=[\"p\"]\n"))
	f.Add([]byte("a=\"\"\"\n\n[[tenants]\n[keys]\n\"\"=1\n"))
	f.Fuzz(func(t *testing.T, content []byte) {
		got := config.Parse(place, content)
		lines := strings.Count(string(content), "\n") + 1
		for _, m := range got.Mistakes {
			if m.Line < 1 || m.Line > lines || m.Column < 1 || m.Says == "" {
				t.Errorf("%+v in %d lines", m, lines)
			}
		}
		if len(got.Keys.Conflicts()) != 0 || len(got.Keys.Of(keys.Interrupt.ID)) == 0 && !strings.Contains(string(content), "interrupt") {
			t.Error("the keys are not usable")
		}
		for _, p := range got.Tenants {
			if p.Name == "" || !strings.HasPrefix(p.Address, "http") {
				t.Errorf("an unusable tenant: %+v", p)
			}
		}
	})
}
