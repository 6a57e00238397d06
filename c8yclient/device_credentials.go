package c8yclient

import (
	"context"
	"crypto/x509"
	"encoding/base64"
	"errors"
	"net/http"
	"strings"
	"time"
)

// DeviceCredentials are what a device signs in with once it is registered.
type DeviceCredentials struct {
	ID       string `json:"id,omitzero"`
	TenantID string `json:"tenantId,omitzero"`
	Username string `json:"username,omitzero"`
	Password Secret `json:"password,omitzero"`
	Self     string `json:"self,omitzero"`
	Document
}

// Auth returns the credentials for a client.
func (d *DeviceCredentials) Auth() Auth {
	return Basic{Tenant: d.TenantID, User: d.Username, Password: d.Password}
}

// DeviceCredentialsService is the device's side of registration.
type DeviceCredentialsService service

// Request asks for the credentials of a device, which is known by nothing but its id. The
// client signs in as the user that the platform has for this, not as a device.
// [ErrNotFound] means not yet: no user has announced the device, or none has accepted it.
// Ask again after a few seconds; asking is also how a request becomes one that can be
// accepted. The security token is what the user must repeat, and may be empty unless the
// tenant wants one.
//
// Operation: POST /devicecontrol/deviceCredentials
func (s *DeviceCredentialsService) Request(ctx context.Context, id string, securityToken Secret) (*DeviceCredentials, error) {
	credentials, err := one[DeviceCredentials](ctx, s.client, call{
		method: http.MethodPost, path: at("devicecontrol", "deviceCredentials"),
		body: struct {
			ID            string `json:"id"`
			SecurityToken string `json:"securityToken,omitzero"`
		}{id, securityToken.Reveal()},
	})
	if err != nil {
		return nil, err
	}
	if credentials.Username == "" || credentials.Password == "" {
		return nil, unreadable(http.MethodPost, "/devicecontrol/deviceCredentials", http.StatusOK, errors.New("it holds no credentials"))
	}
	return credentials, nil
}

// DeviceToken is the token of a device, and how long it is good for.
type DeviceToken struct {
	Token
	// ExpiresIn is 0 if the tenant does not say; the claims of the token may.
	ExpiresIn time.Duration
}

// AccessToken gives a device that connects with a certificate a token to go on with; ask
// again before it expires. The client must be made for the port of the platform that takes
// certificates, https://host:8443, with a transport that presents one. The chain leads
// from that certificate to one that the tenant trusts, and may be nil if the tenant trusts
// whoever signed it. [ErrUnauthorized] means that the tenant trusts none of them.
//
// Operation: POST /devicecontrol/deviceAccessToken
func (s *DeviceCredentialsService) AccessToken(ctx context.Context, chain []*x509.Certificate) (*DeviceToken, error) {
	var answer struct {
		AccessToken Secret `json:"accessToken"`
		ExpiresIn   int64  `json:"expiresIn"`
	}
	l := call{method: http.MethodPost, path: at("devicecontrol", "deviceAccessToken"), into: &answer}
	if len(chain) > 0 {
		l.header = http.Header{"X-Ssl-Cert-Chain": {chainHeader(chain)}}
	}
	if err := s.client.do(withoutAuth(ctx), l); err != nil {
		return nil, err
	}
	if answer.AccessToken == "" {
		return nil, unreadable(l.method, l.path.escaped, http.StatusOK, errors.New("it holds no token"))
	}
	return &DeviceToken{Token: newToken(answer.AccessToken), ExpiresIn: time.Duration(answer.ExpiresIn) * time.Second}, nil
}

// chainHeader writes certificates as PEM in a single line, because they go into a header.
func chainHeader(chain []*x509.Certificate) string {
	blocks := make([]string, len(chain))
	for i, certificate := range chain {
		blocks[i] = "-----BEGIN CERTIFICATE----- " + base64.StdEncoding.EncodeToString(certificate.Raw) + " -----END CERTIFICATE-----"
	}
	return strings.Join(blocks, " ")
}
