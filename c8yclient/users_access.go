package c8yclient

import (
	"context"
	"iter"
	"net/http"
	"time"
)

// UserTFA is what a user has for a second factor.
type UserTFA struct {
	Enabled  bool        `json:"tfaEnabled,omitzero"`
	Enforced bool        `json:"tfaEnforced,omitzero"`
	Strategy TFAStrategy `json:"strategy,omitzero"`
	// LastRequest is when the user last gave a code.
	LastRequest time.Time `json:"lastTfaRequestTime,omitzero"`
	Document
}

// TFA returns what a user has for a second factor.
//
// Operation: GET /user/{tenantId}/users/{userId}/tfa
func (s *UsersService) TFA(ctx context.Context, tenantID, user string) (*UserTFA, error) {
	return one[UserTFA](ctx, s.client, call{method: http.MethodGet, path: at("user", tenantID, "users", user, "tfa")})
}

// RevokeTOTP takes the secret of the second factor away from a user, who lost the phone
// and has to set up another one. It is not allowed for oneself ([ErrForbidden]). The
// operation is not part of the core specification.
//
// Operation: DELETE /user/{tenantId}/users/{userId}/totpSecret/revoke
func (s *UsersService) RevokeTOTP(ctx context.Context, tenantID, user string) error {
	return s.client.do(ctx, call{
		method: http.MethodDelete, path: at("user", tenantID, "users", user, "totpSecret", "revoke"),
	})
}

// SetOwner puts a user below another one. The operation is not part of the core
// specification.
//
// Operation: PUT /user/{tenantId}/users/{userId}/owner
func (s *UsersService) SetOwner(ctx context.Context, tenantID, user, owner string) error {
	return s.client.do(ctx, call{
		method: http.MethodPut, path: at("user", tenantID, "users", user, "owner"), body: map[string]string{"owner": owner},
	})
}

// RemoveOwner takes a user out from below another one. The operation is not part of the
// core specification.
//
// Operation: DELETE /user/{tenantId}/users/{userId}/owner
func (s *UsersService) RemoveOwner(ctx context.Context, tenantID, user string) error {
	return s.client.do(ctx, call{method: http.MethodDelete, path: at("user", tenantID, "users", user, "owner")})
}

// SetDelegate lends the permissions of one user, delegatedBy, to another. The operation is
// not part of the core specification.
//
// Operation: PUT /user/{tenantId}/users/{userId}/delegatedby
func (s *UsersService) SetDelegate(ctx context.Context, tenantID, user, delegatedBy string) error {
	return s.client.do(ctx, call{
		method: http.MethodPut, path: at("user", tenantID, "users", user, "delegatedby"),
		body: map[string]string{"delegatedBy": delegatedBy},
	})
}

// RemoveDelegate takes lent permissions back. The operation is not part of the core
// specification.
//
// Operation: DELETE /user/{tenantId}/users/{userId}/delegatedby
func (s *UsersService) RemoveDelegate(ctx context.Context, tenantID, user string) error {
	return s.client.do(ctx, call{method: http.MethodDelete, path: at("user", tenantID, "users", user, "delegatedby")})
}

func (s *UsersService) globalRoles(tenantID, user string, options *GlobalRoleListOptions) listing {
	return listing{path: at("user", tenantID, "users", user, "groups"), query: options, key: "references"}
}

// GlobalRoles walks the global roles of a user.
//
// Operation: GET /user/{tenantId}/users/{userId}/groups
func (s *UsersService) GlobalRoles(ctx context.Context, tenantID, user string, options *GlobalRoleListOptions) iter.Seq2[*GlobalRole, error] {
	return referenced(list[GlobalRoleReference](ctx, s.client, s.globalRoles(tenantID, user, options)),
		func(reference *GlobalRoleReference) *GlobalRole { return reference.GlobalRole })
}

// GlobalRolesPage returns one page of the global roles of a user.
//
// Operation: GET /user/{tenantId}/users/{userId}/groups
func (s *UsersService) GlobalRolesPage(ctx context.Context, tenantID, user string, options *GlobalRoleListOptions) (*Page[GlobalRoleReference], error) {
	return page[GlobalRoleReference](ctx, s.client, s.globalRoles(tenantID, user, options))
}

// Permissions walks the permissions that a user has directly, not by way of a global
// role. The operation is not part of the core specification.
//
// Operation: GET /user/{tenantId}/users/{userId}/roles
func (s *UsersService) Permissions(ctx context.Context, tenantID, user string, options *RoleListOptions) iter.Seq2[*Role, error] {
	return referenced(list[RoleReference](ctx, s.client, listing{
		path: at("user", tenantID, "users", user, "roles"), query: options, key: "references",
	}), func(reference *RoleReference) *Role { return reference.Role })
}

// AddPermission gives a permission, for example ROLE_ALARM_READ, to a user directly.
//
// Operation: POST /user/{tenantId}/users/{userId}/roles
func (s *UsersService) AddPermission(ctx context.Context, tenantID, user, role string) (*RoleReference, error) {
	return link[RoleReference](ctx, s.client, at("user", tenantID, "users", user, "roles"), "role", at("user", "roles", role))
}

// RemovePermission takes a permission away that a user has directly.
//
// Operation: DELETE /user/{tenantId}/users/{userId}/roles/{roleId}
func (s *UsersService) RemovePermission(ctx context.Context, tenantID, user, role string) error {
	return s.client.do(ctx, call{method: http.MethodDelete, path: at("user", tenantID, "users", user, "roles", role)})
}
