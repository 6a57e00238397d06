package c8yclient_test

import (
	"context"

	"c8yx/c8yclient"
)

const (
	authConfigJSON = `{"id":"9","self":"s","type":"OAUTH2","providerName":"Acme","buttonName":"Acme login","visibleOnLoginPage":true,
		"userManagementSource":"REMOTE","grantType":"AUTHORIZATION_CODE","onlyManagementTenantAccess":true,
		"authenticationRestrictions":{"forbiddenClients":["WEB_BROWSERS"],"forbiddenUserAgents":["a"],"trustedUserAgents":["b"],"acme":1},
		"sessionConfiguration":{"absoluteTimeoutMillis":1000},"template":"CUSTOM","clientId":"c","issuer":"https://i.example",
		"audience":"https://a.example","redirectToPlatform":"https://r.example","useIdToken":true,
		"authorizationRequest":{"method":"GET","operation":"REDIRECT","url":"https://x.example","requestParams":{"state":"${s}"},"acme":1},
		"tokenRequest":{"method":"POST","operation":"EXECUTE","headers":{"H":"v"},"body":"client_secret=x"},
		"refreshRequest":{"method":"POST"},"logoutRequest":{"method":"GET"},
		"signatureVerificationConfig":{"jwks":{"jwksUrl":"https://j.example"}},
		"userIdConfig":{"jwtField":"sub","useConstantValue":true,"constantValue":"x","acme":1},
		"accessTokenToUserDataMapping":{"firstNameClaimName":"a","lastNameClaimName":"b","emailClaimName":"c","phoneNumberClaimName":"d"},
		"onNewUser":{"dynamicMapping":{"configuration":{"mapRolesOnlyForNewUser":true},"mappings":[` + accessMappingJSON + `],
		"inventoryMappings":[` + inventoryAccessMappingJSON + `],"acme":1}},
		"externalTokenConfig":{"enabled":true,"userOrAppIdConfig":{"jwtField":"sub"},"validationRequired":true,
		"validationMethod":"USERINFO","tokenValidationRequest":{"url":"https://v.example"},
		"accessTokenValidityCheckIntervalInMinutes":5,"acme":1},"acme_Note":{"by":"jane"}}`
	accessMappingJSON = `{"id":"m1","self":"s","when":{"operator":"AND","childPredicates":[
		{"operator":"EQ","parameterPath":"group","value":"2","acme":1}]},"thenGroups":[1,3],"thenApplications":[2],"acme":1}`
	inventoryAccessMappingJSON = `{"id":"m2","self":"s","when":{"operator":"EQ","parameterPath":"group","value":"2"},
		"thenInventoryRoles":[{"managedObject":"4711","roleIds":[5],"acme":1}],"acme":1}`

	newMappingJSON          = `{"when":{"operator":"EQ","parameterPath":"group","value":"2"},"thenGroups":[1],"thenApplications":[2]}`
	newInventoryMappingJSON = `{"when":{"operator":"EQ","parameterPath":"group","value":"2"},"thenInventoryRoles":[{"managedObject":"4711","roleIds":[5]}]}`
)

func loginOptionsOperations() []operation {
	when := &c8yclient.Predicate{Operator: "EQ", ParameterPath: "group", Value: "2"}
	accessMapping := &c8yclient.AccessMapping{When: when, ThenGroups: c8yclient.NumericIDs{"1"}, ThenApplications: c8yclient.NumericIDs{"2"}}
	inventoryMapping := &c8yclient.InventoryAccessMapping{When: when, ThenInventoryRoles: []c8yclient.InventoryRoleGrant{
		{ManagedObject: "4711", RoleIDs: c8yclient.NumericIDs{"5"}},
	}}
	keep := &c8yclient.LoginOptionChangeOptions{KeepSessions: true}
	return []operation{{
		method: "LoginOptions.Get", answer: authConfigJSON,
		call:  func(ctx context.Context, c *c8yclient.Client) (any, error) { return c.LoginOptions.Get(ctx, "OAUTH2") },
		sends: "GET /tenant/loginOptions/OAUTH2",
	}, {
		method: "LoginOptions.Create", answer: authConfigJSON,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.LoginOptions.Create(ctx, &c8yclient.AuthConfig{Type: c8yclient.LoginBasic, ProviderName: "Acme", VisibleOnLoginPage: new(c8yclient.Flag)})
		},
		sends: "POST /tenant/loginOptions",
		body:  `{"type":"BASIC","providerName":"Acme","visibleOnLoginPage":false}`,
	}, {
		method: "LoginOptions.Update", answer: authConfigJSON,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.LoginOptions.Update(ctx, "9", &c8yclient.AuthConfig{ID: "9", Type: c8yclient.LoginBasic, ProviderName: "Acme"}, keep)
		},
		sends: "PUT /tenant/loginOptions/9?terminateUserSessions=false",
		body:  `{"id":"9","type":"BASIC","providerName":"Acme"}`,
	}, {
		method: "LoginOptions.Delete", status: 204,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return nothing(c.LoginOptions.Delete(ctx, "9"))
		},
		sends: "DELETE /tenant/loginOptions/9",
	}, {
		method: "LoginOptions.Restrict", answer: authConfigJSON,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.LoginOptions.Restrict(ctx, "t2", "9", true)
		},
		sends: "PUT /tenant/loginOptions/9/restrict?targetTenant=t2",
		body:  `{"onlyManagementTenantAccess":true}`,
	}, {
		method: "LoginOptions.AccessMappings", items: "accessMappings",
		answer: `{"accessMappings":[` + accessMappingJSON + `],"self":"s"}`,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.LoginOptions.AccessMappings(ctx, "9")
		},
		sends: "GET /tenant/loginOptions/9/accessMappings",
	}, {
		method: "LoginOptions.AccessMapping", answer: accessMappingJSON,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.LoginOptions.AccessMapping(ctx, "9", "m")
		},
		sends: "GET /tenant/loginOptions/9/accessMappings/m",
	}, {
		method: "LoginOptions.CreateAccessMapping", answer: accessMappingJSON,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.LoginOptions.CreateAccessMapping(ctx, "9", accessMapping, nil)
		},
		sends: "POST /tenant/loginOptions/9/accessMappings",
		body:  newMappingJSON,
	}, {
		method: "LoginOptions.UpdateAccessMapping", answer: accessMappingJSON,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.LoginOptions.UpdateAccessMapping(ctx, "9", "m", accessMapping, keep)
		},
		sends: "PUT /tenant/loginOptions/9/accessMappings/m?terminateUserSessions=false",
		body:  newMappingJSON,
	}, {
		method: "LoginOptions.DeleteAccessMapping", status: 204,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return nothing(c.LoginOptions.DeleteAccessMapping(ctx, "9", "m", nil))
		},
		sends: "DELETE /tenant/loginOptions/9/accessMappings/m",
	}, {
		method: "LoginOptions.InventoryAccessMappings", items: "inventoryAccessMappings",
		answer: `{"inventoryAccessMappings":[` + inventoryAccessMappingJSON + `],"self":"s"}`,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.LoginOptions.InventoryAccessMappings(ctx, "9")
		},
		sends: "GET /tenant/loginOptions/9/inventoryAccessMappings",
	}, {
		method: "LoginOptions.InventoryAccessMapping", answer: inventoryAccessMappingJSON,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.LoginOptions.InventoryAccessMapping(ctx, "9", "m")
		},
		sends: "GET /tenant/loginOptions/9/inventoryAccessMappings/m",
	}, {
		method: "LoginOptions.CreateInventoryAccessMapping", answer: inventoryAccessMappingJSON,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.LoginOptions.CreateInventoryAccessMapping(ctx, "9", inventoryMapping, nil)
		},
		sends: "POST /tenant/loginOptions/9/inventoryAccessMappings",
		body:  newInventoryMappingJSON,
	}, {
		method: "LoginOptions.UpdateInventoryAccessMapping", answer: inventoryAccessMappingJSON,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.LoginOptions.UpdateInventoryAccessMapping(ctx, "9", "m", inventoryMapping, keep)
		},
		sends: "PUT /tenant/loginOptions/9/inventoryAccessMappings/m?terminateUserSessions=false",
		body:  newInventoryMappingJSON,
	}, {
		method: "LoginOptions.DeleteInventoryAccessMapping", status: 204,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return nothing(c.LoginOptions.DeleteInventoryAccessMapping(ctx, "9", "m", nil))
		},
		sends: "DELETE /tenant/loginOptions/9/inventoryAccessMappings/m",
	}}
}
