package keys

// What can be done with a device, wherever it is shown.
var (
	DeviceAlarms       = Action{ID: "device.alarms", Title: "Alarms of the device", Hint: "alarms", Keys: []string{"a"}, Context: Devices, Needs: []string{"ROLE_ALARM_READ"}}
	DeviceMeasurements = Action{ID: "device.measurements", Title: "Measurements, of many side by side", Hint: "measurements", Keys: []string{"m"}, Context: Devices, Many: true, Needs: []string{"ROLE_MEASUREMENT_READ"}}
	DeviceEvents       = Action{ID: "device.events", Title: "Events of the device", Hint: "events", Keys: []string{"E"}, Context: Devices, Needs: []string{"ROLE_EVENT_READ"}}
	DeviceOperations   = Action{ID: "device.operations", Title: "Operations of the device", Hint: "operations", Keys: []string{"O"}, Context: Devices, Needs: []string{"ROLE_DEVICE_CONTROL_READ"}}
	DeviceWhere        = Action{ID: "device.where", Title: "Where is this device?", Hint: "where", Keys: []string{"W"}, Context: Devices, Needs: []string{"ROLE_INVENTORY_READ"}}
)

// What can be done with groups.
var GroupDevices = Action{ID: "group.devices", Title: "Devices in the group", Hint: "devices", Keys: []string{"d"}, Context: Groups, Needs: []string{"ROLE_INVENTORY_READ"}}

// What can be done with alarms.
var (
	AlarmAcknowledge = Action{ID: "alarm.acknowledge", Title: "Acknowledge", Hint: "acknowledge", Keys: []string{"a"}, Context: Alarms, Many: true, Writes: true, Needs: []string{"ROLE_ALARM_ADMIN"}}
	AlarmClear       = Action{ID: "alarm.clear", Title: "Clear", Hint: "clear", Keys: []string{"C"}, Context: Alarms, Many: true, Writes: true, Needs: []string{"ROLE_ALARM_ADMIN"}}
	AlarmActivate    = Action{ID: "alarm.activate", Title: "Set back to active", Hint: "activate", Keys: []string{"A"}, Context: Alarms, Many: true, Writes: true, Needs: []string{"ROLE_ALARM_ADMIN"}}
	AlarmDevice      = Action{ID: "alarm.device", Title: "Device of the alarm", Hint: "device", Keys: []string{"d"}, Context: Alarms, Needs: []string{"ROLE_INVENTORY_READ"}}
)

// What can be done with events and operations.
var (
	EventDevice     = Action{ID: "event.device", Title: "Device of the event", Hint: "device", Keys: []string{"d"}, Context: Events, Needs: []string{"ROLE_INVENTORY_READ"}}
	OperationDevice = Action{ID: "operation.device", Title: "Device of the operation", Hint: "device", Keys: []string{"d"}, Context: Operations, Needs: []string{"ROLE_INVENTORY_READ"}}
)
