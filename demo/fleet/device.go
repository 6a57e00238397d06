package fleet

import (
	"fmt"
	"time"
)

// device is one device of the fleet. There may be 100,000, so it has only what cannot be computed from its seed.
type device struct {
	id    string
	seed  uint64
	class *class
	home  *site
	agent int32 // index of the device that talks for it, its own if it is an agent
	habit habit
	away  bool  // the tenant has been told that the connection is lost
	back  int64 // Unix time at which a device that is gone returns, 0: never

	problems []*problem
}

// habit is what is peculiar about a device.
type habit uint8

const (
	ordinary habit = iota
	lost           // went silent some time before now
	serviced       // in maintenance
	mute           // was registered and never sent anything
	stubborn       // sends data, but never fetches an operation
	bare           // tells nothing about its firmware
	relayed        // an application sends for it, so that the tenant never hears of the device itself
	disowned       // somebody has overwritten its object and lost the mark of an agent
)

// habitOf spreads the habits so that even a small company has each of them among its agents and none is common.
func habitOf(agent bool, ordinal int) habit {
	if !agent {
		switch {
		case ordinal%47 == 13:
			return mute
		case ordinal%37 == 20:
			return bare
		case ordinal%61 == 34:
			return serviced
		}
		return ordinary
	}
	switch ordinal % 34 {
	case 5, 18:
		return lost
	case 11:
		return serviced
	case 26:
		return mute
	case 9:
		return stubborn
	case 29:
		return bare
	case 15:
		return relayed
	case 21:
		return disowned
	}
	return ordinary
}

// fetches says whether a device with this habit asks for its operations when it is there.
func (h habit) fetches() bool { return h != stubborn && h != relayed && h != disowned }

// Salts keep apart what is rolled from the same seed.
const (
	saltHardware = iota + 100
	saltRevision
	saltFirmware
	saltInstalled
	saltCreated
	saltNote
	saltNetwork
	saltAbsence
	saltGap
	saltLost
	saltRoute
	saltSample
	saltOperation
	saltPlace
	saltMood   = 1000 // plus the index of the mood
	saltHappen = 2000 // plus the index of the happening
	saltSeries = 3000 // plus 100 × stream + column
)

// absences of an agent: nobody's fault, the network was gone. Its children are silent as well.
func absences() episodes {
	return episodes{window: 12 * hour, shortest: 4 * minute, longest: 50 * minute, chance: 0.12}
}

// gaps of a single device: samples are missing.
func gaps() episodes {
	return episodes{window: 6 * hour, shortest: 3 * minute, longest: 20 * minute, chance: 0.2}
}

// created is when a device was registered.
func (d *device) created(now int64) int64 {
	return now - 20*day - int64(chance(d.seed, saltCreated)*6*365*day)
}

// lostSince is when a lost device was heard for the last time.
func (d *device) lostSince(now int64) int64 {
	const shortest, longest = 50 * minute, 9 * day
	x := chance(d.seed, saltLost)
	return now - shortest - int64(x*x*x*(longest-shortest)) // most went recently
}

// silent says whether nothing comes from a device at a time, and until when if that is known.
func (f *Fleet) silent(d *device, at int64) (until int64, silent bool) {
	a := &f.devices[d.agent]
	switch {
	case d.habit == mute || a.habit == mute:
		return 0, true
	case a.habit == lost && at >= a.lostSince(f.born) && (a.back == 0 || at < a.back):
		return a.back, true
	}
	e, ok := absences().at(roll(a.seed, saltAbsence), at)
	return e.until, ok
}

// seriesSeed is what the signal of one series is computed from.
func (d *device) seriesSeed(stream, column int) uint64 {
	return roll(d.seed, uint64(saltSeries+100*stream+column))
}

// zone is how far local time is ahead.
func (d *device) zone() int64 { return d.home.zone }

// firmwareOf is the version that a device came with, "" if its class has none.
func (d *device) firmwareOf() string {
	versions := d.class.firmware
	if len(versions) == 0 {
		return ""
	}
	// Most devices are up to date, some have been forgotten.
	if chance(d.seed, saltFirmware) < 0.6 {
		return versions[len(versions)-1]
	}
	return pick(d.seed, saltFirmware, versions)
}

// softwareOf is the software that a device came with.
func (d *device) softwareOf() []map[string]any {
	list := make([]map[string]any, 0, len(d.class.software))
	for i, s := range d.class.software {
		if d.cameWith(i) {
			list = append(list, softwareEntry(s.name, s.version, s.kind))
		}
	}
	return list
}

// cameWith says whether a device came with the i-th package of its class.
func (d *device) cameWith(i int) bool {
	return i < 2 || chance(d.seed, uint64(saltInstalled+10*i)) >= 0.2
}

func softwareEntry(name, version, kind string) map[string]any {
	return map[string]any{"name": name, "version": version, "softwareType": kind, "url": ""}
}

func firmwareEntry(name, version string) map[string]any {
	return map[string]any{"name": name, "version": version, "url": "https://dl.hv.example/firmware/" + name + "-" + version + ".swu"}
}

// serialNumber is unique in the fleet: it has the ordinal in it.
func serialNumber(c *class, seed uint64, ordinal int) string {
	return fmt.Sprintf("%s-%02d%06d%s", c.serial, 19+among(seed, saltCreated, 8), 1000+ordinal, hex(roll(seed, saltHardware), 1))
}

// imei is unique too, and has a valid check digit.
func imei(ordinal int) string {
	body := fmt.Sprintf("35891%09d", 470_000+ordinal)
	sum := 0
	for i, c := range body {
		n := int(c - '0')
		if i%2 == 1 {
			if n *= 2; n > 9 {
				n -= 9
			}
		}
		sum += n
	}
	return fmt.Sprintf("%s%d", body, (10-sum%10)%10)
}

// passport holds what is the same for all devices of a class, encoded once.
type passport struct {
	operations, logs, configs, config, commands, agent *fixed

	firmware map[string]*fixed // by version
	software []*fixed
}

func (c *class) passport() *passport {
	p := &passport{
		operations: fix(c.supported),
		logs:       fix(c.logs),
		configs:    fix(c.configs),
		config:     fix(map[string]any{"config": c.config}),
		commands:   fix([]string{"START", "STOP", "RESTART"}),
		agent:      fix(map[string]any{"name": "hv-" + c.image, "version": "2.6.1", "url": "https://hv.example/agents/" + c.image, "maintainer": "Hansen & Vega"}),
		firmware:   make(map[string]*fixed),
	}
	for _, version := range c.firmware {
		p.firmware[version] = fix(firmwareEntry(c.image, version))
	}
	for _, s := range c.software {
		p.software = append(p.software, fix(softwareEntry(s.name, s.version, s.kind)))
	}
	return p
}

// describe writes the managed object of a device. The document is good until the next call.
func (f *Fleet) describe(d *device, ordinal int, name, owner, serial string) document {
	c, p, now := d.class, f.passports[d.class], f.born
	none := f.empty

	doc := f.scratch[:0]
	add := func(key string, value any) { doc = append(doc, member{key, value}) }
	if name != "" {
		add("name", name)
	}
	add("type", c.kind)
	add("owner", owner)
	add("creationTime", moment(d.created(now)))
	add("lastUpdated", moment(now-int64(chance(d.seed, saltNote)*2*day)))
	add("c8y_IsDevice", none)
	if c.agent {
		add("com_cumulocity_model_Agent", none)
		add("c8y_Agent", p.agent)
	}
	add("c8y_SupportedOperations", p.operations)
	h := pick(d.seed, saltHardware, c.hardware)
	add("c8y_Hardware", document{{"model", h.model}, {"revision", pick(d.seed, saltRevision, h.revisions)}, {"serialNumber", serial}})
	if len(c.firmware) > 0 && d.habit != bare {
		add("c8y_Firmware", p.firmware[d.firmwareOf()])
	}
	if len(c.software) > 0 && d.habit != mute {
		installed := make(list, 0, len(p.software))
		for i, entry := range p.software {
			if d.cameWith(i) {
				installed = append(installed, entry)
			}
		}
		add("c8y_SoftwareList", installed)
	}
	f.describeState(&doc, d)
	f.describeNetwork(&doc, d, ordinal)
	if c.fixed {
		add("c8y_Position", f.place(d))
	}
	if c.moves {
		add("c8y_Position", position(d.position(now)))
	}
	if len(c.logs) > 0 {
		add("c8y_SupportedLogs", p.logs)
	}
	if len(c.configs) > 0 {
		add("c8y_SupportedConfigurations", p.configs)
	}
	if c.config != "" {
		add("c8y_Configuration", p.config)
	}
	if len(c.services) > 0 {
		add("c8y_SupportedServiceCommands", p.commands)
	}
	for _, sensor := range c.sensors {
		add(sensor, none)
	}
	if chance(d.seed, saltNote) < 0.06 {
		add("c8y_Notes", pick(d.seed, saltNote, notes()))
	}
	f.scratch = doc
	return doc
}

// describeState adds what the platform knows about availability.
func (f *Fleet) describeState(doc *document, d *device) {
	add := func(key string, value any) { *doc = append(*doc, member{key, value}) }
	if d.class.required == 0 {
		return
	}
	interval, last, status := f.required(d.class), f.born-int64(among(d.seed, saltSample, minute)), "AVAILABLE"
	connection := "CONNECTED"
	_, silent := f.silent(d, f.born)
	switch {
	case d.habit == serviced:
		interval, status, connection = -1, "MAINTENANCE", "MAINTENANCE"
	case silent:
		last = f.lastHeard(d)
		connection = "DISCONNECTED"
		if f.born-last > int64(interval)*minute {
			status = "UNAVAILABLE"
		}
	case d.habit == relayed:
		last, status, connection = f.lastHeard(d), "UNAVAILABLE", "DISCONNECTED"
	}
	add("c8y_RequiredAvailability", document{{"responseInterval", interval}})
	add("c8y_Availability", document{{"lastMessage", moment(last)}, {"status", status}})
	if d.class.agent {
		add("c8y_Connection", document{{"status", connection}})
	}
}

// lastHeard is when the last message came from a device, now if it is not silent.
func (f *Fleet) lastHeard(d *device) int64 {
	a := &f.devices[d.agent]
	switch {
	case d.habit == mute || a.habit == mute:
		return d.created(f.born) // never since it was registered
	case a.habit == lost:
		return a.lostSince(f.born)
	case d.habit == relayed:
		return f.born - 3*day - int64(among(d.seed, saltLost, 2*day)) // since its data comes by way of an application
	}
	if e, ok := absences().at(roll(a.seed, saltAbsence), f.born); ok {
		return e.since
	}
	return f.born
}

// required is the response interval in minutes. In a fleet so large that a device's turn comes rarely it is longer.
func (f *Fleet) required(c *class) int {
	return max(c.required, int(3*f.pause(c)/time.Minute))
}

// describeNetwork adds how a device is connected.
func (f *Fleet) describeNetwork(doc *document, d *device, ordinal int) {
	h := roll(d.seed, saltNetwork)
	switch {
	case d.class.mobile:
		*doc = append(*doc, member{"c8y_Mobile", document{
			{"imei", imei(ordinal)},
			{"iccid", "89" + d.home.mcc + d.home.mnc + digits(h, 13)},
			{"imsi", d.home.mcc + d.home.mnc + digits(h>>7, 10)},
			{"mcc", d.home.mcc},
			{"mnc", d.home.mnc},
			{"lac", digits(h>>11, 5)},
			{"cellId", digits(h>>13, 8)},
			{"msisdn", d.home.prefix + digits(h>>17, 8)},
		}})
	case d.class.agent:
		address := fmt.Sprintf("10.%d.%d.%d", 20+h%40, h>>8%250, 10+h>>16%200)
		*doc = append(*doc, member{"c8y_Network", document{
			{"c8y_LAN", document{{"name", "eth0"}, {"mac", "00:1B:C5:" + hex(h, 2) + ":" + hex(h>>8, 2) + ":" + hex(h>>16, 2)}, {"ip", address}, {"netmask", "255.255.255.0"}, {"enabled", 1}}},
			{"c8y_DHCP", document{{"dns1", "10.20.0.2"}, {"dns2", "10.20.0.3"}, {"domainName", "plant.hv.example"}, {"enabled", 1}}},
		}})
	}
}

// place is where a device stands: somewhere on the grounds of its site.
func (f *Fleet) place(d *device) document {
	reach := 0.004
	if d.class.mobile {
		reach = 0.12 // pump stations are spread over a district
	}
	lat := d.home.lat + reach*(chance(d.seed, saltPlace)-0.5)
	lng := d.home.lng + reach*1.5*(chance(d.seed, saltPlace+500)-0.5)
	return document{{"lat", coordinate(lat)}, {"lng", coordinate(lng)}, {"alt", 4 + among(d.seed, saltPlace, 60)}}
}
