package c8yclient

import (
	"context"
	"errors"
	"net/http"
	"net/url"
)

// AuthorizationCode is what the sign-in page of somebody else hands to the browser, to be
// exchanged for a token.
type AuthorizationCode struct {
	// Tenant is the tenant's id; empty if the host name identifies the tenant.
	Tenant string
	Code   Secret
	// Origin is the address that the page sent the browser back to, if that was not the
	// tenant's own: http://localhost:5001/callback of a program that listens there.
	Origin string
}

// AuthenticateForCookie is [Client.Authenticate] the way a browser does it: the token comes
// as a cookie, which the tenant renews by and by. The errors are the same.
//
// Operation: POST /tenant/oauth
func (c *Client) AuthenticateForCookie(ctx context.Context, credentials Credentials) (Cookie, error) {
	resp, err := c.login(ctx, at("tenant", "oauth"), credentials.Tenant, "", passwordForm(credentials), nil)
	if err != nil {
		return Cookie{}, err
	}
	return loginCookie(resp)
}

// SignInPage returns the address of somebody else's sign-in page, to be opened in a browser:
// the one that a login option of the type [LoginSSO] leads to. The page sends the browser back
// with a code, which [Client.ExchangeCode] takes. It goes back to the address that is the
// parameter redirect_uri, which a program that listens for the code replaces by its own. The
// operation is not part of the core specification.
//
// Operation: GET /tenant/oauth
func (c *Client) SignInPage(ctx context.Context, option *LoginOption) (string, error) {
	req, err := c.NewRequest(withoutAuth(ctx), http.MethodGet, option.InitRequest, nil)
	if err != nil {
		return "", err
	}
	// The tenant answers with the address, or sends the browser there.
	ending := http.Client{
		Transport:     c.transport,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	resp, err := ending.Do(req)
	if err != nil {
		return "", failure(req.Method, redactTarget(req.URL), err)
	}
	page := resp.Header.Get("Location")
	switch {
	case resp.StatusCode >= 300 && resp.StatusCode < 400 && page != "":
		_ = resp.Body.Close()
		return page, nil
	case resp.StatusCode != http.StatusOK:
		defer func() { _ = resp.Body.Close() }()
		return "", refusal(req.Method, req.URL, resp)
	}
	var answer struct {
		RedirectTo string `json:"redirectTo"`
	}
	if err := c.read(req, resp, &answer); err != nil {
		return "", err
	}
	if answer.RedirectTo == "" {
		return "", unreadable(req.Method, redactTarget(req.URL), resp.StatusCode, errors.New("it names no page"))
	}
	return answer.RedirectTo, nil
}

// ExchangeCode exchanges the code of somebody else's sign-in page for a token. The client's
// own credentials are not used. [ErrForbidden] means that the user is not let in here.
//
// Operation: POST /tenant/oauth/token
func (c *Client) ExchangeCode(ctx context.Context, code AuthorizationCode) (Token, error) {
	var answer accessToken
	if _, err := c.exchange(ctx, tokenRoute, code, &answer); err != nil {
		return Token{}, err
	}
	return answer.token()
}

// ExchangeCodeForCookie is [Client.ExchangeCode] with the token as a cookie.
//
// Operation: POST /tenant/oauth
func (c *Client) ExchangeCodeForCookie(ctx context.Context, code AuthorizationCode) (Cookie, error) {
	resp, err := c.exchange(ctx, at("tenant", "oauth"), code, nil)
	if err != nil {
		return Cookie{}, err
	}
	return loginCookie(resp)
}

// exchange sends a code. The first time platforms now and then refuse one as invalid that
// they accept a moment later.
func (c *Client) exchange(ctx context.Context, path route, code AuthorizationCode, into any) (*http.Response, error) {
	form := url.Values{"grant_type": {"AUTHORIZATION_CODE"}, "code": {code.Code.Reveal()}}
	resp, err := c.login(ctx, path, code.Tenant, code.Origin, form, into)
	var refused *Error
	if errors.As(err, &refused) && refused.Status == http.StatusBadRequest {
		resp, err = c.login(ctx, path, code.Tenant, code.Origin, form, into)
	}
	return resp, err
}

// login sends a form without credentials and returns the answer, read and closed.
func (c *Client) login(ctx context.Context, path route, tenant, origin string, form url.Values, into any) (*http.Response, error) {
	l := call{method: http.MethodPost, path: path, query: tenantParameter{tenant}}
	req, err := c.NewRequest(WithCause(withoutAuth(ctx), "sign-in"), l.method, l.target(), form)
	if err != nil {
		return nil, err
	}
	if origin != "" {
		req.AddCookie(&http.Cookie{Name: "REQUEST_ORIGIN", Value: origin})
	}
	resp, err := c.Do(req)
	if err != nil {
		return nil, err
	}
	return resp, c.read(req, resp, into)
}

// loginCookie takes the token out of the cookies of an answer.
func loginCookie(resp *http.Response) (Cookie, error) {
	var cookie Cookie
	for _, each := range resp.Cookies() {
		switch each.Name {
		case "authorization":
			cookie.Authorization = Secret(each.Value)
		case "XSRF-TOKEN":
			cookie.XSRF = Secret(each.Value)
		}
	}
	if cookie.Authorization == "" {
		return Cookie{}, unreadable(http.MethodPost, "/tenant/oauth", resp.StatusCode, errors.New("it sets no authorization cookie"))
	}
	return cookie, nil
}

// tenantParameter names the tenant where the host may not.
type tenantParameter struct {
	Tenant string `query:"tenant_id"`
}

func passwordForm(credentials Credentials) url.Values {
	form := url.Values{
		"grant_type": {"PASSWORD"},
		"username":   {credentials.User},
		"password":   {credentials.Password.Reveal()},
	}
	if credentials.TFACode != "" {
		// An empty code is not the same as none: some tenants refuse it.
		form.Set("tfa_code", credentials.TFACode.Reveal())
	}
	return form
}
