package inspect

import (
	"strconv"
	"strings"
	"time"

	"c8yx/ui/text"
)

// hint says what is worth knowing about the value under the cursor: what its fragment means, and
// what moment a time is.
func hint(path, value string, now time.Time) text.Safe {
	var parts []text.Safe
	if when, ok := moment(path, value); ok {
		parts = append(parts, text.Clean(when.Local().Format("Mon 2006-01-02 15:04:05 MST"))+", "+text.Age(now.Sub(when)))
	}
	for name := range strings.FieldsFuncSeq(path, func(r rune) bool { return r == '.' || r == '[' || r == ']' }) {
		if meaning, known := meanings[name]; known {
			parts = append(parts, text.Clean(name)+": "+meaning)
			break
		}
	}
	said := text.Safe("")
	for i, p := range parts {
		if i > 0 {
			said += " · "
		}
		said += p
	}
	return said
}

// longestMoment is the length up to which a value may be a time.
const longestMoment = 64

// moment reads a value as a time: as the platform writes it, or as seconds or milliseconds since
// 1970 where the name says that it is a time.
func moment(path, value string) (time.Time, bool) {
	if t, err := time.Parse(time.RFC3339Nano, value); err == nil {
		return t, true
	}
	name := strings.ToLower(path[strings.LastIndexByte(path, '.')+1:])
	if !strings.Contains(name, "time") && !strings.Contains(name, "date") && name != "iat" && name != "exp" && name != "nbf" {
		return time.Time{}, false
	}
	n, err := strconv.ParseInt(value, 10, 64)
	switch {
	case err != nil || n <= 0:
		return time.Time{}, false
	case n > 1e11: // milliseconds, or the year 5138
		return time.UnixMilli(n), true
	case n > 1e8: // later than 1973: smaller numbers are durations
		return time.Unix(n, 0), true
	}
	return time.Time{}, false
}

// meanings says what the fragments of the platform's domain model are for.
var meanings = map[string]text.Safe{
	"c8y_IsDevice":                    "it is a device and stands in the lists of devices",
	"com_cumulocity_model_Agent":      "it fetches operations, for itself and the child devices below it",
	"c8y_SupportedOperations":         "the operations that the device itself understands",
	"c8y_RequiredAvailability":        "it has to send something every responseInterval minutes; zero or less means maintenance",
	"c8y_Availability":                "kept by the platform: the last message and what follows from the required interval",
	"c8y_Connection":                  "kept by the platform: whether its push connection is up",
	"c8y_ActiveAlarmsStatus":          "kept by the platform: its unresolved alarms by severity",
	"c8y_Agent":                       "the software that speaks for the device",
	"c8y_Hardware":                    "model, revision and serial number",
	"c8y_Firmware":                    "the installed firmware; in an operation, the one to install",
	"c8y_SoftwareList":                "the installed software; in an operation, everything that shall be installed",
	"c8y_SoftwareUpdate":              "software to install or delete, an action for each",
	"c8y_Mobile":                      "its modem: IMEI, SIM card, cell",
	"c8y_Network":                     "its network interfaces",
	"c8y_Position":                    "where it is: latitude, longitude, altitude in metres",
	"c8y_Notes":                       "free text for people",
	"c8y_Configuration":               "its configuration as text",
	"c8y_SupportedConfigurations":     "the types of configuration that can be fetched from it and sent to it",
	"c8y_SupportedLogs":               "the logs that can be asked of it",
	"c8y_Profile":                     "the device profile that was applied last",
	"c8y_IsDeviceGroup":               "it is a group; its members are its child assets",
	"c8y_IsDynamicGroup":              "it is a smart group; its members are the answer to its query",
	"c8y_DeviceQueryString":           "the query of a smart group",
	"c8y_RemoteAccessList":            "what can be reached on it through the platform",
	"c8y_Restart":                     "operation: restart",
	"c8y_Command":                     "operation: run a command; the device adds the result",
	"c8y_MeasurementRequestOperation": "operation: send measurements now",
	"c8y_UploadConfigFile":            "operation: send a configuration to the platform",
	"c8y_DownloadConfigFile":          "operation: fetch a configuration from a url",
	"c8y_LogfileRequest":              "operation: send a part of a log",
	"c8y_RemoteAccessConnect":         "operation: open a tunnel to the platform",
	"c8y_DeviceProfile":               "operation: firmware, software and configuration in one",
	"c8y_ServiceCommand":              "operation: start, stop or restart a service",
	"c8y_Relay":                       "operation: open or close a relay",
	"c8y_RelayArray":                  "operation: open or close several relays",
	"c8y_Message":                     "operation: show a message",
	"c8y_IsBinary":                    "it is a file in the files repository",
	"c8y_Global":                      "it belongs to a repository of the whole tenant",
	"c8y_Filter":                      "what it is meant for, such as a type of device",
	"c8y_Patch":                       "a patch, and the version that it needs",
	"c8y_Service":                     "a service that runs on a device",
	"c8y_SupportedServiceCommands":    "the commands that its services understand",
	"c8y_Dashboard":                   "a dashboard of the web interface",
	"delivery":                        "what became of the message that carries the operation",
	"deviceExternalIDs":               "the names by which the agent knows the device",
	"effectiveRoles":                  "all permissions that the user has in the end, from every global role",
	"devicePermissions":               "permissions for single objects",
	"shouldResetPassword":             "the user must choose another password at the next sign-in",
	"creationRamp":                    "seconds from one operation to the next",
	"operationPrototype":              "what each device gets",
	"maximumAge":                      "days until the data is removed",
	"firstOccurrenceTime":             "when it was raised first; time is the latest of count occurrences",
}
