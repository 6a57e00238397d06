package c8yclient_test

import (
	"context"

	"c8yx/c8yclient"
)

// What a tenant tells about a user and a global role. Each has a property that the package does
// not know.
const (
	userJSON = `{"id":"jane","self":"https://acme.example/user/t1/users/jane","userName":"jane","firstName":"Jane",
		"lastName":"Roe","displayName":"Jane R.","email":"jane@acme.example","phone":"+4912345","enabled":true,
		"passwordStrength":"GREEN","shouldResetPassword":true,"lastPasswordChange":"2026-01-01T10:00:00.000Z",
		"twoFactorAuthenticationEnabled":true,"owner":"admin","customProperties":{"language":"en","shift":{"night":1}},
		"devicePermissions":{"4711":["OPERATION:*:READ"]},
		"groups":{"self":"https://acme.example/user/t1/users/jane/groups","references":[
			{"self":"https://acme.example/user/t1/groups/2","group":{"id":2,"name":"admins"}}],"statistics":{"pageSize":5}},
		"roles":{"references":[{"self":"https://acme.example/user/roles/ROLE_X","role":{"id":"ROLE_X","name":"ROLE_X"}}]},
		"applications":[],"acme_Badge":{"number":7}}`
	globalRoleJSON = `{"id":12,"name":"operators","description":"Night shift","self":"https://acme.example/user/t1/groups/12",
		"customProperties":{"color":"red"},"devicePermissions":{"4711":["*:*:READ"]},
		"roles":{"references":[{"role":{"id":"ROLE_ALARM_READ","name":"ROLE_ALARM_READ"}}]},
		"users":{"references":[]},"acme_Cost":{"center":"9"}}`
	roleJSON = `{"id":"ROLE_ALARM_READ","name":"ROLE_ALARM_READ","self":"https://acme.example/user/roles/ROLE_ALARM_READ","acme_Note":"n"}`

	usersJSON = `{"self":"https://acme.example/user/t1/users","users":[` + userJSON + `],
		"statistics":{"currentPage":1,"pageSize":2000,"totalElements":1}}`
	globalRolesJSON          = `{"groups":[` + globalRoleJSON + `],"statistics":{"currentPage":1,"pageSize":2000}}`
	rolesJSON                = `{"roles":[` + roleJSON + `],"statistics":{"currentPage":1,"pageSize":2000}}`
	globalRoleReferencesJSON = `{"references":[{"self":"s","group":` + globalRoleJSON + `,"acme_Since":2024}]}`
	roleReferenceJSON        = `{"self":"s","role":` + roleJSON + `,"acme_Since":2024}`
	roleReferencesJSON       = `{"references":[` + roleReferenceJSON + `]}`
	userReferenceJSON        = `{"self":"s","user":` + userJSON + `,"acme_Since":2024}`
	userReferencesJSON       = `{"references":[` + userReferenceJSON + `]}`

	// undocumented is why the official document does not have an operation.
	undocumented = "the operation is not in the document"
)

func usersOperations() []operation {
	enabled := false
	return []operation{{
		method: "Users.List", items: "users", answer: usersJSON,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return collected(c.Users.List(ctx, "t1", &c8yclient.UserListOptions{
				Username: "j", UsernameContains: "ane", GlobalRoles: []string{"2", "3"}, Owner: "admin",
				OnlyDevices: true, WithSubusersCount: true,
				Paging: c8yclient.Paging{PageSize: 100, CurrentPage: 2, WithTotalPages: true, WithTotalElements: true},
			}))
		},
		sends: "GET /user/t1/users?username=j&usernameContains=ane&groups=2,3&owner=admin&onlyDevices=true&withSubusersCount=true" +
			"&pageSize=100&currentPage=2&withTotalPages=true&withTotalElements=true",
	}, {
		method: "Users.Pages", items: "users", answer: usersJSON,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return collectedPages(c.Users.Pages(ctx, "t1", nil))
		},
		sends: "GET /user/t1/users?pageSize=2000",
	}, {
		method: "Users.Page", items: "users", answer: usersJSON,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return itemsOf(c.Users.Page(ctx, "t1", nil))
		},
		sends: "GET /user/t1/users?pageSize=2000",
	}, {
		method: "Users.Count", answer: usersJSON, returns: "1",
		call:  func(ctx context.Context, c *c8yclient.Client) (any, error) { return c.Users.Count(ctx, "t1", nil) },
		sends: "GET /user/t1/users?pageSize=1&withTotalElements=true",
	}, {
		method: "Users.Get", answer: userJSON,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.Users.Get(ctx, "t1", "jane/roe@acme.example")
		},
		sends: "GET /user/t1/users/jane%2Froe@acme.example",
	}, {
		method: "Users.GetByName", answer: userJSON,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.Users.GetByName(ctx, "t1", "jane")
		},
		sends: "GET /user/t1/userByName/jane",
	}, {
		method: "Users.Create", status: 201, answer: userJSON,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.Users.Create(ctx, "t1", &c8yclient.NewUser{
				User:     c8yclient.User{UserName: "jane", Email: "jane@acme.example", Enabled: &enabled},
				Password: "pa55-w0rd", SendPasswordResetEmail: true,
			})
		},
		sends: "POST /user/t1/users",
		body:  `{"userName":"jane","email":"jane@acme.example","enabled":false,"password":"pa55-w0rd","sendPasswordResetEmail":true}`,
	}, {
		method: "Users.Update", answer: userJSON,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.Users.Update(ctx, "t1", "jane", &c8yclient.User{Phone: "+4954321"})
		},
		sends: "PUT /user/t1/users/jane", body: `{"phone":"+4954321"}`,
	}, {
		method: "Users.Delete", status: 204,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return nothing(c.Users.Delete(ctx, "t1", "jane"))
		},
		sends: "DELETE /user/t1/users/jane",
	}, {
		method: "Users.LogoutAll",
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return nothing(c.Users.LogoutAll(ctx, "t1"))
		},
		sends: "POST /user/logout/t1/allUsers",
	}, {
		method: "Users.TFA",
		answer: `{"tfaEnabled":true,"tfaEnforced":true,"strategy":"TOTP","lastTfaRequestTime":"2026-01-01T10:00:00.000Z","acme":1}`,
		call:   func(ctx context.Context, c *c8yclient.Client) (any, error) { return c.Users.TFA(ctx, "t1", "jane") },
		sends:  "GET /user/t1/users/jane/tfa",
	}, {
		method: "Users.RevokeTOTP", status: 204, beyond: undocumented,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return nothing(c.Users.RevokeTOTP(ctx, "t1", "jane"))
		},
		sends: "DELETE /user/t1/users/jane/totpSecret/revoke",
	}, {
		method: "Users.SetOwner", beyond: undocumented,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return nothing(c.Users.SetOwner(ctx, "t1", "jane", "joe"))
		},
		sends: "PUT /user/t1/users/jane/owner", body: `{"owner":"joe"}`,
	}, {
		method: "Users.RemoveOwner", status: 204, beyond: undocumented,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return nothing(c.Users.RemoveOwner(ctx, "t1", "jane"))
		},
		sends: "DELETE /user/t1/users/jane/owner",
	}, {
		method: "Users.SetDelegate", beyond: undocumented,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return nothing(c.Users.SetDelegate(ctx, "t1", "jane", "joe"))
		},
		sends: "PUT /user/t1/users/jane/delegatedby", body: `{"delegatedBy":"joe"}`,
	}, {
		method: "Users.RemoveDelegate", status: 204, beyond: undocumented,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return nothing(c.Users.RemoveDelegate(ctx, "t1", "jane"))
		},
		sends: "DELETE /user/t1/users/jane/delegatedby",
	}, {
		method: "Users.GlobalRoles", answer: globalRoleReferencesJSON, returns: "[" + globalRoleJSON + "]",
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return collected(c.Users.GlobalRoles(ctx, "t1", "jane", nil))
		},
		sends: "GET /user/t1/users/jane/groups?pageSize=2000",
	}, {
		method: "Users.GlobalRolesPage", answer: globalRoleReferencesJSON, items: "references",
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return itemsOf(c.Users.GlobalRolesPage(ctx, "t1", "jane", nil))
		},
		sends: "GET /user/t1/users/jane/groups?pageSize=2000",
	}, {
		method: "Users.Permissions", answer: roleReferencesJSON, returns: "[" + roleJSON + "]", beyond: undocumented,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return collected(c.Users.Permissions(ctx, "t1", "jane", nil))
		},
		sends: "GET /user/t1/users/jane/roles?pageSize=2000",
	}, {
		method: "Users.AddPermission", status: 201, answer: roleReferenceJSON,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.Users.AddPermission(ctx, "t1", "jane", "ROLE_ALARM_READ")
		},
		sends: "POST /user/t1/users/jane/roles", body: `{"role":{"self":"/user/roles/ROLE_ALARM_READ"}}`,
	}, {
		method: "Users.RemovePermission", status: 204,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return nothing(c.Users.RemovePermission(ctx, "t1", "jane", "ROLE_ALARM_READ"))
		},
		sends: "DELETE /user/t1/users/jane/roles/ROLE_ALARM_READ",
	}, {
		method: "Users.RequestPasswordReset", beyond: undocumented,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return nothing(c.Users.RequestPasswordReset(ctx, "t1", "jane@acme.example"))
		},
		sends: "POST /user/passwordReset?tenantId=t1", body: `{"email":"jane@acme.example"}`,
		header: map[string]string{"Authorization": ""},
	}, {
		method: "Users.ValidatePasswordReset", beyond: undocumented,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return nothing(c.Users.ValidatePasswordReset(ctx, "a+b", "jane@acme.example"))
		},
		sends:  "GET /user/passwordReset/validate?token=a%2Bb&email=jane%40acme.example",
		header: map[string]string{"Authorization": ""},
	}, {
		method: "Users.ResetPassword", beyond: undocumented,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return nothing(c.Users.ResetPassword(ctx, "", c8yclient.PasswordReset{Token: "a", Email: "jane", Password: "New-pa55"}))
		},
		sends:  "PUT /user/passwordReset",
		body:   `{"token":"a","email":"jane","newPassword":"New-pa55","passwordStrength":"GREEN"}`,
		header: map[string]string{"Authorization": ""},
	}}
}
