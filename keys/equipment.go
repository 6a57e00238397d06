package keys

// What can be done with registrations and with files.
var (
	RequestAccept  = Action{ID: "request.accept", Title: "Accept the device", Hint: "accept", Keys: []string{"a"}, Context: Requests, Many: true, Writes: true, Needs: []string{"ROLE_DEVICE_CONTROL_ADMIN"}}
	RequestToken   = Action{ID: "request.token", Title: "Accept the device with its security token", Hint: "accept with token", Keys: []string{"A"}, Context: Requests, Writes: true, Needs: []string{"ROLE_DEVICE_CONTROL_ADMIN"}}
	RequestMany    = Action{ID: "request.many", Title: "Register many devices from a file…", Hint: "register many", Keys: []string{"N"}, Context: Requests, Writes: true, Needs: []string{"ROLE_DEVICE_CONTROL_ADMIN"}}
	FileDownload   = Action{ID: "file.download", Title: "Download…", Hint: "download", Keys: []string{"d"}, Context: Files, Many: true, Needs: []string{"ROLE_INVENTORY_READ", "ROLE_BINARY_READ"}}
	FileUsed       = Action{ID: "file.used", Title: "Used by?", Hint: "used by", Keys: []string{"W"}, Context: Files, Needs: []string{"ROLE_INVENTORY_READ"}}
	AlarmTalkers   = Action{ID: "alarm.talkers", Title: "Top talkers: who raises most of these", Hint: "top talkers", Keys: []string{"T"}, Context: Alarms, Needs: []string{"ROLE_ALARM_READ"}}
	AlarmHistory   = Action{ID: "alarm.history", Title: "History of the alarm", Hint: "history", Keys: []string{"H"}, Context: Alarms, Needs: []string{"ROLE_AUDIT_READ"}}
	FileReplace    = Action{ID: "file.replace", Title: "Replace the content…", Hint: "replace", Keys: []string{"R"}, Context: Files, Writes: true, Needs: []string{"ROLE_INVENTORY_ADMIN", "ROLE_BINARY_ADMIN"}}
	DeviceOperate  = Action{ID: "device.operate", Title: "Operate: tell the device what to do…", Hint: "operate", Keys: []string{"o"}, Context: Devices, Many: true, Writes: true, Needs: []string{"ROLE_DEVICE_CONTROL_ADMIN"}}
	DeviceBulk     = Action{ID: "device.bulk", Title: "Bulk operation for the marked devices…", Hint: "bulk operation", Keys: []string{"B"}, Context: Devices, Many: true, Writes: true, Needs: []string{"ROLE_BULK_OPERATION_ADMIN"}}
	DeviceAssign   = Action{ID: "device.assign", Title: "Assign to a group…", Hint: "assign", Keys: []string{"A"}, Context: Devices, Many: true, Writes: true, Needs: []string{"ROLE_INVENTORY_ADMIN", "ROLE_MANAGED_OBJECT_ADMIN"}}
	TreeMove       = Action{ID: "tree.move", Title: "Move to another group…", Hint: "move", Keys: []string{"M"}, Context: Trees, Writes: true, Needs: []string{"ROLE_INVENTORY_ADMIN", "ROLE_MANAGED_OBJECT_ADMIN"}}
	TreeTakeOut    = Action{ID: "tree.takeout", Title: "Take out of the group", Hint: "take out", Keys: []string{"-"}, Context: Trees, Writes: true, Needs: []string{"ROLE_INVENTORY_ADMIN", "ROLE_MANAGED_OBJECT_ADMIN"}}
	TreeNewGroup   = Action{ID: "tree.newgroup", Title: "New group here…", Hint: "new group", Keys: []string{"+"}, Context: Trees, Writes: true, Needs: []string{"ROLE_INVENTORY_ADMIN", "ROLE_MANAGED_OBJECT_ADMIN"}}
	GroupOperate   = Action{ID: "group.operate", Title: "Tell every device of the group what to do…", Hint: "operate", Keys: []string{"o"}, Context: Groups, Writes: true, Needs: []string{"ROLE_BULK_OPERATION_ADMIN"}}
	OperationNew   = Action{ID: "operation.operate", Title: "Operate: tell the device what to do…", Hint: "operate", Keys: []string{"o"}, Context: Operations, Writes: true, Needs: []string{"ROLE_DEVICE_CONTROL_ADMIN"}}
	BulkPause      = Action{ID: "bulk.pause", Title: "Pause the bulk operation", Hint: "pause", Keys: []string{"P"}, Context: BulkOperations, Many: true, Writes: true, Needs: []string{"ROLE_BULK_OPERATION_ADMIN"}}
	BulkBegin      = Action{ID: "bulk.begin", Title: "Let the bulk operation begin", Hint: "begin", Keys: []string{"A"}, Context: BulkOperations, Many: true, Writes: true, Needs: []string{"ROLE_BULK_OPERATION_ADMIN"}}
	BulkCancel     = Action{ID: "bulk.cancel", Title: "Cancel the bulk operation", Hint: "cancel", Keys: []string{"X"}, Context: BulkOperations, Many: true, Writes: true, Destroys: true, Needs: []string{"ROLE_BULK_OPERATION_ADMIN"}}
	BulkFailures   = Action{ID: "bulk.failures", Title: "Failed ones by reason", Hint: "failures", Keys: []string{"F"}, Context: BulkOperations, Needs: []string{"ROLE_DEVICE_CONTROL_READ"}}
	BulkRetry      = Action{ID: "bulk.retry", Title: "Retry the failed ones", Hint: "retry failed", Keys: []string{"R"}, Context: BulkOperations, Writes: true, Needs: []string{"ROLE_BULK_OPERATION_ADMIN"}}
	UserEnable     = Action{ID: "user.enable", Title: "Enable the user, or disable", Hint: "enable/disable", Keys: []string{"E"}, Context: Users, Many: true, Writes: true, Needs: []string{"ROLE_USER_MANAGEMENT_ADMIN"}}
	UserRevokeTOTP = Action{ID: "user.revoketotp", Title: "Revoke the second factor", Hint: "revoke TFA", Keys: []string{"R"}, Context: Users, Many: true, Writes: true, Destroys: true, Needs: []string{"ROLE_USER_MANAGEMENT_ADMIN"}}
	FeatureToggle  = Action{ID: "feature.toggle", Title: "Switch the feature on or off", Hint: "on/off", Keys: []string{"E"}, Context: Options, Writes: true, Needs: []string{"ROLE_TENANT_MANAGEMENT_ADMIN"}}
)

func equipment() []Action {
	return []Action{
		RequestAccept, RequestToken, RequestMany, FileDownload, FileReplace, FileUsed, AlarmTalkers, AlarmHistory,
		DeviceOperate, DeviceBulk, DeviceAssign, TreeMove, TreeTakeOut, TreeNewGroup, GroupOperate, OperationNew, BulkPause, BulkBegin, BulkCancel, BulkFailures, BulkRetry, UserEnable, UserRevokeTOTP, FeatureToggle,
	}
}
