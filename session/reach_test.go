package session_test

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"c8yx/c8yclient"
	"c8yx/demo"
	"c8yx/session"
)

// answering answers every request in the same way, before the tenant sees it.
func answering(status int, header map[string]string, body string) func(http.ResponseWriter, *http.Request, http.Handler) {
	return func(w http.ResponseWriter, _ *http.Request, _ http.Handler) {
		for name, value := range header {
			w.Header().Set(name, value)
		}
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}
}

// What can be wrong with an address, and what the user is told.
func TestAddresses(t *testing.T) {
	const page = "<html><title>Welcome</title></html>"
	json := map[string]string{"Content-Type": "application/json"}
	for name, test := range map[string]struct {
		address, tenant string
		options         demo.SignIn
		front           func(http.ResponseWriter, *http.Request, http.Handler)
		want            string
		says            []string
		proposal        string
	}{
		"none":                     {address: "  ", want: "NeedAddress"},
		"not one":                  {address: "https://", want: "NeedAddress", says: []string{"no host"}, proposal: "https://"},
		"with a password":          {address: "https://jane:s3cret@acme.example", want: "NeedAddress", says: []string{"contains credentials"}, proposal: address},
		"only a host":              {address: "acme.example", want: "NeedPassword"},
		"elsewhere":                {front: answering(302, map[string]string{"Location": "https://new.example/login"}, ""), want: "NeedAddress", says: []string{"redirects to https://new.example", "Nothing secret was sent"}, proposal: "https://new.example"},
		"a web page":               {front: answering(200, map[string]string{"Content-Type": "text/html"}, page), want: "NeedAddress", says: []string{"is no Cumulocity tenant"}, proposal: address},
		"something else":           {front: answering(404, map[string]string{"Content-Type": "text/html"}, page), want: "NeedAddress", says: []string{"is no Cumulocity tenant"}, proposal: address},
		"no tenant":                {front: answering(401, json, `{"error":"security/Unauthorized","message":"no tenant for acme.example"}`), want: "NeedTenant", says: []string{"belongs to no tenant"}},
		"another tenant":           {tenant: "t9999", want: "NeedTenant", says: []string{"there is no tenant t9999 at acme.example"}},
		"suspended":                {front: answering(401, json, `{"error":"security/Unauthorized","message":"Tenant has no access from outside the platform"}`), want: "Failed", says: []string{"is suspended"}},
		"an edge":                  {options: demo.SignIn{UnknownHost: true}, want: "NeedTenant", says: []string{"belongs to no tenant"}},
		"an edge, and whose it is": {options: demo.SignIn{UnknownHost: true}, tenant: "t4711", want: "NeedPassword"},
		"failing":                  {front: answering(503, map[string]string{"Content-Type": "text/html"}, page), want: "NeedAddress", says: []string{"acme.example fails"}, proposal: address},
		"a proxy":                  {front: answering(407, nil, ""), want: "NeedAddress", says: []string{"proxy on the way to acme.example", "HTTPS_PROXY"}, proposal: address},
		"too many":                 {front: answering(429, json, `{}`), want: "NeedAddress", says: []string{"too many requests"}, proposal: address},
		"tells no options":         {front: tellsNoOptions, want: "NeedPassword"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := newBench(t, demo.Options{SignIn: test.options})
				b.front = test.front
				profile := session.Profile{Address: address, Tenant: test.tenant}
				if test.address != "" {
					profile.Address = test.address
				}
				step := session.Begin(profile, b.options()).Next(t.Context())
				b.expect(step, test.want, test.says...)
				if need, ok := step.(session.NeedAddress); ok && need.Address != test.proposal {
					t.Errorf("it proposes %q, want %q", need.Address, test.proposal)
				}
			})
		})
	}
}

// tellsNoOptions is a tenant that does not know the operation.
func tellsNoOptions(w http.ResponseWriter, r *http.Request, tenant http.Handler) {
	if strings.HasPrefix(r.URL.Path, "/tenant/loginOptions") {
		answering(404, map[string]string{"Content-Type": "application/json"}, `{"error":"general/Not Found","message":"nothing here"}`)(w, r, tenant)
		return
	}
	tenant.ServeHTTP(w, r)
}

// A suspended tenant may tell how to sign in, and then let nobody in. The flow can begin again.
func TestASuspendedTenant(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, demo.Options{SignIn: demo.SignIn{Suspended: true}})
		flow := session.Begin(b.profile("reader"), b.options())
		b.expect(flow.Next(t.Context()), "NeedPassword")
		b.expect(flow.Answer(t.Context(), typed("reader")(b)), "Failed", "the tenant at acme.example is suspended")
		b.expect(flow.Next(t.Context()), "NeedPassword")
	})
}

// The flow goes on with what is typed: another address, then the tenant's id.
func TestAnotherAddressAndTenant(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, demo.Options{})
		b.front = func(w http.ResponseWriter, r *http.Request, tenant http.Handler) {
			switch {
			case r.Host == "old.example":
				http.Redirect(w, r, "https://acme.example/", http.StatusMovedPermanently)
			case r.URL.Path == "/tenant/loginOptions" && r.URL.Query().Get("tenantId") == "":
				answering(401, nil, `{"message":"Full authentication is required"}`)(w, r, tenant)
			default:
				tenant.ServeHTTP(w, r)
			}
		}
		flow := session.Begin(session.Profile{}, b.options())
		b.expect(flow.Next(t.Context()), "NeedAddress")
		step := flow.Answer(t.Context(), session.Answer{Address: "old.example"})
		b.expect(step, "NeedAddress", "redirects to https://acme.example")
		b.expect(flow.Answer(t.Context(), session.Answer{Address: step.(session.NeedAddress).Address}), "NeedTenant", "belongs to no tenant")
		b.expect(flow.Answer(t.Context(), session.Answer{}), "NeedTenant", "is missing")
		b.expect(flow.Answer(t.Context(), session.Answer{Tenant: "t1"}), "NeedTenant", "there is no tenant t1")
		b.expect(flow.Answer(t.Context(), session.Answer{Tenant: "t4711"}), "NeedPassword")
		b.expect(flow.Answer(t.Context(), typed("reader")(b)), "Done")
	})
}

// Plain HTTP is for this machine only, unless the user insists.
func TestPasswordsDoNotGoWithoutTLS(t *testing.T) {
	for address, test := range map[string]struct {
		insecure bool
		refused  bool
	}{
		"http://acme.example":      {refused: true},
		"http://192.168.0.7:8111/": {refused: true},
		"http://127.0.0.1:1":       {},
		"http://localhost:1":       {},
		"http://[::1]:1":           {},
		"http://0.0.0.0:1":         {insecure: true},
	} {
		profile := session.Profile{Address: address, TLS: session.TLS{Insecure: test.insecure}}
		step := session.Begin(profile, session.FlowOptions{Client: []c8yclient.Option{c8yclient.WithRetry(c8yclient.NoRetry())}}).Next(t.Context())
		need, ok := step.(session.NeedAddress)
		if !ok {
			t.Fatalf("%s: %s", address, tell(step))
		}
		if refused := strings.Contains(tell(step), "without TLS"); refused != test.refused || refused && !strings.HasPrefix(need.Address, "https://") {
			t.Errorf("%s: %s, proposing %q", address, tell(step), need.Address)
		}
	}
}

// What a network does that leads nowhere, in words.
func TestNetworksThatLeadNowhere(t *testing.T) {
	secure := httptest.NewTLSServer(http.NotFoundHandler())
	defer secure.Close()
	plain := httptest.NewServer(http.NotFoundHandler())
	defer plain.Close()
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_ = closed.Close()
	proxy := func(status int) func(*http.Request) (*url.URL, error) {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(status) }))
		t.Cleanup(server.Close)
		return func(*http.Request) (*url.URL, error) { return url.Parse(server.URL) }
	}
	away := func(*http.Request) (*url.URL, error) { return url.Parse("http://" + closed.Addr().String()) }
	for name, test := range map[string]struct {
		address, says string
		proxy         func(*http.Request) (*url.URL, error)
	}{
		"nobody there":                   {address: "https://" + closed.Addr().String(), says: "nothing listens"},
		"unknown authority":              {address: secure.URL, says: "is not to be trusted"},
		"no TLS at that port":            {address: strings.Replace(plain.URL, "http:", "https:", 1), says: "it does not speak HTTPS there"},
		"only TLS at that port":          {address: strings.Replace(secure.URL, "https:", "http:", 1), says: "it speaks HTTPS there"},
		"a proxy that is away":           {address: address, proxy: away, says: "there is no way to acme.example: the proxy"},
		"a proxy that wants to know who": {address: address, proxy: proxy(407), says: "there is no way to acme.example: the proxy that the environment names wants a user"},
		"a proxy that does not want to":  {address: address, proxy: proxy(403), says: "the proxy on the way to acme.example refuses: Forbidden"},
	} {
		t.Run(name, func(t *testing.T) {
			options := session.FlowOptions{Client: []c8yclient.Option{c8yclient.WithRetry(c8yclient.NoRetry())}}
			if test.proxy != nil {
				options.Transport = &http.Transport{Proxy: test.proxy}
			}
			step := session.Begin(session.Profile{Address: test.address}, options).Next(t.Context())
			if told := tell(step); !strings.HasPrefix(told, "NeedAddress: ") || !strings.Contains(told, test.says) {
				t.Errorf("%s, want %q", told, test.says)
			}
		})
	}
}

// A method that is given up leaves the flow where it was.
func TestGivingUpLeavesTheFlowAtItsStep(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, demo.Options{})
		flow := session.Begin(b.profile("reader"), b.options())
		b.expect(flow.Next(t.Context()), "NeedPassword")
		ended, cancel := context.WithCancel(t.Context())
		cancel()
		b.expect(flow.Answer(ended, typed("reader")(b)), "Failed", "canceled")
		b.expect(flow.Next(t.Context()), "NeedPassword")
		b.expect(flow.Answer(t.Context(), typed("reader")(b)), "Done")
		flow.Close()

		closed := session.Begin(b.profile("reader"), b.options())
		closed.Close()
		b.expect(closed.Next(t.Context()), "Failed", "given up")
	})
}

// A wrong clock is told where it may be the reason, and codes are computed by the tenant's.
func TestAWrongClock(t *testing.T) {
	for by, says := range map[time.Duration]string{
		2*time.Hour + 3*time.Minute: "The clock of this machine is 2 h 3 min behind the tenant's",
		-26 * time.Hour:             "The clock of this machine is 1 d 2 h ahead of the tenant's",
		-15 * 24 * time.Hour:        "The clock of this machine is 15 d 0 h ahead of the tenant's",
		20 * time.Second:            "check the clock of the device that shows them",
	} {
		synctest.Test(t, func(t *testing.T) {
			b := newBench(t, demo.Options{Faults: []demo.Fault{{Kind: demo.ClockSkew, By: by}}})
			flow := session.Begin(b.profile("totp"), b.options())
			flow.Next(t.Context())
			b.expect(flow.Answer(t.Context(), typed("totp")(b)), "NeedTOTP")
			b.expect(flow.Answer(t.Context(), session.Answer{Code: "000000"}), "NeedTOTP", says)

			profile := b.profile("totp")
			profile.Password, profile.TOTPSecret = b.password("totp"), c8yclient.Secret(b.users["totp"].TOTPSecret)
			step := session.Begin(profile, b.options()).Next(t.Context())
			b.expect(step, "Done")
			s := step.(session.Done).Session
			if left := time.Until(s.Expires()); (left - 14*24*time.Hour).Abs() > time.Minute {
				t.Errorf("by this machine's clock the session expires in %v", left)
			}
			if words := s.ClockWords(); (words != "") != (by.Abs() > time.Minute) {
				t.Errorf("of the clock it says %q", words)
			}
			// What looks expired here may still be good there.
			b.expect(session.Begin(b.profile("totp"), b.options()).Next(t.Context()), "Done")
		})
	}
}
