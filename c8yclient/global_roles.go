package c8yclient

import (
	"context"
	"iter"
	"net/http"
)

// GlobalRole is a named set of permissions that users have for the whole tenant. The API
// calls it a group.
type GlobalRole struct {
	ID                ID                `json:"id,omitzero"`
	Self              string            `json:"self,omitzero"`
	Name              string            `json:"name,omitzero"`
	Description       string            `json:"description,omitzero"`
	CustomProperties  Document          `json:"customProperties,omitzero"`
	DevicePermissions DevicePermissions `json:"devicePermissions,omitzero"`
	// Permissions are complete only if they are few: see [GlobalRolesService.Permissions].
	Permissions RoleReferences `json:"roles,omitzero"`
	Document
}

// GlobalRoleReference is a link to a global role.
type GlobalRoleReference struct {
	Self       string      `json:"self,omitzero"`
	GlobalRole *GlobalRole `json:"group,omitzero"`
	Document
}

// GlobalRoleReferences are the global roles inside a user.
type GlobalRoleReferences struct {
	Self       string                `json:"self,omitzero"`
	References []GlobalRoleReference `json:"references,omitzero"`
	Document
}

// GlobalRoleListOptions are the options of [GlobalRolesService.List].
type GlobalRoleListOptions struct {
	Paging
}

// GlobalRoleChange are the options of [GlobalRolesService.Update] and
// [GlobalRolesService.Delete].
type GlobalRoleChange struct {
	// ForceLogout ends the sessions of the users who have the role, so that the change
	// takes effect at once.
	ForceLogout bool `query:"forceLogout"`
}

// GlobalRolesService manages the global roles of a tenant, which every method takes as
// the first id.
type GlobalRolesService service

func (s *GlobalRolesService) listing(tenantID string, options *GlobalRoleListOptions) listing {
	return listing{path: at("user", tenantID, "groups"), query: options, key: "groups"}
}

// List walks all global roles.
//
// Operation: GET /user/{tenantId}/groups
func (s *GlobalRolesService) List(ctx context.Context, tenantID string, options *GlobalRoleListOptions) iter.Seq2[*GlobalRole, error] {
	return list[GlobalRole](ctx, s.client, s.listing(tenantID, options))
}

// Pages walks the pages of global roles.
//
// Operation: GET /user/{tenantId}/groups
func (s *GlobalRolesService) Pages(ctx context.Context, tenantID string, options *GlobalRoleListOptions) iter.Seq2[*Page[GlobalRole], error] {
	return pages[GlobalRole](ctx, s.client, s.listing(tenantID, options))
}

// Page returns one page of global roles.
//
// Operation: GET /user/{tenantId}/groups
func (s *GlobalRolesService) Page(ctx context.Context, tenantID string, options *GlobalRoleListOptions) (*Page[GlobalRole], error) {
	return page[GlobalRole](ctx, s.client, s.listing(tenantID, options))
}

// Get returns one global role.
//
// Operation: GET /user/{tenantId}/groups/{groupId}
func (s *GlobalRolesService) Get(ctx context.Context, tenantID, id string) (*GlobalRole, error) {
	return one[GlobalRole](ctx, s.client, call{method: http.MethodGet, path: at("user", tenantID, "groups", id)})
}

// GetByName returns one global role by its name, for example "admins".
//
// Operation: GET /user/{tenantId}/groupByName/{groupName}
func (s *GlobalRolesService) GetByName(ctx context.Context, tenantID, name string) (*GlobalRole, error) {
	return one[GlobalRole](ctx, s.client, call{method: http.MethodGet, path: at("user", tenantID, "groupByName", name)})
}

// Create adds a global role; a name is required. [ErrConflict] means that it is taken.
//
// Operation: POST /user/{tenantId}/groups
func (s *GlobalRolesService) Create(ctx context.Context, tenantID string, role *GlobalRole) (*GlobalRole, error) {
	return one[GlobalRole](ctx, s.client, call{method: http.MethodPost, path: at("user", tenantID, "groups"), body: role})
}

// Update changes a global role and returns it as it is now. The patch is a *[GlobalRole], a
// map or raw JSON with what changes and nothing else but the name, which is required.
//
// Operation: PUT /user/{tenantId}/groups/{groupId}
func (s *GlobalRolesService) Update(ctx context.Context, tenantID, id string, patch any, change *GlobalRoleChange) (*GlobalRole, error) {
	return one[GlobalRole](ctx, s.client, call{
		method: http.MethodPut, path: at("user", tenantID, "groups", id), query: change, body: patch,
	})
}

// Delete deletes a global role.
//
// Operation: DELETE /user/{tenantId}/groups/{groupId}
func (s *GlobalRolesService) Delete(ctx context.Context, tenantID, id string, change *GlobalRoleChange) error {
	return s.client.do(ctx, call{method: http.MethodDelete, path: at("user", tenantID, "groups", id), query: change})
}

func (s *GlobalRolesService) users(tenantID, id string, options *GlobalRoleListOptions) listing {
	return listing{path: at("user", tenantID, "groups", id, "users"), query: options, key: "references"}
}

// Users walks the users who have a global role.
//
// Operation: GET /user/{tenantId}/groups/{groupId}/users
func (s *GlobalRolesService) Users(ctx context.Context, tenantID, id string, options *GlobalRoleListOptions) iter.Seq2[*User, error] {
	return referenced(list[UserReference](ctx, s.client, s.users(tenantID, id, options)),
		func(reference *UserReference) *User { return reference.User })
}

// UsersPage returns one page of the users who have a global role.
//
// Operation: GET /user/{tenantId}/groups/{groupId}/users
func (s *GlobalRolesService) UsersPage(ctx context.Context, tenantID, id string, options *GlobalRoleListOptions) (*Page[UserReference], error) {
	return page[UserReference](ctx, s.client, s.users(tenantID, id, options))
}

// AddUser gives a global role to a user.
//
// Operation: POST /user/{tenantId}/groups/{groupId}/users
func (s *GlobalRolesService) AddUser(ctx context.Context, tenantID, id, user string) (*UserReference, error) {
	return link[UserReference](ctx, s.client, at("user", tenantID, "groups", id, "users"), "user", at("user", tenantID, "users", user))
}

// RemoveUser takes a global role away from a user.
//
// Operation: DELETE /user/{tenantId}/groups/{groupId}/users/{userId}
func (s *GlobalRolesService) RemoveUser(ctx context.Context, tenantID, id, user string) error {
	return s.client.do(ctx, call{method: http.MethodDelete, path: at("user", tenantID, "groups", id, "users", user)})
}

// Permissions walks the permissions of a global role.
//
// Operation: GET /user/{tenantId}/groups/{groupId}/roles
func (s *GlobalRolesService) Permissions(ctx context.Context, tenantID, id string, options *RoleListOptions) iter.Seq2[*Role, error] {
	return referenced(list[RoleReference](ctx, s.client, s.permissions(tenantID, id, options)),
		func(reference *RoleReference) *Role { return reference.Role })
}

// PermissionsPage returns one page of the permissions of a global role.
//
// Operation: GET /user/{tenantId}/groups/{groupId}/roles
func (s *GlobalRolesService) PermissionsPage(ctx context.Context, tenantID, id string, options *RoleListOptions) (*Page[RoleReference], error) {
	return page[RoleReference](ctx, s.client, s.permissions(tenantID, id, options))
}

func (s *GlobalRolesService) permissions(tenantID, id string, options *RoleListOptions) listing {
	return listing{path: at("user", tenantID, "groups", id, "roles"), query: options, key: "references"}
}

// AddPermission adds a permission, for example ROLE_ALARM_READ, to a global role.
// [ErrConflict] means that it is there already.
//
// Operation: POST /user/{tenantId}/groups/{groupId}/roles
func (s *GlobalRolesService) AddPermission(ctx context.Context, tenantID, id, role string) (*RoleReference, error) {
	return link[RoleReference](ctx, s.client, at("user", tenantID, "groups", id, "roles"), "role", at("user", "roles", role))
}

// RemovePermission takes a permission out of a global role.
//
// Operation: DELETE /user/{tenantId}/groups/{groupId}/roles/{roleId}
func (s *GlobalRolesService) RemovePermission(ctx context.Context, tenantID, id, role string) error {
	return s.client.do(ctx, call{method: http.MethodDelete, path: at("user", tenantID, "groups", id, "roles", role)})
}
