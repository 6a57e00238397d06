package cmd

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// serving is a "c8yx demo" that runs, and what it has printed of itself.
type serving struct {
	address, fingerprint string
	users                string // the printed table
	client               *http.Client
	stop                 func() error // interrupts it and returns its error
}

// serveForTest runs the command until the test stops it.
func serveForTest(t *testing.T, arguments ...string) *serving {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	out, in := io.Pipe()
	root := newRoot(Streams{In: strings.NewReader(""), Out: in, Err: io.Discard})
	root.SetArgs(append([]string{"demo", "--listen", "127.0.0.1:0"}, arguments...))
	ended := make(chan error, 1)
	go func() {
		err := root.ExecuteContext(ctx)
		_ = in.CloseWithError(io.EOF)
		ended <- err
	}()
	s := &serving{client: &http.Client{}, stop: func() error {
		cancel()
		return <-ended
	}}
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		words := strings.Fields(lines.Text())
		switch {
		case s.address == "" && len(words) > 5:
			s.address = words[5]
		case len(words) == 4 && words[2] == "SHA-256":
			s.fingerprint = words[3]
		case len(words) > 1 && strings.HasPrefix(words[1], "C8Y_PASSWORD"):
			go func() { _, _ = io.Copy(io.Discard, out) }()
			return s
		default:
			s.users += lines.Text() + "\n"
		}
	}
	t.Fatalf("it has ended: %v", <-ended)
	return nil
}

// get reads a path as a user ("name:password") and returns the status and the body.
func (s *serving) get(t *testing.T, user, path string) (int, string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.address+path, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	name, password, _ := strings.Cut(user, ":")
	request.SetBasicAuth(name, password)
	response, err := s.client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(body)
}

func TestDemoIsServed(t *testing.T) {
	folder := t.TempDir()
	users, log, saved := filepath.Join(folder, "users.json"), filepath.Join(folder, "log"), filepath.Join(folder, "tenant.ndjson")
	if err := os.WriteFile(users, []byte(`[{"name":"jane","password":"a-Secret.1","groups":["readers"]}]`), 0o600); err != nil {
		t.Fatal(err)
	}
	s := serveForTest(t, "--tls", "--devices", "20", "--tenant", "t1", "--user", "root", "--password", "it's-Secret.0",
		"--users", users, "--settle", "1ms", "--log", log, "--save", saved)
	s.client.Transport = &http.Transport{TLSClientConfig: &tls.Config{
		InsecureSkipVerify: true, // in place of that:
		VerifyPeerCertificate: func(certificates [][]byte, _ [][]*x509.Certificate) error {
			if sum := fmt.Sprintf("% X", sha256.Sum256(certificates[0])); strings.ReplaceAll(sum, " ", ":") != s.fingerprint {
				return errors.New("another fingerprint than was printed: " + sum)
			}
			certificate, err := x509.ParseCertificate(certificates[0])
			if err != nil {
				return err
			}
			return certificate.VerifyHostname("127.0.0.1")
		},
	}}
	if !strings.HasPrefix(s.address, "https://127.0.0.1:") || !strings.Contains(s.users, "jane") || !strings.Contains(s.users, "root") {
		t.Errorf("printed %s\n%s", s.address, s.users)
	}
	if status, body := s.get(t, "root:it's-Secret.0", "/tenant/currentTenant?token=hidden"); status != http.StatusOK || !strings.Contains(body, `"name":"t1"`) {
		t.Errorf("the administrator gets %d %s", status, body)
	}
	status, devices := s.get(t, "jane:a-Secret.1", "/inventory/managedObjects?fragmentType=c8y_IsDevice&pageSize=100&withTotalElements=true")
	if status != http.StatusOK || !strings.Contains(devices, "c8y_IsDevice") {
		t.Errorf("jane gets %d %.200s", status, devices)
	}
	s.client.CloseIdleConnections()
	if err := s.stop(); err != nil {
		t.Fatal(err)
	}
	written, err := os.ReadFile(log)
	if err != nil || !bytes.Contains(written, []byte("path=/tenant/currentTenant")) || bytes.Contains(written, []byte("hidden")) {
		t.Errorf("the log, %v:\n%s", err, written)
	}
	if left, _ := filepath.Glob(saved + ".*"); len(left) > 0 {
		t.Errorf("there is more than the saved file: %v", left)
	}

	s = serveForTest(t, "--load", saved, "--tenant", "t1", "--log", "none", "--faults", "skew:by=-48h")
	if !strings.Contains(s.users, "jane") {
		t.Errorf("what is loaded has other users:\n%s", s.users)
	}
	if _, again := s.get(t, "jane:a-Secret.1", "/inventory/managedObjects?fragmentType=c8y_IsDevice&pageSize=1&withTotalElements=true"); !strings.Contains(again, "c8y_IsDevice") {
		t.Errorf("what is loaded has no devices: %.200s", again)
	}
	response, err := s.client.Get(s.address + "/tenant/loginOptions")
	if err != nil {
		t.Fatal(err)
	}
	_ = response.Body.Close()
	if at, err := time.Parse(http.TimeFormat, response.Header.Get("Date")); err != nil || time.Since(at) < 47*time.Hour {
		t.Errorf("by its own clock it is %q, %v; it should be two days behind", response.Header.Get("Date"), err)
	}
	s.client.CloseIdleConnections()
	if err := s.stop(); err != nil {
		t.Error(err)
	}
}

func TestDemoSignsIn(t *testing.T) {
	s := serveForTest(t, "--devices", "0", "--log", "none", "--sso", "--sign-in", "unknown-host", "--session", "90s")
	if status, body := s.get(t, "", "/tenant/loginOptions"); status != http.StatusUnauthorized || !strings.Contains(body, "no tenant") {
		t.Errorf("an address that does not tell the tenant: %d %s", status, body)
	}
	status, body := s.get(t, "", "/tenant/loginOptions?tenantId=t4711")
	if status != http.StatusOK || !strings.Contains(body, "Hansen & Vega ID") || !strings.Contains(body, `"absoluteTimeoutMillis":90000`) {
		t.Errorf("%d %s", status, body)
	}
	if !strings.Contains(s.users, "newcomer") {
		t.Errorf("nobody is told who comes by single sign-on:\n%s", s.users)
	}
	s.client.CloseIdleConnections()
	if err := s.stop(); err != nil {
		t.Error(err)
	}
}

func TestDemoRefuses(t *testing.T) {
	folder := t.TempDir()
	bad := filepath.Join(folder, "bad.json")
	if err := os.WriteFile(bad, []byte(`[{"nam":"x"}]`), 0o600); err != nil {
		t.Fatal(err)
	}
	for arguments, want := range map[string]struct {
		code int
		says string
	}{
		"--devices -1":                {ExitUsage, "devices -1"},
		"--devices many":              {ExitUsage, "many"},
		"--seed -1":                   {ExitUsage, "seed"},
		"--speed 0":                   {ExitUsage, "speed 0: want a number above 0"},
		"--speed NaN":                 {ExitUsage, "speed NaN"},
		"--latency -1s":               {ExitUsage, "latency -1s"},
		"--latency 80":                {ExitUsage, "latency"},
		"--settle 0":                  {ExitUsage, "settle 0s"},
		"--faults 418":                {ExitUsage, `unknown fault "418"`},
		"--faults 503:rate=2,cut":     {ExitUsage, "want 0 to 1"},
		"--faults skew:rate=0.5":      {ExitUsage, "the clock is wrong for all requests"},
		"--sso=magic":                 {ExitUsage, `sso "magic"`},
		"--sign-in nobody":            {ExitUsage, `sign-in "nobody"`},
		"--session -1s":               {ExitUsage, "session -1s"},
		"--tenant a/b":                {ExitUsage, `tenant "a/b"`},
		"--user a:b":                  {ExitUsage, `user "a:b"`},
		"--password=":                 {ExitUsage, "password"},
		"--users " + bad:              {ExitUsage, `unknown field "nam"`},
		"--users " + folder + "/none": {ExitUsage, "no such file"},
		"--user reader":               {ExitError, `"reader"`},
		"--load x --devices 3":        {ExitUsage, "--load and --devices"},
		"--load " + folder + "/none":  {ExitError, "no such file"},
		"--load " + bad:               {ExitError, "line 1"},
		"--log " + folder + "/none/x": {ExitError, "cannot log to"},
		"--listen 127.0.0.1:x":        {ExitError, "cannot listen on 127.0.0.1:x"},
		"--devices 0 more":            {ExitUsage, "more"},
		"--devices 0 --save " + folder + "/none/saved": {ExitError, "not saved"},
	} {
		t.Run(arguments, func(t *testing.T) {
			t.Parallel()
			ctx, cancel := context.WithCancel(t.Context())
			cancel() // what is not refused ends at once
			root := newRoot(Streams{In: strings.NewReader(""), Out: io.Discard, Err: io.Discard})
			root.SetArgs(append(strings.Fields("demo --listen 127.0.0.1:0 --log none"), strings.Fields(arguments)...))
			err := root.ExecuteContext(ctx)
			if err == nil || exitCode(err) != want.code || !strings.Contains(err.Error(), want.says) {
				t.Errorf("%v, want exit code %d and %q", err, want.code, want.says)
			}
		})
	}
}
