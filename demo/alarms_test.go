package demo_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"c8yx/demo"
)

func alarm(source, kind, severity, at string) string {
	return fmt.Sprintf(`{"source":{"id":"%s"},"type":"%s","severity":"%s","text":"%s of %s","time":"%s"}`, source, kind, severity, kind, source, at)
}

func TestAlarmLife(t *testing.T) {
	b := start(t, demo.Options{})
	device := b.device("Pump")
	a := b.want(201, "POST", "/alarm/alarms", `{"source":{"id":"`+device+`"},"type":"hot","severity":"major","text":"too hot","time":"2026-02-02T09:30:00.1239+01:00","extra":{"n":1.0}}`)
	id := a.text("id")
	for path, want := range map[string]string{
		"severity": "MAJOR", "status": "ACTIVE", "count": "1", "time": "2026-02-02T09:30:00.123+01:00", "self": b.server.URL + "/alarm/alarms/" + id, "firstOccurrenceTime": "",
	} {
		if got := a.text(path); got != want {
			t.Errorf("%s %q, want %q", path, got, want)
		}
	}
	if a.text("source", "name") != "Pump" || a.at("history") == nil || !strings.Contains(string(a.body), `"extra":{"n":1.0}`) {
		t.Errorf("created %s", a.body)
	}

	// The same again: counted, not created; the text stays.
	a = b.want(201, "POST", "/alarm/alarms", `{"source":{"id":"`+device+`"},"type":"hot","severity":"CRITICAL","text":"hotter","time":"2026-02-02T10:00:00Z"}`)
	if got := []string{a.text("id"), a.text("count"), a.text("severity"), a.text("text"), a.text("time"), a.text("firstOccurrenceTime")}; fmt.Sprint(got) !=
		fmt.Sprintf("[%s 2 MAJOR too hot 2026-02-02T10:00:00.000Z 2026-02-02T09:30:00.123+01:00]", id) {
		t.Errorf("raised again: %q", got)
	}
	a = b.want(200, "PUT", "/alarm/alarms/"+id, `{"status":"acknowledged","type":"other","time":"2020-01-01T00:00:00Z","extra":null,"source":{"id":"1"}}`)
	if a.text("status") != "ACKNOWLEDGED" || a.text("type") != "hot" || a.text("source", "id") != device || a.at("extra") != nil || a.text("time") != "2026-02-02T10:00:00.000Z" {
		t.Errorf("acknowledged: %s", a.body)
	}
	if got := b.want(201, "POST", "/alarm/alarms", alarm(device, "hot", "MAJOR", "2026-02-02T11:00:00Z")).text("count"); got != "3" {
		t.Errorf("an acknowledged alarm counts %s", got)
	}
	b.want(200, "PUT", "/alarm/alarms/"+id, `{"status":"CLEARED"}`)
	if again := b.create("/alarm/alarms", alarm(device, "hot", "MAJOR", "2026-02-02T12:00:00Z")); again == id {
		t.Error("a cleared alarm was used again")
	}
	if got := b.want(200, "PUT", "/alarm/alarms//"+id, `{"status":"ACTIVE"}`).text("status"); got != "ACTIVE" {
		t.Errorf("reopened: %s", got)
	}
	b.want(422, "PUT", "/alarm/alarms/"+id, `{"status":"GONE"}`)
	b.want(404, "GET", "/alarm/alarms/1", nil)
	b.want(405, "DELETE", "/alarm/alarms/"+id, nil)
}

func TestAlarmRefusals(t *testing.T) {
	b := start(t, demo.Options{})
	device := b.device("Pump")
	for body, message := range map[string]string{
		`{}`: "Following mandatory fields should be included: source,type,text,severity,time",
		`{"source":{"id":"` + device + `"},"type":"t","text":"x","time":"2026-02-02T09:30:00Z"}`: "Following mandatory fields should be included: severity",
		alarm("1", "t", "MAJOR", "2026-02-02T09:30:00Z"):                                         "No managedObject for id '1'!",
		alarm(device, "t", "TERRIBLE", "2026-02-02T09:30:00Z"):                                   "Invalid severity: TERRIBLE",
		alarm(device, "t", "MAJOR", "yesterday"):                                                 "Invalid date: yesterday",
	} {
		if a := b.want(422, "POST", "/alarm/alarms", body); a.text("message") != message {
			t.Errorf("%s: %s", body, a.body)
		}
	}
	b.want(422, "PUT", "/alarm/alarms", `{"status":"CLEARED"}`) // everything
	b.want(422, "DELETE", "/alarm/alarms", nil)
	b.want(422, "DELETE", "/alarm/alarms?status=CLEARED", nil)
	b.want(422, "GET", "/alarm/alarms?dateFrom=soon", nil)
}

func TestMaintenanceAndMapping(t *testing.T) {
	b := start(t, demo.Options{})
	quiet := b.create(objects, `{"c8y_IsDevice":{},"c8y_RequiredAvailability":{"responseInterval":-5}}`)
	a := b.want(201, "POST", "/alarm/alarms", alarm(quiet, "t", "MAJOR", "2026-02-02T09:30:00Z"))
	if a.at("id") != nil || a.text("self") != b.server.URL+"/alarm/alarms/null" {
		t.Errorf("in maintenance: %s", a.body)
	}
	loud := b.device("Pump")
	b.want(200, "POST", "/tenant/options", `{"category":"alarm.type.mapping","key":"noise","value":"NONE"}`)
	b.want(200, "POST", "/tenant/options", `{"category":"alarm.type.mapping","key":"fire","value":"critical|FIRE!"}`)
	if a := b.want(201, "POST", "/alarm/alarms", alarm(loud, "noise", "MAJOR", "2026-02-02T09:30:00Z")); a.at("id") != nil {
		t.Errorf("suppressed: %s", a.body)
	}
	if a := b.want(201, "POST", "/alarm/alarms", alarm(loud, "fire", "MINOR", "2026-02-02T09:30:00Z")); a.text("severity") != "CRITICAL" || a.text("text") != "FIRE!" {
		t.Errorf("mapped: %s", a.body)
	}
}

func TestAlarmLists(t *testing.T) {
	b := start(t, demo.Options{})
	group, gateway, sensor := b.device("group"), b.device("gateway"), b.device("sensor")
	b.want(201, "POST", objects+"/"+group+"/childAssets", `{"managedObject":{"id":"`+gateway+`"}}`)
	b.want(201, "POST", objects+"/"+gateway+"/childDevices", `{"managedObject":{"id":"`+sensor+`"}}`)
	for i, body := range []string{
		alarm(group, "a", "CRITICAL", "2026-02-02T01:00:00Z"), alarm(gateway, "b", "MAJOR", "2026-02-02T02:00:00Z"),
		alarm(sensor, "c,d", "MINOR", "2026-02-02T03:00:00Z"), alarm(sensor, "a", "WARNING", "2026-02-02T05:00:00+01:00"),
	} {
		id := b.create("/alarm/alarms", body)
		b.want(200, "PUT", "/alarm/alarms/"+id, fmt.Sprintf(`{"n":%d}`, i))
		if i == 1 {
			b.want(200, "PUT", "/alarm/alarms/"+id, `{"status":"CLEARED"}`)
		}
	}
	for _, test := range []struct{ query, want string }{
		{"", "3 2 1 0"}, // newest first
		{"source=" + sensor, "3 2"},
		{"source=" + gateway, "1"},
		{"source=" + gateway + "&withSourceDevices=true", "3 2 1"},
		{"source=" + gateway + "&withSourceAssets=true", "1"},
		{"source=" + group + "&withSourceAssets=true", "1 0"},
		{"source=" + group + "&withSourceChildren=true", "3 2 1 0"},
		{"source=1", ""},
		{"status=ACTIVE", "3 2 0"},
		{"status=CLEARED,ACTIVE", "3 2 1 0"},
		{"resolved=true", "1"},
		{"resolved=true&status=ACTIVE", "1"}, // resolved overrides
		{"resolved=false", "3 2 0"},
		{"severity=MAJOR,WARNING", "3 1"},
		{"severity=major", "1"},
		{"type=a", "3 0"},
		{"type=a,b", "3 1 0"},
		{"dateFrom=2026-02-02T02:00:00Z", "3 2 1"},                                // inclusive
		{"dateTo=2026-02-02T02:00:00Z", "0"},                                      // exclusive
		{"dateFrom=2026-02-02T05:00:00%2B01:00", "3"},                             // the same instant in another zone
		{"dateFrom=2026-02-02T05:00:00+01:00", "3"},                               // a plus that was not escaped
		{"dateFrom=2026-02-02&dateTo=2026-02-03", "3 2 1 0"},                      // dates
		{"createdFrom=2020-01-01&createdTo=2020-01-02", ""},                       //
		{"lastUpdatedFrom=2020-01-01&createdFrom=2020-01-01&type=a", "3 0"},       //
		{"source=" + sensor + "&dateTo=2026-02-02T03:00:00.001Z&pageSize=1", "2"}, //
	} {
		if got := b.get("/alarm/alarms?"+test.query).all("alarms", "n"); got != test.want {
			t.Errorf("%s: %s, want %s", test.query, got, test.want)
		}
		if strings.Contains(test.query, "pageSize") {
			continue
		}
		if got, want := string(b.get("/alarm/alarms/count?"+test.query).body), fmt.Sprint(len(strings.Fields(test.want))); got != want {
			t.Errorf("count %s: %s, want %s", test.query, got, want)
		}
	}
	b.want(200, "PUT", "/alarm/alarms?source="+sensor, `{"status":"CLEARED"}`)
	if got := b.get("/alarm/alarms?status=ACTIVE").all("alarms", "n"); got != "0" {
		t.Errorf("active after clearing: %s", got)
	}
	b.want(204, "DELETE", "/alarm/alarms?source="+sensor+"&type=a", nil)
	if got := b.get("/alarm/alarms").all("alarms", "n"); got != "2 1 0" {
		t.Errorf("left: %s", got)
	}
}

func TestAlarmUpsert(t *testing.T) {
	b := start(t, demo.Options{})
	device := b.device("Pump")
	upsert := func(status int, query, rest string) answer {
		return b.want(status, "POST", "/alarm/alarms/upsert"+query, `{"source":{"id":"`+device+`"},"type":"hot"`+rest+`}`)
	}
	a := upsert(201, "", `,"text":"hot","severity":"MINOR"`)
	id := a.text("alarm", "id")
	if a.at("previousState") != nil || a.text("alarm", "severity") != "MINOR" {
		t.Errorf("created %s", a.body)
	}
	a = upsert(200, "", `,"severity":"critical","x":1`)
	if a.text("alarm", "id") != id || a.text("alarm", "severity") != "CRITICAL" || a.text("alarm", "text") != "hot" || a.text("previousState", "severity") != "MINOR" || a.text("alarm", "count") != "1" {
		t.Errorf("updated %s", a.body)
	}
	if got := upsert(200, "?incrementCount=true", ``).text("alarm", "count"); got != "2" {
		t.Errorf("count %s", got)
	}
	b.want(200, "PUT", "/alarm/alarms/"+id, `{"status":"CLEARED"}`)
	if got := upsert(201, "", `,"text":"x"`).text("alarm", "id"); got == id {
		t.Error("a cleared alarm was used again")
	}
	b.want(422, "POST", "/alarm/alarms/upsert", `{"source":{"id":"`+device+`"}}`)
}

// What the platform maintains lags behind: until the delay is over, or the test settles it.
func TestActiveAlarmsStatus(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := start(t, demo.Options{})
		device := b.device("Pump")
		status := func() string {
			object, _ := b.get(objects + "/" + device).at("c8y_ActiveAlarmsStatus").(map[string]any)
			return fmt.Sprint(object)
		}
		id := b.create("/alarm/alarms", alarm(device, "a", "MAJOR", "2026-02-02T01:00:00Z"))
		b.create("/alarm/alarms", alarm(device, "b", "WARNING", "2026-02-02T01:00:00Z"))
		b.want(200, "PUT", "/alarm/alarms/"+id, `{"status":"ACKNOWLEDGED"}`)
		if got := status(); got != "map[]" {
			t.Errorf("at once: %s", got)
		}
		time.Sleep(time.Second)
		if got := status(); got != "map[critical:0 major:1 minor:0 warning:1]" {
			t.Errorf("after a second: %s", got)
		}
		b.want(200, "PUT", "/alarm/alarms/"+id, `{"status":"CLEARED"}`)
		b.tenant.Settle()
		if got := status(); got != "map[critical:0 major:0 minor:0 warning:1]" {
			t.Errorf("after clearing: %s", got)
		}
	})
}

func TestAvailability(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := start(t, demo.Options{})
		b.tenant.Start(t.Context())
		app := b.with("X-Cumulocity-Application-Key", "test")
		device := b.create(objects, `{"name":"Pump","c8y_IsDevice":{},"c8y_RequiredAvailability":{"responseInterval":10},"externalIds":[{"type":"c8y_Serial","externalId":"SN-1"}]}`)
		check := func(when, want string) {
			t.Helper()
			b.tenant.Settle()
			a := b.get(objects + "/" + device + "/availability")
			open := b.get("/alarm/alarms?type=c8y_UnavailabilityAlarm&resolved=false").all("alarms", "severity")
			if got := strings.TrimSpace(a.text("dataStatus") + " " + open); got != want || a.text("interval") == "" || a.text("externalId") != "SN-1" {
				t.Errorf("%s: %s, want %s: %s", when, got, want, a.body)
			}
		}
		check("new", "AVAILABLE")
		time.Sleep(9 * time.Minute)
		b.want(200, "PUT", objects+"/"+device, `{}`)
		time.Sleep(9 * time.Minute)
		check("after a heartbeat", "AVAILABLE")
		app.want(200, "PUT", objects+"/"+device, `{}`) // an application is no device
		time.Sleep(2 * time.Minute)
		check("after silence", "UNAVAILABLE MAJOR")
		b.want(201, "POST", "/event/events", `{"source":{"id":"`+device+`"},"type":"t","text":"back"}`)
		check("back again", "AVAILABLE")
		app.want(200, "PUT", objects+"/"+device, `{"c8y_RequiredAvailability":{"responseInterval":0}}`)
		check("in maintenance", "MAINTENANCE")
		b.want(404, "GET", objects+"/"+b.device("unwatched")+"/availability", nil)
		b.tenant.Close()
	})
}
