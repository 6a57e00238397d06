package cmd

import (
	"slices"
	"strings"
	"testing"

	"c8yx/c8yclient"
	"c8yx/cmd/story"
	"c8yx/session"
	"c8yx/views"
	"c8yx/views/tenant"
)

// empties are the lists that are empty in a tenant without devices, one that holds nothing but Pump 7 (here
// ID), or are so for what they are asked; and why, with what would fill them.
var empties = []struct{ place, why string }{
	{"groups", "This tenant has no groups. n makes one; A in the list of devices puts devices into it."},
	{"groups?type=x", "No group answers to this query. groups lists all that there are."},
	{"devices?type=x", "No device answers to this query. devices lists all that there are."},
	{"objects?type=x", "No object answers to this query. objects lists all that there are."},
	{"alarms", "No alarm is active or acknowledged here. alarms?status=all shows cleared ones too."},
	{"alarms?status=all", "No alarm answers to this. Devices raise them, n raises one by hand, and retention rules remove what is old."},
	{"talkers", "No alarm is active or acknowledged here, so nobody talks. talkers?status=all counts cleared ones too."},
	{"events", "No event within the last 7d. last=90d or last=all asks for more. Devices send them, and n makes one."},
	{"events?last=all", "No event answers to this. Devices send them, and n makes one."},
	{"operations", "No operation within the last 7d. last=90d or last=all asks for more. o tells devices what to do"},
	{"find", "Type what you look for after the colon: an id, a name, a serial number"},
	{"find?what=unknown", "Nothing in this tenant is called unknown: no id, name, serial number"},
	{"bulkoperations", "There are no bulk operations. One gives every device of a group the same operation"},
	{"bulkfailures", "Failures are those of one bulk operation: F in the list of these."},
	{"bulkfailures?bulk=1", "None of its operations has failed."},
	{"devicerequests", "No device is being registered. Announce one, or many from a file, then start them"},
	{"files", "There are no files. Firmware, software, logs and whatever is uploaded stands here: n uploads one."},
	{"usedby", "Users are those of one file: W in the list of files."},
	{"usedby?file=ID", "Nothing in the inventory"},
	{"users?username=unknown", "No user answers to this. n makes one; users lists all that there are."},
	{"users?devices=true", "No device has a user yet: they come with registration."},
	{"assignments", "Whose roles? Open them from a user, or write assignments?user=NAME."},
	{"assignments?user=nobody", "The user has no roles for parts of the inventory. n gives some, for a group or a device."},
	{"members", "Whose members? Open a global role, or write members?role=ID."},
	{"members?role=3", "Nobody has this role. n gives it to users."},
	{"applications?name=unknown", "No application answers to this. n makes one; applications lists all that there are."},
	{"versions", "Versions are those of one application: versions?application=ID."},
	{"logs", "A log is that of one microservice: logs?application=ID."},
	{"audit?user=unknown", "No audit record within the last 7d."},
	{"subscriptions", "There are no subscriptions. They make the platform keep news for programs outside"},
	{"follow", "One follows one subscription: follow?subscription=NAME."},
	{"certificates", "No certificate is trusted. Devices that sign in with certificates need the one of their authority here."},
	{"accessmappings", "Mappings are those of one login option: accessmappings?option=ID."},
	{"accessmappings?option=BASIC", "Nobody gets anything by signing in so. A new mapping says who gets what."},
	{"externalids", "The platform lists external ids object by object: externalids?source=ID."},
	{"externalids?source=ID", "It has no external id, so that a device behind it could not find itself again."},
	{"timeline", "A timeline is that of one object: timeline?source=ID."},
	{"timeline?source=ID", "Nothing within the last 7d. last=90d or last=all asks for more. Alarms, events, operations and changes"},
	{"installed", "Software is that of one device: installed?device=ID."},
	{"installed?device=ID", "The device does not tell what is installed"},
	{"deviceconfigurations", "Configurations are those of one device: deviceconfigurations?device=ID."},
	{"deviceconfigurations?device=ID", "The device"},
	{"deviceuser", "The user is that of one device: deviceuser?device=ID."},
	{"remoteaccess", "The platform lists them device by device: remoteaccess?device=ID."},
	{"remoteaccess?device=ID", "Nothing of this device can be reached through the platform. A new configuration says what can."},
	{"accessmappings", "Mappings are those of one login option: accessmappings?option=ID."},
	{"jobs", "No job has been started in this session. Mark several things of a list and do something with them."},
	{"transfers", "Nothing is on its way. Downloads, uploads and exports stand here."},
	{"firmware", "The repository holds no firmware. What is put into it can be installed on devices by operations."},
	{"firmwareversions", "Versions are those of one item: firmwareversions?of=ID."},
	{"firmwareversions?of=ID", "It has no version yet, so that there is nothing that a device could install."},
	{"software", "The repository holds no software."},
	{"softwareversions", "Versions are those of one item: softwareversions?of=ID."},
	{"softwareversions?of=ID", "It has no version yet"},
	{"configurations", "The repository holds no configurations."},
	{"journal", "Nothing was written to the tenant in this session."},
	{"measurements/ID", "This device has never sent a measurement. The first one appears here as soon as it arrives."},
	{"devices", "This tenant has no devices yet. They appear here as soon as one is registered: devicerequests."},
	{"tree", "This tenant has no groups and no devices yet. They appear here as soon as there are some."},
}

// everFull are the places that hold something in any tenant.
var everFull = []string{
	"overview", "objects", "me", "users", "roles", "inventoryroles", "permissions", "rolematrix", "applications", "options", "systemoptions", "features",
	"tenants", "usage", "audit", "retention", "loginoptions", "device", "inspect", "requests",
}

// TestStoryOfEmptyLists: a list with nothing in it says why, and what would fill it; every place is in the table
// of those, or among those that are never empty.
func TestStoryOfEmptyLists(t *testing.T) {
	t.Parallel()
	client, err := c8yclient.New("http://demo.example")
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range views.NewExplorer(tenant.New(client, session.Profile{})).Entries() {
		asked := slices.ContainsFunc(empties, func(e struct{ place, why string }) bool {
			return strings.FieldsFunc(e.place, func(r rune) bool { return r == '?' || r == '/' })[0] == entry.Name
		})
		if !asked && !slices.Contains(everFull, entry.Name) {
			t.Errorf("nobody looks at an empty %s", entry.Name)
		}
	}
	tell(t, story.Options{Place: "overview", Tenant: bare}, func(s *story.Story) {
		id, path := pump(s)
		for _, e := range empties {
			if e.place == "devices" {
				s.Tenant.Delete(path)
			}
			s.Open(strings.Replace(e.place, "ID", id, 1))
			s.DontSee("Reading ")
			screen := strings.ReplaceAll(s.Screen(), "│", "") // the rule before the pane
			if said := strings.Join(strings.Fields(screen), " "); !strings.Contains(said, e.why) {
				t.Errorf("%s does not say %q:\n%s", e.place, e.why, s.Screen())
			}
		}
	})
}
