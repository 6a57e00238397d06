package keys

// What takes back and shows what was done, in every view.
var (
	Undo = Action{ID: "deed.undo", Title: "Take back what was done last", Hint: "undo", Keys: []string{"u"}, Context: Everywhere}
	Jobs = Action{ID: "jobs.open", Title: "Jobs of this session", Hint: "jobs", Keys: []string{"&"}, Context: Everywhere}
)

// How a job is steered.
var (
	JobPause  = Action{ID: "job.pause", Title: "Pause the job, or go on", Hint: "pause or go on", Keys: []string{"P"}, Context: JobLists}
	JobRetry  = Action{ID: "job.retry", Title: "Try again what failed or was left", Hint: "try again", Keys: []string{"R"}, Context: JobLists}
	JobCancel = Action{ID: "job.cancel", Title: "Cancel the job", Hint: "cancel", Keys: []string{"X"}, Context: JobLists}
)

// Requests by hand. Those that only read may be sent to a tenant that is locked.
var (
	SendRequest = Action{ID: "request.send", Title: "Send a request by hand…", Hint: "send", Keys: []string{"ctrl+n"}, Context: Everywhere}
	SendAgain   = Action{ID: "request.again", Title: "Change the request and send it…", Hint: "send again", Keys: []string{"R"}, Context: Traffic}
)

// How things of all kinds are written. What permission that needs is for each kind to say.
var (
	Edit   = Action{ID: "list.edit", Title: "Edit", Hint: "edit", Keys: []string{"e"}, Context: Lists, Writes: true}
	New    = Action{ID: "list.new", Title: "New", Hint: "new", Keys: []string{"n"}, Context: Lists, Writes: true}
	Delete = Action{ID: "list.delete", Title: "Delete", Hint: "delete", Keys: []string{"D"}, Context: Lists, Many: true, Writes: true, Destroys: true}
)

// How alarms and operations are written beside that.
var (
	AlarmSeverity   = Action{ID: "alarm.severity", Title: "Change the severity…", Hint: "severity", Keys: []string{"L"}, Context: Alarms, Many: true, Writes: true, Needs: []string{"ROLE_ALARM_ADMIN"}}
	OperationCancel = Action{ID: "operation.cancel", Title: "Cancel: set to failed…", Hint: "cancel", Keys: []string{"C"}, Context: Operations, Many: true, Writes: true, Needs: []string{"ROLE_DEVICE_CONTROL_ADMIN"}}
	OperationRetry  = Action{ID: "operation.retry", Title: "Send again as a new operation", Hint: "send again", Keys: []string{"R"}, Context: Operations, Many: true, Writes: true, Needs: []string{"ROLE_DEVICE_CONTROL_ADMIN"}}
)
