package cmd

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"c8yx/c8yclient"
	"c8yx/demo"
	"c8yx/demo/demotest"
	"c8yx/session"
)

// called runs the program on a small demo tenant and returns what it says.
func called(t *testing.T, args ...string) (code int, out, said string) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	config := filepath.Join(t.TempDir(), "config.toml")
	if err := os.WriteFile(config, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	args = append([]string{"--demo", "--demo-devices", "12", "--config", config}, args...)
	code = Main(args, Streams{In: strings.NewReader(`{"name":"from standard input"}`), Out: &stdout, Err: &stderr})
	return code, stdout.String(), stderr.String()
}

func TestExportOnTheCommandLine(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	file := filepath.Join(folder, "devices.csv")
	if code, _, said := called(t, "export", "devices", "-o", file); code != ExitOK || !strings.Contains(said, " devices in ") {
		t.Fatalf("%d: %s", code, said)
	}
	records, err := csv.NewReader(strings.NewReader(read(t, file))).ReadAll()
	if err != nil || len(records) < 10 || records[0][0] != "name" {
		t.Errorf("%d records, %v", len(records), err)
	}
	if code, _, said := called(t, "export", "devices", "-o", file); code != ExitError || !strings.Contains(said, "is there already: say --force") {
		t.Errorf("%d: %s", code, said)
	}
	code, out, said := called(t, "export", "devices", "--documents")
	if code != ExitOK || strings.Count(out, "\n") != len(records)-1 {
		t.Fatalf("%d: %d lines: %s", code, strings.Count(out, "\n"), said)
	}
	for line := range strings.Lines(out) {
		var document struct {
			ID       string
			IsDevice *struct{} `json:"c8y_IsDevice"`
		}
		if err := json.Unmarshal([]byte(line), &document); err != nil || document.ID == "" || document.IsDevice == nil {
			t.Fatalf("%v: %s", err, line)
		}
	}
	for _, tc := range []struct {
		args []string
		code int
		says string
	}{
		{[]string{"export", "tree"}, ExitUsage, "no list that can be exported"},
		{[]string{"export", "nonsense"}, ExitUsage, "there is no view"},
		{[]string{"export", "devices?filter=nosuch>1"}, ExitUsage, "no column is called nosuch"},
		{[]string{"export", "devices", "--format", "xlsx"}, ExitUsage, "choose csv, json or ndjson"},
		{[]string{"export", "devices", "--documents", "--format", "csv"}, ExitUsage, "no whole documents"},
		{[]string{"export", "devices", "-o", filepath.Join(folder, "none", "x.csv")}, ExitError, "there is no folder"},
		{[]string{"export", "devices", "-o", folder}, ExitError, "is a folder"},
	} {
		if code, _, said := called(t, tc.args...); code != tc.code || !strings.Contains(said, tc.says) {
			t.Errorf("%q: %d: %s", tc.args, code, said)
		}
	}
	if got := namesIn(t, folder); got != "devices.csv" {
		t.Errorf("the folder has %s", got)
	}
}

func TestAnyRequestOnTheCommandLine(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	body := filepath.Join(folder, "body.json")
	if err := os.WriteFile(body, []byte(`{"name":"from a file"}`), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct {
		args []string
		code int
		says string // on standard output, else on standard error
	}{
		{[]string{"api", "/tenant/currentTenant"}, ExitOK, `"name":"t4711"`},
		{[]string{"api", "inventory/managedObjects", "-q", "query=has(c8y_IsDevice) and id eq '1'", "-q", "pageSize=1"}, ExitOK, `"managedObjects":[`},
		{[]string{"api", "POST", "/inventory/managedObjects", "-d", "@" + body}, ExitOK, `"name":"from a file"`},
		{[]string{"api", "POST", "/inventory/managedObjects", "-d", "-"}, ExitOK, `"name":"from standard input"`},
		{[]string{"api", "/inventory/managedObjects", "-d", `{"name":"x"}`}, ExitOK, `"name":"x"`},
		{[]string{"api", "POST", "/inventory/managedObjects", "-d", `{"name":"x",}`}, ExitUsage, "no JSON from line 1, column 13"},
		{[]string{"api", "/measurement/measurements", "-H", "Accept: text/csv"}, ExitOK, "time,source,"},
		{[]string{"api", "/x", "-H", "nothing"}, ExitUsage, `write "Name: value"`},
		{[]string{"api", "/x", "-H", "Cookie: a=b"}, ExitUsage, "Cookie says who you are"},
		{[]string{"api", "GET", "/nowhere"}, ExitError, "404"},
		{[]string{"api", "FETCH", "/x"}, ExitUsage, "there is no method"},
		{[]string{"api", "/alarm/alarms/{id}"}, ExitUsage, "put a value in place of {id}"},
		{[]string{"api", "/x", "-q", "name"}, ExitUsage, "write name=value"},
		{[]string{"api", "/x", "--mode", "FAST"}, ExitUsage, "choose PERSISTENT"},
		{[]string{"api", "POST", "/inventory/binaries", "--file", folder}, ExitError, "a folder cannot be sent"},
		{[]string{"--read-only", "api", "DELETE", "/inventory/managedObjects/1"}, ExitError, "the tenant is read-only"},
	} {
		code, out, said := called(t, tc.args...)
		if code != tc.code || !strings.Contains(out+said, tc.says) {
			t.Errorf("%q: %d: %s%s", tc.args, code, out, said)
		}
	}
}

// What is downloaded stays inside the folder, whatever the tenant calls it, and goes on where it
// broke off.
func TestDownloadOnTheCommandLine(t *testing.T) {
	t.Parallel()
	served := demotest.Start(t, demo.Options{Devices: -1})
	content := strings.Repeat("0123456789", 300_000)
	a := access{profile: session.Profile{
		Address: served.URL, Tenant: served.Admin.Tenant, User: served.Admin.Name, Password: c8yclient.Secret(served.Admin.Password),
	}}
	tenant, err := a.open()
	if err != nil {
		t.Fatal(err)
	}
	ids := map[string]string{}
	for _, name := range []string{"log.txt", "../../.ssh/authorized_keys", "twice", "twice"} {
		file, err := tenant.Client.Binaries.Upload(t.Context(), c8yclient.Upload{Name: name, Body: strings.NewReader(content), Size: int64(len(content))})
		if err != nil {
			t.Fatal(err)
		}
		ids[name] = file.ID
	}
	folder := t.TempDir()
	get := func(arg, out string, force bool) (string, error) {
		var said bytes.Buffer
		err := download(t.Context(), tenant, Streams{Err: &said}, arg, out, false, force)
		return said.String(), err
	}
	served.SetFaults(demo.Fault{Kind: demo.CutOff, Path: "/inventory/binaries/", Count: 2})
	if said, err := get("log.txt", folder, false); err != nil || !strings.Contains(said, "going on in") || !strings.Contains(said, "3.0 MB in") {
		t.Errorf("%v: %s", err, said)
	}
	if read(t, filepath.Join(folder, "log.txt")) != content {
		t.Error("the file is another")
	}
	if _, err := get(ids["../../.ssh/authorized_keys"], folder, false); err != nil {
		t.Error(err)
	}
	if _, err := get("log.txt", filepath.Join(folder, "other.txt"), false); err != nil {
		t.Error(err)
	}
	if got := namesIn(t, folder); got != "authorized_keys log.txt other.txt" {
		t.Errorf("the folder has %s", got)
	}
	for arg, want := range map[string]string{
		"log.txt": "is there already", "twice": "is the name of several files", "none": `the tenant has no file "none"`, "event/1": "404",
	} {
		if _, err := get(arg, folder, false); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", arg, err)
		}
	}
	if _, err := get("log.txt", folder, true); err != nil {
		t.Error(err)
	}
}
