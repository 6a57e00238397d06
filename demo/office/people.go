package office

// Role is a global role, which the API calls a group of users.
type Role struct {
	Name, Description string
	Permissions       []string
}

// Roles are what the company has made beside the roles of every tenant.
func Roles() []Role {
	return []Role{
		{"shift leaders", "Deal with alarms of all plants", []string{"ROLE_INVENTORY_READ", "ROLE_ALARM_READ", "ROLE_ALARM_ADMIN", "ROLE_EVENT_READ", "ROLE_MEASUREMENT_READ"}},
		{"field service", "Look after stations at the customers', by inventory roles", []string{"ROLE_USER_MANAGEMENT_OWN_READ", "ROLE_USER_MANAGEMENT_OWN_ADMIN"}},
		{"rollout team", "Install firmware and software in bulk", []string{
			"ROLE_INVENTORY_READ", "ROLE_DEVICE_CONTROL_READ", "ROLE_DEVICE_CONTROL_ADMIN", "ROLE_BULK_OPERATION_READ", "ROLE_BULK_OPERATION_ADMIN", "ROLE_BINARY_READ", "ROLE_BINARY_CREATE",
		}},
		{"auditors", "Read what was done, and nothing else", []string{"ROLE_AUDIT_READ", "ROLE_USER_MANAGEMENT_READ", "ROLE_USER_MANAGEMENT_OWN_READ"}},
	}
}

// Permission is one permission of an inventory role.
type Permission struct{ Scope, Type, Level string }

// InventoryRole is a set of permissions for an object and everything below it.
type InventoryRole struct {
	Name, Description string
	Permissions       []Permission
}

// InventoryRoles are what the company has made beside those of every tenant.
func InventoryRoles() []InventoryRole {
	return []InventoryRole{
		{"Shift leader", "Sees a plant, deals with its alarms, sends messages to its displays", []Permission{
			{"*", "*", "READ"}, {"ALARM", "*", "ADMIN"}, {"OPERATION", "c8y_Message", "ADMIN"},
		}},
		{"Station keeper", "Operates the pumps of a station", []Permission{
			{"MANAGED_OBJECT", "*", "READ"}, {"ALARM", "*", "*"}, {"MEASUREMENT", "*", "READ"}, {"OPERATION", "c8y_Relay", "ADMIN"}, {"OPERATION", "c8y_RelayArray", "ADMIN"},
		}},
	}
}

// Assignment gives inventory roles, by name, for a group of devices, by name.
type Assignment struct {
	Group string
	Roles []string
}

// Person is a colleague. All have passwords that nobody is told: they are there to be looked at and administered.
type Person struct {
	Name, First, Last, Email, Phone string
	Roles                           []string // global roles, by name
	Permissions                     []string // given one by one
	Assignments                     []Assignment
	Owner, DelegatedBy              string // user names
	Password                        string
	Newsletter, Disabled            bool
	TOTP                            bool // has set up an authenticator app
	Changed                         int  // days since the password was changed
}

// People are the colleagues.
func People() []Person {
	return []Person{
		{
			Name: "k.petersen", First: "Karen", Last: "Petersen", Email: "k.petersen@hv.example", Phone: "+4940112233", Roles: []string{"shift leaders"}, TOTP: true,
			Assignments: []Assignment{{"Werk Hamburg-Billbrook", []string{"Shift leader", "Operations: Restart Device"}}}, Password: "Kranich-7-Hafen!", Changed: 41,
		},
		{
			Name: "l.garza", First: "Lucía", Last: "Garza", Email: "l.garza@hv.example", Phone: "+528112345678", Roles: []string{"shift leaders", "rollout team"}, Password: "Cerro-de-la-Silla.4", Changed: 12,
			Assignments: []Assignment{{"Planta Monterrey-Apodaca", []string{"Manager", "Operations: All"}}, {"Fuhrpark · Flota", []string{"Reader"}}},
		},
		{
			Name: "j.wessels", First: "Jan", Last: "Wessels", Email: "j.wessels@hv.example", Roles: []string{"field service"}, Password: "Pumpwerk_2031", Owner: "manager", Changed: 3,
			Assignments: []Assignment{{"Wasserverband Untertrave", []string{"Station keeper"}}, {"Aguas del Norte", []string{"Station keeper", "Operations: Restart Device"}}},
		},
		{Name: "d.ivanova", First: "Диана", Last: "Иванова", Email: "d.ivanova@hv.example", Roles: []string{"field service", "readers"}, Password: "Talgar.2204", Owner: "manager", DelegatedBy: "team", Changed: 88},
		{Name: "h.mori", First: "美咲", Last: "森", Email: "h.mori@hv.example", Roles: []string{"rollout team"}, Permissions: []string{"ROLE_REMOTE_ACCESS_ADMIN"}, Password: "Seto-Inland-5ea", Newsletter: true, Changed: 60},
		{Name: "audit@external.example", First: "Robin", Last: "Okoye", Email: "audit@external.example", Roles: []string{"auditors"}, Password: "longer than twenty", Changed: 200},
		{Name: "former.colleague", First: "Pat", Last: "Lindgren", Email: "pat@hv.example", Roles: []string{"operators"}, Password: "Left-in-March.1", Disabled: true, Changed: 320},
	}
}
