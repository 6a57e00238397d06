package c8yclient_test

import (
	"context"

	"c8yx/c8yclient"
)

const (
	tenantJSON = `{"id":"t2","self":"s","domain":"sub.acme.example","parent":"t1","company":"Sub","status":"ACTIVE","adminName":"admin",
		"adminEmail":"a@b.c","contactName":"Jane","contactPhone":"1","allowCreateTenants":true,
		"creationTime":"2026-02-01T10:00:00.000Z","customProperties":{"limit.http.requests":100},
		"applications":{"references":[{"self":"s","application":{"id":"7","name":"cockpit"},"acme":1}],"self":"s","acme":1},
		"ownedApplications":{"references":[]},"acme_Cost":{"center":9}}`
	tenantsJSON = `{"tenants":[` + tenantJSON + `],"statistics":{"currentPage":1,"pageSize":2000,"totalElements":1}}`

	applicationReferencesJSON = `{"references":[{"self":"s","application":` + applicationJSON + `,"acme":1}]}`
)

func tenantsOperations() []operation {
	return []operation{{
		method: "Tenants.List", items: "tenants", answer: tenantsJSON,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return collected(c.Tenants.List(ctx, &c8yclient.TenantListOptions{
				Company: "Sub", Domain: "sub.acme.example", Parent: "t1", Paging: c8yclient.Paging{PageSize: 10},
			}))
		},
		sends: "GET /tenant/tenants?company=Sub&domain=sub.acme.example&parent=t1&pageSize=10",
	}, {
		method: "Tenants.Pages", items: "tenants", answer: tenantsJSON,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return collectedPages(c.Tenants.Pages(ctx, nil))
		},
		sends: "GET /tenant/tenants?pageSize=2000",
	}, {
		method: "Tenants.Page", items: "tenants", answer: tenantsJSON,
		call:  func(ctx context.Context, c *c8yclient.Client) (any, error) { return itemsOf(c.Tenants.Page(ctx, nil)) },
		sends: "GET /tenant/tenants?pageSize=2000",
	}, {
		method: "Tenants.Count", answer: tenantsJSON, returns: "1",
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.Tenants.Count(ctx, &c8yclient.TenantListOptions{Parent: "t1", Paging: c8yclient.Paging{CurrentPage: 7}})
		},
		sends: "GET /tenant/tenants?parent=t1&pageSize=1&withTotalElements=true",
	}, {
		method: "Tenants.Get", answer: tenantJSON,
		call:  func(ctx context.Context, c *c8yclient.Client) (any, error) { return c.Tenants.Get(ctx, "t2") },
		sends: "GET /tenant/tenants/t2",
	}, {
		method: "Tenants.Create", answer: tenantJSON, status: 201,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.Tenants.Create(ctx, &c8yclient.NewTenant{
				Tenant:        c8yclient.Tenant{Company: "Sub", Domain: "sub.acme.example", AdminName: "admin", AdminEmail: "a@b.c"},
				AdminPassword: "pa55-w0rd",
			})
		},
		sends: "POST /tenant/tenants",
		body:  `{"company":"Sub","domain":"sub.acme.example","adminName":"admin","adminEmail":"a@b.c","adminPass":"pa55-w0rd"}`,
	}, {
		method: "Tenants.Update", answer: tenantJSON,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.Tenants.Update(ctx, "t2", &c8yclient.Tenant{ContactName: "Jane"})
		},
		sends: "PUT /tenant/tenants/t2",
		body:  `{"contactName":"Jane"}`,
	}, {
		method: "Tenants.SetStatus", answer: tenantJSON, beyond: "the document has the status as read only",
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.Tenants.SetStatus(ctx, "t2", c8yclient.TenantSuspended)
		},
		sends: "PUT /tenant/tenants/t2",
		body:  `{"status":"SUSPENDED"}`,
	}, {
		method: "Tenants.Delete", status: 204,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return nothing(c.Tenants.Delete(ctx, "t2"))
		},
		sends: "DELETE /tenant/tenants/t2",
	}, {
		method: "Tenants.TFA",
		answer: `{"enabledOnSystemLevel":true,"enabledOnTenantLevel":true,"enforcedOnSystemLevel":true,"enforcedUsersGroup":"admins","strategy":"TOTP","totpEnforcedOnTenantLevel":true,"acme":1}`,
		call:   func(ctx context.Context, c *c8yclient.Client) (any, error) { return c.Tenants.TFA(ctx, "t2") },
		sends:  "GET /tenant/tenants/t2/tfa",
	}, {
		method: "Tenants.SetTFAStrategy", status: 204,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return nothing(c.Tenants.SetTFAStrategy(ctx, "t2", c8yclient.TFAByTOTP))
		},
		sends: "PUT /tenant/tenants/t2/tfa",
		body:  `{"strategy":"TOTP"}`,
	}, {
		// The document does not mention that the applications are wrapped in references.
		method: "Tenants.Applications", answer: applicationReferencesJSON, returns: `[` + applicationJSON + `]`,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return collected(c.Tenants.Applications(ctx, "t2", nil))
		},
		sends: "GET /tenant/tenants/t2/applications?pageSize=2000",
	}, {
		method: "Tenants.ApplicationsPage", answer: `{"references":[` + applicationJSON + `]}`,
		returns: `[{"self":"s","application":` + applicationJSON + `}]`,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return itemsOf(c.Tenants.ApplicationsPage(ctx, "t2", nil))
		},
		sends: "GET /tenant/tenants/t2/applications?pageSize=2000",
	}, {
		method: "Tenants.Subscribe", answer: `{"self":"s","application":` + applicationJSON + `}`, status: 201,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.Tenants.Subscribe(ctx, "t2", "20")
		},
		sends: "POST /tenant/tenants/t2/applications",
		body:  `{"application":{"self":"https://acme.example/application/applications/20"}}`,
	}, {
		method: "Tenants.Unsubscribe", status: 204,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return nothing(c.Tenants.Unsubscribe(ctx, "t2", "20"))
		},
		sends: "DELETE /tenant/tenants/t2/applications/20",
	}, {
		method: "Tenants.RestrictedRoles", answer: `["ROLE_X","ROLE_Y"]`,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.Tenants.RestrictedRoles(ctx, "t2")
		},
		sends: "GET /tenant/tenants/t2/applications/restricted-roles",
	}, {
		method: "Tenants.SetRestrictedRoles", answer: tenantJSON,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.Tenants.SetRestrictedRoles(ctx, "t2", "ROLE_X")
		},
		sends: "PUT /tenant/tenants/t2/applications/restricted-roles",
		body:  `["ROLE_X"]`,
	}, {
		method: "Tenants.AddRestrictedRole", answer: tenantJSON,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.Tenants.AddRestrictedRole(ctx, "t2", "ROLE_X")
		},
		sends: "POST /tenant/tenants/t2/applications/restricted-roles/ROLE_X",
	}, {
		method: "Tenants.RemoveRestrictedRole", answer: tenantJSON,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.Tenants.RemoveRestrictedRole(ctx, "t2", "ROLE_X")
		},
		sends: "DELETE /tenant/tenants/t2/applications/restricted-roles/ROLE_X",
	}, {
		method: "Tenant.EnableSupportUser", beyond: undocumented,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return nothing(c.Tenant.EnableSupportUser(ctx))
		},
		sends: "POST /tenant/support-user/enable",
		body:  "{}",
	}, {
		method: "Tenant.DisableSupportUser", beyond: undocumented,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return nothing(c.Tenant.DisableSupportUser(ctx))
		},
		sends: "POST /tenant/support-user/disable",
		body:  "{}",
	}}
}
