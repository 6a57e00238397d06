package demo

import (
	"crypto/subtle"
	"maps"
	"net/url"
	"slices"
	"strings"
	"time"
)

// user is an account. Users are kept apart from the store: their shape is fixed, and passwords stay out of documents.
type user struct {
	tenant, name, password string
	former                 []string // passwords that were used before
	first, last, display   string
	email, phone           string
	custom                 string // customProperties, a JSON object; "" is the empty one
	description            string // for whoever starts the demo
	owner, delegatedBy     string // the user above in a hierarchy of users
	newsletter             bool
	device                 bool // belongs to a device: no password of its choice, no second factor
	service                bool // belongs to a microservice
	remote                 bool // an identity provider vouches for the user: there is no password here
	disabled, locked       bool
	mustChangePassword     bool
	groups                 []int
	roles                  []string // beside those of the groups
	devicePermissions      devicePermissions
	assignments            []assignment // of inventory roles
	failures               int          // wrong passwords or codes in a row
	lastPasswordChange     time.Time
	tfa                    secondFactor
	placement              *placement // where the first device goes that the user creates
}

// group is what the user interface calls a global role.
type group struct {
	id                int
	name, description string
	roles             []string
	custom            string
	devicePermissions devicePermissions
}

// placement is what a registration request says about the device that is going to come of it.
type placement struct{ group, kind string }

// maxFailures is how many wrong passwords in a row lock an account.
const maxFailures = 10

func userKey(tenant, name string) string { return tenant + "/" + strings.ToLower(name) }

func userPath(u *user) string { return "/user/" + u.tenant + "/users/" + url.PathEscape(u.name) }

func groupPath(tenant string, id int) string { return "/user/" + tenant + "/groups/" + itoa(id) }

// is reports whether a password is the user's. An account without one, as of a device with a certificate, has none that fits.
func (u *user) is(password string) bool {
	return u.password != "" && subtle.ConstantTimeCompare([]byte(password), []byte(u.password)) == 1
}

// same reports whether two states of an account are of the same account.
func (u *user) same(other *user) bool {
	return u.tenant == other.tenant && strings.EqualFold(u.name, other.name)
}

func (u *user) isLocked() bool { return u.locked || u.failures >= maxFailures }

// setPassword changes the password and opens the account again.
func (u *user) setPassword(password string, at time.Time) {
	if u.password != "" {
		u.former = append(slices.Clone(u.former), u.password)
	}
	u.password, u.mustChangePassword, u.locked, u.failures = password, false, false, 0
	u.lastPasswordChange = at
}

// join adds a user to a group.
func (u *user) join(group int) {
	if !slices.Contains(u.groups, group) {
		u.groups = append(slices.Clone(u.groups), group)
	}
}

// leave takes a user out of a group and reports whether he was in it.
func (u *user) leave(group int) bool {
	before := len(u.groups)
	u.groups = slices.DeleteFunc(slices.Clone(u.groups), func(id int) bool { return id == group })
	return len(u.groups) < before
}

// devicePermissions are entries like OPERATION:c8y_Restart:ADMIN by the id of a managed object: the forerunner of inventory
// roles, which the platform still honours.
type devicePermissions map[string][]string

// with returns the permissions with those for one object replaced; none removes them.
func (d devicePermissions) with(object string, entries []string) devicePermissions {
	changed := maps.Clone(d)
	if changed == nil {
		changed = devicePermissions{}
	}
	if len(entries) == 0 {
		delete(changed, object)
	} else {
		changed[object] = entries
	}
	return changed
}
