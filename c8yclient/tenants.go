package c8yclient

import (
	"context"
	"errors"
	"iter"
	"net/http"
	"time"

	"github.com/go-json-experiment/json/jsontext"
)

// TenantStatus says whether the users of a tenant may sign in.
type TenantStatus string

// The states of a tenant.
const (
	TenantActive    TenantStatus = "ACTIVE"
	TenantSuspended TenantStatus = "SUSPENDED"
)

// Tenant is a tenant below the one that the client talks to. For that one itself, see
// [TenantService].
type Tenant struct {
	// ID is for example t4711, Domain its host, Parent the id of the tenant above.
	ID                 string       `json:"id,omitzero"`
	Self               string       `json:"self,omitzero"`
	Domain             string       `json:"domain,omitzero"`
	Parent             string       `json:"parent,omitzero"`
	Company            string       `json:"company,omitzero"`
	Status             TenantStatus `json:"status,omitzero"`
	AdminName          string       `json:"adminName,omitzero"`
	AdminEmail         string       `json:"adminEmail,omitzero"`
	ContactName        string       `json:"contactName,omitzero"`
	ContactPhone       string       `json:"contactPhone,omitzero"`
	AllowCreateTenants Flag         `json:"allowCreateTenants,omitzero"`
	CreationTime       time.Time    `json:"creationTime,omitzero"`
	// CustomProperties are limits and references, for example limit.http.requests.
	CustomProperties jsontext.Value `json:"customProperties,omitzero"`
	// Applications are those that the tenant has subscribed to, OwnedApplications its own. Both
	// lists may be cut: see [TenantsService.Applications].
	Applications      *ApplicationReferences `json:"applications,omitzero"`
	OwnedApplications *ApplicationReferences `json:"ownedApplications,omitzero"`
	Document
}

// NewTenant is a tenant to be created. Company, domain and the mail address of its administrator
// are required, and either a password or the mail with which the administrator chooses one.
type NewTenant struct {
	Tenant
	AdminPassword          Secret `json:"-"`
	SendPasswordResetEmail bool   `json:"sendPasswordResetEmail,omitzero"`
}

// TenantListOptions are the options of [TenantsService.List].
type TenantListOptions struct {
	Company string `query:"company"`
	Domain  string `query:"domain"`
	Parent  string `query:"parent"`
	Paging
}

// TenantsService looks after the tenants below the one that the client talks to.
type TenantsService service

func (s *TenantsService) listing(options *TenantListOptions) listing {
	return listing{path: at("tenant", "tenants"), query: options, key: "tenants"}
}

func tenantRoute(id string, rest ...string) route {
	return at(append([]string{"tenant", "tenants", id}, rest...)...)
}

// List walks all tenants that match.
//
// Operation: GET /tenant/tenants
func (s *TenantsService) List(ctx context.Context, options *TenantListOptions) iter.Seq2[*Tenant, error] {
	return list[Tenant](ctx, s.client, s.listing(options))
}

// Pages walks the pages of tenants.
//
// Operation: GET /tenant/tenants
func (s *TenantsService) Pages(ctx context.Context, options *TenantListOptions) iter.Seq2[*Page[Tenant], error] {
	return pages[Tenant](ctx, s.client, s.listing(options))
}

// Page returns one page of tenants.
//
// Operation: GET /tenant/tenants
func (s *TenantsService) Page(ctx context.Context, options *TenantListOptions) (*Page[Tenant], error) {
	return page[Tenant](ctx, s.client, s.listing(options))
}

// Count returns how many tenants match. The paging of the options is ignored.
//
// Operation: GET /tenant/tenants
func (s *TenantsService) Count(ctx context.Context, options *TenantListOptions) (int, error) {
	var filter TenantListOptions
	if options != nil {
		filter = *options
	}
	filter.Paging = justTotal()
	return countByTotals[Tenant](ctx, s.client, s.listing(&filter))
}

// Get returns one tenant.
//
// Operation: GET /tenant/tenants/{tenantId}
func (s *TenantsService) Get(ctx context.Context, id string) (*Tenant, error) {
	return one[Tenant](ctx, s.client, call{method: http.MethodGet, path: tenantRoute(id)})
}

// Create adds a tenant. [ErrConflict] means that the domain or id is taken.
//
// Operation: POST /tenant/tenants
func (s *TenantsService) Create(ctx context.Context, tenant *NewTenant) (*Tenant, error) {
	if tenant == nil {
		return nil, invalid(http.MethodPost, "", errors.New("no tenant given"))
	}
	return one[Tenant](ctx, s.client, call{
		method: http.MethodPost, path: at("tenant", "tenants"),
		body: struct {
			*NewTenant
			AdminPassword string `json:"adminPass,omitzero"`
		}{tenant, tenant.AdminPassword.Reveal()},
	})
}

// Update changes a tenant. The patch is a *[Tenant] or a map with what changes and nothing else.
//
// Operation: PUT /tenant/tenants/{tenantId}
func (s *TenantsService) Update(ctx context.Context, id string, patch any) (*Tenant, error) {
	return one[Tenant](ctx, s.client, call{method: http.MethodPut, path: tenantRoute(id), body: patch})
}

// SetStatus suspends a tenant, so that nobody can sign in and nothing is processed, or activates
// it again. The official document has the status as read only; it is what the platform's own
// tools do.
//
// Operation: PUT /tenant/tenants/{tenantId}
func (s *TenantsService) SetStatus(ctx context.Context, id string, status TenantStatus) (*Tenant, error) {
	return s.Update(ctx, id, map[string]TenantStatus{"status": status})
}

// Delete removes a tenant and all its data, which cannot be undone. Only the management tenant
// may do it.
//
// Operation: DELETE /tenant/tenants/{tenantId}
func (s *TenantsService) Delete(ctx context.Context, id string) error {
	return s.client.do(ctx, call{method: http.MethodDelete, path: tenantRoute(id)})
}

// TFAStrategy is a kind of second factor.
type TFAStrategy string

// The kinds of second factors.
const (
	TFABySMS  TFAStrategy = "SMS"
	TFAByTOTP TFAStrategy = "TOTP"
)

// TenantTFA says how a tenant handles second factors.
type TenantTFA struct {
	EnabledOnSystemLevel      Flag `json:"enabledOnSystemLevel,omitzero"`
	EnabledOnTenantLevel      Flag `json:"enabledOnTenantLevel,omitzero"`
	EnforcedOnSystemLevel     Flag `json:"enforcedOnSystemLevel,omitzero"`
	TOTPEnforcedOnTenantLevel Flag `json:"totpEnforcedOnTenantLevel,omitzero"`
	// EnforcedUsersGroup is the group whose members must have a second factor.
	EnforcedUsersGroup string      `json:"enforcedUsersGroup,omitzero"`
	Strategy           TFAStrategy `json:"strategy,omitzero"`
	Document
}

// TFA returns how a tenant handles second factors.
//
// Operation: GET /tenant/tenants/{tenantId}/tfa
func (s *TenantsService) TFA(ctx context.Context, id string) (*TenantTFA, error) {
	return one[TenantTFA](ctx, s.client, call{method: http.MethodGet, path: tenantRoute(id, "tfa")})
}

// SetTFAStrategy changes the kind of second factor. It clears those that the users have set up, and
// signs them out.
//
// Operation: PUT /tenant/tenants/{tenantId}/tfa
func (s *TenantsService) SetTFAStrategy(ctx context.Context, id string, strategy TFAStrategy) error {
	return s.client.do(ctx, call{
		method: http.MethodPut, path: tenantRoute(id, "tfa"), body: map[string]TFAStrategy{"strategy": strategy},
	})
}
