package fleet

import (
	"maps"
	"strconv"
)

// site is a place on earth where the company has something.
type site struct {
	name     string
	lat, lng float64
	zone     int64 // seconds that local time is ahead of UTC, daylight saving time left aside
	mcc, mnc string
	prefix   string // of telephone numbers
	words    words
}

// words are what people there write on things, by type of device and by "hall" and "line".
type words map[string]string

// in is a language: its own words and English ones where it has none.
func in(local words) words {
	all := english()
	maps.Copy(all, local)
	return all
}

func english() words {
	return words{
		"hall": "Hall", "line": "Line", "c8y_Linux": "Line gateway", "hv_HydraulicPress": "Press", "hv_CncLathe": "Lathe", "hv_PumpTestBench": "Test bench",
		"hv_InductionFurnace": "Furnace", "hv_Compressor": "Compressor", "hv_EnergyMeter": "Energy meter", "hv_Forklift": "Forklift",
		"hv_BuildingController": "Building controller", "hv_AirHandler": "Air handler", "hv_RoomSensor": "Room", "hv_DoorController": "Door",
		"hv_PumpStation": "Pump station", "hv_BoosterPump": "Pump", "hv_LevelProbe": "Gauge", "forklifts": "Forklifts",
	}
}

func german() words {
	return words{
		"hall": "Halle", "line": "Linie", "c8y_Linux": "Liniengateway", "hv_HydraulicPress": "Presse", "hv_CncLathe": "Drehmaschine", "hv_PumpTestBench": "Prüfstand",
		"hv_InductionFurnace": "Induktionsofen", "hv_Compressor": "Kompressor", "hv_EnergyMeter": "Energiezähler", "hv_Forklift": "Stapler",
		"hv_BuildingController": "Gebäudeleittechnik", "hv_AirHandler": "Lüftung", "hv_RoomSensor": "Büro", "hv_DoorController": "Tür",
		"hv_PumpStation": "Pumpwerk", "hv_BoosterPump": "Pumpe", "hv_LevelProbe": "Pegel", "forklifts": "Stapler",
	}
}

func spanish() words {
	return words{
		"hall": "Nave", "line": "Línea", "c8y_Linux": "Pasarela", "hv_HydraulicPress": "Prensa", "hv_CncLathe": "Torno", "hv_PumpTestBench": "Banco de pruebas",
		"hv_InductionFurnace": "Horno de inducción", "hv_Compressor": "Compresor", "hv_EnergyMeter": "Medidor de energía", "hv_Forklift": "Montacargas",
		"hv_BuildingController": "Control del edificio", "hv_AirHandler": "Climatización", "hv_RoomSensor": "Oficina", "hv_DoorController": "Puerta",
		"hv_PumpStation": "Cárcamo", "hv_BoosterPump": "Bomba", "hv_LevelProbe": "Nivel", "forklifts": "Montacargas",
	}
}

func japanese() words {
	return words{
		"hv_BuildingController": "中央監視", "hv_AirHandler": "空調機", "hv_RoomSensor": "会議室", "hv_DoorController": "入退室", "hv_EnergyMeter": "電力量計",
		"hv_PumpStation": "ポンプ場", "hv_BoosterPump": "ポンプ", "hv_LevelProbe": "水位計",
	}
}

func chinese() words {
	return words{
		"hall": "车间", "line": "产线", "c8y_Linux": "网关", "hv_HydraulicPress": "液压机", "hv_CncLathe": "车床", "hv_PumpTestBench": "试验台",
		"hv_InductionFurnace": "感应炉", "hv_Compressor": "空压机", "hv_EnergyMeter": "电表", "hv_Forklift": "叉车", "forklifts": "叉车",
		"hv_BuildingController": "楼宇控制器", "hv_AirHandler": "空调机组", "hv_RoomSensor": "会议室", "hv_DoorController": "门禁",
		"hv_PumpStation": "泵站", "hv_BoosterPump": "水泵", "hv_LevelProbe": "水位计",
	}
}

func greek() words {
	return words{
		"hv_BuildingController": "Έλεγχος κτιρίου", "hv_AirHandler": "Κλιματισμός", "hv_RoomSensor": "Γραφείο", "hv_DoorController": "Πόρτα", "hv_EnergyMeter": "Μετρητής ενέργειας",
		"hv_PumpStation": "Αντλιοστάσιο", "hv_BoosterPump": "Αντλία", "hv_LevelProbe": "Στάθμη",
	}
}

func russian() words {
	return words{
		"hv_BuildingController": "Диспетчеризация", "hv_AirHandler": "Вентиляция", "hv_RoomSensor": "Кабинет", "hv_DoorController": "Дверь", "hv_EnergyMeter": "Счётчик",
		"hv_PumpStation": "Насосная станция", "hv_BoosterPump": "Насос", "hv_LevelProbe": "Уровнемер",
	}
}

func arabic() words {
	return words{
		"hv_BuildingController": "نظام المبنى", "hv_AirHandler": "وحدة تكييف", "hv_RoomSensor": "مكتب", "hv_DoorController": "باب", "hv_EnergyMeter": "عداد الطاقة",
		"hv_PumpStation": "محطة ضخ", "hv_BoosterPump": "مضخة", "hv_LevelProbe": "مقياس المنسوب",
	}
}

func polish() words {
	return words{
		"hall": "Hala", "line": "Linia", "c8y_Linux": "Brama", "hv_HydraulicPress": "Prasa", "hv_CncLathe": "Tokarka", "hv_PumpTestBench": "Stanowisko badawcze",
		"hv_InductionFurnace": "Piec indukcyjny", "hv_Compressor": "Sprężarka", "hv_EnergyMeter": "Licznik energii", "hv_Forklift": "Wózek widłowy", "forklifts": "Wózki widłowe",
		"hv_PumpStation": "Przepompownia", "hv_BoosterPump": "Pompa", "hv_LevelProbe": "Poziom wody",
	}
}

func turkish() words {
	return words{
		"hall": "Salon", "line": "Hat", "c8y_Linux": "Ağ geçidi", "hv_HydraulicPress": "Pres", "hv_CncLathe": "Torna", "hv_PumpTestBench": "Test tezgâhı",
		"hv_InductionFurnace": "İndüksiyon ocağı", "hv_Compressor": "Kompresör", "hv_EnergyMeter": "Enerji sayacı", "hv_Forklift": "Forklift", "forklifts": "Forkliftler",
		"hv_PumpStation": "Pompa istasyonu", "hv_BoosterPump": "Pompa", "hv_LevelProbe": "Seviye",
	}
}

// plants in the order in which the company founded them. A company of normal size has the first two.
func plants() []site {
	return []site{
		{"Werk Hamburg-Billbrook", 53.5338, 10.0867, 1 * hour, "262", "02", "+4915", in(german())},
		{"Planta Monterrey-Apodaca", 25.7785, -100.1869, -6 * hour, "334", "020", "+5281", in(spanish())},
		{"Zakład Gdańsk", 54.3471, 18.6453, 1 * hour, "260", "03", "+4850", in(polish())},
		{"苏州工厂", 31.3173, 120.7106, 8 * hour, "460", "00", "+8613", in(chinese())},
		{"İzmir Fabrikası", 38.4512, 27.2113, 3 * hour, "286", "01", "+9053", in(turkish())},
		{"Pune Works", 18.6298, 73.7997, 5*hour + 30*minute, "404", "20", "+9198", english()},
	}
}

// offices are buildings in the order in which they were moved into.
func offices() []site {
	return []site{
		{"Verwaltung HafenCity", 53.5413, 9.9998, 1 * hour, "262", "02", "+4915", in(german())},
		{"Oficinas San Pedro", 25.6573, -100.4023, -6 * hour, "334", "020", "+5281", in(spanish())},
		{"東京オフィス（品川）", 35.6285, 139.7387, 9 * hour, "440", "10", "+8190", in(japanese())},
		{"Γραφεία Θεσσαλονίκης", 40.6264, 22.9484, 2 * hour, "202", "01", "+3069", in(greek())},
		{"Офис Алматы", 43.2380, 76.9455, 5 * hour, "401", "02", "+7701", in(russian())},
		{"上海办事处", 31.2304, 121.4737, 8 * hour, "460", "00", "+8613", in(chinese())},
		{"مكتب دبي", 25.2048, 55.2708, 4 * hour, "424", "02", "+9715", in(arabic())},
		{"Københavns kontor", 55.6761, 12.5683, 1 * hour, "238", "01", "+4520", english()},
	}
}

// customers have pump stations that the company looks after.
func customers() []site {
	return []site{
		{"Wasserverband Untertrave", 53.9655, 10.8699, 1 * hour, "262", "01", "+4915", in(german())},
		{"Aguas del Norte", 25.8132, -100.5931, -6 * hour, "334", "03", "+5281", in(spanish())},
		{"Водоканал Талгар", 43.3019, 77.2400, 5 * hour, "401", "01", "+7701", in(russian())},
		{"Ύδρευση Χαλκιδικής", 40.3690, 23.2871, 2 * hour, "202", "05", "+3069", in(greek())},
		{"瀬戸内水道組合", 34.3853, 132.4553, 9 * hour, "440", "20", "+8190", in(japanese())},
		{"Wodociągi Żuławskie", 54.1203, 19.1031, 1 * hour, "260", "01", "+4850", in(polish())},
		{"浦东水务", 31.2222, 121.5447, 8 * hour, "460", "01", "+8613", in(chinese())},
		{"شركة مياه الساحل", 25.7895, 55.9432, 4 * hour, "424", "03", "+9715", in(arabic())},
		{"Çeşme Su Birliği", 38.3235, 26.3064, 3 * hour, "286", "02", "+9053", in(turkish())},
		{"Hørsholm & Omegns Vandværk", 55.8809, 12.5007, 1 * hour, "238", "02", "+4520", english()},
	}
}

// numbered returns the n-th of a list that starts over when it is used up, with a number from the second round on.
func numbered(sites []site, n int) site {
	s := sites[n%len(sites)]
	if round := n/len(sites) + 1; round > 1 {
		s.name += " " + strconv.Itoa(round)
	}
	return s
}

// atlas are the sites, looked up once for all devices.
type atlas struct{ plants, offices, customers []site }

func newAtlas() atlas { return atlas{plants(), offices(), customers()} }
