package doctor_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/colorprofile"

	"c8yx/c8yclient"
	"c8yx/cmd/config"
	"c8yx/cmd/doctor"
	"c8yx/demo"
	"c8yx/session"
	"c8yx/session/directory"
	"c8yx/views/tenant"
)

// examined is what the doctor finds, a line for each finding: "ok    clock  that of …".
func examined(t *testing.T, p doctor.Patient) string {
	t.Helper()
	var b strings.Builder
	p.Examine(t.Context(), func(f doctor.Finding) {
		fmt.Fprintf(&b, "%s %s: %s", f.Level, f.Check, f.Says)
		if f.Do != "" {
			fmt.Fprintf(&b, " → %s", f.Do)
		}
		b.WriteByte('\n')
		if f.Level != doctor.OK && f.Level != doctor.Warn && f.Level != doctor.Fail || f.Says == "" || strings.Contains(f.Says, "\n") {
			t.Errorf("not a finding: %+v", f)
		}
	})
	return b.String()
}

// visiting is a patient who visits a tenant.
func visiting(p session.Profile) doctor.Patient {
	transport, err := p.TLS.Transport()
	return doctor.Patient{
		Config: config.Parse("config.toml", nil), Profile: &p, Transport: transport, TransportError: err,
		Open: func() (*tenant.Tenant, error) {
			s := session.New(p, session.FlowOptions{Transport: transport, Client: []c8yclient.Option{c8yclient.WithRetry(c8yclient.NoRetry())}})
			client, err := s.Client()
			if err != nil {
				return nil, err
			}
			found := tenant.New(client, s.Profile())
			found.Session = s
			return found, nil
		},
	}
}

// serve serves a tenant until the test ends.
func serve(t *testing.T, handler http.Handler, tls bool) string {
	t.Helper()
	server := httptest.NewUnstartedServer(handler)
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	if tls {
		server.StartTLS()
	} else {
		server.Start()
	}
	t.Cleanup(server.Close)
	return server.URL
}

func demoTenant(t *testing.T, faults ...string) *demo.Tenant {
	t.Helper()
	options := demo.Options{Devices: -1}
	for _, written := range faults {
		fault, err := demo.ParseFault(written)
		if err != nil {
			t.Fatal(err)
		}
		options.Faults = append(options.Faults, fault)
	}
	made, err := demo.New(options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(made.Close)
	return made
}

func TestOnTheWayToATenant(t *testing.T) {
	t.Parallel()
	admin := demo.Options{}.Administrator()
	known := func(address string) session.Profile {
		return session.Profile{Name: "plant", Address: address, Tenant: admin.Tenant, User: admin.Name, Password: c8yclient.Secret(admin.Password), Origin: session.FromConfig}
	}
	web := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { _, _ = io.WriteString(w, "<html><title>Welcome</title>") })
	elsewhere := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "https://other.example"+r.URL.Path, http.StatusFound)
	})
	suspended := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusUnauthorized)
		_, _ = io.WriteString(w, `{"error":"security/Unauthorized","message":"Tenant has no access from outside the platform"}`)
	})
	well := serve(t, demoTenant(t), false)
	secure := serve(t, demoTenant(t), true)
	closed := known(well)
	closed.Tenant = "t9999"
	wrong := known(well)
	wrong.Password = "no good"
	nobody := known(well)
	nobody.User, nobody.Password = "", ""
	token := known(well)
	token.Password, token.Token = "", "not.a.token"
	reader := known(well)
	for _, u := range demoTenant(t).Users() {
		if u.Name == "alarms" || strings.Contains(strings.ToLower(u.Description), "alarm") {
			reader.User, reader.Password = u.Name, c8yclient.Secret(u.Password)
		}
	}
	insecure := known(secure)
	insecure.TLS.Insecure = true
	noFile := known(secure)
	noFile.TLS.CA = "/none.pem"
	production, qualification, readOnly := known(well), known(well), known(well)
	production.Mode, qualification.Mode, readOnly.ReadOnly = session.Production, session.Qualification, true

	for name, test := range map[string]struct {
		profile session.Profile
		finds   []string // in this order
		lacks   string
	}{
		"all is well": {
			profile: known(well),
			finds: []string{
				"ok tenant: plant (config): everything may be done", "ok address: " + well + " answers within", "ok TLS: none, which is fine",
				"ok clock: that of this machine is the tenant's", "ok sign-in: by password for a token", "ok user: admin of tenant t4711",
				"ok session: ends in 13 d 23 h", "ok permissions: ", "enough to read every view", "ok realtime: connected within",
			},
			lacks: "fail",
		},
		"over TLS that nobody checks": {
			profile: insecure,
			finds:   []string{"warn TLS: no certificate is checked", "--ca FILE", "ok realtime"},
		},
		"an authority nobody trusts": {profile: known(secure), finds: []string{"fail TLS: the certificate comes from an authority", "→ If you know that authority, give its certificate with --ca FILE"}, lacks: "user"},
		"an authority that is none":  {profile: noFile, finds: []string{"fail TLS: the trusted authorities cannot be read", "/none.pem"}, lacks: "address"},
		"the wrong scheme":           {profile: known(strings.Replace(secure, "https:", "http:", 1)), finds: []string{"speaks HTTPS"}, lacks: "user"},
		"the other wrong scheme":     {profile: known(strings.Replace(well, "http:", "https:", 1)), finds: []string{"fail address: ", "does not speak HTTPS"}, lacks: "user"},
		"nothing there":              {profile: known("http://127.0.0.1:1"), finds: []string{"fail address: http://127.0.0.1:1: nothing listens", "→ Check address and network"}, lacks: "user"},
		"not an address":             {profile: known("ftp://x"), finds: []string{`fail address: "ftp://x": the address of the tenant must begin with`}},
		"no tenant but a web site":   {profile: known(serve(t, web, false)), finds: []string{"ok address", "fail address: what answers at", "no Cumulocity tenant"}, lacks: "user"},
		"a tenant that has moved":    {profile: known(serve(t, elsewhere, false)), finds: []string{"fail address: the tenant redirects to https://other.example", "→ Use that address. Credentials do not follow."}, lacks: "user"},
		"a suspended tenant":         {profile: known(serve(t, suspended, false)), finds: []string{"fail sign-in: ", "no access from outside the platform", "it may also be suspended"}, lacks: "user"},
		"another tenant's id":        {profile: closed, finds: []string{"fail sign-in: ", "belongs to no tenant", "t9999", "→ Check the address, and set the tenant's id; it may also be suspended."}, lacks: "user"},
		"a tenant that fails":        {profile: known(serve(t, demoTenant(t, "500:path=/tenant/loginOptions"), false)), finds: []string{"ok address", "fail sign-in: the tenant fails"}},
		"a clock hours off":          {profile: known(serve(t, demoTenant(t, "skew:by=-3h"), false)), finds: []string{"fail clock: that of this machine is 3 h", "ahead of the tenant's", "→ Set the clock of this machine"}},
		"a clock a minute off":       {profile: known(serve(t, demoTenant(t, "skew:by=1m"), false)), finds: []string{"warn clock: that of this machine is ", "behind the tenant's: codes of an authenticator may be refused", "ok user"}},
		"a wrong password":           {profile: wrong, finds: []string{"ok sign-in", "fail user: ", "→ "}, lacks: "realtime"},
		"nobody who signs in":        {profile: nobody, finds: []string{"ok sign-in", "fail user: nobody is signed in", "→ Sign in with c8yx login"}, lacks: "realtime"},
		"a token that is none":       {profile: token, finds: []string{"fail user: ", "→ "}, lacks: "realtime"},
		"few permissions":            {profile: reader, finds: []string{"ok user", "warn permissions: ", "not enough for", "needs ROLE_", "realtime"}},
		"no live connection":         {profile: known(serve(t, demoTenant(t, "500:path=/notification/realtime:method=GET", "429:path=/notification/realtime:method=POST"), false)), finds: []string{"ok permissions", "fail realtime: no connection within", "→ A proxy may block WebSockets"}},
		"production":                 {profile: production, finds: []string{"production, read-only until you unlock it"}},
		"qualification":              {profile: qualification, finds: []string{"qualification, nothing can be deleted"}},
		"read-only":                  {profile: readOnly, finds: []string{"plant (config): read-only"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			patient := visiting(test.profile)
			if name == "no live connection" {
				patient.Patience = 2 * time.Second
			}
			report := examined(t, patient)
			rest := report
			for _, finds := range test.finds {
				_, after, found := strings.Cut(rest, finds)
				if !found {
					t.Errorf("the doctor does not find %q in\n%s", finds, report)
					break
				}
				rest = after
			}
			if test.lacks != "" && strings.Contains(rest, test.lacks) {
				t.Errorf("the doctor should not speak of %q in\n%s", test.lacks, report)
			}
			if strings.Contains(report, admin.Password) || strings.Contains(report, "no good") {
				t.Errorf("a secret is told:\n%s", report)
			}
		})
	}
}

// keeper keeps nothing, or fails.
type keeper struct {
	session.Keeper
	err error
}

func (keeper) Name() string                                   { return "the keyring" }
func (k keeper) List(context.Context) ([]session.Kept, error) { return make([]session.Kept, 2), k.err }

// lockedKeeper has to be unlocked first.
type lockedKeeper struct{ keeper }

func (lockedKeeper) Locked(context.Context) (bool, error) { return true, nil }

func TestOnThisMachine(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	for name, mode := range map[string]os.FileMode{"open.json": 0o644, "closed.json": 0o600} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(`{"host":"`+name+`.example","password":"hidden"}`), mode); err != nil {
			t.Fatal(err)
		}
	}
	keeping := func(k session.Keeper, err error) func(context.Context) (session.Keeper, error) {
		return func(context.Context) (session.Keeper, error) { return k, err }
	}
	good := config.Parse("c.toml", []byte("[[tenants]]\nname = \"plant\"\naddress = \"plant.example\"\n"))
	good.Exists = true
	bad := config.Parse("c.toml", []byte("thme = \"dark\"\n"))
	bad.Exists = true
	for name, test := range map[string]struct {
		patient doctor.Patient
		finds   []string
	}{
		"no configuration":       {doctor.Patient{Config: config.Parse("c.toml", nil)}, []string{"ok config: there is none, which is fine; it would be c.toml"}},
		"a configuration":        {doctor.Patient{Config: good}, []string{"ok config: c.toml, 1 tenant\n"}},
		"a mistake in it":        {doctor.Patient{Config: bad}, []string{`warn config: c.toml:1:1: there is no setting "thme" here`, "→ Mend the line"}},
		"one that is unreadable": {doctor.Patient{ConfigError: errors.New("it is a folder")}, []string{"fail config: it is a folder"}},
		"passwords in the open":  {doctor.Patient{Directory: directory.Directory{Guests: folder, Demo: true}}, []string{"warn tenants: " + folder + "/open.json holds a password in plain text", "→ chmod 600", "ok tenants: 2 tenants known"}},
		"a keyring":              {doctor.Patient{Keeper: keeping(keeper{}, nil)}, []string{"ok keyring: 2 sign-ins in the keyring"}},
		"no keyring":             {doctor.Patient{Keeper: keeping(nil, session.ErrNoKeeper)}, []string{"warn keyring: no keyring is available"}},
		"a locked keyring":       {doctor.Patient{Keeper: keeping(lockedKeeper{}, nil)}, []string{"warn keyring: 2 sign-ins in the keyring, which is locked", "→ Unlock it"}},
		"a damaged entry":        {doctor.Patient{Keeper: keeping(keeper{err: session.ErrUnreadableEntry}, nil)}, []string{"warn keyring: the kept sign-in cannot be read", "c8yx logout"}},
		"no terminal":            {doctor.Patient{}, []string{"warn terminal: there is none here"}},
		"no tenant":              {doctor.Patient{NoTenant: directory.ErrNone}, []string{"warn tenant: none is known yet", "c8yx --demo"}},
		"several tenants":        {doctor.Patient{NoTenant: fmt.Errorf("%w: a, b", directory.ErrUndecided)}, []string{"warn tenant: several tenants are known", "a, b → Say which: c8yx doctor NAME."}},
		"an unknown tenant":      {doctor.Patient{NoTenant: directory.ErrUnknown}, []string{"fail tenant: no such tenant is known"}},
	} {
		report := examined(t, test.patient)
		for _, finds := range test.finds {
			if !strings.Contains(report, finds) {
				t.Errorf("%s: the doctor does not find %q in\n%s", name, finds, report)
			}
		}
		if strings.Contains(report, "hidden") {
			t.Errorf("%s: a secret is told:\n%s", name, report)
		}
	}
}

func TestOnATerminal(t *testing.T) {
	t.Parallel()
	tmux := func(features, clipboard string, err error) func(context.Context, ...string) (string, error) {
		return func(_ context.Context, args ...string) (string, error) {
			if args[0] == "show-options" {
				return clipboard, err
			}
			return features, err
		}
	}
	usual := map[string]string{"TERM": "xterm-256color", "LANG": "C.UTF-8"}
	for name, test := range map[string]struct {
		variables     map[string]string
		width, height int
		colours       colorprofile.Profile
		tmux          func(context.Context, ...string) (string, error)
		finds         []string
	}{
		"a good one":       {usual, 120, 40, colorprofile.TrueColor, nil, []string{"ok terminal: TERM=xterm-256color", "ok size: 120×40", "ok colours: all", "ok clipboard"}},
		"a small one":      {usual, 70, 20, colorprofile.ANSI256, nil, []string{"warn size: 70×20 cells", "ok colours: 256"}},
		"too small a one":  {usual, 40, 10, colorprofile.ANSI, nil, []string{"fail size: 40×10 cells; c8yx needs 60×15", "warn colours: 16"}},
		"a dumb one":       {map[string]string{"TERM": "dumb"}, 80, 24, colorprofile.NoTTY, nil, []string{"fail terminal: TERM=dumb", "warn colours: none"}},
		"no colours":       {map[string]string{"TERM": "xterm", "NO_COLOR": "yes"}, 80, 24, colorprofile.ASCII, nil, []string{"ok colours: none, because NO_COLOR"}},
		"old characters":   {map[string]string{"TERM": "xterm", "LC_ALL": "de_DE.ISO-8859-1"}, 80, 24, colorprofile.ANSI, nil, []string{"warn characters: the locale de_DE.ISO-8859-1"}},
		"over ssh":         {map[string]string{"TERM": "xterm", "SSH_TTY": "/dev/pts/1"}, 80, 24, colorprofile.ANSI, nil, []string{"through ssh"}},
		"Apple's":          {map[string]string{"TERM": "xterm", "TERM_PROGRAM": "Apple_Terminal"}, 80, 24, colorprofile.ANSI, nil, []string{"warn clipboard: Apple's"}},
		"the console":      {map[string]string{"TERM": "linux"}, 80, 24, colorprofile.ANSI, nil, []string{"warn clipboard: the console has none"}},
		"in tmux":          {usual, 80, 24, colorprofile.TrueColor, tmux("256,RGB,clipboard", "external", nil), []string{"ok tmux: it passes all colours on"}},
		"in a poorer tmux": {usual, 80, 24, colorprofile.ANSI256, tmux("256", "off", nil), []string{"warn tmux: it does not pass all colours on", "warn clipboard: tmux keeps what is copied"}},
		"in a dead tmux":   {usual, 80, 24, colorprofile.ANSI256, tmux("", "", errors.New("no server")), []string{"warn tmux: it does not answer: no server"}},
	} {
		report := examined(t, doctor.Patient{Terminal: doctor.Terminal{
			Getenv: func(name string) string { return test.variables[name] }, Is: true,
			Width: test.width, Height: test.height, Colours: test.colours, Tmux: test.tmux,
		}, NoTenant: directory.ErrNone})
		for _, finds := range test.finds {
			if !strings.Contains(report, finds) {
				t.Errorf("%s: the doctor does not find %q in\n%s", name, finds, report)
			}
		}
	}
}
