package cmd

import (
	"archive/zip"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"encoding/pem"
	"math/big"
	"os"
	"path/filepath"
	"regexp"
	"testing"
	"time"

	"c8yx/cmd/story"
	"c8yx/demo"
)

// TestStoryOfApplications: settings, who uses it, which version is served; what belongs to another
// tenant says so.
func TestStoryOfApplications(t *testing.T) {
	t.Parallel()
	watch(t, story.Options{Place: "applications", Tenant: story.Demo(demo.Options{Past: time.Minute})}, func(s *story.Story, _ *watched) {
		s.See("Shift book")
		s.Open("applications?filter=cockpit")
		s.Row("▌  cockpit").Has("management")
		s.Press("e")
		s.See("it belongs to the tenant management")
		s.Press("[")
		s.Open("applications?filter=shift")
		s.Row("▌  Shift book").Has("hosted")
		id := s.Tenant.Get("/application/applicationsByName/Shift%20book")["applications"].([]any)[0].(map[string]any)["id"].(string)
		application := func() map[string]any { return s.Tenant.Get("/application/applications/" + id) }
		used := func(tenant string) bool {
			for _, r := range s.Tenant.Get("/tenant/tenants/" + tenant + "/applications?pageSize=100")["references"].([]any) {
				if r.(map[string]any)["application"].(map[string]any)["id"] == id {
					return true
				}
			}
			return false
		}
		s.Press("e", "tab", "tab", "ctrl+u")
		s.Type("shift book")
		s.Press("enter")
		s.See("only letters, digits, - _ and .")
		s.Press("shift+tab", "ctrl+u")
		s.Type("shifts")
		s.Press("ctrl+s", "s")
		s.See("Changed Shift book: contextPath")
		if a := application(); a["contextPath"] != "shifts" || a["key"] != "shift-book-key" {
			t.Fatalf("the tenant has %v", a)
		}
		s.Press("a")
		s.See("Let a tenant use it", "t4711")
		s.Type("1")
		s.Press("ctrl+s")
		s.See("Subscribed t47111 to 1 application")
		if !used("t47111") {
			t.Fatal("the other tenant does not use it")
		}
		s.Press("a")
		s.Press("ctrl+s")
		s.See("409") // the tenant's own words
		s.Press("D")
		s.See("o The use by others")
		s.Press("esc", "X")
		s.Type("1")
		s.Press("ctrl+s")
		s.See("End the use by a tenant", "DELETE /tenant/tenants/t47111/applications/")
		s.Press("y")
		s.See("Ended for t47111 the use of 1 application", "Shift book")
		if used("t47111") {
			t.Fatal("the other tenant uses it still")
		}
		s.Press("B")
		s.See("Versions of Shift book", "latest")
		served := func() any { return application()["activeVersionId"] }
		before := served()
		s.Press("a")
		s.See("it is the one that is served")
		s.Press("D")
		s.See("activate another before")
		s.Press("down", "a")
		s.See("Serving now 1 version")
		if served() == before {
			t.Errorf("%v is served still", before)
		}
	})
}

// TestStoryOfAnApplication: from nothing to versions of which another is served, and to nothing again; a microservice
// says after the upload what it is.
func TestStoryOfAnApplication(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	archive := func(name string, entries ...string) string {
		path := filepath.Join(folder, name)
		file, err := os.Create(path)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = file.Close() }()
		w := zip.NewWriter(file)
		for i := 0; i < len(entries); i += 2 {
			entry, err := w.Create(entries[i])
			if err == nil {
				_, err = entry.Write([]byte(entries[i+1]))
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		return path
	}
	first, second := archive("valves-1.zip", "index.html", "the first"), archive("valves-2.zip", "index.html", "the second")
	service := archive("meter.zip", "image.tar", "x", "cumulocity.json", `{"apiVersion":"1","version":"4.5.6","provider":{"name":"us"},"isolation":"PER_TENANT","requiredRoles":[],"roles":[]}`)
	watch(t, story.Options{Place: "applications", Tenant: bare}, func(s *story.Story, _ *watched) {
		served := func() string {
			_, body := s.Tenant.Do("GET", "/apps/valves/", nil)
			return string(body)
		}
		create := func(name string, kind ...string) { // the keys that choose its type
			s.Press("n")
			s.See("New application")
			s.Press(append(append([]string{"shift+tab"}, kind...), "tab")...)
			s.Type(name)
			s.Press("enter")
			s.Type(name + "-key")
			s.Press("enter")
			s.Type(name)
			s.Press("ctrl+s")
			s.See("Created the application")
		}
		create("valves")
		s.Row("▌  valves").Has("hosted")
		s.Press("B")
		s.See("Nothing has been uploaded for it yet")
		s.Press("n")
		s.See("Upload archive of valves", "index.html")
		s.Type(archive("valves.tar"))
		s.Press("enter")
		s.See("an archive ends with .zip")
		s.Press("shift+tab", "ctrl+u")
		s.Type(first)
		s.Press("enter")
		s.Type("1 0")
		s.Press("enter")
		s.See("only letters, digits, - + and .")
		s.Press("shift+tab", "ctrl+u")
		s.Type("1.0.0")
		s.Press("ctrl+s")
		s.See("Sent valves-1.zip")
		s.Row("▌").Has("1.0.0", "latest", "valves-1.zip", "yes")
		if served() != "the first" {
			t.Fatalf("served is %q", served())
		}
		s.Press("n")
		s.Type(second)
		s.Press("ctrl+s")
		s.See("Upload archive of valves") // it has versions now, so that another needs a number
		s.DontSee("Sent valves-2.zip")
		s.Type("1.1.0")
		s.Press("enter")
		s.Type("beta, next")
		s.Press("ctrl+s")
		s.See("Sent valves-2.zip")
		s.Row("1.1.0").Has("no", "beta, next", "valves-2.zip")
		s.Press("n")
		s.Type(second)
		s.Press("enter")
		s.Type("1.1.0")
		s.Press("ctrl+s")
		s.Open("transfers")
		s.Row("▌").Has("failed")
		s.See("409")
		s.Press("[", "home")
		s.Row("▌  no").Has("1.1.0")
		s.Press("a")
		s.See("Serving now 1 version")
		s.Row("▌  yes").Has("1.1.0", "beta, next, latest")
		s.Row("   no").Has("1.0.0")
		if served() != "the second" {
			t.Fatalf("served is %q", served())
		}
		s.Press("end", "D", "y")
		s.See("Deleted 1 version")
		s.DontSee("1.0.0")

		s.Open("applications")
		create("meter", "right")
		s.Row("▌  meter").Has("microservice")
		s.Press("<")
		s.See("cumulocity.json")
		s.DontSee("Version", "Tags")
		s.Type(service)
		s.Press("enter")
		s.See("Sent meter.zip")
		s.Row("▌  meter").Has("4.5.6")
		s.Press("D")
		s.See("archives and versions go along")
		s.Press("y")
		s.See("Deleted 1 application")
		s.Open("applications?filter=valves")
		s.Row("▌  valves").Has("hosted")
		s.Press("D", "y")
		s.See("Deleted 1 application")
		for _, name := range []string{"valves", "meter"} {
			if left := s.Tenant.Get("/application/applicationsByName/" + name)["applications"].([]any); len(left) != 0 {
				t.Errorf("the tenant has %v", left)
			}
		}
	})
}

// TestStoryOfCertificates: a certificate comes from a file, is proved to be one's own, distrusted and
// deleted; what is no certificate is not sent.
func TestStoryOfCertificates(t *testing.T) {
	t.Parallel()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(7), Subject: pkix.Name{CommonName: "Hall B"}, IsCA: true, BasicConstraintsValid: true,
		NotBefore: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), NotAfter: time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC),
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	path, other := filepath.Join(dir, "ca.pem"), filepath.Join(dir, "no.pem")
	for name, content := range map[string][]byte{
		path: pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), other: []byte("hello"),
	} {
		if err := os.WriteFile(name, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	watch(t, story.Options{Place: "certificates", Tenant: bare}, func(s *story.Story, _ *watched) {
		all := func() []any {
			return s.Tenant.Get("/tenant/tenants/t4711/trusted-certificates?pageSize=100")["certificates"].([]any)
		}
		s.See("certificates")
		had := len(all())
		s.Press("n")
		s.Type(other + "x")
		s.Press("ctrl+s")
		s.See("there is no such file")
		s.Press("ctrl+u")
		s.Type(other)
		s.Press("ctrl+s")
		s.See("Nothing was sent", "PEM form in it")
		s.Press("ctrl+u")
		s.Type(path[:len(path)-len("a.pem")])
		s.See("ca.pem")
		s.Press("tab") // completes
		s.Press("tab")
		s.Type("Hall B")
		s.Press("ctrl+s")
		s.See("Created the certificate", "Hall B")
		if n := len(all()); n != had+1 {
			t.Fatalf("the tenant has %d certificates", n)
		}
		s.Open("certificates?filter=hall")
		s.Row("▌  Hall B").Has("enabled", "in 43w", "no")
		s.Press("P")
		s.See("Prove that the key of", "openssl dgst -sha256 -sign")
		code := regexp.MustCompile(`printf %s (\S+)`).FindStringSubmatch(s.Row("printf %s").Text())[1]
		digest := sha256.Sum256([]byte(code))
		s.Type("AAAA")
		s.Press("ctrl+s")
		s.See("is not correct")
		signature, err := ecdsa.SignASN1(rand.Reader, key, digest[:])
		if err != nil {
			t.Fatal(err)
		}
		s.Press("ctrl+u")
		s.Type(base64.StdEncoding.EncodeToString(signature))
		s.Press("ctrl+s")
		s.See("Proved the possession of Hall B")
		s.Press("P")
		s.See("it is proved already")
		s.Press("E")
		s.Row("▌  Hall B").Has("disabled")
		s.Press("A")
		s.See("Changed 1 certificate")
		s.Press("e")
		s.Type(" and C")
		s.Press("ctrl+s", "s")
		s.See("Changed Hall B: name")
		s.Row("▌  Hall B and C").Has("disabled")
		s.Press("D")
		s.See("Devices with certificates of it cannot connect any more")
		s.Press("y")
		s.See("Deleted 1 certificate")
		if n := len(all()); n != had {
			t.Errorf("the tenant has %d certificates", n)
		}

		s.Open("loginoptions")
		s.See("oauth2")
		s.Press("down", "e")
		s.See("Ends after", "Is renewed after")
		s.Press("tab", "tab", "tab", "ctrl+u")
		s.Type("3")
		s.Press("ctrl+s")
		s.Read("terminateUserSessions=false", "maximumNumberOfParallelSessions")
		s.Press("s")
		s.See("sessionConfiguration")
		option := s.Tenant.Get("/tenant/loginOptions/OAUTH2_INTERNAL")
		if option["sessionConfiguration"].(map[string]any)["maximumNumberOfParallelSessions"] != 3.0 || option["providerName"] != "OAI-Secure" {
			t.Errorf("the tenant has %v", option)
		}
		s.Press("D")
		s.See("every tenant has it; hide it instead")
		s.Press("R")
		s.Read("only the management tenant can; this is t4711")
	})
}

// TestStoryOfSingleSignOn: what a token gives is made, changed, deleted and brought back; the management tenant keeps
// a login option for itself.
func TestStoryOfSingleSignOn(t *testing.T) {
	t.Parallel()
	sso := story.Demo(demo.Options{Devices: -1, Past: 1, SignIn: demo.SignIn{SSO: demo.SSORedirect}})
	watch(t, story.Options{Place: "loginoptions?filter=hansen", Tenant: sso}, func(s *story.Story, _ *watched) {
		s.Row("▌  oauth2").Has("remote")
		option := s.Tenant.Get("/tenant/loginOptions/OAUTH2")["id"].(string)
		mappings := func(sort string) []any {
			return s.Tenant.Get("/tenant/loginOptions/" + option + "/" + sort)[sort].([]any)
		}
		s.Press("m")
		s.See("Access mappings of Sign in with Hansen & Vega ID", "groups has c8y-admins", "3 access mappings")
		s.Row("groups has c8y-operators").Has("operators", "the tenant")
		s.Press("n")
		s.Type("groups")
		s.Press("enter", "right", "enter")
		s.Type("plant-leads")
		s.Press("enter", "enter")
		s.Type("operators, chiefs")
		s.Press("ctrl+s")
		s.See("there is no global role chiefs")
		s.Press("ctrl+u")
		s.Type("operators, readers")
		s.Press("ctrl+s")
		s.See("Created the access mapping", "groups has plant-leads", "4 access mappings")
		made := mappings("accessMappings")[3].(map[string]any)
		if when := made["when"].(map[string]any); when["operator"] != "IN" || when["value"] != "plant-leads" || len(made["thenGroups"].([]any)) != 2 {
			t.Fatalf("the tenant has %v", made)
		}
		s.Press("end", "e")
		s.See("operators, readers")
		s.Press("tab", "tab", "ctrl+u")
		s.Type("leads")
		s.Press("ctrl+s")
		s.Read("terminateUserSessions=false")
		s.Press("s")
		s.See("groups has leads")
		if when := mappings("accessMappings")[3].(map[string]any)["when"].(map[string]any); when["value"] != "leads" || when["parameterPath"] != "groups" {
			t.Fatalf("the tenant has %v", when)
		}
		s.Press("D", "y")
		s.See("Deleted 1 access mapping", "3 access mappings")
		if n := len(mappings("accessMappings")); n != 3 {
			t.Fatalf("the tenant has %d", n)
		}
		s.Press("u", "y")
		s.See("Taken back", "4 access mappings")

		s.Press("n")
		s.Type("site")
		s.Press("enter", "enter")
		s.Type("hamburg")
		s.Press("enter", "right", "tab")
		s.Press("ctrl+s")
		s.See("each has the id of a group")
		s.Press("ctrl+end")
		for range len(`", "roleIds": []}]`) {
			s.Press("backspace")
		}
		s.Type(`200", "roleIds": [2, 3]}]`)
		s.Press("ctrl+s")
		s.Row("site = hamburg").Has("role 2 for 200, role 3", "parts")
		if made := mappings("inventoryAccessMappings"); len(made) != 1 {
			t.Fatalf("the tenant has %v", made)
		}

		s.Press("[", "e", "tab", "ctrl+u")
		s.Type("Plant ID")
		s.Press("ctrl+s")
		s.See("Plant ID", "terminateUserSessions=false")
		s.Press("end") // the whole of it is sent
		s.See(`"tokenRequest": "••••"`)
		s.Press("s")
		s.See("buttonName")
		config := s.Tenant.Get("/tenant/loginOptions/" + option)
		if config["buttonName"] != "Plant ID" || config["tokenRequest"].(map[string]any)["method"] != "POST" {
			t.Fatalf("the tenant has %v", config)
		}
		s.Open("loginoptions?filter=plant")
		s.Press("D")
		s.See("Type delete " + option)
		s.Type("delete " + option)
		s.Press("enter")
		s.See("Deleted 1 login option")
		if status, _ := s.Tenant.Do("GET", "/tenant/loginOptions/"+option, nil); status != 404 {
			t.Errorf("it is still there: %d", status)
		}
	})
}

// Whom a way of signing in is for, only the management tenant says.
func TestStoryOfARestrictedLoginOption(t *testing.T) {
	t.Parallel()
	watch(t, story.Options{Place: "loginoptions", Tenant: bare, Account: keeper}, func(s *story.Story, _ *watched) {
		s.Press("R")
		s.See("Let only the management tenant change it")
		s.Type("T 1")
		s.Press("ctrl+s")
		s.See("an id of a tenant has small letters and digits")
		s.Press("ctrl+u")
		s.Type("t4711")
		s.Press("ctrl+s")
		s.See("Changed 1 login option")
		if option := s.Tenant.Get("/tenant/loginOptions/BASIC"); option["onlyManagementTenantAccess"] != true {
			t.Errorf("the tenant has %v", option)
		}
	})
}
