package demo

import (
	"slices"
	"strings"
	"sync"
	"time"
)

// user is an account. Users are kept apart from the store: their shape is fixed, and passwords stay out of documents.
type user struct {
	tenant, name, password   string
	first, last, email       string
	phone                    string
	description              string // for whoever starts the demo
	device, disabled, locked bool
	service                  bool // belongs to a microservice
	groups                   []int
	roles                    []string // beside those of the groups
	failures                 int      // wrong passwords in a row
	lastPasswordChange       time.Time
}

// group is what the user interface calls a global role.
type group struct {
	id                int
	name, description string
	roles             []string
}

// maxFailures is how many wrong passwords in a row lock an account.
const maxFailures = 10

// directory holds users and groups. Users are immutable: a change puts another one in their place.
type directory struct {
	mu     sync.RWMutex
	users  map[string]*user // by tenant and lower-case name
	groups []group
}

func userKey(tenant, name string) string { return tenant + "/" + strings.ToLower(name) }

func (d *directory) put(u user) *user {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.users == nil {
		d.users = make(map[string]*user)
	}
	d.users[userKey(u.tenant, u.name)] = &u
	return &u
}

// find returns a user; names have no case. Nil if there is none.
func (d *directory) find(tenant, name string) *user {
	d.mu.RLock()
	defer d.mu.RUnlock()
	return d.users[userKey(tenant, name)]
}

// change replaces a user by an altered copy.
func (d *directory) change(u *user, alter func(*user)) *user {
	d.mu.Lock()
	defer d.mu.Unlock()
	key := userKey(u.tenant, u.name)
	if current := d.users[key]; current != nil {
		u = current
	}
	altered := *u
	alter(&altered)
	d.users[key] = &altered
	return &altered
}

func (d *directory) remove(u *user) {
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.users, userKey(u.tenant, u.name))
}

// all returns the users of a tenant by name.
func (d *directory) all(tenant string) []*user {
	d.mu.RLock()
	defer d.mu.RUnlock()
	var users []*user
	for _, u := range d.users {
		if u.tenant == tenant && !u.service {
			users = append(users, u)
		}
	}
	slices.SortFunc(users, func(a, b *user) int { return strings.Compare(a.name, b.name) })
	return users
}

// group returns a group by id.
func (d *directory) group(id int) (group, bool) {
	d.mu.RLock()
	defer d.mu.RUnlock()
	at := slices.IndexFunc(d.groups, func(g group) bool { return g.id == id })
	if at < 0 {
		return group{}, false
	}
	return d.groups[at], true
}

// effective returns all permissions of a user, sorted.
func (d *directory) effective(u *user) []string {
	roles := slices.Clone(u.roles)
	for _, id := range u.groups {
		if g, found := d.group(id); found {
			roles = append(roles, g.roles...)
		}
	}
	slices.Sort(roles)
	return slices.Compact(roles)
}

// User is an account of the demo tenant, for telling people how to sign in.
type User struct {
	Tenant      string // "t4711", or "management" for the bootstrap user
	Name        string
	Password    string
	Description string // "administrator: may do everything"
}

// Users lists the accounts that the tenant comes with, the administrator first.
func (t *Tenant) Users() []User {
	var users []User
	for _, u := range t.seeded {
		users = append(users, User{Tenant: u.tenant, Name: u.name, Password: u.password, Description: u.description})
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
	everything := slices.DeleteFunc(allRoles(), func(role string) bool {
		return role == roleDevice || role == roleDeviceBootstrap || role == roleSystem
	})
	d.groups = []group{
		{groupBusiness, "business", "Has access to all data, but not to users and settings", business},
		{groupAdmins, "admins", "Has access to everything", everything},
		{groupDevices, "devices", "Automatically created for devices", []string{roleDevice}},
		{groupReaders, "readers", "May look at everything and change nothing", reading},
		{groupOperators, "operators", "Looks after devices: alarms, events and operations", operating},
	}
}

// seedUsers makes the accounts that the tenant comes with.
func (d *directory) seedUsers(tenant string) []*user {
	d.seedGroups()
	since := time.Now().Add(-90 * 24 * time.Hour).Truncate(time.Second)
	var seeded []*user
	for _, u := range []user{
		{
			tenant: tenant, name: administratorName, password: administratorPassword, first: "Ada", last: "Lindqvist", email: "ada@demo.example", phone: "+4921112345",
			groups: []int{groupAdmins}, description: "administrator: may do everything",
		},
		{
			tenant: tenant, name: "operator", password: "demo-Operator.1", first: "Omar", last: "Haddad", email: "omar@demo.example",
			groups: []int{groupOperators}, description: "operator: alarms, events and operations, no inventory changes",
		},
		{
			tenant: tenant, name: "reader", password: "demo-Reader.1", first: "Rosa", last: "Ferrari", email: "rosa@demo.example",
			groups: []int{groupReaders}, description: "reader: sees everything, changes nothing",
		},
		{
			tenant: tenant, name: "nobody", password: "demo-Nobody.1", first: "Noa", last: "Berg", email: "noa@demo.example",
			roles: []string{roleUserOwnRead}, description: "may sign in and see nothing",
		},
		{
			tenant: tenant, name: "locked", password: "demo-Locked.1", first: "Lee", last: "Chang", email: "lee@demo.example",
			groups: []int{groupReaders}, locked: true, description: "locked after too many wrong passwords",
		},
		{
			tenant: "management", name: "devicebootstrap", password: "demo-Bootstrap.1", roles: []string{roleDeviceBootstrap},
			description: "bootstrap user: devices ask with it for their credentials",
		},
	} {
		u.lastPasswordChange = since
		seeded = append(seeded, d.put(u))
	}
	return seeded
}
