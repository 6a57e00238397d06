package session

import (
	"slices"
	"testing"
)

// Where the identity providers in wide use describe themselves, given the page that browsers go to.
func TestWhereIdentityProvidersDescribeThemselves(t *testing.T) {
	const known = "/.well-known/openid-configuration"
	for page, want := range map[string]string{
		"/0c8b-tenant/oauth2/v2.0/authorize":              "/0c8b-tenant/v2.0" + known, // Microsoft
		"/0c8b-tenant/oauth2/authorize":                   "/0c8b-tenant" + known,
		"/realms/plant/protocol/openid-connect/auth":      "/realms/plant" + known, // Keycloak
		"/auth/realms/plant/protocol/openid-connect/auth": "/auth/realms/plant" + known,
		"/oauth2/default/v1/authorize":                    "/oauth2/default" + known, // Okta
		"/authorize":                                      known,                     // Auth0
		"/o/oauth2/v2/auth":                               known,                     // Google
		"":                                                known,
	} {
		if got := describedAt(page); !slices.Contains(got, want) || len(got) > 8 {
			t.Errorf("%s: %q, want %s among them", page, got, want)
		}
	}
}
