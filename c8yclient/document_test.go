package c8yclient_test

import (
	"encoding/json"
	"errors"
	"maps"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/go-json-experiment/json/jsontext"

	"c8yx/c8yclient"
)

const device = `{"id":"4711","name":"Pump 7","type":"c8y_Linux","owner":"device_SN-1","self":"https://acme.example/inventory/managedObjects/4711",
 "creationTime":"2026-02-01T08:00:00.000Z","lastUpdated":"2026-02-02T09:30:00.123+01:00",
 "c8y_IsDevice":{},"c8y_Big":12345678901234567890.10,"c8y_Notes":"a\"b\\\u0041\ud83d\ude00","c8y_\u0041":[1, {"x" : null}],"c8y_Null":null,
 "childDevices":{"self":"https://acme.example/inventory/managedObjects/4711/childDevices","count":1,"references":[
    {"self":"s","managedObject":{"id":"4712","name":"Sensor","c8y_X":1}}]},
 "childAssets":{"self":"a","references":[]},"c8y_Availability":{"status":"AVAILABLE","lastMessage":"2026-02-02T09:30:00.000Z"}}`

// equalJSON compares documents by content, numbers by their digits.
func equalJSON(t *testing.T, a, b []byte) bool {
	t.Helper()
	parse := func(text []byte) any {
		decoder := json.NewDecoder(strings.NewReader(string(text)))
		decoder.UseNumber()
		var v any
		if err := decoder.Decode(&v); err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		return v
	}
	return reflect.DeepEqual(parse(a), parse(b))
}

func TestDocumentRoundTrip(t *testing.T) {
	mo, err := c8yclient.DecodeDocument[c8yclient.ManagedObject](jsontext.Value(device))
	if err != nil {
		t.Fatal(err)
	}
	if mo.ID != "4711" || mo.Name != "Pump 7" || !mo.IsDevice() || mo.IsAgent() || *mo.ChildDevices.Count != 1 ||
		mo.ChildDevices.References[0].ManagedObject.Name != "Sensor" {
		t.Errorf("%+v", mo)
	}
	if _, offset := mo.LastUpdated.Zone(); offset != 3600 {
		t.Errorf("the zone is lost: %v", mo.LastUpdated)
	}
	encoded, err := c8yclient.EncodeDocument(mo)
	if err != nil {
		t.Fatal(err)
	}
	// The links in the blocks, and blocks that say nothing, are not kept.
	want := strings.NewReplacer(`"self":"https://acme.example/inventory/managedObjects/4711/childDevices",`, ``,
		`{"self":"s","managedObject"`, `{"managedObject"`, `"childAssets":{"self":"a","references":[]},`, ``).Replace(device)
	if !equalJSON(t, encoded, []byte(want)) {
		t.Errorf("encoded as\n%s", encoded)
	}
	for _, literal := range []string{"12345678901234567890.10", `"2026-02-01T08:00:00.000Z"`} {
		if !strings.Contains(string(encoded), literal) {
			t.Errorf("%s is written differently in\n%s", literal, encoded)
		}
	}
}

func TestFragments(t *testing.T) {
	mo, err := c8yclient.DecodeDocument[c8yclient.ManagedObject](jsontext.Value(device))
	if err != nil {
		t.Fatal(err)
	}
	type availability struct {
		Status      string    `json:"status"`
		LastMessage time.Time `json:"lastMessage"`
	}
	if a, ok := c8yclient.FragmentAs[availability](mo, "c8y_Availability"); !ok || a.Status != "AVAILABLE" || a.LastMessage.IsZero() {
		t.Errorf("availability %+v, %v", a, ok)
	}
	if notes, ok := c8yclient.FragmentAs[string](mo, "c8y_Notes"); !ok || notes != "a\"b\\A😀" {
		t.Errorf("notes %q, %v", notes, ok)
	}
	if _, ok := c8yclient.FragmentAs[int](mo, "c8y_Notes"); ok {
		t.Error("a text was read as a number")
	}
	if raw, ok := mo.Fragment("c8y_A"); !ok || !equalJSON(t, raw, []byte(`[1,{"x":null}]`)) {
		t.Errorf("a fragment with an escaped name: %s, %v", raw, ok)
	}
	if !mo.HasFragment("c8y_Null") || mo.HasFragment("name") || mo.HasFragment("x") || mo.HasFragment("") {
		t.Error("HasFragment is wrong")
	}
	names := maps.Collect(mo.AllFragments())
	if len(names) != 6 || string(names["c8y_Null"]) != "null" {
		t.Errorf("fragments %v", names)
	}

	copied := *mo
	if err := copied.SetFragment("c8y_Notes", "new"); err != nil {
		t.Fatal(err)
	}
	if err := copied.SetFragment(`odd "name"`, map[string]time.Time{"at": time.Unix(0, 1e6).UTC()}); err != nil {
		t.Fatal(err)
	}
	copied.DeleteFragment("c8y_Null")
	copied.DeleteFragment("missing")
	if raw, _ := copied.Fragment("c8y_Notes"); string(raw) != `"new"` {
		t.Errorf("c8y_Notes is %s", raw)
	}
	if raw, _ := copied.Fragment(`odd "name"`); string(raw) != `{"at":"1970-01-01T00:00:00.001Z"}` {
		t.Errorf("odd name is %s", raw)
	}
	if copied.HasFragment("c8y_Null") || !mo.HasFragment("c8y_Null") {
		t.Error("DeleteFragment is wrong, or changed the original")
	}
	if raw, _ := mo.Fragment("c8y_Notes"); string(raw) == `"new"` {
		t.Error("SetFragment changed the original")
	}
	if err := copied.SetFragment("bad", make(chan int)); err == nil {
		t.Error("a channel was encoded")
	}
	var empty c8yclient.Document
	empty.DeleteFragment("x")
	if empty.Fragments != nil || empty.HasFragment("x") {
		t.Error("the empty document is not empty")
	}
}

// One odd document must not hide two thousand good ones.
func TestOddDocuments(t *testing.T) {
	client, _ := newClient(t, answer(200, `{"managedObjects":[
		{"id":1,"name":"number as id"},
		null,
		{"id":"2","name":{"de":"Pumpe"},"lastUpdated":"yesterday","c8y_A":1},
		{"id":"3","creationTime":"2026-02-01T08:00:00.000+0100","lastUpdated":"2026-02-01","childDevices":"none"},
		{"id":"4","name":"a","name":"b","c8y_\ud800":1},
		{"id":"5","name":null,"creationTime":null,"childAssets":null}
	],"statistics":{"totalPages":"many"}}`))
	page, err := client.Inventory.Page(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(page.Items) != 5 {
		t.Fatalf("%d items", len(page.Items))
	}
	items := page.Items
	if items[0].ID != "1" || items[0].Name != "number as id" {
		t.Errorf("%+v", items[0])
	}
	if name, _ := items[1].Fragment("name"); string(name) != `{"de":"Pumpe"}` || items[1].Name != "" || !items[1].HasFragment("c8y_A") ||
		!items[1].HasFragment("lastUpdated") || !items[1].LastUpdated.IsZero() {
		t.Errorf("%+v", items[1])
	}
	if _, offset := items[2].CreationTime.Zone(); offset != 3600 || items[2].LastUpdated.Day() != 1 || !items[2].HasFragment("childDevices") {
		t.Errorf("%+v", items[2])
	}
	if items[3].Name != "b" || items[4].ID != "5" {
		t.Errorf("%+v, %+v", items[3], items[4])
	}
	for _, item := range items {
		if _, err := c8yclient.EncodeDocument(item); err != nil {
			t.Errorf("item %s: %v", item.ID, err)
		}
	}
}

func TestDecodeDocumentErrors(t *testing.T) {
	for _, bad := range []string{``, `{`, `[]`, `"x"`, `{"id":"1"} x`} {
		if doc, err := c8yclient.DecodeDocument[c8yclient.Alarm](jsontext.Value(bad)); !errors.Is(err, c8yclient.ErrUnreadable) {
			t.Errorf("%q gives %+v, %v", bad, doc, err)
		}
	}
	operation, err := c8yclient.DecodeDocument[c8yclient.Operation](jsontext.Value(`{"id":"1","bulkOperationId":7}`))
	if err != nil || operation.BulkOperationID != "7" {
		t.Errorf("%+v, %v", operation, err)
	}
}

func TestLoginOptionsVary(t *testing.T) {
	client, srv := newClient(t, answer(200, `{"loginOptions":[
		{"id":"OAUTH2_INTERNAL","type":"oauth2_internal","enforceStrength":"true","strengthValidity":false,"visibleOnLoginPage":true,
		 "initRequest":"https://acme.example/tenant/oauth?tenant_id=t4711","sessionConfiguration":{"absoluteTimeoutMillis":1209600000}},
		{"id":"BASIC","type":"BASIC","grantType":null,"enforceStrength":null}]}`))
	options, err := client.LoginOptions.List(t.Context(), &c8yclient.LoginOptionsListOptions{TenantID: "t4711"})
	if err != nil {
		t.Fatal(err)
	}
	token, basic := options[0], options[1]
	if !token.Is(c8yclient.LoginToken) || !bool(token.EnforceStrength) || bool(token.StrengthValidity) || token.TenantID() != "t4711" ||
		token.Session.AbsoluteTimeoutMillis != 1209600000 {
		t.Errorf("%+v", token)
	}
	if !basic.Is(c8yclient.LoginBasic) || basic.TenantID() != "" {
		t.Errorf("%+v", basic)
	}
	if sent := srv.last(t); sent.Header.Get("Authorization") != "" || sent.Target != "/tenant/loginOptions?tenantId=t4711" {
		t.Errorf("sent %+v", sent)
	}
}

// FuzzDocument checks that nothing panics and that what was read can be read again.
func FuzzDocument(f *testing.F) {
	f.Add([]byte(device), "c8y_Notes")
	f.Add([]byte(`{"id":1,"name":[],"a":"\u0000"}`), "name")
	f.Fuzz(func(t *testing.T, data []byte, name string) {
		raw := c8yclient.Document{Fragments: data}
		_ = raw.HasFragment(name)
		mo, err := c8yclient.DecodeDocument[c8yclient.ManagedObject](data)
		if err != nil {
			return
		}
		encoded, err := c8yclient.EncodeDocument(mo)
		if err != nil {
			t.Fatalf("%s cannot be encoded: %v", data, err)
		}
		again, err := c8yclient.DecodeDocument[c8yclient.ManagedObject](encoded)
		if err != nil {
			t.Fatalf("%s became %s: %v", data, encoded, err)
		}
		if again.HasFragment(name) != mo.HasFragment(name) {
			t.Errorf("fragment %q was lost or found in %s", name, encoded)
		}
	})
}
