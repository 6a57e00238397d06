package registry_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"math/big"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"c8yx/c8yclient"
	"c8yx/registry"
)

// platform answers the questions of devices by a script, the last answer for
// ever, and remembers them.
type platform struct {
	script []func(*http.Request) (status int, body string)
	asked  []string
	auths  []string
	times  []time.Time
}

func (p *platform) RoundTrip(r *http.Request) (*http.Response, error) {
	var body []byte
	if r.Body != nil {
		body, _ = io.ReadAll(r.Body)
	}
	p.asked = append(p.asked, r.Method+" "+r.URL.Path+" "+string(body))
	p.auths = append(p.auths, r.Header.Get("Authorization"))
	p.times = append(p.times, time.Now())
	answer := p.script[min(len(p.asked), len(p.script))-1]
	status, said := answer(r)
	if status == 0 {
		return nil, errors.New("connection refused")
	}
	return &http.Response{
		StatusCode: status, Header: http.Header{"Content-Type": {"application/json"}},
		Body: io.NopCloser(strings.NewReader(said)), Request: r,
	}, nil
}

func says(status int, body string) func(*http.Request) (int, string) {
	return func(*http.Request) (int, string) { return status, body }
}

var (
	notYet   = says(404, `{"error":"devicecontrol/Not Found","message":"There is no newDeviceRequest for device id 'SN-1'."}`)
	accepted = says(201, `{"id":"SN-1","tenantId":"t4711","username":"device_SN-1","password":"x9-very-secret"}`)
	down     = says(0, "")
	broken   = says(503, "<html>Service Unavailable</html>")
	refused  = says(401, `{"error":"security/Unauthorized","message":"Invalid credentials! : Bad credentials"}`)
)

func registryOf(t *testing.T, p *platform) *registry.Registry {
	t.Helper()
	r, err := registry.New("https://acme.example", registry.Bootstrap{Password: "bootstrap-secret"}, c8yclient.WithTransport(p), c8yclient.WithRetry(c8yclient.NoRetry()))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestADeviceWaitsUntilItIsAccepted(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := &platform{script: []func(*http.Request) (int, string){notYet, down, broken, notYet, accepted}}
		var seen []registry.Progress
		credentials, err := registryOf(t, p).AwaitCredentials(t.Context(), registry.Device{
			ID: "SN-1", SecurityToken: "4711", Progress: func(p registry.Progress) { seen = append(seen, p) },
		})
		if err != nil {
			t.Fatal(err)
		}
		if credentials.Username != "device_SN-1" || credentials.TenantID != "t4711" {
			t.Errorf("got %v", credentials)
		}
		if p.asked[0] != `POST /devicecontrol/deviceCredentials {"id":"SN-1","securityToken":"4711"}` {
			t.Errorf("asked %s", p.asked[0])
		}
		want := "Basic " + base64.StdEncoding.EncodeToString([]byte("management/devicebootstrap:bootstrap-secret"))
		if p.auths[0] != want {
			t.Errorf("asked as somebody else: %s", p.auths[0])
		}
		if len(seen) != 4 || seen[0].Err != nil || !errors.Is(seen[1].Err, c8yclient.ErrTransport) || !errors.Is(seen[2].Err, c8yclient.ErrServer) || seen[3].Attempt != 4 {
			t.Errorf("progress %v", seen)
		}
		for i := range seen[1:] {
			if seen[i+1].Next <= seen[i].Next {
				t.Errorf("the pauses do not grow: %v", seen)
			}
		}
	})
}

func TestPausesGrowNoLongerThanTenSeconds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := &platform{script: []func(*http.Request) (int, string){notYet}}
		ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
		defer cancel()
		_, err := registryOf(t, p).AwaitCredentials(ctx, registry.Device{ID: "SN-1"})
		if !errors.Is(err, context.DeadlineExceeded) || !strings.Contains(err.Error(), `"SN-1"`) || !strings.Contains(err.Error(), "1h0m0s") {
			t.Errorf("gave up with %v", err)
		}
		last := len(p.times) - 1
		if pause := p.times[last].Sub(p.times[last-1]); pause != 10*time.Second {
			t.Errorf("the last pause was %s", pause)
		}
	})
}

func TestARefusalThatWillNotChangeIsNotWaitedFor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := &platform{script: []func(*http.Request) (int, string){refused}}
		_, err := registryOf(t, p).AwaitCredentials(t.Context(), registry.Device{ID: "SN-1"})
		if !errors.Is(err, c8yclient.ErrBadCredentials) || len(p.asked) != 1 {
			t.Errorf("asked %d times, got %v", len(p.asked), err)
		}
		if strings.Contains(fmt.Sprint(err), "bootstrap-secret") {
			t.Error("the error tells the password")
		}
		if _, err := registryOf(t, p).AwaitCredentials(t.Context(), registry.Device{}); err == nil || len(p.asked) != 1 {
			t.Errorf("a device without an id asked: %v", err)
		}
	})
}

func TestAConnectionIsTheDevice(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := &platform{script: []func(*http.Request) (int, string){accepted, says(200, `{"userName":"device_SN-1"}`)}}
		client, err := registryOf(t, p).AwaitConnection(t.Context(), registry.Device{ID: "SN-1"})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := client.CurrentUser.Get(t.Context()); err != nil {
			t.Fatal(err)
		}
		want := "Basic " + base64.StdEncoding.EncodeToString([]byte("t4711/device_SN-1:x9-very-secret"))
		if p.auths[1] != want {
			t.Errorf("signed in as somebody else: %s", p.auths[1])
		}
	})
}

func TestADeviceGetsACertificate(t *testing.T) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	var requested *x509.CertificateRequest
	sign := func(r *http.Request) (int, string) {
		user, password, _ := r.BasicAuth()
		if user != "SN-1" || password != "one-time" {
			return 401, ""
		}
		template := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: requested.Subject}
		der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
		if err != nil {
			t.Error(err)
		}
		return 200, "-----BEGIN CERTIFICATE-----\n" + base64.StdEncoding.EncodeToString(der) + "\n-----END CERTIFICATE-----\n"
	}
	synctest.Test(t, func(t *testing.T) {
		p := &platform{script: []func(*http.Request) (int, string){refused, func(r *http.Request) (int, string) { return sign(r) }}}
		r, err := registry.New("https://acme.example", registry.Bootstrap{Password: "x"}, c8yclient.WithTransport(roundTripper(func(req *http.Request) (*http.Response, error) {
			body, _ := io.ReadAll(req.Body)
			der, err := base64.StdEncoding.DecodeString(string(body))
			if err == nil {
				requested, err = x509.ParseCertificateRequest(der)
			}
			if err != nil {
				t.Errorf("the request is not a certificate request: %v", err)
			}
			req.Body = io.NopCloser(strings.NewReader(""))
			return p.RoundTrip(req)
		})), c8yclient.WithRetry(c8yclient.NoRetry()))
		if err != nil {
			t.Fatal(err)
		}
		chain, err := r.AwaitCertificate(t.Context(), registry.Enrollment{ID: "SN-1", OneTimePassword: "one-time", Key: key})
		if err != nil {
			t.Fatal(err)
		}
		if len(chain) != 1 || chain[0].Subject.CommonName != "SN-1" || len(p.asked) != 2 {
			t.Errorf("after %d questions: %v", len(p.asked), chain)
		}
	})
}

type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func TestDefaultReadsEnvironmentAndFile(t *testing.T) {
	const file = "base: https://file.example\ndevicebootstrap:\n  tenant_id: management\n  username: devicebootstrap\n  password: of-the-file\n"
	for name, tc := range map[string]struct {
		file  string
		env   map[string]string
		wrong string
	}{
		"environment":        {"", map[string]string{"C8Y_BASEURL": "https://env.example", "C8Y_DEVICEBOOTSTRAP_PASSWORD": "of-the-environment"}, ""},
		"file":               {file, nil, ""},
		"both":               {file, map[string]string{"C8Y_HOST": "https://env.example"}, ""},
		"nothing":            {"", nil, "set C8Y_BASEURL"},
		"no password":        {"base: https://file.example\n", nil, "C8Y_DEVICEBOOTSTRAP_PASSWORD"},
		"a file gone wrong":  {"devicebootstrap: [password: of-the-file", nil, "not valid YAML"},
		"an address of sand": {"", map[string]string{"C8Y_BASEURL": "://", "C8Y_DEVICEBOOTSTRAP_PASSWORD": "x"}, "not a URL"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			t.Chdir(dir)
			for _, v := range []string{"C8Y_BASEURL", "C8Y_HOST", "C8Y_DEVICEBOOTSTRAP_TENANT", "C8Y_DEVICEBOOTSTRAP_USER", "C8Y_DEVICEBOOTSTRAP_PASSWORD"} {
				t.Setenv(v, tc.env[v])
			}
			t.Setenv("XDG_CONFIG_HOME", dir)
			if tc.file != "" {
				if err := os.MkdirAll(filepath.Join(dir, "c8yx"), 0o700); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(filepath.Join(dir, "c8yx", "c8y_api.yaml"), []byte(tc.file), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			_, err := registry.Default()
			switch {
			case tc.wrong == "" && err != nil:
				t.Error(err)
			case tc.wrong != "" && (err == nil || !strings.Contains(err.Error(), tc.wrong)):
				t.Errorf("got %v, want %q in it", err, tc.wrong)
			case err != nil && strings.Contains(err.Error(), "of-the-file"):
				t.Errorf("the error tells the password: %v", err)
			}
		})
	}
}
