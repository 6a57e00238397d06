package fleet

// What offices and plant buildings have: a controller per building, air, rooms, doors and energy.

func buildingController() *class {
	return &class{
		kind: "hv_BuildingController", agent: true, use: office, serial: "HVB", required: 30, every: 60, fixed: true,
		hardware: []hardware{{"BACbox 16", []string{"3", "4"}}},
		image:    "bacbox", firmware: []string{"2024.2", "2025.1", "2026.1"},
		software: []software{{"bacnet-gateway", "5.2.1", "deb"}, {"scheduler", "1.9.0", "deb"}, {"holidays", "2026", "deb"}},
		logs:     []string{"bacnet", "scheduler"}, configs: []string{"schedule.ini"},
		config:   "night_setback = 17.5\nopening = 07:00\nclosing = 18:30\nbacnet.device = 2104\n",
		services: []service{{"bacnet-gateway", "systemd"}, {"scheduler", "systemd"}},
		streams: []stream{{"c8y_ResourceUsage", []series{
			{"c8y_Cpu", "load", "%", signal{base: 11, spread: 0.4, wander: 5, noise: 2, floor: true, digits: 1}},
			{"c8y_Uptime", "h", "h", signal{base: 2, saw: 650, every: 27 * day, digits: 1}},
		}}},
		moods: []mood{{"hv_BacnetTimeout", "MINOR", "BACnet: 3 points did not answer", of(0.8, 5*minute, 3*hour)}},
		happens: []happening{
			{"c8y_UserLogin", []string{"Web login: facility", "Web login: night guard"}, 1},
			{"hv_ScheduleChanged", []string{"Saturday opening added by facility", "Night setback 17.0 °C"}, 0.3},
		},
	}
}

func airHandler() *class {
	return &class{
		kind: "hv_AirHandler", use: office, serial: "HVA", required: 30, every: 30,
		hardware: []hardware{{"AHU Comfort 8000", []string{"2"}}, {"AHU Compact 2500", []string{"1", "2"}}},
		image:    "ahu", firmware: []string{"1.4", "1.5"},
		sensors: []string{"c8y_TemperatureSensor", "c8y_HumiditySensor"}, operations: []string{"c8y_Relay"},
		streams: []stream{{"hv_Ventilation", []series{
			{"hv_SupplyAir", "T", "°C", signal{base: 17.5, daily: 0.8, busy: 2.5, wander: 0.5, noise: 0.1, digits: 1}},
			{"hv_ReturnAir", "T", "°C", signal{base: 20, daily: 1, busy: 2.8, wander: 0.4, noise: 0.1, digits: 1}},
			{"hv_Fan", "speed", "%", signal{base: 20, busy: 52, wander: 8, noise: 1, floor: true, top: 100}},
			{"hv_Filter", "dP", "Pa", signal{base: 60, spread: 0.2, busy: 45, saw: 140, every: 45 * day, wander: 4, noise: 1}},
		}}},
		rules: []rule{{kind: "hv_FilterClogged", severity: "MINOR", text: "Filter: 225 Pa reached, replace within four weeks", series: "hv_Filter.dP", above: 225, back: 200}},
		moods: []mood{
			{"hv_FrostProtection", "MAJOR", "Frost protection has tripped: dampers closed", of(0.03, 20*minute, 5*hour)},
			{"hv_BeltSlip", "WARNING", "Fan runs, but air flow is missing", of(0.04, 30*minute, 6*hour)},
		},
	}
}

func roomSensor() *class {
	return &class{
		kind: "hv_RoomSensor", use: office, serial: "HVR", required: 60, every: 30,
		hardware: []hardware{{"RS-Air LoRa", []string{"1.1", "1.2"}}},
		image:    "rs-air", firmware: []string{"0.9.14", "1.0.2"},
		sensors: []string{"c8y_TemperatureSensor", "c8y_HumiditySensor", "hv_CO2Sensor"},
		streams: []stream{{"hv_RoomClimate", []series{
			{"c8y_TemperatureMeasurement", "T", "°C", signal{base: 19.8, spread: 0.04, daily: 0.7, busy: 1.8, wander: 0.4, noise: 0.1, digits: 1}},
			{"c8y_HumidityMeasurement", "h", "%RH", signal{base: 44, spread: 0.15, daily: -3, wander: 3, noise: 0.5, digits: 0}},
			{"hv_CO2", "ppm", "ppm", signal{base: 430, busy: 380, wander: 90, noise: 12, spike: 900, spikes: 0.3, floor: true}},
		}}, {"c8y_Battery", []series{{"c8y_Battery", "level", "%", signal{base: 100, saw: -88, every: 400 * day, digits: 0}}}}},
		rules: []rule{
			{kind: "hv_AirQuality", severity: "WARNING", text: "CO₂ above 1400 ppm: please open a window", series: "hv_CO2.ppm", above: 1400, back: 1100},
			{kind: "c8y_BatteryLow", severity: "MINOR", text: "Battery below 15 %", series: "c8y_Battery.level", below: 15, back: 20},
		},
	}
}

func door() *class {
	return &class{
		kind: "hv_DoorController", use: office, serial: "HVD", required: 60, every: 60,
		hardware: []hardware{{"Portier 2", []string{"B"}}},
		image:    "portier", firmware: []string{"2.2.8", "2.3.0"},
		operations: []string{"c8y_Relay"},
		moods: []mood{
			{"hv_DoorHeldOpen", "MINOR", "Door held open for more than 5 minutes", of(4, 6*minute, 40*minute)},
			{"hv_ForcedEntry", "CRITICAL", "Door opened without release", of(0.015, 5*minute, 60*minute)},
		},
		happens: []happening{{"hv_DoorOpened", []string{
			"Opened by badge 1042", "Opened by badge 0877", "Opened by badge 1309", "Opened from inside", "Badge 0211 refused: outside of its hours",
		}, 40}},
	}
}
