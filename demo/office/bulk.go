package office

import "time"

// Bulk is a bulk operation of the past or on its way. Of the devices of its group the first Made have got their operation, whose ends
// are dealt out in turn.
type Bulk struct {
	Group       string // name of a group of devices; "" with RetryOf
	Type        string // only devices of this type, all if empty
	RetryOf     int    // index of the bulk operation whose failed devices are tried again, plus one
	User        string // name of who made it
	Began       time.Duration
	Ramp        time.Duration
	Description string
	Fragment    string
	Body        any
	Status      string // as the API has it
	Made        int    // operations created, all devices if negative
	Failures    []string
	FailEvery   int // every so many operations fail, for the reasons in turn
	Unfinished  int // of the last ones so many are executed right now
	Waiting     int // and after those so many wait
}

// Bulks are in the order in which they were made.
func Bulks() []Bulk {
	firmware := func(name, version string) map[string]any {
		return map[string]any{"name": name, "version": version, "url": "https://dl.hv.example/firmware/" + name + "-" + version + ".swu"}
	}
	return []Bulk{
		{
			Group: "Werk Hamburg-Billbrook", Type: "c8y_Linux", User: "operator", Began: 9 * day, Ramp: 30 * time.Second, Description: "Restart all line gateways", Fragment: "c8y_Restart", Body: map[string]any{},
			Status: "COMPLETED", Made: -1,
		},
		{
			Group: "Fuhrpark · Flota", User: "l.garza", Began: 4 * day, Ramp: 15 * time.Second, Description: "Telematics 3.15.2 for the fleet", Fragment: "c8y_Firmware", Body: firmware("fleetlink", "3.15.2"),
			Status: "COMPLETED", Made: -1, FailEvery: 3, Failures: []string{
				"Checksum mismatch: image rejected, running version kept", "Download failed: connection reset by peer after 1.2 MB of 14.8 MB", "Checksum mismatch: image rejected, running version kept",
				"Not enough space on /dev/mmcblk0p3",
			},
		},
		{
			RetryOf: 2, User: "l.garza", Began: 3 * day, Ramp: 60 * time.Second, Description: "Telematics 3.15.2 for the fleet, once more", Fragment: "c8y_Firmware", Body: firmware("fleetlink", "3.15.2"),
			Status: "COMPLETED", Made: -1, FailEvery: 4, Failures: []string{"Not enough space on /dev/mmcblk0p3"},
		},
		{
			Group: "Kundenanlagen", User: "operator", Began: 30 * time.Hour, Ramp: 20 * time.Second, Description: "Collect modem logs", Fragment: "c8y_LogfileRequest",
			Body: map[string]any{"logFile": "modem", "maximumLines": 500, "searchText": ""}, Status: "DELETED", Made: 2,
		},
		{
			Group: "Planta Monterrey-Apodaca", User: "l.garza", Began: 25 * time.Minute, Ramp: 5 * time.Minute, Description: "Edge OS 4.9.3", Fragment: "c8y_Firmware", Body: firmware("edgebox-os", "4.9.3"),
			Type: "c8y_Linux", Status: "IN_PROGRESS", Made: 4, FailEvery: 3, Failures: []string{"Download failed: 404 Not Found"}, Unfinished: 1, Waiting: 1,
		},
		{
			Group: "Bürogebäude", User: "h.mori", Began: -14 * time.Hour, Ramp: 45 * time.Second, Description: "New schedules for the holidays", Fragment: "c8y_Configuration",
			Body: map[string]any{"config": "night_setback = 16.0\nopening = 09:00\nclosing = 14:00\n"}, Status: "ACTIVE",
		},
	}
}
