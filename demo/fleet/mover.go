package fleet

import "bytes"

// mover carries objects into the tenant: in batches if the tenant takes them, one by one otherwise.
type mover struct {
	tenant Tenant
	bulk   Bulk // nil if the tenant has none
	batch  []Object
	moved  []func(id string)
	text   []byte // of the latest document
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
		m.text = doc.append(m.text[:0])
		m.batch = append(m.batch, Object{Doc: bytes.Clone(m.text), Parents: parents, Identities: identities})
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
	m.batch, m.moved = m.batch[:0], m.moved[:0]
	return nil
}

// parent moves one object that others will hang below, and returns its id.
func (m *mover) parent(doc document, parents []Parent, identities []Identity) (id string, err error) {
	if err := m.object(doc, parents, identities, func(moved string) { id = moved }); err != nil {
		return "", err
	}
	return id, m.flush()
}
