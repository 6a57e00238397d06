package demotest_test

import (
	"fmt"
	"net/http"
	"strings"

	"c8yx/demo"
	"c8yx/demo/demotest"
)

// raise is the code under test: a client that raises an alarm.
func raise(address, user, password, source string) error {
	alarm := `{"source":{"id":"` + source + `"},"type":"c8y_Leak","text":"It drips","severity":"MAJOR","time":"2026-11-23T17:00:00Z"}`
	request, err := http.NewRequest(http.MethodPost, address+"/alarm/alarms", strings.NewReader(alarm))
	if err != nil {
		return err
	}
	request.Header.Set("Content-Type", "application/json")
	request.SetBasicAuth(user, password)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	return response.Body.Close()
}

// A test of one's own client. Here t stands for the *testing.T that a test has.
func ExampleStart() {
	t := new(test)
	defer t.end()

	tenant := demotest.Start(t, demo.Options{Devices: -1}) // without a fleet
	pump := tenant.Create("/inventory/managedObjects", `{"name":"Pump","c8y_IsDevice":{}}`)

	if err := raise(tenant.URL, tenant.Admin.Name, tenant.Admin.Password, pump); err != nil {
		t.Fatalf("%v", err)
	}
	tenant.Settle() // the platform counts a little later
	fmt.Println(tenant.Do("GET", "/alarm/alarms/count?source="+pump, ""))
	fmt.Println(strings.Contains(tenant.Do("GET", "/inventory/managedObjects/"+pump, ""), `"major":1`))
	// Output:
	// 1
	// true
}
