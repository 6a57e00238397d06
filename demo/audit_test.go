package demo_test

import (
	"strconv"
	"strings"
	"testing"

	"c8yx/demo"
)

// Who gets in, who does not and why, who is asked for a code and who leaves is recorded.
func TestSignInsAreRecorded(t *testing.T) {
	b := start(t, demo.Options{})
	token := b.login("reader", "demo-Reader.1")
	b.as(token).want(200, "POST", "/user/logout", `{}`)
	b.signIn(bodyToken, "reader", "wrong-Secret.1", "")
	b.signIn(bodyToken, "totp", "demo-Totp.1", "")
	b.signIn("/tenant/oauth", "operator", "demo-Operator.1", "")
	b.want(200, "POST", "/user/logout/t4711/allUsers", nil)
	a := b.get("/audit/auditRecords?type=UserAuthentication&pageSize=20&revert=true")
	var got []string
	for i := range 6 {
		got = append(got, a.text("auditRecords", i, "user")+": "+a.text("auditRecords", i, "text")+" "+a.text("auditRecords", i, "severity"))
	}
	want := []string{
		"reader: User login: user='reader' INFORMATION", "reader: User logout INFORMATION",
		"reader: User login failed: user='reader', Invalid credentials! : Bad credentials WARNING",
		"totp: User login failed: user='totp', Invalid credentials! : TFA TOTP code required. WARNING",
		"operator: User login: user='operator' INFORMATION", "admin: All users logged out INFORMATION",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("recorded\n%s", strings.Join(got, "\n"))
	}
	if strings.Contains(string(a.body), "wrong-Secret.1") {
		t.Error("a password is recorded")
	}
}

// An alarm tells what has become of it.
func TestHistoryOfAnAlarm(t *testing.T) {
	b := start(t, demo.Options{})
	id := b.create("/alarm/alarms", alarm(b.device("Pump"), "t", "MAJOR", "2026-02-02T09:30:00Z"))
	for _, status := range []string{"ACKNOWLEDGED", "CLEARED"} {
		b.want(200, "PUT", "/alarm/alarms/"+id, `{"status":"`+status+`"}`)
	}
	for _, a := range []any{b.get("/alarm/alarms/"+id).at("history", "auditRecords"), b.get("/alarm/alarms").at("alarms", 0, "history", "auditRecords")} {
		records, _ := a.([]any)
		var path []string
		for _, record := range records {
			record := record.(map[string]any)
			path = append(path, record["user"].(string)+" "+record["changes"].([]any)[0].(map[string]any)["newValue"].(string))
		}
		if got := strings.Join(path, ", "); got != "admin ACKNOWLEDGED, admin CLEARED" {
			t.Errorf("the history is %s", got)
		}
	}
}

func TestAuditRecords(t *testing.T) {
	b := start(t, demo.Options{})
	const path = "/audit/auditRecords"
	a := b.with("X-Cumulocity-Application-Key", "cockpit-key").want(201, "POST", path,
		`{"activity":"Greased","source":{"id":4711},"text":"Pump greased","time":"2026-02-01T08:00:00+01:00","type":"Inventory","custom":{"a":1.50},"id":"1"}`)
	id := a.text("id")
	got := strings.Join([]string{a.text("user"), a.text("application"), a.text("source", "id"), a.text("time"), a.text("severity"), a.text("custom", "a")}, " ")
	if got != "admin cockpit-key 4711 2026-02-01T08:00:00.000+01:00 INFORMATION 1.50" || a.Header.Get("Location") != b.server.URL+path+"/"+id {
		t.Errorf("created %s", a.body)
	}
	if a := b.get(path + "/" + id); a.text("self") != b.server.URL+path+"/"+id || a.text("activity") != "Greased" {
		t.Errorf("got %s", a.body)
	}
	other := b.create(path, `{"activity":"x","source":{"id":"jane"},"text":"x","time":"2026-02-02","type":"User","user":"joe"}`)
	for query, want := range map[string]string{
		"":                                     other + " " + id, // newest first
		"revert=true":                          id + " " + other,
		"source=4711":                          id,
		"source=jane":                          other,
		"source=joe":                           "",
		"type=User":                            other,
		"user=admin":                           id,
		"application=cockpit-key":              id,
		"dateFrom=2026-02-02":                  other,
		"dateTo=2026-02-02":                    id,
		"pageSize=1&currentPage=2&type=User":   "",
		"pageSize=1&withTotalElements=true":    other,
		"dateFrom=2026-02-01&dateTo=2026-02-3": "422",
	} {
		a := b.do("GET", path+"?"+query, nil)
		if got := a.all("auditRecords", "id"); got != want && strconv.Itoa(a.StatusCode) != want {
			t.Errorf("?%s: %s, want %s", query, got, want)
		}
	}
	if a := b.want(422, "POST", path, `{"type":"User"}`); a.text("message") != "Following mandatory fields should be included: activity,text,time" {
		t.Errorf("without: %s", a.body)
	}
	b.want(422, "POST", path, `{"activity":"x","source":{},"text":"x","time":"2026-02-02","type":"User"}`)
	b.want(404, "GET", path+"/1", nil)
	b.want(405, "DELETE", path+"/"+id, nil)
	b.as("reader:demo-Reader.1").get(path)
	b.as("reader:demo-Reader.1").want(403, "POST", path, `{}`)
	b.as("nobody:demo-Nobody.1").want(403, "GET", path, nil)
}

func TestDeedsAreAudited(t *testing.T) {
	b := start(t, demo.Options{})
	device := b.device("Pump", "com_cumulocity_model_Agent")
	alarm := b.create("/alarm/alarms", `{"source":{"id":"`+device+`"},"type":"t","text":"x","severity":"MAJOR","time":"2026-02-02"}`)
	b.as("operator:demo-Operator.1").want(200, "PUT", "/alarm/alarms/"+alarm, `{"status":"ACKNOWLEDGED"}`)
	b.want(200, "PUT", "/alarm/alarms/"+alarm, `{"text":"no status"}`)
	b.want(200, "PUT", "/alarm/alarms?source="+device, `{"status":"CLEARED"}`)
	operation := b.create("/devicecontrol/operations", `{"deviceId":"`+device+`","c8y_Restart":{}}`)
	b.want(200, "PUT", "/devicecontrol/operations/"+operation, `{"status":"EXECUTING"}`)
	b.want(204, "DELETE", "/inventory/managedObjects/"+device, nil)
	for _, test := range []struct{ query, texts, users string }{
		{"type=Alarm&source=" + alarm, "Alarm updated: status='CLEARED'|Alarm updated: status='ACKNOWLEDGED'", "admin operator"},
		{"type=Operation&source=" + operation, "Operation updated: status='EXECUTING'|Operation created: status='PENDING'", "admin admin"},
		{"type=Inventory&source=" + device, "Managed object deleted: name='Pump'", "admin"},
	} {
		a := b.get("/audit/auditRecords?" + test.query)
		if got := a.all("auditRecords", "text"); got != strings.ReplaceAll(test.texts, "|", " ") || a.all("auditRecords", "user") != test.users {
			t.Errorf("%s: %s by %s", test.query, got, a.all("auditRecords", "user"))
		}
	}
	change := b.get("/audit/auditRecords?type=Alarm").at("auditRecords", 0, "changes", 0)
	if got, _ := change.(map[string]any); got["attribute"] != "status" || got["previousValue"] != "ACKNOWLEDGED" || got["newValue"] != "CLEARED" || got["changeType"] != "REPLACED" {
		t.Errorf("change %v", change)
	}
}

func TestManyAlarmsChangeInTheBackground(t *testing.T) {
	b := start(t, demo.Options{})
	device := b.device("Pump")
	for i := range 501 {
		b.want(201, "POST", "/alarm/alarms", `{"source":{"id":"`+device+`"},"type":"t`+strconv.Itoa(i)+`","text":"x","severity":"MAJOR","time":"2026-02-02"}`)
	}
	b.want(202, "PUT", "/alarm/alarms?source="+device, `{"status":"ACKNOWLEDGED"}`)
	b.tenant.Settle()
	if got := string(b.get("/alarm/alarms/count?status=ACKNOWLEDGED").body); got != "501" {
		t.Errorf("%s acknowledged", got)
	}
	b.want(200, "PUT", "/alarm/alarms?type=t1", `{"status":"CLEARED"}`)
}
