package demo_test

import (
	"bytes"
	"fmt"
	"mime/multipart"
	"strings"
	"testing"
	"time"

	"c8yx/demo"
)

func TestEvents(t *testing.T) {
	b := start(t, demo.Options{})
	device := b.device("Pump")
	a := b.want(201, "POST", "/event/events", `{"source":{"id":"`+device+`"},"type":"moved","text":"there","time":"2026-02-02T09:30:00.000-05:00","c8y_Position":{"lat":51.20}}`)
	id := a.text("id")
	if a.text("time") != "2026-02-02T09:30:00.000-05:00" || a.text("source", "name") != "Pump" || !strings.Contains(string(a.body), `{"lat":51.20}`) || a.text("creationTime") == "" {
		t.Errorf("created %s", a.body)
	}
	if now := b.want(201, "POST", "/event/events", `{"source":{"id":"`+device+`"},"type":"t","text":"x"}`); !strings.HasSuffix(now.text("time"), "Z") {
		t.Errorf("without time: %s", now.body)
	}
	a = b.want(200, "PUT", "/event/events/"+id, `{"text":"here","type":"other","time":"2020-01-01T00:00:00Z","source":{"id":"1"},"x":1}`)
	if a.text("text")+a.text("type")+a.text("source", "id")+a.text("x") != "heremoved"+device+"1" || a.text("time") != "2026-02-02T09:30:00.000-05:00" {
		t.Errorf("changed %s", a.body)
	}
	b.want(422, "POST", "/event/events", `{"source":{"id":"`+device+`"},"type":"t"}`)
	b.want(422, "POST", "/event/events", `{"source":{"id":"1"},"type":"t","text":"x"}`)
	b.want(204, "DELETE", "/event/events/"+id, nil)
	if a := b.want(404, "GET", "/event/events/"+id, nil); a.text("message") != "Finding event from database failed : No event for gid '"+id+"'!" {
		t.Errorf("deleted: %s", a.body)
	}
	b.want(404, "PUT", "/event/events/"+id, `{}`)
	b.want(404, "DELETE", "/event/events/"+id, nil)
}

func TestEventLists(t *testing.T) {
	b := start(t, demo.Options{})
	first, second := b.device("first"), b.device("second")
	for i, rest := range []string{`"type":"a","frag":"x"`, `"type":"b","frag":"y"`, `"type":"a","n0":null`, `"type":"a","frag":7`} {
		source := []string{first, second}[i/2]
		b.create("/event/events", fmt.Sprintf(`{"source":{"id":"%s"},"text":"x","time":"2026-02-02T0%d:00:00Z","n":%d,%s}`, source, i, i, rest))
	}
	for _, test := range []struct{ query, want string }{
		{"", "3 2 1 0"},
		{"source=" + first, "1 0"},
		{"type=a", "3 2 0"},
		{"fragmentType=frag", "3 1 0"},
		{"fragmentType=frag&fragmentValue=y", "1"},
		{"fragmentType=frag&fragmentValue=7", "3"},
		{"dateFrom=2026-02-02T01:00:00Z&dateTo=2026-02-02T03:00:00Z", "2 1"},
		{"dateFrom=2026-02-02&revert=true", "0 1 2 3"},
		{"revert=true", "3 2 1 0"}, // needs a date
	} {
		if got := b.get("/event/events?"+test.query).all("events", "n"); got != test.want {
			t.Errorf("%s: %s, want %s", test.query, got, test.want)
		}
	}
	b.want(422, "DELETE", "/event/events?type=a", nil)
	b.want(204, "DELETE", "/event/events?type=a&source="+second, nil)
	if got := b.get("/event/events").all("events", "n"); got != "1 0" {
		t.Errorf("left %s", got)
	}
}

// Walking newest to oldest by time, as clients do, sees each event once although many share a millisecond.
func TestTimeKeyset(t *testing.T) {
	b := start(t, demo.Options{})
	device := b.device("Pump")
	for i := range 30 {
		b.create("/event/events", fmt.Sprintf(`{"source":{"id":"%s"},"type":"t","text":"x","time":"2026-02-02T00:00:00.00%dZ"}`, device, i/6))
	}
	seen, to := map[string]bool{}, "2026-02-03"
	for range 10 {
		a := b.get("/event/events?pageSize=12&dateTo=" + to)
		ids := strings.Fields(a.all("events", "id"))
		for _, id := range ids {
			seen[id] = true
		}
		if len(ids) < 12 {
			break
		}
		last, err := time.Parse(time.RFC3339Nano, a.text("events", len(ids)-1, "time"))
		if err != nil {
			t.Fatal(err)
		}
		to = last.Add(time.Millisecond).Format("2006-01-02T15:04:05.000Z") // dateTo is exclusive
	}
	if len(seen) != 30 {
		t.Errorf("saw %d of 30", len(seen))
	}
}

func TestAttachments(t *testing.T) {
	b := start(t, demo.Options{})
	event := b.create("/event/events", `{"source":{"id":"`+b.device("Pump")+`"},"type":"t","text":"x"}`)
	path := "/event/events/" + event + "/binaries"
	if a := b.want(404, "GET", path, nil); a.text("message") != "Attachment not found" {
		t.Errorf("none yet: %s", a.body)
	}
	b.want(404, "PUT", path, "x")
	a := b.with("Content-Type", "text/plain").with("Content-Disposition", `attachment; filename="log.txt"`).want(201, "POST", path, "hello")
	if got := a.text("name") + a.text("type") + a.text("length") + a.text("source"); got != "log.txttext/plain5"+event || a.text("self") != b.server.URL+path {
		t.Errorf("uploaded %s", a.body)
	}
	if a := b.want(409, "POST", path, "again"); a.text("message") != "Attachment already exists" {
		t.Errorf("twice: %s", a.body)
	}
	if got := b.get("/event/events/"+event).text("c8y_IsBinary", "name"); got != "log.txt" {
		t.Errorf("the event says %q", got)
	}
	file := b.get(path)
	if string(file.body) != "hello" || file.Header.Get("Content-Type") != "text/plain" || !strings.Contains(file.Header.Get("Content-Disposition"), "log.txt") {
		t.Errorf("downloaded %q, %v", file.body, file.Header)
	}
	b.with("Content-Type", "application/octet-stream").want(201, "PUT", path, "\x00\x01")
	if got := b.get(path).body; string(got) != "\x00\x01" {
		t.Errorf("replaced by %q", got)
	}
	b.want(204, "DELETE", path, nil)
	b.want(404, "GET", path, nil)
	if a := b.get("/event/events/" + event); a.at("c8y_IsBinary") != nil {
		t.Errorf("the event still says %s", a.body)
	}
	for _, order := range []string{"object file", "file object"} {
		var body bytes.Buffer
		w := multipart.NewWriter(&body)
		for part := range strings.FieldsSeq(order) {
			if part == "object" {
				_ = w.WriteField("object", `{"name":"named.bin","type":"image/png"}`)
			} else {
				file, _ := w.CreateFormFile("file", "local.bin")
				_, _ = file.Write([]byte("PNG"))
			}
		}
		_ = w.Close()
		a := b.with("Content-Type", w.FormDataContentType()).want(201, "POST", path, body.Bytes())
		if a.text("name")+a.text("type")+a.text("length") != "named.binimage/png3" {
			t.Errorf("%s: %s", order, a.body)
		}
		b.want(204, "DELETE", path, nil)
	}
}

func TestOperations(t *testing.T) {
	b := start(t, demo.Options{})
	agent, child, loner := b.device("agent", "com_cumulocity_model_Agent"), b.device("child"), b.device("loner")
	b.want(201, "POST", objects+"/"+agent+"/childDevices", `{"managedObject":{"id":"`+child+`"}}`)
	b.want(201, "POST", "/identity/globalIds/"+child+"/externalIds", `{"type":"c8y_Serial","externalId":"SN-2"}`)
	const path = "/devicecontrol/operations"
	a := b.want(201, "POST", path, `{"deviceId":"`+child+`","c8y_Restart":{},"description":"Restart","status":"SUCCESSFUL","id":"1"}`)
	first := a.text("id")
	if a.text("status") != "PENDING" || first == "1" || a.at("deviceName") != nil || a.text("deviceId") != child {
		t.Errorf("created %s", a.body)
	}
	second := b.create(path, `{"deviceId":"`+agent+`","c8y_Command":{"text":"ls"}}`)
	b.want(422, "POST", path, `{"deviceId":"`+loner+`","c8y_Restart":{}}`) // nobody would fetch it
	b.want(422, "POST", path, `{"deviceId":"1"}`)
	if a := b.want(422, "POST", path, `{}`); a.text("message") != "Following mandatory fields should be included: deviceId" {
		t.Errorf("without device: %s", a.body)
	}
	if a := b.want(422, "PUT", path+"/"+first, `{"x":1}`); a.text("error") != "undefined/validationError" || a.text("message") != "Following mandatory fields should be included: status" {
		t.Errorf("without status: %s", a.body)
	}
	b.want(422, "PUT", path+"/"+first, `{"status":"DONE"}`)
	if a := b.want(200, "PUT", path+"/"+first, `{"status":"FAILED","failureReason":"why","deviceId":"1"}`); a.text("failureReason") != "why" || a.text("deviceId") != child {
		t.Errorf("failed: %s", a.body)
	}
	if a := b.want(200, "PUT", path+"/"+first, `{"status":"EXECUTING"}`); a.at("failureReason") != nil {
		t.Errorf("executing again: %s", a.body)
	}
	b.want(200, "PUT", path+"/"+second, `{"status":"SUCCESSFUL","c8y_Command":{"text":"ls","result":"a b"}}`)
	third := b.create(path, `{"deviceId":"`+child+`","c8y_Restart":{}}`)
	for _, test := range []struct{ query, want string }{
		{"", first + " " + second + " " + third}, // oldest first
		{"agentId=" + agent, first + " " + second + " " + third},
		{"agentId=" + child, first + " " + third},
		{"deviceId=" + child, first + " " + third},
		{"deviceId=" + agent, second},
		{"agentId=" + agent + "&status=PENDING", third},
		{"status=EXECUTING", first},
		{"fragmentType=c8y_Command", second},
		{"dateFrom=2020-01-01&revert=true", third + " " + second + " " + first},
		{"dateTo=2020-01-01", ""},
		{"bulkOperationId=5", ""},
	} {
		if got := b.get(path+"?"+test.query).all("operations", "id"); got != test.want {
			t.Errorf("%s: %s, want %s", test.query, got, test.want)
		}
	}
	a = b.get(path + "?agentId=" + agent)
	if a.text("operations", 0, "deviceName") != "child" || a.text("operations", 0, "deviceExternalIDs", "externalIds", 0, "externalId") != "SN-2" {
		t.Errorf("in a list: %s", a.body)
	}
	b.want(422, "DELETE", path, nil)
	b.want(204, "DELETE", path+"?deviceId="+child+"&status=PENDING", nil)
	b.want(404, "GET", path+"/"+third, nil)
	b.get(path + "/" + first)
}

func TestOptions(t *testing.T) {
	b := start(t, demo.Options{})
	a := b.want(200, "POST", "/tenant/options", `{"category":"c","key":"k","value":"v"}`)
	if a.text("value") != "v" || a.text("self") != b.server.URL+"/tenant/options/c/k" {
		t.Errorf("created %s", a.body)
	}
	b.want(200, "POST", "/tenant/options", `{"category":"c","key":"credentials.x","value":"secret"}`)
	if got := string(b.get("/tenant/options/c").body); got != `{"credentials.x":"<<Encrypted>>","k":"v"}` {
		t.Errorf("category: %s", got)
	}
	if got := string(b.want(200, "PUT", "/tenant/options/c", `{"k":"w","new":"n","credentials.x":null}`).body); got != `{"k":"w","new":"n"}` {
		t.Errorf("category: %s", got)
	}
	if got := b.want(200, "PUT", "/tenant/options/c/k", `{"value":"x"}`).text("value"); got != "x" {
		t.Errorf("changed to %s", got)
	}
	if got := string(b.get("/tenant/options/none").body); got != `{}` {
		t.Errorf("empty category: %s", got)
	}
	b.want(204, "DELETE", "/tenant/options/c/k", nil)
	for _, method := range []string{"GET", "PUT", "DELETE"} {
		b.want(404, method, "/tenant/options/c/k", `{"value":"x"}`)
	}
	b.want(422, "POST", "/tenant/options", `{"category":"a b","key":"k","value":"v"}`)
	b.want(422, "POST", "/tenant/options", `{"category":"c"}`)
	if a := b.get("/tenant/options?withTotalPages=true&withTotalElements=true"); a.text("statistics", "totalPages") == "" || a.at("statistics", "totalElements") != nil {
		t.Errorf("list: %s", a.body)
	}
	if got := b.get("/tenant/system/options/system/version").text("value"); got == "" {
		t.Error("no version")
	}
	b.want(404, "GET", "/tenant/system/options/system/none", nil)
	b.want(405, "PUT", "/tenant/system/options/system/version", `{}`)
	if got := b.get("/tenant/system/options").all("options", "key"); !strings.Contains(got, "version") {
		t.Errorf("system options: %s", got)
	}
}
