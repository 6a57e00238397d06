package demo_test

import (
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"c8yx/demo"
)

const bulk = "/devicecontrol/bulkoperations"

// group makes a group of agents and returns both.
func (b *bench) group(agents int) (group string, members []string) {
	b.Helper()
	group = b.create(objects, `{"name":"Group","type":"c8y_DeviceGroup","c8y_IsDeviceGroup":{}}`)
	for range agents {
		agent := b.device("agent", "com_cumulocity_model_Agent")
		b.want(201, "POST", objects+"/"+group+"/childAssets", `{"managedObject":{"id":"`+agent+`"}}`)
		members = append(members, agent)
	}
	return group, members
}

func in(d time.Duration) string { return time.Now().Add(d).Format(time.RFC3339) }

// state is what a bulk operation says of itself.
func (b *bench) state(id string) string {
	a := b.get(bulk + "/" + id)
	progress := func(name string) string { return a.text("progress", name) }
	return a.text("status") + " " + a.text("generalStatus") + " " + strings.Join([]string{
		progress("pending"), progress("executing"), progress("successful"), progress("failed"), progress("all"),
	}, "/")
}

func TestBulkOperationsRun(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := start(t, demo.Options{})
		group, members := b.group(3)
		b.want(201, "POST", objects+"/"+group+"/childAssets", `{"managedObject":{"id":"`+b.device("nobody fetches its operations")+`"}}`)
		l := b.listen("/notification/realtime", "", adminHeader(b))
		l.subscribe("/bulkoperations/*")
		a := b.want(201, "POST", bulk, `{"groupId":"`+group+`","startDate":"`+in(time.Minute)+`","creationRamp":15,"operationPrototype":{"description":"Restart","c8y_Restart":{}}}`)
		id := a.text("id")
		if a.Header.Get("Location") != b.server.URL+bulk+"/"+id || a.text("operationPrototype", "description") != "Restart" || a.text("groupId") != group {
			t.Errorf("created %s", a.body)
		}
		check := func(after time.Duration, want string) {
			t.Helper()
			time.Sleep(after)
			synctest.Wait()
			if got := b.state(id); got != want {
				t.Errorf("%s, want %s", got, want)
			}
		}
		check(0, "ACTIVE SCHEDULED 3/0/0/0/3")
		b.want(200, "PUT", bulk+"/"+id, `{"creationRamp":10}`)
		for _, action := range []string{"CREATE", "UPDATE"} {
			if got, want := l.next(), "/bulkoperations/"+id+" "+action+" "+id; got != want {
				t.Errorf("heard %s, want %s", got, want)
			}
		}
		_ = l.socket.CloseNow()
		check(61*time.Second, "IN_PROGRESS EXECUTING 3/0/0/0/3")
		children := func() string {
			return b.get("/devicecontrol/operations?bulkOperationId="+id).all("operations", "deviceId")
		}
		if got := children(); got != members[0] {
			t.Errorf("first operation for %s", got)
		}
		b.want(422, "PUT", bulk+"/"+id, `{"creationRamp":1}`) // it has begun
		check(10*time.Second, "IN_PROGRESS EXECUTING 3/0/0/0/3")
		check(10*time.Second, "COMPLETED EXECUTING 3/0/0/0/3")
		if got := children(); got != strings.Join(members, " ") {
			t.Errorf("operations for %s, want %v", got, members)
		}
		operations := strings.Fields(b.get("/devicecontrol/operations?bulkOperationId="+id).all("operations", "id"))
		operation := b.get("/devicecontrol/operations/" + operations[0])
		if operation.text("bulkOperationId") != id || operation.text("status") != "PENDING" || operation.at("c8y_Restart") == nil {
			t.Errorf("operation %s", operation.body)
		}
		for i, status := range []string{"EXECUTING", "FAILED", "SUCCESSFUL"} {
			b.want(200, "PUT", "/devicecontrol/operations/"+operations[i], `{"status":"`+status+`"}`)
		}
		check(0, "COMPLETED EXECUTING_WITH_ERRORS 0/1/1/1/3")
		b.want(200, "PUT", "/devicecontrol/operations/"+operations[0], `{"status":"SUCCESSFUL"}`)
		check(time.Second, "COMPLETED FAILED 0/0/2/1/3")
		b.want(200, "PUT", bulk+"/"+id, `{"generalStatus":"SUCCESSFUL"}`) // as the vendor's user interface does, by hand
		check(0, "COMPLETED SUCCESSFUL 0/0/2/1/3")

		// The one that failed, once more.
		a = b.want(201, "POST", bulk, `{"failedParentId":"`+id+`","startDate":"`+in(time.Minute)+`","creationRamp":1,"operationPrototype":{"c8y_Restart":{}}}`)
		id = a.text("id")
		check(2*time.Minute, "COMPLETED EXECUTING 1/0/0/0/1")
		if got := children(); got != members[1] {
			t.Errorf("retried for %s, want %s", got, members[1])
		}
	})
}

func adminHeader(b *bench) http.Header {
	request := http.Request{Header: http.Header{}}
	name, password, _ := strings.Cut(b.user, ":")
	request.SetBasicAuth(name, password)
	return request.Header
}

// Who changes a bulk operation at the moment when it begins either is in time or is told that it is too late.
func TestBulkOperationsChangedAsTheyBegin(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := start(t, demo.Options{})
		group, _ := b.group(1)
		var ids []string
		for range 20 {
			a := b.want(201, "POST", bulk, `{"groupId":"`+group+`","startDate":"`+in(time.Minute)+`","creationRamp":15,"operationPrototype":{"c8y_Restart":{}}}`)
			ids = append(ids, a.text("id"))
		}
		var changing sync.WaitGroup
		for _, id := range ids {
			for range 4 {
				changing.Go(func() {
					time.Sleep(time.Minute)
					a := b.do("PUT", bulk+"/"+id, `{"creationRamp":10}`)
					if late := strings.Contains(string(a.body), "has begun already"); a.StatusCode != 200 && !late {
						t.Errorf("%d %s", a.StatusCode, a.body)
					}
				})
			}
		}
		changing.Wait()
		synctest.Wait()
		for _, id := range ids {
			if got, want := b.state(id), "COMPLETED EXECUTING 1/0/0/0/1"; got != want {
				t.Errorf("%s, want %s", got, want)
			}
		}
	})
}

func TestBulkOperationsAreCancelled(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := start(t, demo.Options{})
		group, members := b.group(3)
		id := b.create(bulk, `{"groupId":"`+group+`","startDate":"`+in(time.Minute)+`","creationRamp":60,"operationPrototype":{"c8y_Restart":{}}}`)
		time.Sleep(90 * time.Second)
		b.want(204, "DELETE", bulk+"/"+id, nil)
		time.Sleep(time.Hour)
		if got := b.state(id); got != "DELETED CANCELED 1/0/0/0/1" {
			t.Errorf("cancelled: %s", got)
		}
		if got := b.get("/devicecontrol/operations?bulkOperationId="+id).all("operations", "deviceId"); got != members[0] {
			t.Errorf("operations for %s", got)
		}
		for query, want := range map[string]string{"": "", "withDeleted=true": id, "generalStatus=CANCELED": id, "generalStatus=FAILED": ""} {
			if got := b.get(bulk+"?"+query).all("bulkOperations", "id"); got != want {
				t.Errorf("?%s: %q, want %q", query, got, want)
			}
		}
	})
}

func TestBulkOperationsForSmartGroups(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := start(t, demo.Options{})
		b.group(2)
		b.device("other", "com_cumulocity_model_Agent")
		group := b.create(objects, `{"type":"c8y_DynamicGroup","c8y_IsDynamicGroup":{},"c8y_DeviceQueryString":"$filter=name eq 'agent'"}`)
		id := b.create(bulk, `{"groupId":"`+group+`","startDate":"`+in(time.Second)+`","creationRamp":0.5,"operationPrototype":{"c8y_Restart":{}}}`)
		time.Sleep(3 * time.Second)
		if got := b.state(id); got != "COMPLETED EXECUTING 2/0/0/0/2" {
			t.Errorf("smart group: %s", got)
		}
	})
}

func TestBulkOperationsRefused(t *testing.T) {
	b := start(t, demo.Options{})
	group, _ := b.group(1)
	soon := in(time.Hour)
	for _, body := range []string{
		`{}`,
		`{"groupId":"` + group + `"}`,
		`{"groupId":"` + group + `","failedParentId":"1","startDate":"` + soon + `","creationRamp":1,"operationPrototype":{}}`,
		`{"groupId":"` + group + `","startDate":"2020-01-01T00:00:00Z","creationRamp":1,"operationPrototype":{}}`,
		`{"groupId":"` + group + `","startDate":"soon","creationRamp":1,"operationPrototype":{}}`,
		`{"groupId":"` + group + `","startDate":"` + soon + `","creationRamp":0,"operationPrototype":{}}`,
		`{"groupId":"` + group + `","startDate":"` + soon + `","creationRamp":1,"operationPrototype":1}`,
		`{"groupId":"1","startDate":"` + soon + `","creationRamp":1,"operationPrototype":{}}`,
	} {
		b.want(422, "POST", bulk, body)
	}
	for _, method := range []string{"GET", "PUT", "DELETE"} {
		if a := b.want(404, method, bulk+"/1", `{}`); !strings.HasPrefix(a.text("message"), "Finding bulk operation from database failed") {
			t.Errorf("%s: %s", method, a.body)
		}
	}
	b.as("nobody:demo-Nobody.1").want(403, "GET", bulk, nil)
	b.as("reader:demo-Reader.1").want(403, "POST", bulk, `{}`)
}

func TestOperationsForAgents(t *testing.T) {
	b := start(t, demo.Options{})
	agent, child := b.device("agent", "com_cumulocity_model_Agent"), b.device("child")
	b.want(201, "POST", objects+"/"+agent+"/childDevices", `{"managedObject":{"id":"`+child+`"}}`)
	l := b.listen("/notification/operations", "", adminHeader(b))
	for channel, want := range map[string]bool{"/" + agent: true, "/operations/" + agent: false, "/*": false, agent: false} {
		if got := l.ask(map[string]any{"channel": "/meta/subscribe", "subscription": channel})["successful"]; got != want {
			t.Errorf("%s: %v", channel, got)
		}
	}
	l.send(map[string]any{"channel": "/meta/connect", "connectionType": "websocket"})
	operation := b.create("/devicecontrol/operations", `{"deviceId":"`+child+`","c8y_Restart":{}}`)
	for {
		for _, message := range l.read() {
			if message["channel"] != "/"+agent {
				continue
			}
			data, _ := message["data"].(map[string]any)
			if data["id"] != operation || data["deviceId"] != child || data["realtimeAction"] != nil {
				t.Errorf("heard %v", message)
			}
			return
		}
	}
}
