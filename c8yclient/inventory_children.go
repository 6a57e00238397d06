package c8yclient

import (
	"context"
	"iter"
	"net/http"
)

// ChildKind is one of the three ways in which objects are below others.
type ChildKind string

// The kinds of children.
const (
	// ChildDevices are devices behind a gateway.
	ChildDevices ChildKind = "childDevices"
	// ChildAssets are members of a group.
	ChildAssets ChildKind = "childAssets"
	// ChildAdditions are parts of an object: services, files, dashboards.
	ChildAdditions ChildKind = "childAdditions"
)

// ChildListOptions are the options of [InventoryService.Children].
type ChildListOptions struct {
	Query             string `query:"query"`
	WithChildren      bool   `query:"withChildren,always"`
	WithChildrenCount bool   `query:"withChildrenCount"`
	Paging
}

// ChildReference is a child of a managed object, complete with its fragments.
type ChildReference struct {
	Self          string         `json:"self,omitzero"`
	ManagedObject *ManagedObject `json:"managedObject"`
}

func childRoute(parentID string, kind ChildKind, rest ...string) route {
	return at(append([]string{"inventory", "managedObjects", parentID, string(kind)}, rest...)...)
}

func (s *InventoryService) children(parentID string, kind ChildKind, options *ChildListOptions) listing {
	return listing{path: childRoute(parentID, kind), query: options, key: "references"}
}

// Children walks all children of one kind.
//
// Operation: GET /inventory/managedObjects/{id}/childDevices
// Operation: GET /inventory/managedObjects/{id}/childAssets
// Operation: GET /inventory/managedObjects/{id}/childAdditions
func (s *InventoryService) Children(ctx context.Context, parentID string, kind ChildKind, options *ChildListOptions) iter.Seq2[*ManagedObject, error] {
	return referenced(list[ChildReference](ctx, s.client, s.children(parentID, kind, options)),
		func(reference *ChildReference) *ManagedObject { return reference.ManagedObject })
}

// ChildrenPage returns one page of children of one kind.
//
// Operation: GET /inventory/managedObjects/{id}/childDevices
// Operation: GET /inventory/managedObjects/{id}/childAssets
// Operation: GET /inventory/managedObjects/{id}/childAdditions
func (s *InventoryService) ChildrenPage(ctx context.Context, parentID string, kind ChildKind, options *ChildListOptions) (*Page[ChildReference], error) {
	return page[ChildReference](ctx, s.client, s.children(parentID, kind, options))
}

// Child returns one child. [ErrInvalid] means that it is not a child of that parent.
//
// Operation: GET /inventory/managedObjects/{id}/childDevices/{childId}
// Operation: GET /inventory/managedObjects/{id}/childAssets/{childId}
// Operation: GET /inventory/managedObjects/{id}/childAdditions/{childId}
func (s *InventoryService) Child(ctx context.Context, parentID string, kind ChildKind, childID string) (*ChildReference, error) {
	return one[ChildReference](ctx, s.client, call{method: http.MethodGet, path: childRoute(parentID, kind, childID)})
}

// AddChildren puts existing objects below a parent.
//
// Operation: POST /inventory/managedObjects/{id}/childDevices
// Operation: POST /inventory/managedObjects/{id}/childAssets
// Operation: POST /inventory/managedObjects/{id}/childAdditions
func (s *InventoryService) AddChildren(ctx context.Context, parentID string, kind ChildKind, childIDs ...string) error {
	return s.client.do(ctx, call{
		method: http.MethodPost, path: childRoute(parentID, kind), body: referencesTo(childIDs),
		contentType: mediaReferenceCollection,
	})
}

// CreateChild creates an object below a parent in one call.
//
// Operation: POST /inventory/managedObjects/{id}/childDevices
// Operation: POST /inventory/managedObjects/{id}/childAssets
// Operation: POST /inventory/managedObjects/{id}/childAdditions
func (s *InventoryService) CreateChild(ctx context.Context, parentID string, kind ChildKind, object *ManagedObject) (*ManagedObject, error) {
	return one[ManagedObject](ctx, s.client, call{
		method: http.MethodPost, path: childRoute(parentID, kind), body: object, contentType: mediaManagedObject,
	})
}

// RemoveChild takes a child away from a parent; the object itself stays.
//
// Operation: DELETE /inventory/managedObjects/{id}/childDevices/{childId}
// Operation: DELETE /inventory/managedObjects/{id}/childAssets/{childId}
// Operation: DELETE /inventory/managedObjects/{id}/childAdditions/{childId}
func (s *InventoryService) RemoveChild(ctx context.Context, parentID string, kind ChildKind, childID string) error {
	return s.client.do(ctx, call{method: http.MethodDelete, path: childRoute(parentID, kind, childID)})
}

// RemoveChildren takes many children away from a parent at once.
//
// Operation: DELETE /inventory/managedObjects/{id}/childDevices
// Operation: DELETE /inventory/managedObjects/{id}/childAssets
// Operation: DELETE /inventory/managedObjects/{id}/childAdditions
func (s *InventoryService) RemoveChildren(ctx context.Context, parentID string, kind ChildKind, childIDs ...string) error {
	return s.client.do(ctx, call{
		method: http.MethodDelete, path: childRoute(parentID, kind), body: referencesTo(childIDs),
		contentType: mediaReferenceCollection,
	})
}

type reference struct {
	ManagedObject struct {
		ID string `json:"id"`
	} `json:"managedObject"`
}

func referencesTo(ids []string) map[string][]reference {
	references := make([]reference, len(ids))
	for i, id := range ids {
		references[i].ManagedObject.ID = id
	}
	return map[string][]reference{"references": references}
}
