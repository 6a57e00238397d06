package demo_test

import (
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"

	"c8yx/demo"
)

// An empty tenant for a test of one's own client.
func ExampleNew() {
	tenant, err := demo.New(demo.Options{Devices: -1})
	if err != nil {
		log.Fatal(err)
	}
	defer tenant.Close()
	server := httptest.NewServer(tenant)
	defer server.Close()

	admin := tenant.Users()[0]
	request, _ := http.NewRequest("GET", server.URL+"/inventory/managedObjects/count", nil)
	request.SetBasicAuth(admin.Tenant+"/"+admin.Name, admin.Password)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		log.Fatal(err)
	}
	defer response.Body.Close()
	body, _ := io.ReadAll(response.Body)
	fmt.Println(response.Status, string(body))
	// Output: 200 OK 0
}
