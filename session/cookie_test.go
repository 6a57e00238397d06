package session_test

import (
	"errors"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"c8yx/c8yclient"
	"c8yx/demo"
	"c8yx/session"
)

// The tenant renews a cookie when it is used after a day; the new one is used and kept, and so the
// session lives on.
func TestRenewedCookiesAreKept(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, demo.Options{})
		s, client, asked := begin(b, "reader")
		if !s.Renews() {
			t.Fatal("the session is not renewed")
		}
		first, err := b.keeper.Load(t.Context(), address, "t4711", "reader")
		if err != nil {
			t.Fatal(err)
		}
		ends := s.Expires()
		for range 30 { // days, which is more than one cookie lives
			time.Sleep(25 * time.Hour)
			if err := client.Get(t.Context(), "/alarm/alarms", nil); err != nil {
				t.Fatal(err)
			}
			s.Close() // waits for the keeper
		}
		kept, err := b.keeper.Load(t.Context(), address, "t4711", "reader")
		if err != nil || kept.Token == first.Token || kept.XSRF == first.XSRF || !kept.SignedIn.Equal(first.SignedIn) || !kept.Expires.After(first.Expires) {
			t.Errorf("kept %+v, before %+v, %v", kept, first, err)
		}
		if !s.Expires().After(ends) || len(asked.questions) != 0 {
			t.Errorf("expires %v, before %v; asked %d times", s.Expires(), ends, len(asked.questions))
		}
		step := session.Begin(b.profile("reader"), b.options()).Next(t.Context())
		b.expect(step, "Done")
	})
}

// A tenant that does not renew, or ties sessions to the program's version, gives a token.
func TestWhenCookiesAreOfNoUse(t *testing.T) {
	for name, configuration := range map[string]string{
		"nothing is said":           `{}`,
		"renewal comes too late":    `{"absoluteTimeoutMillis":3600000,"renewalTimeoutMillis":7200000}`,
		"the User-Agent is checked": `{"absoluteTimeoutMillis":7200000,"renewalTimeoutMillis":3600000,"userAgentValidationRequired":true}`,
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := newBench(t, demo.Options{})
				b.admin("PUT", "/tenant/loginOptions/OAUTH2_INTERNAL", `{"sessionConfiguration":`+configuration+`}`)
				s := b.signedIn("reader")
				if s.Renews() || s.Method() != "OAUTH2_INTERNAL" {
					t.Errorf("renews %v, by %s", s.Renews(), s.Method())
				}
			})
		})
	}
}

// Logging out ends the session at the tenant, removes what is kept, and nothing asks the user by itself.
func TestLoggingOut(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, demo.Options{})
		b.front = func(w http.ResponseWriter, r *http.Request, tenant http.Handler) {
			if r.URL.Path == "/user/logout" {
				w.Header().Set("Content-Type", "application/json")
				defer func() { _, _ = w.Write([]byte(`{"url":"https://idp.example/logout"}`)) }()
			}
			tenant.ServeHTTP(w, r)
		}
		s, client, asked := begin(b, "reader")
		kept, _ := b.keeper.Load(t.Context(), address, "t4711", "reader")
		page, err := s.Logout(t.Context())
		if err != nil || page != "https://idp.example/logout" {
			t.Errorf("%q, %v", page, err)
		}
		if _, err := b.keeper.Load(t.Context(), address, "t4711", "reader"); !errors.Is(err, session.ErrNotKept) {
			t.Errorf("still kept: %v", err)
		}
		stolen, _ := c8yclient.New(address, c8yclient.WithTransport(b), c8yclient.WithAuth(c8yclient.Cookie{Authorization: kept.Token, XSRF: kept.XSRF}))
		if err := stolen.Get(t.Context(), "/alarm/alarms", nil); !errors.Is(err, c8yclient.ErrSessionEnded) {
			t.Errorf("the token still lives: %v", err)
		}
		if err := client.Get(t.Context(), "/alarm/alarms", nil); !errors.Is(err, session.ErrSignedOut) || len(asked.questions) != 0 {
			t.Errorf("%v, asked %d times", err, len(asked.questions))
		}
		s.Ask()
		q := asked.only(t)
		b.expect(q.Flow.Next(t.Context()), "NeedPassword")
		b.expect(q.Flow.Answer(t.Context(), typed("reader")(b)), "Done")
		if err := client.Get(t.Context(), "/alarm/alarms", nil); err != nil {
			t.Error(err)
		}
	})
}

// What is kept can be ended without being used: c8yx logout.
func TestLoggingOutOfWhatIsKept(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, demo.Options{})
		_, client, _ := begin(b, "reader")
		client.Get(t.Context(), "/alarm/alarms", nil)
		b.requests()
		other := session.New(session.Profile{Address: "acme.example"}, b.options())
		if _, err := other.Logout(t.Context()); err != nil {
			t.Error(err)
		}
		if sent := b.requests(); len(sent) != 1 || sent[0] != "POST /user/logout" {
			t.Errorf("sent %v", sent)
		}
		if all, _ := b.keeper.List(t.Context()); len(all) != 0 {
			t.Errorf("still kept: %v", all)
		}

		b.signedIn("reader")
		b.front = answering(503, nil, "")
		if _, err := session.New(b.profile("reader"), b.options()).Logout(t.Context()); err == nil {
			t.Error("a tenant that could not be told was told")
		}
		if all, _ := b.keeper.List(t.Context()); len(all) != 0 {
			t.Errorf("still kept although the user has logged out: %v", all)
		}
	})
}
