package fleet

// What stands in the plants: a gateway per line and the machines below it.

func lineGateway() *class {
	return &class{
		kind: "c8y_Linux", agent: true, use: shifts, serial: "HVE", required: 10, every: 30, fixed: true,
		hardware: []hardware{{"EdgeBox 420", []string{"A1", "A2", "B0"}}, {"EdgeBox 640-PN", []string{"C1"}}},
		image:    "edgebox-os", firmware: []string{"4.8.2", "4.9.0", "4.9.3"},
		software: []software{
			{"mosquitto", "2.0.18-1", "apt"},
			{"thin-edge", "1.4.2", "apt"},
			{"opcua-bridge", "3.1.0", "docker"},
			{"node-red", "4.0.5", "docker"},
			{"openssh-server", "1:9.2p1-2", "apt"},
			{"hv-recipes", "2026.3", "apt"},
		},
		logs: []string{"syslog", "opcua-bridge", "kernel"}, configs: []string{"mosquitto.conf", "opcua-bridge.json"},
		config:   "[bridge]\nendpoint = opc.tcp://10.20.0.1:4840\nsampling = 250ms\n\n[mqtt]\nkeepalive = 60\nqos = 1\n",
		services: []service{{"mosquitto", "systemd"}, {"opcua-bridge", "container"}, {"tedge-agent", "systemd"}},
		streams: []stream{{"c8y_ResourceUsage", []series{
			{"c8y_Cpu", "load", "%", signal{base: 18, spread: 0.4, busy: 22, wander: 9, noise: 4, spike: 60, spikes: 0.15, floor: true, top: 100, digits: 1}},
			{"c8y_Memory", "used", "%", signal{base: 38, spread: 0.3, saw: 24, every: 9 * day, wander: 2, noise: 0.4, top: 100, digits: 1}},
			{"c8y_Disk", "used", "%", signal{base: 41, spread: 0.5, saw: 30, every: 30 * day, digits: 1, top: 100}},
		}}},
		rules: []rule{
			{kind: "c8y_HighCpuLoad", severity: "WARNING", text: "CPU load above 85 %", series: "c8y_Cpu.load", above: 85, back: 75},
			{kind: "c8y_DiskAlmostFull", severity: "MINOR", text: "Disk usage above 88 %: old recipes and logs should be removed", series: "c8y_Disk.used", above: 88, back: 80},
		},
		moods: []mood{
			{"hv_OpcUaConnectionLost", "MAJOR", "OPC UA session to the line controller was closed (BadConnectionClosed)", of(0.12, 4*minute, 90*minute)},
			{"hv_CertificateExpiring", "WARNING", "Client certificate of the OPC UA bridge expires in 21 days", of(0.04, 8*hour, 20*hour)},
		},
		happens: []happening{
			{"c8y_UserLogin", []string{"SSH login: maintenance from 10.20.0.17", "SSH login: k.petersen from 10.20.0.21", "SSH login refused: unknown key"}, 0.9},
			{"c8y_SoftwareChanged", []string{"opcua-bridge 3.0.4 → 3.1.0", "thin-edge 1.4.1 → 1.4.2", "node-red 4.0.3 → 4.0.5"}, 0.2},
			{"hv_RecipeChanged", []string{"Recipe 7741 loaded", "Recipe 8120 loaded", "Recipe 8122-rev2 loaded"}, 1.5},
		},
	}
}

func hydraulicPress() *class {
	return &class{
		kind: "hv_HydraulicPress", use: shifts, serial: "HVP", required: 15, every: 5,
		hardware: []hardware{{"PX-250", []string{"1.4", "1.5"}}, {"PX-630", []string{"2.0", "2.1"}}, {"PX-1000 Duo", []string{"1.0"}}},
		image:    "press-control", firmware: []string{"6.2.0", "6.3.1", "7.0.4"},
		sensors: []string{"c8y_TemperatureSensor", "hv_PressureSensor"}, operations: []string{"c8y_Relay", "c8y_Message"},
		streams: []stream{{"hv_Press", []series{
			{"hv_OilTemperature", "T", "°C", signal{base: 38, spread: 0.08, daily: 1.5, busy: 14, wander: 2, noise: 0.3, spike: 26, spikes: 0.25, digits: 1}},
			{"hv_HydraulicPressure", "P", "bar", signal{base: 22, busy: 186, wander: 12, noise: 6, spike: 70, spikes: 0.1, digits: 1, floor: true}},
			{"hv_Force", "F", "kN", signal{base: 0, busy: 2150, wander: 160, noise: 120, floor: true}},
			{"hv_Strokes", "count", "", signal{base: 4000, spread: 0.6, rate: 310}},
		}}},
		rules: []rule{
			{kind: "hv_OilTooHot", severity: "MAJOR", text: "Hydraulic oil above 66 °C: check cooler and filter", series: "hv_OilTemperature.T", above: 66, back: 60},
			{kind: "hv_Overpressure", severity: "CRITICAL", text: "Hydraulic pressure above 250 bar, relief valve open", series: "hv_HydraulicPressure.P", above: 250, back: 225},
		},
		moods: []mood{
			{"hv_LightCurtain", "CRITICAL", "Light curtain interrupted during stroke: press stopped", of(0.05, 2*minute, 25*minute)},
			{"hv_FilterClogged", "MINOR", "Return filter: differential pressure too high", of(0.06, 3*hour, 16*hour)},
			{"hv_PartStuck", "MINOR", "Part not ejected", of(6, 2*minute, 14*minute)},
			{"hv_LubricantLow", "WARNING", "Central lubrication: level low", of(0.07, 2*hour, 12*hour)},
		},
		happens: []happening{{"hv_ToolChanged", []string{"Tool W-118 mounted", "Tool W-204 mounted", "Tool W-207b mounted, first part approved"}, 2}},
	}
}

func lathe() *class {
	return &class{
		kind: "hv_CncLathe", use: shifts, serial: "HVL", required: 15, every: 20,
		hardware: []hardware{{"Turn 42", []string{"D"}}, {"Turn 65 Y", []string{"D", "E"}}},
		image:    "turn-nc", firmware: []string{"11.3", "11.5"},
		sensors: []string{"c8y_TemperatureSensor", "c8y_AccelerationSensor"}, operations: []string{"c8y_Message"},
		streams: []stream{{"hv_Spindle", []series{
			{"hv_Spindle", "speed", "rpm", signal{busy: 3150, wander: 420, noise: 60, floor: true}},
			{"hv_Spindle", "load", "%", signal{base: 2, busy: 48, wander: 14, noise: 6, spike: 45, spikes: 0.15, floor: true, top: 130, digits: 1}},
			{"hv_Vibration", "rms", "mm/s", signal{base: 0.4, busy: 1.3, wander: 0.3, noise: 0.15, saw: 1.6, every: 11 * day, spike: 3.2, spikes: 0.1, floor: true, digits: 2}},
			{"hv_Coolant", "T", "°C", signal{base: 21, daily: 1, busy: 4, wander: 0.8, noise: 0.1, digits: 1}},
		}}},
		rules: []rule{
			{kind: "hv_SpindleOverload", severity: "MAJOR", text: "Spindle load above 88 %", series: "hv_Spindle.load", above: 88, back: 75},
			{kind: "hv_Vibration", severity: "MINOR", text: "Vibration above 4.5 mm/s (ISO 10816 zone C): bearing wear likely", series: "hv_Vibration.rms", above: 4.5, back: 3.8},
		},
		moods: []mood{
			{"hv_BarFeederEmpty", "WARNING", "Bar feeder empty", of(4, 3*minute, 50*minute)},
			{"hv_ChipConveyor", "MINOR", "Chip conveyor overloaded", of(3, 2*minute, 20*minute)},
			{"hv_ToolLife", "WARNING", "Tool 14 has reached its life", of(3, 4*minute, 40*minute)},
		},
		happens: []happening{{"hv_ProgramStarted", []string{"NC program O4711 started", "NC program O1208 started", "NC program O0815 started in single block"}, 2.5}},
	}
}

func testBench() *class {
	return &class{
		kind: "hv_PumpTestBench", use: shifts, serial: "HVT", required: 15, every: 10,
		hardware: []hardware{{"PTB-4", []string{"2019", "2023"}}},
		image:    "bench-ctl", firmware: []string{"2.7.0", "2.8.1"},
		sensors: []string{"c8y_TemperatureSensor", "hv_PressureSensor", "hv_FlowSensor"},
		streams: []stream{{"hv_PumpTest", []series{
			{"hv_Flow", "Q", "m³/h", signal{busy: 64, wander: 9, noise: 1.2, floor: true, digits: 1}},
			{"hv_Head", "H", "m", signal{busy: 42, wander: 5, noise: 0.6, floor: true, digits: 1}},
			{"hv_Efficiency", "eta", "%", signal{base: 8, busy: 66, wander: 3, noise: 0.8, spike: -24, spikes: 0.15, floor: true, top: 84, digits: 1}},
		}}, {"c8y_TemperatureMeasurement", []series{
			{"c8y_TemperatureMeasurement", "T", "°C", signal{base: 19, daily: 1.2, busy: 6, wander: 1, noise: 0.1, digits: 1}},
		}}},
		moods: []mood{{"hv_CalibrationDue", "WARNING", "Flow meter: calibration due", of(0.08, 6*hour, 22*hour)}},
		happens: []happening{{"hv_TestPassed", []string{
			"Pump NB 65-160 tested: class 2B", "Pump NK 100-200 tested: class 2U", "Pump CR 32-4 tested: class 1B", "Pump NB 50-125 rejected: head 4.1 % below curve",
		}, 6}},
	}
}

func furnace() *class {
	return &class{
		kind: "hv_InductionFurnace", use: shifts, serial: "HVF", required: 15, every: 15,
		hardware: []hardware{{"IF-3t", []string{"R3"}}},
		image:    "melt-control", firmware: []string{"3.3.0"},
		sensors: []string{"c8y_TemperatureSensor"}, operations: []string{"c8y_Message"},
		streams: []stream{{"hv_Furnace", []series{
			{"hv_MeltTemperature", "T", "°C", signal{base: 640, busy: 790, wander: 28, noise: 3, spike: 110, spikes: 0.1}},
			{"hv_Power", "P", "kW", signal{base: 90, busy: 1180, wander: 240, noise: 25, floor: true}},
			{"hv_CoolingWater", "T", "°C", signal{base: 18, daily: 2, busy: 13, wander: 1.5, noise: 0.2, spike: 16, spikes: 0.12, digits: 1}},
		}}},
		rules: []rule{
			{kind: "hv_MeltTooHot", severity: "CRITICAL", text: "Melt above 1520 °C", series: "hv_MeltTemperature.T", above: 1520, back: 1480},
			{kind: "hv_CoolingWaterWarm", severity: "MAJOR", text: "Cooling water return above 42 °C", series: "hv_CoolingWater.T", above: 42, back: 38},
		},
		happens: []happening{{"hv_Tapped", []string{"Tapped 2.8 t EN-GJL-250", "Tapped 2.6 t EN-GJS-400-15"}, 5}},
	}
}

func compressor() *class {
	return &class{
		kind: "hv_Compressor", use: shifts, serial: "HVK", required: 30, every: 20,
		hardware: []hardware{{"AirCenter 55", []string{"II"}}, {"AirCenter 90 VSD", []string{"I", "II"}}},
		image:    "aircenter", firmware: []string{"1.18", "1.21"},
		sensors: []string{"hv_PressureSensor", "c8y_TemperatureSensor"}, operations: []string{"c8y_Relay"},
		streams: []stream{{"hv_CompressedAir", []series{
			{"hv_NetPressure", "P", "bar", signal{base: 7.2, wander: 0.25, noise: 0.08, spike: -1.9, spikes: 0.15, digits: 2}},
			{"hv_OutletTemperature", "T", "°C", signal{base: 52, daily: 3, busy: 27, wander: 3, noise: 0.5, digits: 1}},
			{"hv_OperatingHours", "h", "h", signal{base: 900, spread: 0.9, rate: 1.1}},
		}}},
		rules: []rule{{kind: "hv_NetPressureLow", severity: "MAJOR", text: "Compressed air below 6.2 bar", series: "hv_NetPressure.P", below: 6.2, back: 6.6}},
		moods: []mood{{"hv_ServiceDue", "WARNING", "Service due within 200 operating hours", of(0.1, 5*hour, 22*hour)}},
	}
}

func energyMeter() *class {
	return &class{
		kind: "hv_EnergyMeter", use: shifts, serial: "HVM", required: 60, every: 30,
		hardware: []hardware{{"EM340-DIN", []string{"1"}}, {"PAC 3220", []string{"4"}}},
		sensors:  []string{"c8y_CurrentSensor", "c8y_VoltageSensor"},
		streams: []stream{{"c8y_ThreePhaseEnergyMeasurement", []series{
			{"c8y_ThreePhaseEnergyMeasurement", "A+", "kWh", signal{base: 120_000, spread: 0.8, rate: 88, digits: 1}},
			{"c8y_ThreePhaseEnergyMeasurement", "P+", "W", signal{base: 14_000, spread: 0.4, daily: 1500, busy: 61_000, wander: 9000, noise: 1200, floor: true}},
			{"c8y_ThreePhaseEnergyMeasurement", "V1", "V", signal{base: 231, daily: -1.2, busy: -2, wander: 1.4, noise: 0.4, digits: 1}},
			{"c8y_ThreePhaseEnergyMeasurement", "cosphi", "", signal{base: 0.93, wander: 0.03, noise: 0.008, top: 1, digits: 3}},
		}}},
		moods: []mood{{"hv_PeakLoad", "WARNING", "Quarter-hour demand above 90 % of the contracted maximum", of(0.2, 15*minute, 45*minute)}},
	}
}
