package c8yclient_test

import (
	"context"

	"c8yx/c8yclient"
)

func loginOperations() []operation {
	return []operation{{
		method: "Client.Authenticate", answer: `{"access_token":"e30.e30.e30"}`, returns: `"e30.e30.e30"`,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			token, err := c.Authenticate(ctx, c8yclient.Credentials{Tenant: "t1", User: "jane", Password: password, TFACode: "123456"})
			return token.Access.Reveal(), err
		},
		sends:       "POST /tenant/oauth/token?tenant_id=t1",
		contentType: "application/x-www-form-urlencoded",
		body:        "grant_type=PASSWORD&password=pa55-w0rd&tfa_code=123456&username=jane",
		header:      map[string]string{"Authorization": ""},
	}}
}
