package cmd

import (
	"regexp"
	"strings"
	"testing"

	"c8yx/keys"
)

// showing is how an action that writes is shown: a story in which the program sends a request for it that the tenant carries out, or one
// in which the user is told why it never can be.
type showing struct {
	story  string
	cause  string // how the program's own words begin for what the request is for
	shape  string // of the request: "PUT /alarm/alarms/{}", see [delivery.answers]
	reason string // that is seen instead: as much as stands in one line
}

func sends(story, cause, shape string) showing {
	return showing{story: story, cause: cause, shape: shape}
}

// refused is for what the API does not have: the action is there all the same, and says so.
func refused(story, reason string) showing { return showing{story: story, reason: reason} }

// writesShown names, for every action that writes, what shows it: by its identifier or, where each kind of thing has its own, by its title.
// One that does several things has a line for each, with a word in brackets.
func writesShown() map[string]showing {
	return map[string]showing{
		"user.roles":                             sends("TestStoryOfWhoHasWhichRole", "Give and take 2 global roles", "POST /user/{}/groups/{}/users"),
		"user.password":                          sends("TestStoryOfAUsersLife", "Reset the password", "PUT /user/{}/users/{}"),
		"user.tfa":                               sends("TestStoryOfAUsersLife", "Require a second factor, or no longer", "PUT /user/{}/users/{}"),
		"user.logoutall":                         sends("TestStoryOfAUsersLife", "Log everybody out", "POST /user/logout/{}/allUsers"),
		"user.enable":                            sends("TestStoryOfAUserWithoutAPhone", "Enable the user, or disable", "PUT /user/{}/users/{}"),
		"user.revoketotp":                        sends("TestStoryOfAUsersLife", "Revoke the second factor", "DELETE /user/{}/users/{}/totpSecret/revoke"),
		"role.permissions":                       sends("TestStoryOfRoles", "Grant and revoke 2 permissions", "POST /user/{}/groups/{}/roles"),
		"me.password":                            sends("TestStoryOfOneself", "Change your password", "PUT /user/currentUser/password"),
		"me.totp":                                sends("TestStoryOfOneself", "Set up an authenticator", "POST /user/currentUser/totpSecret/activity"),
		"me.revoketotp":                          refused("TestStoryOfOneself", "nobody revokes his own"),
		"request.accept":                         sends("TestStoryOfAnAcceptedDevice", "Accept the device", "PUT /devicecontrol/newDeviceRequests/{}"),
		"request.token":                          sends("TestStoryOfManyDevices", "Accept the device with its security token", "PUT /devicecontrol/newDeviceRequests/{}"),
		"request.many":                           sends("TestStoryOfManyDevices", "Register many devices", "POST /devicecontrol/bulkNewDeviceRequests"),
		"file.replace":                           sends("TestStoryOfFilesAndTalkers", "Upload · new content", "PUT /inventory/binaries/{}"),
		"device.operate":                         sends("TestStoryOfTellingDevicesWhatToDo", "Restart: 3 devices", "POST /devicecontrol/operations"),
		"operation.operate":                      sends("TestStoryOfTellingDevicesWhatToDo", "New operation", "POST /devicecontrol/operations"),
		"device.bulk":                            sends("TestStoryOfABulkOperation", "New bulk operation", "POST /devicecontrol/bulkoperations"),
		"group.operate":                          sends("TestStoryOfABulkOperation", "New bulk operation", "POST /devicecontrol/bulkoperations"),
		"bulk.pause":                             sends("TestStoryOfABulkOperation", "Pause the bulk operation", "PUT /devicecontrol/bulkoperations/{}"),
		"bulk.begin":                             sends("TestStoryOfABulkOperation", "Let the bulk operation begin", "PUT /devicecontrol/bulkoperations/{}"),
		"bulk.cancel":                            sends("TestStoryOfABulkOperation", "Cancel the bulk operation", "DELETE /devicecontrol/bulkoperations/{}"),
		"bulk.retry":                             sends("TestStoryOfABulkOperation", "Retry the failed ones", "POST /devicecontrol/bulkoperations"),
		"device.assign":                          sends("TestStoryOfGroupsAndWhatIsInThem", "Assign 2 objects", "POST /inventory/managedObjects/{}/childAssets"),
		"tree.move":                              sends("TestStoryOfGroupsAndWhatIsInThem", "Move ", "POST /inventory/managedObjects/{}/childAssets"),
		"tree.takeout":                           sends("TestStoryOfGroupsAndWhatIsInThem", "Take Press 7 out", "DELETE /inventory/managedObjects/{}/childAssets/{}"),
		"tree.newgroup":                          sends("TestStoryOfGroupsAndWhatIsInThem", "New group", "POST /inventory/managedObjects/{}/childAssets"),
		"feature.toggle":                         sends("TestStoryOfOptions", "Switch the feature on or off", "PUT /features/{}/by-tenant"),
		"alarm.acknowledge":                      sends("TestStoryOfAMorning", "Acknowledge", "PUT /alarm/alarms/{}"),
		"alarm.clear":                            sends("TestStoryOfManyAlarms", "Clear 3 alarms", "PUT /alarm/alarms/{}"),
		"alarm.activate":                         sends("TestStoryOfANewAlarm", "Set back to active", "PUT /alarm/alarms/{}"),
		"alarm.severity":                         sends("TestStoryOfASeverity", "Change the severity", "PUT /alarm/alarms/{}"),
		"subscription.follow":                    sends("TestStoryOfASubscription", "Follow ", "POST /notification2/token"),
		"application.subscribe":                  sends("TestStoryOfApplications", "Let a tenant use it", "POST /tenant/tenants/{}/applications"),
		"application.unsubscribe":                sends("TestStoryOfApplications", "End the use by a tenant", "DELETE /tenant/tenants/{}/applications/{}"),
		"application.upload":                     sends("TestStoryOfAnApplication", "Upload · archive", "POST /application/applications/{}/binaries"),
		"version.activate":                       sends("TestStoryOfAnApplication", "Serve this version", "PUT /application/applications/{}/versions/{}"),
		"certificate.enable":                     sends("TestStoryOfCertificates", "Trust the certificate, or no longer", "PUT /tenant/tenants/{}/trusted-certificates/{}"),
		"certificate.register":                   sends("TestStoryOfCertificates", "Register its devices, or no longer", "PUT /tenant/tenants/{}/trusted-certificates/{}"),
		"certificate.prove":                      sends("TestStoryOfCertificates", "Prove that its key is yours", "POST /tenant/tenants/{}/trusted-certificates-pop/{}/pop"),
		"login.restrict":                         sends("TestStoryOfARestrictedLoginOption", "Let only the management tenant change it", "PUT /tenant/loginOptions/{}/restrict"),
		"tenant.suspend":                         sends("TestStoryOfTenants", "Suspend: let nobody in", "PUT /tenant/tenants/{}"),
		"tenant.activate":                        sends("TestStoryOfTenants", "Activate: let everybody in again", "PUT /tenant/tenants/{}"),
		"event.upload":                           sends("TestStoryOfAnUpload", "Upload · attachment", "POST /event/events/{}/binaries"),
		"operation.cancel":                       sends("TestStoryOfOperations", "Cancel: set to failed", "PUT /devicecontrol/operations/{}"),
		"operation.retry":                        sends("TestStoryOfOperations", "Send again as a new operation", "POST /devicecontrol/operations"),
		"New access mapping":                     sends("TestStoryOfSingleSignOn", "New access mapping", "POST /tenant/loginOptions/{}/accessMappings"),
		"Edit the access mapping":                sends("TestStoryOfSingleSignOn", "Edit access mapping", "PUT /tenant/loginOptions/{}/accessMappings/{}"),
		"Delete the access mapping":              sends("TestStoryOfSingleSignOn", "Delete 1 access mapping", "DELETE /tenant/loginOptions/{}/accessMappings/{}"),
		"New application":                        sends("TestStoryOfAnApplication", "New application", "POST /application/applications"),
		"New certificate":                        sends("TestStoryOfCertificates", "New certificate", "POST /tenant/tenants/{}/trusted-certificates"),
		"Edit the certificate":                   sends("TestStoryOfCertificates", "Edit certificate", "PUT /tenant/tenants/{}/trusted-certificates/{}"),
		"Delete the certificate":                 sends("TestStoryOfCertificates", "Delete 1 certificate", "DELETE /tenant/tenants/{}/trusted-certificates/{}"),
		"New configuration":                      sends("TestStoryOfADevicesConnections", "New configuration", "POST /service/remoteaccess/devices/{}/configurations"),
		"Edit the configuration":                 sends("TestStoryOfADevicesConnections", "Edit configuration", "PUT /service/remoteaccess/devices/{}/configurations/{}"),
		"Delete the configuration":               sends("TestStoryOfADevicesConnections", "Delete 1 configuration", "DELETE /service/remoteaccess/devices/{}/configurations/{}"),
		"New device request":                     sends("TestStoryOfAnAcceptedDevice", "New device request", "POST /devicecontrol/newDeviceRequests"),
		"New event":                              sends("TestStoryOfAnEvent", "New event", "POST /event/events"),
		"Edit the event":                         sends("TestStoryOfAnEvent", "Edit event", "PUT /event/events/{}"),
		"Delete the event":                       sends("TestStoryOfAnEvent", "Delete 1 event", "DELETE /event/events/{}"),
		"New external id":                        sends("TestStoryOfADevicesConnections", "New external id", "POST /identity/globalIds/{}/externalIds"),
		"Edit the external id":                   refused("TestStoryOfADevicesConnections", "an external id is what it is"),
		"Delete the external id":                 sends("TestStoryOfADevicesConnections", "Delete 1 external id", "DELETE /identity/externalIds/{}/{}"),
		"New firmware":                           sends("TestStoryOfARepository", "New firmware", "POST /inventory/managedObjects"),
		"Edit the firmware":                      sends("TestStoryOfARepository", "Edit firmware", "PUT /inventory/managedObjects/{}"),
		"Delete the firmware":                    sends("TestStoryOfARepository", "Delete 1 firmware", "DELETE /inventory/managedObjects/{}"),
		"New software":                           sends("TestStoryOfARepository", "New software", "POST /inventory/managedObjects"),
		"Edit the software":                      sends("TestStoryOfARepository", "Edit software", "PUT /inventory/managedObjects/{}"),
		"Delete the software":                    sends("TestStoryOfARepository", "Delete 1 software", "DELETE /inventory/managedObjects/{}"),
		"New version":                            sends("TestStoryOfARepository", "New version", "POST /inventory/managedObjects/{}/childAdditions"),
		"Edit the version":                       sends("TestStoryOfARepository", "Edit version", "PUT /inventory/managedObjects/{}"),
		"Delete the version":                     sends("TestStoryOfARepository", "Delete 1 version", "DELETE /inventory/managedObjects/{}"),
		"New global role":                        sends("TestStoryOfRoles", "New global role", "POST /user/{}/groups"),
		"Edit the global role":                   sends("TestStoryOfRoles", "Edit global role", "PUT /user/{}/groups/{}"),
		"Delete the global role":                 sends("TestStoryOfRoles", "Delete 1 global role", "DELETE /user/{}/groups/{}"),
		"New inventory role":                     sends("TestStoryOfRoles", "New inventory role", "POST /user/inventoryroles"),
		"Edit the inventory role":                sends("TestStoryOfRoles", "Edit inventory role", "PUT /user/inventoryroles/{}"),
		"Delete the inventory role":              sends("TestStoryOfRoles", "Delete 1 inventory role", "DELETE /user/inventoryroles/{}"),
		"New option":                             sends("TestStoryOfOptions", "New option", "POST /tenant/options"),
		"Edit the option":                        sends("TestStoryOfOptions", "Edit option", "PUT /tenant/options/{}/{}"),
		"Delete the option":                      sends("TestStoryOfOptions", "Delete 1 option", "DELETE /tenant/options/{}/{}"),
		"New retention rule":                     sends("TestStoryOfRetention", "New retention rule", "POST /retention/retentions"),
		"Edit the retention rule":                sends("TestStoryOfRetention", "Edit retention rule", "PUT /retention/retentions/{}"),
		"Delete the retention rule":              sends("TestStoryOfRetention", "Delete 1 retention rule", "DELETE /retention/retentions/{}"),
		"New subscription":                       sends("TestStoryOfASubscription", "New subscription", "POST /notification2/subscriptions"),
		"Edit the subscription":                  refused("TestStoryOfASubscription", "the platform does not change subscriptions"),
		"Delete the subscription":                sends("TestStoryOfASubscription", "Delete 1 subscription", "DELETE /notification2/subscriptions/{}"),
		"New tenant":                             sends("TestStoryOfTenants", "New tenant", "POST /tenant/tenants"),
		"Edit the tenant":                        sends("TestStoryOfTenants", "Edit tenant", "PUT /tenant/tenants/{}"),
		"Delete the tenant":                      sends("TestStoryOfADeletedTenant", "Delete 1 tenant", "DELETE /tenant/tenants/{}"),
		"New user":                               sends("TestStoryOfAUsersLife", "New user", "POST /user/{}/users"),
		"Edit the user":                          sends("TestStoryOfAUsersLife", "Edit user", "PUT /user/{}/users/{}"),
		"Delete the user":                        sends("TestStoryOfAUsersLife", "Delete 1 user", "DELETE /user/{}/users/{}"),
		"New alarm":                              sends("TestStoryOfANewAlarm", "New alarm", "POST /alarm/alarms"),
		"Edit the alarm":                         sends("TestStoryOfANewAlarm", "Edit alarm", "PUT /alarm/alarms/{}"),
		"Delete the alarm":                       refused("TestStoryOfANewAlarm", "the platform does not delete single alarms; clear it"),
		"Edit the login option":                  sends("TestStoryOfSingleSignOn", "Edit login option", "PUT /tenant/loginOptions/{}"),
		"Delete the login option":                sends("TestStoryOfSingleSignOn", "Delete 1 login option", "DELETE /tenant/loginOptions/{}"),
		"New group":                              sends("TestStoryOfGroupsAndWhatIsInThem", "New group", "POST /inventory/managedObjects"),
		"Edit the group":                         sends("TestStoryOfObjectsAndGroups", "Edit group", "PUT /inventory/managedObjects/{}"),
		"Delete the group":                       sends("TestStoryOfObjectsAndGroups", "Delete 1 group", "DELETE /inventory/managedObjects/{}"),
		"Edit the object":                        sends("TestStoryOfObjectsAndGroups", "Edit object", "PUT /inventory/managedObjects/{}"),
		"Delete the object":                      sends("TestStoryOfObjectsAndGroups", "Delete 1 object", "DELETE /inventory/managedObjects/{}"),
		"New device":                             sends("TestStoryOfObjectsAndGroups", "New device", "POST /inventory/managedObjects"),
		"Edit the application":                   sends("TestStoryOfApplications", "Edit application", "PUT /application/applications/{}"),
		"Delete the application":                 sends("TestStoryOfAnApplication", "Delete 1 application", "DELETE /application/applications/{}"),
		"Delete the device request":              sends("TestStoryOfADeviceWithASlash", "Delete 1 device request", "DELETE /devicecontrol/newDeviceRequests/{}"),
		"Edit the device":                        sends("TestStoryOfAForm", "Edit device", "PUT /inventory/managedObjects/{}"),
		"Delete the device":                      sends("TestStoryOfDeletingADevice", "Delete 1 device", "DELETE /inventory/managedObjects/{}"),
		"Edit":                                   sends("TestStoryOfWritingInTheTree", "Edit group", "PUT /inventory/managedObjects/{}"),
		"Delete":                                 sends("TestStoryOfWritingInTheTree", "Delete 1 group", "DELETE /inventory/managedObjects/{}"),
		"Edit your profile":                      sends("TestStoryOfOneself", "Edit profile", "PUT /user/currentUser"),
		"Give roles for a part of the inventory": sends("TestStoryOfWhoHasWhichRole", "Give roles to", "POST /user/{}/users/{}/roles/inventory"),
		"Give the role to users":                 sends("TestStoryOfWhoHasWhichRole", "Give operators to", "POST /user/{}/groups/{}/users"),
		"New bulk operation":                     sends("TestStoryOfABulkOperation", "New bulk operation", "POST /devicecontrol/bulkoperations"),
		"New operation":                          sends("TestStoryOfOperations", "New operation", "POST /devicecontrol/operations"),
		"Upload a file":                          sends("TestStoryOfFilesAndTalkers", "Upload · as a new file", "POST /inventory/binaries"),
		"Delete the file":                        sends("TestStoryOfFilesAndTalkers", "Delete 1 file", "DELETE /inventory/binaries/{}"),
		"Upload an archive, as a version or alone": sends("TestStoryOfAnApplication", "Upload · archive", "POST /application/applications/{}/versions"),

		// What one action does in another way, or one title names of another kind.
		"role.permissions (revoked)":                       sends("TestStoryOfRoles", "Revoke ROLE_ALARM_ADMIN from night shift", "DELETE /user/{}/groups/{}/roles/{}"),
		"request.accept (many)":                            sends("TestStoryOfManyDevices", "Accept the device: 3 device requests", "PUT /devicecontrol/newDeviceRequests/{}"),
		"tree.move (out of the old group)":                 sends("TestStoryOfGroupsAndWhatIsInThem", "Move ", "DELETE /inventory/managedObjects/{}/childAssets/{}"),
		"event.upload (replaced)":                          sends("TestStoryOfAnUpload", "Upload · attachment", "PUT /event/events/{}/binaries"),
		"application.upload (a version)":                   sends("TestStoryOfAnApplication", "Upload · archive", "POST /application/applications/{}/versions"),
		"New access mapping (to inventory roles)":          sends("TestStoryOfSingleSignOn", "New access mapping", "POST /tenant/loginOptions/{}/inventoryAccessMappings"),
		"New configuration (repository)":                   sends("TestStoryOfARepository", "New configuration", "POST /inventory/managedObjects"),
		"Edit the configuration (repository)":              sends("TestStoryOfARepository", "Edit configuration", "PUT /inventory/managedObjects/{}"),
		"Delete the configuration (repository)":            sends("TestStoryOfARepository", "Delete 1 configuration", "DELETE /inventory/managedObjects/{}"),
		"Delete the version (of an application)":           sends("TestStoryOfAnApplication", "Delete 1 version", "DELETE /application/applications/{}/versions"),
		"Edit (a device)":                                  sends("TestStoryOfWritingInTheTree", "Edit device", "PUT /inventory/managedObjects/{}"),
		"Give the role to users (taken)":                   sends("TestStoryOfWhoHasWhichRole", "Take the role from", "DELETE /user/{}/groups/{}/users/{}"),
		"Give roles for a part of the inventory (changed)": sends("TestStoryOfWhoHasWhichRole", "Change the roles", "PUT /user/{}/users/{}/roles/inventory/{}"),
		"Give roles for a part of the inventory (taken)":   sends("TestStoryOfWhoHasWhichRole", "Take away", "DELETE /user/{}/users/{}/roles/inventory/{}"),
	}
}

// checkShown fails a story that has not shown what the table says: one request for each action, and reasons that were seen.
func checkShown(t *testing.T, story string, sent []delivery, seen func(string) bool) {
	t.Helper()
	type request struct{ cause, shape string }
	wanted := map[request]int{}
	for _, s := range writesShown() {
		switch {
		case s.story != story:
		case s.reason == "":
			wanted[request{s.cause, s.shape}]++
		case !seen(s.reason):
			t.Errorf("the story should see why it cannot be: %q", s.reason)
		}
	}
	for r, want := range wanted {
		got := 0
		for _, d := range sent {
			if d.answers(r.cause, r.shape) {
				got++
			}
		}
		if got < want {
			t.Errorf("the program should have sent %d × %s for “%s…”, but did %d times: %q", want, r.shape, r.cause, got, sent)
		}
	}
}

// checkWrites compares the actions that write, as the places offer them, with the stories. helps are the texts of the help.
func checkWrites(t *testing.T, helps []string) {
	t.Helper()
	shown, tests := writesShown(), testsOf(t)
	there := map[string]bool{}
	for _, a := range keys.All() {
		if a.Writes && a.ID != keys.New.ID && a.ID != keys.Edit.ID && a.ID != keys.Delete.ID {
			there[string(a.ID)] = true
		}
	}
	own := regexp.MustCompile(`(?:^|[ │])[enD] {11}((?:Edit|Delete|New|Upload|Give)\b.*?)(?:  | \(|…|│)`)
	for _, help := range helps {
		for line := range strings.Lines(help) {
			for _, m := range own.FindAllStringSubmatch(line, -1) {
				there[m[1]] = true
			}
		}
	}
	for what := range there {
		if s := shown[what]; !tests[s.story] {
			t.Errorf("%q writes and is shown by no story: %q", what, s.story)
		}
	}
	for what := range shown {
		if action, _, _ := strings.Cut(what, " ("); !there[action] {
			t.Errorf("%q is offered nowhere", what)
		}
	}
}
