package demo_test

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"c8yx/demo"
)

func TestRetentionRules(t *testing.T) {
	b := start(t, demo.Options{})
	const path = "/retention/retentions"
	if a := b.get(path); a.text("retentionRules", 0, "maximumAge") != "90" {
		t.Errorf("seeded %s", a.body)
	}
	a := b.want(201, "POST", path, `{"dataType":"EVENT","maximumAge":30,"type":"c8y_Position"}`)
	id := a.text("id")
	if got := a.text("source") + a.text("fragmentType") + a.text("editable"); got != "**true" || a.Header.Get("Location") != b.server.URL+path+"/"+id {
		t.Errorf("created %s", a.body)
	}
	if a := b.want(200, "PUT", path+"/"+id, `{"maximumAge":7}`); a.text("maximumAge")+a.text("type") != "7c8y_Position" {
		t.Errorf("changed %s", a.body)
	}
	if a := b.get(path + "/" + id); a.text("maximumAge")+a.text("type") != "7c8y_Position" {
		t.Errorf("read again %s", a.body)
	}
	for body, want := range map[string]string{`{}`: "maximumAge", `{"maximumAge":"x"}`: "days", `{"maximumAge":1,"dataType":"CAKE"}`: "CAKE"} {
		if a := b.want(422, "POST", path, body); !strings.Contains(a.text("message"), want) {
			t.Errorf("%s: %s", body, a.body)
		}
	}
	fixed := b.create(path, `{"maximumAge":1,"editable":false}`)
	b.want(403, "PUT", path+"/"+fixed, `{"maximumAge":2}`)
	b.want(403, "DELETE", path+"/"+fixed, nil)
	b.want(204, "DELETE", path+"/"+id, nil)
	if a := b.want(404, "GET", path+"/"+id, nil); a.text("message") != "Retention rule not found" {
		t.Errorf("gone %s", a.body)
	}
	b.as("reader:demo-Reader.1").want(403, "POST", path, `{}`)
}

func TestOldDataIsRemoved(t *testing.T) {
	b := start(t, demo.Options{})
	device := b.device("Pump", "com_cumulocity_model_Agent")
	day := func(days int) string { return time.Now().AddDate(0, 0, -days).Format(time.RFC3339) }
	for _, days := range []int{5, 40, 100} {
		source := `{"source":{"id":"` + device + `"},"type":"t","text":"x","time":"` + day(days) + `"`
		b.want(201, "POST", "/event/events", source+`}`)
		b.want(201, "POST", "/measurement/measurements", source+`,"f":{"s":{"value":1}}}`)
		b.want(201, "POST", "/alarm/alarms", source+`,"severity":"MAJOR","status":"CLEARED"}`)
	}
	b.want(201, "POST", "/alarm/alarms", `{"source":{"id":"`+device+`"},"type":"open","text":"x","severity":"MAJOR","time":"`+day(400)+`"}`)
	b.want(201, "POST", "/retention/retentions", `{"dataType":"EVENT","type":"t","maximumAge":30}`)
	b.want(201, "POST", "/retention/retentions", `{"dataType":"ALARM","source":"1","maximumAge":1}`)
	if got := b.tenant.Retain(); got != 4 {
		t.Errorf("removed %d", got)
	}
	for path, want := range map[string]int{"/event/events?": 1, "/measurement/measurements?": 2, "/alarm/alarms?": 3} {
		a := b.get(path + "pageSize=100&withTotalElements=true")
		if got := a.text("statistics", "totalElements"); got != string(rune('0'+want)) {
			t.Errorf("%s: %s left, want %d", path, got, want)
		}
	}
}

func TestFeatures(t *testing.T) {
	b := start(t, demo.Options{})
	const open, closed = "/features/ui.dashboard.state-filter", "/features/core.alarms.grouping"
	state := func() string { a := b.get(open); return a.text("active") + " " + a.text("strategy") }
	for _, test := range []struct{ method, path, body, want string }{
		{"GET", open, "", "false DEFAULT"},
		{"PUT", open + "/by-tenant", `{"active":true}`, "true TENANT"},
		{"DELETE", open + "/by-tenant", "", "false DEFAULT"},
	} {
		b.want(200, test.method, test.path, test.body)
		if got := state(); got != test.want {
			t.Errorf("after %s %s: %s, want %s", test.method, test.path, got, test.want)
		}
	}
	if a := b.get("/features"); a.text(0, "key") != "core.inventory.without.children" || a.text(0, "phase") != "GENERALLY_AVAILABLE" {
		t.Errorf("features %s", a.body)
	}
	b.want(404, "GET", "/features/none", nil)
	b.want(404, "PUT", "/features/none/by-tenant", `{"active":true}`)
	b.want(422, "PUT", open+"/by-tenant", `{}`)
	b.want(403, "PUT", closed+"/by-tenant", `{"active":true}`) // a private preview
	b.want(403, "GET", open+"/by-tenant", nil)                 // the management tenant's business
	for _, method := range []string{"PUT", "DELETE"} {
		b.want(403, method, open+"/by-tenant/t47111", `{"active":true}`)
	}
	// Which also decides on what is not for everybody yet.
	b.as(operator).want(200, "PUT", closed+"/by-tenant/t4711", `{"active":true}`)
	if a := b.as(operator).get(closed + "/by-tenant"); a.text(0, "tenantId")+a.text(0, "active") != "t4711true" || b.get(closed).text("active") != "true" {
		t.Errorf("by tenant %s", a.body)
	}
	b.as(operator).want(200, "DELETE", closed+"/by-tenant/t4711", nil)
	if a := b.as(operator).get(closed + "/by-tenant"); string(a.body) != "[]" || b.get(closed).text("active") != "false" {
		t.Errorf("by tenant %s", a.body)
	}
	b.as("nobody:demo-Nobody.1").get("/features")
	b.as("nobody:demo-Nobody.1").want(403, "PUT", open+"/by-tenant", `{"active":true}`)
}

func TestRemoteAccessConfigurations(t *testing.T) {
	b := start(t, demo.Options{})
	device := b.device("Pump")
	path := "/service/remoteaccess/devices/" + device + "/configurations"
	a := b.want(201, "POST", path, `{"name":"ssh","hostname":"127.0.0.1","port":22,"protocol":"SSH","credentials":{"type":"USER_PASS","username":"root","password":"secret"}}`)
	id := a.text("id")
	if a.text("credentials", "username") != "root" || a.at("credentials", "password") != nil || bytes.Contains(a.body, []byte("secret")) {
		t.Errorf("created %s", a.body)
	}
	if got := b.get(objects+"/"+device).text("c8y_RemoteAccessList", 0, "name"); got != "ssh" {
		t.Errorf("the device says %q", got)
	}
	if got := b.get(path).text(0, "id"); got != id {
		t.Errorf("list: %s", got)
	}
	if a := b.want(200, "PUT", path+"/"+id, `{"port":2222}`); a.text("port")+a.text("name") != "2222ssh" {
		t.Errorf("changed %s", a.body)
	}
	for _, body := range []string{`{}`, `{"name":"x","hostname":"h","port":0,"protocol":"SSH"}`, `{"name":"x","hostname":"h","port":1,"protocol":"RDP"}`} {
		b.want(422, "POST", path, body)
	}
	b.want(404, "GET", "/service/remoteaccess/devices/"+b.device("other")+"/configurations/"+id, nil)
	b.want(404, "GET", "/service/remoteaccess/devices/1/configurations", nil)
	b.want(204, "DELETE", path+"/"+id, nil)
	b.want(404, "GET", path+"/"+id, nil)
	if got := b.get(objects + "/" + device).text("c8y_RemoteAccessList"); got != "[]" {
		t.Errorf("the device still says %s", got)
	}
	b.get("/service/remoteaccess/health")
	b.as("reader:demo-Reader.1").want(403, "GET", path, nil)
}

func TestStatistics(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := start(t, demo.Options{})
		gateway, child := b.device("Gateway", "com_cumulocity_model_Agent"), b.device("Child")
		b.want(201, "POST", objects+"/"+gateway+"/childDevices", `{"managedObject":{"id":"`+child+`"}}`)
		for range 3 {
			b.want(201, "POST", "/event/events", `{"source":{"id":"`+child+`"},"type":"t","text":"x","time":"2026-02-02"}`)
		}
		today := time.Now().UTC().Format("2006-01-02")
		time.Sleep(24 * time.Hour)
		b.want(201, "POST", "/event/events", `{"source":{"id":"`+gateway+`"},"type":"t","text":"x","time":"2026-02-02"}`)

		const path = "/tenant/statistics"
		a := b.get(path + "?dateFrom=" + today + "&dateTo=2100-01-01")
		if a.text("usageStatistics", 0, "eventsCreatedCount") != "3" || a.text("usageStatistics", 1, "eventsCreatedCount") != "1" ||
			a.text("usageStatistics", 0, "day") != today+"T00:00:00.000Z" {
			t.Errorf("daily %s", a.body)
		}
		if got := b.get(path+"?dateFrom="+today+"T00:00:01Z").all("usageStatistics", "eventsCreatedCount"); got != "1" {
			t.Errorf("days that begin after the first second of the first: %s", got)
		}
		a = b.get(path + "/summary?dateFrom=" + today)
		got := strings.Join([]string{a.text("eventsCreatedCount"), a.text("inventoriesCreatedCount"), a.text("deviceCount"), a.text("deviceWithChildrenCount")}, " ")
		if got != "4 2 1 2" || a.text("subscribedApplications", 0) != "cockpit" {
			t.Errorf("summary %s", a.body)
		}
		if a := b.get(path + "/summary?tenant=t47111"); a.text("requestCount") != "0" {
			t.Errorf("of a subtenant %s", a.body)
		}
		b.want(404, "GET", path+"/summary?tenant=t1", nil)
		if a := b.get(path + "/allTenantsSummary"); a.text(0, "tenantId") != "t4711" || a.text(1, "parentTenantId") != "t4711" {
			t.Errorf("all tenants %s", a.body)
		}
		a = b.get(path + "/device/t4711/daily/" + today)
		if a.text("statistics", 0, "deviceId") != child || a.text("statistics", 0, "count") != "3" || a.text("statistics", 0, "deviceParents", 0) != gateway || a.at("statistics", 1) != nil {
			t.Errorf("devices of a day %s", a.body)
		}
		if a := b.get(path + "/device/t4711/monthly/" + today + "?deviceId=" + child); a.text("statistics", 0, "count") != "3" {
			t.Errorf("devices of a month %s", a.body)
		}
		b.want(422, "GET", path+"/device/t4711/daily/today", nil)
		b.want(404, "GET", path+"/device/t1/daily/"+today, nil)

		a = b.want(201, "POST", path+"/files", `{"dateFrom":"`+today+`","dateTo":"2100-01-01"}`)
		b.want(422, "POST", path+"/files", `{"dateFrom":"2026-01-02","dateTo":"2026-01-01"}`)
		b.want(422, "POST", path+"/files", `{}`)
		if got := b.get(path+"/files").all("statisticsFiles", "id"); got != a.text("id") {
			t.Errorf("files %s", got)
		}
		for _, file := range []string{a.text("id"), "latest/" + today} {
			content := b.get(path + "/files/" + file).body
			archive, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
			if err != nil {
				t.Fatal(err)
			}
			entry, _ := archive.File[0].Open()
			if text, _ := io.ReadAll(entry); !strings.Contains(string(text), "t4711,"+today+",") {
				t.Errorf("%s: %s", file, text)
			}
		}
		b.want(404, "GET", path+"/files/99", nil)
		b.as("nobody:demo-Nobody.1").want(403, "GET", path, nil)
	})
}
