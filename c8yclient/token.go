package c8yclient

import (
	"context"
	"encoding/base64"
	"errors"
	"net/http"
	"strings"
	"time"
)

// Credentials are what a user types to sign in.
type Credentials struct {
	// Tenant is the tenant's id; empty if the host name identifies the tenant.
	Tenant   string
	User     string
	Password Secret
	// TFACode is the current code of the second factor, if one was asked for.
	TFACode Secret
}

// Token is an access token and what it says about itself.
type Token struct {
	Access Secret
	Claims Claims
}

// Auth returns the token as credentials for a client.
func (t Token) Auth() Auth { return Bearer{Token: t.Access} }

// Authenticate signs in at the tenant and returns a token. The errors to expect are
// [ErrBadCredentials], [ErrTFARequired] (call again with a code), [ErrTOTPSetupRequired],
// [ErrPasswordReset], [ErrLocked] and [ErrForbidden].
//
// Operation: POST /tenant/oauth/token
func Authenticate(ctx context.Context, address string, credentials Credentials, options ...Option) (Token, error) {
	c, err := New(address, options...)
	if err != nil {
		return Token{}, err
	}
	return c.Authenticate(ctx, credentials)
}

// Authenticate is [Authenticate] for the tenant of a client, whose own credentials are
// not used.
//
// Operation: POST /tenant/oauth/token
func (c *Client) Authenticate(ctx context.Context, credentials Credentials) (Token, error) {
	var answer accessToken
	_, err := c.login(ctx, tokenRoute, credentials.Tenant, "", passwordForm(credentials), &answer)
	if err != nil {
		return Token{}, err
	}
	return answer.token()
}

var tokenRoute = at("tenant", "oauth", "token")

// accessToken is the answer that holds a token.
type accessToken struct {
	AccessToken Secret `json:"access_token"`
}

func (a accessToken) token() (Token, error) {
	if a.AccessToken == "" {
		return Token{}, unreadable(http.MethodPost, tokenRoute.escaped, http.StatusOK, errors.New("it holds no token"))
	}
	return newToken(a.AccessToken), nil
}

func newToken(access Secret) Token {
	// A token that cannot be read is still a token.
	claims, _ := ParseClaims(access)
	return Token{Access: access, Claims: claims}
}

// noAuth marks a context whose requests go without credentials.
type noAuth struct{}

func withoutAuth(ctx context.Context) context.Context {
	return context.WithValue(ctx, noAuth{}, true)
}

func anonymous(req *http.Request) bool { return req.Context().Value(noAuth{}) != nil }

// Claims is what a token says about itself. Nothing of it is verified: use it to
// show and to plan, never to decide what is allowed.
type Claims struct {
	// User and Tenant are the user name and the tenant id.
	User, Tenant string
	// Issuer is the domain of the tenant.
	Issuer string
	// XSRF is the value for the X-XSRF-TOKEN header when the token is used as a cookie.
	XSRF Secret
	// TFA says whether a second factor was used.
	TFA bool
	// IssuedAt and Expires are zero if the token does not say.
	IssuedAt, Expires time.Time
}

// Expired reports whether the token is no longer good at that time.
func (c Claims) Expired(now time.Time) bool { return !c.Expires.IsZero() && !now.Before(c.Expires) }

// ParseClaims reads the claims of a JSON Web Token without verifying it.
func ParseClaims(token Secret) (Claims, error) {
	var raw struct {
		Sub       string  `json:"sub"`
		Ten       string  `json:"ten"`
		Iss       string  `json:"iss"`
		XSRFToken string  `json:"xsrfToken"`
		TFA       Flag    `json:"tfa"`
		Iat       float64 `json:"iat"`
		Exp       float64 `json:"exp"`
	}
	if err := decodeClaims(token, &raw); err != nil {
		return Claims{}, err
	}
	return Claims{
		User: raw.Sub, Tenant: raw.Ten, Issuer: raw.Iss, XSRF: Secret(raw.XSRFToken), TFA: bool(raw.TFA),
		IssuedAt: numericDate(raw.Iat), Expires: numericDate(raw.Exp),
	}, nil
}

// decodeClaims reads the claims of a JSON Web Token into a value.
func decodeClaims(token Secret, into any) error {
	parts := strings.Split(token.Reveal(), ".")
	if len(parts) != 3 {
		return errors.New("not a JSON Web Token")
	}
	payload, err := base64.RawURLEncoding.DecodeString(strings.TrimRight(parts[1], "="))
	if err != nil {
		return errors.New("the claims of the token are not base64url")
	}
	if err := decode(payload, into); err != nil {
		return errors.New("the claims of the token are not what is expected")
	}
	return nil
}

// numericDate reads the seconds of a claim; what is not a sensible date is none.
func numericDate(seconds float64) time.Time {
	const endOfTime = 253402300799 // 9999-12-31
	if !(seconds > 0 && seconds <= endOfTime) {
		return time.Time{}
	}
	return time.Unix(int64(seconds), 0)
}
