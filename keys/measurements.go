package keys

// What the measurements of a device offer beside what charts do.
var (
	MeasurementOnly    = Action{ID: "measurement.only", Title: "Show this series alone, or all again", Hint: "only this", Keys: []string{"o"}, Context: Measurements}
	MeasurementLatest  = Action{ID: "measurement.latest", Title: "Go to the latest values", Hint: "latest", Keys: []string{"L"}, Context: Measurements}
	MeasurementInspect = Action{ID: "measurement.inspect", Title: "Inspect the newest measurements as JSON", Hint: "inspect", Keys: []string{"i"}, Context: Measurements}
	MeasurementDevice  = Action{ID: "measurement.device", Title: "Device of the measurements", Hint: "device", Keys: []string{"d"}, Context: Measurements, Needs: []string{"ROLE_INVENTORY_READ"}}
)
