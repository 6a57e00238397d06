package demo

import (
	"bufio"
	"cmp"
	"encoding/json"
	"io"
	"maps"
	"slices"
	"strings"

	"c8yx/demo/store"
)

// savedVersion is the version of the format of saved tenants.
const savedVersion = 1

// Save writes the whole tenant as NDJSON, a JSON object per line: documents, files, users with their passwords, options, what consumers of
// notifications have not acknowledged; and then the tenants below it, as far as somebody has ever asked for them: the others are still as they
// are made. The same tenant gives the same text. Sessions and who listens are not in it. Data, users and options are each of one moment, which is
// the same for all if nobody changes the tenant meanwhile.
func (t *Tenant) Save(w io.Writer) error {
	buffered := bufio.NewWriterSize(w, 1<<16)
	lines := json.NewEncoder(buffered)
	lines.SetEscapeHTML(false) // documents keep their spelling
	put := func(line saved) error { return lines.Encode(line) }
	err := t.save(savedTenant, put)
	for _, below := range t.below.all() {
		if err == nil {
			err = below.save(savedBelow, put)
		}
	}
	if err != nil {
		return err
	}
	return buffered.Flush()
}

// save writes the lines of one tenant, of which the first says what sort of tenant it is.
func (t *Tenant) save(kind string, put func(saved) error) error {
	if err := put(t.head(kind)); err != nil {
		return err
	}
	for _, part := range []func(func(saved) error) error{t.saveSettings, t.saveShelves, t.savePeople, t.saveData} {
		if err := part(put); err != nil {
			return err
		}
	}
	return nil
}

// head is the first line.
func (t *Tenant) head(kind string) saved {
	next := map[string]int64{}
	t.store.View(func(d *store.Data) {
		next[savedObject] = int64(d.Objects.Next())
		for _, records := range savedRecords() {
			next[records.kind] = int64(records.of(d).Next())
		}
	})
	t.gate.directory.mu.RLock()
	next[savedPerson] = int64(t.gate.directory.last)
	t.gate.directory.mu.RUnlock()
	return saved{Kind: kind, Version: savedVersion, Tenant: t.id, Domain: t.domain, Next: next}
}

func (t *Tenant) saveSettings(put func(saved) error) error {
	values := t.settings.snapshot()
	t.settings.mu.RLock()
	fixed := maps.Clone(t.settings.fixed)
	t.settings.mu.RUnlock()
	for _, o := range sortedOptions(values) {
		if err := put(saved{Kind: savedOption, Category: o.category, Key: o.key, Value: values[o], Fixed: fixed[o]}); err != nil {
			return err
		}
	}
	return nil
}

func (t *Tenant) saveShelves(put func(saved) error) error {
	for _, name := range slices.Sorted(maps.Keys(t.shelves)) {
		s := t.shelves[name]
		s.mu.RLock()
		last := s.last
		s.mu.RUnlock()
		if err := put(saved{Kind: savedShelf, Shelf: name, Next: map[string]int64{"last": int64(last)}}); err != nil {
			return err
		}
		for _, it := range s.all(nil) {
			if err := put(saved{Kind: savedDocument, Shelf: name, Key: it.id, Document: json.RawMessage(it.JSON())}); err != nil {
				return err
			}
		}
	}
	for _, bulk := range t.bulks.shelve() {
		if err := put(saved{Kind: savedBulk, Bulk: &bulk}); err != nil {
			return err
		}
	}
	for _, backlog := range t.hub.Backlogs() {
		if err := put(saved{Kind: savedTopic, Backlog: &backlog}); err != nil {
			return err
		}
	}
	return nil
}

func (t *Tenant) savePeople(put func(saved) error) error {
	d := t.gate.directory
	d.mu.RLock()
	users, groups, roles := slices.Collect(maps.Values(d.users)), slices.Collect(maps.Values(d.groups)), slices.Collect(maps.Values(d.roles))
	d.mu.RUnlock()
	slices.SortFunc(users, func(a, b *user) int {
		return cmp.Or(strings.Compare(a.tenant, b.tenant), strings.Compare(a.name, b.name))
	})
	slices.SortFunc(groups, func(a, b *group) int { return cmp.Compare(a.id, b.id) })
	slices.SortFunc(roles, func(a, b *inventoryRole) int { return cmp.Compare(a.id, b.id) })
	for _, g := range groups {
		line := savedGroup{ID: g.id, Name: g.name, Description: g.description, Roles: g.roles, Custom: g.custom, DevicePermissions: g.devicePermissions}
		if err := put(saved{Kind: savedTeam, Group: &line}); err != nil {
			return err
		}
	}
	for _, r := range roles {
		line := savedInventoryRole{ID: r.id, Name: r.name, Description: r.description}
		for _, p := range r.permissions {
			line.Permissions = append(line.Permissions, savedPermission{p.id, p.scope, p.kind, p.level})
		}
		if err := put(saved{Kind: savedRole, InventoryRole: &line}); err != nil {
			return err
		}
	}
	for _, u := range users {
		line := saveUser(u)
		if err := put(saved{Kind: savedPerson, Tenant: u.tenant, User: &line}); err != nil {
			return err
		}
	}
	for _, r := range t.registration.all() {
		line := savedRequest{
			ID: r.id, Status: r.status, Group: r.group, Kind: r.kind, Owner: r.owner, Created: r.created, Enrollment: r.enrollment, Custom: r.custom,
			Token: r.token, Wrong: r.wrong,
		}
		if err := put(saved{Kind: savedExpected, Request: &line}); err != nil {
			return err
		}
	}
	return nil
}

func saveUser(u *user) savedUser {
	line := savedUser{
		Name: u.name, Password: u.password, Former: u.former, First: u.first, Last: u.last, Display: u.display, Email: u.email, Phone: u.phone,
		Custom: u.custom, Description: u.description, Owner: u.owner, DelegatedBy: u.delegatedBy, Newsletter: u.newsletter, Device: u.device,
		Service: u.service, Remote: u.remote, Disabled: u.disabled, Locked: u.locked, MustChange: u.mustChangePassword, Groups: u.groups, Roles: u.roles,
		DevicePermissions: u.devicePermissions, Failures: u.failures, LastPassword: u.lastPasswordChange.UTC(),
	}
	for _, a := range u.assignments {
		line.Assignments = append(line.Assignments, savedAssignment{a.id, a.object, a.roles})
	}
	if tfa := (savedSecondFactor{u.tfa.wanted, u.tfa.strategy, u.tfa.secret, u.tfa.active}); tfa != (savedSecondFactor{}) {
		line.TFA = &tfa
	}
	if u.placement != nil {
		line.PlacementGroup, line.PlacementKind = u.placement.group, u.placement.kind
	}
	return line
}

// saveData writes a snapshot of the store. What is stored is immutable, so the lock is held only for collecting.
func (t *Tenant) saveData(put func(saved) error) error {
	var lines []saved
	var records [][]*store.Record
	files := map[store.ID]store.File{}
	t.store.View(func(d *store.Data) {
		for object := range d.Objects.All() {
			line := saved{
				Kind: savedObject, ID: object.ID, Created: object.Created, Updated: object.Updated, Document: json.RawMessage(object.JSON()),
				ExternalIDs: d.Objects.ExternalIDs(object.ID), Series: d.Series.Of(object.ID),
			}
			for _, relation := range store.Relations() {
				if children := d.Objects.Children(relation, object.ID); len(children) > 0 {
					if line.Children == nil {
						line.Children = map[string][]store.ID{}
					}
					name, _ := relationNames(relation)
					line.Children[name] = children
				}
			}
			lines = append(lines, line)
		}
		for _, kind := range savedRecords() {
			records = append(records, slices.Collect(kind.of(d).All()))
		}
		maps.Copy(files, d.Files)
	})
	for _, line := range lines {
		if err := put(line); err != nil {
			return err
		}
	}
	for i, kind := range savedRecords() {
		for _, r := range records[i] {
			line := saved{
				Kind: kind.kind, ID: r.ID, Source: r.Source, Time: r.Time.Milli, Offset: r.Time.Offset, Created: r.Created, Updated: r.Updated,
				Document: json.RawMessage(r.JSON()),
			}
			if err := put(line); err != nil {
				return err
			}
		}
	}
	for _, id := range slices.Sorted(maps.Keys(files)) {
		f := files[id]
		if err := put(saved{Kind: savedFile, ID: id, Name: f.Name, Type: f.Type, Content: f.Content, Noise: f.Noise.Seed, Length: f.Noise.Length}); err != nil {
			return err
		}
	}
	return nil
}
