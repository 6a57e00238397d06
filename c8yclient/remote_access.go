package c8yclient

import (
	"context"
	"net/http"
)

// RemoteAccessProtocol is what is spoken through a tunnel to a device.
type RemoteAccessProtocol string

// The protocols.
const (
	RemoteAccessSSH         RemoteAccessProtocol = "SSH"
	RemoteAccessVNC         RemoteAccessProtocol = "VNC"
	RemoteAccessTelnet      RemoteAccessProtocol = "TELNET"
	RemoteAccessPassthrough RemoteAccessProtocol = "PASSTHROUGH"
)

// RemoteAccessConfiguration is something on or behind a device that can be reached through the platform.
type RemoteAccessConfiguration struct {
	ID       ID                   `json:"id,omitzero"`
	Name     string               `json:"name,omitzero"`
	Protocol RemoteAccessProtocol `json:"protocol,omitzero"`
	// Hostname and Port are as the device sees them.
	Hostname    string                   `json:"hostname,omitzero"`
	Port        int                      `json:"port,omitzero"`
	Credentials *RemoteAccessCredentials `json:"credentials,omitzero"`
	// Attributes are whatever the platform's web application keeps there.
	Attributes Document `json:"attrs,omitzero"`
	Document
}

// RemoteAccessCredentials are what the platform signs in with at the end of the tunnel. The secrets
// are never given back.
type RemoteAccessCredentials struct {
	// Type is NONE, USER_PASS, PASS_ONLY, KEY_PAIR or CERTIFICATE.
	Type       string `json:"type,omitzero"`
	Username   string `json:"username,omitzero"`
	PublicKey  string `json:"publicKey,omitzero"`
	HostKey    string `json:"hostKey,omitzero"`
	Password   Secret `json:"password,omitzero"`
	PrivateKey Secret `json:"privateKey,omitzero"`
	Document
}

// body is the configuration with the secrets in plain text, fit to be sent.
func (c *RemoteAccessConfiguration) body() any {
	if c == nil || c.Credentials == nil {
		return c
	}
	outer, inner := *c, *c.Credentials
	outer.Credentials, inner.Password, inner.PrivateKey = nil, "", ""
	type credentials struct {
		*RemoteAccessCredentials
		Password   string `json:"password,omitzero"`
		PrivateKey string `json:"privateKey,omitzero"`
	}
	return struct {
		*RemoteAccessConfiguration
		Credentials credentials `json:"credentials"`
	}{&outer, credentials{&inner, c.Credentials.Password.Reveal(), c.Credentials.PrivateKey.Reveal()}}
}

// RemoteAccessService says what can be reached on devices through the platform. It is not part of the
// documented API and needs a microservice that not every tenant has: [ErrNotFound], or
// [ErrServer], may mean that. Users need ROLE_REMOTE_ACCESS_ADMIN.
type RemoteAccessService service

func remoteAccessRoute(deviceID string, rest ...string) route {
	return at(append([]string{"service", "remoteaccess", "devices", deviceID, "configurations"}, rest...)...)
}

// List returns the configurations of a device; they are not paged.
//
// Operation: GET /service/remoteaccess/devices/{deviceId}/configurations
func (s *RemoteAccessService) List(ctx context.Context, deviceID string) ([]*RemoteAccessConfiguration, error) {
	return array[RemoteAccessConfiguration](ctx, s.client, call{method: http.MethodGet, path: remoteAccessRoute(deviceID)})
}

// Get returns one configuration of a device.
//
// Operation: GET /service/remoteaccess/devices/{deviceId}/configurations/{id}
func (s *RemoteAccessService) Get(ctx context.Context, deviceID, id string) (*RemoteAccessConfiguration, error) {
	return one[RemoteAccessConfiguration](ctx, s.client, call{method: http.MethodGet, path: remoteAccessRoute(deviceID, id)})
}

// Create adds a configuration to a device.
//
// Operation: POST /service/remoteaccess/devices/{deviceId}/configurations
func (s *RemoteAccessService) Create(ctx context.Context, deviceID string, configuration *RemoteAccessConfiguration) (*RemoteAccessConfiguration, error) {
	return one[RemoteAccessConfiguration](ctx, s.client, call{
		method: http.MethodPost, path: remoteAccessRoute(deviceID), body: configuration.body(),
	})
}

// Update replaces a configuration of a device. Secrets that are not given again are lost.
//
// Operation: PUT /service/remoteaccess/devices/{deviceId}/configurations/{id}
func (s *RemoteAccessService) Update(ctx context.Context, deviceID, id string, configuration *RemoteAccessConfiguration) (*RemoteAccessConfiguration, error) {
	return one[RemoteAccessConfiguration](ctx, s.client, call{
		method: http.MethodPut, path: remoteAccessRoute(deviceID, id), body: configuration.body(),
	})
}

// Delete removes a configuration of a device.
//
// Operation: DELETE /service/remoteaccess/devices/{deviceId}/configurations/{id}
func (s *RemoteAccessService) Delete(ctx context.Context, deviceID, id string) error {
	return s.client.do(ctx, call{method: http.MethodDelete, path: remoteAccessRoute(deviceID, id)})
}
