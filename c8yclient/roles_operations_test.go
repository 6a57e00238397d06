package c8yclient_test

import (
	"context"

	"c8yx/c8yclient"
)

// What a tenant tells about inventory roles.
const (
	inventoryRoleJSON = `{"id":4,"name":"Restart","description":"May restart devices","self":"https://acme.example/user/inventoryroles/4",
		"permissions":[{"id":7,"permission":"ADMIN","scope":"OPERATION","type":"c8y_Restart","acme_Why":"w"}],"acme_Team":"t"}`
	inventoryRolesJSON = `{"roles":[` + inventoryRoleJSON + `],"statistics":{"currentPage":1,"pageSize":2000}}`
	assignmentJSON     = `{"id":1,"managedObject":"200","roles":[` + inventoryRoleJSON + `],
		"self":"https://acme.example/user/t1/users/jane/roles/inventory/1","acme_Until":"2027"}`
)

func globalRolesOperations() []operation {
	return []operation{{
		method: "GlobalRoles.List", items: "groups", answer: globalRolesJSON,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return collected(c.GlobalRoles.List(ctx, "t1", &c8yclient.GlobalRoleListOptions{
				Paging: c8yclient.Paging{WithTotalPages: true, WithTotalElements: true},
			}))
		},
		sends: "GET /user/t1/groups?withTotalPages=true&withTotalElements=true&pageSize=2000",
	}, {
		method: "GlobalRoles.Pages", items: "groups", answer: globalRolesJSON,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return collectedPages(c.GlobalRoles.Pages(ctx, "t1", nil))
		},
		sends: "GET /user/t1/groups?pageSize=2000",
	}, {
		method: "GlobalRoles.Page", items: "groups", answer: globalRolesJSON,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return itemsOf(c.GlobalRoles.Page(ctx, "t1", nil))
		},
		sends: "GET /user/t1/groups?pageSize=2000",
	}, {
		method: "GlobalRoles.Get", answer: globalRoleJSON,
		call:  func(ctx context.Context, c *c8yclient.Client) (any, error) { return c.GlobalRoles.Get(ctx, "t1", "12") },
		sends: "GET /user/t1/groups/12",
	}, {
		method: "GlobalRoles.GetByName", answer: globalRoleJSON,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.GlobalRoles.GetByName(ctx, "t1", "Cockpit User")
		},
		sends: "GET /user/t1/groupByName/Cockpit%20User",
	}, {
		method: "GlobalRoles.Create", status: 201, answer: globalRoleJSON,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.GlobalRoles.Create(ctx, "t1", &c8yclient.GlobalRole{Name: "operators", Description: "Night shift"})
		},
		sends: "POST /user/t1/groups", body: `{"name":"operators","description":"Night shift"}`,
	}, {
		method: "GlobalRoles.Update", answer: globalRoleJSON,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.GlobalRoles.Update(ctx, "t1", "12", map[string]string{"name": "operators", "description": "Day shift"},
				&c8yclient.GlobalRoleChange{ForceLogout: true})
		},
		sends: "PUT /user/t1/groups/12?forceLogout=true", body: `{"name":"operators","description":"Day shift"}`,
	}, {
		method: "GlobalRoles.Delete", status: 204,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return nothing(c.GlobalRoles.Delete(ctx, "t1", "12", &c8yclient.GlobalRoleChange{ForceLogout: true}))
		},
		sends: "DELETE /user/t1/groups/12?forceLogout=true",
	}, {
		method: "GlobalRoles.Users", answer: userReferencesJSON, returns: "[" + userJSON + "]",
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return collected(c.GlobalRoles.Users(ctx, "t1", "12", nil))
		},
		sends: "GET /user/t1/groups/12/users?pageSize=2000",
	}, {
		method: "GlobalRoles.UsersPage", answer: userReferencesJSON, items: "references",
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return itemsOf(c.GlobalRoles.UsersPage(ctx, "t1", "12", nil))
		},
		sends: "GET /user/t1/groups/12/users?pageSize=2000",
	}, {
		method: "GlobalRoles.AddUser", status: 201, answer: userReferenceJSON,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.GlobalRoles.AddUser(ctx, "t1", "12", "jane/roe")
		},
		sends: "POST /user/t1/groups/12/users", body: `{"user":{"self":"/user/t1/users/jane%2Froe"}}`,
	}, {
		method: "GlobalRoles.RemoveUser", status: 204,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return nothing(c.GlobalRoles.RemoveUser(ctx, "t1", "12", "jane"))
		},
		sends: "DELETE /user/t1/groups/12/users/jane",
	}, {
		method: "GlobalRoles.Permissions", answer: roleReferencesJSON, returns: "[" + roleJSON + "]", beyond: referencesAreAList,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return collected(c.GlobalRoles.Permissions(ctx, "t1", "12", nil))
		},
		sends: "GET /user/t1/groups/12/roles?pageSize=2000",
	}, {
		method: "GlobalRoles.PermissionsPage", answer: roleReferencesJSON, items: "references", beyond: referencesAreAList,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return itemsOf(c.GlobalRoles.PermissionsPage(ctx, "t1", "12", nil))
		},
		sends: "GET /user/t1/groups/12/roles?pageSize=2000",
	}, {
		method: "GlobalRoles.AddPermission", status: 201, answer: roleReferenceJSON,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.GlobalRoles.AddPermission(ctx, "t1", "12", "ROLE_ALARM_READ")
		},
		sends: "POST /user/t1/groups/12/roles", body: `{"role":{"self":"/user/roles/ROLE_ALARM_READ"}}`,
	}, {
		method: "GlobalRoles.RemovePermission", status: 204,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return nothing(c.GlobalRoles.RemovePermission(ctx, "t1", "12", "ROLE_ALARM_READ"))
		},
		sends: "DELETE /user/t1/groups/12/roles/ROLE_ALARM_READ",
	}, {
		method: "Permissions.List", answer: rolesJSON, items: "roles",
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return collected(c.Permissions.List(ctx, nil))
		},
		sends: "GET /user/roles?pageSize=2000",
	}, {
		method: "Permissions.Pages", answer: rolesJSON, items: "roles",
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return collectedPages(c.Permissions.Pages(ctx, nil))
		},
		sends: "GET /user/roles?pageSize=2000",
	}, {
		method: "Permissions.Page", answer: rolesJSON, items: "roles",
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return itemsOf(c.Permissions.Page(ctx, &c8yclient.RoleListOptions{Paging: c8yclient.Paging{PageSize: 5}}))
		},
		sends: "GET /user/roles?pageSize=5",
	}, {
		method: "Permissions.Get", answer: roleJSON,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.Permissions.Get(ctx, "ROLE_ALARM_READ")
		},
		sends: "GET /user/roles/ROLE_ALARM_READ",
	}, {
		method: "DevicePermissions.Get",
		answer: `{"users":[` + userJSON + `],"groups":[` + globalRoleJSON + `],"acme":1}`,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.DevicePermissions.Get(ctx, "4711")
		},
		sends: "GET /user/devicePermissions/4711",
	}, {
		method: "DevicePermissions.Update",
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return nothing(c.DevicePermissions.Update(ctx, "4711", c8yclient.DevicePermissionsUpdate{
				Users:       map[string][]string{"jane": {"OPERATION:c8y_Restart:ADMIN"}, "joe": nil},
				GlobalRoles: map[string][]string{"12": {"*:*:READ"}},
			}))
		},
		sends: "PUT /user/devicePermissions/4711",
		body: `{"users":[{"userName":"jane","devicePermissions":{"4711":["OPERATION:c8y_Restart:ADMIN"]}},
			{"userName":"joe","devicePermissions":{"4711":[]}}],
			"groups":[{"id":"12","devicePermissions":{"4711":["*:*:READ"]}}]}`,
	}}
}

// referencesAreAList is why an answer may deviate.
const referencesAreAList = "the document declares one reference where its own example has a list"

func inventoryRolesOperations() []operation {
	return []operation{{
		method: "InventoryRoles.List", answer: inventoryRolesJSON, items: "roles",
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return collected(c.InventoryRoles.List(ctx, &c8yclient.InventoryRoleListOptions{Paging: c8yclient.Paging{WithTotalElements: true}}))
		},
		sends: "GET /user/inventoryroles?withTotalElements=true&pageSize=2000",
	}, {
		method: "InventoryRoles.Pages", answer: inventoryRolesJSON, items: "roles",
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return collectedPages(c.InventoryRoles.Pages(ctx, nil))
		},
		sends: "GET /user/inventoryroles?pageSize=2000",
	}, {
		method: "InventoryRoles.Page", answer: inventoryRolesJSON, items: "roles",
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return itemsOf(c.InventoryRoles.Page(ctx, nil))
		},
		sends: "GET /user/inventoryroles?pageSize=2000",
	}, {
		method: "InventoryRoles.Get", answer: inventoryRoleJSON,
		call:  func(ctx context.Context, c *c8yclient.Client) (any, error) { return c.InventoryRoles.Get(ctx, "4") },
		sends: "GET /user/inventoryroles/4",
	}, {
		method: "InventoryRoles.Create", status: 201, answer: inventoryRoleJSON,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.InventoryRoles.Create(ctx, &c8yclient.InventoryRole{
				Name: "Restart", Description: "May restart devices",
				Permissions: []c8yclient.InventoryPermission{{Permission: "ADMIN", Scope: "OPERATION", Type: "c8y_Restart"}},
			})
		},
		sends: "POST /user/inventoryroles",
		body: `{"name":"Restart","description":"May restart devices",
			"permissions":[{"permission":"ADMIN","scope":"OPERATION","type":"c8y_Restart"}]}`,
	}, {
		method: "InventoryRoles.Update", answer: inventoryRoleJSON,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.InventoryRoles.Update(ctx, "4", &c8yclient.InventoryRole{Name: "Reboot"})
		},
		sends: "PUT /user/inventoryroles/4", body: `{"name":"Reboot"}`,
	}, {
		method: "InventoryRoles.Delete", status: 204,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return nothing(c.InventoryRoles.Delete(ctx, "4"))
		},
		sends: "DELETE /user/inventoryroles/4",
	}, {
		method: "InventoryRoles.Assignments", answer: `{"inventoryAssignments":[` + assignmentJSON + `]}`, items: "inventoryAssignments",
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.InventoryRoles.Assignments(ctx, "t1", "jane")
		},
		sends: "GET /user/t1/users/jane/roles/inventory",
	}, {
		method: "InventoryRoles.Assignment", answer: assignmentJSON,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.InventoryRoles.Assignment(ctx, "t1", "jane", "1")
		},
		sends: "GET /user/t1/users/jane/roles/inventory/1",
	}, {
		method: "InventoryRoles.Assign", answer: assignmentJSON,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.InventoryRoles.Assign(ctx, "t1", "jane", "200", "4", "9")
		},
		sends: "POST /user/t1/users/jane/roles/inventory", body: `{"managedObject":"200","roles":[{"id":4},{"id":9}]}`,
		beyond: "the document shows role names; ids are what clients send",
	}, {
		method: "InventoryRoles.Reassign", answer: assignmentJSON,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.InventoryRoles.Reassign(ctx, "t1", "jane", "1", "4")
		},
		sends: "PUT /user/t1/users/jane/roles/inventory/1", body: `{"roles":[{"id":4}]}`,
	}, {
		method: "InventoryRoles.Unassign", status: 204,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return nothing(c.InventoryRoles.Unassign(ctx, "t1", "jane", "1"))
		},
		sends: "DELETE /user/t1/users/jane/roles/inventory/1",
	}}
}
