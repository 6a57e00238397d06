package c8yclient

import (
	"context"
	"iter"
	"net/http"
)

// ApplicationType says what an application is.
type ApplicationType string

// The types of applications.
const (
	// ApplicationExternal is a link to somewhere else.
	ApplicationExternal ApplicationType = "EXTERNAL"
	// ApplicationHosted is a web application that the platform serves.
	ApplicationHosted ApplicationType = "HOSTED"
	// ApplicationMicroservice runs on the platform and serves /service/{contextPath}.
	ApplicationMicroservice ApplicationType = "MICROSERVICE"
)

// ApplicationAvailability says which tenants may subscribe to an application.
type ApplicationAvailability string

// The availabilities of applications.
const (
	ApplicationPrivate ApplicationAvailability = "PRIVATE"
	ApplicationMarket  ApplicationAvailability = "MARKET"
	// ApplicationShared is known to newer tenants only.
	ApplicationShared ApplicationAvailability = "SHARED"
)

// Application is a web application, a microservice or a link.
type Application struct {
	ID   string `json:"id,omitzero"`
	Self string `json:"self,omitzero"`
	// Key marks requests of the application, see [WithApplicationKey].
	Key          string                  `json:"key,omitzero"`
	Name         string                  `json:"name,omitzero"`
	Type         ApplicationType         `json:"type,omitzero"`
	Availability ApplicationAvailability `json:"availability,omitzero"`
	// ContextPath is where it is served: below /apps, or below /service if it is a
	// microservice. A hosted application must have one.
	ContextPath string `json:"contextPath,omitzero"`
	Description string `json:"description,omitzero"`
	// ExternalURL is where an external application is.
	ExternalURL string            `json:"externalUrl,omitzero"`
	Owner       *ApplicationOwner `json:"owner,omitzero"`
	// ActiveVersionID is the binary that is served; of a microservice, the version of its manifest.
	ActiveVersionID ID                   `json:"activeVersionId,omitzero"`
	ResourcesURL    string               `json:"resourcesUrl,omitzero"`
	Manifest        *ApplicationManifest `json:"manifest,omitzero"`
	// Roles are the permissions that a microservice adds, RequiredRoles those that it needs.
	Roles         []string `json:"roles,omitempty"`
	RequiredRoles []string `json:"requiredRoles,omitempty"`
	// The rest concerns web applications only.
	Breadcrumbs           Flag   `json:"breadcrumbs,omitzero"`
	ContentSecurityPolicy string `json:"contentSecurityPolicy,omitzero"`
	DynamicOptionsURL     string `json:"dynamicOptionsUrl,omitzero"`
	GlobalTitle           string `json:"globalTitle,omitzero"`
	Legacy                Flag   `json:"legacy,omitzero"`
	RightDrawer           Flag   `json:"rightDrawer,omitzero"`
	Upgrade               Flag   `json:"upgrade,omitzero"`
	Document
}

// ApplicationOwner is the tenant that an application belongs to.
type ApplicationOwner struct {
	Self   string `json:"self,omitzero"`
	Tenant struct {
		ID string `json:"id,omitzero"`
	} `json:"tenant,omitzero"`
	Document
}

// ApplicationListOptions are the options of [ApplicationsService.List].
type ApplicationListOptions struct {
	Name string          `query:"name"`
	Type ApplicationType `query:"type"`
	// Owner is the tenant that the application belongs to, Subscriber one that has subscribed
	// to it, ProvidedFor one that it was made available for, Tenant any of the two first.
	Owner       string `query:"owner"`
	Subscriber  string `query:"subscriber"`
	ProvidedFor string `query:"providedFor"`
	Tenant      string `query:"tenant"`
	// User is one who has access to the application.
	User string `query:"user"`
	// HasVersions selects those with or without versions; nil means all.
	HasVersions *bool `query:"hasVersions"`
	// Availability and DropOverwrittenApps are sent by the platform's own web applications and
	// not documented: the latter leaves out what a tenant has replaced by a copy of its own.
	Availability        ApplicationAvailability `query:"availability"`
	DropOverwrittenApps bool                    `query:"dropOverwrittenApps"`
	Paging
}

// ApplicationPaging are the options of the lists by name, owner, tenant and user.
type ApplicationPaging struct {
	Paging
}

// ApplicationsService lists, makes and changes applications.
type ApplicationsService service

func applicationRoute(id string, rest ...string) route {
	return at(append([]string{"application", "applications", id}, rest...)...)
}

func (s *ApplicationsService) listing(options *ApplicationListOptions) listing {
	return listing{path: at("application", "applications"), query: options, key: "applications"}
}

// List walks all applications that match.
//
// Operation: GET /application/applications
func (s *ApplicationsService) List(ctx context.Context, options *ApplicationListOptions) iter.Seq2[*Application, error] {
	return list[Application](ctx, s.client, s.listing(options))
}

// Pages walks the pages of applications.
//
// Operation: GET /application/applications
func (s *ApplicationsService) Pages(ctx context.Context, options *ApplicationListOptions) iter.Seq2[*Page[Application], error] {
	return pages[Application](ctx, s.client, s.listing(options))
}

// Page returns one page of applications.
//
// Operation: GET /application/applications
func (s *ApplicationsService) Page(ctx context.Context, options *ApplicationListOptions) (*Page[Application], error) {
	return page[Application](ctx, s.client, s.listing(options))
}

// Get returns one application.
//
// Operation: GET /application/applications/{id}
func (s *ApplicationsService) Get(ctx context.Context, id string) (*Application, error) {
	return one[Application](ctx, s.client, call{method: http.MethodGet, path: applicationRoute(id)})
}

// Create adds an application; name, key and type are required. [ErrConflict] means that the
// tenant has one with that name or key.
//
// Operation: POST /application/applications
func (s *ApplicationsService) Create(ctx context.Context, application *Application) (*Application, error) {
	return one[Application](ctx, s.client, call{
		method: http.MethodPost, path: at("application", "applications"), body: application,
	})
}

// Update changes an application. The patch is an *[Application] or a map with what changes and
// nothing else. To serve another binary, set activeVersionId.
//
// Operation: PUT /application/applications/{id}
func (s *ApplicationsService) Update(ctx context.Context, id string, patch any) (*Application, error) {
	return one[Application](ctx, s.client, call{method: http.MethodPut, path: applicationRoute(id), body: patch})
}

// ApplicationDeleteOptions are the options of [ApplicationsService.Delete].
type ApplicationDeleteOptions struct {
	// Force ends the subscriptions of other tenants first. Without it they are a reason to refuse.
	Force bool `query:"force"`
}

// Delete removes an application.
//
// Operation: DELETE /application/applications/{id}
func (s *ApplicationsService) Delete(ctx context.Context, id string, options *ApplicationDeleteOptions) error {
	return s.client.do(ctx, call{method: http.MethodDelete, path: applicationRoute(id), query: options})
}

// Clone copies an application that is no microservice; name, key and context path of the copy
// begin with "clone". Of an application with versions one is copied: nil means the latest.
//
// Operation: POST /application/applications/{id}/clone
func (s *ApplicationsService) Clone(ctx context.Context, id string, version *VersionSelector) (*Application, error) {
	return one[Application](ctx, s.client, call{
		method: http.MethodPost, path: applicationRoute(id, "clone"), query: version,
	})
}

// BootstrapUser returns the user with which a microservice asks for its subscriptions.
// [ErrInvalid] means that the application is no microservice.
//
// Operation: GET /application/applications/{id}/bootstrapUser
func (s *ApplicationsService) BootstrapUser(ctx context.Context, id string) (*ServiceUser, error) {
	return one[ServiceUser](ctx, s.client, call{method: http.MethodGet, path: applicationRoute(id, "bootstrapUser")})
}

// ServiceUser is a user made for a microservice: its bootstrap user, or the one it has in a
// tenant that has subscribed to it.
type ServiceUser struct {
	Tenant   string `json:"tenant,omitzero"`
	Name     string `json:"name,omitzero"`
	Password Secret `json:"password,omitzero"`
	Document
}

// Auth returns the user as credentials for a client.
func (u *ServiceUser) Auth() Auth { return Basic{Tenant: u.Tenant, User: u.Name, Password: u.Password} }

func applicationsBy(by, value string, options *ApplicationPaging) listing {
	return listing{path: at("application", by, value), query: options, key: "applications"}
}

// ByName walks the applications with a name.
//
// Operation: GET /application/applicationsByName/{name}
func (s *ApplicationsService) ByName(ctx context.Context, name string, options *ApplicationPaging) iter.Seq2[*Application, error] {
	return list[Application](ctx, s.client, applicationsBy("applicationsByName", name, options))
}

// ByNamePage returns one page of the applications with a name.
//
// Operation: GET /application/applicationsByName/{name}
func (s *ApplicationsService) ByNamePage(ctx context.Context, name string, options *ApplicationPaging) (*Page[Application], error) {
	return page[Application](ctx, s.client, applicationsBy("applicationsByName", name, options))
}

// ByOwner walks the applications that belong to a tenant.
//
// Operation: GET /application/applicationsByOwner/{tenantId}
func (s *ApplicationsService) ByOwner(ctx context.Context, tenantID string, options *ApplicationPaging) iter.Seq2[*Application, error] {
	return list[Application](ctx, s.client, applicationsBy("applicationsByOwner", tenantID, options))
}

// ByOwnerPage returns one page of the applications that belong to a tenant.
//
// Operation: GET /application/applicationsByOwner/{tenantId}
func (s *ApplicationsService) ByOwnerPage(ctx context.Context, tenantID string, options *ApplicationPaging) (*Page[Application], error) {
	return page[Application](ctx, s.client, applicationsBy("applicationsByOwner", tenantID, options))
}

// ByTenant walks the applications that a tenant owns or has subscribed to.
//
// Operation: GET /application/applicationsByTenant/{tenantId}
func (s *ApplicationsService) ByTenant(ctx context.Context, tenantID string, options *ApplicationPaging) iter.Seq2[*Application, error] {
	return list[Application](ctx, s.client, applicationsBy("applicationsByTenant", tenantID, options))
}

// ByTenantPage returns one page of the applications that a tenant owns or has subscribed to.
//
// Operation: GET /application/applicationsByTenant/{tenantId}
func (s *ApplicationsService) ByTenantPage(ctx context.Context, tenantID string, options *ApplicationPaging) (*Page[Application], error) {
	return page[Application](ctx, s.client, applicationsBy("applicationsByTenant", tenantID, options))
}

// ByUser walks the applications that a user has access to.
//
// Operation: GET /application/applicationsByUser/{username}
func (s *ApplicationsService) ByUser(ctx context.Context, user string, options *ApplicationPaging) iter.Seq2[*Application, error] {
	return list[Application](ctx, s.client, applicationsBy("applicationsByUser", user, options))
}

// ByUserPage returns one page of the applications that a user has access to.
//
// Operation: GET /application/applicationsByUser/{username}
func (s *ApplicationsService) ByUserPage(ctx context.Context, user string, options *ApplicationPaging) (*Page[Application], error) {
	return page[Application](ctx, s.client, applicationsBy("applicationsByUser", user, options))
}
