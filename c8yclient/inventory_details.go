package c8yclient

import (
	"context"
	"net/http"
	"time"
)

// Media types for the paths that take several kinds of body.
const (
	mediaManagedObject           = "application/vnd.com.nsn.cumulocity.managedobject+json"
	mediaManagedObjectCollection = "application/vnd.com.nsn.cumulocity.managedobjectcollection+json"
	mediaReferenceCollection     = "application/vnd.com.nsn.cumulocity.managedobjectreferencecollection+json"
	mediaMeasurement             = "application/vnd.com.nsn.cumulocity.measurement+json"
	mediaMeasurementCollection   = "application/vnd.com.nsn.cumulocity.measurementcollection+json"
	mediaCurrentUser             = "application/vnd.com.nsn.cumulocity.currentuser+json"
)

// DeviceAvailability says whether a device keeps in touch.
type DeviceAvailability struct {
	DeviceID    string    `json:"deviceId"`
	ExternalID  string    `json:"externalId"`
	LastMessage time.Time `json:"lastMessage"`
	// Interval is in minutes: how long the device may be silent.
	Interval int `json:"interval"`
	// DataStatus is AVAILABLE, UNAVAILABLE or MAINTENANCE, ConnectionStatus CONNECTED,
	// DISCONNECTED or MAINTENANCE.
	DataStatus       string `json:"dataStatus"`
	ConnectionStatus string `json:"connectionStatus"`
	Document
}

// DeviceUser is the user that a device signs in with.
type DeviceUser struct {
	UserName string `json:"userName,omitzero"`
	Enabled  bool   `json:"enabled"`
	Self     string `json:"self,omitzero"`
}

// Availability returns whether a device keeps in touch. [ErrNotFound] means that nobody
// ever said how often it should.
//
// Operation: GET /inventory/managedObjects/{id}/availability
func (s *InventoryService) Availability(ctx context.Context, id string) (*DeviceAvailability, error) {
	return one[DeviceAvailability](ctx, s.client, call{
		method: http.MethodGet, path: at("inventory", "managedObjects", id, "availability"),
	})
}

// SupportedMeasurements returns the names of the measurement fragments that a device
// has sent. They lag behind a little.
//
// Operation: GET /inventory/managedObjects/{id}/supportedMeasurements
func (s *InventoryService) SupportedMeasurements(ctx context.Context, id string) ([]string, error) {
	var answer struct {
		Names []string `json:"c8y_SupportedMeasurements"`
	}
	err := s.client.do(ctx, call{
		method: http.MethodGet, path: at("inventory", "managedObjects", id, "supportedMeasurements"), into: &answer,
	})
	return answer.Names, err
}

// SupportedSeries returns the series that a device has sent, in the form
// "fragment.series". They lag behind a little.
//
// Operation: GET /inventory/managedObjects/{id}/supportedSeries
func (s *InventoryService) SupportedSeries(ctx context.Context, id string) ([]string, error) {
	var answer struct {
		Names []string `json:"c8y_SupportedSeries"`
	}
	err := s.client.do(ctx, call{
		method: http.MethodGet, path: at("inventory", "managedObjects", id, "supportedSeries"), into: &answer,
	})
	return answer.Names, err
}

// DeviceUser returns the user of a device. [ErrNotFound] means that the object has none.
//
// Operation: GET /inventory/managedObjects/{id}/user
func (s *InventoryService) DeviceUser(ctx context.Context, id string) (*DeviceUser, error) {
	return one[DeviceUser](ctx, s.client, call{
		method: http.MethodGet, path: at("inventory", "managedObjects", id, "user"),
	})
}

// EnableDeviceUser lets the user of a device in, or locks it out.
//
// Operation: PUT /inventory/managedObjects/{id}/user
func (s *InventoryService) EnableDeviceUser(ctx context.Context, id string, enabled bool) (*DeviceUser, error) {
	return one[DeviceUser](ctx, s.client, call{
		method: http.MethodPut, path: at("inventory", "managedObjects", id, "user"),
		body: DeviceUser{Enabled: enabled},
	})
}

// MaxBulk is how many managed objects one bulk call takes.
const MaxBulk = 50

// CreateMany adds up to [MaxBulk] managed objects, all or none.
//
// Operation: POST /inventory/managedObjects
func (s *InventoryService) CreateMany(ctx context.Context, objects []*ManagedObject) ([]*ManagedObject, error) {
	return s.bulk(ctx, http.MethodPost, objects)
}

// UpdateMany changes up to [MaxBulk] managed objects, all or none. Each carries its id
// and what changes.
//
// Operation: PUT /inventory/managedObjects
func (s *InventoryService) UpdateMany(ctx context.Context, objects []*ManagedObject) ([]*ManagedObject, error) {
	return s.bulk(ctx, http.MethodPut, objects)
}

func (s *InventoryService) bulk(ctx context.Context, method string, objects []*ManagedObject) ([]*ManagedObject, error) {
	return items[ManagedObject](ctx, s.client, call{
		method: method, path: at("inventory", "managedObjects"),
		body:        map[string][]*ManagedObject{"managedObjects": objects},
		contentType: mediaManagedObjectCollection,
	}, "managedObjects")
}
