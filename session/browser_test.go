package session_test

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"c8yx/demo"
	"c8yx/session"
)

// sso is a tenant with an identity provider.
func sso(how demo.SSO) demo.Options { return demo.Options{SignIn: demo.SignIn{SSO: how}} }

// atLoopback has the browser come back to any free port.
func atLoopback(b *bench) session.FlowOptions {
	options := b.options()
	options.Method, options.Callback = "OAUTH2", "http://127.0.0.1:0/callback"
	return options
}

// browse fills in the form of a page as a person does in a browser, and returns where that leads, which is
// to be looked at with [look].
func (b *bench) browse(page string, fields url.Values) string {
	b.Helper()
	for _, method := range []string{http.MethodGet, http.MethodPost} {
		r, err := http.NewRequestWithContext(b.Context(), method, page, strings.NewReader(fields.Encode()))
		if err != nil {
			b.Fatal(err)
		}
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		resp, err := b.RoundTrip(r)
		if err != nil {
			b.Fatal(err)
		}
		switch {
		case method == http.MethodGet && resp.StatusCode != http.StatusOK, method == http.MethodPost && resp.StatusCode >= 400:
			body, _ := io.ReadAll(resp.Body)
			b.Fatalf("the sign-in page answers %s: %s", resp.Status, body)
		case method == http.MethodPost:
			return resp.Header.Get("Location")
		}
	}
	return ""
}

// look opens an address of this machine and returns what a person sees there.
func look(t *testing.T, address string) (status int, page string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(body)
}

func (b *bench) form(user string) url.Values {
	return url.Values{"username": {user}, "password": {b.users[user].Password}, "decision": {"allow"}}
}

// A person signs in at the identity provider's page, and the program goes on.
func TestSigningInWithABrowser(t *testing.T) {
	for _, how := range []demo.SSO{demo.SSORedirect, demo.SSODocument} {
		b := newBench(t, sso(how))
		flow := session.Begin(session.Profile{Address: address}, atLoopback(b))
		step := flow.Next(t.Context())
		b.expect(step, "NeedBrowser")
		page, err := url.Parse(step.(session.NeedBrowser).Page)
		if err != nil {
			t.Fatal(err)
		}
		asked := page.Query()
		if back := asked.Get("redirect_uri"); !strings.HasPrefix(back, "http://127.0.0.1:") || strings.Contains(back, ":0/") || len(asked.Get("state")) < 20 {
			t.Errorf("the page is %s", page)
		}
		back := b.browse(page.String(), b.form("sso"))
		status, seen := look(t, back)
		if status != http.StatusOK || !strings.Contains(seen, "Back to the terminal") {
			t.Errorf("the browser shows %d %s", status, seen)
		}
		step = flow.Wait(t.Context())
		b.expect(step, "Done")
		s := step.(session.Done).Session
		if s.User() != "sso" || s.Tenant() != "t4711" || s.Method() != "OAUTH2" {
			t.Errorf("signed in as %s of %s by %s", s.User(), s.Tenant(), s.Method())
		}
		if kept, err := b.keeper.Load(t.Context(), address, "t4711", "sso"); err != nil || kept.Token == "" || kept.Method != "OAUTH2" {
			t.Errorf("kept %v, %v", kept, err)
		}
		if conn, err := net.Dial("tcp", strings.TrimPrefix(strings.TrimSuffix(asked.Get("redirect_uri"), "/callback"), "http://")); err == nil {
			_ = conn.Close()
			t.Error("it still listens")
		}
	}
}

// What can come back from a browser, and what becomes of it.
func TestWhatABrowserBringsBack(t *testing.T) {
	for name, test := range map[string]struct {
		faults []demo.Fault
		back   func(b *bench, page string) string
		sees   string
		want   string
		says   []string
	}{
		"denied": {
			back: func(b *bench, page string) string { return b.browse(page, url.Values{"decision": {"deny"}}) },
			sees: "access was denied (The user has cancelled)", want: "NeedMethod", says: []string{"access was denied (The user has cancelled)"},
		},
		"not let in by the tenant": {
			back: func(b *bench, page string) string { return b.browse(page, b.form("outsider")) },
			sees: "Back to the terminal", want: "NeedMethod", says: []string{"the tenant does not let you in"},
		},
		"known for the first time": {
			back: func(b *bench, page string) string { return b.browse(page, b.form("newcomer")) },
			sees: "Back to the terminal", want: "Done",
		},
		"refused at first": {
			faults: []demo.Fault{{Kind: demo.BadRequest, Path: "/tenant/oauth/token", Count: 1}},
			back:   func(b *bench, page string) string { return b.browse(page, b.form("sso")) },
			sees:   "Back to the terminal", want: "Done",
		},
		"a code that is none": {
			back: func(b *bench, page string) string {
				back := b.browse(page, b.form("sso"))
				u, _ := url.Parse(back)
				query := u.Query()
				query.Set("code", "guessed")
				u.RawQuery = query.Encode()
				return u.String()
			},
			sees: "Back to the terminal", want: "NeedMethod", says: []string{"does not accept what the identity provider says", "may not be registered"},
		},
		"hostile words": {
			back: func(b *bench, page string) string {
				back, _ := url.Parse(b.browse(page, url.Values{"decision": {"deny"}}))
				query := back.Query()
				query.Set("error", "<script>alert(1)</script>")
				back.RawQuery = query.Encode()
				return back.String()
			},
			sees: "&lt;script&gt;", want: "NeedMethod", says: []string{"refuses"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			options := sso(demo.SSORedirect)
			options.Faults = test.faults
			b := newBench(t, options)
			flow := session.Begin(session.Profile{Address: address}, atLoopback(b))
			defer flow.Close()
			step := flow.Next(t.Context())
			b.expect(step, "NeedBrowser")
			if status, seen := look(t, test.back(b, step.(session.NeedBrowser).Page)); status != http.StatusOK || !strings.Contains(seen, test.sees) || strings.Contains(seen, "<script") {
				t.Errorf("the browser shows %d %s", status, seen)
			}
			step = flow.Wait(t.Context())
			b.expect(step, test.want, test.says...)
			if need, ok := step.(session.NeedMethod); ok {
				b.expect(flow.Answer(t.Context(), session.Answer{Method: need.Methods[0].ID}), "NeedPassword")
			}
		})
	}
}

// What the page that was opened did not send is not listened to.
func TestOnlyThePageThatWasOpenedIsListenedTo(t *testing.T) {
	b := newBench(t, sso(demo.SSORedirect))
	flow := session.Begin(session.Profile{Address: address}, atLoopback(b))
	defer flow.Close()
	page, _ := url.Parse(flow.Next(t.Context()).(session.NeedBrowser).Page)
	back, _ := url.Parse(page.Query().Get("redirect_uri"))
	for query, want := range map[string]int{
		"code=stolen":                        http.StatusBadRequest,
		"code=stolen&state=guessed":          http.StatusBadRequest,
		"error=access_denied":                http.StatusBadRequest,
		"state=" + page.Query().Get("state"): http.StatusBadRequest, // without a code
	} {
		wrong := *back
		wrong.RawQuery = query
		if status, _ := look(t, wrong.String()); status != want {
			t.Errorf("%s: %d, want %d", query, status, want)
		}
	}
	if status, _ := look(t, back.JoinPath("..", "favicon.ico").String()); status != http.StatusNotFound {
		t.Errorf("another path: %d", status)
	}
	short, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	b.expect(flow.Wait(short), "Failed", "deadline exceeded")
	look(t, b.browse(page.String(), b.form("sso")))
	b.expect(flow.Wait(t.Context()), "Done")
}

// A browser can come back only to this machine, and to a port that is free.
func TestWhereABrowserCannotComeBackTo(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = taken.Close() }()
	b := newBench(t, sso(demo.SSORedirect))
	for callback, says := range map[string]string{
		"http://" + taken.Addr().String() + "/callback": "is taken",
		"https://acme.example/callback":                 "cannot come back to",
		"http://192.168.0.7:5001/callback":              "cannot come back to",
		"http://localhost/callback":                     "cannot come back to",
	} {
		options := atLoopback(b)
		options.Callback = callback
		b.expect(session.Begin(session.Profile{Address: address}, options).Next(t.Context()), "NeedMethod", says)
	}
}

// A page that is not at https:// is not opened: who knows what the browser would do with it.
func TestPagesThatAreNotSafeToOpen(t *testing.T) {
	for _, page := range []string{"http://idp.example/auth", "file:///etc/passwd", "javascript:alert(1)", "idp"} {
		b := newBench(t, sso(demo.SSORedirect))
		b.front = func(w http.ResponseWriter, r *http.Request, tenant http.Handler) {
			if r.URL.Path == "/tenant/oauth" {
				answering(200, map[string]string{"Content-Type": "application/json"}, `{"redirectTo":"`+page+`"}`)(w, r, tenant)
				return
			}
			tenant.ServeHTTP(w, r)
		}
		flow := session.Begin(session.Profile{Address: address}, atLoopback(b))
		b.expect(flow.Next(t.Context()), "NeedMethod", "not safe to open")
		flow.Close()
	}
}

// Where there are several ways the user chooses, unless he has said before what he wants.
func TestChoosingAWay(t *testing.T) {
	b := newBench(t, sso(demo.SSORedirect))
	options := b.options()
	options.Callback = "http://127.0.0.1:0/"
	flow := session.Begin(b.profile("reader"), options)
	defer flow.Close()
	step := flow.Next(t.Context())
	b.expect(step, "NeedMethod")
	var told []string
	methods := step.(session.NeedMethod).Methods
	for _, m := range methods {
		told = append(told, m.Type+": "+m.Title)
	}
	want := []string{
		"OAUTH2_INTERNAL: User name and password", "OAUTH2: Sign in with Hansen & Vega ID",
		"DEVICE: Sign in with Hansen & Vega ID, with a code on another device",
	}
	if !slices.Equal(told, want) {
		t.Errorf("the ways are %q", told)
	}
	b.expect(flow.Answer(t.Context(), session.Answer{Method: "magic"}), "NeedMethod", "none of the ways")
	b.expect(flow.Answer(t.Context(), session.Answer{Method: methods[1].ID}), "NeedBrowser")
	b.expect(flow.Back(t.Context()), "NeedMethod")
	b.expect(flow.Answer(t.Context(), session.Answer{Method: methods[2].ID}), "NeedDevice")
	b.expect(flow.Back(t.Context()), "NeedMethod")
	b.expect(flow.Answer(t.Context(), session.Answer{Method: methods[0].ID}), "NeedPassword")
	b.expect(flow.Answer(t.Context(), typed("reader")(b)), "Done")

	for method, want := range map[string]string{"OAUTH2_INTERNAL": "NeedPassword", "basic": "NeedPassword", "oauth2": "NeedBrowser", "DEVICE": "NeedDevice"} {
		options := options
		options.Keeper = nil
		profile := b.profile("totp")
		profile.Method = method
		chosen := session.Begin(profile, options)
		b.expect(chosen.Next(t.Context()), want)
		chosen.Close()
	}
	plain := newBench(t, demo.Options{})
	options = plain.options()
	options.Method = "OAUTH2"
	plain.expect(session.Begin(plain.profile("reader"), options).Next(t.Context()), "NeedMethod", "does not offer single sign-on")
}
