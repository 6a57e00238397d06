package c8yclient

import (
	"context"
	"iter"
	"net/http"
)

// RoleReference is a link to a permission.
type RoleReference struct {
	Self string `json:"self,omitzero"`
	Role *Role  `json:"role,omitzero"`
	Document
}

// RoleReferences are the permissions inside a user or global role.
type RoleReferences struct {
	Self       string          `json:"self,omitzero"`
	References []RoleReference `json:"references,omitzero"`
	Document
}

// RoleListOptions are the options of lists of permissions.
type RoleListOptions struct {
	Paging
}

// PermissionsService knows the permissions that can be given to users and global roles.
// The API calls them roles; their names begin with ROLE_.
type PermissionsService service

func (s *PermissionsService) listing(options *RoleListOptions) listing {
	return listing{path: at("user", "roles"), query: options, key: "roles"}
}

// List walks all permissions that exist.
//
// Operation: GET /user/roles
func (s *PermissionsService) List(ctx context.Context, options *RoleListOptions) iter.Seq2[*Role, error] {
	return list[Role](ctx, s.client, s.listing(options))
}

// Pages walks the pages of permissions.
//
// Operation: GET /user/roles
func (s *PermissionsService) Pages(ctx context.Context, options *RoleListOptions) iter.Seq2[*Page[Role], error] {
	return pages[Role](ctx, s.client, s.listing(options))
}

// Page returns one page of permissions.
//
// Operation: GET /user/roles
func (s *PermissionsService) Page(ctx context.Context, options *RoleListOptions) (*Page[Role], error) {
	return page[Role](ctx, s.client, s.listing(options))
}

// Get returns one permission by name, for example ROLE_ALARM_ADMIN.
//
// Operation: GET /user/roles/{name}
func (s *PermissionsService) Get(ctx context.Context, name string) (*Role, error) {
	return one[Role](ctx, s.client, call{method: http.MethodGet, path: at("user", "roles", name)})
}
