package c8yclient

import (
	"context"
	"maps"
	"net/http"
	"slices"
)

// DevicePermissions are the permissions of a user or global role for single managed
// objects, by their ids. Each has the form "API:fragment:permission", for example
// "OPERATION:c8y_Restart:ADMIN" or "*:*:READ".
type DevicePermissions map[string][]string

// DevicePermissionOwners are the users and global roles with permissions for one managed
// object.
type DevicePermissionOwners struct {
	Users       []*User       `json:"users,omitzero"`
	GlobalRoles []*GlobalRole `json:"groups,omitzero"`
	Document
}

// DevicePermissionsUpdate says what users, by name, and global roles, by id, may do with
// one managed object.
type DevicePermissionsUpdate struct {
	Users       map[string][]string
	GlobalRoles map[string][]string
}

// DevicePermissionsService manages permissions for single managed objects.
type DevicePermissionsService service

// Get returns who has permissions for a managed object.
//
// Operation: GET /user/devicePermissions/{id}
func (s *DevicePermissionsService) Get(ctx context.Context, managedObjectID string) (*DevicePermissionOwners, error) {
	return one[DevicePermissionOwners](ctx, s.client, call{
		method: http.MethodGet, path: at("user", "devicePermissions", managedObjectID),
	})
}

// Update sets the permissions that users and global roles have for a managed object; an
// empty list takes them away.
//
// Operation: PUT /user/devicePermissions/{id}
func (s *DevicePermissionsService) Update(ctx context.Context, managedObjectID string, update DevicePermissionsUpdate) error {
	type owner struct {
		UserName    string            `json:"userName,omitzero"`
		ID          string            `json:"id,omitzero"`
		Permissions DevicePermissions `json:"devicePermissions"`
	}
	var body struct {
		Users       []owner `json:"users,omitzero"`
		GlobalRoles []owner `json:"groups,omitzero"`
	}
	for _, name := range slices.Sorted(maps.Keys(update.Users)) {
		body.Users = append(body.Users, owner{
			UserName: name, Permissions: DevicePermissions{managedObjectID: update.Users[name]},
		})
	}
	for _, id := range slices.Sorted(maps.Keys(update.GlobalRoles)) {
		body.GlobalRoles = append(body.GlobalRoles, owner{
			ID: id, Permissions: DevicePermissions{managedObjectID: update.GlobalRoles[id]},
		})
	}
	return s.client.do(ctx, call{
		method: http.MethodPut, path: at("user", "devicePermissions", managedObjectID), body: body,
	})
}
