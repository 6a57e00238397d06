package fleet_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"sync"
	"time"

	"c8yx/demo/fleet"
)

// memory is a tenant in memory that keeps the rules which the fleet relies on, and a diary of everything that was done.
type memory struct {
	sync.Mutex

	objects    map[string]map[string]any
	parents    map[string][]string // "relation parent" by child
	identities map[string]string   // object by "type externalId"
	measured   map[string]int      // measurements by source
	last       map[string]time.Time
	alarms     []map[string]any
	events     []map[string]any
	operations []map[string]any
	told       func(op map[string]any)
	terse      bool // leaves the details out of the diary: JSON of every measurement takes its time
	diary      []string
	broken     []string // rules that the fleet has broken
}

func newMemory() *memory {
	return &memory{
		objects: map[string]map[string]any{}, parents: map[string][]string{}, identities: map[string]string{}, measured: map[string]int{}, last: map[string]time.Time{},
	}
}

var errGone = errors.New("no such object")

func (m *memory) note(what string, details ...any) {
	if m.terse && what == "CreateMeasurement" {
		m.diary = append(m.diary, what+" ")
		return
	}
	text, err := json.Marshal(details)
	if err != nil {
		m.broken = append(m.broken, fmt.Sprintf("%s is no JSON: %v", what, err))
	}
	m.diary = append(m.diary, what+" "+string(text))
}

// copied is the document as it would arrive over HTTP, so that nobody shares maps.
func copied(doc map[string]any) map[string]any {
	text, _ := json.Marshal(doc)
	var c map[string]any
	_ = json.Unmarshal(text, &c)
	return c
}

func (m *memory) CreateObject(doc map[string]any) (string, error) {
	m.Lock()
	defer m.Unlock()
	m.note("CreateObject", doc)
	id := strconv.Itoa(1000 + len(m.objects))
	m.objects[id] = copied(doc)
	return id, nil
}

func (m *memory) UpdateObject(id string, patch map[string]any) error {
	m.Lock()
	defer m.Unlock()
	m.note("UpdateObject", id, patch)
	doc, ok := m.objects[id]
	if !ok {
		return errGone
	}
	maps.Copy(doc, copied(patch))
	return nil
}

func (m *memory) AddChild(parent, relation, child string) error {
	m.Lock()
	defer m.Unlock()
	m.note("AddChild", parent, relation, child)
	for _, id := range []string{parent, child} {
		if _, ok := m.objects[id]; !ok {
			return errGone
		}
	}
	m.parents[child] = append(m.parents[child], relation+" "+parent)
	return nil
}

func (m *memory) AddIdentity(object, kind, externalID string) error {
	m.Lock()
	defer m.Unlock()
	m.note("AddIdentity", object, kind, externalID)
	key := kind + " " + externalID
	if _, taken := m.identities[key]; taken {
		return fmt.Errorf("%s is taken", key)
	}
	m.identities[key] = object
	return nil
}

func (m *memory) source(doc map[string]any) error {
	s, _ := doc["source"].(map[string]any)
	id, _ := s["id"].(string)
	if _, ok := m.objects[id]; !ok {
		return errGone
	}
	return nil
}

func (m *memory) CreateMeasurement(source, kind string, at time.Time, fragments map[string]any) error {
	m.Lock()
	defer m.Unlock()
	m.note("CreateMeasurement", source, kind, at, fragments)
	if _, ok := m.objects[source]; !ok {
		return errGone
	}
	if at.After(time.Now()) {
		m.broken = append(m.broken, fmt.Sprintf("%s measures in the future: %s", source, at))
	}
	m.measured[source]++
	m.last[source] = at
	return nil
}

func (m *memory) CreateAlarm(doc map[string]any) (string, error) {
	m.Lock()
	defer m.Unlock()
	m.note("CreateAlarm", doc)
	doc = copied(doc)
	if err := m.source(doc); err != nil {
		return "", err
	}
	if doc["status"] == nil {
		doc["status"] = "ACTIVE"
	}
	for i, a := range m.alarms {
		same := a["type"] == doc["type"] && a["source"].(map[string]any)["id"] == doc["source"].(map[string]any)["id"]
		if same && a["status"] != "CLEARED" {
			count, _ := a["count"].(float64)
			a["count"], a["time"] = max(1, count)+1, doc["time"]
			return strconv.Itoa(i), nil
		}
	}
	m.alarms = append(m.alarms, doc)
	return strconv.Itoa(len(m.alarms) - 1), nil
}

// patch merges into one of a list whose ids are its positions.
func patch(list []map[string]any, id string, with map[string]any) error {
	i, err := strconv.Atoi(id)
	if err != nil || i >= len(list) {
		return errGone
	}
	maps.Copy(list[i], copied(with))
	return nil
}

func (m *memory) UpdateAlarm(id string, with map[string]any) error {
	m.Lock()
	defer m.Unlock()
	m.note("UpdateAlarm", id, with)
	return patch(m.alarms, id, with)
}

func (m *memory) CreateEvent(doc map[string]any) (string, error) {
	m.Lock()
	defer m.Unlock()
	m.note("CreateEvent", doc)
	for _, key := range []string{"type", "text", "time"} {
		if text, _ := doc[key].(string); text == "" {
			m.broken = append(m.broken, fmt.Sprintf("an event has no %s: %v", key, doc))
		}
	}
	m.events = append(m.events, copied(doc))
	return strconv.Itoa(len(m.events) - 1), m.source(copied(doc))
}

func (m *memory) CreateOperation(doc map[string]any) (string, error) {
	m.Lock()
	defer m.Unlock()
	m.note("CreateOperation", doc)
	doc = copied(doc)
	device, _ := doc["deviceId"].(string)
	if m.agent(device) == "" {
		return "", fmt.Errorf("%s has no agent", device)
	}
	id := strconv.Itoa(len(m.operations))
	doc["id"] = id
	if doc["status"] == nil {
		doc["status"] = "PENDING"
	}
	m.operations = append(m.operations, doc)
	if m.told != nil {
		m.told(copied(doc))
	}
	return id, nil
}

func (m *memory) UpdateOperation(id string, with map[string]any) error {
	m.Lock()
	defer m.Unlock()
	m.note("UpdateOperation", id, with)
	return patch(m.operations, id, with)
}

// agent is who talks for a device: itself or the gateway above.
func (m *memory) agent(device string) string {
	if _, ok := m.objects[device]["com_cumulocity_model_Agent"]; ok {
		return device
	}
	for _, p := range m.parents[device] {
		var relation, parent string
		_, _ = fmt.Sscan(p, &relation, &parent)
		if relation == fleet.ChildDevices {
			return m.agent(parent)
		}
	}
	return ""
}

func (m *memory) PendingOperations(agent string) (pending []map[string]any) {
	m.Lock()
	defer m.Unlock()
	for _, op := range m.operations {
		if op["status"] == "PENDING" && m.agent(op["deviceId"].(string)) == agent {
			pending = append(pending, copied(op))
		}
	}
	return pending
}

func (m *memory) Heartbeat(device string) {
	m.Lock()
	defer m.Unlock()
	m.note("Heartbeat", device)
	m.last[device] = time.Now()
}

func (m *memory) OnOperation(told func(map[string]any)) { m.told = told }

// devices are the ids of all devices, in order.
func (m *memory) devices() (ids []string) {
	for id, doc := range m.objects {
		_, device := doc["c8y_IsDevice"]
		if _, hardware := doc["c8y_Hardware"]; device || hardware {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}

// bulk is a memory that takes objects in bulk.
type bulk struct{ *memory }

func (b bulk) LoadObjects(objects []fleet.Object) (ids []string, err error) {
	for _, o := range objects {
		doc := map[string]any{}
		for _, m := range o.Members {
			var value any
			if err := json.Unmarshal(m.Value, &value); err != nil {
				return nil, err
			}
			doc[m.Key] = value
		}
		for name, at := range map[string]int64{"creationTime": o.Created, "lastUpdated": o.Updated} {
			if at != 0 {
				doc[name] = time.UnixMilli(at).UTC().Format("2006-01-02T15:04:05.000Z")
			}
		}
		id, _ := b.CreateObject(doc)
		for _, p := range o.Parents {
			if err := b.AddChild(p.ID, p.Relation, id); err != nil {
				return nil, err
			}
		}
		for _, i := range o.Identities {
			if err := b.AddIdentity(id, i.Type, i.ExternalID); err != nil {
				return nil, err
			}
		}
		ids = append(ids, id)
	}
	return ids, nil
}

func (b bulk) LoadMeasurements(h fleet.History) error {
	for i, at := range h.Times {
		fragments := map[string]any{}
		for _, c := range h.Series {
			names, _ := fragments[c.Fragment].(map[string]any)
			if names == nil {
				names = map[string]any{}
				fragments[c.Fragment] = names
			}
			cell := map[string]any{"value": c.Values[i]}
			if c.Unit != "" {
				cell["unit"] = c.Unit
			}
			names[c.Name] = cell
		}
		if err := b.CreateMeasurement(h.Source, h.Type, time.UnixMilli(at), fragments); err != nil {
			return err
		}
	}
	return nil
}
