package demo_test

import (
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"c8yx/demo"
)

// rows are the elements of a list of the default tenant, each as a text in which one can look for anything.
func (b *bench) rows(path, list string) []string {
	b.Helper()
	separator := "?"
	if strings.Contains(path, "?") {
		separator = "&"
	}
	a := b.get(path + separator + "pageSize=2000")
	elements, _ := a.at(list).([]any)
	if list == "" {
		elements, _ = a.at().([]any)
	}
	rows := make([]string, len(elements))
	for i, element := range elements {
		rows[i] = fmt.Sprint(element)
	}
	return rows
}

// Every list of the default tenant has rows, of every sort that there is.
func TestTheTenantLooksUsed(t *testing.T) {
	b := start(t, demo.Options{Devices: 240})
	agent := strings.Fields(b.get(objects+"?query="+`has(c8y_RemoteAccessList)`).all("managedObjects", "id"))
	if len(agent) != 3 {
		t.Fatalf("%d devices have remote access, want 3", len(agent))
	}
	for _, want := range []struct {
		path, list string
		least      int
		some       []string // each is in one of the rows
	}{
		{requests, "newDeviceRequests", 8, []string{"WAITING_FOR_CONNECTION", "PENDING_ACCEPTANCE", "BLOCKED", "ACCEPTED", "spare/gateway 7"}},
		{bulk + "?withDeleted=true", "bulkOperations", 6, []string{"generalStatus:SUCCESSFUL", "generalStatus:FAILED", "failedParentId", "generalStatus:CANCELED", "generalStatus:EXECUTING", "generalStatus:SCHEDULED"}},
		{"/inventory/binaries", "managedObjects", 20, []string{"application/pdf", "image/png", "length:67108864", "length:0 ", "name:../../etc/passwd"}},
		{"/audit/auditRecords", "auditRecords", 400, []string{"User login", "type:Alarm ", "type:Operation ", "type:BulkOperation", "type:Option", "type:Tenant ", "type:TrustedCertificates", "severity:MAJOR", "SUSPENDED"}},
		{"/user/t4711/users", "users", 20, []string{"森", "enabled:false", "delegatedBy:team"}},
		{"/user/t4711/groups", "groups", 9, []string{"rollout team", "auditors"}},
		{"/user/inventoryroles", "roles", 6, []string{"Station keeper"}},
		{"/user/t4711/users/j.wessels/roles/inventory", "inventoryAssignments", 2, []string{"Station keeper", "Operations: Restart Device"}},
		{"/tenant/options", "options", 18, []string{"<<Encrypted>>", "tariff.peak"}},
		{"/retention/retentions", "retentionRules", 7, []string{"editable:false", "c8y_LocationUpdate", "dataType:AUDIT"}},
		{"/tenant/tenants", "tenants", 4, []string{"status:SUSPENDED", "Aguas del Norte"}},
		{"/tenant/statistics?dateFrom=2000-01-01", "usageStatistics", 60, []string{"requestCount"}},
		{certificates, "certificates", 4, []string{"status:DISABLED", "Field Devices", "proofOfPossessionUnsignedVerificationCode"}},
		{"/tenant/loginOptions", "loginOptions", 2, []string{"BASIC", "OAUTH2_INTERNAL"}},
		{"/service/remoteaccess/devices/" + agent[0] + "/configurations", "", 3, []string{"SSH", "VNC", "PASSTHROUGH"}},
		{"/notification2/subscriptions", "subscriptions", 5, []string{"context:tenant", "context:mo", "nonPersistent:true", "fragmentsToCopy"}},
		{"/features", "", 6, []string{"strategy:TENANT", "strategy:DEFAULT"}},
		{"/application/applications", "applications", 8, []string{"EXTERNAL", "HOSTED", "MICROSERVICE", "1.6.0"}},
		{objects + "?query=" + `has(c8y_Status)`, "managedObjects", 2, []string{"status:Up", "status:Unhealthy"}},
		{objects + "?fragmentType=c8y_IsDynamicGroup", "managedObjects", 3, nil},
		{objects + "?type=c8y_Firmware", "managedObjects", 5, nil},
		{objects + "?type=c8y_Software", "managedObjects", 5, nil},
		{objects + "?type=c8y_ConfigurationDump", "managedObjects", 3, nil},
		{"/alarm/alarms?status=ACTIVE&type=hv_BusStation01Lost", "alarms", 1, nil},
	} {
		rows := b.rows(want.path, want.list)
		if len(rows) < want.least {
			t.Errorf("%s: %d rows, want %d", want.path, len(rows), want.least)
		}
		for _, some := range want.some {
			if !slices.ContainsFunc(rows, func(row string) bool { return strings.Contains(row, some) }) {
				t.Errorf("%s: nothing with %q", want.path, some)
			}
		}
	}
}

// Whoever owns a device has an account, and the statistics of the weeks before fit what the devices send today.
func TestDevicesAndTheirUse(t *testing.T) {
	b := start(t, demo.Options{Devices: 120})
	accounts := strings.Fields(b.get("/user/t4711/users?onlyDevices=true&pageSize=2000").all("users", "userName"))
	if len(accounts) == 0 || slices.ContainsFunc(accounts, func(name string) bool { return !strings.HasPrefix(name, "device_") }) {
		t.Errorf("accounts %s", accounts)
	}
	for _, owner := range strings.Fields(b.get(objects+"?fragmentType=c8y_IsDevice&pageSize=2000").all("managedObjects", "owner")) {
		if !slices.Contains(accounts, owner) {
			t.Errorf("%s has no account", owner)
		}
	}
	sent := 0
	for _, kind := range []string{"/measurement/measurements", "/event/events", "/alarm/alarms"} {
		n, _ := strconv.Atoi(b.get(kind+"?pageSize=1&withTotalElements=true").text("statistics", "totalElements"))
		sent += n // in about a day
	}
	days := b.get("/tenant/statistics?pageSize=100&dateFrom=2000-01-01").at("usageStatistics").([]any)
	for _, day := range days[:len(days)-1] {
		day := day.(map[string]any)
		requests, _ := strconv.Atoi(fmt.Sprint(day["requestCount"]))
		ofDevices, _ := strconv.Atoi(fmt.Sprint(day["deviceRequestCount"]))
		if requests < sent/4 || requests > 2*sent || ofDevices > requests {
			t.Errorf("%v: %d requests, %d of devices, which have sent %d in the last day", day["day"], requests, ofDevices, sent)
		}
	}
}

// A failed bulk operation has failed for several reasons, and was tried again with those that failed.
func TestBulkOperationsOfThePast(t *testing.T) {
	b := start(t, demo.Options{Devices: 240})
	list := b.get(bulk)
	failed, retried := list.text("bulkOperations", 1, "progress", "failed"), list.text("bulkOperations", 2, "progress", "all")
	if failed == "0" || failed != retried {
		t.Errorf("%s failed, %s were tried again", failed, retried)
	}
	reasons := strings.Count(string(b.get("/devicecontrol/operations?status=FAILED&pageSize=100&bulkOperationId="+list.text("bulkOperations", 1, "id")).body), `"failureReason"`)
	if fmt.Sprint(reasons) != failed {
		t.Errorf("%d of %s failures have a reason", reasons, failed)
	}
}

// What is too large to be kept can be read all the same, as a whole and from the middle.
func TestLargeFiles(t *testing.T) {
	b := start(t, demo.Options{Devices: 10})
	id := ""
	for _, row := range b.get("/inventory/binaries?pageSize=100").at("managedObjects").([]any) {
		if file := row.(map[string]any); file["name"] == "edgebox-os-4.9.3-full.img" {
			id = file["id"].(string)
		}
	}
	part := b.with("Range", "bytes=67108000-").want(206, "GET", "/inventory/binaries/"+id, nil)
	if len(part.body) != 864 || part.Header.Get("Content-Range") != "bytes 67108000-67108863/67108864" {
		t.Errorf("%d bytes, %s", len(part.body), part.Header.Get("Content-Range"))
	}
	request, err := http.NewRequestWithContext(t.Context(), "GET", b.server.URL+"/inventory/binaries/"+id, nil)
	if err != nil {
		t.Fatal(err)
	}
	request.SetBasicAuth("admin", "demo-Admin.1")
	response, err := b.server.Client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if n, err := io.Copy(io.Discard, response.Body); n != 64<<20 || err != nil {
		t.Errorf("%d bytes, %v", n, err)
	}
}

// A device whose data an application sends measures and counts as unavailable.
func TestSilentButSending(t *testing.T) {
	b := start(t, demo.Options{Devices: 120})
	sending := 0
	for _, row := range b.get(objects + "?pageSize=100&query=" + `c8y_Availability.status+eq+'UNAVAILABLE'+and+has(com_cumulocity_model_Agent)`).at("managedObjects").([]any) {
		device := row.(map[string]any)
		last := b.get(measurements+"?pageSize=1&revert=true&dateFrom=1970-01-01&source="+device["id"].(string)).text("measurements", 0, "time")
		heard := fmt.Sprint(device["c8y_Availability"].(map[string]any)["lastMessage"])
		at, _ := time.Parse(time.RFC3339, last)
		if before, _ := time.Parse(time.RFC3339, heard); last != "" && at.Sub(before) > 24*time.Hour && time.Since(at) < time.Hour {
			sending++
		}
	}
	if sending == 0 {
		t.Error("no device sends and is unavailable")
	}
}
