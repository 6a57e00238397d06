package keys

// What the overview offers beside opening the figure under the cursor.
var (
	OverviewAlarms     = Action{ID: "overview.alarms", Title: "All unresolved alarms", Hint: "alarms", Keys: []string{"a"}, Context: Overview, Needs: []string{"ROLE_ALARM_READ"}}
	OverviewDevices    = Action{ID: "overview.devices", Title: "All devices", Hint: "devices", Keys: []string{"d"}, Context: Overview, Needs: []string{"ROLE_INVENTORY_READ"}}
	OverviewOperations = Action{ID: "overview.operations", Title: "Latest operations", Hint: "operations", Keys: []string{"o"}, Context: Overview, Needs: []string{"ROLE_DEVICE_CONTROL_READ"}}
	OverviewEvents     = Action{ID: "overview.events", Title: "Latest events", Hint: "events", Keys: []string{"e"}, Context: Overview, Needs: []string{"ROLE_EVENT_READ"}}
	OverviewTree       = Action{ID: "overview.tree", Title: "Inventory as a tree", Hint: "tree", Keys: []string{"T"}, Context: Overview, Needs: []string{"ROLE_INVENTORY_READ"}}
)
