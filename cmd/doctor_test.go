package cmd

import (
	"encoding/json"
	"net/http/httptest"
	"strings"
	"testing"

	"c8yx/demo"
)

// The doctor's exit code says what keeps the user from working.
func TestBinaryLooksForWhatIsWrong(t *testing.T) {
	t.Parallel()
	fault, err := demo.ParseFault("skew:by=-3h")
	if err != nil {
		t.Fatal(err)
	}
	late, err := demo.New(demo.Options{Devices: -1, Faults: []demo.Fault{fault}})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(late)
	t.Cleanup(server.Close)
	admin := demo.Options{}.Administrator()
	for name, test := range map[string]struct {
		args      string
		variables []string
		code      int
		says      string
	}{
		"all is well":        {"--demo doctor", nil, ExitOK, "ok    realtime     connected within"},
		"by name":            {"doctor demo", nil, ExitOK, "ok    user         admin of tenant t4711"},
		"no tenant":          {"doctor", nil, ExitOK, "warn  tenant       none is known yet"},
		"an unknown tenant":  {"doctor plnt", nil, ExitError, "fail  tenant       no such tenant is known"},
		"nobody there":       {"doctor http://127.0.0.1:1", nil, ExitNetwork, "fail  address"},
		"nobody let in":      {"doctor " + server.URL, nil, ExitSignIn, "fail  user         nobody is signed in"},
		"a clock hours off":  {"doctor", []string{"C8Y_HOST=" + server.URL, "C8Y_USER=" + admin.Name, "C8Y_PASSWORD=" + admin.Password}, ExitError, "fail  clock        that of this machine is "},
		"a proxy in the way": {"doctor https://acme.example", []string{"HTTPS_PROXY=http://jane:hidden@127.0.0.1:1"}, ExitNetwork, "fail  proxy        the proxy that the environment names cannot be reached"},
		"two tenants":        {"doctor -t demo plant", nil, ExitUsage, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			result := c8yx.Run(t, test.variables, strings.Fields(test.args)...)
			if result.Code != test.code || !strings.Contains(result.Stdout, test.says) {
				t.Errorf("exit code %d, want %d; %q is not in\n%s%s", result.Code, test.code, test.says, result.Stdout, result.Stderr)
			}
			if strings.Contains(result.Stdout+result.Stderr, "hidden") {
				t.Errorf("the password of the proxy is told:\n%s", result.Stdout)
			}
			if test.code != ExitUsage && result.Stderr != "" {
				t.Errorf("it says besides: %s", result.Stderr)
			}
			if test.code == ExitUsage {
				return
			}
			var findings []map[string]string
			asJSON := c8yx.Run(t, test.variables, append(strings.Fields(test.args), "--json")...)
			if err := json.Unmarshal([]byte(asJSON.Stdout), &findings); err != nil || asJSON.Code != test.code || len(findings) != strings.Count(result.Stdout, "\nok ")+strings.Count(result.Stdout, "\nwarn ")+strings.Count(result.Stdout, "\nfail ")+1 {
				t.Errorf("as JSON: %v, exit code %d, %d findings:\n%s", err, asJSON.Code, len(findings), asJSON.Stdout)
			}
		})
	}
}
