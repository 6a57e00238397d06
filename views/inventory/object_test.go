package inventory

import (
	"slices"
	"testing"
	"time"

	"github.com/go-json-experiment/json/jsontext"

	"c8yx/c8yclient"
	"c8yx/views/show"
)

func decoded(t *testing.T, document string) *object {
	t.Helper()
	m, err := c8yclient.DecodeDocument[c8yclient.ManagedObject](jsontext.Value(document))
	if err != nil {
		t.Fatal(err)
	}
	return newObject(m)
}

func TestObjectsAreWhatTheirFragmentsSay(t *testing.T) {
	for _, tc := range []struct {
		document string
		kind     kind
		children int
		hidden   bool
	}{
		{`{"id":"1","c8y_IsDevice":{}}`, device, noNumber, false},
		{`{"id":"1","c8y_IsDeviceGroup":{},"childAssets":{"count":3},"childDevices":{"count":1},"childAdditions":{"count":0}}`, group, 4, false},
		{`{"id":"1","c8y_IsDeviceGroup":{},"childAssets":{"count":3}}`, group, noNumber, false},
		{`{"id":"1","c8y_IsDynamicGroup":{},"childAssets":{"count":0}}`, smartGroup, noNumber, false},
		{`{"id":"1","c8y_IsDynamicGroup":{"invisible":{}},"c8y_DeviceQueryString":17}`, smartGroup, noNumber, true},
		{`{"id":"1","c8y_IsDynamicGroup":"yes","c8y_IsDeviceGroup":{}}`, smartGroup, noNumber, false},
		{`{"id":"1","type":"c8y_Service","status":{"up":true}}`, service, noNumber, false},
		{`{"id":"1","type":"c8y_Dashboard","childAssets":"none"}`, asset, noNumber, false},
		{`{}`, asset, noNumber, false},
	} {
		o := decoded(t, tc.document)
		if o.kind != tc.kind || o.children() != tc.children || o.hidden != tc.hidden {
			t.Errorf("%s: kind %d, %d children, hidden %v", tc.document, o.kind, o.children(), o.hidden)
		}
	}
}

// A page that was asked for before a live message came, and arrives after it,
// must not bring the old state back.
func TestALiveMessageOutlivesAnOlderAnswer(t *testing.T) {
	now := time.Now()
	o := decoded(t, `{"id":"1","name":"new","c8y_IsDevice":{}}`)
	o.heard = now
	answer := `{"id":"1","name":"old","c8y_IsDevice":{},"childAssets":{"count":2}}`
	o.update(decoded(t, answer), now.Add(-time.Second))
	if o.Name != "new" || o.counts[0] != 2 {
		t.Errorf("after an older answer: %q with %d assets", o.Name, o.counts[0])
	}
	o.update(decoded(t, answer), now.Add(time.Second))
	if o.Name != "old" {
		t.Errorf("after a newer answer: %q", o.Name)
	}
}

func TestChildrenStandInTheOrderOfPeople(t *testing.T) {
	var children []link
	add := func(r relation, k kind, name string) {
		o := &object{kind: k, Device: show.Device{ID: name, Name: name}}
		children = append(children, link{r, o})
	}
	add(top, branch, "loose")
	add(addition, service, "agent")
	add(member, device, "Press 10")
	add(behind, device, "Adapter")
	add(member, device, "press 2")
	add(top, smartGroup, "Alarming")
	add(member, group, "Zone")
	var names []string
	for _, e := range sorted(children) {
		names = append(names, e.name)
	}
	want := []string{"Zone", "Alarming", "press 2", "Press 10", "Adapter", "agent", "loose"}
	if !slices.Equal(names, want) {
		t.Errorf("got %q, want %q", names, want)
	}
}
