package demo_test

import (
	"archive/zip"
	"bytes"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"c8yx/demo"
)

const applications = "/application/applications"

// archive makes a zip of files "name=content".
func archive(files ...string) string {
	var text bytes.Buffer
	w := zip.NewWriter(&text)
	for _, file := range files {
		name, content, _ := strings.Cut(file, "=")
		entry, _ := w.Create(name)
		_, _ = entry.Write([]byte(content))
	}
	_ = w.Close()
	return text.String()
}

func TestApplications(t *testing.T) {
	b := start(t, demo.Options{})
	a := b.want(201, "POST", applications, `{"name":"Maps","key":"maps-key","type":"HOSTED","contextPath":"maps","owner":{"tenant":{"id":"x"}},"id":"1"}`)
	id := a.text("id")
	if got := a.text("owner", "tenant", "id") + a.text("availability") + a.text("resourcesUrl"); got != "t4711PRIVATE/" || id == "1" || a.Header.Get("Location") != b.server.URL+applications+"/"+id {
		t.Errorf("created %s", a.body)
	}
	if a := b.want(409, "POST", applications, `{"name":"Maps","key":"other","type":"HOSTED"}`); a.text("error") != "applications/Duplicate" ||
		a.text("message") != "Application for tenant t4711 with properties ( name:Maps ) already exists" {
		t.Errorf("duplicate: %s", a.body)
	}
	b.want(409, "POST", applications, `{"name":"x","key":"maps-key","type":"HOSTED"}`)
	b.want(409, "POST", applications, `{"name":"x","key":"x","type":"HOSTED","contextPath":"energy-report"}`)
	b.want(422, "POST", applications, `{"name":"x"}`)
	b.want(422, "POST", applications, `{"name":"x","key":"x","type":"GAME"}`)
	b.want(422, "POST", applications, `{"name":"x","key":"x","type":"MICROSERVICE"}`)
	b.want(201, "POST", applications, `{"name":"Wiki","key":"wiki","type":"EXTERNAL","externalUrl":"https://wiki.example"}`)
	for path, want := range map[string]string{
		applications: "cockpit devicemanagement administration Shift book energy-report",
		applications + "?pageSize=1&currentPage=2":                       "devicemanagement",
		applications + "?type=MICROSERVICE":                              "energy-report",
		applications + "?name=cockpit":                                   "cockpit",
		applications + "?owner=t4711":                                    "Shift book energy-report Maps Wiki",
		applications + "?subscriber=t4711&type=HOSTED":                   "cockpit devicemanagement administration Shift book",
		applications + "?tenant=t4712":                                   "",
		applications + "?user=admin&type=EXTERNAL":                       "Wiki",
		applications + "?hasVersions=true":                               "",
		"/application/applicationsByName/cockpit":                        "cockpit",
		"/application/applicationsByOwner/management":                    "cockpit devicemanagement administration",
		"/application/applicationsByTenant/t4711?pageSize=2":             "cockpit devicemanagement",
		"/application/applicationsByUser/admin?pageSize=1&currentPage=5": "energy-report",
	} {
		if got := b.get(path).all("applications", "name"); got != want {
			t.Errorf("%s: %s, want %s", path, got, want)
		}
	}
	if a := b.want(200, "PUT", applications+"/"+id, `{"description":"Where we are","availability":"MARKET"}`); a.text("description") != "Where we are" || a.text("name") != "Maps" {
		t.Errorf("changed: %s", a.body)
	}
	b.want(409, "PUT", applications+"/"+id, `{"name":"Wiki"}`)
	cockpit := b.get("/application/applicationsByName/cockpit").text("applications", 0, "id")
	b.want(403, "PUT", applications+"/"+cockpit, `{"name":"x"}`) // it is not ours
	b.want(403, "DELETE", applications+"/"+cockpit, nil)
	a = b.want(201, "POST", applications+"/"+id+"/clone", nil)
	if got := a.text("name") + " " + a.text("key") + " " + a.text("contextPath"); got != "cloneMaps clonemaps-key clonemaps" {
		t.Errorf("cloned %s", a.body)
	}
	b.want(409, "POST", applications+"/"+id+"/clone", nil)
	b.want(400, "GET", applications+"/"+id+"/bootstrapUser", nil)
	b.want(201, "POST", "/tenant/tenants/t47111/applications", `{"application":{"self":"`+b.server.URL+applications+`/`+id+`"}}`)
	if a := b.want(422, "DELETE", applications+"/"+id, nil); a.text("error") != "applications/Conflict" {
		t.Errorf("deleted although subscribed: %s", a.body)
	}
	b.want(204, "DELETE", applications+"/"+id+"?force=true", nil)
	if a := b.want(404, "GET", applications+"/"+id, nil); a.text("message") != "Could not find application by ID "+id {
		t.Errorf("gone: %s", a.body)
	}
	b.as("nobody:demo-Nobody.1").want(403, "POST", applications, `{}`)
	b.as("nobody:demo-Nobody.1").get("/application/applicationsByUser/nobody")
	b.as("nobody:demo-Nobody.1").want(403, "GET", "/application/applicationsByUser/admin", nil)
}

func TestApplicationFiles(t *testing.T) {
	b := start(t, demo.Options{})
	id := b.create(applications, `{"name":"Maps","key":"maps-key","type":"HOSTED","contextPath":"maps"}`)
	path := applications + "/" + id + "/binaries"
	upload := func(content string) string {
		return b.submit(201, "POST", path, "file:maps.zip="+archive("index.html="+content)).text("id")
	}
	first, second := upload("one"), upload("two")
	a := b.get(path)
	if got := a.all("attachments", "id"); got != first+" "+second || a.text("attachments", 0, "name") != "maps.zip" ||
		a.text("attachments", 0, "downloadUrl") != b.server.URL+path+"/"+first {
		t.Errorf("binaries %s", a.body)
	}
	if active := b.get(applications + "/" + id).text("activeVersionId"); active != second {
		t.Errorf("version %s is active after %s has come", active, second)
	}
	file := b.get(path + "/" + second)
	if string(file.body) != archive("index.html=two") || file.Header.Get("Content-Type") != "application/zip" {
		t.Errorf("downloaded %d bytes, %v", len(file.body), file.Header)
	}
	b.want(409, "DELETE", path+"/"+second, nil) // the active one
	b.want(200, "PUT", applications+"/"+id, `{"activeVersionId":"`+first+`"}`)
	b.want(204, "DELETE", path+"/"+second, nil)
	b.want(404, "GET", path+"/"+second, nil)
	b.want(422, "PUT", applications+"/"+id, `{"activeVersionId":"`+second+`"}`)
	b.submit(422, "POST", path, "file:x.zip=no zip")
	if clone := b.want(201, "POST", applications+"/"+id+"/clone", nil); clone.text("activeVersionId") == "" || clone.text("activeVersionId") == first {
		t.Errorf("cloned %s", clone.body)
	}
}

func TestApplicationVersions(t *testing.T) {
	b := start(t, demo.Options{})
	id := b.create(applications, `{"name":"Maps","key":"maps-key","type":"HOSTED","contextPath":"maps"}`)
	path := applications + "/" + id + "/versions"
	version := func(status int, number, tags string) answer {
		return b.submit(status, "POST", path, `applicationVersion={"version":"`+number+`","tags":[`+tags+`]}`, "applicationBinary:m.zip="+archive("index.html="+number))
	}
	version(201, "1.0.0", "")
	version(201, "1.1.0", `"latest","beta"`)
	version(409, "1.1.0", "")
	version(409, "1.2.0", `"beta"`)
	version(422, "1 2", "")
	b.submit(422, "POST", path, `applicationVersion={"version":"3"}`)
	if got := b.get(path).all("versions", "version") + b.get(path).text("versions", 1, "tags"); got != "1.0.0 1.1.0[latest beta]" {
		t.Errorf("versions %s", got)
	}
	if a := b.get(path + "?tag=latest"); a.text("version") != "1.1.0" || a.text("binaryId") != b.get(applications+"/"+id).text("activeVersionId") {
		t.Errorf("latest %s", a.body)
	}
	if a := b.get(path + "?version=1.0.0"); a.text("version") != "1.0.0" {
		t.Errorf("one of them %s", a.body)
	}
	b.want(404, "GET", path+"?version=9", nil)
	if a := b.want(201, "PUT", path+"/1.0.0", `{"tags":["latest","stable"]}`); a.text("tag") != "[latest stable]" {
		t.Errorf("tagged %s", a.body)
	}
	if got := b.get(path + "?version=1.1.0").text("tags"); got != "[beta]" {
		t.Errorf("the tag latest stayed: %s", got)
	}
	b.want(409, "PUT", path+"/1.0.0", `{"tags":["beta"]}`)
	b.want(422, "PUT", path+"/1.0.0", `{"tags":["a b"]}`)
	b.want(404, "PUT", path+"/9", `{"tags":[]}`)
	b.want(409, "DELETE", path+"?tag=latest", nil)
	b.want(422, "DELETE", path+"?tag=latest&version=1.0.0", nil)
	b.want(204, "DELETE", path+"?version=1.1.0", nil)
	b.want(404, "GET", path+"?version=1.1.0", nil)
	if got := b.get(applications+"?hasVersions=true").all("applications", "id"); got != id {
		t.Errorf("with versions: %s", got)
	}
	b.want(201, "POST", applications+"/"+id+"/clone?version=1.0.0", nil)
}

func TestMicroservices(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := start(t, demo.Options{})
		id := b.create(applications, `{"name":"hello","key":"hello-key","type":"MICROSERVICE","contextPath":"hello"}`)
		a := b.get(applications + "/" + id + "/bootstrapUser")
		if a.text("name") != "servicebootstrap_hello" || a.text("tenant") != "t4711" {
			t.Errorf("bootstrap user %s", a.body)
		}
		bootstrap := b.as(a.text("tenant") + "/" + a.text("name") + ":" + a.text("password"))
		b.submit(422, "POST", applications+"/"+id+"/binaries", "file:hello.zip="+archive("image.tar=x"))
		b.submit(201, "POST", applications+"/"+id+"/binaries", "file:hello.zip="+archive("image.tar=x",
			`cumulocity.json={"apiVersion":"1","version":"1.0.0","provider":{"name":"us"},"isolation":"MULTI_TENANT","requiredRoles":["ROLE_INVENTORY_READ"],"roles":[]}`))
		a = b.get(applications + "/" + id)
		if a.text("manifest", "version") != "1.0.0" || a.text("requiredRoles") != "[ROLE_INVENTORY_READ]" {
			t.Errorf("uploaded %s", a.body)
		}
		b.want(404, "GET", "/service/hello/health", nil)
		subscription := `{"application":{"self":"/application/applications/` + id + `"}}`
		b.want(201, "POST", "/tenant/tenants/t4711/applications", subscription)
		b.want(409, "POST", "/tenant/tenants/t4711/applications", subscription)
		b.get("/service/hello/health")
		status := b.get(objects + "?type=c8y_Application_" + id)
		if status.text("managedObjects", 0, "c8y_Status", "status") != "Up" {
			t.Errorf("status %s", status.body)
		}

		if a := bootstrap.get("/application/currentApplication"); a.text("id") != id {
			t.Errorf("current application %s", a.body)
		}
		bootstrap.want(200, "PUT", "/application/currentApplication", `{"description":"Hello"}`)
		users := bootstrap.get("/application/currentApplication/subscriptions")
		if users.text("users", 0, "tenant") != "t4711" || users.text("users", 0, "name") != "service_hello" {
			t.Errorf("subscriptions %s", users.body)
		}
		service := b.as("t4711/service_hello:" + users.text("users", 0, "password"))
		service.get(objects)
		service.want(403, "POST", objects, `{}`)
		service.want(403, "GET", "/application/currentApplication/subscriptions", nil)
		b.want(403, "GET", "/application/currentApplication", nil)
		b.want(200, "POST", "/tenant/options", `{"category":"hello","key":"credentials.key","value":"secret"}`)
		b.want(200, "POST", "/tenant/options", `{"category":"hello","key":"url","value":"https://x"}`)
		if a := service.get("/application/currentApplication/settings"); a.text("key")+a.text("url") != "secrethttps://x" {
			t.Errorf("settings %s", a.body)
		}
		if got := b.get("/tenant/options/hello/credentials.key").text("value"); got != "<<Encrypted>>" {
			t.Errorf("an administrator reads %s", got)
		}

		instances, _ := status.at("managedObjects", 0, "c8y_Status", "instances").(map[string]any)
		for instance := range instances {
			logs := func() int {
				return strings.Count(b.get(applications+"/"+id+"/logs/"+instance).text("logs"), "\n")
			}
			before := logs()
			time.Sleep(time.Minute)
			if after := logs(); before != 1 || after != before+6 {
				t.Errorf("the log grew from %d lines to %d", before, after)
			}
		}
		b.want(404, "GET", applications+"/"+id+"/logs/none", nil)
		b.get(applications + "/" + id + "/manifest")
		b.want(422, "POST", applications+"/"+id+"/clone", nil)
		b.want(204, "DELETE", "/tenant/tenants/t4711/applications/"+id, nil)
		b.want(404, "DELETE", "/tenant/tenants/t4711/applications/"+id, nil)
		service.want(401, "GET", objects, nil)
		b.want(204, "DELETE", applications+"/"+id, nil)
		bootstrap.want(401, "GET", "/application/currentApplication", nil)
	})
}

// A tenant may put an application of its own in the place of one that it is subscribed to.
func TestOverwrittenApplications(t *testing.T) {
	b := start(t, demo.Options{})
	id := b.create(applications, `{"name":"cockpit","key":"cockpit-application-key","type":"HOSTED","contextPath":"cockpit"}`)
	b.submit(201, "POST", applications+"/"+id+"/binaries", "file:c.zip="+archive("index.html=our own"))
	if got := string(b.as("").get("/apps/cockpit").body); got != "our own" {
		t.Errorf("at its place is %q", got)
	}
	if got := b.get(applications+"/cockpit/manifest").text("application", "id"); got != id {
		t.Errorf("the manifest is that of %s", got)
	}
	const mine = "/application/applicationsByUser/admin?noPaging=true"
	if got := b.get(mine).all("applications", "name"); got != "cockpit devicemanagement administration Shift book energy-report cockpit" {
		t.Errorf("all: %s", got)
	}
	if got := b.get(mine+"&dropOverwrittenApps=true").all("applications", "name"); got != "devicemanagement administration Shift book energy-report cockpit" {
		t.Errorf("without those overwritten: %s", got)
	}
}
