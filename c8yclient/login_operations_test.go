package c8yclient_test

import (
	"context"

	"c8yx/c8yclient"
)

func loginOperations() []operation {
	const form = "application/x-www-form-urlencoded"
	const tokenJSON, token = `{"access_token":"e30.e30.e30"}`, `"e30.e30.e30"`
	anonymously := map[string]string{"Authorization": ""}
	credentials := c8yclient.Credentials{Tenant: "t1", User: "jane", Password: password, TFACode: "123456"}
	cookies := func(cookie c8yclient.Cookie, err error) (any, error) {
		return cookie.Authorization.Reveal(), err
	}
	answered := map[string]string{"Set-Cookie": "authorization=e30.e30.e30; Path=/; Secure; HttpOnly"}
	return []operation{{
		method: "Client.Authenticate", answer: tokenJSON, returns: token,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			token, err := c.Authenticate(ctx, credentials)
			return token.Access.Reveal(), err
		},
		sends: "POST /tenant/oauth/token?tenant_id=t1", contentType: form, header: anonymously,
		body: "grant_type=PASSWORD&password=pa55-w0rd&tfa_code=123456&username=jane",
	}, {
		method: "Client.AuthenticateForCookie", answered: answered, returns: token,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return cookies(c.AuthenticateForCookie(ctx, credentials))
		},
		sends: "POST /tenant/oauth?tenant_id=t1", contentType: form, header: anonymously,
		body: "grant_type=PASSWORD&password=pa55-w0rd&tfa_code=123456&username=jane",
	}, {
		method: "Client.SignInPage", status: 302, returns: `"https://idp.example/?state=a"`, beyond: undocumented, header: anonymously,
		answered: map[string]string{"Location": "https://idp.example/?state=a"},
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.SignInPage(ctx, &c8yclient.LoginOption{InitRequest: "http://inside:8080/tenant/oauth?tenant_id=t1&response_type=code"})
		},
		sends: "GET /tenant/oauth?tenant_id=t1&response_type=code",
	}, {
		method: "Client.ExchangeCode", answer: tokenJSON, returns: token,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			token, err := c.ExchangeCode(ctx, c8yclient.AuthorizationCode{Code: "a+b", Origin: "http://localhost:5001/callback"})
			return token.Access.Reveal(), err
		},
		sends: "POST /tenant/oauth/token", contentType: form, body: "code=a%2Bb&grant_type=AUTHORIZATION_CODE",
		header: map[string]string{"Authorization": "", "Cookie": "REQUEST_ORIGIN=http://localhost:5001/callback"},
	}, {
		method: "Client.ExchangeCodeForCookie", answered: answered, returns: token,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return cookies(c.ExchangeCodeForCookie(ctx, c8yclient.AuthorizationCode{Tenant: "t1", Code: "code-1"}))
		},
		sends: "POST /tenant/oauth?tenant_id=t1", contentType: form, body: "code=code-1&grant_type=AUTHORIZATION_CODE",
		header: anonymously,
	}}
}
