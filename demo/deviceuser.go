package demo

import (
	"net/http"
	"strings"
	"time"

	"c8yx/demo/rawjson"
	"c8yx/demo/store"
)

// deviceUsers is /inventory/managedObjects/{id}/user: the account with which a device talks to the tenant, its owner.
type deviceUsers struct{ *registration }

func (u *deviceUsers) routes() []route {
	const one = "/inventory/managedObjects/{id}/user"
	return []route{
		{"GET", one, inventoryReaders(), "managedobjectuser", u.get},
		{"PUT", one, inventoryWriters(), "managedobjectuser", u.put},
	}
}

// of returns the device that the path names and its account, which is nil for devices that have never registered.
func (u *deviceUsers) of(c *call) (*store.Object, *user, error) {
	object, err := u.inventory.subject(c)
	if err != nil {
		return nil, nil, err
	}
	if !object.Has("c8y_IsDevice") {
		return nil, nil, fail(http.StatusNotFound, "inventory/Not Found", "Managed object %s is no device", object.ID)
	}
	return object, u.gate.directory.find(u.id, object.Text("owner")), nil
}

func (u *deviceUsers) reply(c *call, object *store.Object, enabled bool) reply {
	var w rawjson.Writer
	w.Open('{')
	w.Str("userName", object.Text("owner"))
	w.Bool("enabled", enabled)
	w.Str("self", c.url(objectPath(object.ID)+"/user"))
	w.Close('}')
	return ok("managedobjectuser", w.Buf)
}

func (u *deviceUsers) get(c *call) (reply, error) {
	object, account, err := u.of(c)
	if err != nil {
		return reply{}, err
	}
	return u.reply(c, object, account == nil || !account.disabled), nil
}

// put lets a device in or keeps it out.
func (u *deviceUsers) put(c *call) (reply, error) {
	object, account, err := u.of(c)
	if err != nil {
		return reply{}, err
	}
	body, err := c.object()
	if err != nil {
		return reply{}, err
	}
	enabled := account == nil || !account.disabled
	setFlag(body, "enabled", &enabled)
	switch {
	case account == nil && !strings.HasPrefix(object.Text("owner"), deviceUserName("")):
		return reply{}, noUser(object.Text("owner"))
	case account == nil: // the account was deleted, the device was not
		account = u.enlist(strings.TrimPrefix(object.Text("owner"), deviceUserName("")), "", placement{})
	case !account.device:
		return reply{}, forbidden() // a person is not locked out by way of a device
	}
	u.gate.directory.change(account, func(a *user) { a.disabled = !enabled })
	if !enabled {
		u.gate.sessions.terminate(func(s *session) bool { return s.of(account) }, tokenTerminated)
	}
	u.audit(c.did("User", "Device user updated", account.name))
	return u.reply(c, object, enabled), nil
}

// enlistOwners makes the accounts of devices that come with the tenant, which have registered long ago. Nobody knows their passwords.
func (g *registration) enlistOwners() {
	groups, since := []int{groupDevices}, g.clock.Now().Add(-30*24*time.Hour)
	for object := range g.store.All() {
		if owner := object.Text("owner"); object.Has("c8y_IsDevice") && strings.HasPrefix(owner, deviceUserName("")) {
			g.gate.directory.add(user{tenant: g.id, name: strings.Clone(owner), device: true, groups: groups, lastPasswordChange: since})
		}
	}
}

// dismiss removes the accounts of devices that are gone, unless they own anything else.
func (g *registration) dismiss(c *call, gone []*store.Object) {
	owners := map[string]*user{}
	for _, object := range gone {
		if u := g.gate.directory.find(g.id, object.Text("owner")); u != nil && u.device {
			owners[u.name] = u
		}
	}
	if len(owners) == 0 {
		return
	}
	for object := range g.store.All() {
		delete(owners, object.Text("owner"))
	}
	for _, u := range owners {
		g.gate.remove(u)
		g.audit(c.did("User", "User deleted", u.name))
	}
}
