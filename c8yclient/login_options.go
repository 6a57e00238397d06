package c8yclient

import (
	"context"
	"net/http"
	"net/url"
	"strings"
)

// LoginType is a way to sign in.
type LoginType string

// The ways to sign in.
const (
	// LoginBasic is user and password with every request.
	LoginBasic LoginType = "BASIC"
	// LoginToken is user and password once, for a token ("OAI-Secure").
	LoginToken LoginType = "OAUTH2_INTERNAL"
	// LoginSSO is somebody else's sign-in page.
	LoginSSO LoginType = "OAUTH2"
)

// LoginOption is a way to sign in that a tenant offers.
type LoginOption struct {
	ID   string    `json:"id,omitzero"`
	Type LoginType `json:"type,omitzero"`
	Self string    `json:"self,omitzero"`
	// ButtonName is the label of an SSO option.
	ButtonName           string `json:"buttonName,omitzero"`
	GrantType            string `json:"grantType,omitzero"`
	UserManagementSource string `json:"userManagementSource,omitzero"`
	VisibleOnLoginPage   Flag   `json:"visibleOnLoginPage,omitzero"`
	// InitRequest is where signing in begins; see [LoginOption.TenantID].
	InitRequest         string `json:"initRequest,omitzero"`
	LoginRedirectDomain string `json:"loginRedirectDomain,omitzero"`
	// TFAStrategy is "TOTP" or "SMS" where the tenant has a second factor.
	TFAStrategy      string `json:"tfaStrategy,omitzero"`
	TFASupported     Flag   `json:"tfaSupported,omitzero"`
	EnforceStrength  Flag   `json:"enforceStrength,omitzero"`
	StrengthValidity Flag   `json:"strengthValidity,omitzero"`
	GreenMinLength   int    `json:"greenMinLength,omitzero"`
	// Session says how long tokens live, where the tenant tells.
	Session *SessionConfiguration `json:"sessionConfiguration,omitzero"`
	Document
}

// SessionConfiguration says how long a session lives.
type SessionConfiguration struct {
	AbsoluteTimeoutMillis           int64 `json:"absoluteTimeoutMillis,omitzero"`
	RenewalTimeoutMillis            int64 `json:"renewalTimeoutMillis,omitzero"`
	MaximumNumberOfParallelSessions int   `json:"maximumNumberOfParallelSessions,omitzero"`
	UserAgentValidationRequired     Flag  `json:"userAgentValidationRequired,omitzero"`
}

// Is reports whether the option is of that type, in whatever case the tenant writes it.
func (o *LoginOption) Is(t LoginType) bool { return strings.EqualFold(string(o.Type), string(t)) }

// TenantID returns the id of the tenant as the option's InitRequest tells it, or "".
func (o *LoginOption) TenantID() string {
	u, err := url.Parse(o.InitRequest)
	if err != nil {
		return ""
	}
	return u.Query().Get("tenant_id")
}

// LoginOptionsListOptions are the options of [LoginOptionsService.List].
type LoginOptionsListOptions struct {
	// TenantID is needed where the host name does not identify the tenant.
	TenantID string `query:"tenantId"`
	// Management asks for the options of the management tenant instead.
	Management bool `query:"management"`
}

// LoginOptionsService says how users may sign in.
type LoginOptionsService service

// List returns the ways to sign in. It needs no credentials and sends none.
//
// Operation: GET /tenant/loginOptions
func (s *LoginOptionsService) List(ctx context.Context, options *LoginOptionsListOptions) ([]*LoginOption, error) {
	return items[LoginOption](withoutAuth(ctx), s.client, call{
		method: http.MethodGet, path: at("tenant", "loginOptions"), query: options,
	}, "loginOptions")
}
