package fleet

// What drives: vans, refrigerated trucks and, inside, forklifts.

func deliveryVan() *class {
	return &class{
		kind: "hv_Telematics", agent: true, use: delivery, serial: "HVV", required: 120, every: 15, mobile: true, moves: true,
		hardware: []hardware{{"FleetLink 4G", []string{"1.0", "1.1"}}, {"FleetLink 5G", []string{"1.0"}}},
		image:    "fleetlink", firmware: []string{"3.14.1", "3.15.0", "3.15.2"},
		software:   []software{{"gnss", "2.1", "bundle"}, {"canbus", "1.7.3", "bundle"}},
		operations: []string{"c8y_Message"}, sensors: []string{"c8y_SignalStrength"},
		streams: []stream{{"hv_Vehicle", []series{
			{"hv_Fuel", "level", "%", signal{base: 98, saw: -86, every: 3*day + 5*hour, noise: 0.6, digits: 1}},
			{"hv_Battery", "U", "V", signal{base: 12.4, busy: 1.7, wander: 0.2, noise: 0.05, spike: -1.5, spikes: 0.06, digits: 2}},
			{"hv_Coolant", "T", "°C", signal{base: 16, daily: 5, busy: 71, wander: 4, noise: 0.5, spike: 26, spikes: 0.06}},
			{"hv_Odometer", "distance", "km", signal{base: 8000, spread: 0.9, rate: 13, digits: 1}},
		}}},
		rules: []rule{
			{kind: "hv_FuelLow", severity: "WARNING", text: "Fuel below 14 %", series: "hv_Fuel.level", below: 14, back: 20},
			{kind: "hv_BatteryWeak", severity: "MINOR", text: "Vehicle battery below 11.6 V", series: "hv_Battery.U", below: 11.6, back: 12},
			{kind: "hv_EngineHot", severity: "MAJOR", text: "Coolant above 106 °C", series: "hv_Coolant.T", above: 106, back: 98},
		},
		moods: []mood{
			{"hv_TyrePressure", "MINOR", "Tyre pressure rear left 2.4 bar, target 3.1 bar", of(0.05, 2*hour, 18*hour)},
			{"hv_GnssLost", "WARNING", "No GNSS fix", of(6, 2*minute, 15*minute)},
		},
		happens: []happening{
			{"hv_DriverChanged", []string{"Driver card inserted: A. Kowalczyk", "Driver card inserted: Ş. Yılmaz", "Driver card inserted: J. Ibáñez", "Driver card removed"}, 3},
			{"hv_HarshBraking", []string{"Harsh braking: 0.52 g", "Harsh braking: 0.61 g"}, 1.2},
		},
	}
}

func reefer() *class {
	c := deliveryVan()
	c.kind, c.serial, c.every = "hv_ReeferTruck", "HVC", 15
	c.operations = []string{"c8y_Message", "c8y_Relay"}
	c.sensors = []string{"c8y_SignalStrength", "c8y_TemperatureSensor"}
	c.streams = append(c.streams, stream{"hv_ColdChain", []series{
		{"hv_CargoFront", "T", "°C", signal{base: -19.5, daily: 0.4, busy: 0.8, wander: 0.7, noise: 0.15, spike: 9.5, spikes: 0.3, digits: 1}},
		{"hv_CargoRear", "T", "°C", signal{base: -18.6, daily: 0.5, busy: 1.1, wander: 0.9, noise: 0.2, spike: 6, spikes: 0.2, digits: 1}},
		{"hv_Setpoint", "T", "°C", signal{base: -20, digits: 1}},
	}})
	c.rules = append(c.rules, rule{
		kind: "hv_ColdChainBroken", severity: "CRITICAL", text: "Cargo above −15 °C: check doors and unit, document the deviation", series: "hv_CargoFront.T", above: -15, back: -17,
	})
	c.happens = append(c.happens, happening{"hv_CargoDoor", []string{"Cargo door opened", "Cargo door closed after 4 min", "Cargo door closed after 11 min"}, 9})
	return c
}

func forklift() *class {
	return &class{
		kind: "hv_Forklift", use: shifts, agent: true, serial: "HVS", required: 240, every: 20, fixed: true,
		hardware: []hardware{{"Lift E16", []string{"2021", "2024"}}, {"Lift E25", []string{"2022"}}},
		image:    "liftlink", firmware: []string{"1.2.0", "1.3.0"},
		operations: []string{"c8y_Message", "c8y_Relay"},
		streams: []stream{{"hv_Traction", []series{
			{"c8y_Battery", "level", "%", signal{base: 100, saw: -84, every: 10 * hour, noise: 0.5, digits: 0}},
			{"hv_Load", "m", "kg", signal{busy: 620, wander: 580, noise: 40, floor: true}},
			{"hv_OperatingHours", "h", "h", signal{base: 300, spread: 0.9, rate: 0.7, digits: 1}},
		}}},
		rules: []rule{{kind: "c8y_BatteryLow", severity: "WARNING", text: "Traction battery below 19 %: charge", series: "c8y_Battery.level", below: 19, back: 30}},
		moods: []mood{{"hv_Shock", "MINOR", "Shock sensor: 3.1 g, inspect mast and forks", of(0.06, 30*minute, 8*hour)}},
	}
}
