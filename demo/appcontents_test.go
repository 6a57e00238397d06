package demo_test

import (
	"strings"
	"testing"

	"c8yx/demo"
)

func TestFilesOfApplications(t *testing.T) {
	b := start(t, demo.Options{})
	id := b.create(applications, `{"name":"Maps","key":"maps-key","type":"HOSTED","contextPath":"maps"}`)
	path := applications + "/" + id
	anybody := b.as("")
	b.want(404, "POST", path+"/refresh", nil)
	anybody.want(404, "GET", "/apps/maps", nil)
	b.submit(201, "POST", path+"/binaries", "file:m.zip="+archive("index.html=<h1>Maps", "js/main.js=1", `cumulocity.json={"name":"Maps","version":"1"}`))
	for page, want := range map[string]string{"/apps/maps": "<h1>Maps", "/apps/maps/": "<h1>Maps", "/apps/maps/js/main.js": "1", "/apps/maps/cumulocity.json?nocache=1": `{"name":"Maps","version":"1"}`} {
		if a := anybody.get(page); string(a.body) != want {
			t.Errorf("%s: %s", page, a.body)
		}
	}
	if got := anybody.get("/apps/maps").Header.Get("Content-Type"); !strings.HasPrefix(got, "text/html") {
		t.Errorf("type %q", got)
	}
	anybody.want(404, "GET", "/apps/maps/other.html", nil)
	anybody.want(404, "GET", "/apps/other", nil)
	if a := anybody.get("/apps/cockpit/cumulocity.json"); a.text("noAppSwitcher") != "false" {
		t.Errorf("without archive: %s", a.body)
	}

	first := b.get(path).text("activeVersionId")
	a := b.submit(201, "POST", path+"/binaries/files", "js/main.js=2", "../../about.html=about", `cumulocity.json={"name":"Maps","version":"2"}`)
	if a.text("activeVersionId") == first || a.text("manifest", "version") != "2" {
		t.Errorf("replaced: %s", a.body)
	}
	if got := string(anybody.get("/apps/maps/js/main.js").body) + string(anybody.get("/apps/maps/about.html").body) + string(anybody.get("/apps/maps").body); got != "2about<h1>Maps" {
		t.Errorf("after replacing: %q", got)
	}
	b.submit(422, "POST", path+"/binaries/files", "cumulocity.json=no manifest")
	b.want(400, "POST", path+"/binaries/files", "no parts")

	b.submit(201, "POST", path+"/binaries/plugins/Layers", "file:l.zip="+archive("a.js=1", "b.js=2"))
	b.submit(422, "POST", path+"/binaries/plugins/Layers", "file:l.zip=no archive")
	if a := b.get(path + "/binaries/plugins"); string(a.body) != `[{"files":2,"name":"Layers"}]` {
		t.Errorf("plugins %s", a.body)
	}
	b.want(200, "DELETE", path+"/binaries/plugins/Layers", nil)
	b.want(404, "DELETE", path+"/binaries/plugins/Layers", nil)

	b.want(200, "PUT", path, `{"activeVersionId":"`+first+`","manifest":null}`)
	if a := b.want(201, "POST", path+"/refresh", nil); a.text("manifest", "version") != "1" || string(anybody.get("/apps/maps/js/main.js").body) != "1" {
		t.Errorf("refreshed: %s", a.body)
	}
	b.submit(201, "POST", path+"/versions", `applicationVersion={"version":"3.0.0"}`, "applicationBinary:m.zip="+archive("index.html=three"))
	for page, want := range map[string]string{"/apps/maps@3.0.0": "three", "/apps/maps@latest/index.html": "three"} {
		if a := anybody.get(page); string(a.body) != want {
			t.Errorf("%s: %s", page, a.body)
		}
	}
	anybody.want(404, "GET", "/apps/maps@4.0.0", nil)

	anybody.want(404, "GET", "/apps/public/maps", nil)
	b.want(200, "PUT", path, `{"public":true}`)
	b.submit(201, "POST", path+"/binaries/files", "assets/fonts/a.woff=font")
	for page, want := range map[string]string{"/apps/public/maps": "three", "/apps/public/maps/index.html": "three", "/apps/maps/assets/fonts/a.woff": "font"} {
		if a := anybody.get(page); string(a.body) != want {
			t.Errorf("%s: %s", page, a.body)
		}
	}

	if a := b.get(applications + "/maps/manifest"); a.text("application", "id") != id || a.text("version") != "1" {
		t.Errorf("manifest %s", a.body)
	}
	service := b.get(applications+"?type=MICROSERVICE").text("applications", 0, "id")
	for _, call := range []string{"/refresh", "/binaries/files", "/binaries/plugins/x"} {
		b.want(400, "POST", applications+"/"+service+call, nil)
		b.want(403, "POST", applications+"/"+b.get("/application/applicationsByName/cockpit").text("applications", 0, "id")+call, nil)
	}
}

func TestTheCompanysOwnApplication(t *testing.T) {
	b := start(t, demo.Options{Devices: 10})
	for page, want := range map[string]string{"/apps/shift-book": "Shift book 1.6.0", "/apps/shift-book@stable": "Shift book 1.5.2", "/apps/shift-book/cumulocity.json": `"version":"1.6.0"`} {
		if a := b.get(page); !strings.Contains(string(a.body), want) {
			t.Errorf("%s: %s", page, a.body)
		}
	}
}

func TestDataPoints(t *testing.T) {
	b := start(t, demo.Options{})
	device, other := b.device("Pump"), b.device("Valve")
	entry := b.create(objects, `{"name":"Pressure","c8y_Kpi":{"fragment":"hv_Pump","series":"p","unit":"bar"}}`)
	b.create(objects, `{"name":"Flow","c8y_Kpi":{"fragment":"hv_Pump","series":"q"}}`)
	b.create("/measurement/measurements", `{"source":{"id":"`+device+`"},"type":"t","time":"2026-02-02T09:30:00Z","hv_Pump":{"p":{"value":3}}}`)
	if got := b.get(objects+"/"+device+"/kpis").all("managedObjects", "id"); got != entry {
		t.Errorf("data points %s", got)
	}
	if got := b.get(objects+"/"+other+"/kpis").all("managedObjects", "id"); got != "" {
		t.Errorf("data points of another %s", got)
	}
}
