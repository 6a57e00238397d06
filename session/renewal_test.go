package session_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"c8yx/c8yclient"
	"c8yx/demo"
	"c8yx/session"
)

// asker counts the questions and hands them on.
type asker struct {
	mu        sync.Mutex
	questions []session.Question
}

func (a *asker) ask(q session.Question) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.questions = append(a.questions, q)
}

// only returns the question, which must be the only one.
func (a *asker) only(t *testing.T) session.Question {
	t.Helper()
	a.mu.Lock()
	defer a.mu.Unlock()
	if len(a.questions) != 1 {
		t.Fatalf("asked %d times, want once", len(a.questions))
	}
	return a.questions[0]
}

// calls begins many calls at once and returns what collects their errors.
func calls(n int, call func() error) func() []error {
	var all sync.WaitGroup
	errs := make([]error, n)
	for i := range errs {
		all.Go(func() { errs[i] = call() })
	}
	return func() []error {
		all.Wait()
		return errs
	}
}

// begin signs a user in and returns the session, a client and who is asked.
func begin(b *bench, user string) (*session.Session, *c8yclient.Client, *asker) {
	b.Helper()
	s, a := b.signedIn(user), &asker{}
	s.SetAsker(a.ask)
	client, err := s.Client()
	if err != nil {
		b.Fatal(err)
	}
	time.Sleep(time.Minute)
	return s, client, a
}

// Twenty requests are refused at once: the user is asked once, and all of them go on.
func TestOneQuestionForAllRequests(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, demo.Options{})
		s, client, asked := begin(b, "reader")
		b.tenant.EndSessions("reader")
		collect := calls(20, func() error { return client.Get(t.Context(), "/inventory/managedObjects", nil) })
		synctest.Wait()
		q := asked.only(t)
		if !strings.Contains(q.Reason.Error(), "ended the session") || s.SignedIn() || s.Over() != nil {
			t.Errorf("reason %v, signed in %v, over %v", q.Reason, s.SignedIn(), s.Over())
		}
		late := calls(5, func() error { return client.Get(t.Context(), "/alarm/alarms", nil) })
		synctest.Wait()
		if n := count(b.requests(), "GET /alarm/alarms"); n != 0 {
			t.Errorf("%d requests were sent although nobody is signed in", n)
		}
		step := q.Flow.Next(t.Context())
		b.expect(step, "NeedPassword")
		if step.(session.NeedPassword).User != "reader" {
			t.Errorf("the step does not know the user: %+v", step)
		}
		b.expect(q.Flow.Answer(t.Context(), session.Answer{Password: "guessed"}), "NeedPassword", "is wrong")
		step = q.Flow.Answer(t.Context(), typed("reader")(b))
		b.expect(step, "Done")
		if step.(session.Done).Session != s {
			t.Error("another session came out of it")
		}
		if err := errors.Join(append(collect(), late()...)...); err != nil {
			t.Error(err)
		}
		asked.only(t)
	})
}

// What the user declines fails, and nothing asks again until he wants to.
func TestADeclinedQuestion(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, demo.Options{})
		s, client, asked := begin(b, "reader")
		b.tenant.EndSessions("reader")
		get := func() error { return client.Get(t.Context(), "/inventory/managedObjects", nil) }
		collect := calls(3, get)
		synctest.Wait()
		asked.only(t).Decline()
		for _, err := range append(collect(), get(), get()) {
			if !errors.Is(err, session.ErrDeclined) || !errors.Is(err, c8yclient.ErrUnauthorized) || !strings.Contains(err.Error(), "Sign in to go on") {
				t.Errorf("got %v", err)
			}
		}
		asked.only(t)
		b.requests()
		if err := get(); err == nil || len(b.requests()) != 0 {
			t.Errorf("a request was sent, or succeeded: %v", err)
		}
		if !errors.Is(s.Over(), session.ErrDeclined) {
			t.Errorf("over because of %v", s.Over())
		}

		asked.questions = nil
		s.Ask()
		s.Ask() // is asked already
		collect = calls(2, get)
		synctest.Wait()
		q := asked.only(t)
		b.expect(q.Flow.Next(t.Context()), "NeedPassword")
		b.expect(q.Flow.Answer(t.Context(), typed("reader")(b)), "Done")
		if err := errors.Join(append(collect(), s.Over())...); err != nil {
			t.Error(err)
		}
	})
}

// Asking while the session is still good disturbs nobody, and declining that changes nothing.
func TestSigningInAnewBeforeItExpires(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, demo.Options{})
		s, client, asked := begin(b, "reader")
		before := s.Expires()
		s.Ask()
		if err := client.Get(t.Context(), "/alarm/alarms", nil); err != nil {
			t.Error(err)
		}
		asked.only(t).Decline()
		if err := client.Get(t.Context(), "/alarm/alarms", nil); err != nil || s.Over() != nil {
			t.Error(err, s.Over())
		}
		asked.questions = nil
		time.Sleep(time.Hour)
		s.Ask()
		q := asked.only(t)
		b.expect(q.Flow.Next(t.Context()), "NeedPassword")
		b.expect(q.Flow.Answer(t.Context(), typed("reader")(b)), "Done")
		if won := s.Expires().Sub(before); won < time.Hour {
			t.Errorf("the session lives %v longer", won)
		}
	})
}

// A user who wants to sign in just when a request finds that he has to is asked once.
func TestAskingWhileARequestFindsOut(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, demo.Options{})
		s, client, asked := begin(b, "reader")
		b.front = func(w http.ResponseWriter, r *http.Request, tenant http.Handler) {
			if r.URL.Path == "/tenant/loginOptions" {
				time.Sleep(time.Second)
			}
			tenant.ServeHTTP(w, r)
		}
		b.tenant.EndSessions("reader")
		collect := calls(3, func() error { return client.Get(t.Context(), "/alarm/alarms", nil) })
		synctest.Wait() // they have been refused, and one of them looks for a way in
		s.Ask()
		time.Sleep(time.Minute)
		q := asked.only(t)
		b.expect(q.Flow.Next(t.Context()), "NeedPassword")
		b.expect(q.Flow.Answer(t.Context(), typed("reader")(b)), "Done")
		if err := errors.Join(collect()...); err != nil {
			t.Error(err)
		}
	})
}

// A request that gives up waiting does so at once, and leaves the question to the others.
func TestGivingUpWaiting(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, demo.Options{})
		_, client, asked := begin(b, "reader")
		b.tenant.EndSessions("reader")
		short, cancel := context.WithTimeout(t.Context(), 10*time.Second)
		defer cancel()
		first := calls(1, func() error { return client.Get(short, "/alarm/alarms", nil) })
		synctest.Wait()
		second := calls(1, func() error { return client.Get(t.Context(), "/alarm/alarms", nil) })
		began := time.Now()
		if err := first()[0]; !errors.Is(err, context.DeadlineExceeded) || time.Since(began) > 10*time.Second {
			t.Errorf("after %v: %v", time.Since(began), err)
		}
		q := asked.only(t)
		q.Flow.Next(t.Context())
		b.expect(q.Flow.Answer(t.Context(), typed("reader")(b)), "Done")
		if err := second()[0]; err != nil {
			t.Error(err)
		}
	})
}

// A write that was refused surely did not happen: it is sent again, once.
func TestAWriteIsRepeatedOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, demo.Options{})
		_, client, asked := begin(b, "admin")
		b.tenant.EndSessions("admin")
		collect := calls(1, func() error {
			return client.Post(t.Context(), "/inventory/managedObjects", map[string]string{"name": "Pump 7"}, nil)
		})
		synctest.Wait()
		q := asked.only(t)
		q.Flow.Next(t.Context())
		b.expect(q.Flow.Answer(t.Context(), typed("admin")(b)), "Done")
		if err := collect()[0]; err != nil {
			t.Error(err)
		}
		if n := count(b.requests(), "POST /inventory/managedObjects"); n != 2 {
			t.Errorf("sent %d times, want 2: refused and accepted", n)
		}
		var found struct {
			ManagedObjects []struct {
				Name string `json:"name"`
			} `json:"managedObjects"`
		}
		if err := client.Get(t.Context(), "/inventory/managedObjects?pageSize=100", &found); err != nil {
			t.Fatal(err)
		}
		pumps := 0
		for _, object := range found.ManagedObjects {
			if object.Name == "Pump 7" {
				pumps++
			}
		}
		if pumps != 1 {
			t.Errorf("the tenant has %d pumps, want 1", pumps)
		}
	})
}

// With a password and a TOTP secret at hand nobody is asked.
func TestRenewingWithoutAsking(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, demo.Options{})
		profile := b.profile("totp")
		profile.Password, profile.TOTPSecret = b.password("totp"), c8yclient.Secret(b.users["totp"].TOTPSecret)
		s, asked := session.New(profile, b.options()), &asker{}
		s.SetAsker(asked.ask)
		client, _ := s.Client()
		if len(b.requests()) != 0 {
			t.Error("something was sent before the first request")
		}
		for range 3 {
			if err := errors.Join(calls(20, func() error { return client.Get(t.Context(), "/alarm/alarms", nil) })()...); err != nil {
				t.Fatal(err)
			}
			if n := count(b.requests(), "POST /tenant/oauth/token"); n != 2 { // without code, with code
				t.Errorf("asked for a token %d times, want 2", n)
			}
			b.tenant.EndSessions("totp")
			time.Sleep(time.Minute)
		}
		if len(asked.questions) != 0 || !s.TFA() {
			t.Errorf("asked %d times, TFA %v", len(asked.questions), s.TFA())
		}

		b.admin("PUT", "/user/t4711/users/totp", `{"shouldResetPassword":true}`)
		collect := calls(3, func() error { return client.Get(t.Context(), "/alarm/alarms", nil) })
		synctest.Wait()
		b.expect(asked.only(t).Flow.Next(t.Context()), "NeedNewPassword")
		asked.only(t).Decline()
		collect()
	})
}

// A password that turns out to be wrong is not tried again and again: the user is asked for the right one.
func TestAWrongPasswordOfAProfileIsTriedOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, demo.Options{})
		profile := b.profile("reader")
		profile.Password, profile.From = "old", "acme.json"
		s, asked := session.New(profile, b.options()), &asker{}
		s.SetAsker(asked.ask)
		client, _ := s.Client()
		get := func() error { return client.Get(t.Context(), "/alarm/alarms", nil) }
		collect := calls(20, get)
		synctest.Wait()
		q := asked.only(t)
		b.expect(q.Flow.Next(t.Context()), "NeedPassword", "in acme.json is wrong")
		b.expect(q.Flow.Answer(t.Context(), typed("reader")(b)), "Done")
		if err := errors.Join(collect()...); err != nil {
			t.Error(err)
		}
		b.tenant.EndSessions("reader")
		time.Sleep(time.Minute)
		asked.questions = nil
		collect = calls(2, get)
		synctest.Wait()
		b.expect(asked.only(t).Flow.Next(t.Context()), "NeedPassword") // does not try the old one
		asked.only(t).Decline()
		collect()
		if n := count(b.requests(), "POST /tenant/oauth/token"); n != 1 {
			t.Errorf("the wrong password was tried %d times", n)
		}
	})
}

// A 401 of a service behind the tenant is not the end of the session.
func TestARefusalThatIsNotAboutTheSession(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, demo.Options{})
		b.front = func(w http.ResponseWriter, r *http.Request, tenant http.Handler) {
			if strings.HasPrefix(r.URL.Path, "/service/") {
				answering(401, nil, `{"message":"my own token is bad"}`)(w, r, tenant)
				return
			}
			tenant.ServeHTTP(w, r)
		}
		s, client, asked := begin(b, "reader")
		errs := calls(5, func() error { return client.Get(t.Context(), "/service/maps/tile", nil) })()
		for _, err := range errs {
			if !errors.Is(err, c8yclient.ErrUnauthorized) || !strings.Contains(err.Error(), "my own token is bad") {
				t.Errorf("got %v", err)
			}
		}
		if len(asked.questions) != 0 || !s.SignedIn() {
			t.Errorf("asked %d times, signed in %v", len(asked.questions), s.SignedIn())
		}
		if sent := b.requests(); count(sent, "GET /user/currentUser") != 1 || count(sent, "GET /service/maps/tile") != 5 {
			t.Errorf("sent %v", sent)
		}
	})
}

// What is open belongs to one user; nobody else may repeat his requests.
func TestSomebodyElseCannotGoOn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, demo.Options{})
		_, client, asked := begin(b, "reader")
		b.tenant.EndSessions("reader")
		collect := calls(1, func() error { return client.Get(t.Context(), "/alarm/alarms", nil) })
		synctest.Wait()
		q := asked.only(t)
		q.Flow.Next(t.Context())
		b.requests()
		b.expect(q.Flow.Answer(t.Context(), typed("admin")(b)), "NeedPassword", "belongs to reader, not to admin")
		if sent := b.requests(); len(sent) != 0 {
			t.Errorf("sent %v", sent)
		}
		b.expect(q.Flow.Answer(t.Context(), typed("reader")(b)), "Done")
		collect()
	})
}

// A sign-in that another c8yx has kept meanwhile is taken over without asking.
func TestASignInOfAnotherProcess(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, demo.Options{})
		_, client, asked := begin(b, "reader")
		b.tenant.EndSessions("reader")
		b.signedIn("reader") // in another terminal, with the same keyring
		if err := client.Get(t.Context(), "/alarm/alarms", nil); err != nil || len(asked.questions) != 0 {
			t.Errorf("%v, asked %d times", err, len(asked.questions))
		}
	})
}

// A network that fails while signing in again is not the user's business: the request fails, the next tries
// again.
func TestANetworkThatFailsWhileSigningInAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, demo.Options{})
		profile := b.profile("reader")
		profile.Password = b.password("reader")
		s, asked := session.New(profile, b.options()), &asker{}
		s.SetAsker(asked.ask)
		client, _ := s.Client()
		b.front = answering(503, nil, "")
		err := client.Get(t.Context(), "/alarm/alarms", nil)
		if !errors.Is(err, c8yclient.ErrServer) || len(asked.questions) != 0 || s.Over() != nil {
			t.Errorf("%v, asked %d times, over %v", err, len(asked.questions), s.Over())
		}
		b.front = nil
		if err := client.Get(t.Context(), "/alarm/alarms", nil); err != nil {
			t.Error(err)
		}
	})
}

// Why a session ended, in words.
func TestReasons(t *testing.T) {
	for name, test := range map[string]struct {
		end  func(*bench)
		says string
	}{
		"logged out elsewhere": {func(b *bench) {
			other := session.New(session.Profile{Address: address, User: "reader"}, b.options())
			if _, err := other.Logout(b.Context()); err != nil {
				b.Error(err)
			}
		}, "you have logged out elsewhere"},
		"too many sessions": {func(b *bench) {
			for range 5 {
				token(b, "reader")
			}
		}, "too many at once"},
		"strategy changed": {func(b *bench) { b.admin("PUT", "/tenant/tenants/t4711/tfa", `{"strategy":"SMS"}`) }, "the rules for signing in have changed"},
		"expired":          {func(*bench) { time.Sleep(15 * 24 * time.Hour) }, "the session has expired"},
		"ended by an administrator": {func(b *bench) {
			b.admin("POST", "/user/logout/t4711/allUsers", "")
		}, "an administrator ended it"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := newBench(t, demo.Options{})
				_, client, asked := begin(b, "reader")
				test.end(b)
				collect := calls(1, func() error { return client.Get(t.Context(), "/alarm/alarms", nil) })
				synctest.Wait()
				q := asked.only(t)
				if !strings.Contains(q.Reason.Error(), test.says) || !errors.Is(q.Reason, c8yclient.ErrUnauthorized) {
					t.Errorf("the reason is %q, want %q", q.Reason, test.says)
				}
				q.Decline()
				collect()
			})
		})
	}
}
