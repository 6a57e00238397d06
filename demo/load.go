package demo

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"

	"c8yx/demo/notify"
	"c8yx/demo/rawjson"
	"c8yx/demo/store"
)

// Load replaces what is in the tenant by what [Tenant.Save] wrote. If that cannot be read, nothing changes. All users have to sign in
// anew. The fleet does not know what was loaded and lives no more: load before Start, into a tenant made without devices. The
// tenant keeps its own id and domain, so saved in one it can only be loaded in another of the same name. That goes for the tenants below it as
// well.
func (t *Tenant) Load(r io.Reader) error {
	l := newLoading(t.id, &t.store.Shapes)
	lines := json.NewDecoder(r)
	for n := 1; ; n++ {
		var line saved
		err := lines.Decode(&line)
		if errors.Is(err, io.EOF) {
			break
		}
		if err == nil {
			err = l.sort(line, n == 1)
		}
		if err != nil {
			return fmt.Errorf("demo: loading line %d: %w", n, err)
		}
	}
	if l.next == nil {
		return errors.New("demo: loading: there is no tenant in it")
	}
	for _, one := range append(l.below, l) {
		if err := one.connect(); err != nil {
			return fmt.Errorf("demo: loading %s: %w", one.id, err)
		}
	}
	l.replace(t)
	for _, below := range l.below {
		if err := t.below.restore(below); err != nil {
			return fmt.Errorf("demo: loading %s: %w", below.id, err)
		}
	}
	return nil
}

// loading is a tenant being put together, next to the one that it replaces in the end.
type loading struct {
	id       string
	shapes   *store.Shapes
	below    []*loading // tenants below it; the last one is being read
	next     map[string]int64
	data     store.Data
	parents  []saved // objects that have children
	shelves  map[string]*shelf
	people   *directory
	values   map[optionKey]string
	fixed    map[optionKey]bool
	requests []*deviceRequest
	bulks    []shelvedBulk
	backlogs []notify.Backlog
}

func newLoading(id string, shapes *store.Shapes) *loading {
	return &loading{
		id: id, shapes: shapes, data: store.Empty(), shelves: map[string]*shelf{}, people: newDirectory(), values: map[optionKey]string{}, fixed: map[optionKey]bool{},
	}
}

var errOrder = errors.New("the id is taken or out of order")

// sort gives a line to the tenant that it tells of: this one, or the one below it that was begun last.
func (l *loading) sort(line saved, first bool) error {
	switch {
	case first != (line.Kind == savedTenant):
		return errors.New("the first line, and no other, tells of the tenant")
	case first:
		return l.begin(line)
	case line.Kind == savedBelow:
		if known := l.shelves["tenants"]; known == nil || line.Tenant == l.id || known.docs[line.Tenant].Len() == 0 {
			return fmt.Errorf("there is no tenant %q below", line.Tenant)
		}
		if slices.ContainsFunc(l.below, func(other *loading) bool { return other.id == line.Tenant }) {
			return fmt.Errorf("the tenant %q comes twice", line.Tenant)
		}
		l.below = append(l.below, newLoading(line.Tenant, new(store.Shapes)))
	case len(l.below) == 0:
		return l.take(line)
	}
	last := l.below[len(l.below)-1]
	if line.Kind == savedBelow {
		return last.begin(line)
	}
	return last.take(line)
}

// begin reads the first line of a tenant.
func (l *loading) begin(line saved) error {
	if line.Version != savedVersion || line.Tenant != l.id {
		return fmt.Errorf("version %d of tenant %q, want version %d of %q", line.Version, line.Tenant, savedVersion, l.id)
	}
	if l.next = line.Next; l.next == nil {
		l.next = map[string]int64{}
	}
	return nil
}

func (l *loading) take(line saved) error {
	switch line.Kind {
	case savedOption:
		o := optionKey{line.Category, line.Key}
		l.values[o] = line.Value
		if line.Fixed {
			l.fixed[o] = true
		}
	case savedShelf:
		l.shelves[line.Shelf] = &shelf{last: int(line.Next["last"]), docs: map[string]store.Document{}}
	case savedDocument:
		return l.document(line)
	case savedPerson, savedTeam, savedRole, savedExpected:
		return l.person(line)
	case savedBulk:
		if line.Bulk == nil {
			return errors.New("the bulk operation is missing")
		}
		l.bulks = append(l.bulks, *line.Bulk)
	case savedTopic:
		if line.Backlog == nil {
			return errors.New("the backlog is missing")
		}
		l.backlogs = append(l.backlogs, *line.Backlog)
	case savedObject:
		return l.object(line)
	case savedFile:
		l.data.Files[line.ID] = store.File{Name: line.Name, Type: line.Type, Content: line.Content, Noise: store.Noise{Seed: line.Noise, Length: line.Length}}
	default:
		return l.record(line)
	}
	return nil
}

// compact reads a document.
func (l *loading) compact(raw json.RawMessage) (store.Document, error) {
	text, err := rawjson.CompactObject(raw)
	if err != nil {
		return store.Document{}, err
	}
	return l.shapes.Compact(text), nil
}

func (l *loading) document(line saved) error {
	on := l.shelves[line.Shelf]
	if on == nil {
		return fmt.Errorf("there is no shelf %q", line.Shelf)
	}
	doc, err := l.compact(line.Document)
	if err != nil {
		return err
	}
	on.put(line.Key, doc)
	return nil
}

func (l *loading) object(line saved) error {
	doc, err := l.compact(line.Document)
	if err != nil {
		return err
	}
	if !l.data.Objects.Restore(store.Object{ID: line.ID, Created: line.Created, Updated: line.Updated, Document: doc}) {
		return errOrder
	}
	for _, external := range line.ExternalIDs {
		l.data.Objects.Identify(line.ID, external)
	}
	for _, series := range line.Series {
		l.data.Series.Note(line.ID, series)
	}
	if len(line.Children) > 0 {
		l.parents = append(l.parents, saved{ID: line.ID, Children: line.Children})
	}
	return nil
}

func (l *loading) record(line saved) error {
	for _, kind := range savedRecords() {
		if kind.kind != line.Kind {
			continue
		}
		doc, err := l.compact(line.Document)
		if err != nil {
			return err
		}
		if !kind.of(&l.data).Restore(store.Record{
			ID: line.ID, Source: line.Source, Time: store.Stamp{Milli: line.Time, Offset: line.Offset}, Created: line.Created, Updated: line.Updated, Document: doc,
		}) {
			return errOrder
		}
		return nil
	}
	return fmt.Errorf("unknown kind %q", line.Kind)
}

func (l *loading) person(line saved) error {
	switch {
	case line.User != nil:
		u := line.User.user(line.Tenant)
		l.people.users[userKey(u.tenant, u.name)] = u
	case line.Group != nil:
		g := line.Group
		l.people.groups[g.ID] = &group{
			id: g.ID, name: g.Name, description: g.Description, roles: g.Roles, custom: g.Custom, devicePermissions: g.DevicePermissions,
		}
	case line.InventoryRole != nil:
		role := &inventoryRole{id: line.InventoryRole.ID, name: line.InventoryRole.Name, description: line.InventoryRole.Description}
		for _, p := range line.InventoryRole.Permissions {
			role.permissions = append(role.permissions, permission{p.ID, p.Scope, p.Kind, p.Level})
		}
		l.people.roles[role.id] = role
	case line.Request != nil:
		r := line.Request
		l.requests = append(l.requests, &deviceRequest{
			id: r.ID, status: r.Status, placement: placement{group: r.Group, kind: r.Kind}, owner: r.Owner, created: r.Created, enrollment: r.Enrollment,
			custom: r.Custom, token: r.Token, wrong: r.Wrong,
		})
	default:
		return fmt.Errorf("nothing in a line of kind %q", line.Kind)
	}
	return nil
}

func (s *savedUser) user(tenant string) *user {
	u := &user{
		tenant: tenant, name: s.Name, password: s.Password, former: s.Former, first: s.First, last: s.Last, display: s.Display, email: s.Email,
		phone: s.Phone, custom: s.Custom, description: s.Description, owner: s.Owner, delegatedBy: s.DelegatedBy, newsletter: s.Newsletter,
		device: s.Device, service: s.Service, remote: s.Remote, disabled: s.Disabled, locked: s.Locked, mustChangePassword: s.MustChange, groups: s.Groups, roles: s.Roles,
		devicePermissions: s.DevicePermissions, failures: s.Failures, lastPasswordChange: s.LastPassword,
	}
	for _, a := range s.Assignments {
		u.assignments = append(u.assignments, assignment{a.ID, a.Object, a.Roles})
	}
	if s.TFA != nil {
		u.tfa = secondFactor{wanted: s.TFA.Wanted, strategy: s.TFA.Strategy, secret: s.TFA.Secret, active: s.TFA.Active}
	}
	if s.PlacementGroup != "" || s.PlacementKind != "" {
		u.placement = &placement{group: s.PlacementGroup, kind: s.PlacementKind}
	}
	return u
}

// connect checks what only the whole can show.
func (l *loading) connect() error {
	for _, parent := range l.parents {
		for name, children := range parent.Children {
			relation, err := relationOf(name)
			if err != nil {
				return err
			}
			for _, child := range children {
				if !l.data.Objects.Link(relation, parent.ID, child) {
					return fmt.Errorf("object %s cannot be a child of %s", child, parent.ID)
				}
			}
		}
	}
	l.data.Objects.Reserve(store.ID(l.next[savedObject]))
	for _, kind := range savedRecords() {
		kind.of(&l.data).Reserve(store.ID(l.next[kind.kind]))
	}
	return nil
}

// replace puts the new in place of the old.
func (l *loading) replace(t *Tenant) {
	t.later.settle()
	t.fleet = nil
	t.store.Update(func(d *store.Data) { *d = l.data })
	for name, s := range t.shelves {
		s.replace(l.shelves[name])
	}
	t.below.endAll(false)
	t.suspend()
	t.hub.Restore(l.backlogs)
	t.notifications.resume()
	t.bulks.replace(l.bulks)
	t.settings.mu.Lock()
	t.settings.values, t.settings.fixed = l.values, l.fixed
	t.settings.mu.Unlock()
	t.registration.mu.Lock()
	t.registration.requests = l.requests
	t.registration.mu.Unlock()
	d := t.gate.directory
	d.mu.Lock()
	d.users, d.groups, d.roles, d.last = l.people.users, l.people.groups, l.people.roles, int(l.next[savedPerson])
	d.mu.Unlock()
	t.seeded = d.accountsOf(t.id, t.options.User)
	t.gate.sessions.terminate(func(*session) bool { return true }, tokenTerminated)
}

// replace puts other documents on a shelf, or none.
func (s *shelf) replace(other *shelf) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.docs, s.ids, s.last = map[string]store.Document{}, nil, 0
	if other != nil {
		s.docs, s.ids, s.last = maps.Clone(other.docs), other.ids, other.last
	}
}

// replace stops all bulk operations and takes up others.
func (b *bulkOperations) replace(shelved []shelvedBulk) {
	b.mu.Lock()
	for _, of := range b.all {
		if of.timer != nil {
			of.timer.Stop()
		}
	}
	b.all, b.last = nil, 0
	b.mu.Unlock()
	for _, one := range shelved {
		b.unshelve(one)
	}
}
