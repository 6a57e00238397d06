package c8yclient

import (
	"context"
	"iter"
	"net/http"

	"github.com/go-json-experiment/json/jsontext"
)

// ApplicationReference points to an application, most often with the application in it.
type ApplicationReference struct {
	Self        string       `json:"self,omitzero"`
	Application *Application `json:"application,omitzero"`
	Document
}

// UnmarshalJSONFrom also accepts the application itself in place of the reference: some lists of
// the platform are said to hold the one, some the other.
func (r *ApplicationReference) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	raw, err := dec.ReadValue()
	if err != nil {
		return err
	}
	type plain ApplicationReference
	if err := decode(raw, (*plain)(r)); err != nil {
		return err
	}
	if r.Application != nil || !r.HasFragment("id") {
		return nil
	}
	application, err := DecodeDocument[Application](raw)
	*r = ApplicationReference{Self: r.Self, Application: application}
	return err
}

// ApplicationReferences is a list of applications within another document.
type ApplicationReferences struct {
	References []*ApplicationReference `json:"references"`
	Self       string                  `json:"self,omitzero"`
	Document
}

// TenantApplicationListOptions are the options of [TenantsService.Applications].
type TenantApplicationListOptions struct {
	Paging
}

func tenantApplications(tenantID string, options *TenantApplicationListOptions) listing {
	return listing{path: tenantRoute(tenantID, "applications"), query: options, key: "references"}
}

// Applications walks the applications that a tenant has subscribed to. There are none if there is
// no such tenant.
//
// Operation: GET /tenant/tenants/{tenantId}/applications
func (s *TenantsService) Applications(ctx context.Context, tenantID string, options *TenantApplicationListOptions) iter.Seq2[*Application, error] {
	references := list[ApplicationReference](ctx, s.client, tenantApplications(tenantID, options))
	return referenced(references, func(r *ApplicationReference) *Application { return r.Application })
}

// ApplicationsPage returns one page of the applications that a tenant has subscribed to.
//
// Operation: GET /tenant/tenants/{tenantId}/applications
func (s *TenantsService) ApplicationsPage(ctx context.Context, tenantID string, options *TenantApplicationListOptions) (*Page[ApplicationReference], error) {
	return page[ApplicationReference](ctx, s.client, tenantApplications(tenantID, options))
}

// Subscribe lets a tenant use an application. A microservice may take minutes after the answer
// until it runs. [ErrConflict] means that the tenant has subscribed already.
//
// Operation: POST /tenant/tenants/{tenantId}/applications
func (s *TenantsService) Subscribe(ctx context.Context, tenantID, applicationID string) (*ApplicationReference, error) {
	target := applicationRoute(applicationID)
	if target.err != nil {
		return nil, invalid(http.MethodPost, "", target.err)
	}
	body := struct {
		Application struct {
			Self string `json:"self"`
		} `json:"application"`
	}{}
	body.Application.Self = s.client.base.String() + target.escaped
	return one[ApplicationReference](ctx, s.client, call{
		method: http.MethodPost, path: tenantRoute(tenantID, "applications"), body: body,
	})
}

// Unsubscribe ends the use of an application by a tenant.
//
// Operation: DELETE /tenant/tenants/{tenantId}/applications/{applicationId}
func (s *TenantsService) Unsubscribe(ctx context.Context, tenantID, applicationID string) error {
	return s.client.do(ctx, call{method: http.MethodDelete, path: tenantRoute(tenantID, "applications", applicationID)})
}

// RestrictedRoles returns the permissions that no microservice of the tenant may ask for.
//
// Operation: GET /tenant/tenants/{tenantId}/applications/restricted-roles
func (s *TenantsService) RestrictedRoles(ctx context.Context, tenantID string) ([]string, error) {
	var roles []string
	err := s.client.do(ctx, call{
		method: http.MethodGet, path: tenantRoute(tenantID, "applications", "restricted-roles"), into: &roles,
	})
	return roles, err
}

// SetRestrictedRoles replaces the permissions that no microservice of the tenant may ask for.
//
// Operation: PUT /tenant/tenants/{tenantId}/applications/restricted-roles
func (s *TenantsService) SetRestrictedRoles(ctx context.Context, tenantID string, roles ...string) (*Tenant, error) {
	if roles == nil {
		roles = []string{}
	}
	return one[Tenant](ctx, s.client, call{
		method: http.MethodPut, path: tenantRoute(tenantID, "applications", "restricted-roles"), body: roles,
	})
}

// AddRestrictedRole adds a permission that no microservice of the tenant may ask for.
//
// Operation: POST /tenant/tenants/{tenantId}/applications/restricted-roles/{roleId}
func (s *TenantsService) AddRestrictedRole(ctx context.Context, tenantID, role string) (*Tenant, error) {
	return one[Tenant](ctx, s.client, call{
		method: http.MethodPost, path: tenantRoute(tenantID, "applications", "restricted-roles", role),
	})
}

// RemoveRestrictedRole lets microservices of the tenant ask for a permission again.
//
// Operation: DELETE /tenant/tenants/{tenantId}/applications/restricted-roles/{roleId}
func (s *TenantsService) RemoveRestrictedRole(ctx context.Context, tenantID, role string) (*Tenant, error) {
	return one[Tenant](ctx, s.client, call{
		method: http.MethodDelete, path: tenantRoute(tenantID, "applications", "restricted-roles", role),
	})
}
