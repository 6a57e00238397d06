package office

import "time"

// Option is a tenant option. Keys that begin with "credentials." are stored encrypted.
type Option struct{ Category, Key, Value string }

// Options are what the company has set beside what every tenant has.
func Options() []Option {
	return []Option{
		{"alarm.escalation", "critical.minutes", "10"},
		{"alarm.escalation", "mail.to", "control-desk@hv.example"},
		{"connectivity", "sim.provider", "https://api.simprovider.example/v2"},
		{"connectivity", "credentials.sim.token", "sk-sim-5f0c21"},
		{"energy-report", "report.hour", "5"},
		{"energy-report", "tariff.peak.eur-per-kwh", "0.2874"},
		{"energy-report", "credentials.erp.password", "Erp.2026-q1"},
		{"files", "scan.virus", "true"},
		{"reportMailer", "from", "no-reply@hv.example"},
		{"reportMailer", "credentials.smtp.password", "smtp-9f2"},
		{"shift-book", "handover.required", "true"},
		{"shift-book", "languages", "de,es,pl"},
	}
}

// Rule is a retention rule. "*" means all.
type Rule struct {
	DataType, Type, FragmentType, Source string
	Days                                 int
	Fixed                                bool // only the platform's operator may change it
}

// Rules are the company's, after that for everything.
func Rules() []Rule {
	return []Rule{
		{DataType: "EVENT", Type: "hv_DoorOpened", FragmentType: "*", Source: "*", Days: 30},
		{DataType: "EVENT", Type: "c8y_LocationUpdate", FragmentType: "*", Source: "*", Days: 14},
		{DataType: "MEASUREMENT", Type: "*", FragmentType: "c8y_SignalStrength", Source: "*", Days: 7},
		{DataType: "ALARM", Type: "c8y_UnavailabilityAlarm", FragmentType: "*", Source: "*", Days: 60},
		{DataType: "BULK_OPERATION", Type: "*", FragmentType: "*", Source: "*", Days: 180},
		{DataType: "AUDIT", Type: "*", FragmentType: "*", Source: "*", Days: 365, Fixed: true},
	}
}

// Features are switches that the company has set for itself, by key.
func Features() map[string]bool {
	return map[string]bool{"ui.dashboard.state-filter": true}
}

// Subtenant is a tenant that the company looks after.
type Subtenant struct {
	Domain               string // first label, below the domain of the company's tenant
	Company, Contact     string
	Admin, Mail, Phone   string
	Suspended            bool
	Reference            string
	Age                  time.Duration
	Applications         []string // by name
	Devices, Limit       int      // as its contract says
	ForbiddenPermissions []string // what its microservices may not have
}

// Subtenants are in the order in which they came, after the one that every demo tenant has.
func Subtenants() []Subtenant {
	return []Subtenant{
		{
			Domain: "aguas-del-norte", Company: "Aguas del Norte S.A.", Contact: "Ximena Treviño", Admin: "xtrevino", Mail: "xtrevino@aguas.example", Phone: "+528187654321",
			Reference: "C-5102", Age: 212 * day, Applications: []string{"cockpit", "devicemanagement"}, Devices: 31, Limit: 100,
		},
		{
			Domain: "zulawy", Company: "Wodociągi Żuławskie", Contact: "Michał Wrona", Admin: "mwrona", Mail: "m.wrona@zulawy.example", Phone: "+48501234567",
			Reference: "C-5177", Age: 97 * day, Applications: []string{"cockpit"}, Devices: 12, Limit: 25, ForbiddenPermissions: []string{"ROLE_TENANT_ADMIN"},
		},
		{
			Domain: "trial-hotel", Company: "Hotel Seeblick (trial)", Contact: "Ole Brandt", Admin: "obrandt", Mail: "o.brandt@seeblick.example",
			Reference: "T-0093", Age: 45 * day, Suspended: true, Applications: []string{"cockpit"}, Devices: 2, Limit: 5,
		},
	}
}
