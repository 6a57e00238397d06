package keys

// What can be done with what administrators look after.
var (
	ApplicationLogs = Action{ID: "application.logs", Title: "Logs of the microservice, as they grow", Hint: "logs", Keys: []string{"L"}, Context: Applications, Needs: []string{"ROLE_APPLICATION_MANAGEMENT_READ"}}
)

func administration() []Action { return []Action{ApplicationLogs} }
