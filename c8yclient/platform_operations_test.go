package c8yclient_test

import (
	"context"

	"c8yx/c8yclient"
)

// A configuration as a tenant sends it and as the package has it: an id, in whichever form, is text.
const (
	remoteAccessJSON = `{"id":1,"name":"ssh","protocol":"SSH","hostname":"127.0.0.1","port":22,"attrs":{"color":"red"},
		"credentials":{"type":"USER_PASS","username":"root","publicKey":"p","hostKey":"h","password":null,"acme":1},"acme":1}`
	storedRemoteAccessJSON = `{"id":"1","name":"ssh","protocol":"SSH","hostname":"127.0.0.1","port":22,"attrs":{"color":"red"},
		"credentials":{"type":"USER_PASS","username":"root","publicKey":"p","hostKey":"h","acme":1},"acme":1}`
)

// rootJSON is the root of an API.
const rootJSON = `{"self":"https://acme.example/x","alarmsForSource":"https://acme.example/x?source={source}","alarms":{"self":"s","alarms":[]}}`

func featuresOperations() []operation {
	return []operation{{
		method: "Features.List",
		answer: `[{"key":"core.x","phase":"PUBLIC_PREVIEW","active":true,"strategy":"DEFAULT","acme":1}]`,
		call:   func(ctx context.Context, c *c8yclient.Client) (any, error) { return c.Features.List(ctx) },
		sends:  "GET /features",
	}, {
		method: "Features.Get",
		answer: `{"key":"core.x","phase":"PUBLIC_PREVIEW","active":true,"strategy":"DEFAULT","acme":1}`,
		call:   func(ctx context.Context, c *c8yclient.Client) (any, error) { return c.Features.Get(ctx, "core.x") },
		sends:  "GET /features/core.x",
	}, {
		method: "Features.Overrides", answer: `[{"tenantId":"t2","active":true,"acme":1}]`,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.Features.Overrides(ctx, "core.x")
		},
		sends: "GET /features/core.x/by-tenant",
	}, {
		method: "Features.Set",
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return nothing(c.Features.Set(ctx, "core.x", true))
		},
		sends: "PUT /features/core.x/by-tenant",
		body:  `{"active":true}`,
	}, {
		method: "Features.Reset",
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return nothing(c.Features.Reset(ctx, "core.x"))
		},
		sends: "DELETE /features/core.x/by-tenant",
	}, {
		method: "Features.SetFor",
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return nothing(c.Features.SetFor(ctx, "core.x", "t2", false))
		},
		sends: "PUT /features/core.x/by-tenant/t2",
		body:  `{"active":false}`,
	}, {
		method: "Features.ResetFor",
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return nothing(c.Features.ResetFor(ctx, "core.x", "t2"))
		},
		sends: "DELETE /features/core.x/by-tenant/t2",
	}, {
		method: "TenantOptions.SetSecret",
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return nothing(c.TenantOptions.SetSecret(ctx, "pumps", "key", "pa55"))
		},
		sends: "POST /tenant/options",
		body:  `{"category":"pumps","key":"credentials.key","value":"pa55"}`,
	}, {
		method: "TenantOptions.GetSecret", answer: `{"category":"pumps","key":"key","value":"pa55"}`,
		returns: `["[redacted]","pa55"]`,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			secret, err := c.TenantOptions.GetSecret(ctx, "pumps", "credentials.key")
			return []any{secret, secret.Reveal()}, err
		},
		sends: "GET /tenant/options/pumps/key",
	}, {
		method: "TenantOptions.SetEditable",
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return nothing(c.TenantOptions.SetEditable(ctx, "t2", "pumps", "key", false))
		},
		sends: "PUT /tenant/options/pumps/key/editable?targetTenant=t2",
		body:  `{"editable":false}`,
	}}
}

func remoteAccessOperations() []operation {
	return []operation{{
		method: "RemoteAccess.List", answer: `[` + remoteAccessJSON + `]`, returns: `[` + storedRemoteAccessJSON + `]`,
		beyond: undocumented,
		call:   func(ctx context.Context, c *c8yclient.Client) (any, error) { return c.RemoteAccess.List(ctx, "4711") },
		sends:  "GET /service/remoteaccess/devices/4711/configurations",
	}, {
		method: "RemoteAccess.Get", answer: remoteAccessJSON, returns: storedRemoteAccessJSON, beyond: undocumented,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.RemoteAccess.Get(ctx, "4711", "1")
		},
		sends: "GET /service/remoteaccess/devices/4711/configurations/1",
	}, {
		method: "RemoteAccess.Create", answer: remoteAccessJSON, status: 201, returns: storedRemoteAccessJSON,
		beyond: undocumented,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.RemoteAccess.Create(ctx, "4711", &c8yclient.RemoteAccessConfiguration{
				Name: "ssh", Protocol: c8yclient.RemoteAccessSSH, Hostname: "127.0.0.1", Port: 22,
				Credentials: &c8yclient.RemoteAccessCredentials{Type: "USER_PASS", Username: "root", Password: "pa55", PrivateKey: "k3y"},
			})
		},
		sends: "POST /service/remoteaccess/devices/4711/configurations",
		body:  `{"name":"ssh","protocol":"SSH","hostname":"127.0.0.1","port":22,"credentials":{"type":"USER_PASS","username":"root","password":"pa55","privateKey":"k3y"}}`,
	}, {
		method: "RemoteAccess.Update", answer: remoteAccessJSON, returns: storedRemoteAccessJSON, beyond: undocumented,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.RemoteAccess.Update(ctx, "4711", "1", &c8yclient.RemoteAccessConfiguration{Port: 23})
		},
		sends: "PUT /service/remoteaccess/devices/4711/configurations/1",
		body:  `{"port":23}`,
	}, {
		method: "RemoteAccess.Delete", status: 204, beyond: undocumented,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return nothing(c.RemoteAccess.Delete(ctx, "4711", "1"))
		},
		sends: "DELETE /service/remoteaccess/devices/4711/configurations/1",
	}}
}

func platformOperations() []operation {
	return []operation{{
		method: "Platform.Get",
		answer: `{"self":"s","alarm":` + rootJSON + `,"audit":{"self":"s"},"deviceControl":{"self":"s"},"event":{"self":"s"},"identity":{"self":"s"},
"inventory":{"self":"s"},"measurement":{"self":"s"},"tenant":{"self":"s"},"user":{"self":"s"},"acme":1}`,
		call:  func(ctx context.Context, c *c8yclient.Client) (any, error) { return c.Platform.Get(ctx) },
		sends: "GET /platform",
	}, {
		method: "Platform.Alarm", answer: rootJSON,
		call:  func(ctx context.Context, c *c8yclient.Client) (any, error) { return c.Platform.Alarm(ctx) },
		sends: "GET /alarm",
	}, {
		method: "Platform.Application", answer: rootJSON,
		call:  func(ctx context.Context, c *c8yclient.Client) (any, error) { return c.Platform.Application(ctx) },
		sends: "GET /application",
	}, {
		method: "Platform.Audit", answer: rootJSON,
		call:  func(ctx context.Context, c *c8yclient.Client) (any, error) { return c.Platform.Audit(ctx) },
		sends: "GET /audit",
	}, {
		method: "Platform.DeviceControl", answer: rootJSON,
		call:  func(ctx context.Context, c *c8yclient.Client) (any, error) { return c.Platform.DeviceControl(ctx) },
		sends: "GET /devicecontrol",
	}, {
		method: "Platform.Event", answer: rootJSON,
		call:  func(ctx context.Context, c *c8yclient.Client) (any, error) { return c.Platform.Event(ctx) },
		sends: "GET /event",
	}, {
		method: "Platform.Identity", answer: rootJSON,
		call:  func(ctx context.Context, c *c8yclient.Client) (any, error) { return c.Platform.Identity(ctx) },
		sends: "GET /identity",
	}, {
		method: "Platform.Inventory", answer: rootJSON,
		call:  func(ctx context.Context, c *c8yclient.Client) (any, error) { return c.Platform.Inventory(ctx) },
		sends: "GET /inventory",
	}, {
		method: "Platform.Measurement", answer: rootJSON,
		call:  func(ctx context.Context, c *c8yclient.Client) (any, error) { return c.Platform.Measurement(ctx) },
		sends: "GET /measurement",
	}, {
		method: "Platform.Notification2", answer: rootJSON,
		call:  func(ctx context.Context, c *c8yclient.Client) (any, error) { return c.Platform.Notification2(ctx) },
		sends: "GET /notification2",
	}, {
		method: "Platform.Tenant", answer: rootJSON,
		call:  func(ctx context.Context, c *c8yclient.Client) (any, error) { return c.Platform.Tenant(ctx) },
		sends: "GET /tenant",
	}, {
		method: "Platform.User", answer: rootJSON,
		call:  func(ctx context.Context, c *c8yclient.Client) (any, error) { return c.Platform.User(ctx) },
		sends: "GET /user",
	}}
}
