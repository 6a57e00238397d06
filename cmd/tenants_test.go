package cmd

import (
	"encoding/json"
	"io"
	"log"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"c8yx/cmd/story/process"
	"c8yx/demo"
)

// configured writes a configuration and a session of the command line, and returns the variables
// and flags that lead there.
func configured(t *testing.T, config, guest string) (variables []string, flags []string) {
	t.Helper()
	folder := t.TempDir()
	file := filepath.Join(folder, "config.toml")
	for name, content := range map[string]string{file: config, filepath.Join(folder, "guest.json"): guest} {
		if err := os.WriteFile(name, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return []string{"C8Y_SESSION_HOME=" + folder}, []string{"--config", file}
}

func TestBinaryListsTheTenantsThatAreKnown(t *testing.T) {
	t.Parallel()
	variables, flags := configured(t, `
[[tenants]]
name = "plant"
address = "plant.example"
mode = "prod"
password = "hidden-in-the-config"
`, `{"host":"https://lab.example","tenant":"t2","username":"eve","password":"hidden-in-the-session"}`)
	variables = append(variables, "C8Y_BASEURL=http://127.0.0.1:1", "C8Y_USER=t3/joe", "C8Y_PASSWORD=hidden-in-the-environment")

	result := c8yx.Run(t, variables, append(flags, "tenants")...)
	if result.Code != ExitOK || !strings.Contains(result.Stderr, "config.toml:6:1: no secret belongs into this file") {
		t.Errorf("exit code %d, stderr %q", result.Code, result.Stderr)
	}
	for _, line := range []string{
		"plant         https://plant.example   -        -      prod, read-only   config (",
		"127.0.0.1:1   http://127.0.0.1:1      t3       joe    -                 environment (C8Y_BASEURL)",
		"guest         https://lab.example     t2       eve    prod              c8y (",
		"demo          -                       -        -      -                 demo",
	} {
		if !strings.Contains(result.Stdout, line) {
			t.Errorf("the list lacks\n%s\nin\n%s", line, result.Stdout)
		}
	}
	asJSON := c8yx.Run(t, variables, append(flags, "tenants", "--json")...)
	var tenants []map[string]any
	if err := json.Unmarshal([]byte(asJSON.Stdout), &tenants); err != nil || len(tenants) != 4 || tenants[0]["readOnly"] != true || tenants[2]["user"] != "eve" {
		t.Errorf("%v in %s", err, asJSON.Stdout)
	}
	if all := result.Stdout + result.Stderr + asJSON.Stdout + asJSON.Stderr; strings.Contains(all, "hidden") {
		t.Errorf("a secret is told:\n%s", all)
	}
}

// Flags, environment and configuration say which tenant is opened, and how.
func TestBinaryOpensTheTenantThatIsChosen(t *testing.T) {
	t.Parallel()
	tenant, err := demo.New(demo.Options{Devices: -1})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(tenant)
	t.Cleanup(server.Close)
	secure := httptest.NewUnstartedServer(tenant)
	secure.Config.ErrorLog = log.New(io.Discard, "", 0)
	secure.StartTLS()
	t.Cleanup(secure.Close)
	admin := demo.Options{}.Administrator()
	credentials := `","tenant":"` + admin.Tenant + `","username":"` + admin.Name + `","password":"` + admin.Password + `"}`

	variables, flags := configured(t, `
default_place = "alarms"
[[tenants]]
name = "plant"
address = "`+server.URL+`"
mode = "prod"
`, `{"host":"`+server.URL+credentials)
	tlsVariables, tlsFlags := configured(t, "theme = \"dark\"\ndefault_place = \"submarines\"\n", `{"host":"`+secure.URL+credentials)
	inShell := []string{"C8Y_BASEURL=" + server.URL, "C8Y_TENANT=" + admin.Tenant, "C8Y_USER=" + admin.Name, "C8Y_PASSWORD=" + admin.Password}

	for name, test := range map[string]struct {
		variables []string
		args      []string
		code      int
		says      string // in the frame, or on standard error
	}{
		"by name":                    {variables, append(flags, "-t", "guest", "snapshot", "devices", "--size", "100x20"), ExitOK, "PROD · read-only"},
		"by user":                    {variables, append(flags, "--tenant", admin.Tenant+"/"+admin.Name, "snapshot", "devices"), ExitOK, "PROD · read-only"},
		"by the shell":               {append(inShell, variables...), append(flags, "snapshot", "devices"), ExitOK, "PROD · read-only"},
		"by the shell alone":         {inShell, []string{"--read-only", "snapshot", "devices"}, ExitOK, "read-only"},
		"the only one":               {tlsVariables, append(tlsFlags, "--insecure", "snapshot", "devices"), ExitOK, "TLS UNCHECKED"},
		"one that nobody trusts":     {tlsVariables, append(tlsFlags, "snapshot", "devices"), ExitNetwork, "--ca FILE"},
		"an authority that is none":  {tlsVariables, append(tlsFlags, "--ca", "/none.pem", "snapshot", "devices"), ExitUsage, "/none.pem"},
		"one of two":                 {variables, append(flags, "snapshot", "devices"), ExitUsage, "--tenant NAME"},
		"the demo tenant":            {variables, append(flags, "-t", "demo", "snapshot", "devices"), ExitOK, "DEMO"},
		"the demo tenant, read-only": {nil, []string{"--demo", "--read-only", "snapshot", "devices"}, ExitOK, "DEMO · read-only"},
		"one that nobody knows":      {variables, append(flags, "-t", "plnt", "snapshot", "devices"), ExitUsage, "known are plant, guest, demo"},
		"two at once":                {nil, []string{"--demo", "-t", "plant", "snapshot", "devices"}, ExitUsage, "choose one"},
		"no configuration":           {nil, []string{"--config", "/none.toml", "--demo", "snapshot", "devices"}, ExitUsage, "/none.toml"},
		"a theme that is none":       {nil, []string{"--theme", "neon", "--demo", "snapshot", "devices"}, ExitUsage, "--theme neon"},
		"a palette that is none":     {nil, []string{"--palette", "neon", "--demo", "snapshot", "devices"}, ExitUsage, "--palette neon"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			result := c8yx.Run(t, test.variables, test.args...)
			said := result.Stdout
			if test.code != ExitOK {
				said = result.Stderr
			}
			if result.Code != test.code || !strings.Contains(said, test.says) {
				t.Errorf("exit code %d, want %d; %q is not in\n%s%s", result.Code, test.code, test.says, result.Stdout, result.Stderr)
			}
		})
	}
	t.Run("what the configuration says of the screen", func(t *testing.T) {
		t.Parallel()
		p := c8yx.Start(t, process.Options{Args: append(tlsFlags, "--insecure"), Variables: append(tlsVariables, "C8YX_KEEP=none")})
		p.See("Overview", `default_place in the configuration: there is no view "submarines"`)
		p.Press("q")
		if code := p.Exit(); code != ExitOK {
			t.Errorf("exit code %d", code)
		}
	})
}
