package copyas

import "net/url"

// The applications of the web interface that show a device or a group.
const (
	DeviceManagement = "devicemanagement"
	Cockpit          = "cockpit"
)

// Link returns the address of a device in an application of the web interface, or of a group.
func Link(base *url.URL, application, id string, group bool) string {
	what := "device"
	if group {
		what = "group"
	}
	return base.String() + "/apps/" + application + "/index.html#/" + what + "/" + url.PathEscape(id)
}
