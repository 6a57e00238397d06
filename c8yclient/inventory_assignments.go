package c8yclient

import (
	"context"
	"net/http"
	"strconv"

	"github.com/go-json-experiment/json/jsontext"
)

// InventoryAssignment gives inventory roles to a user for a managed object and everything
// below it.
type InventoryAssignment struct {
	ID   ID     `json:"id,omitzero"`
	Self string `json:"self,omitzero"`
	// ManagedObject is the id of the object.
	ManagedObject ID              `json:"managedObject,omitzero"`
	Roles         []InventoryRole `json:"roles,omitzero"`
	Document
}

// Assignments returns the inventory roles of a user, by managed object; they are not
// paged.
//
// Operation: GET /user/{tenantId}/users/{userId}/roles/inventory
func (s *InventoryRolesService) Assignments(ctx context.Context, tenantID, user string) ([]*InventoryAssignment, error) {
	return items[InventoryAssignment](ctx, s.client, call{
		method: http.MethodGet, path: assignmentRoute(tenantID, user),
	}, "inventoryAssignments")
}

// Assignment returns one assignment of inventory roles.
//
// Operation: GET /user/{tenantId}/users/{userId}/roles/inventory/{id}
func (s *InventoryRolesService) Assignment(ctx context.Context, tenantID, user, assignmentID string) (*InventoryAssignment, error) {
	return one[InventoryAssignment](ctx, s.client, call{
		method: http.MethodGet, path: assignmentRoute(tenantID, user, assignmentID),
	})
}

// Assign gives inventory roles to a user for a managed object and everything below it.
//
// Operation: POST /user/{tenantId}/users/{userId}/roles/inventory
func (s *InventoryRolesService) Assign(ctx context.Context, tenantID, user, managedObjectID string, roleIDs ...string) (*InventoryAssignment, error) {
	return one[InventoryAssignment](ctx, s.client, call{
		method: http.MethodPost, path: assignmentRoute(tenantID, user),
		body: struct {
			ManagedObject string       `json:"managedObject"`
			Roles         []numberedID `json:"roles"`
		}{managedObjectID, numberedIDs(roleIDs)},
	})
}

// Reassign replaces the inventory roles of an assignment.
//
// Operation: PUT /user/{tenantId}/users/{userId}/roles/inventory/{id}
func (s *InventoryRolesService) Reassign(ctx context.Context, tenantID, user, assignmentID string, roleIDs ...string) (*InventoryAssignment, error) {
	return one[InventoryAssignment](ctx, s.client, call{
		method: http.MethodPut, path: assignmentRoute(tenantID, user, assignmentID),
		body: map[string][]numberedID{"roles": numberedIDs(roleIDs)},
	})
}

// Unassign takes the inventory roles of an assignment away.
//
// Operation: DELETE /user/{tenantId}/users/{userId}/roles/inventory/{id}
func (s *InventoryRolesService) Unassign(ctx context.Context, tenantID, user, assignmentID string) error {
	return s.client.do(ctx, call{method: http.MethodDelete, path: assignmentRoute(tenantID, user, assignmentID)})
}

func assignmentRoute(tenantID, user string, rest ...string) route {
	return at(append([]string{"user", tenantID, "users", user, "roles", "inventory"}, rest...)...)
}

// numberedID refers to something by an id that the platform wants as a number.
type numberedID struct {
	ID jsontext.Value `json:"id"`
}

// numberedIDs leaves ids that are no numbers as text, for the platform to refuse.
func numberedIDs(ids []string) []numberedID {
	numbered := make([]numberedID, len(ids))
	for i, id := range ids {
		if n, err := strconv.ParseInt(id, 10, 64); err == nil {
			numbered[i].ID = jsontext.Value(strconv.FormatInt(n, 10))
		} else {
			numbered[i].ID, _ = jsontext.AppendQuote(nil, id)
		}
	}
	return numbered
}
