package demo_test

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"c8yx/demo"
)

// The company that comes with the tenant is there, and it lives.
func TestTheCompanyLives(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := start(t, demo.Options{Devices: 60, Life: true})
		count := func(path string) int {
			n, err := strconv.Atoi(b.get(path+"&pageSize=1&withTotalElements=true").text("statistics", "totalElements"))
			if err != nil {
				t.Fatal(err)
			}
			return n
		}
		if n := count(objects + "?fragmentType=c8y_IsDevice"); n < 55 || n > 65 {
			t.Errorf("%d devices, want about 60", n)
		}
		before := count(measurements + "?dateFrom=1970-01-01")
		if before == 0 || count(objects+"?query=type+eq+'c8y_DeviceGroup'") == 0 {
			t.Error("no groups or no past")
		}
		if a := b.get(objects + "?query=c8y_Availability.status+eq+'UNAVAILABLE'"); a.text("managedObjects", 0, "id") == "" {
			t.Error("every device is available")
		}
		time.Sleep(time.Minute)
		if n := count(measurements + "?dateFrom=1970-01-01"); n != before {
			t.Errorf("%d measurements arrived before Start", n-before)
		}
		b.tenant.Start(t.Context())
		time.Sleep(5 * time.Minute)
		if n := count(measurements + "?dateFrom=1970-01-01"); n <= before {
			t.Error("no measurement in five minutes")
		}
		agent := b.get(objects+"?query=has(com_cumulocity_model_Agent)+and+c8y_Availability.status+eq+'AVAILABLE'").text("managedObjects", 0, "id")
		operation := b.create("/devicecontrol/operations", `{"deviceId":"`+agent+`","description":"Restart","c8y_Restart":{}}`)
		time.Sleep(time.Hour)
		if got := b.get("/devicecontrol/operations/" + operation).text("status"); got == "PENDING" {
			t.Error("an available device has not fetched its operation within an hour")
		}
		b.tenant.Close()
		after := count(measurements + "?dateFrom=1970-01-01")
		time.Sleep(time.Hour)
		if n := count(measurements + "?dateFrom=1970-01-01"); n != after {
			t.Error("the company lives on after Close")
		}
	})
}

// Many clients mix everything; the race detector watches, and the tenant never answers with a defect.
func TestManyClients(t *testing.T) {
	b := start(t, demo.Options{Devices: 40, Settle: time.Millisecond})
	ids := make([]string, 8)
	for i := range ids {
		ids[i] = b.device("Pump "+strconv.Itoa(i), "com_cumulocity_model_Agent")
	}
	var clients sync.WaitGroup
	for n := range 8 {
		clients.Go(func() {
			random := rand.New(rand.NewPCG(1, uint64(n)))
			for range 60 {
				id, other := ids[random.IntN(len(ids))], ids[random.IntN(len(ids))]
				calls := [][3]string{
					{"GET", objects + "?pageSize=50&withChildren=true&withParents=true", ""},
					{"GET", objects + "?query=isinhierarchyof(" + id + ")%20$orderby=name", ""},
					{"PUT", objects + "/" + id, fmt.Sprintf(`{"n":%d}`, random.IntN(100))},
					{"POST", objects + "/" + id + "/childDevices", `{"managedObject":{"id":"` + other + `"}}`},
					{"DELETE", objects + "/" + id + "/childDevices/" + other, ""},
					{"POST", "/alarm/alarms", alarm(id, "t"+strconv.Itoa(random.IntN(3)), "MAJOR", "2026-02-02T09:30:00Z")},
					{"PUT", "/alarm/alarms?source=" + id, `{"status":"CLEARED"}`},
					{"GET", "/alarm/alarms?source=" + id + "&withSourceChildren=true", ""},
					{"POST", "/event/events", `{"source":{"id":"` + id + `"},"type":"t","text":"x"}`},
					{"DELETE", "/event/events?source=" + id, ""},
					{"POST", measurements, measurement(id, time.Now().UTC().Format(time.RFC3339Nano), `"f":{"a":{"value":1}}`)},
					{"GET", measurements + "/series?dateFrom=2020-01-01&dateTo=2100-01-01&source=" + id, ""},
					{"POST", "/devicecontrol/operations", `{"deviceId":"` + id + `","c8y_Restart":{}}`},
					{"GET", "/devicecontrol/operations?agentId=" + id, ""},
				}
				call := calls[random.IntN(len(calls))]
				if a := b.do(call[0], call[1], call[2]); a.StatusCode >= 500 {
					t.Errorf("%s %s: %d %s", call[0], call[1], a.StatusCode, a.body)
				}
			}
		})
	}
	clients.Wait()
}
