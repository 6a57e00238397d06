package fleet

import (
	"errors"
	"fmt"
	"strconv"
)

// settling is the company while it moves in, unit by unit: a production line, a building, a few vehicles, a customer's
// station. A larger company has more of the same.
type settling struct {
	*mover
	fleet *Fleet
	left  int // devices still to come

	groups  map[string]string   // ids of the groups so far, by their path
	names   map[string][]string // awkward ones that are not given yet
	born    map[*class]int      // devices of a class so far
	meters  int                 // energy meters in the cross-cutting group
	agents  int                 // how many so far: habits are spread over them
	classes catalog
	atlas   atlas
}

// catalog has one of each class.
type catalog struct {
	gateway, press, lathe, bench, furnace, compressor, meter *class
	controller, air, room, door                              *class
	van, reefer, forklift                                    *class
	station, pump, probe                                     *class
}

func newCatalog() catalog {
	return catalog{
		lineGateway().compile(), hydraulicPress().compile(), lathe().compile(), testBench().compile(), furnace().compile(), compressor().compile(), energyMeter().compile(),
		buildingController().compile(), airHandler().compile(), roomSensor().compile(), door().compile(),
		deliveryVan().compile(), reefer().compile(), forklift().compile(),
		pumpStation().compile(), boosterPump().compile(), levelProbe().compile(),
	}
}

func (c catalog) all() []*class {
	return []*class{
		c.gateway, c.press, c.lathe, c.bench, c.furnace, c.compressor, c.meter, c.controller, c.air, c.room, c.door,
		c.van, c.reefer, c.forklift, c.station, c.pump, c.probe,
	}
}

// errEnough ends a unit in the middle: the company is as large as it was asked to be.
var errEnough = errors.New("enough devices")

// moveIn builds the whole hierarchy.
func (s *settling) moveIn() error {
	if err := s.smartGroups(); err != nil {
		return err
	}
	var lines, houses, vehicles, forklifts, stations int
	units := []struct {
		build func(n int) error
		n     *int
		times int
	}{
		{s.line, &lines, 2},
		{s.building, &houses, 1},
		{s.vehicle, &vehicles, 4},
		{s.customer, &stations, 1},
		{s.line, &lines, 2},
		{s.forklift, &forklifts, 2},
		{s.building, &houses, 1},
		{s.vehicle, &vehicles, 4},
		{s.customer, &stations, 1},
	}
	for {
		for _, u := range units {
			for range u.times {
				err := u.build(*u.n)
				if errors.Is(err, errEnough) {
					return s.flush()
				}
				if err != nil {
					return err
				}
				*u.n++
			}
		}
	}
}

// smartGroups are queries that look like groups.
func (s *settling) smartGroups() error {
	for _, g := range [][2]string{
		{"⚠ Nicht erreichbar / Unavailable", "$filter=(c8y_Availability.status eq 'UNAVAILABLE') $orderby=name"},
		{"Critical alarms", "$filter=(c8y_ActiveAlarmsStatus.critical gt 0) $orderby=name"},
		{"Firmware rollout 3.15: still to do", "$filter=(type eq 'hv_Telematics' and not(c8y_Firmware.version eq '3.15.2')) $orderby=name"},
	} {
		if _, err := s.parent(document{
			{"name", g[0]}, {"type", "c8y_DynamicGroup"}, {"owner", "admin"}, {"c8y_IsDynamicGroup", empty()}, {"c8y_DeviceQueryString", g[1]},
		}, nil, nil); err != nil {
			return err
		}
	}
	return nil
}

// group returns the id of a group, which is made when it is first asked for. The path are the names from the root down.
func (s *settling) group(path ...string) (string, error) {
	key := fmt.Sprint(len(path), path)
	if id, ok := s.groups[key]; ok {
		return id, nil
	}
	kind := "c8y_DeviceGroup"
	var parents []Parent
	if len(path) > 1 {
		above, err := s.group(path[:len(path)-1]...)
		if err != nil {
			return "", err
		}
		kind, parents = "c8y_DeviceSubGroup", []Parent{{above, ChildAssets}}
	}
	name := path[len(path)-1]
	id, err := s.parent(document{
		{"name", name}, {"type", kind}, {"owner", "admin"}, {"creationTime", moment(s.fleet.born - 7*365*day)}, {"c8y_IsDeviceGroup", empty()},
	}, parents, nil)
	s.groups[key] = id
	return id, err
}

// hall distributes the n-th line: over the plants in pairs, and within a plant four to a hall.
func (s *settling) hall(n int) (home *site, line int) {
	// Large companies have larger plants before they have more of them.
	perPlant := min(max(24, s.fleet.options.Devices/400), 240)
	plant := n/(2*perPlant)*2 + n%2
	at := numbered(s.atlas.plants, plant)
	return &at, n % (2 * perPlant) / 2
}

// line is a gateway and the machines of a production line.
func (s *settling) line(n int) error {
	home, no := s.hall(n)
	c := s.classes
	task := no % 6
	machines := [][]*class{
		{c.lathe, c.lathe, c.lathe, c.press, c.press, c.compressor},
		{c.lathe, c.lathe, c.lathe, c.lathe, c.press, c.compressor},
		{c.bench, c.bench, c.press, c.press, c.lathe},
		{c.furnace, c.furnace, c.compressor, c.press, c.compressor},
		{c.lathe, c.lathe, c.press, c.press, c.press},
		{c.bench, c.bench, c.bench, c.compressor},
	}[task]
	hall := home.words["hall"] + " " + strconv.Itoa(no/4+1)
	group, err := s.group(home.name, hall, fmt.Sprintf("%s %d · %s", home.words["line"], no+1, tasks(home.words)[task]))
	if err != nil {
		return err
	}
	gateway, err := s.gateway(c.gateway, home, fmt.Sprintf("%s %d", home.words[c.gateway.kind], no+1), []Parent{{group, ChildAssets}})
	if err != nil {
		return err
	}
	for i, machine := range machines {
		if err := s.child(machine, home, fmt.Sprintf("%s %d.%d", home.words[machine.kind], no+1, i+1), gateway); err != nil {
			return err
		}
	}
	return s.meter(home, fmt.Sprintf("%s %d", home.words[c.meter.kind], no+1), gateway)
}

// meter is an energy meter. The first of them are in a group of their own besides, across the plants.
func (s *settling) meter(home *site, name string, gateway int32) error {
	var also []Parent
	if s.meters++; s.meters <= 60 {
		group, err := s.group("Energie · ISO 50001")
		if err != nil {
			return err
		}
		also = []Parent{{group, ChildAssets}}
	}
	return s.child(s.classes.meter, home, name, gateway, also...)
}

// building is a controller with air, rooms and doors. No group of buildings has more than 400.
func (s *settling) building(n int) error {
	at := numbered(s.atlas.offices, n)
	home, c := &at, s.classes
	group, err := s.group(nth("Bürogebäude", n/400), home.name)
	if err != nil {
		return err
	}
	controller, err := s.gateway(c.controller, home, home.words[c.controller.kind]+" "+home.name, []Parent{{group, ChildAssets}})
	if err != nil {
		return err
	}
	for i, class := range []*class{c.air, c.room, c.room, c.door, c.room, c.air, c.room, c.door, c.room} {
		if err := s.child(class, home, fmt.Sprintf("%s %s-%02d", home.words[class.kind], level(home.words, i/2), i+1), controller); err != nil {
			return err
		}
	}
	return s.meter(home, home.words[c.meter.kind]+" "+home.name, controller)
}

// vehicle is a van or a refrigerated truck of one of the depots, of which each has a hundred.
func (s *settling) vehicle(n int) error {
	depot := n/200*2 + n%2
	at := numbered(s.atlas.plants, depot)
	home, c := &at, s.classes
	path := []string{"Fuhrpark · Flota", "Depot " + home.name}
	class, name := c.van, plate(home, n)+" · "+pick(uint64(n), 1, van())
	if n%5 > 2 {
		path, class = append(path, "❄️ Kühlkette"), c.reefer
		name = plate(home, n) + " · " + pick(uint64(n), 1, truck())
	}
	group, err := s.group(path...)
	if err != nil {
		return err
	}
	_, err = s.gateway(class, home, name, []Parent{{group, ChildAssets}})
	return err
}

// forklift works inside a plant.
func (s *settling) forklift(n int) error {
	home, _ := s.hall(n)
	group, err := s.group(home.name, home.words["forklifts"])
	if err != nil {
		return err
	}
	_, err = s.gateway(s.classes.forklift, home, fmt.Sprintf("%s %02d", home.words["hv_Forklift"], n/2+1), []Parent{{group, ChildAssets}})
	return err
}

// customer is a pump station that the company looks after, and now and then a probe far away from it.
func (s *settling) customer(n int) error {
	at := numbered(s.atlas.customers, n)
	home, c := &at, s.classes
	group, err := s.group(nth("Kundenanlagen", n/400), home.name)
	if err != nil {
		return err
	}
	relation := ChildAssets
	if n == 3 {
		relation = ChildDevices // the known mistake: groups hold devices as assets, so that this one is missing in every device list of the group
	}
	station, err := s.gateway(c.station, home, fmt.Sprintf("%s %d · %s", home.words[c.station.kind], 1+n%7, home.name), []Parent{{group, relation}})
	if err != nil {
		return err
	}
	for i := range 2 {
		if err := s.child(c.pump, home, fmt.Sprintf("%s %d", home.words[c.pump.kind], i+1), station); err != nil {
			return err
		}
	}
	if n%2 == 1 {
		_, err = s.gateway(c.probe, home, fmt.Sprintf("%s %d", home.words[c.probe.kind], 100+n), []Parent{{group, ChildAssets}})
	}
	return err
}

// nth names the parts of a group that has become too large for one.
func nth(name string, n int) string {
	if n == 0 {
		return name
	}
	return name + " " + strconv.Itoa(n+1)
}

// gateway moves a device that talks for itself, with its services, and returns its index.
func (s *settling) gateway(c *class, home *site, name string, parents []Parent) (int32, error) {
	if s.left == 0 {
		return 0, errEnough
	}
	s.left--
	f, ordinal := s.fleet, len(s.fleet.devices)
	i := int32(ordinal)
	f.devices = append(f.devices, device{seed: roll(f.options.Seed, uint64(ordinal)), class: c, home: home, agent: i, habit: habitOf(true, s.agents)})
	s.agents++
	d := &f.devices[i]
	if d.habit == lost && chance(d.seed, saltLost+1) < 0.4 {
		d.back = f.born + 2*minute + int64(chance(d.seed, saltLost+2)*40*minute)
	}
	serial := serialNumber(c, d.seed, ordinal)
	identities := []Identity{{"c8y_Serial", serial}}
	if c.mobile {
		identities = append(identities, Identity{"c8y_IMEI", imei(ordinal)})
	}
	id, err := s.parent(f.describe(d, ordinal, s.christen(c, ordinal, name), "device_"+serial, serial), parents, identities)
	if err != nil {
		return 0, err
	}
	d.id = id
	f.remembersBerth(c, home, parents)
	for k, service := range c.services {
		status := "up"
		if chance(d.seed, uint64(saltInstalled+k)) < 0.07 {
			status = "down"
		}
		if err := s.object(document{
			{"name", service.name}, {"type", "c8y_Service"}, {"owner", "device_" + serial}, {"serviceType", service.kind}, {"status", status},
		}, []Parent{{id, ChildAdditions}}, []Identity{{"c8y_Serial", serial + ":device:main:service:" + service.name}}, func(id string) {
			f.services[i] = append(f.services[i], id)
		}); err != nil {
			return 0, err
		}
	}
	return i, nil
}

// child moves a device that hangs below a gateway.
func (s *settling) child(c *class, home *site, name string, gateway int32, also ...Parent) error {
	if s.left == 0 {
		return errEnough
	}
	s.left--
	f, ordinal := s.fleet, len(s.fleet.devices)
	f.devices = append(f.devices, device{seed: roll(f.options.Seed, uint64(ordinal)), class: c, home: home, agent: gateway, habit: habitOf(false, ordinal)})
	d, parent := &f.devices[ordinal], f.devices[gateway].id
	serial := serialNumber(c, d.seed, ordinal)
	doc := f.describe(d, ordinal, s.christen(c, ordinal, name), "device_"+serialNumber(f.devices[gateway].class, f.devices[gateway].seed, int(gateway)), serial)
	if ordinal == forgotten {
		doc = doc.without("c8y_IsDevice")
	}
	return s.object(doc, append([]Parent{{parent, ChildDevices}}, also...), []Identity{{"c8y_Serial", serial}}, func(id string) {
		f.devices[ordinal].id = id
	})
}

// Two known mistakes: an integrator forgot c8y_IsDevice, so that the device hides from lists, and somebody forgot a name.
const (
	forgotten = 45
	nameless  = 91
)

// christen gives every third device of a class an awkward name, as long as there are some.
func (s *settling) christen(c *class, ordinal int, name string) string {
	s.born[c]++
	if ordinal == nameless {
		return ""
	}
	names := s.names[c.kind]
	if s.born[c]%3 != 2 || len(names) == 0 {
		return name
	}
	s.names[c.kind] = names[1:]
	return names[0]
}

// without returns the document less one member.
func (d document) without(key string) document {
	var rest document
	for _, m := range d {
		if m.key != key {
			rest = append(rest, m)
		}
	}
	return rest
}
