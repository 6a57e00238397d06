package demo

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"c8yx/demo/store"
)

// What is found by looking at columns is what is found by looking at every object, in the same order; also after much has changed.
func TestScansFindWhatLookingFinds(t *testing.T) {
	tenant, err := New(Options{Devices: 150})
	if err != nil {
		t.Fatal(err)
	}
	defer tenant.Close()
	in := tenant.inventory
	ids := func(f found) (list []string) {
		for object := range f.objects {
			list = append(list, object.ID.String())
		}
		return list
	}
	queries := []string{
		``, `name eq '*7*'`, `name eq 'Press*'`, `has(c8y_IsDevice)`, `not(has(c8y_Firmware)) and has(c8y_IsDevice)`, `c8y_Availability.status eq 'UNAVAILABLE'`,
		`hasany(c8y_Mobile,c8y_Network.c8y_LAN)`, `creationTime.date gt '2024-01-01T00:00:00Z'`, `c8y_Availability.lastMessage.date lt '2099-01-01'`, `owner eq admin`,
		`text eq 'prensa'`, `text eq '"pumpe 1"'`, `isinhierarchyof(1004)`, `bygroupid(1006)`, `_id gt '1100' and _id le '1200'`, `c8y_SoftwareList.name eq 'mosquitto'`,
		`x.y eq 1`, `tags eq 'b'`, `nothing eq null and type eq hv_RoomSensor`, `$orderby=name`, `$filter=has(c8y_IsDevice) $orderby=name desc,id`, `$orderby=c8y_Hardware.serialNumber`,
		`$orderby=creationTime.date desc`, `$orderby=id desc`, `$orderby=c8y_SoftwareList.version,name`, `$filter=(c8y_ActiveAlarmsStatus.critical gt 0) $orderby=c8y_ActiveAlarmsStatus.major desc`,
	}
	classic := []string{
		"type=hv_RoomSensor", "owner=admin&fragmentType=c8y_IsDeviceGroup", "onlyRoots=true", "fragmentType=c8y_IsDevice&onlyRoots=true", "text=pumpe+1", "text=admin&type=c8y_DeviceGroup", "type=%22",
	}
	compare := func(t *testing.T) {
		t.Helper()
		for _, text := range queries {
			for _, devices := range []bool{false, true} {
				scanned, err := in.query(nil, text, devices, "")
				if err != nil {
					t.Fatal(err)
				}
				looked, err := in.query(in.store.All(), text, devices, "")
				if err != nil {
					t.Fatal(err)
				}
				if got, want := ids(scanned), ids(looked); !slices.Equal(got, want) {
					t.Errorf("%q of devices %v: %d are found, looking at each finds %d\n%v\n%v", text, devices, len(got), len(want), got, want)
				}
				if scanned.part == nil {
					continue
				}
				whole := ids(scanned)
				if some, total := scanned.part(2, 9); total != len(whole) || len(some) != len(whole[min(2, len(whole)):min(9, len(whole))]) {
					t.Errorf("%q: a part has %d of %d", text, len(some), total)
				}
			}
		}
		for _, text := range classic {
			request := httptest.NewRequest(http.MethodGet, "/inventory/managedObjects?"+text, nil)
			c := &call{r: request, query: request.URL.Query(), global: true}
			scanned, err := in.search(c)
			if err != nil {
				t.Fatal(err)
			}
			looked := filter(in.store.All(), in.classicTests(c))
			if words := c.query.Get("text"); words != "" {
				looked = in.byRelevance(looked, words)
			}
			if got, want := ids(scanned), ids(found{objects: looked}); !slices.Equal(got, want) {
				t.Errorf("%s: %v, looking at each finds %v", text, got, want)
			}
		}
	}
	t.Run("at first", compare)
	random := rand.New(rand.NewPCG(1, 1))
	for round := range 3 {
		for n := range 40 {
			id := store.ID(1001 + random.IntN(250))
			switch n % 5 {
			case 0:
				in.patch(id, fmt.Sprintf(`{"name":"Press 7%d","tags":["a","b"],"c8y_Availability":{"status":"UNAVAILABLE"}}`, n), tenant.now(), tenant.tell)
			case 1:
				in.patch(id, `{"c8y_IsDevice":null,"c8y_Hardware":{"serialNumber":"`+strings.Repeat("z", n)+`"},"x":[{"y":1}]}`, tenant.now(), tenant.tell)
			case 2:
				if object := in.object(id); object != nil {
					in.remove([]*store.Object{object}, tenant.tell)
				}
			case 3:
				_ = in.identify(id, store.ExternalID{Type: "t", Value: "pumpe " + url.QueryEscape(id.String())})
			case 4:
				if _, err := in.create(tenant.store.Shapes.Compact(`{"name":"new \"7\"","type":"\"","c8y_IsDevice":{},"x":{"y":1}}`), tenant.now(), tenant.now(), nil, tenant.tell); err != nil {
					t.Fatal(err)
				}
			}
		}
		t.Run(fmt.Sprint("changed ", round+1), compare)
	}
}
