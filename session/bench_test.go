package session_test

import (
	"crypto/tls"
	"fmt"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"c8yx/c8yclient"
	"c8yx/demo"
	"c8yx/session"
)

const address = "https://acme.example"

// bench is a demo tenant behind a transport that notes what is sent, and a keeper.
type bench struct {
	*testing.T
	tenant *demo.Tenant
	users  map[string]demo.User
	keeper *session.Memory
	// front stands before the tenant and may answer in its place.
	front func(http.ResponseWriter, *http.Request, http.Handler)

	mu   sync.Mutex
	sent []string // "POST /tenant/oauth"
}

func newBench(t *testing.T, options demo.Options) *bench {
	t.Helper()
	b := &bench{T: t, keeper: &session.Memory{}, users: map[string]demo.User{}}
	options.Devices = -1
	tenant, err := demo.New(options)
	if err != nil {
		t.Fatal(err)
	}
	tenant.Start(t.Context())
	t.Cleanup(tenant.Close)
	b.tenant = tenant
	for _, u := range tenant.Users() {
		b.users[u.Name] = u
	}
	return b
}

// RoundTrip has the tenant answer without a network, which would stop a fake clock.
func (b *bench) RoundTrip(r *http.Request) (*http.Response, error) {
	if err := r.Context().Err(); err != nil {
		return nil, err
	}
	b.mu.Lock()
	b.sent = append(b.sent, r.Method+" "+r.URL.Path)
	b.mu.Unlock()
	w := httptest.NewRecorder()
	w.Header().Set("Date", time.Now().UTC().Format(http.TimeFormat)) // as a server does
	served := r.Clone(r.Context())
	served.RequestURI, served.Host, served.TLS = r.URL.RequestURI(), r.URL.Host, &tls.ConnectionState{}
	if served.Body == nil {
		served.Body = http.NoBody
	}
	if b.front != nil {
		b.front(w, served, b.tenant)
	} else {
		b.tenant.ServeHTTP(w, served)
	}
	resp := w.Result()
	resp.Request = r
	return resp, nil
}

// requests returns what was sent since the last time.
func (b *bench) requests() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	sent := b.sent
	b.sent = nil
	return sent
}

// count says how many of the requests were to a path.
func count(requests []string, request string) (n int) {
	for _, r := range requests {
		if r == request {
			n++
		}
	}
	return n
}

// profile is a user of the tenant without his password.
func (b *bench) profile(user string) session.Profile {
	return session.Profile{Address: address, User: user}
}

func (b *bench) options() session.FlowOptions {
	return session.FlowOptions{Transport: b, Keeper: b.keeper, Client: []c8yclient.Option{c8yclient.WithRetry(c8yclient.NoRetry())}}
}

func (b *bench) password(user string) c8yclient.Secret {
	return c8yclient.Secret(b.users[user].Password)
}

// code is what the user's authenticator shows now.
func (b *bench) code(user string) c8yclient.Secret {
	return authenticator(b.users[user].TOTPSecret, time.Now())
}

// pin is the code of the latest SMS.
func (b *bench) pin() c8yclient.Secret {
	b.Helper()
	sent := b.texts()
	if len(sent) == 0 {
		b.Fatal("no SMS was sent")
	}
	return c8yclient.Secret(sent[len(sent)-1].Code)
}

// texts are the SMS that the tenant has sent.
func (b *bench) texts() (sent []demo.Letter) {
	for _, letter := range b.tenant.Letters() {
		if letter.By == "SMS" {
			sent = append(sent, letter)
		}
	}
	return sent
}

// signedIn signs in with user and password and returns the session.
func (b *bench) signedIn(user string) *session.Session {
	b.Helper()
	flow := session.Begin(b.profile(user), b.options())
	flow.Next(b.Context())
	step := flow.Answer(b.Context(), session.Answer{User: user, Password: b.password(user)})
	done, ok := step.(session.Done)
	if !ok {
		b.Fatalf("signing in ended with %s", tell(step))
	}
	b.requests()
	return done.Session
}

// tell says what a step is: its kind and its problem.
func tell(step session.Step) string {
	kind := strings.TrimPrefix(fmt.Sprintf("%T", step), "session.")
	if problem := problem(step); problem != nil {
		return kind + ": " + problem.Error()
	}
	return kind
}

func problem(step session.Step) error {
	v := reflect.ValueOf(step)
	for _, name := range []string{"Problem", "Err"} {
		if field := v.FieldByName(name); field.IsValid() && !field.IsNil() {
			return field.Interface().(error)
		}
	}
	return nil
}

// expect fails the test unless the step is of a kind and its problem says something.
func (b *bench) expect(step session.Step, kind string, says ...string) {
	b.Helper()
	told := tell(step)
	if got, _, _ := strings.Cut(told, ":"); got != kind {
		b.Fatalf("the step is %q, want %s", told, kind)
	}
	for _, word := range says {
		if !strings.Contains(told, word) {
			b.Errorf("the step is %q, want %q in it", told, word)
		}
	}
	if len(says) == 0 && problem(step) != nil {
		b.Errorf("the step is %q, want no problem", told)
	}
}
