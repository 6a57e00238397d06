package demo_test

import (
	"bytes"
	"mime/multipart"
	"strings"
	"testing"

	"c8yx/demo"
)

const (
	requests    = "/devicecontrol/newDeviceRequests"
	credentials = "/devicecontrol/deviceCredentials"
	bootstrap   = "management/devicebootstrap:demo-Bootstrap.1"
)

func TestRegistration(t *testing.T) {
	b := start(t, demo.Options{})
	group := b.create("/inventory/managedObjects", `{"name":"Hall","type":"c8y_DeviceGroup","c8y_IsDeviceGroup":{}}`)
	a := b.want(201, "POST", requests, `{"id":"SN/1 ä","type":"c8y_Linux","groupId":"`+group+`","customProperties":{"a":"b"}}`)
	one := requests + "/SN%2F1%20%C3%A4"
	if a.Header.Get("Location") != b.server.URL+one || a.text("owner") != "admin" || a.text("tenantId") != "t4711" || a.text("customProperties", "a") != "b" {
		t.Errorf("created %s at %s", a.body, a.Header.Get("Location"))
	}
	poll := `{"id":"SN/1 ä"}`
	b.run([]request{
		{method: "POST", path: requests, body: `{"id":"SN/1 ä"}`, status: 422, want: "already exists"},
		{method: "POST", path: requests, body: `{}`, status: 422, want: "id"},
		{method: "POST", path: requests, body: `{"id":"` + strings.Repeat("x", 1001) + `"}`, status: 422},
		{method: "POST", path: requests, body: `{"id":"SN-2","groupId":"1"}`, status: 422},
		{method: "POST", path: requests, body: `{"id":"SN-2","tenantId":"t1"}`, status: 403},
		{user: reader, method: "POST", path: requests, body: `{"id":"SN-2"}`, status: 403},
		{user: reader, method: "GET", path: requests, status: 200, want: `"status":"WAITING_FOR_CONNECTION"`},
		{method: "PUT", path: one, body: `{"status":"ACCEPTED"}`, status: 422, want: "has not connected"},
		{method: "PUT", path: one, body: `{}`, status: 422, want: "status"},
		{method: "PUT", path: one, body: `{"status":"PERHAPS"}`, status: 422},
		{method: "PUT", path: requests + "/ghost", body: `{"status":"ACCEPTED"}`, status: 404, want: "Could not find newDeviceRequest by ID ghost"},
		{method: "POST", path: credentials, body: poll, status: 403}, // not the bootstrap user
		{user: bootstrap, method: "GET", path: requests, status: 403},
		{user: bootstrap, method: "POST", path: credentials, body: `{}`, status: 422},
		{user: bootstrap, method: "POST", path: credentials, body: `{"id":"ghost"}`, status: 404},
		{user: bootstrap, method: "POST", path: credentials, body: poll, status: 404},
		{method: "GET", path: one, status: 200, want: `"status":"PENDING_ACCEPTANCE"`},
		{user: bootstrap, method: "POST", path: credentials, body: poll, status: 404},
		{method: "PUT", path: one, body: `{"status":"ACCEPTED"}`, status: 200, want: `"status":"ACCEPTED"`},
		{method: "PUT", path: one, body: `{"status":"ACCEPTED"}`, status: 200},
	})
	a = b.as(bootstrap).want(200, "POST", credentials, poll)
	if a.text("username") != "device_SN/1 ä" || a.text("tenantId") != "t4711" || len(a.text("password")) < 8 {
		t.Fatalf("credentials %s", a.body)
	}
	b.as(bootstrap).want(404, "POST", credentials, poll) // once
	b.want(404, "GET", one, nil)

	device := b.as("t4711/" + a.text("username") + ":" + a.text("password"))
	device.want(404, "GET", "/identity/externalIds/c8y_Serial/SN%2F1%20%C3%A4", nil)
	id := device.create("/inventory/managedObjects", `{"name":"Box","c8y_IsDevice":{},"com_cumulocity_model_Agent":{}}`)
	device.run([]request{
		{method: "POST", path: "/identity/globalIds/" + id + "/externalIds", body: `{"type":"c8y_Serial","externalId":"SN/1 ä"}`, status: 201},
		{method: "GET", path: "/inventory/managedObjects/" + id, status: 200, want: `"owner":"device_SN/1 ä"`},
		{method: "GET", path: "/inventory/managedObjects/" + id, status: 200, want: `"type":"c8y_Linux"`},
		{method: "GET", path: "/inventory/managedObjects/" + group, status: 403},
		{method: "POST", path: "/event/events", body: `{"source":{"id":"` + id + `"},"type":"t","text":"x","time":"2026-02-02T09:30:00Z"}`, status: 201},
		{method: "POST", path: "/event/events", body: `{"source":{"id":"` + group + `"},"type":"t","text":"x","time":"2026-02-02T09:30:00Z"}`, status: 403},
		{method: "GET", path: "/devicecontrol/operations?agentId=" + id + "&status=PENDING", status: 200},
		{method: "GET", path: "/user/t4711/users", status: 403},
	})
	if got := b.get("/inventory/managedObjects/"+group+"/childAssets").text("references", 0, "managedObject", "id"); got != id {
		t.Errorf("in the group: %q, want %s", got, id)
	}
	second := device.create("/inventory/managedObjects", `{"name":"Other box","c8y_IsDevice":{}}`)
	if b.get("/inventory/managedObjects/"+second).text("type") != "" {
		t.Error("the second device was placed too")
	}
	b.want(403, "POST", "/tenant/oauth/token?grant_type=PASSWORD&username=t4711/device_SN/1%20%C3%A4&password="+a.text("password"), nil)

	if got := b.get(users+"?onlyDevices=true").all("users", "userName"); got != "device_SN/1 ä" {
		t.Errorf("device users %s", got)
	}
	user := "/inventory/managedObjects/" + id + "/user"
	b.run([]request{
		{method: "GET", path: user, status: 200, want: `"enabled":true`},
		{method: "PUT", path: user, body: `{"enabled":false}`, status: 200, want: `"enabled":false`},
		{method: "GET", path: "/inventory/managedObjects/" + group + "/user", status: 404},
	})
	device.want(401, "GET", "/inventory/managedObjects/"+id, nil)
	b.want(200, "PUT", user, `{"enabled":true}`)
	device.get("/inventory/managedObjects/" + id)

	// The account goes with the last object that it owns.
	b.want(204, "DELETE", "/inventory/managedObjects/"+id+"?withDeviceUser=true", nil)
	b.want(200, "GET", users+"/device_SN%2F1%20%C3%A4", nil)
	b.want(204, "DELETE", "/inventory/managedObjects/"+second+"?withDeviceUser=true", nil)
	b.want(404, "GET", users+"/device_SN%2F1%20%C3%A4", nil)
}

func TestReregistrationKeepsTheAccount(t *testing.T) {
	b := start(t, demo.Options{})
	var last string
	for range 2 {
		b.want(201, "POST", requests, `{"id":"SN-1"}`)
		b.as(bootstrap).want(404, "POST", credentials, `{"id":"SN-1"}`)
		b.want(200, "PUT", requests+"/SN-1", `{"status":"ACCEPTED"}`)
		password := b.as(bootstrap).want(200, "POST", credentials, `{"id":"SN-1"}`).text("password")
		if last != "" {
			b.as("device_SN-1:"+last).want(401, "GET", "/inventory/managedObjects", nil)
		}
		b.as("device_SN-1:"+password).want(200, "GET", "/inventory/managedObjects", nil)
		last = password
	}
	if got := b.get(users+"?onlyDevices=true").all("users", "userName"); got != "device_SN-1" {
		t.Errorf("device users %s", got)
	}
	b.want(201, "POST", requests, `{"id":"SN-1"}`)
	b.as("operator:demo-Operator.1").want(403, "DELETE", requests+"/SN-1", nil)
	b.want(204, "DELETE", requests+"/SN-1", nil)
	b.want(404, "DELETE", requests+"/SN-1", nil)
}

func TestSecurityTokens(t *testing.T) {
	for _, test := range []struct {
		policy, device string
		poll           string // the state after the first poll
		accept         []string
		states         []string // after each attempt to accept
	}{
		{policy: "OPTIONAL", poll: "PENDING_ACCEPTANCE", accept: []string{""}, states: []string{"ACCEPTED"}},
		{policy: "OPTIONAL", device: "4711", poll: "PENDING_ACCEPTANCE", accept: []string{"", "4712", "4711"}, states: []string{"PENDING_ACCEPTANCE", "PENDING_ACCEPTANCE", "ACCEPTED"}},
		{policy: "OPTIONAL", device: "4711", poll: "PENDING_ACCEPTANCE", accept: []string{"1", "2", "3", "4711"}, states: []string{"PENDING_ACCEPTANCE", "PENDING_ACCEPTANCE", "BLOCKED", "BLOCKED"}},
		{policy: "IGNORED", device: "4711", poll: "PENDING_ACCEPTANCE", accept: []string{"1"}, states: []string{"ACCEPTED"}},
		{policy: "REQUIRED", device: "4711", poll: "PENDING_ACCEPTANCE", accept: []string{"4711"}, states: []string{"ACCEPTED"}},
		{policy: "REQUIRED", poll: "BLOCKED", accept: []string{""}, states: []string{"BLOCKED"}},
	} {
		b := start(t, demo.Options{})
		b.want(200, "PUT", "/tenant/options/device-registration/security-token.policy", `{"value":"`+test.policy+`"}`)
		b.want(201, "POST", requests, `{"id":"SN-1"}`)
		poll := `{"id":"SN-1","securityToken":"` + test.device + `"}`
		b.as(bootstrap).want(404, "POST", credentials, poll)
		if got := b.get(requests + "/SN-1").text("status"); got != test.poll {
			t.Errorf("%s, token %q: after the poll %s, want %s", test.policy, test.device, got, test.poll)
		}
		for i, token := range test.accept {
			a := b.do("PUT", requests+"/SN-1", `{"status":"ACCEPTED","securityToken":"`+token+`"}`)
			got := b.get(requests + "/SN-1").text("status")
			if got != test.states[i] || (a.StatusCode == 200) != (got == "ACCEPTED") {
				t.Errorf("%s, token %q: accepting with %q: %d, %s, want %s", test.policy, test.device, token, a.StatusCode, got, test.states[i])
			}
		}
	}
}

func TestADeviceThatChangesItsTokenIsBlocked(t *testing.T) {
	b := start(t, demo.Options{})
	b.want(201, "POST", requests, `{"id":"SN-1"}`)
	for _, token := range []string{"1", "2", "3", "4"} {
		b.as(bootstrap).want(404, "POST", credentials, `{"id":"SN-1","securityToken":"`+token+`"}`)
	}
	if got := b.get(requests + "/SN-1").text("status"); got != "BLOCKED" {
		t.Errorf("status %s", got)
	}
}

func TestAcceptAllAndLimit(t *testing.T) {
	b := start(t, demo.Options{})
	for _, id := range []string{"SN-1", "SN-2", "SN-3"} {
		b.want(201, "POST", requests, `{"id":"`+id+`"}`)
	}
	b.as(bootstrap).want(404, "POST", credentials, `{"id":"SN-1"}`)
	b.as(bootstrap).want(404, "POST", credentials, `{"id":"SN-2","securityToken":"x"}`)
	a := b.want(200, "POST", requests+"/acceptAll", `{}`)
	if got := string(a.body); got != `[{"id":"SN-1","successful":true},{"error":"Security token is required for device request with id 'SN-2'","id":"SN-2","successful":false}]` {
		t.Errorf("accepted %s", got)
	}
	if got := b.get(requests+"?withTotalPages=true&withTotalElements=true").all("newDeviceRequests", "status"); got != "ACCEPTED PENDING_ACCEPTANCE WAITING_FOR_CONNECTION" {
		t.Errorf("states %s", got)
	}
	b.want(200, "POST", "/tenant/options", `{"category":"device-registration","key":"limit.devices.number","value":"1"}`)
	b.device("Pump")
	if a := b.get(requests + "/limit"); a.text("isReached") != "true" || a.text("limit") != "1" || a.text("deviceCount") != "1" {
		t.Errorf("limit %s", a.body)
	}
	b.want(422, "POST", requests, `{"id":"SN-4"}`)
}

// send uploads a registration file.
func (b *bench) send(status int, file string) answer {
	b.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("file", "devices.csv")
	if err != nil {
		b.Fatal(err)
	}
	_, _ = part.Write([]byte(file))
	_ = form.Close()
	return b.with("Content-Type", form.FormDataContentType()).want(status, "POST", "/devicecontrol/bulkNewDeviceRequests", body.Bytes())
}

func TestBulkRegistration(t *testing.T) {
	b := start(t, demo.Options{})
	a := b.send(201, "\ufeffID;CREDENTIALS;TYPE;NAME;ICCID;IDTYPE;PATH;SHELL;com_cumulocity_model_Agent.active;c8y_RequiredAvailability.responseInterval;external-c8y_Imei\r\n"+
		"id_101;AbcD1234!1234AbcD;box;Box \"101\";111111111;;plant/hall 0;1;true;10;356938035643809\r\n"+
		"id_102;AbcD1234!1234AbcD;box;Box 102;;c8y_Imsi;plant/hall 0;0;;;\r\n"+
		"id_103;AbcD1234!1234AbcD;;;;;;;;;\r\n"+
		"id_104;short;;;;;;;;;\r\n"+
		"id_105;AbcD1234!1234AbcD;;;;;plant;;;;\r\n"+
		"id_106;x\r\n"+
		";AbcD1234!1234AbcD;;;;;;;;;\r\n\r\n")
	for path, want := range map[string]string{"numberOfAll": "7", "numberOfCreated": "3", "numberOfFailed": "4", "numberOfSuccessful": "3"} {
		if got := a.text(path); got != want {
			t.Errorf("%s: %s, want %s", path, got, want)
		}
	}
	if got := a.all("credentialUpdatedList", "deviceId"); got != "id_101 id_102 id_103" {
		t.Errorf("registered %s", got)
	}
	if got := a.all("failedCreationList", "failureReason"); !strings.Contains(got, "between 8 and 32") || !strings.Contains(got, "PATH requires TYPE and NAME") || !strings.Contains(got, "2 values for 11 columns") {
		t.Errorf("reasons %s", got)
	}
	if got := a.text("failedCreationList", 0, "line"); got != "DeviceInfo{id='id_104', credentials='short', tenant='t4711'}" {
		t.Errorf("line %s", got)
	}
	id := b.get("/identity/externalIds/c8y_Serial/id_101").text("managedObject", "id")
	if got := b.get("/identity/externalIds/c8y_Imei/356938035643809").text("managedObject", "id"); got != id {
		t.Errorf("by its IMEI %s, want %s", got, id)
	}
	box := b.get("/inventory/managedObjects/" + id)
	for want, path := range map[string][]any{
		`Box "101"`: {"name"}, "box": {"type"}, "device_id_101": {"owner"}, "111111111": {"c8y_Mobile", "iccid"}, "c8y_Command": {"c8y_SupportedOperations", 0},
		"true": {"com_cumulocity_model_Agent", "active"}, "10": {"c8y_RequiredAvailability", "responseInterval"},
	} {
		if got := box.text(path...); got != want {
			t.Errorf("%v: %q, want %q", path, got, want)
		}
	}
	if got := b.get("/inventory/managedObjects?query=name%20eq%20'hall%200'&withChildrenCount=true").text("managedObjects", 0, "childAssets", "count"); got != "2" {
		t.Errorf("in hall 0: %s", got)
	}
	b.get("/identity/externalIds/c8y_Imsi/id_102")
	b.want(404, "GET", "/identity/externalIds/c8y_Serial/id_103", nil)
	b.as("device_id_103:AbcD1234!1234AbcD").get("/inventory/managedObjects")

	again := b.send(201, "ID,CREDENTIALS,TYPE,NAME,PATH\nid_101,Other-1234,box,Box,plant/hall 1\n")
	if again.text("credentialUpdatedList", 0, "bulkNewDeviceStatus") != "CREDENTIAL_UPDATED" || again.text("numberOfCreated") != "0" {
		t.Errorf("again: %s", again.body)
	}
	b.as("device_id_101:Other-1234").get("/inventory/managedObjects/" + id)
	if got := b.get("/inventory/managedObjects?query=name%20eq%20'hall%201'&withChildrenCount=true").text("managedObjects", 0, "childAssets", "count"); got != "1" {
		t.Errorf("in hall 1: %s", got)
	}
	b.send(422, "")
	b.send(422, "NAME;TYPE\na;b\n")
	b.as(reader).send(403, "ID;CREDENTIALS\n")
}

func TestBulkRegistrationWithCertificatesAndWithoutAnything(t *testing.T) {
	b := start(t, demo.Options{})
	a := b.send(201, "ID\tAUTH_TYPE\tENROLLMENT_OTP\ncert-1\tCERTIFICATES\totp-1\ncert-2\tCERTIFICATES\t\nno-1\tBASIC\totp\nno-2\tMAGIC\t\n")
	if a.all("credentialUpdatedList", "deviceId") != "cert-1 cert-2" || a.all("failedCreationList", "deviceId") != "no-1 no-2" {
		t.Errorf("with certificates: %s", a.body)
	}
	a = b.send(201, "ID;PATH\nSN-1;plant\nSN-2;\nSN-1;plant\n")
	if a.text("numberOfCreated") != "2" || a.text("numberOfFailed") != "1" {
		t.Errorf("simple: %s", a.body)
	}
	group := b.get("/inventory/managedObjects?query=name%20eq%20plant").text("managedObjects", 0, "id")
	if got := b.get(requests + "/SN-1"); got.text("status") != "WAITING_FOR_CONNECTION" || got.text("groupId") != group {
		t.Errorf("request %s, group %s", got.body, group)
	}
}
