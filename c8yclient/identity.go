package c8yclient

import (
	"context"
	"net/http"
)

// ExternalID is a name that the outside world has for a managed object. Type and
// value together are unique in a tenant.
type ExternalID struct {
	Type          string `json:"type,omitzero"`
	ExternalID    string `json:"externalId,omitzero"`
	ManagedObject Source `json:"managedObject,omitzero"`
	Self          string `json:"self,omitzero"`
	Document
}

// IdentityService maps external ids to managed objects.
type IdentityService service

// List returns the external ids of a managed object; they are not paged.
//
// Operation: GET /identity/globalIds/{id}/externalIds
func (s *IdentityService) List(ctx context.Context, managedObjectID string) ([]*ExternalID, error) {
	return s.collection(ctx, call{
		method: http.MethodGet, path: at("identity", "globalIds", managedObjectID, "externalIds"),
	})
}

// Get looks up the managed object behind an external id, often of type c8y_Serial.
//
// Operation: GET /identity/externalIds/{type}/{externalId}
func (s *IdentityService) Get(ctx context.Context, idType, externalID string) (*ExternalID, error) {
	return one[ExternalID](ctx, s.client, call{
		method: http.MethodGet, path: at("identity", "externalIds", idType, externalID),
	})
}

// Create gives a managed object an external id. [ErrConflict] means that it is taken.
//
// Operation: POST /identity/globalIds/{id}/externalIds
func (s *IdentityService) Create(ctx context.Context, managedObjectID, idType, externalID string) (*ExternalID, error) {
	return one[ExternalID](ctx, s.client, call{
		method: http.MethodPost, path: at("identity", "globalIds", managedObjectID, "externalIds"),
		body: ExternalID{Type: idType, ExternalID: externalID},
	})
}

// Delete removes an external id; the managed object stays.
//
// Operation: DELETE /identity/externalIds/{type}/{externalId}
func (s *IdentityService) Delete(ctx context.Context, idType, externalID string) error {
	return s.client.do(ctx, call{
		method: http.MethodDelete, path: at("identity", "externalIds", idType, externalID),
	})
}

// Search looks up many external ids at once and returns those that exist. Of each,
// type and value are needed.
//
// Operation: POST /identity/search
func (s *IdentityService) Search(ctx context.Context, ids []ExternalID) ([]*ExternalID, error) {
	return s.collection(ctx, call{
		method: http.MethodPost, path: at("identity", "search"),
		body: map[string][]ExternalID{"externalIds": ids},
	})
}

func (s *IdentityService) collection(ctx context.Context, l call) ([]*ExternalID, error) {
	return items[ExternalID](ctx, s.client, l, "externalIds")
}
