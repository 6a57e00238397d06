package cmd

import (
	"regexp"
	"strings"
	"testing"

	"c8yx/keys"
)

// writesShown names, for every action that writes, the story in which it does: by its identifier or, where each kind of
// thing has its own, by its title.
func writesShown() map[string]string {
	return map[string]string{
		"user.roles": "TestStoryOfWhoHasWhichRole", "user.password": "TestStoryOfAUsersLife", "user.tfa": "TestStoryOfAUsersLife",
		"user.logoutall": "TestStoryOfAUsersLife", "user.enable": "TestStoryOfAUserWithoutAPhone", "user.revoketotp": "TestStoryOfAUsersLife",
		"role.permissions": "TestStoryOfTheMatrixWritten",
		"me.password":      "TestStoryOfOneself", "me.totp": "TestStoryOfOneself", "me.revoketotp": "TestStoryOfOneself",
		"request.accept": "TestStoryOfAnAcceptedDevice", "request.token": "TestStoryOfManyDevices", "request.many": "TestStoryOfManyDevices",
		"file.replace":   "TestStoryOfFilesAndTalkers",
		"device.operate": "TestStoryOfTellingDevicesWhatToDo", "operation.operate": "TestStoryOfTellingDevicesWhatToDo",
		"device.bulk": "TestStoryOfABulkOperation", "group.operate": "TestStoryOfABulkOperation",
		"bulk.cancel": "TestStoryOfABulkOperation", "bulk.retry": "TestStoryOfABulkOperation",
		"device.assign": "TestStoryOfGroupsAndWhatIsInThem", "tree.move": "TestStoryOfGroupsAndWhatIsInThem",
		"tree.takeout": "TestStoryOfGroupsAndWhatIsInThem", "tree.newgroup": "TestStoryOfGroupsAndWhatIsInThem",
		"feature.toggle":    "TestStoryOfOptions",
		"alarm.acknowledge": "TestStoryOfAMorning", "alarm.clear": "TestStoryOfAMorning", "alarm.activate": "TestStoryOfANewAlarm", "alarm.severity": "TestStoryOfASeverity",
		"subscription.follow":   "TestStoryOfASubscription",
		"application.subscribe": "TestStoryOfApplications", "application.unsubscribe": "TestStoryOfApplications",
		"application.upload": "TestStoryOfAnApplication", "version.activate": "TestStoryOfAnApplication",
		"certificate.enable": "TestStoryOfCertificates", "certificate.register": "TestStoryOfCertificates", "certificate.prove": "TestStoryOfCertificates",
		"login.restrict": "TestStoryOfSingleSignOn",
		"tenant.suspend": "TestStoryOfTenants", "tenant.activate": "TestStoryOfTenants",
		"event.upload": "TestStoryOfAnUpload", "operation.cancel": "TestStoryOfOperations", "operation.retry": "TestStoryOfOperations",

		// Some are shown by being refused: the platform does not delete an alarm, and what an external id or a subscription
		// is cannot be changed.
		"New access mapping": "TestStoryOfSingleSignOn", "Edit the access mapping": "TestStoryOfSingleSignOn", "Delete the access mapping": "TestStoryOfSingleSignOn",
		"New application": "TestStoryOfAnApplication",
		"New certificate": "TestStoryOfCertificates", "Edit the certificate": "TestStoryOfCertificates", "Delete the certificate": "TestStoryOfCertificates",
		"New configuration": "TestStoryOfADevicesConnections", "Edit the configuration": "TestStoryOfADevicesConnections", "Delete the configuration": "TestStoryOfADevicesConnections",
		"New device request": "TestStoryOfAnAcceptedDevice",
		"New event":          "TestStoryOfAnEvent", "Edit the event": "TestStoryOfAnEvent", "Delete the event": "TestStoryOfAnEvent",
		"New external id": "TestStoryOfADevicesConnections", "Edit the external id": "TestStoryOfADevicesConnections", "Delete the external id": "TestStoryOfADevicesConnections",
		"New firmware": "TestStoryOfARepository", "Edit the firmware": "TestStoryOfARepository", "Delete the firmware": "TestStoryOfARepository",
		"New software": "TestStoryOfARepository", "Edit the software": "TestStoryOfARepository", "Delete the software": "TestStoryOfARepository",
		"New version": "TestStoryOfARepository", "Edit the version": "TestStoryOfARepository", "Delete the version": "TestStoryOfARepository",
		"New global role": "TestStoryOfRoles", "Edit the global role": "TestStoryOfRoles", "Delete the global role": "TestStoryOfRoles",
		"New inventory role": "TestStoryOfRoles", "Edit the inventory role": "TestStoryOfRoles", "Delete the inventory role": "TestStoryOfRoles",
		"New option": "TestStoryOfOptions", "Edit the option": "TestStoryOfOptions", "Delete the option": "TestStoryOfOptions",
		"New retention rule": "TestStoryOfRetention", "Edit the retention rule": "TestStoryOfRetention", "Delete the retention rule": "TestStoryOfRetention",
		"New subscription": "TestStoryOfASubscription", "Edit the subscription": "TestStoryOfASubscription", "Delete the subscription": "TestStoryOfASubscription",
		"New tenant": "TestStoryOfTenants", "Edit the tenant": "TestStoryOfTenants", "Delete the tenant": "TestStoryOfTenants",
		"New user": "TestStoryOfAUsersLife", "Edit the user": "TestStoryOfAUsersLife", "Delete the user": "TestStoryOfAUsersLife",
		"New alarm": "TestStoryOfANewAlarm", "Edit the alarm": "TestStoryOfANewAlarm", "Delete the alarm": "TestStoryOfANewAlarm",
		"Edit the login option": "TestStoryOfSingleSignOn", "Delete the login option": "TestStoryOfSingleSignOn",
		"Edit the group": "TestStoryOfObjectsAndGroups", "Delete the group": "TestStoryOfObjectsAndGroups",
		"Edit the object": "TestStoryOfObjectsAndGroups", "Delete the object": "TestStoryOfObjectsAndGroups",
		"New device":           "TestStoryOfObjectsAndGroups",
		"Edit the application": "TestStoryOfApplications", "Delete the application": "TestStoryOfAnApplication",
		"Delete the device request": "TestStoryOfADeviceWithASlash", "Edit the device": "TestStoryOfAForm", "Delete the device": "TestStoryOfDeletingADevice",
		"Edit": "TestStoryOfWritingInTheTree", "Delete": "TestStoryOfWritingInTheTree",
		"Edit your profile":                      "TestStoryOfOneself",
		"Give roles for a part of the inventory": "TestStoryOfWhoHasWhichRole", "Give the role to users": "TestStoryOfWhoHasWhichRole",
		"New bulk operation": "TestStoryOfABulkOperation", "New operation": "TestStoryOfOperations",
		"Upload a file": "TestStoryOfFilesAndTalkers", "Delete the file": "TestStoryOfFilesAndTalkers",
		"Upload an archive, as a version or alone": "TestStoryOfAnApplication",
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
		if story := shown[what]; !tests[story] {
			t.Errorf("%q writes and is shown by no story: %q", what, story)
		}
	}
	for what := range shown {
		if !there[what] {
			t.Errorf("%q is offered nowhere", what)
		}
	}
}
