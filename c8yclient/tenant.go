package c8yclient

import (
	"context"
	"net/http"

	"github.com/go-json-experiment/json/jsontext"
)

// CurrentTenant is the tenant that the client talks to.
type CurrentTenant struct {
	// Name is the tenant's id, for example t4711; DomainName is its host.
	Name               string         `json:"name,omitzero"`
	DomainName         string         `json:"domainName,omitzero"`
	AllowCreateTenants bool           `json:"allowCreateTenants,omitzero"`
	CustomProperties   jsontext.Value `json:"customProperties,omitzero"`
	// Parent is the id of the tenant above, if it was asked for.
	Parent string `json:"parent,omitzero"`
	Self   string `json:"self,omitzero"`
	Document
}

// CurrentTenantOptions are the options of [TenantService.Current].
type CurrentTenantOptions struct {
	WithParent bool `query:"withParent"`
}

// TenantService is about the tenant that the client talks to.
type TenantService service

// Current returns the tenant, which is also the cheapest way to learn its id.
//
// Operation: GET /tenant/currentTenant
func (s *TenantService) Current(ctx context.Context, options *CurrentTenantOptions) (*CurrentTenant, error) {
	return one[CurrentTenant](ctx, s.client, call{
		method: http.MethodGet, path: at("tenant", "currentTenant"), query: options,
	})
}
