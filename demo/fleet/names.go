package fleet

import (
	"fmt"
	"strings"
)

// awkward are names that somebody really gave to something, by type of device: legal, and hard on whoever shows, sorts, quotes or
// escapes them.
func awkward() map[string][]string {
	return map[string][]string{
		"hv_BoosterPump": {
			`Pumpe "Berta" (alt), bitte nicht abschalten!`,
			"مضخة 12-B احتياط",
			"Druckerhöhungsanlage Trinkwasser Hochhaus Überseeallee, Pumpe 3 von 5, Einspeisung über Notstromaggregat 2 " +
				"(seit Umbau 2021 nur noch im Handbetrieb – siehe Schaltplan Blatt 17, bei Störung Rufbereitschaft 040 / 555 01 32 anrufen)",
		},
		"hv_EnergyMeter":    {"P&ID 4711/3 – 100 % <Reserve> #2"},
		"hv_HydraulicPress": {"O'Higgins' Presse", `\\fileserver\linie3\presse`},
		"hv_Compressor":     {"4711"},
		"hv_CncLathe":       {"  Torno 7 (movido)  "},
		"hv_RoomSensor":     {"Cafe\u0301 2. OG"},        // the accent is a character of its own
		"hv_Telematics":     {"👩\u200d🔧 Werkstattwagen"}, // one glyph of three code points
		"hv_DoorController": {"null"},
		"hv_AirHandler":     {"name eq 'x' or true"},
	}
}

// tasks are what lines are for, per language of the plant.
func tasks(w words) []string {
	switch w["line"] {
	case "Linie":
		return []string{"Gehäuse", "Laufräder", "Endmontage", "Gießerei", "Wellen", "Prüffeld"}
	case "Línea":
		return []string{"Carcasas", "Impulsores", "Ensamble final", "Fundición", "Flechas", "Pruebas"}
	case "Linia":
		return []string{"Korpusy", "Wirniki", "Montaż końcowy", "Odlewnia", "Wały", "Próby"}
	case "产线":
		return []string{"泵壳", "叶轮", "总装", "铸造", "轴", "试验"}
	case "Hat":
		return []string{"Gövde", "Çark", "Son montaj", "Döküm", "Mil", "Test"}
	}
	return []string{"Casings", "Impellers", "Final assembly", "Foundry", "Shafts", "Testing"}
}

// notes are what technicians write into c8y_Notes.
func notes() []string {
	return []string{
		"Schlüssel beim Pförtner. Zugang nur mit Helm.",
		"Replaced main board 2025-11-04 (JI). Old one kept in cabinet 3.",
		"Solicitar permiso de trabajo antes de intervenir.\nContacto: ext. 2231",
		"Sensor reads 0.4 K too high, see calibration record 2026-114.",
		"ATTENTION: never restart during a melt!",
		"次回点検 2027年3月",
		"SIM swapped, new provider since spring. APN must stay iot.hv.example",
	}
}

// plate is the registration of a vehicle.
func plate(home *site, n int) string {
	switch home.mcc {
	case "262":
		return fmt.Sprintf("HH-HV %d", 2041+n)
	case "334":
		return fmt.Sprintf("RK-%02d-%03d", 41+n%50, 217+7*n%700)
	case "260":
		return fmt.Sprintf("GD %04dV", 1200+n)
	case "460":
		return fmt.Sprintf("苏E·H%04d", 1800+n)
	case "286":
		return fmt.Sprintf("35 HV %03d", 101+n)
	}
	return fmt.Sprintf("MH 12 HV %04d", 3300+n)
}

// van and truck are makes that a plate is followed by.
func van() []string   { return []string{"Crafter", "Transit", "Sprinter", "Daily", "Ducato"} }
func truck() []string { return []string{"Kühl-Lkw 7,5 t", "Kühl-Lkw 12 t", "Kühlauflieger"} }

// floor is where in a building a device is.
func floor(n int) string {
	return []string{"EG", "1. OG", "2. OG", "3. OG", "UG"}[n%5]
}

// level is floor in the language of an office.
func level(w words, n int) string {
	switch {
	case w["hall"] == "Halle":
		return floor(n)
	case w["hv_RoomSensor"] == "会议室", w["hv_RoomSensor"] == "会議室":
		return fmt.Sprintf("%dF", 1+n%9)
	case w["hv_RoomSensor"] == "Oficina":
		return fmt.Sprintf("piso %d", 1+n%6)
	case w["hv_RoomSensor"] == "Γραφείο":
		return fmt.Sprintf("%dος όροφος", 1+n%4)
	case w["hv_RoomSensor"] == "Кабинет":
		return fmt.Sprintf("%d этаж", 1+n%5)
	case w["hv_RoomSensor"] == "مكتب":
		return fmt.Sprintf("الطابق %d", 1+n%12)
	}
	return fmt.Sprintf("floor %d", 1+n%4)
}

// hex appends a number in upper-case hexadecimal digits, as serial numbers and addresses have them.
func hex(h uint64, digits int) string {
	const alphabet = "0123456789ABCDEF"
	var b strings.Builder
	for i := range digits {
		b.WriteByte(alphabet[h>>(4*i)&15])
	}
	return b.String()
}

// digits writes a random decimal number of fixed length.
func digits(h uint64, n int) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte('0' + h%10)
		if h /= 10; h == 0 {
			h = mix(uint64(i) + 7)
		}
	}
	return string(b)
}
