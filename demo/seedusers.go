package demo

import (
	"slices"
	"strings"
	"time"

	"c8yx/demo/store"
)

// User is an account of the demo tenant, for telling people how to sign in.
type User struct {
	Tenant      string   `json:"tenant"` // "t4711", or "management" for the bootstrap user
	Name        string   `json:"name"`
	Password    string   `json:"password"`
	TOTPSecret  string   `json:"totpSecret"`  // base32, for an authenticator app; "" where none is needed
	Phone       string   `json:"phone"`       // to which codes go by SMS; they are in the log of [Options.Logger]
	Description string   `json:"description"` // "administrator: may do everything"
	Groups      []string `json:"groups"`      // by name: "readers"
	Roles       []string `json:"roles"`       // beside those of the groups: "ROLE_ALARM_ADMIN"
}

// Users lists the accounts that the tenant comes with, the administrator first.
func (t *Tenant) Users() []User {
	var users []User
	for _, u := range t.seeded {
		told := User{
			Tenant: u.tenant, Name: u.name, Password: u.password, TOTPSecret: u.tfa.secret, Phone: u.phone, Description: u.description,
			Roles: slices.Clone(u.roles),
		}
		for _, id := range u.groups {
			if g := t.gate.directory.group(id); g != nil {
				told.Groups = append(told.Groups, g.name)
			}
		}
		users = append(users, told)
	}
	return users
}

// Groups of the seed. The ids of admins, devices and business are those of real tenants.
const (
	groupBusiness  = 1
	groupAdmins    = 2
	groupDevices   = 3
	groupReaders   = 4
	groupOperators = 5
)

func (d *directory) seedGroups() {
	reading := slices.DeleteFunc(allRoles(), func(role string) bool {
		return !strings.HasSuffix(role, "_READ") || role == roleUserRead || strings.HasPrefix(role, "ROLE_TENANT") || role == roleOptionRead
	})
	operating := append(slices.Clone(reading), roleAlarmAdmin, roleEventAdmin, roleDeviceControlAdmin, "ROLE_BULK_OPERATION_ADMIN", roleUserOwnAdmin)
	business := append(slices.Clone(operating), roleInventoryAdmin, roleManagedObjectAdmin, roleMeasurementAdmin, roleIdentityAdmin)
	for _, g := range []group{
		{id: groupBusiness, name: "business", description: "Has access to all data, but not to users and settings", roles: business},
		{id: groupAdmins, name: "admins", description: "Has access to everything", roles: everything()},
		{id: groupDevices, name: "devices", description: "Automatically created for devices", roles: []string{roleDevice}},
		{id: groupReaders, name: "readers", description: "May look at everything and change nothing", roles: reading},
		{id: groupOperators, name: "operators", description: "Looks after devices: alarms, events and operations", roles: operating},
	} {
		d.addGroup(g)
	}
}

// The inventory roles that every tenant starts with.
const (
	inventoryReader     = 1
	inventoryManager    = 2
	inventoryOperations = 3
	inventoryRestart    = 4
)

func (d *directory) seedInventoryRoles() {
	for _, r := range []inventoryRole{
		{inventoryReader, "Reader", "Can read all data of the asset", []permission{{id: 1, scope: "*", kind: "*", level: "READ"}}},
		{inventoryManager, "Manager", "Can read all data of the asset, manage its inventory data and acknowledge alarms", []permission{
			{id: 2, scope: "*", kind: "*", level: "READ"}, {id: 3, scope: "MANAGED_OBJECT", kind: "*", level: "ADMIN"}, {id: 4, scope: "ALARM", kind: "*", level: "ADMIN"},
		}},
		{inventoryOperations, "Operations: All", "Can remotely manage the assets by sending operations", []permission{{id: 5, scope: "OPERATION", kind: "*", level: "*"}}},
		{inventoryRestart, "Operations: Restart Device", "Can restart devices", []permission{{id: 6, scope: "OPERATION", kind: "c8y_Restart", level: "ADMIN"}}},
	} {
		d.putInventoryRole(r)
	}
}

// The secret of the seeded user who signs in with TOTP.
const seededSecret = "JBSWY3DPEHPK3PXP"

// seedUsers makes the accounts that the tenant comes with: one for every way in which signing in can go.
func (d *directory) seedUsers(administrator User, now time.Time) []*user {
	d.seedGroups()
	d.seedInventoryRoles()
	since := now.Add(-90 * 24 * time.Hour).Truncate(time.Second)
	own := []string{roleUserOwnRead, roleUserOwnAdmin}
	var seeded []*user
	for _, u := range []user{
		{
			name: administrator.Name, password: administrator.Password, first: "Ada", last: "Lindqvist", email: "ada@demo.example", phone: "+4921112345",
			groups: []int{groupAdmins}, description: administrator.Description,
		},
		{
			name: "operator", password: "demo-Operator.1", first: "Omar", last: "Haddad", email: "omar@demo.example",
			groups: []int{groupOperators}, description: "operator: alarms, events and operations, no inventory changes",
		},
		{
			name: "reader", password: "demo-Reader.1", first: "Rosa", last: "Ferrari", email: "rosa@demo.example",
			groups: []int{groupReaders}, description: "reader: sees everything, changes nothing",
		},
		{
			name: "nobody", password: "demo-Nobody.1", first: "Noa", last: "Berg", email: "noa@demo.example",
			roles: []string{roleUserOwnRead}, description: "may sign in and see nothing",
		},
		{
			name: "restricted", password: "demo-Restricted.1", first: "Rita", last: "Okafor", email: "rita@demo.example",
			roles: own, description: "sees one site only, by inventory roles",
		},
		{
			name: "manager", password: "demo-Manager.1", first: "Mia", last: "Castillo", email: "mia@demo.example",
			groups: []int{groupReaders}, roles: []string{roleUserCreate, roleUserOwnAdmin}, description: "manages users below: team",
		},
		{
			name: "team", password: "demo-Team.1", first: "Tom", last: "Nakamura", email: "tom@demo.example", owner: "manager",
			groups: []int{groupReaders}, description: "belongs to manager",
		},
		{
			name: "totp", password: "demo-Totp.1", first: "Tara", last: "Novak", email: "tara@demo.example", groups: []int{groupAdmins}, roles: own,
			tfa: secondFactor{wanted: true, secret: seededSecret, active: true}, description: "signs in with TOTP, secret " + seededSecret,
		},
		{
			name: "enrol", password: "demo-Enrol.1", first: "Emil", last: "Dahl", email: "emil@demo.example", groups: []int{groupReaders}, roles: own,
			tfa: secondFactor{wanted: true}, description: "has to set up TOTP first",
		},
		{
			name: "sms", password: "demo-Sms.1!", first: "Sami", last: "Virtanen", email: "sami@demo.example", phone: "+4915112345678",
			groups: []int{groupReaders}, roles: own, tfa: secondFactor{wanted: true, strategy: strategySMS}, description: "signs in with a code by SMS, which is in the log",
		},
		{
			name: "nophone", password: "demo-Nophone.1", first: "Nils", last: "Moreau", email: "nils@demo.example",
			groups: []int{groupReaders}, roles: own, tfa: secondFactor{wanted: true, strategy: strategySMS}, description: "needs a code by SMS, but has no phone number",
		},
		{
			name: "renew", password: "demo-Renew.1", first: "Rene", last: "Silva", email: "rene@demo.example", groups: []int{groupReaders}, roles: own,
			mustChangePassword: true, description: "has to set a new password first",
		},
		{
			name: "locked", password: "demo-Locked.1", first: "Lee", last: "Chang", email: "lee@demo.example",
			groups: []int{groupReaders}, locked: true, description: "locked after too many wrong passwords",
		},
		{
			name: "disabled", password: "demo-Disabled.1", first: "Dora", last: "Keller", email: "dora@demo.example",
			groups: []int{groupReaders}, disabled: true, description: "disabled",
		},
		{
			tenant: management, name: administratorName, password: administratorPassword, first: "Mara", last: "Operator", email: "mara@demo.example",
			roles: everything(), description: "management tenant: may do to the tenant what only its operator may",
		},
		{
			tenant: management, name: "devicebootstrap", password: "demo-Bootstrap.1", roles: []string{roleDeviceBootstrap},
			description: "bootstrap user: devices ask with it for their credentials",
		},
	} {
		u.tenant = or(u.tenant, administrator.Tenant)
		u.lastPasswordChange = since
		seeded = append(seeded, d.put(u))
	}
	return seeded
}

// restrict gives the restricted user of the seed a site to look after.
func (t *Tenant) restrict() {
	u := t.gate.directory.find(t.id, "restricted")
	for object := range t.store.All() {
		if !isGroup(object) {
			continue
		}
		devices := 0
		t.store.View(func(d *store.Data) {
			for _, child := range objectsOf(d, d.Objects.Children(store.Assets, object.ID)) {
				if child.Has("c8y_IsDevice") {
					devices++
				}
			}
		})
		if devices > 0 {
			given := assignment{id: 1, object: object.ID.String(), roles: []int{inventoryManager, inventoryRestart}}
			t.gate.directory.change(u, func(u *user) { u.assignments = []assignment{given} })
			return
		}
	}
}

// everything is what administrators may: all but what is for devices and the platform itself.
func everything() []string {
	return slices.DeleteFunc(allRoles(), func(role string) bool {
		return role == roleDevice || role == roleDeviceBootstrap || role == roleSystem
	})
}
