package c8yclient

import (
	"context"
	"iter"
	"net/http"
)

// InventoryRole is a named set of permissions that a user can have for a part of the
// inventory: an object and everything below it.
type InventoryRole struct {
	ID          ID                    `json:"id,omitzero"`
	Self        string                `json:"self,omitzero"`
	Name        string                `json:"name,omitzero"`
	Description string                `json:"description,omitzero"`
	Permissions []InventoryPermission `json:"permissions,omitzero"`
	Document
}

// InventoryPermission is one permission of an inventory role.
type InventoryPermission struct {
	ID ID `json:"id,omitzero"`
	// Permission is READ, ADMIN or "*".
	Permission string `json:"permission"`
	// Scope is what it is about: ALARM, AUDIT, EVENT, MANAGED_OBJECT, MEASUREMENT,
	// OPERATION or "*".
	Scope string `json:"scope"`
	// Type is the name of a fragment, for example c8y_Restart, or "*".
	Type string `json:"type"`
	Document
}

// InventoryRoleListOptions are the options of [InventoryRolesService.List]. Of the totals
// the platform knows only that of elements.
type InventoryRoleListOptions struct {
	Paging
}

// InventoryRolesService manages inventory roles and who has them.
type InventoryRolesService service

func (s *InventoryRolesService) listing(options *InventoryRoleListOptions) listing {
	return listing{path: at("user", "inventoryroles"), query: options, key: "roles"}
}

// List walks all inventory roles.
//
// Operation: GET /user/inventoryroles
func (s *InventoryRolesService) List(ctx context.Context, options *InventoryRoleListOptions) iter.Seq2[*InventoryRole, error] {
	return list[InventoryRole](ctx, s.client, s.listing(options))
}

// Pages walks the pages of inventory roles.
//
// Operation: GET /user/inventoryroles
func (s *InventoryRolesService) Pages(ctx context.Context, options *InventoryRoleListOptions) iter.Seq2[*Page[InventoryRole], error] {
	return pages[InventoryRole](ctx, s.client, s.listing(options))
}

// Page returns one page of inventory roles.
//
// Operation: GET /user/inventoryroles
func (s *InventoryRolesService) Page(ctx context.Context, options *InventoryRoleListOptions) (*Page[InventoryRole], error) {
	return page[InventoryRole](ctx, s.client, s.listing(options))
}

// Get returns one inventory role.
//
// Operation: GET /user/inventoryroles/{id}
func (s *InventoryRolesService) Get(ctx context.Context, id string) (*InventoryRole, error) {
	return one[InventoryRole](ctx, s.client, call{method: http.MethodGet, path: at("user", "inventoryroles", id)})
}

// Create adds an inventory role. Name, description and permissions are required;
// [ErrConflict] means that the name is taken.
//
// Operation: POST /user/inventoryroles
func (s *InventoryRolesService) Create(ctx context.Context, role *InventoryRole) (*InventoryRole, error) {
	return one[InventoryRole](ctx, s.client, call{method: http.MethodPost, path: at("user", "inventoryroles"), body: role})
}

// Update changes an inventory role and returns it as it is now. The patch is an
// *[InventoryRole], a map or raw JSON with what changes and nothing else; permissions are
// replaced as a whole.
//
// Operation: PUT /user/inventoryroles/{id}
func (s *InventoryRolesService) Update(ctx context.Context, id string, patch any) (*InventoryRole, error) {
	return one[InventoryRole](ctx, s.client, call{method: http.MethodPut, path: at("user", "inventoryroles", id), body: patch})
}

// Delete deletes an inventory role.
//
// Operation: DELETE /user/inventoryroles/{id}
func (s *InventoryRolesService) Delete(ctx context.Context, id string) error {
	return s.client.do(ctx, call{method: http.MethodDelete, path: at("user", "inventoryroles", id)})
}
