package keys

// What can be done with registrations and with files.
var (
	RequestAccept  = Action{ID: "request.accept", Title: "Accept the device", Hint: "accept", Keys: []string{"a"}, Context: Requests, Many: true, Writes: true, Needs: []string{"ROLE_DEVICE_CONTROL_ADMIN"}}
	RequestToken   = Action{ID: "request.token", Title: "Accept the device with its security token", Hint: "accept with token", Keys: []string{"A"}, Context: Requests, Writes: true, Needs: []string{"ROLE_DEVICE_CONTROL_ADMIN"}}
	RequestMany    = Action{ID: "request.many", Title: "Register many devices from a file…", Hint: "register many", Keys: []string{"N"}, Context: Requests, Writes: true, Needs: []string{"ROLE_DEVICE_CONTROL_ADMIN"}}
	FileDownload   = Action{ID: "file.download", Title: "Download…", Hint: "download", Keys: []string{"d"}, Context: Files, Needs: []string{"ROLE_INVENTORY_READ", "ROLE_BINARY_READ"}}
	FileReplace    = Action{ID: "file.replace", Title: "Replace the content…", Hint: "replace", Keys: []string{"R"}, Context: Files, Writes: true, Needs: []string{"ROLE_INVENTORY_ADMIN", "ROLE_BINARY_ADMIN"}}
	BulkCancel     = Action{ID: "bulk.cancel", Title: "Cancel the bulk operation", Hint: "cancel", Keys: []string{"X"}, Context: BulkOperations, Many: true, Writes: true, Destroys: true, Needs: []string{"ROLE_BULK_OPERATION_ADMIN"}}
	BulkRetry      = Action{ID: "bulk.retry", Title: "Retry the failed ones", Hint: "retry failed", Keys: []string{"R"}, Context: BulkOperations, Writes: true, Needs: []string{"ROLE_BULK_OPERATION_ADMIN"}}
	UserEnable     = Action{ID: "user.enable", Title: "Enable the user, or disable", Hint: "enable/disable", Keys: []string{"E"}, Context: Users, Many: true, Writes: true, Needs: []string{"ROLE_USER_MANAGEMENT_ADMIN"}}
	UserRevokeTOTP = Action{ID: "user.revoketotp", Title: "Revoke the second factor", Hint: "revoke TFA", Keys: []string{"R"}, Context: Users, Many: true, Writes: true, Destroys: true, Needs: []string{"ROLE_USER_MANAGEMENT_ADMIN"}}
	FeatureToggle  = Action{ID: "feature.toggle", Title: "Switch the feature on or off", Hint: "on/off", Keys: []string{"E"}, Context: Options, Writes: true, Needs: []string{"ROLE_TENANT_MANAGEMENT_ADMIN"}}
)

func equipment() []Action {
	return []Action{
		RequestAccept, RequestToken, RequestMany, FileDownload, FileReplace,
		BulkCancel, BulkRetry, UserEnable, UserRevokeTOTP, FeatureToggle,
	}
}
