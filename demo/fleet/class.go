package fleet

import "math"

// class describes a type of device declaratively: what it is made of, what it measures, what can go wrong with it and what
// one can ask of it. The tables are in plant.go, building.go, vehicle.go and field.go.
type class struct {
	kind     string // type of the managed object
	agent    bool   // talks to the tenant itself; others hang below a gateway
	use      hours
	serial   string // prefix of serial numbers
	hardware []hardware
	firmware []string // versions from old to new; none: the device has no firmware that one could see
	image    string   // name of the firmware
	software []software
	logs     []string
	configs  []string
	config   string // text of c8y_Configuration
	// operations besides those that follow from the rest, see supports.
	operations []string
	sensors    []string // marker fragments: c8y_TemperatureSensor, …
	services   []service
	required   int  // c8y_RequiredAvailability.responseInterval in minutes, 0: nobody watches it
	mobile     bool // has a SIM card
	fixed      bool // stands where its site is
	moves      bool // drives along a route
	reticent   bool // leaves operations alone that it does not know, where others say that they have failed
	every      int  // seconds between two samples, at least

	streams []stream
	rules   []rule
	moods   []mood
	happens []happening

	supported []string // c8y_SupportedOperations, by compile
}

// hardware is a model and the revisions of it that were built.
type hardware struct {
	model     string
	revisions []string
}

// software is one package of a device.
type software struct{ name, version, kind string }

// service is a process on a gateway, a childAddition of type c8y_Service.
type service struct{ name, kind string }

// stream is one type of measurement, sent as a whole.
type stream struct {
	kind   string // type of the measurement
	series []series
}

// series is one line of numbers in a stream.
type series struct {
	fragment, name, unit string
	signal
}

// rule is an alarm that a device raises because of what it measures, while the value is above (or below) a limit, and clears when the
// value has come back by a tenth of the way.
type rule struct {
	kind, severity, text string
	series               string  // fragment.name
	above, below         float64 // one of them
	back                 float64 // the value at which the alarm is cleared
	stream, column       int     // resolved by compile
}

// raised says whether a value raises the alarm, calm whether it clears it.
func (r *rule) raised(v float64) bool {
	return r.above != 0 && v > r.above || r.below != 0 && v < r.below
}

func (r *rule) calm(v float64) bool {
	return r.above != 0 && v <= r.back || r.below != 0 && v >= r.back
}

// mood is an alarm that comes and goes without a measurement telling why.
type mood struct {
	kind, severity, text string
	episodes
}

// happening is an event that occurs now and then.
type happening struct {
	kind  string
	texts []string // one of them
	daily float64  // how often a day while in use
}

// compile completes a class: the series of its rules and the operations it supports. A rule that names none of its class's series
// is a mistake in the table.
func (c *class) compile() *class {
	for i := range c.rules {
		r := &c.rules[i]
		found := false
		for s := range c.streams {
			for k, series := range c.streams[s].series {
				if series.fragment+"."+series.name == r.series {
					r.stream, r.column, found = s, k, true
				}
			}
		}
		if !found {
			panic("fleet: " + c.kind + " has a rule on " + r.series + ", which it does not measure")
		}
	}
	c.supported = c.supports()
	return c
}

// supports lists the operations that a device of the class knows.
func (c *class) supports() (list []string) {
	if c.agent {
		list = append(list, "c8y_Restart", "c8y_Command")
	}
	if c.config != "" {
		list = append(list, "c8y_Configuration", "c8y_SendConfiguration")
	}
	if len(c.software) > 0 {
		list = append(list, "c8y_SoftwareUpdate", "c8y_DeviceProfile")
	}
	if len(c.firmware) > 0 {
		list = append(list, "c8y_Firmware")
	}
	if len(c.logs) > 0 {
		list = append(list, "c8y_LogfileRequest")
	}
	if len(c.configs) > 0 {
		list = append(list, "c8y_UploadConfigFile", "c8y_DownloadConfigFile")
	}
	if len(c.services) > 0 {
		list = append(list, "c8y_ServiceCommand")
	}
	if len(c.streams) > 0 {
		list = append(list, "c8y_MeasurementRequestOperation")
	}
	return append(list, c.operations...)
}

// of writes how often something is the case and how long: so many times a day, between so many seconds each.
func of(daily float64, shortest, longest int64) episodes {
	windows := math.Ceil(daily)
	window := day / int64(windows)
	return episodes{window: window, shortest: shortest, longest: min(longest, window*9/10), chance: daily / windows}
}
