package office

import "time"

// Deed is something that somebody did in the past and that the audit log tells of.
type Deed struct {
	Ago                        time.Duration
	User, Type, Activity, Text string
	Source                     string // name of what it was done to: a user, an option, an application, the first label of a tenant's domain
	Application                string
	Severity                   string // "" is INFORMATION
	Changes                    []Change
}

// Change is one changed attribute.
type Change struct{ Attribute, Before, After string }

// Diary is what people did in the tenant in the last weeks beside dealing with alarms and operations, single or in bulk, oldest first.
func Diary() []Deed {
	const hour = time.Hour
	return []Deed{
		{Ago: 88 * day, User: "admin", Type: "Option", Activity: "Option updated", Text: "Option updated: category='shift-book', key='languages'", Source: "shift-book.languages"},
		{Ago: 60 * day, User: "admin", Type: "Group", Activity: "Group created", Text: "Group created: name='rollout team'", Source: "rollout team"},
		{Ago: 41 * day, User: "k.petersen", Type: "User", Activity: "Password changed", Text: "Password changed: user='k.petersen'", Source: "k.petersen"},
		{Ago: 34 * day, User: "l.garza", Type: "Application", Activity: "Application binary uploaded", Text: "Application 'Shift book': version 1.5.2", Source: "Shift book", Application: "administration"},
		{Ago: 30 * day, User: "admin", Type: "User", Activity: "User updated", Text: "User updated: userName='former.colleague'", Source: "former.colleague", Application: "administration", Changes: []Change{{"enabled", "true", "false"}}},
		{Ago: 21 * day, User: "admin", Type: "TrustedCertificates", Activity: "Trusted certificate updated", Text: "Trusted certificate updated: name='Pilot 2019'", Source: "Pilot 2019", Changes: []Change{{"status", "ENABLED", "DISABLED"}}},
		{Ago: 19*day + 2*hour, User: "l.garza", Type: "User", Activity: "Device registration created", Text: "Device registration created: id='spare/gateway 7'", Source: "spare/gateway 7", Application: "devicemanagement"},
		{Ago: 14 * day, User: "manager", Type: "User", Activity: "User created", Text: "User created: userName='j.wessels'", Source: "j.wessels", Application: "administration"},
		{Ago: 14*day - hour, User: "manager", Type: "InventoryRole", Activity: "Inventory roles assigned", Text: "Inventory roles assigned: user='j.wessels', managedObject='Wasserverband Untertrave'", Source: "j.wessels", Application: "administration"},
		{Ago: 6*day + 3*hour, User: "j.wessels", Type: "User", Activity: "Device registration blocked", Text: "Device registration blocked: id='HVW-26009001A', wrong security token", Source: "HVW-26009001A", Severity: "WARNING"},
		{Ago: 6 * day, User: "l.garza", Type: "Application", Activity: "Application binary uploaded", Text: "Application 'Shift book': version 1.6.0", Source: "Shift book", Application: "administration"},
		{Ago: 5 * day, User: "admin", Type: "Option", Activity: "Option updated", Text: "Option updated: category='reportMailer', key='credentials.smtp.password'", Source: "reportMailer.credentials.smtp.password"},
		{Ago: 2*day + 5*hour, User: "admin", Type: "Tenant", Activity: "Tenant updated", Text: "Tenant updated: company='Hotel Seeblick (trial)'", Source: "trial-hotel", Severity: "WARNING", Changes: []Change{{"status", "ACTIVE", "SUSPENDED"}}},
		{Ago: 20 * hour, User: "locked", Type: "UserAuthentication", Activity: "User locked", Text: "User locked after too many wrong passwords: user='locked'", Source: "locked", Severity: "MAJOR"},
		{Ago: 6 * hour, User: "admin", Type: "Option", Activity: "Option updated", Text: "Option updated: category='alarm.escalation', key='critical.minutes'", Source: "alarm.escalation.critical.minutes", Changes: []Change{{"value", "15", "10"}}},
	}
}

// SignIn is when somebody usually signs in, on workdays: from what, at what hour (UTC).
type SignIn struct {
	User, Application string
	Hour              int
}

// SignIns are those of a workday.
func SignIns() []SignIn {
	return []SignIn{{"k.petersen", "cockpit", 5}, {"operator", "devicemanagement", 6}, {"admin", "administration", 8}, {"l.garza", "devicemanagement", 13}, {"h.mori", "cockpit", 23}}
}
