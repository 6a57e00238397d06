package demo_test

import (
	"bytes"
	"strings"
	"testing"

	"c8yx/demo"
)

func TestSavedTenantsComeBack(t *testing.T) {
	b := start(t, demo.Options{Devices: 30})
	b.want(200, "POST", "/tenant/options", `{"category":"c","key":"k","value":"<v>"}`)
	gone := b.device("gone")
	device := b.create(objects, `{"name":"Pump <7>","type":"c8y_Linux","c8y_IsDevice":{}}`)
	b.want(204, "DELETE", objects+"/"+gone, nil)
	b.want(201, "POST", "/identity/globalIds/"+device+"/externalIds", `{"type":"c8y_Serial","externalId":"SN-7"}`)
	b.want(201, "POST", "/measurement/measurements", `{"source":{"id":"`+device+`"},"type":"t","time":"2026-02-02T10:00:00+01:00","f":{"s":{"value":1.50}}}`)
	b.want(201, "POST", "/devicecontrol/newDeviceRequests", `{"id":"SN-8"}`)
	b.want(201, "POST", "/user/t4711/users", `{"userName":"jane","email":"j@x.example","password":"Demo-Jane.1"}`)
	binary := b.submit(201, "POST", "/inventory/binaries", "file:x.bin=content").text("id")
	b.tenant.Settle()
	var first, second bytes.Buffer
	if err := b.tenant.Save(&first); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(first.String(), `"Pump <7>"`) {
		t.Error("documents do not keep their spelling")
	}

	other := start(t, demo.Options{})
	if err := other.tenant.Load(bytes.NewReader(first.Bytes())); err != nil {
		t.Fatal(err)
	}
	if err := other.tenant.Save(&second); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(first.Bytes(), second.Bytes()) {
		a, b := strings.Split(first.String(), "\n"), strings.Split(second.String(), "\n")
		for i := range min(len(a), len(b)) {
			if a[i] != b[i] {
				t.Fatalf("line %d\n%.500s\nbecame\n%.500s", i+1, a[i], b[i])
			}
		}
		t.Fatalf("%d lines became %d", len(a), len(b))
	}
	for _, path := range []string{
		objects + "?pageSize=2000&withChildren=true", "/alarm/alarms?pageSize=100", "/identity/externalIds/c8y_Serial/SN-7", "/tenant/options/c",
		"/measurement/measurements?source=" + device, "/devicecontrol/newDeviceRequests", "/application/applications", "/inventory/binaries/" + binary,
		"/user/t4711/users?pageSize=100", objects + "/" + device + "/supportedSeries",
	} {
		if want, got := b.get(path).body, other.get(path).body; !bytes.Equal(want, got) {
			t.Errorf("%s\n%.300s\nbecame\n%.300s", path, want, got)
		}
	}
	other.as("jane:Demo-Jane.1").want(403, "GET", "/alarm", nil)
	if a, b := b.device("next"), other.device("next"); a != b {
		t.Errorf("the next id is %s, was %s", b, a)
	}
}

// The tenants below come along, if anybody has been there; the others are made as ever.
func TestSavedTenantsComeBackWithThoseBelow(t *testing.T) {
	b := start(t, demo.Options{Devices: 30})
	below := b.as("t47111/admin:demo-Admin.1")
	device := below.device("Pump of plant 2")
	below.want(204, "DELETE", objects+"/"+below.device("gone"), nil)
	below.want(201, "POST", "/user/t47111/users", `{"userName":"joe","email":"j@x.example","password":"Demo-Joe.1"}`)
	b.tenant.Settle()
	var first, second bytes.Buffer
	if err := b.tenant.Save(&first); err != nil {
		t.Fatal(err)
	}

	other := start(t, demo.Options{})
	otherBelow := other.as("t47111/admin:demo-Admin.1")
	otherBelow.device("replaced")
	if err := other.tenant.Load(bytes.NewReader(first.Bytes())); err != nil {
		t.Fatal(err)
	}
	if err := other.tenant.Save(&second); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(first.Bytes(), second.Bytes()) {
		t.Error("what was loaded is saved as something else")
	}
	for _, path := range []string{
		objects + "?pageSize=2000&withChildren=true", objects + "/" + device, "/alarm/alarms?pageSize=100", "/application/applications?pageSize=100", "/user/t47111/users?pageSize=100",
		"/tenant/currentTenant",
	} {
		if want, got := below.get(path).body, otherBelow.get(path).body; !bytes.Equal(want, got) {
			t.Errorf("%s\n%.300s\nbecame\n%.300s", path, want, got)
		}
	}
	if a, b := below.device("next"), otherBelow.device("next"); a != b {
		t.Errorf("the next id is %s, was %s", b, a)
	}
	if n := len(other.as("t47112/xtrevino:demo-Admin.1").get(objects + "?pageSize=5&fragmentType=c8y_IsDevice").at("managedObjects").([]any)); n != 5 {
		t.Errorf("a tenant that nobody has asked for begins with %d devices", n)
	}
}

func TestLoadRefuses(t *testing.T) {
	b := start(t, demo.Options{})
	device := b.device("stays")
	const (
		head   = `{"kind":"tenant","version":1,"tenant":"t4711"}` + "\n"
		plants = head + `{"kind":"shelf","shelf":"tenants"}{"kind":"document","shelf":"tenants","key":"t47111","document":{"domain":"x"}}`
		plant2 = `{"kind":"subtenant","version":1,"tenant":"t47111"}`
	)
	for name, text := range map[string]string{
		"nothing":          ``,
		"no JSON":          `hello`,
		"no tenant first":  `{"kind":"option","category":"c","key":"k"}`,
		"two tenants":      head + head,
		"another tenant":   `{"kind":"tenant","version":1,"tenant":"t1"}`,
		"another version":  `{"kind":"tenant","version":2,"tenant":"t4711"}`,
		"unknown kind":     head + `{"kind":"cake"}`,
		"no document":      head + `{"kind":"managedObject","id":2000}`,
		"an id twice":      head + strings.Repeat(`{"kind":"event","id":300000,"document":{}}`, 2),
		"an absurd id":     head + `{"kind":"event","id":300000,"document":{}}{"kind":"event","id":9000000000000000000,"document":{}}`,
		"a child too few":  head + `{"kind":"managedObject","id":2000,"document":{},"children":{"childDevices":[7]}}`,
		"no such relation": head + `{"kind":"managedObject","id":2000,"document":{},"children":{"friends":[2000]}}`,
		"no such shelf":    head + `{"kind":"document","shelf":"x","key":"1","document":{}}`,
		"no such tenant":   plants + `{"kind":"subtenant","version":1,"tenant":"t47112"}`,
		"itself below":     plants + `{"kind":"subtenant","version":1,"tenant":"t4711"}`,
		"another format":   plants + `{"kind":"subtenant","version":2,"tenant":"t47111"}`,
		"one below twice":  plants + plant2 + plant2,
		"only one below":   plant2,
		"a child below":    plants + plant2 + `{"kind":"managedObject","id":2000,"document":{},"children":{"childDevices":[7]}}`,
		"an empty user":    head + `{"kind":"user"}`,
		"an empty bulk":    head + `{"kind":"bulkOperation"}`,
		"an empty topic":   head + `{"kind":"notificationTopic"}`,
	} {
		if err := b.tenant.Load(strings.NewReader(text)); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	b.get(objects + "/" + device) // nothing has changed
}
