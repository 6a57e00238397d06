package fleet

// mover carries objects into the tenant: in batches if the tenant takes them, one by one otherwise.
type mover struct {
	tenant Tenant
	bulk   Bulk // nil if the tenant has none
	batch  []Object
	moved  []func(id string)

	members []Member // of the objects in the batch
	text    []byte   // of their values
}

// largestBatch bounds what waits for being loaded.
const largestBatch = 512

func newMover(t Tenant) *mover {
	m := &mover{tenant: t}
	m.bulk, _ = t.(Bulk)
	return m
}

// object moves one object; moved, if not nil, gets its id, at the latest with the next flush.
func (m *mover) object(doc document, parents []Parent, identities []Identity, moved func(id string)) error {
	if m.bulk != nil {
		m.batch = append(m.batch, m.pack(doc, parents, identities))
		m.moved = append(m.moved, moved)
		if len(m.batch) >= largestBatch {
			return m.flush()
		}
		return nil
	}
	id, err := m.tenant.CreateObject(doc.fields())
	if err != nil {
		return err
	}
	for _, p := range parents {
		if err := m.tenant.AddChild(p.ID, p.Relation, id); err != nil {
			return err
		}
	}
	for _, i := range identities {
		if err := m.tenant.AddIdentity(id, i.Type, i.ExternalID); err != nil {
			return err
		}
	}
	if moved != nil {
		moved(id)
	}
	return nil
}

// pack writes an object for a tenant that takes batches.
func (m *mover) pack(doc document, parents []Parent, identities []Identity) Object {
	o := Object{Parents: parents, Identities: identities}
	first := len(m.members)
	for _, f := range doc {
		switch v := f.value.(type) {
		case *fixed:
			m.members = append(m.members, Member{f.key, v.json})
			continue
		case moment:
			if f.key == "creationTime" {
				o.Created = int64(v) * 1000
				continue
			}
			if f.key == "lastUpdated" {
				o.Updated = int64(v) * 1000
				continue
			}
		}
		from := len(m.text)
		m.text = appendValue(m.text, f.value)
		m.members = append(m.members, Member{f.key, m.text[from:]})
	}
	o.Members = m.members[first:]
	return o
}

// flush loads what waits, so that it can be a parent.
func (m *mover) flush() error {
	if len(m.batch) == 0 {
		return nil
	}
	ids, err := m.bulk.LoadObjects(m.batch)
	if err != nil {
		return err
	}
	for i, moved := range m.moved {
		if moved != nil {
			moved(ids[i])
		}
	}
	clear(m.batch) // the tenant has the documents now
	clear(m.moved)
	m.batch, m.moved, m.members, m.text = m.batch[:0], m.moved[:0], m.members[:0], m.text[:0]
	return nil
}

// parent moves one object that others will hang below, and returns its id.
func (m *mover) parent(doc document, parents []Parent, identities []Identity) (id string, err error) {
	if err := m.object(doc, parents, identities, func(moved string) { id = moved }); err != nil {
		return "", err
	}
	return id, m.flush()
}
