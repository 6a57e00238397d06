package demo_test

import (
	"compress/gzip"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"

	"c8yx/demo"
)

func TestPaths(t *testing.T) {
	b := start(t, demo.Options{})
	id := b.device("Pump")
	for _, test := range []struct {
		method, path string
		status       int
	}{
		{"GET", "/inventory/managedObjects/" + id, 200},
		{"GET", "//inventory//managedObjects/" + id, 200}, // without a redirect
		{"GET", "/inventory/managedObjects/" + id + "/", 200},
		{"PUT", "/inventory/managedObjects//" + id, 200},
		{"HEAD", "/inventory/managedObjects/" + id, 200},
		{"OPTIONS", "/inventory/managedObjects/" + id, 200},
		{"GET", "/inventory/managedObjects/1", 404},
		{"GET", "/inventory/managedObjects/x", 404},
		{"GET", "/inventory/managedObject", 404},
		{"GET", "/nothing", 404},
		{"GET", "/", 404},
		{"POST", "/inventory/managedObjects/" + id, 405},
		{"DELETE", "/alarm/alarms/1", 405},
		{"PATCH", "/tenant/options", 405},
	} {
		a := b.do(test.method, test.path, nil)
		if a.StatusCode != test.status {
			t.Errorf("%s %s: %d, want %d: %s", test.method, test.path, a.StatusCode, test.status, a.body)
		}
		switch {
		case test.status == 405 && a.Header.Get("Allow") == "":
			t.Errorf("%s %s: 405 without Allow", test.method, test.path)
		case test.status >= 400 && (a.text("error") == "" || a.text("message") == "" || a.text("info") == ""):
			t.Errorf("%s %s: error body %s", test.method, test.path, a.body)
		case test.method == "HEAD" && (len(a.body) != 0 || a.ContentLength <= 0):
			t.Errorf("HEAD: body %q, length %d", a.body, a.ContentLength)
		case test.method == "OPTIONS" && a.Header.Get("Allow") != "DELETE, GET, HEAD, OPTIONS, PUT":
			t.Errorf("Allow: %s", a.Header.Get("Allow"))
		}
	}
}

func TestMethodOverride(t *testing.T) {
	b := start(t, demo.Options{})
	id := b.device("Pump")
	a := b.with("X-HTTP-METHOD", "PUT").want(200, "POST", "/inventory/managedObjects/"+id, `{"name":"Renamed"}`)
	if a.text("name") != "Renamed" {
		t.Errorf("answer %s", a.body)
	}
}

func TestAccept(t *testing.T) {
	b := start(t, demo.Options{})
	const path = "/inventory/managedObjects"
	for _, test := range []struct {
		accept, kind string // kind empty: no body
		status       int
	}{
		{"", "", 201},
		{"application/json", "application/json", 201},
		{"*/*", "application/vnd.com.nsn.cumulocity.managedobject+json", 201},
		{"application/vnd.com.nsn.cumulocity.managedObject+json;charset=UTF-8;ver=0.9", "application/vnd.com.nsn.cumulocity.managedobject+json", 201},
		{"APPLICATION/JSON", "application/json", 201},
		{"text/html, */*;q=0.1", "application/vnd.com.nsn.cumulocity.managedobject+json", 201},
		{"text/html", "", 406},
		{"application/xml", "", 406},
	} {
		a := b.with("Accept", test.accept).do("POST", path, `{"name":"x"}`)
		kind, _, _ := strings.Cut(a.Header.Get("Content-Type"), ";")
		if a.StatusCode != test.status || test.status == 201 && (kind != test.kind || (test.kind == "") != (len(a.body) == 0)) {
			t.Errorf("Accept %q: %d, %q, %d bytes", test.accept, a.StatusCode, kind, len(a.body))
		}
		if test.status == 201 && !strings.HasPrefix(a.Header.Get("Location"), b.server.URL+path+"/") {
			t.Errorf("Accept %q: Location %q", test.accept, a.Header.Get("Location"))
		}
	}
	id := b.device("x")
	if a := b.with("Accept", "").want(200, "PUT", path+"/"+id, `{"name":"y"}`); len(a.body) != 0 {
		t.Errorf("PUT without Accept: %s", a.body)
	}
	if a := b.with("Accept", "").get(path + "/" + id); a.text("name") != "y" {
		t.Errorf("GET without Accept: %s", a.body)
	}
	if a := b.with("Accept", "").want(404, "PUT", path+"/1", `{}`); a.text("error") != "inventory/Not Found" {
		t.Errorf("an error without Accept: %s", a.body)
	}
}

func TestPaging(t *testing.T) {
	b := start(t, demo.Options{})
	for range 12 {
		b.device("Pump")
	}
	const path = "/inventory/managedObjects?fragmentType=c8y_IsDevice"
	for _, test := range []struct {
		query         string
		count         int
		current, size string
		next, prev    string
		pages, total  string
	}{
		{query: "", count: 5, current: "1", size: "5", next: "2"},
		{query: "&currentPage=2", count: 5, current: "2", size: "5", next: "3", prev: "1"},
		{query: "&currentPage=3", count: 2, current: "3", size: "5", next: "4", prev: "2"}, // the platform does not look ahead
		{query: "&currentPage=4", count: 0, current: "4", size: "5", prev: "3"},
		{query: "&pageSize=12", count: 12, current: "1", size: "12", next: "2"},
		{query: "&pageSize=5000", count: 12, current: "1", size: "2000", next: "2"}, // silently
		{query: "&withTotalPages=true", count: 5, current: "1", size: "5", next: "2", pages: "3"},
		{query: "&withTotalElements=true&pageSize=1", count: 1, current: "1", size: "1", next: "2", total: "12"},
		{query: "&withTotalElements=true&withTotalPages=true&currentPage=9", count: 0, current: "9", size: "5", prev: "8", pages: "3", total: "12"},
	} {
		a := b.get(path + test.query)
		link := func(name string) string {
			_, number, _ := strings.Cut(a.text(name), "&currentPage=")
			return number
		}
		elements, _ := a.at("managedObjects").([]any)
		got := []string{
			a.text("statistics", "currentPage"), a.text("statistics", "pageSize"), link("self"), link("next"), link("prev"),
			a.text("statistics", "totalPages"), a.text("statistics", "totalElements"),
		}
		want := []string{test.current, test.size, test.current, test.next, test.prev, test.pages, test.total}
		if strings.Join(got, ",") != strings.Join(want, ",") || len(elements) != test.count {
			t.Errorf("%q: %d elements, %v, want %d, %v", test.query, len(elements), got, test.count, want)
		}
		if next := a.text("next"); next != "" && !strings.Contains(next, "fragmentType=c8y_IsDevice") {
			t.Errorf("%q: next lost the filter: %s", test.query, next)
		}
	}
	for _, query := range []string{"pageSize=0", "pageSize=-1", "pageSize=x", "pageSize=1.5", "currentPage=0", "currentPage=x"} {
		for _, path := range []string{"/inventory/managedObjects", "/alarm/alarms", "/event/events", "/measurement/measurements", "/devicecontrol/operations", "/tenant/options"} {
			b.want(422, "GET", path+"?"+query, nil)
		}
	}
	// Following next visits everything once.
	seen := map[string]bool{}
	for path := "/inventory/managedObjects?pageSize=5"; ; {
		a := b.get(path)
		elements, _ := a.at("managedObjects").([]any)
		if len(elements) == 0 {
			break
		}
		for i := range elements {
			seen[a.text("managedObjects", i, "id")] = true
		}
		path = strings.TrimPrefix(a.text("next"), b.server.URL)
	}
	if len(seen) != 12 {
		t.Errorf("following next found %d of 12", len(seen))
	}
}

func TestBrokenBodies(t *testing.T) {
	b := start(t, demo.Options{})
	for _, body := range []string{`{`, `[]`, `"x"`, `{"a":}`, `nonsense`, `{"":1}`, strings.Repeat(`[`, 20000)} {
		a := b.want(422, "POST", "/inventory/managedObjects", body)
		if a.text("error") == "" {
			t.Errorf("%.20q: %s", body, a.body)
		}
	}
	deep := strings.Repeat(`{"a":`, 1000) + "1" + strings.Repeat("}", 1000)
	id := b.create("/inventory/managedObjects", `{"deep":`+deep+`}`)
	if !strings.Contains(string(b.get("/inventory/managedObjects/"+id).body), deep) {
		t.Error("a thousand levels did not come back")
	}
}

func TestGzip(t *testing.T) {
	b := start(t, demo.Options{Compress: true}).with("Accept-Encoding", "gzip")
	for range 10 {
		b.with("Accept-Encoding", "").device("Pump")
	}
	a := b.get("/inventory/managedObjects?pageSize=10")
	if a.Header.Get("Content-Encoding") != "gzip" {
		t.Fatalf("Content-Encoding %q", a.Header.Get("Content-Encoding"))
	}
	zip, err := gzip.NewReader(strings.NewReader(string(a.body)))
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(zip)
	if err != nil || !json.Valid(text) {
		t.Errorf("unpacked: %v, %.80s", err, text)
	}
	if small := b.get("/inventory/managedObjects/count"); small.Header.Get("Content-Encoding") != "" {
		t.Error("a number was compressed")
	}
}

func TestRootResources(t *testing.T) {
	b := start(t, demo.Options{})
	if got := b.get("/platform").text("alarm", "alarms", "self"); got != b.server.URL+"/alarm/alarms" {
		t.Errorf("/platform: alarms at %q", got)
	}
	for path, property := range map[string]string{
		"/inventory": "managedObjects", "/alarm": "alarms", "/event": "events", "/measurement": "measurements",
		"/devicecontrol": "operations", "/identity": "externalId", "/user": "currentUser", "/tenant": "options", "/audit": "auditRecords", "/application": "applications",
	} {
		if a := b.get(path); a.at(property) == nil || a.text("self") != b.server.URL+path {
			t.Errorf("%s: %s", path, a.body)
		}
	}
}

func TestProcessingModes(t *testing.T) {
	b := start(t, demo.Options{})
	id := b.device("Pump")
	event := `{"source":{"id":"` + id + `"},"type":"t","text":"x","time":"2026-02-02T09:30:00Z"}`
	for mode, stored := range map[string]bool{"PERSISTENT": true, "transient": false, "QUIESCENT": true, "CEP": false} {
		before := len(b.get("/event/events?pageSize=100").all("events", "id"))
		a := b.with("X-Cumulocity-Processing-Mode", mode).want(201, "POST", "/event/events", event)
		after := len(b.get("/event/events?pageSize=100").all("events", "id"))
		if (after > before) != stored || (a.text("id") != "") != stored {
			t.Errorf("%s: stored %v, answer %s", mode, after > before, a.body)
		}
	}
	b.with("X-Cumulocity-Processing-Mode", "SLOPPY").want(422, "POST", "/event/events", event)
}

func TestLinksFollowTheHost(t *testing.T) {
	b := start(t, demo.Options{})
	id := b.device("Pump")
	request, _ := http.NewRequest("GET", "http://acme.example:8090/inventory/managedObjects/"+id, nil)
	request.SetBasicAuth("admin", "demo-Admin.1")
	request.Header.Set("X-Forwarded-Proto", "https")
	response, err := b.server.Client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	var object struct{ Self string }
	if err := json.NewDecoder(response.Body).Decode(&object); err != nil || object.Self != "https://acme.example:8090/inventory/managedObjects/"+id {
		t.Errorf("self %q, %v", object.Self, err)
	}
}

// Web applications that come from elsewhere may call if the tenant says so.
func TestOtherOrigins(t *testing.T) {
	b := start(t, demo.Options{})
	const origin = "https://app.example.org:4200"
	page := b.with("Origin", origin)
	if a := page.get(objects); a.Header.Get("Access-Control-Allow-Origin") != origin || a.Header.Get("Access-Control-Allow-Credentials") != "true" {
		t.Errorf("allowed: %v", a.Header)
	}
	asked := page.as("").with("Access-Control-Request-Method", "PUT").with("Access-Control-Request-Headers", "authorization,x-xsrf-token").want(200, "OPTIONS", objects, nil)
	if !strings.Contains(asked.Header.Get("Access-Control-Allow-Methods"), "PUT") || asked.Header.Get("Access-Control-Allow-Headers") != "authorization,x-xsrf-token" {
		t.Errorf("asked beforehand: %v", asked.Header)
	}
	for allowed, want := range map[string]bool{"*.example.org:*": true, "other.example, *.example.org": true, "https://app.example.org:4200": true, "example.org": false, "": false} {
		b.want(200, "POST", "/tenant/options", map[string]string{"category": "access.control", "key": "allow.origin", "value": allowed})
		if got := page.get(objects).Header.Get("Access-Control-Allow-Origin") != ""; got != want {
			t.Errorf("%q: %v", allowed, got)
		}
	}
	if a := b.get(objects); a.Header.Get("Access-Control-Allow-Origin") != "" {
		t.Errorf("no page: %v", a.Header)
	}
}
