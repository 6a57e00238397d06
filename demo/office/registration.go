package office

import "time"

// Request is a registration that waits for something, beside those of devices that are on their way right now.
type Request struct {
	ID, Type string
	Group    string // name of a group of devices, "" for none
	Owner    string // user name of who expects the device
	Status   string
	Token    string // security token that the device has shown
	OneTime  string // one-time password for a certificate
	Wrong    int    // security tokens that did not fit
	Age      time.Duration
}

// Requests are in the order in which they were made.
func Requests() []Request {
	return []Request{
		{ID: "HVW-26009001A", Type: "hv_PumpStation", Group: "Wasserverband Untertrave", Owner: "j.wessels", Status: "BLOCKED", Token: "4711-0815", Wrong: 3, Age: 6 * day},
		{ID: "HVE-26009002C", Type: "c8y_Linux", Group: "Werk Hamburg-Billbrook", Owner: "operator", Status: "PENDING_ACCEPTANCE", Token: "PLUG-IN-1934", Age: 3 * time.Hour},
		{ID: "HVB-26009003F", Type: "hv_BuildingController", Owner: "admin", Status: "WAITING_FOR_CONNECTION", OneTime: "otp-8-kranich", Age: 2 * day},
		{ID: "spare/gateway 7", Type: "c8y_Linux", Owner: "l.garza", Status: "WAITING_FOR_CONNECTION", Age: 19 * day},
		{ID: "HVW-26009004B", Type: "hv_PumpStation", Group: "Aguas del Norte", Owner: "j.wessels", Status: "ACCEPTED", Age: 26 * time.Hour},
	}
}
