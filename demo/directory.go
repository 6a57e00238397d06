package demo

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"sync"
)

// directory holds users, groups and inventory roles. What it hands out is immutable: a change puts another one in its place.
type directory struct {
	mu     sync.RWMutex
	users  map[string]*user // by [userKey]
	groups map[int]*group
	roles  map[int]*inventoryRole
	last   int // id of groups, inventory roles, their permissions and assignments
}

func newDirectory() *directory {
	return &directory{users: map[string]*user{}, groups: map[int]*group{}, roles: map[int]*inventoryRole{}, last: 100}
}

// nextID returns an id that nothing has.
func (d *directory) nextID() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.last++
	return d.last
}

func (d *directory) put(u user) *user {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.users[userKey(u.tenant, u.name)] = &u
	return &u
}

// add stores a new user and reports false if there is one of that name.
func (d *directory) add(u user) (*user, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	key := userKey(u.tenant, u.name)
	if d.users[key] != nil {
		return nil, false
	}
	d.users[key] = &u
	return &u, true
}

// find returns a user; names have no case. Nil if there is none.
func (d *directory) find(tenant, name string) *user {
	d.mu.RLock()
	defer d.mu.RUnlock()
	return d.users[userKey(tenant, name)]
}

// edit replaces a user by an altered copy, unless alter refuses. A user who was removed in the meantime stays away. Alter
// must not call the directory.
func (d *directory) edit(u *user, alter func(*user) error) (*user, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	key := userKey(u.tenant, u.name)
	current := d.users[key]
	if current == nil {
		return u, nil
	}
	altered := *current
	if err := alter(&altered); err != nil {
		return nil, err
	}
	d.users[key] = &altered
	return &altered, nil
}

// change is [directory.edit] for what cannot fail.
func (d *directory) change(u *user, alter func(*user)) *user {
	changed, _ := d.edit(u, func(u *user) error {
		alter(u)
		return nil
	})
	return changed
}

// changeAll alters every user of a tenant.
func (d *directory) changeAll(tenant string, alter func(*user)) {
	for _, u := range d.all(tenant) {
		d.change(u, alter)
	}
}

// remove deletes a user. Users below lose who is above them.
func (d *directory) remove(u *user) {
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.users, userKey(u.tenant, u.name))
	for key, other := range d.users {
		if other.tenant != u.tenant || !strings.EqualFold(other.owner, u.name) && !strings.EqualFold(other.delegatedBy, u.name) {
			continue
		}
		altered := *other
		if strings.EqualFold(altered.owner, u.name) {
			altered.owner = ""
		}
		if strings.EqualFold(altered.delegatedBy, u.name) {
			altered.delegatedBy = ""
		}
		d.users[key] = &altered
	}
}

// all returns the users of a tenant by name, without those of microservices.
func (d *directory) all(tenant string) []*user {
	return d.having(tenant, func(*user) bool { return true })
}

// having is all for the users with something in common. Most users are devices, of which there may be many thousands.
func (d *directory) having(tenant string, common func(*user) bool) []*user {
	d.mu.RLock()
	defer d.mu.RUnlock()
	var users []*user
	for _, u := range d.users {
		if u.tenant == tenant && !u.service && common(u) {
			users = append(users, u)
		}
	}
	slices.SortFunc(users, func(a, b *user) int { return strings.Compare(a.name, b.name) })
	return users
}

// below reports whether a user stands under another one in a hierarchy of users, however deep.
func (d *directory) below(u, above *user) bool {
	seen := map[string]bool{}
	for at := u; at != nil && at.owner != "" && !seen[at.name]; at = d.find(u.tenant, at.owner) {
		if strings.EqualFold(at.owner, above.name) {
			return true
		}
		seen[at.name] = true
	}
	return u.delegatedBy != "" && strings.EqualFold(u.delegatedBy, above.name)
}

// group returns a group by id, nil if there is none.
func (d *directory) group(id int) *group {
	d.mu.RLock()
	defer d.mu.RUnlock()
	return d.groups[id]
}

// allGroups returns the groups by id.
func (d *directory) allGroups() []*group {
	d.mu.RLock()
	defer d.mu.RUnlock()
	return slices.SortedFunc(maps.Values(d.groups), func(a, b *group) int { return cmp.Compare(a.id, b.id) })
}

// addGroup stores a new group under the next id, and reports false if another one has its name.
func (d *directory) addGroup(g group) (*group, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.isNamed(g.name, 0) {
		return nil, false
	}
	if g.id == 0 {
		d.last++
		g.id = d.last
	}
	d.groups[g.id] = &g
	return &g, true
}

// isNamed reports whether a group other than that of the id has the name. The caller holds the lock.
func (d *directory) isNamed(name string, id int) bool {
	for _, other := range d.groups {
		if other.name == name && other.id != id {
			return true
		}
	}
	return false
}

// editGroup replaces a group by an altered copy, unless alter refuses or another group has its name. One that was removed
// in the meantime stays away. Alter must not call the directory.
func (d *directory) editGroup(g *group, alter func(*group) error) (*group, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	current := d.groups[g.id]
	if current == nil {
		return g, nil
	}
	altered := *current
	if err := alter(&altered); err != nil {
		return nil, err
	}
	if d.isNamed(altered.name, g.id) {
		return nil, duplicateGroup(altered.name)
	}
	d.groups[g.id] = &altered
	return &altered, nil
}

// removeGroup deletes a group and takes everybody out of it.
func (d *directory) removeGroup(g *group, tenant string) {
	d.mu.Lock()
	delete(d.groups, g.id)
	d.mu.Unlock()
	d.changeAll(tenant, func(u *user) { u.leave(g.id) })
}

// members returns the users of a group by name.
func (d *directory) members(g *group, tenant string) []*user {
	return d.having(tenant, func(u *user) bool { return slices.Contains(u.groups, g.id) })
}

// effective returns all permissions of a user, sorted.
func (d *directory) effective(u *user) []string {
	roles := slices.Clone(u.roles)
	for _, id := range u.groups {
		if g := d.group(id); g != nil {
			roles = append(roles, g.roles...)
		}
	}
	slices.Sort(roles)
	return slices.Compact(roles)
}
