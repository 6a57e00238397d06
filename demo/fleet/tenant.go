package fleet

import "time"

// Relations between objects, as in the paths of the inventory API.
const (
	ChildDevices   = "childDevices"
	ChildAssets    = "childAssets"
	ChildAdditions = "childAdditions"
)

// Tenant is where the company lives: the same effects as a device's HTTP calls, without the HTTP.
//
// Documents are what encoding/json makes of the API's JSON (nested map[string]any, []any, string, float64, bool, nil) and, because they are
// built in Go, int, []string and []map[string]any too. Times in documents are strings as the API sends them
// (2026-02-02T09:30:00.000Z). The tenant must not keep a document's maps nor change them: the fleet shares them between devices.
//
// Because the fleet comes with a past, creationTime and lastUpdated in a document are honoured where HTTP ignores them, and so are
// owner, the fragments that the platform maintains (c8y_Availability, c8y_Connection), the status, count and firstOccurrenceTime of an alarm
// and the status of an operation. Everything missing is filled as for an HTTP call.
//
// All methods may be called by one goroutine at a time. An error means that the object is gone (somebody deleted it) or
// refuses: the fleet takes note and leaves it alone.
type Tenant interface {
	// CreateObject is POST /inventory/managedObjects.
	CreateObject(doc map[string]any) (id string, err error)
	// UpdateObject is PUT /inventory/managedObjects/{id}: top-level merge, nil removes. It is no heartbeat.
	UpdateObject(id string, patch map[string]any) error
	// AddChild is POST /inventory/managedObjects/{parent}/{relation}.
	AddChild(parent, relation, child string) error
	// AddIdentity is POST /identity/globalIds/{object}/externalIds.
	AddIdentity(object, kind, externalID string) error

	// CreateMeasurement is POST /measurement/measurements; fragments are {"c8y_Temperature":{"T":{"value":21.5,"unit":"°C"}}}.
	CreateMeasurement(source, kind string, at time.Time, fragments map[string]any) error
	// CreateAlarm is POST /alarm/alarms, with its de-duplication: the id may be that of an alarm that is open already, and
	// is empty if a device in maintenance raised it.
	CreateAlarm(doc map[string]any) (id string, err error)
	// UpdateAlarm is PUT /alarm/alarms/{id}.
	UpdateAlarm(id string, patch map[string]any) error
	// CreateEvent is POST /event/events.
	CreateEvent(doc map[string]any) (id string, err error)
	// CreateOperation is POST /devicecontrol/operations.
	CreateOperation(doc map[string]any) (id string, err error)
	// UpdateOperation is PUT /devicecontrol/operations/{id}.
	UpdateOperation(id string, patch map[string]any) error

	// PendingOperations is GET /devicecontrol/operations?agentId={agent}&status=PENDING: those of the agent and of the devices
	// below it, oldest first, whole documents.
	PendingOperations(agent string) []map[string]any
	// Heartbeat is PUT /inventory/managedObjects/{device} with {}: the device is there. Measurements, events and alarms
	// are heartbeats too. What follows from a missing heartbeat (c8y_Availability, c8y_UnavailabilityAlarm) is the tenant's business.
	Heartbeat(device string)
	// OnOperation registers what to call with every operation that is created, whole documents with id, deviceId and status. The function
	// returns at once and may be called from any goroutine, also before CreateOperation returns.
	OnOperation(func(op map[string]any))
}

// Bulk is what a Tenant may implement besides, to take in a large fleet quickly: [Settle] uses it if it is there, and then calls none of
// CreateObject, AddChild, AddIdentity and CreateMeasurement. Nothing that is loaded is notified or audited.
type Bulk interface {
	// LoadObjects creates objects in this order, with their places in the hierarchy and their external ids,
	// and returns their ids in the same order. The tenant must not keep the slices nor the values in them.
	LoadObjects(objects []Object) (ids []string, err error)
	// LoadMeasurements adds the history of one device. The tenant must not keep the slices.
	LoadMeasurements(h History) error
}

// Object is one managed object on its way into the tenant.
type Object struct {
	Members          []Member   // without id, self and the two times; name, type and owner first
	Created, Updated int64      // creationTime and lastUpdated in Unix milliseconds, 0: now
	Parents          []Parent   // objects that are there already
	Identities       []Identity // external ids
}

// Member is a member of a document: its value is compact JSON and never null.
type Member struct {
	Key   string
	Value []byte
}

// Parent is a place in the hierarchy.
type Parent struct {
	ID       string
	Relation string // ChildDevices, ChildAssets or ChildAdditions
}

// Identity is an external id.
type Identity struct{ Type, ExternalID string }

// History is one type of measurement of one device over a stretch of time, as columns: row i is a measurement
// {"source":{"id":Source},"type":Type,"time":Times[i],Series[0].Fragment:{Series[0].Name:{"value":Series[0].Values[i],"unit":Series[0].Unit}},…}.
type History struct {
	Source string
	Type   string
	Times  []int64 // Unix milliseconds, ascending
	Series []Column
}

// Column holds the values of one series.
type Column struct {
	Fragment, Name, Unit string    // c8y_Temperature, T, °C
	Values               []float64 // finite, as many as there are times
}

// Attacher is what a Tenant may implement besides, once its events can have attachments: POST /event/events/{event}/binaries.
// Without it, devices fail to upload logs and configurations.
type Attacher interface {
	// Attach returns the URL of the attachment.
	Attach(event, name, mediaType string, content []byte) (url string, err error)
}

// Relay is what a Tenant may implement besides, for devices whose data an application sends: it has a key, and what comes with one says nothing
// about whether the device is there.
type Relay interface {
	// RelayMeasurement is POST /measurement/measurements with X-Cumulocity-Application-Key.
	RelayMeasurement(source, kind string, at time.Time, fragments map[string]any) error
}

// Recorder is what a Tenant may implement besides: GET /devicecontrol/operations/{id}. Without it, an agent that hangs on an operation
// hangs for ever.
type Recorder interface {
	// OperationStatus returns the status of an operation, "" if there is none.
	OperationStatus(id string) string
}
