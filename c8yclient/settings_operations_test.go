package c8yclient_test

import (
	"context"

	"c8yx/c8yclient"
)

const (
	optionJSON  = `{"category":"configuration","key":"timeout","value":"60","self":"s","acme":1}`
	optionsJSON = `{"options":[` + optionJSON + `],"statistics":{"currentPage":1,"pageSize":2000}}`
)

func settingsOperations() []operation {
	return []operation{{
		method: "Tenant.Current",
		answer: `{"name":"t1","domainName":"acme.example","allowCreateTenants":true,"customProperties":{"a":1},"parent":"management",
			"self":"s","applications":{"references":[]}}`,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.Tenant.Current(ctx, &c8yclient.CurrentTenantOptions{WithParent: true})
		},
		sends: "GET /tenant/currentTenant?withParent=true",
	}, {
		method: "LoginOptions.List", items: "loginOptions", header: map[string]string{"Authorization": ""},
		answer: `{"loginOptions":[{"id":"1","type":"OAUTH2_INTERNAL","self":"s","grantType":"PASSWORD","visibleOnLoginPage":true,
			"tfaStrategy":"TOTP","greenMinLength":8,"sessionConfiguration":{"absoluteTimeoutMillis":1000},"acme":1}]}`,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.LoginOptions.List(ctx, &c8yclient.LoginOptionsListOptions{TenantID: "t1", Management: true})
		},
		sends: "GET /tenant/loginOptions?tenantId=t1&management=true",
	}, {
		method: "TenantOptions.List", answer: optionsJSON, items: "options",
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return collected(c.TenantOptions.List(ctx, nil))
		},
		sends: "GET /tenant/options?pageSize=2000",
	}, {
		method: "TenantOptions.Pages", answer: optionsJSON, items: "options",
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return collectedPages(c.TenantOptions.Pages(ctx, nil))
		},
		sends: "GET /tenant/options?pageSize=2000",
	}, {
		method: "TenantOptions.Page", answer: optionsJSON, items: "options",
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return itemsOf(c.TenantOptions.Page(ctx, nil))
		},
		sends: "GET /tenant/options?pageSize=2000",
	}, {
		method: "TenantOptions.Get", answer: optionJSON,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.TenantOptions.Get(ctx, "configuration", "timeout")
		},
		sends: "GET /tenant/options/configuration/timeout",
	}, {
		method: "TenantOptions.Category", answer: `{"timeout":"60"}`,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.TenantOptions.Category(ctx, "configuration")
		},
		sends: "GET /tenant/options/configuration",
	}, {
		method: "TenantOptions.Create", answer: optionJSON,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.TenantOptions.Create(ctx, c8yclient.TenantOption{Category: "configuration", Key: "timeout", Value: "60"})
		},
		sends: "POST /tenant/options", body: `{"category":"configuration","key":"timeout","value":"60"}`,
	}, {
		method: "TenantOptions.Update", answer: optionJSON,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.TenantOptions.Update(ctx, "configuration", "timeout", "60")
		},
		sends: "PUT /tenant/options/configuration/timeout", body: `{"value":"60"}`,
	}, {
		method: "TenantOptions.UpdateCategory", answer: `{"timeout":"60"}`,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.TenantOptions.UpdateCategory(ctx, "configuration", map[string]string{"timeout": "60"})
		},
		sends: "PUT /tenant/options/configuration", body: `{"timeout":"60"}`,
	}, {
		method: "TenantOptions.Delete", status: 204,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return nothing(c.TenantOptions.Delete(ctx, "configuration", "timeout"))
		},
		sends: "DELETE /tenant/options/configuration/timeout",
	}, {
		method: "SystemOptions.List", answer: `{"options":[` + optionJSON + `]}`, items: "options",
		call:  func(ctx context.Context, c *c8yclient.Client) (any, error) { return c.SystemOptions.List(ctx) },
		sends: "GET /tenant/system/options",
	}, {
		method: "SystemOptions.Get", answer: optionJSON,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.SystemOptions.Get(ctx, "system", "version")
		},
		sends: "GET /tenant/system/options/system/version",
	}}
}
