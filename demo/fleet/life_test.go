package fleet_test

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"c8yx/demo/fleet"
)

// live lets a fleet settle and live for a while in a bubble. The clock there starts on a Saturday at midnight; it is let run
// to Monday morning first.
func live(t *testing.T, o fleet.Options, during time.Duration, meanwhile func(m *memory)) *memory {
	m := newMemory()
	m.terse = true
	liveIn(t, m, m, o, during, meanwhile)
	return m
}

// liveIn is live in a given tenant, which m remembers.
func liveIn(t *testing.T, tenant fleet.Tenant, m *memory, o fleet.Options, during time.Duration, meanwhile func(m *memory)) {
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(2*24*time.Hour + 8*time.Hour)
		f, err := fleet.Settle(tenant, o)
		if err != nil {
			t.Fatal(err)
		}
		m.diary = nil
		ctx, cancel := context.WithTimeout(t.Context(), during)
		defer cancel()
		done := make(chan struct{})
		go func() { defer close(done); f.Run(ctx) }()
		synctest.Wait()
		if meanwhile != nil {
			meanwhile(m)
		}
		<-done
	})
	if len(m.broken) > 0 {
		t.Error(m.broken)
	}
}

// count counts the acts of the diary that begin with the name of a method and contain all of the given texts.
func count(diary []string, method string, texts ...string) (n int) {
	for _, line := range diary {
		if strings.HasPrefix(line, method+" ") && !slices.ContainsFunc(texts, func(text string) bool { return !strings.Contains(line, text) }) {
			n++
		}
	}
	return n
}

func TestHourOfLife(t *testing.T) {
	m := live(t, fleet.Options{}, time.Hour, nil)
	for _, want := range []struct {
		method      string
		texts       []string
		least, most int
	}{
		{"CreateMeasurement", nil, 20_000, 100_000},
		{"CreateAlarm", nil, 10, 400},
		{"UpdateAlarm", []string{"CLEARED"}, 3, 200},
		{"CreateEvent", []string{"c8y_LocationUpdate"}, 100, 4000},
		{"CreateEvent", []string{"hv_DoorOpened"}, 5, 100},
		{"UpdateObject", []string{"c8y_Position"}, 500, 10_000},
		{"UpdateObject", []string{"c8y_Connection", `"CONNECTED"`}, 1, 60},
		{"UpdateObject", []string{"DISCONNECTED"}, 1, 60},
		{"CreateOperation", nil, 10, 40},
		{"UpdateOperation", []string{"EXECUTING"}, 8, 40},
		{"UpdateOperation", []string{"SUCCESSFUL"}, 6, 40},
	} {
		if n := count(m.diary, want.method, want.texts...); n < want.least || n > want.most {
			t.Errorf("%s %q happened %d times, want %d to %d", want.method, want.texts, n, want.least, want.most)
		} else {
			t.Logf("%s %q: %d", want.method, want.texts, n)
		}
	}
}

func TestLifeRepeatsItself(t *testing.T) {
	o := fleet.Options{Devices: 80, Past: time.Hour}
	a, b := newMemory(), newMemory()
	liveIn(t, a, a, o, 5*time.Minute, nil)
	liveIn(t, b, b, o, 5*time.Minute, nil)
	if !slices.Equal(a.diary, b.diary) {
		t.Error("the same seed lives differently")
	}
}

func TestSpeed(t *testing.T) {
	o := fleet.Options{Devices: 80, Past: -1}
	slow := count(live(t, o, 10*time.Minute, nil).diary, "CreateMeasurement")
	o.Speed = 60
	fast := count(live(t, o, 10*time.Second, nil).diary, "CreateMeasurement")
	if fast < slow*9/10 || fast > slow*11/10 {
		t.Errorf("%d measurements in ten minutes, %d in ten seconds at speed 60", slow, fast)
	}
}

// A large fleet does not send more, each of its devices sends less often.
func TestLargeFleetIsNotLouder(t *testing.T) {
	m := live(t, fleet.Options{Devices: 1500, Past: -1}, time.Minute, nil)
	if n := count(m.diary, "CreateMeasurement"); n < 60*50 || n > 60*200 {
		t.Errorf("%d measurements in a minute", n)
	}
}

// sleeper is a tenant on a machine that sleeps for a night.
type sleeper struct {
	*memory
	night time.Duration
}

func (s *sleeper) CreateMeasurement(source, kind string, at time.Time, fragments map[string]any) error {
	time.Sleep(s.night)
	s.night = 0
	return s.memory.CreateMeasurement(source, kind, at, fragments)
}

func TestNightIsNotMadeUpFor(t *testing.T) {
	o := fleet.Options{Devices: 80, Past: -1}
	awake := count(live(t, o, 10*time.Minute, nil).diary, "CreateMeasurement")
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(2*24*time.Hour + 8*time.Hour)
		m := newMemory()
		m.terse = true
		f, err := fleet.Settle(&sleeper{m, 8 * time.Hour}, o)
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), 8*time.Hour+10*time.Minute)
		defer cancel()
		f.Run(ctx)
		if n := count(m.diary, "CreateMeasurement"); n > awake*3/2 {
			t.Errorf("%d measurements in the ten minutes after the night, %d otherwise", n, awake)
		}
	})
}

// find returns the first device of a type that is there and ordinary.
func (m *memory) find(t *testing.T, kind string) string {
	t.Helper()
	m.Lock()
	defer m.Unlock()
	for _, id := range m.devices() {
		status, _ := m.objects[id]["c8y_Connection"].(map[string]any)
		if m.objects[id]["type"] == kind && status["status"] == "CONNECTED" && m.objects[id]["c8y_Firmware"] != nil {
			return id
		}
	}
	t.Fatal("no " + kind)
	return ""
}

func TestOperations(t *testing.T) {
	tests := []struct {
		name, kind string
		op         map[string]any
		status     string
		check      func(op, device map[string]any) bool
	}{
		{"restart", "c8y_Linux", map[string]any{"c8y_Restart": map[string]any{}}, "SUCCESSFUL", nil},
		{"shell command", "c8y_Linux", map[string]any{"c8y_Command": map[string]any{"text": "echo hello"}}, "SUCCESSFUL", func(op, _ map[string]any) bool {
			return op["c8y_Command"].(map[string]any)["result"] == "hello\n" && op["c8y_Command"].(map[string]any)["text"] == "echo hello"
		}},
		{"unknown command", "c8y_Linux", map[string]any{"c8y_Command": map[string]any{"text": "frobnicate -a"}}, "FAILED", func(op, _ map[string]any) bool {
			return op["failureReason"] == "command returned a non-zero exit code: 127" &&
				op["c8y_Command"].(map[string]any)["result"] == "sh: frobnicate: command not found\n"
		}},
		{
			"firmware", "hv_Telematics",
			map[string]any{"c8y_Firmware": map[string]any{"name": "fleetlink", "version": "9.9.9", "url": "https://x.example/9"}},
			"SUCCESSFUL",
			func(_, device map[string]any) bool {
				return device["c8y_Firmware"].(map[string]any)["version"] == "9.9.9"
			},
		},
		{"software", "hv_Telematics", map[string]any{"c8y_SoftwareUpdate": []any{
			map[string]any{"name": "gnss", "version": "3.0", "action": "install"},
			map[string]any{"name": "canbus", "action": "delete"},
			map[string]any{"name": "new", "version": "1", "action": "install"},
		}}, "SUCCESSFUL", func(_, device map[string]any) bool {
			list, _ := device["c8y_SoftwareList"].([]any)
			return len(list) == 2 && list[0].(map[string]any)["version"] == "3.0" && list[1].(map[string]any)["name"] == "new"
		}},
		{
			"software that is not there", "hv_Telematics",
			map[string]any{"c8y_SoftwareUpdate": []any{map[string]any{"name": "nothing", "action": "delete"}}},
			"FAILED",
			func(op, _ map[string]any) bool { return op["failureReason"] == "package nothing is not installed" },
		},
		{"configuration", "c8y_Linux", map[string]any{"c8y_Configuration": map[string]any{"config": "a=1"}}, "SUCCESSFUL", func(_, device map[string]any) bool {
			return device["c8y_Configuration"].(map[string]any)["config"] == "a=1"
		}},
		{"configuration, please", "c8y_Linux", map[string]any{"c8y_SendConfiguration": map[string]any{}}, "SUCCESSFUL", func(_, device map[string]any) bool {
			return strings.Contains(device["c8y_Configuration"].(map[string]any)["config"].(string), "[bridge]")
		}},
		{
			"configuration that the device does not have", "c8y_Linux",
			map[string]any{"c8y_DownloadConfigFile": map[string]any{"type": "x.conf", "url": "https://x.example"}},
			"FAILED",
			func(op, _ map[string]any) bool {
				return op["failureReason"] == `configuration "x.conf" is unknown to this device`
			},
		},
		{"service", "c8y_Linux", map[string]any{"c8y_ServiceCommand": map[string]any{"command": "STOP", "serviceName": "mosquitto"}}, "SUCCESSFUL", nil},
		{
			"service that is not there", "c8y_Linux",
			map[string]any{"c8y_ServiceCommand": map[string]any{"command": "STOP", "serviceName": "x"}},
			"FAILED",
			func(op, _ map[string]any) bool { return op["failureReason"] == "systemctl: Unit x.service not found" },
		},
		{"message", "hv_Telematics", map[string]any{"c8y_Message": map[string]any{"text": "hi"}}, "SUCCESSFUL", func(_, device map[string]any) bool {
			return device["c8y_Message"].(map[string]any)["text"] == "hi"
		}},
		{"not supported", "hv_Telematics", map[string]any{"c8y_RelayArray": []any{"OPEN"}}, "FAILED", func(op, _ map[string]any) bool {
			return op["failureReason"] == "operation c8y_RelayArray is not supported by this device"
		}},
		{"nothing that a device knows", "c8y_Linux", map[string]any{"description": "do something"}, "FAILED", func(op, _ map[string]any) bool {
			return op["failureReason"] == "the operation has no fragment that the agent knows"
		}},
		{"log without attachments", "c8y_Linux", map[string]any{"c8y_LogfileRequest": map[string]any{"logFile": "syslog"}}, "FAILED", nil},
		{"profile", "c8y_Linux", map[string]any{"profileName": "Winter", "profileId": "5", "c8y_DeviceProfile": map[string]any{
			"firmware": map[string]any{"version": "5.0"}, "software": []any{map[string]any{"name": "thin-edge", "version": "2", "action": "install"}},
		}}, "SUCCESSFUL", func(_, device map[string]any) bool {
			return device["c8y_Profile"].(map[string]any)["profileName"] == "Winter" && device["c8y_Firmware"].(map[string]any)["version"] == "5.0"
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			// One in eight fails for a reason of its own, by id: so several are tried, and one has to go as it should.
			var last map[string]any
			live(t, fleet.Options{Devices: 40, Past: -1}, 20*time.Minute, func(m *memory) {
				device := m.find(t, tt.kind)
				for range 4 {
					tt.op["deviceId"] = device
					id, err := m.CreateOperation(tt.op)
					if err != nil {
						t.Fatal(err)
					}
					time.Sleep(2 * time.Minute)
					synctest.Wait()
					m.Lock()
					n, _ := strconv.Atoi(id)
					last = copied(m.operations[n])
					after := copied(m.objects[device])
					m.Unlock()
					if last["status"] == tt.status && (tt.check == nil || tt.check(last, after)) {
						return
					}
				}
				t.Errorf("never went as expected, at last: %v", last)
			})
		})
	}
}

// archive is a tenant whose events can have attachments.
type archive struct {
	*memory
	files map[string]string
}

func (a archive) Attach(event, name, mediaType string, content []byte) (string, error) {
	a.files[name] = string(content)
	return "https://tenant.example/event/events/" + event + "/binaries", nil
}

func TestUploads(t *testing.T) {
	a := archive{newMemory(), map[string]string{}}
	synctest.Test(t, func(t *testing.T) {
		f, err := fleet.Settle(a, fleet.Options{Devices: 40, Past: -1})
		if err != nil {
			t.Fatal(err)
		}
		device := a.find(t, "c8y_Linux")
		for _, op := range []map[string]any{
			{"c8y_LogfileRequest": map[string]any{"logFile": "syslog", "maximumLines": 10}},
			{"c8y_UploadConfigFile": map[string]any{"type": "mosquitto.conf"}},
		} {
			op["deviceId"] = device
			if _, err := a.CreateOperation(op); err != nil {
				t.Fatal(err)
			}
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		f.Run(ctx)
	})
	for _, op := range a.operations[:2] {
		if op["status"] != "SUCCESSFUL" {
			t.Errorf("not done: %v", op)
		}
	}
	request, _ := a.operations[0]["c8y_LogfileRequest"].(map[string]any)
	if url, _ := request["file"].(string); !strings.HasSuffix(url, "/binaries") || request["logFile"] != "syslog" {
		t.Errorf("the log's place is missing: %v", request)
	}
	if lines := strings.Count(a.files["syslog.log"], "\n"); lines != 10 {
		t.Errorf("%d lines of log, 10 were asked for", lines)
	}
	if !strings.Contains(a.files["mosquitto.conf"], "keepalive") {
		t.Errorf("uploaded %q", a.files)
	}
}

// Operations for a device that is away wait, and are carried out when it returns; stubborn devices never fetch theirs. All
// others come to an end.
func TestOperationsReachTheirEnd(t *testing.T) {
	m := live(t, fleet.Options{Devices: 160, Past: time.Hour, Speed: 4}, 20*time.Minute, nil)
	waiting := map[string]int{}
	for _, op := range m.operations {
		if status := op["status"].(string); status == "PENDING" || status == "EXECUTING" {
			waiting[m.agent(op["deviceId"].(string))]++
		}
	}
	for agent, n := range waiting {
		name := m.objects[agent]["name"]
		connection, _ := m.objects[agent]["c8y_Connection"].(map[string]any)
		t.Logf("%d operations wait for %v, %v", n, name, connection)
	}
	if len(waiting) < 5 || len(waiting) > 14 {
		t.Errorf("operations wait for %d agents, want a few for each reason there is", len(waiting))
	}
}

// What somebody deletes while the fleet lives is left alone.
func TestDeletedDevicesAreLeftAlone(t *testing.T) {
	m := live(t, fleet.Options{Devices: 30, Past: -1}, 30*time.Minute, func(m *memory) {
		time.Sleep(5*time.Minute + time.Second)
		synctest.Wait()
		m.Lock()
		defer m.Unlock()
		clear(m.objects)
		m.diary = nil
	})
	if n := count(m.diary, "CreateMeasurement"); n > 60 {
		t.Errorf("%d attempts to measure with devices that are gone", n)
	}
}

// forgetful is a tenant in which somebody deletes every alarm as soon as it is raised.
type forgetful struct{ *memory }

func (f forgetful) UpdateAlarm(id string, _ map[string]any) error {
	f.Lock()
	defer f.Unlock()
	f.note("UpdateAlarm", id)
	return errGone
}

func TestDeletedAlarmsDoNotSilenceDevices(t *testing.T) {
	o := fleet.Options{Devices: 60, Past: -1, Speed: 10}
	usual := newMemory()
	usual.terse = true
	strange := forgetful{newMemory()}
	strange.terse = true
	liveIn(t, usual, usual, o, 6*time.Minute, nil)
	liveIn(t, strange, strange.memory, o, 6*time.Minute, nil)
	if count(strange.diary, "UpdateAlarm") == 0 {
		t.Error("no alarm was to be cleared")
	}
	if a, b := count(usual.diary, "CreateMeasurement"), count(strange.diary, "CreateMeasurement"); a != b {
		t.Errorf("%d measurements, but %d where alarms are deleted", a, b)
	}
}

// nobody is a tenant that does nothing, to measure what the fleet itself costs.
type nobody struct{ ids []string }

func (nobody) CreateObject(map[string]any) (string, error)                       { return "1", nil }
func (nobody) UpdateObject(string, map[string]any) error                         { return nil }
func (nobody) AddChild(string, string, string) error                             { return nil }
func (nobody) AddIdentity(string, string, string) error                          { return nil }
func (nobody) CreateMeasurement(string, string, time.Time, map[string]any) error { return nil }
func (nobody) CreateAlarm(map[string]any) (string, error)                        { return "1", nil }
func (nobody) UpdateAlarm(string, map[string]any) error                          { return nil }
func (nobody) CreateEvent(map[string]any) (string, error)                        { return "1", nil }
func (nobody) CreateOperation(map[string]any) (string, error)                    { return "1", nil }
func (nobody) UpdateOperation(string, map[string]any) error                      { return nil }
func (nobody) PendingOperations(string) []map[string]any                         { return nil }
func (nobody) Heartbeat(string)                                                  {}
func (nobody) OnOperation(func(map[string]any))                                  {}
func (n nobody) LoadMeasurements(fleet.History) error                            { return nil }
func (n nobody) LoadObjects(objects []fleet.Object) ([]string, error) {
	return n.ids[:len(objects)], nil
}

func BenchmarkSettle(b *testing.B) {
	ids := make([]string, 1024)
	for _, n := range []int{240, 100_000} {
		b.Run(time.Duration(n).String(), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := fleet.Settle(nobody{ids}, fleet.Options{Devices: n, Now: monday()}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
