package demo

import (
	"slices"
	"strings"
	"time"

	"c8yx/demo/office"
	"c8yx/demo/rawjson"
	"c8yx/demo/store"
)

// furnishing puts into a tenant what the people at the company have set up in it, once its devices have moved in. What is about groups or
// devices that a small company does not have is left out.
type furnishing struct {
	*Tenant
	at      int64               // now, Unix milliseconds
	groups  map[string]store.ID // groups of devices by name
	devices []*store.Object     // in the order in which they moved in
	log     []*past             // what the audit log is going to tell
}

// furnish makes the tenant look used.
func (t *Tenant) furnish() error {
	f := &furnishing{Tenant: t, at: t.now(), groups: map[string]store.ID{}}
	for object := range t.store.All() {
		switch {
		case isGroup(object):
			f.groups[object.Text("name")] = object.ID
		case object.Has("c8y_IsDevice"):
			f.devices = append(f.devices, object)
		}
	}
	for _, step := range []func() error{
		f.settle, f.hire, f.foundTenants, f.trustCertificates, f.shelveFiles, f.expectDevices, f.rollOut, f.openDevices, f.listen, f.install, f.use, f.write,
	} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// ago is a moment in the past, in Unix milliseconds.
func (f *furnishing) ago(d time.Duration) int64 { return f.at - d.Milliseconds() }

// settle sets options, rules and features.
func (f *furnishing) settle() error {
	for _, o := range office.Options() {
		f.settings.set(optionKey{o.Category, o.Key}, o.Value)
	}
	for _, rule := range office.Rules() {
		f.retention.shelf.put(f.retention.shelf.next(), f.store.Shapes.Encode(map[string]any{
			"dataType": rule.DataType, "fragmentType": rule.FragmentType, "type": rule.Type, "source": rule.Source, "maximumAge": rule.Days, "editable": !rule.Fixed,
		}))
	}
	for key, active := range office.Features() {
		said := rawjson.Append(nil, map[string]any{featureTenants: map[string]any{f.id: active}})
		f.shelf("features", 1).merge(key, string(said))
	}
	return nil
}

// hire gives colleagues their accounts, roles and what they look after.
func (f *furnishing) hire() error {
	directory := f.gate.directory
	for _, role := range office.Roles() {
		directory.addGroup(group{name: role.Name, description: role.Description, roles: role.Permissions})
	}
	for _, role := range office.InventoryRoles() {
		made := inventoryRole{name: role.Name, description: role.Description}
		for _, p := range role.Permissions {
			made.permissions = append(made.permissions, permission{scope: p.Scope, kind: p.Type, level: p.Level})
		}
		directory.putInventoryRole(made)
	}
	groups, roles := directory.allGroups(), directory.allInventoryRoles()
	for _, p := range office.People() {
		u := user{
			tenant: f.id, name: p.Name, password: p.Password, first: p.First, last: p.Last, email: p.Email, phone: p.Phone, roles: p.Permissions,
			owner: p.Owner, delegatedBy: p.DelegatedBy, newsletter: p.Newsletter, disabled: p.Disabled,
			lastPasswordChange: time.UnixMilli(f.ago(time.Duration(p.Changed) * 24 * time.Hour)),
		}
		if p.TOTP {
			u.tfa = secondFactor{wanted: true, secret: seededSecret, active: true, last: time.UnixMilli(f.ago(27 * time.Hour))}
		}
		for _, g := range groups {
			if slices.Contains(p.Roles, g.name) {
				u.groups = append(u.groups, g.id)
			}
		}
		for _, a := range p.Assignments {
			object, there := f.groups[a.Group]
			if !there {
				continue
			}
			given := assignment{id: directory.nextID(), object: object.String()}
			for _, r := range roles {
				if slices.Contains(a.Roles, r.name) {
					given.roles = append(given.roles, r.id)
				}
			}
			u.assignments = append(u.assignments, given)
		}
		directory.add(u)
	}
	return nil
}

// foundTenants makes the tenants that the company looks after.
func (f *furnishing) foundTenants() error {
	below := f.tenants
	for _, s := range office.Subtenants() {
		id, status := f.id+below.shelf.next(), "ACTIVE"
		if s.Suspended {
			status = "SUSPENDED"
		}
		custom := map[string]any{"externalReference": s.Reference, "limit.devices.number": s.Limit}
		if len(s.ForbiddenPermissions) > 0 {
			custom[forbiddenRoles] = s.ForbiddenPermissions
		}
		below.keep(id, map[string]any{
			"domain": s.Domain + "." + f.domain, "company": s.Company, "status": status, "adminName": s.Admin, "adminEmail": s.Mail, "contactName": s.Contact,
			"contactPhone": s.Phone, tenantPassword: administratorPassword, tenantDevices: s.Devices, "allowCreateTenants": false, "parent": f.id, "creationTime": formatMilli(f.ago(s.Age)), "customProperties": custom,
		})
		for _, it := range f.applications.shelf.all(func(it item) bool { return slices.Contains(s.Applications, it.Text("name")) }) {
			f.applications.subscribe(it, id)
		}
	}
	for _, it := range below.shelf.all(func(it item) bool { return it.id != f.id }) {
		f.seeded = append(f.seeded, &user{
			tenant: it.id, name: it.Text("adminName"), password: it.Text(tenantPassword), description: "administrator of " + it.Text("company") + ", a tenant below this one",
		})
	}
	return nil
}

// shelveFiles puts files into the inventory.
func (f *furnishing) shelveFiles() error {
	files := &binaries{f.inventory}
	for i, file := range office.Files() {
		kept := store.File{Name: file.Name, Type: file.Type, Content: file.Content, Noise: store.Noise{Seed: f.options.Seed + uint64(i), Length: file.Size}}
		doc := f.store.Shapes.Encode(map[string]any{"owner": file.Owner, "c8y_Global": map[string]any{}})
		if _, err := files.keep(files.describe(doc, kept), kept, f.ago(file.Age), f.tell); err != nil {
			return err
		}
	}
	return nil
}

// expectDevices makes registrations that wait, each for something else.
func (f *furnishing) expectDevices() error {
	for _, r := range office.Requests() {
		request := &deviceRequest{
			id: r.ID, status: r.Status, placement: placement{kind: r.Type}, owner: r.Owner, created: f.ago(r.Age), enrollment: r.OneTime, token: r.Token, wrong: r.Wrong,
		}
		if group, there := f.groups[r.Group]; there {
			request.group = group.String()
		}
		f.registration.mu.Lock()
		f.registration.requests = append(f.registration.requests, request)
		f.registration.mu.Unlock()
	}
	return nil
}

// openDevices lets the first gateways be reached by remote access.
func (f *furnishing) openDevices() error {
	access := newRemoteAccess(f.platform)
	gateways := slices.DeleteFunc(slices.Clone(f.devices), func(o *store.Object) bool { return !isAgent(o) || o.Text("type") != "c8y_Linux" })
	for i, endpoints := range office.Endpoints() {
		if i >= len(gateways) {
			break
		}
		gateway := gateways[i]
		for _, e := range endpoints {
			doc, err := access.configuration(nil, nil, f.store.Shapes.Encode(map[string]any{
				"name": e.Name, "hostname": e.Host, "port": e.Port, "protocol": e.Protocol, "credentials": e.Credentials,
			}))
			if err != nil {
				return err
			}
			access.shelf.put(access.shelf.next(), doc.Set(&f.store.Shapes, ofScope, rawjson.Quote(gateway.ID.String())))
		}
		access.show(gateway.ID, f.tell)
		supported := []string{"c8y_RemoteAccessConnect"}
		raw, _ := gateway.Get("c8y_SupportedOperations")
		for element := range rawjson.Elements(raw) {
			supported = append(supported, rawjson.Unquote(element))
		}
		slices.SortFunc(supported, strings.Compare)
		f.inventory.patch(gateway.ID, string(rawjson.Append(nil, map[string]any{"c8y_SupportedOperations": supported})), f.at, f.tell)
	}
	return nil
}

// listen subscribes the company's other systems to notifications.
func (f *furnishing) listen() error {
	for _, s := range office.Subscriptions() {
		doc := map[string]any{
			"context": ofTenant, "subscription": s.Name, "nonPersistent": s.Volatile, "subscriptionFilter": map[string]any{"apis": s.APIs, "typeFilter": s.TypeFilter},
		}
		if len(s.Fragments) > 0 {
			doc["fragmentsToCopy"] = s.Fragments
		}
		if s.Type != "" {
			at := slices.IndexFunc(f.devices, func(o *store.Object) bool { return o.Text("type") == s.Type })
			if at < 0 {
				continue
			}
			doc["context"], doc["source"] = ofObject, map[string]any{"id": f.devices[at].ID.String()}
		}
		read, err := f.notifications.read(string(rawjson.Append(nil, doc)))
		if err != nil {
			return err
		}
		if _, err := f.notifications.create(read); err != nil {
			return err
		}
	}
	return nil
}
