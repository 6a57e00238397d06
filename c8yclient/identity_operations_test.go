package c8yclient_test

import (
	"context"

	"c8yx/c8yclient"
)

const externalIDJSON = `{"type":"c8y_Serial","externalId":"SN/1","managedObject":{"id":"4711","self":"s"},"self":"s","acme":1}`

func identityOperations() []operation {
	return []operation{{
		method: "Identity.List", answer: `{"externalIds":[` + externalIDJSON + `]}`, items: "externalIds",
		call:  func(ctx context.Context, c *c8yclient.Client) (any, error) { return c.Identity.List(ctx, "4711") },
		sends: "GET /identity/globalIds/4711/externalIds",
	}, {
		method: "Identity.Get", answer: externalIDJSON,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.Identity.Get(ctx, "c8y_Serial", "SN/1 ä?")
		},
		sends: "GET /identity/externalIds/c8y_Serial/SN%2F1%20%C3%A4%3F",
	}, {
		method: "Identity.Create", status: 201, answer: externalIDJSON,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.Identity.Create(ctx, "4711", "c8y_Serial", "SN/1")
		},
		sends: "POST /identity/globalIds/4711/externalIds", body: `{"type":"c8y_Serial","externalId":"SN/1"}`,
	}, {
		method: "Identity.Delete", status: 204,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return nothing(c.Identity.Delete(ctx, "c8y_Serial", "SN-1"))
		},
		sends: "DELETE /identity/externalIds/c8y_Serial/SN-1",
	}, {
		method: "Identity.Search", answer: `{"externalIds":[` + externalIDJSON + `]}`, items: "externalIds",
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.Identity.Search(ctx, []c8yclient.ExternalID{{Type: "c8y_Serial", ExternalID: "SN-1"}})
		},
		sends: "POST /identity/search", body: `{"externalIds":[{"type":"c8y_Serial","externalId":"SN-1"}]}`,
	}}
}
