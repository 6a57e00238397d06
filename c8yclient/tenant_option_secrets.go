package c8yclient

import (
	"context"
	"errors"
	"net/http"
	"strings"
)

// credentialsPrefix begins the keys of settings that the platform stores encrypted, and
// encryptedValue is what it gives in place of their values.
const (
	credentialsPrefix = "credentials."
	encryptedValue    = "<<Encrypted>>"
)

// IsEncrypted reports whether the platform keeps the value of the setting to itself.
func (o *TenantOption) IsEncrypted() bool {
	return strings.HasPrefix(o.Key, credentialsPrefix) || o.Value == encryptedValue
}

// SetSecret stores a value encrypted, under a key that begins with "credentials.", which is put in
// front unless it is there. Only the microservice that the category belongs to can read it.
//
// Operation: POST /tenant/options
func (s *TenantOptionsService) SetSecret(ctx context.Context, category, key string, value Secret) error {
	if !strings.HasPrefix(key, credentialsPrefix) {
		key = credentialsPrefix + key
	}
	return s.client.do(ctx, call{
		method: http.MethodPost, path: at("tenant", "options"),
		body: TenantOption{Category: category, Key: key, Value: value.Reveal()},
	})
}

// GetSecret returns a value that was stored encrypted. It works for the service user of the
// microservice that the category belongs to; for others it is [ErrForbidden].
//
// Operation: GET /tenant/options/{category}/{key}
func (s *TenantOptionsService) GetSecret(ctx context.Context, category, key string) (Secret, error) {
	path := at("tenant", "options", category, strings.TrimPrefix(key, credentialsPrefix))
	option, err := one[TenantOption](ctx, s.client, call{method: http.MethodGet, path: path})
	switch {
	case err != nil:
		return "", err
	case option.Value == encryptedValue:
		return "", &Error{
			Method: http.MethodGet, Target: path.escaped, Status: http.StatusOK,
			Message: "the tenant does not give the value to this user", kinds: []error{ErrForbidden},
		}
	}
	return Secret(option.Value), nil
}

// SetEditable says whether a tenant may change a setting of its own. It is for the management
// tenant; the setting is that of the other tenant.
//
// Operation: PUT /tenant/options/{category}/{key}/editable
func (s *TenantOptionsService) SetEditable(ctx context.Context, tenantID, category, key string, editable bool) error {
	return s.client.do(ctx, call{
		method: http.MethodPut, path: forTenant(tenantID, at("tenant", "options", category, key, "editable")),
		query: targetTenant{tenantID}, body: map[string]bool{"editable": editable},
	})
}

// targetTenant is the query of what the management tenant does to another.
type targetTenant struct {
	ID string `query:"targetTenant"`
}

// forTenant refuses to be about no tenant.
func forTenant(id string, path route) route {
	if id == "" && path.err == nil {
		path.err = errors.New("no tenant given")
	}
	return path
}
