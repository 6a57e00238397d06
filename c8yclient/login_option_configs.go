package c8yclient

import (
	"context"
	"net/http"

	"github.com/go-json-experiment/json/jsontext"
)

// AuthConfig is a way to sign in as an administrator sees it: what [LoginOption] is to users, with
// all its settings. Most of them concern single sign-on, and what the identity provider is
// asked and told.
type AuthConfig struct {
	ID   string    `json:"id,omitzero"`
	Self string    `json:"self,omitzero"`
	Type LoginType `json:"type,omitzero"`
	// ProviderName and Type are required, ButtonName is the label on the page.
	ProviderName       string `json:"providerName,omitzero"`
	ButtonName         string `json:"buttonName,omitzero"`
	VisibleOnLoginPage *Flag  `json:"visibleOnLoginPage,omitzero"`
	// UserManagementSource is INTERNAL or REMOTE, GrantType PASSWORD or AUTHORIZATION_CODE.
	UserManagementSource string `json:"userManagementSource,omitzero"`
	GrantType            string `json:"grantType,omitzero"`
	// OnlyManagementTenantAccess says whether the tenant may not change it; see
	// [LoginOptionsService.Restrict].
	OnlyManagementTenantAccess Flag                        `json:"onlyManagementTenantAccess,omitzero"`
	AuthenticationRestrictions *AuthenticationRestrictions `json:"authenticationRestrictions,omitzero"`
	Session                    *SessionConfiguration       `json:"sessionConfiguration,omitzero"`

	// Template is the kind of identity provider: KEYCLOAK, AZURE, CUSTOM …
	Template           string `json:"template,omitzero"`
	ClientID           string `json:"clientId,omitzero"`
	Issuer             string `json:"issuer,omitzero"`
	Audience           string `json:"audience,omitzero"`
	RedirectToPlatform string `json:"redirectToPlatform,omitzero"`
	UseIDToken         Flag   `json:"useIdToken,omitzero"`
	// What the platform sends to the identity provider.
	AuthorizationRequest *AuthRequest `json:"authorizationRequest,omitzero"`
	TokenRequest         *AuthRequest `json:"tokenRequest,omitzero"`
	RefreshRequest       *AuthRequest `json:"refreshRequest,omitzero"`
	LogoutRequest        *AuthRequest `json:"logoutRequest,omitzero"`
	// SignatureVerification says where the keys of the identity provider are.
	SignatureVerification jsontext.Value `json:"signatureVerificationConfig,omitzero"`
	UserID                *UserIDConfig  `json:"userIdConfig,omitzero"`
	UserData              *UserDataNames `json:"accessTokenToUserDataMapping,omitzero"`
	OnNewUser             *OnNewUser     `json:"onNewUser,omitzero"`
	// ExternalToken lets clients come with tokens of the identity provider.
	ExternalToken *ExternalTokenConfig `json:"externalTokenConfig,omitzero"`
	Document
}

// AuthenticationRestrictions say who may not use Basic authentication. ForbiddenClients knows
// WEB_BROWSERS; the others are compared with the User-Agent header.
type AuthenticationRestrictions struct {
	ForbiddenClients    []string `json:"forbiddenClients,omitempty"`
	ForbiddenUserAgents []string `json:"forbiddenUserAgents,omitempty"`
	TrustedUserAgents   []string `json:"trustedUserAgents,omitempty"`
	Document
}

// AuthRequest is a request that the platform sends to an identity provider, with placeholders such as
// ${code}. Body, headers and parameters may hold the client's secret: do not print them.
type AuthRequest struct {
	// Method is GET or POST, Operation REDIRECT (the browser is sent there) or EXECUTE.
	Method        string            `json:"method,omitzero"`
	Operation     string            `json:"operation,omitzero"`
	URL           string            `json:"url,omitzero"`
	Headers       map[string]string `json:"headers,omitempty"`
	RequestParams map[string]string `json:"requestParams,omitempty"`
	Body          string            `json:"body,omitzero"`
	Document
}

// UserIDConfig says which claim of a token is the user name, or that all are one user.
type UserIDConfig struct {
	JWTField         string `json:"jwtField,omitzero"`
	UseConstantValue Flag   `json:"useConstantValue,omitzero"`
	ConstantValue    string `json:"constantValue,omitzero"`
	Document
}

// UserDataNames are the claims with the personal data of a user.
type UserDataNames struct {
	FirstName   string `json:"firstNameClaimName,omitzero"`
	LastName    string `json:"lastNameClaimName,omitzero"`
	Email       string `json:"emailClaimName,omitzero"`
	PhoneNumber string `json:"phoneNumberClaimName,omitzero"`
	Document
}

// OnNewUser says what users may do who sign in by single sign-on.
type OnNewUser struct {
	DynamicMapping *DynamicMapping `json:"dynamicMapping,omitzero"`
	Document
}

// DynamicMapping grants access according to the claims of a token.
type DynamicMapping struct {
	// Configuration says whether access is granted once or with every sign-in.
	Configuration     jsontext.Value            `json:"configuration,omitzero"`
	Mappings          []*AccessMapping          `json:"mappings,omitempty"`
	InventoryMappings []*InventoryAccessMapping `json:"inventoryMappings,omitempty"`
	Document
}

// ExternalTokenConfig says how tokens of the identity provider are checked.
type ExternalTokenConfig struct {
	Enabled            Flag          `json:"enabled,omitzero"`
	UserOrAppID        *UserIDConfig `json:"userOrAppIdConfig,omitzero"`
	ValidationRequired Flag          `json:"validationRequired,omitzero"`
	// ValidationMethod is INTROSPECTION or USERINFO.
	ValidationMethod       string       `json:"validationMethod,omitzero"`
	TokenValidationRequest *AuthRequest `json:"tokenValidationRequest,omitzero"`
	CheckIntervalMinutes   int          `json:"accessTokenValidityCheckIntervalInMinutes,omitzero"`
	Document
}

// LoginOptionChangeOptions are the options of what changes how users sign in.
type LoginOptionChangeOptions struct {
	// KeepSessions leaves users signed in who are; otherwise the platform signs them out.
	KeepSessions bool
}

// sessionsQuery is how the options are sent: nothing means that sessions end.
type sessionsQuery struct {
	Terminate *bool `query:"terminateUserSessions"`
}

func (o *LoginOptionChangeOptions) query() sessionsQuery {
	if o == nil || !o.KeepSessions {
		return sessionsQuery{}
	}
	return sessionsQuery{Terminate: new(bool)}
}

func loginOptionRoute(typeOrID string, rest ...string) route {
	return at(append([]string{"tenant", "loginOptions", typeOrID}, rest...)...)
}

// Get returns a way to sign in with all its settings, by its type or id.
//
// Operation: GET /tenant/loginOptions/{typeOrId}
func (s *LoginOptionsService) Get(ctx context.Context, typeOrID string) (*AuthConfig, error) {
	return one[AuthConfig](ctx, s.client, call{method: http.MethodGet, path: loginOptionRoute(typeOrID)})
}

// Create adds a way to sign in.
//
// Operation: POST /tenant/loginOptions
func (s *LoginOptionsService) Create(ctx context.Context, config *AuthConfig) (*AuthConfig, error) {
	return one[AuthConfig](ctx, s.client, call{method: http.MethodPost, path: at("tenant", "loginOptions"), body: config})
}

// Update replaces a way to sign in: get it, change it, and send it. All users who came that way
// are signed out unless the options say otherwise.
//
// Operation: PUT /tenant/loginOptions/{typeOrId}
func (s *LoginOptionsService) Update(ctx context.Context, typeOrID string, config *AuthConfig, options *LoginOptionChangeOptions) (*AuthConfig, error) {
	return one[AuthConfig](ctx, s.client, call{
		method: http.MethodPut, path: loginOptionRoute(typeOrID), query: options.query(), body: config,
	})
}

// Delete removes a way to sign in.
//
// Operation: DELETE /tenant/loginOptions/{typeOrId}
func (s *LoginOptionsService) Delete(ctx context.Context, typeOrID string) error {
	return s.client.do(ctx, call{method: http.MethodDelete, path: loginOptionRoute(typeOrID)})
}

// Restrict says whether another tenant may not change a way to sign in. It is for the management
// tenant.
//
// Operation: PUT /tenant/loginOptions/{typeOrId}/restrict
func (s *LoginOptionsService) Restrict(ctx context.Context, tenantID, typeOrID string, restricted bool) (*AuthConfig, error) {
	return one[AuthConfig](ctx, s.client, call{
		method: http.MethodPut, path: forTenant(tenantID, loginOptionRoute(typeOrID, "restrict")), query: targetTenant{tenantID},
		body: map[string]bool{"onlyManagementTenantAccess": restricted},
	})
}
