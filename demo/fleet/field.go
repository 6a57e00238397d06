package fleet

// What stands at the customers': pump stations, and probes far from any mains.

func pumpStation() *class {
	return &class{
		kind: "hv_PumpStation", agent: true, use: always, serial: "HVW", required: 60, every: 30, mobile: true, fixed: true, reticent: true,
		hardware: []hardware{{"StationControl S", []string{"5"}}, {"StationControl L", []string{"5", "6"}}},
		image:    "stationcontrol", firmware: []string{"2.3.1", "2.4.0", "2.4.4"},
		software: []software{{"modem-watchdog", "1.1.0", "ipk"}, {"level-control", "7.2.3", "ipk"}, {"sms-fallback", "0.8.1", "ipk"}},
		logs:     []string{"station", "modem"}, configs: []string{"station.conf"},
		config:     "pumps = 2\nalternate = daily\nlevel.start = 1.80\nlevel.stop = 0.60\nlevel.alarm = 2.60\n",
		operations: []string{"c8y_RelayArray", "c8y_Message", "c8y_Network"},
		sensors:    []string{"c8y_SignalStrength", "hv_LevelSensor"},
		services:   []service{{"level-control", "process"}},
		streams: []stream{{"hv_Station", []series{
			{"hv_Level", "h", "m", signal{base: 0.65, saw: 1.1, every: 47 * minute, wander: 0.12, noise: 0.02, spike: 1.5, spikes: 0.25, floor: true, digits: 2}},
			{"hv_Inflow", "Q", "m³/h", signal{base: 34, spread: 0.5, daily: 14, wander: 7, noise: 1.5, floor: true, digits: 1}},
			{"c8y_SignalStrength", "rssi", "dBm", signal{base: -84, spread: 0.12, wander: 5, noise: 2}},
		}}},
		rules: []rule{{kind: "hv_HighWater", severity: "CRITICAL", text: "Sump above 2.40 m: overflow is near", series: "hv_Level.h", above: 2.4, back: 2}},
		moods: []mood{
			{"hv_MainsFailure", "MAJOR", "Mains failure: station runs on battery", of(0.06, 5*minute, 3*hour)},
			{"hv_DoorOpen", "WARNING", "Cabinet door open", of(0.12, 10*minute, 90*minute)},
		},
		happens: []happening{
			{"c8y_UserLogin", []string{"Local panel: PIN of service technician accepted", "Local panel: wrong PIN"}, 0.5},
			{"hv_PumpAlternated", []string{"Duty changed: pump 1 leads", "Duty changed: pump 2 leads"}, 1},
		},
	}
}

func boosterPump() *class {
	return &class{
		kind: "hv_BoosterPump", use: always, serial: "HVX", required: 60, every: 20,
		hardware: []hardware{{"NB 65-160", []string{"E", "F"}}, {"NK 100-200", []string{"C"}}, {"CR 32-4", []string{"K"}}},
		image:    "drive", firmware: []string{"1.08", "1.10", "1.12"},
		sensors: []string{"c8y_CurrentSensor", "c8y_TemperatureSensor", "hv_PressureSensor"}, operations: []string{"c8y_Relay"},
		streams: []stream{{"hv_Pump", []series{
			{"hv_Discharge", "P", "bar", signal{base: 4.6, spread: 0.2, daily: 0.35, wander: 0.3, noise: 0.06, spike: -2.6, spikes: 0.12, floor: true, digits: 2}},
			{"c8y_CurrentMeasurement", "I", "A", signal{base: 21, spread: 0.3, daily: 2.5, wander: 2, noise: 0.4, floor: true, digits: 1}},
			{"hv_Bearing", "T", "°C", signal{base: 46, spread: 0.1, daily: 4, wander: 2, noise: 0.3, spike: 38, spikes: 0.12, digits: 1}},
			{"hv_Vibration", "rms", "mm/s", signal{base: 1.4, spread: 0.3, wander: 0.3, noise: 0.12, saw: 1.2, every: 19 * day, floor: true, digits: 2}},
		}}},
		rules: []rule{
			{kind: "hv_DryRun", severity: "CRITICAL", text: "Discharge pressure below 2.4 bar: dry run", series: "hv_Discharge.P", below: 2.4, back: 3.2},
			{kind: "hv_BearingHot", severity: "MAJOR", text: "Bearing above 75 °C", series: "hv_Bearing.T", above: 75, back: 66},
		},
		moods: []mood{{"hv_SealLeak", "MINOR", "Mechanical seal: leakage detected", of(0.05, 3*hour, 20*hour)}},
	}
}

func levelProbe() *class {
	return &class{
		kind: "hv_LevelProbe", agent: true, use: always, serial: "HVN", required: 1440, every: 60, mobile: true, fixed: true, reticent: true,
		hardware: []hardware{{"AquaNode NB", []string{"2.0", "2.1"}}},
		image:    "aquanode", firmware: []string{"1.0.7", "1.1.0"},
		sensors: []string{"hv_LevelSensor", "c8y_SignalStrength"},
		streams: []stream{{"hv_Gauge", []series{
			{"hv_Level", "h", "m", signal{base: 3.1, spread: 0.5, daily: 0.08, wander: 0.15, noise: 0.01, floor: true, digits: 2}},
			{"hv_Water", "T", "°C", signal{base: 9, daily: 0.6, wander: 0.4, noise: 0.05, digits: 1}},
			{"c8y_Battery", "level", "%", signal{base: 100, saw: -95, every: 1200 * day, digits: 0}},
		}}},
		rules: []rule{{kind: "c8y_BatteryLow", severity: "MINOR", text: "Battery below 15 %: replacement needs a boat", series: "c8y_Battery.level", below: 15, back: 20}},
	}
}
