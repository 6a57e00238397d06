package keys

// What can be done with transfers.
var (
	TransferPause   = Action{ID: "transfer.pause", Title: "Pause, or go on", Hint: "pause", Keys: []string{"P"}, Context: Transfers, Many: true}
	TransferCancel  = Action{ID: "transfer.cancel", Title: "Cancel the transfer", Hint: "cancel", Keys: []string{"X"}, Context: Transfers, Many: true}
	TransferRetry   = Action{ID: "transfer.retry", Title: "Try again", Hint: "try again", Keys: []string{"R"}, Context: Transfers, Many: true}
	TransferName    = Action{ID: "transfer.name", Title: "Decide about the name of the file", Hint: "name", Keys: []string{"o"}, Context: Transfers}
	TransferDismiss = Action{ID: "transfer.dismiss", Title: "Take off the list", Hint: "take off", Keys: []string{"d"}, Context: Transfers, Many: true}
)

// What can be done with the journal.
var (
	JournalScript = Action{ID: "journal.script", Title: "Save as a shell script", Hint: "script", Keys: []string{"o"}, Context: Journal, Many: true}
)

// What can be done with the attachment of an event.
var (
	EventDownload = Action{ID: "event.download", Title: "Download the attachment", Hint: "download", Keys: []string{">"}, Context: Events, Needs: []string{"ROLE_EVENT_READ"}}
	EventUpload   = Action{ID: "event.upload", Title: "Upload an attachment", Hint: "upload", Keys: []string{"<"}, Context: Events, Writes: true, Needs: []string{"ROLE_EVENT_ADMIN"}}
)
