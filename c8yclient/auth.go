package c8yclient

import (
	"context"
	"encoding/base64"
	"errors"
	"net/http"

	"c8yx/c8yclient/realtime"
)

// Auth adds credentials to a request. It is called for every attempt of every
// request to the client's own host, from several goroutines at once, so an
// implementation may swap its token at any time. The request is a private copy.
type Auth interface {
	Apply(*http.Request) error
}

// RealtimeAuth is what an [Auth] implements when its credentials also belong in
// the handshake of the realtime protocol, which is all that some tenants look
// at on a WebSocket.
type RealtimeAuth interface {
	Handshake(ctx context.Context, client *Client) (realtime.Authn, error)
}

// Renewer is what an [Auth] implements when it can get new credentials. After
// a 401 the transport calls Renew once with that answer and, if it returns nil,
// sends the request again with the new credentials. A refused request was not
// executed, so that is safe for every method. Otherwise the call fails with the
// answer, and the error of Renew is its cause. Several requests may be refused at
// the same moment: an implementation renews once for all of them.
type Renewer interface {
	Renew(ctx context.Context, refused *Error) error
}

// Observer is what an [Auth] implements when it wants to see the answers of
// the tenant, for instance to take over renewed cookies.
type Observer interface {
	Observe(*http.Response)
}

// Basic authenticates with user name and password. Tenant may be empty when
// the host name identifies the tenant.
type Basic struct {
	Tenant   string
	User     string
	Password Secret
	// TFAToken is the token that answers a pin sent by SMS, if the user needs one.
	TFAToken Secret
}

// Apply sets the Authorization header and, if there is one, the TFAToken header.
func (b Basic) Apply(req *http.Request) error {
	if b.User == "" {
		return errors.New("no user name given")
	}
	req.Header.Set("Authorization", "Basic "+b.encoded(b.Tenant).Reveal())
	if b.TFAToken != "" {
		req.Header.Set("TFAToken", b.TFAToken.Reveal())
	}
	return nil
}

// Handshake returns the credentials for the realtime handshake, which always
// need the tenant id; it is asked for when the user did not give it.
func (b Basic) Handshake(ctx context.Context, client *Client) (realtime.Authn, error) {
	tenant := b.Tenant
	if tenant == "" {
		current, err := client.Tenant.Current(ctx, nil)
		if err != nil {
			return realtime.Authn{}, err
		}
		tenant = current.Name
	}
	return realtime.Authn{Token: b.encoded(tenant).Reveal(), TFA: b.TFAToken.Reveal()}, nil
}

func (b Basic) encoded(tenant string) Secret {
	user := b.User
	if tenant != "" {
		user = tenant + "/" + user
	}
	return Secret(base64.StdEncoding.EncodeToString([]byte(user + ":" + b.Password.Reveal())))
}

// Bearer authenticates with a token: one from [Authenticate], a device token, or one
// of an identity provider that the tenant trusts.
type Bearer struct {
	Token Secret
}

// Apply sets the Authorization header.
func (b Bearer) Apply(req *http.Request) error {
	if b.Token == "" {
		return errors.New("no token given")
	}
	req.Header.Set("Authorization", "Bearer "+b.Token.Reveal())
	return nil
}

// Handshake returns the token for the realtime handshake.
func (b Bearer) Handshake(context.Context, *Client) (realtime.Authn, error) {
	return realtime.Authn{Token: b.Token.Reveal()}, nil
}

// Cookie authenticates the way a browser does: with the authorization cookie
// and the XSRF token that the tenant set beside it.
type Cookie struct {
	Authorization Secret
	XSRF          Secret
}

// Apply sets the cookies and repeats the XSRF token as a header.
func (c Cookie) Apply(req *http.Request) error {
	if c.Authorization == "" {
		return errors.New("no authorization cookie given")
	}
	req.AddCookie(&http.Cookie{Name: "authorization", Value: c.Authorization.Reveal()})
	if c.XSRF != "" {
		req.AddCookie(&http.Cookie{Name: "XSRF-TOKEN", Value: c.XSRF.Reveal()})
		req.Header.Set("X-XSRF-TOKEN", c.XSRF.Reveal())
	}
	return nil
}

// Handshake returns the XSRF token for the realtime handshake; the cookie itself
// travels with the HTTP request.
func (c Cookie) Handshake(context.Context, *Client) (realtime.Authn, error) {
	return realtime.Authn{XSRF: c.XSRF.Reveal()}, nil
}
