package c8yclient_test

import (
	"encoding/base64"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"c8yx/c8yclient"
)

func TestCredentialsOnTheWire(t *testing.T) {
	for _, test := range []struct {
		auth c8yclient.Auth
		want map[string]string
	}{
		{c8yclient.Basic{User: "jane@example.org", Password: "a:b/c"}, map[string]string{"Authorization": "Basic " + base64.StdEncoding.EncodeToString([]byte("jane@example.org:a:b/c"))}},
		{c8yclient.Basic{Tenant: "t1", User: "u", TFAToken: "tfa"}, map[string]string{"Authorization": "Basic " + base64.StdEncoding.EncodeToString([]byte("t1/u:")), "TFAToken": "tfa"}},
		{c8yclient.Bearer{Token: "a.b.c"}, map[string]string{"Authorization": "Bearer a.b.c"}},
		{c8yclient.Cookie{Authorization: "a.b.c", XSRF: "x"}, map[string]string{"Cookie": "authorization=a.b.c; XSRF-TOKEN=x", "X-XSRF-TOKEN": "x", "Authorization": ""}},
	} {
		client, srv := newClient(t, answer(200, `{}`), c8yclient.WithAuth(test.auth))
		if _, err := client.Tenant.Current(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
		for name, want := range test.want {
			if got := srv.last(t).Header.Get(name); got != want {
				t.Errorf("%T: %s is %q, want %q", test.auth, name, got, want)
			}
		}
	}
}

func TestIncompleteCredentials(t *testing.T) {
	for _, auth := range []c8yclient.Auth{c8yclient.Basic{}, c8yclient.Bearer{}, c8yclient.Cookie{}} {
		client, srv := newClient(t, answer(200, `{}`), c8yclient.WithAuth(auth))
		if err := client.Get(t.Context(), "/x", nil); err == nil || len(srv.recorded()) != 0 {
			t.Errorf("%T: %v after %d requests", auth, err, len(srv.recorded()))
		}
	}
}

// redirecting sends /from to an address and answers everything else.
func redirecting(status int, location string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/from" {
			w.Header().Set("Location", location)
			w.WriteHeader(status)
			return
		}
		_, _ = io.WriteString(w, `{"path":"`+r.URL.Path+`"}`)
	}
}

func TestRedirects(t *testing.T) {
	get := func(c *c8yclient.Client) error { var v any; return c.Get(t.Context(), "/from", &v) }
	post := func(c *c8yclient.Client) error { return c.Post(t.Context(), "/from", map[string]int{}, nil) }
	download := func(c *c8yclient.Client) error {
		file, err := c.GetFile(t.Context(), "/from")
		if err != nil {
			return err
		}
		_, err = io.Copy(io.Discard, file.Body)
		_ = file.Body.Close()
		return err
	}
	for _, test := range []struct {
		name     string
		do       func(*c8yclient.Client) error
		status   int
		location string
		follows  bool
	}{
		{"GET within the tenant", get, 302, "/to", true},
		{"GET elsewhere", get, 302, "https://elsewhere.example/to", false},
		{"GET on a sub-domain", get, 307, "https://files.acme.example/to", false},
		{"GET on another port", get, 307, "https://acme.example:444/to", false},
		{"GET without TLS", get, 307, "http://acme.example/to", false},
		{"download elsewhere", download, 302, "https://elsewhere.example/to", true},
		{"POST becoming GET", post, 302, "/to", false},
		{"POST staying POST", post, 307, "/to", true},
		{"POST elsewhere", post, 307, "https://elsewhere.example/to", false},
	} {
		client, srv := newClient(t, redirecting(test.status, test.location), c8yclient.WithApplicationKey("key"),
			c8yclient.WithAuth(c8yclient.Cookie{Authorization: "a.b.c", XSRF: "x"}))
		err := test.do(client)
		if (err == nil) != test.follows {
			t.Errorf("%s: %v", test.name, err)
		}
		if !test.follows {
			wantKind(t, test.name, err, c8yclient.ErrRedirected)
		}
		for _, sent := range srv.recorded() {
			if sent.Host == "https://acme.example" {
				continue
			}
			for _, name := range []string{"Authorization", "Cookie", "X-XSRF-TOKEN", "X-Cumulocity-Application-Key"} {
				if sent.Header.Get(name) != "" {
					t.Errorf("%s: %s went to %s", test.name, name, sent.Host)
				}
			}
		}
	}
}

func jwt(claims string) string {
	return "eyJhbGciOiJIUzI1NiJ9." + base64.RawURLEncoding.EncodeToString([]byte(claims)) + ".c2ln"
}

func TestAuthenticate(t *testing.T) {
	claims := `{"iss":"acme.example","sub":"jane","ten":"t4711","tfa":true,"xsrfToken":"kQ","iat":1767225600,"exp":1768435200}`
	client, srv := newClient(t, answer(200, `{"access_token":"`+jwt(claims)+`"}`))
	got, err := client.Authenticate(t.Context(), c8yclient.Credentials{Tenant: "t4711", User: "jane", Password: "a&b=c d"})
	if err != nil {
		t.Fatal(err)
	}
	sent := srv.last(t)
	if want := "/tenant/oauth/token?tenant_id=t4711"; sent.Method != "POST" || sent.Target != want {
		t.Errorf("sent %s %s", sent.Method, sent.Target)
	}
	if want := "grant_type=PASSWORD&password=a%26b%3Dc+d&username=jane"; sent.Body != want {
		t.Errorf("body %q, want %q", sent.Body, want)
	}
	if sent.Header.Get("Authorization") != "" || sent.Header.Get("Content-Type") != "application/x-www-form-urlencoded" {
		t.Errorf("header %v", sent.Header)
	}
	expires := time.Unix(1768435200, 0)
	c := got.Claims
	if c.User != "jane" || c.Tenant != "t4711" || !c.TFA || c.XSRF.Reveal() != "kQ" || !c.Expires.Equal(expires) {
		t.Errorf("claims %+v", c)
	}
	if c.Expired(expires.Add(-time.Second)) || !c.Expired(expires) || (c8yclient.Claims{}).Expired(expires) {
		t.Error("Expired is wrong")
	}

	if _, err := client.Authenticate(t.Context(), c8yclient.Credentials{User: "jane", Password: "x", TFACode: "123456"}); err != nil {
		t.Fatal(err)
	}
	if sent := srv.last(t); !strings.Contains(sent.Body, "tfa_code=123456") || strings.Contains(sent.Target, "tenant_id") {
		t.Errorf("sent %s %s", sent.Target, sent.Body)
	}
}

func TestAuthenticateFailures(t *testing.T) {
	for _, test := range []struct {
		status int
		body   string
		kind   error
	}{
		{200, `{}`, c8yclient.ErrUnreadable},
		{200, ``, c8yclient.ErrUnreadable},
		{401, `{"message":"Invalid credentials! : TFA TOTP code required."}`, c8yclient.ErrTFARequired},
		{403, ``, c8yclient.ErrForbidden},
	} {
		srv := &tenant{handler: answer(test.status, test.body)}
		_, err := c8yclient.Authenticate(t.Context(), "acme.example", c8yclient.Credentials{User: "jane"}, c8yclient.WithTransport(srv))
		wantKind(t, test.body, err, test.kind)
	}
}

func TestParseClaims(t *testing.T) {
	for _, bad := range []string{"", "a.b", "a.!!.c", "a.bm90IGpzb24.c", jwt(`[]`)} {
		if c, err := c8yclient.ParseClaims(c8yclient.Secret(bad)); err == nil {
			t.Errorf("%q gives %+v", bad, c)
		}
	}
	c, err := c8yclient.ParseClaims(c8yclient.Secret(jwt(`{"sub":4711,"exp":1e300,"tfa":"true","iat":"soon"}`)))
	if err != nil || c.User != "4711" || !c.TFA || !c.Expires.IsZero() || !c.IssuedAt.IsZero() {
		t.Errorf("%+v, %v", c, err)
	}
}

func FuzzParseClaims(f *testing.F) {
	f.Add(jwt(`{"exp":1}`))
	f.Fuzz(func(t *testing.T, s string) {
		c, err := c8yclient.ParseClaims(c8yclient.Secret(s))
		if err == nil && !c.Expires.IsZero() && c.Expires.Year() < 1970 {
			t.Error(c.Expires)
		}
	})
}
