package cmd

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"c8yx/cmd/story/process"
	"c8yx/demo"
	"c8yx/ui/text"
)

// watchedTenant is a demo tenant on loopback that counts what was done to it.
type watchedTenant struct {
	*demo.Tenant
	address string

	mu      sync.Mutex
	writes  map[string]int // successful PUTs, by path
	signIns int            // successful ones
	refused int            // requests that were refused as not signed in
}

// tenantOnLoopback serves a demo tenant to a real program.
func tenantOnLoopback(t *testing.T, options demo.Options) *watchedTenant {
	t.Helper()
	tenant, err := demo.New(options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(tenant.Close)
	tenant.Start(t.Context())
	w := &watchedTenant{Tenant: tenant, writes: map[string]int{}}
	server := httptest.NewServer(w)
	t.Cleanup(func() {
		server.CloseClientConnections()
		server.Close()
	})
	w.address = server.URL
	return w
}

// ServeHTTP lets the tenant answer, and notes what it answered.
func (w *watchedTenant) ServeHTTP(answer http.ResponseWriter, r *http.Request) {
	if r.URL.Path == "/notification/realtime" {
		w.Tenant.ServeHTTP(answer, r) // hijacks the connection
		return
	}
	noted := &statusOf{ResponseWriter: answer, status: http.StatusOK}
	w.Tenant.ServeHTTP(noted, r)
	w.mu.Lock()
	defer w.mu.Unlock()
	switch {
	case noted.status == http.StatusUnauthorized:
		w.refused++
	case r.Method == http.MethodPut && noted.status < 300:
		w.writes[r.URL.Path]++
	case r.Method == http.MethodPost && strings.HasPrefix(r.URL.Path, "/tenant/oauth") && noted.status < 300:
		w.signIns++
	}
}

// count returns what was noted.
func (w *watchedTenant) count() (writes, most, signIns, refused int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, n := range w.writes {
		writes += n
		most = max(most, n)
	}
	return writes, most, w.signIns, w.refused
}

type statusOf struct {
	http.ResponseWriter
	status int
}

func (s *statusOf) WriteHeader(status int) {
	s.status = status
	s.ResponseWriter.WriteHeader(status)
}

// ask sends a request as the administrator.
func (w *watchedTenant) ask(t *testing.T, method, path, body string) string {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, w.address+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	admin := w.Users()[0]
	request.SetBasicAuth(admin.Tenant+"/"+admin.Name, admin.Password)
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Accept", "application/json")
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	said, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode >= 300 {
		t.Fatalf("%s %s: %s %s %v", method, path, answer.Status, said, err)
	}
	return string(said)
}

// TestARevokedTokenInTheMiddleOfEverything: the token is revoked while a list loads and a job runs.
// One dialog asks for the code of the second factor, and no more; the list gets complete, the job
// does each thing once and none twice.
func TestARevokedTokenInTheMiddleOfEverything(t *testing.T) {
	t.Parallel()
	const alarms, devices = 60, 6_000
	tenant := tenantOnLoopback(t, demo.Options{Devices: devices})
	device := regexp.MustCompile(`"id":"(\d+)"`).FindStringSubmatch(tenant.ask(t, "POST", "/inventory/managedObjects", `{"name":"Noisy","c8y_IsDevice":{}}`))[1]
	for i := range alarms {
		tenant.ask(t, "POST", "/alarm/alarms", fmt.Sprintf(
			`{"source":{"id":%q},"type":"noise_%03d","text":"Noise %03d","severity":"MINOR","time":%q}`, device, i, i, time.Now().Format(time.RFC3339)))
	}
	all, err := strconv.Atoi(strings.TrimSpace(tenant.ask(t, "GET", "/inventory/managedObjects/count?fragmentType=c8y_IsDevice", "")))
	if err != nil {
		t.Fatal(err)
	}
	complete := string(text.Count(all)) + " devices" // every single one
	p := c8yx.Start(t, process.Options{
		Args:      []string{"alarms?status=ACTIVE&source=" + device},
		Variables: []string{"C8Y_BASEURL=" + tenant.address, "C8Y_TENANT=t4711", "C8Y_USER=totp", "C8Y_PASSWORD=demo-Totp.1", "C8YX_KEEP=none"},
	})
	p.See("Six digits from your authenticator app.") // the password is at hand
	p.Type(totpCode(t, "JBSWY3DPEHPK3PXP"))
	p.Press("enter")
	p.See(fmt.Sprintf("%d alarms", alarms))

	tenant.SetFaults(demo.Fault{Kind: demo.Slow, Method: "PUT", After: 100 * time.Millisecond}, demo.Fault{Kind: demo.Slow, Path: "/inventory/managedObjects", After: 300 * time.Millisecond})
	p.Press("*", "a")
	p.See(fmt.Sprintf("Acknowledge %d alarms", alarms), "Cancel")
	p.Press("y")
	p.See("1 job")
	p.Press(":")
	p.See("Go to")
	p.Type("devices")
	p.Press("enter")
	p.See("Devices")
	writes, _, signIns, _ := tenant.count()
	if writes >= alarms || signIns != 1 {
		t.Fatalf("%d writes and %d sign-ins before the token is revoked: too late", writes, signIns)
	}
	if tenant.EndSessions("totp") == 0 {
		t.Fatal("there was no session to end")
	}

	p.See("Sign in to", "The tenant has ended the session", "Six digits from your authenticator app.")
	if n := strings.Count(p.Screen(), "╭─ Sign in to"); n != 1 {
		t.Errorf("%d dialogs\n%s", n, p.Screen())
	}
	stopped, _, _, _ := tenant.count()
	time.Sleep(500 * time.Millisecond) // nothing goes on behind the user's back
	if now, _, _, _ := tenant.count(); now != stopped {
		t.Errorf("%d writes while nobody was signed in", now-stopped)
	}
	if stopped >= alarms || strings.Contains(p.Screen(), complete) {
		t.Fatalf("the job or the list was done before the dialog\n%s", p.Screen())
	}
	p.Type(totpCode(t, "JBSWY3DPEHPK3PXP"))
	p.Press("enter")
	p.SeeNoMore("╭─ Sign in to")
	p.See("Signed in as totp")
	tenant.SetFaults()
	p.See(fmt.Sprintf("Acknowledged %d alarms", alarms))
	p.See(complete)

	writes, most, signIns, refused := tenant.count()
	if writes != alarms || most != 1 || signIns != 2 {
		t.Errorf("%d writes for %d alarms, at most %d of one; %d sign-ins", writes, alarms, most, signIns)
	}
	if refused == 0 {
		t.Error("nothing was refused, so nothing was shown")
	}
	if left := tenant.ask(t, "GET", "/alarm/alarms?pageSize=100&status=ACTIVE&source="+device, ""); strings.Contains(left, "Noise") {
		t.Errorf("still active: %.300s", left)
	}
	p.Press("q")
	if code := p.Exit(); code != ExitOK {
		t.Errorf("exit code %d", code)
	}
}

// TestSignInWithABrowser: the page of the identity provider is shown and can be copied; when
// somebody has signed in there, the program goes on by itself.
func TestSignInWithABrowser(t *testing.T) {
	t.Parallel()
	tenant := tenantOnLoopback(t, demo.Options{Devices: -1, SignIn: demo.SignIn{SSO: demo.SSORedirect}})
	p := c8yx.Start(t, process.Options{Variables: []string{"C8YX_KEEP=none"}})
	p.See("Sign in to a tenant")
	p.Type(tenant.address)
	p.Press("tab")
	p.Press("ctrl+s")
	p.See("how?", "in the browser")
	p.Press("down", "enter")
	p.See("Sign in on this page in your browser", "Waiting")
	p.Press("y")
	p.See("Copied the page")
	page, err := url.Parse(p.Clipboard())
	if err != nil || page.Path == "" {
		t.Fatalf("copied %q: %v", p.Clipboard(), err)
	}
	signInAtProvider(t, page.String())
	p.See("● live", "sso")
	p.Press("q")
	p.Exit()
}

// signInAtProvider is somebody with a browser.
func signInAtProvider(t *testing.T, page string) {
	t.Helper()
	answer, err := http.PostForm(page, url.Values{"username": {"sso"}, "password": {"demo-Sso.1"}, "decision": {"allow"}})
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	said, _ := io.ReadAll(answer.Body)
	if answer.StatusCode != http.StatusOK {
		t.Fatalf("the browser shows %s: %s", answer.Status, said)
	}
}
