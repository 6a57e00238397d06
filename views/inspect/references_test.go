package inspect

import "testing"

func TestReferences(t *testing.T) {
	for _, tc := range []struct{ document, path, value, want string }{
		{"/alarm/alarms/9", "source.id", "4711", "device/4711"},
		{"/alarm/alarms", "alarms[3].source.id", "4711", "device/4711"},
		{"/alarm/alarms/9", "id", "9", ""},
		{"/devicecontrol/operations/5", "deviceId", "4711", "device/4711"},
		{"/devicecontrol/operations/5", "bulkOperationId", "7", "inspect/devicecontrol/bulkoperations/7"},
		{"/devicecontrol/bulkoperations/5", "groupId", "200", "device/200"},
		{"/devicecontrol/bulkoperations/5", "failedParentId", "4", "inspect/devicecontrol/bulkoperations/4"},
		{"/inventory/managedObjects/1", "childDevices.references[0].managedObject.id", "12", "device/12"},
		{"/inventory/managedObjects/1", "owner", "device_SN-7", "inspect/user/t4711/users/device_SN-7"},
		{"/inventory/managedObjects/1", "owner", "", ""},
		{"/inventory/managedObjects/1", "self", "https://x/inventory/managedObjects/1", "inspect/inventory/managedObjects/1"},
		{"/inventory/managedObjects/1", "c8y_Firmware.url", "https://x/inventory/binaries/88", "inspect/inventory/managedObjects/88"},
		{"/inventory/managedObjects/1", "c8y_Firmware.url", "https://elsewhere.example/fw.bin", ""},
		{"/inventory/managedObjects", "next", "https://x/inventory/managedObjects?pageSize=5&currentPage=2", "inspect/inventory/managedObjects?currentPage=2&pageSize=5"},
		{"/alarm", "alarmsForSource", "https://x/alarm/alarms?source={source}", ""},
		{"/audit/auditRecords/1", "user", "jane", "inspect/user/t4711/users/jane"},
		{"/user/t4711/users/jane", "groups.references[0].group.id", "2", "inspect/user/t4711/groups/2"},
		{"/user/t4711/users/jane", "roles.references[0].role.id", "ROLE_ALARM_READ", "inspect/user/roles/ROLE_ALARM_READ"},
		{"/user/t4711/users/jane/roles/inventory/1", "managedObject", "200", "device/200"},
		{"/tenant/currentTenant", "applications.references[0].application.id", "7", "inspect/application/applications/7"},
		{"/identity/externalIds/c8y_Serial/SN", "externalId", "SN-0815", "find?what=SN-0815"},
		{"/identity/externalIds/c8y_Serial/SN", "managedObject.id", "33", "device/33"},
		{"/event/events/1", "text", "4711", ""},
	} {
		got := ""
		if p, _, ok := reference(tc.document, tc.path, tc.value, "t4711"); ok {
			got = p.String()
		}
		if got != tc.want {
			t.Errorf("%s %s = %q leads to %q, want %q", tc.document, tc.path, tc.value, got, tc.want)
		}
	}
}
