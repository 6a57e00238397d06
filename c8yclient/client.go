package c8yclient

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"c8yx/c8yclient/realtime"
)

// Client talks to one tenant as one user. Make it with [New]; it is safe for
// concurrent use.
type Client struct {
	base      *url.URL
	auth      Auth
	http      *http.Client
	transport *transport

	// Inventory holds devices, groups and everything else that is a managed object.
	Inventory *InventoryService
	// Identity maps names from outside (serial numbers, …) to managed objects.
	Identity *IdentityService
	// Alarms are conditions that somebody has to deal with.
	Alarms *AlarmsService
	// Events are things that happened.
	Events *EventsService
	// Measurements are numbers over time.
	Measurements *MeasurementsService
	// Operations are commands to devices.
	Operations *OperationsService
	// BulkOperations are commands to whole groups.
	BulkOperations *BulkOperationsService
	// Binaries are files in the inventory.
	Binaries *BinariesService
	// NewDeviceRequests are the user's side of registering devices.
	NewDeviceRequests *NewDeviceRequestsService
	// DeviceCredentials are the device's side of it.
	DeviceCredentials *DeviceCredentialsService
	// Enrollment gives devices certificates.
	Enrollment *EnrollmentService
	// TrustedCertificates are those with which devices may connect.
	TrustedCertificates *TrustedCertificatesService
	// CertificateAuthority is the tenant's own.
	CertificateAuthority *CertificateAuthorityService
	// CurrentUser is the user that the client is signed in as.
	CurrentUser *CurrentUserService
	// Users are those of a tenant.
	Users *UsersService
	// GlobalRoles are sets of permissions for the whole tenant.
	GlobalRoles *GlobalRolesService
	// Permissions are what users can be allowed to do.
	Permissions *PermissionsService
	// InventoryRoles are sets of permissions for parts of the inventory.
	InventoryRoles *InventoryRolesService
	// DevicePermissions are permissions for single managed objects.
	DevicePermissions *DevicePermissionsService
	// Tenant is the tenant that the client talks to.
	Tenant *TenantService
	// TenantOptions are the tenant's settings by category and key.
	TenantOptions *TenantOptionsService
	// SystemOptions are the platform's settings, read only.
	SystemOptions *SystemOptionsService
	// LoginOptions say how users may sign in.
	LoginOptions *LoginOptionsService
	// Tenants are the tenants below that one.
	Tenants *TenantsService
	// Applications are web applications, microservices and links.
	Applications *ApplicationsService
	// CurrentApplication is the microservice that the client runs in.
	CurrentApplication *CurrentApplicationService
	// Microservices tells how running microservices are.
	Microservices *MicroservicesService
	// UsageStatistics tell how much tenants and devices do.
	UsageStatistics *UsageStatisticsService
	// AuditRecords are the log of what users and the platform did.
	AuditRecords *AuditRecordsService
	// RetentionRules say how long data is kept.
	RetentionRules *RetentionRulesService
	// Features are features of the platform that can be switched on and off.
	Features *FeaturesService
	// RemoteAccess says what can be reached on devices through the platform.
	RemoteAccess *RemoteAccessService
	// NotificationSubscriptions say which news the platform keeps for consumers.
	NotificationSubscriptions *NotificationSubscriptionsService
	// NotificationTokens are what consumers connect with.
	NotificationTokens *NotificationTokensService
	// Platform holds the roots of the platform's APIs.
	Platform *PlatformService
	// Realtime delivers changes as they happen, over one connection that is opened
	// with the first subscription and closed with the last.
	Realtime *realtime.Client
}

// service is what every service is underneath: the client it belongs to.
type service struct{ client *Client }

// New returns a client for the tenant at the given address: a host name, or a
// URL with http or https and optionally a port and a path. Nothing is sent yet.
func New(address string, options ...Option) (*Client, error) {
	base, err := parseBaseURL(address)
	if err != nil {
		return nil, err
	}
	set := defaultSettings()
	for _, option := range options {
		option(&set)
	}
	c := &Client{base: base, auth: set.auth}
	c.transport = newTransport(base, set)
	c.http = &http.Client{Transport: c.transport, CheckRedirect: c.checkRedirect}

	common := &service{client: c}
	c.Inventory = (*InventoryService)(common)
	c.Identity = (*IdentityService)(common)
	c.Alarms = (*AlarmsService)(common)
	c.Events = (*EventsService)(common)
	c.Measurements = (*MeasurementsService)(common)
	c.Operations = (*OperationsService)(common)
	c.BulkOperations = (*BulkOperationsService)(common)
	c.Binaries = (*BinariesService)(common)
	c.NewDeviceRequests = (*NewDeviceRequestsService)(common)
	c.DeviceCredentials = (*DeviceCredentialsService)(common)
	c.Enrollment = (*EnrollmentService)(common)
	c.TrustedCertificates = (*TrustedCertificatesService)(common)
	c.CertificateAuthority = (*CertificateAuthorityService)(common)
	c.CurrentUser = (*CurrentUserService)(common)
	c.Users = (*UsersService)(common)
	c.GlobalRoles = (*GlobalRolesService)(common)
	c.Permissions = (*PermissionsService)(common)
	c.InventoryRoles = (*InventoryRolesService)(common)
	c.DevicePermissions = (*DevicePermissionsService)(common)
	c.Tenant = (*TenantService)(common)
	c.TenantOptions = (*TenantOptionsService)(common)
	c.SystemOptions = (*SystemOptionsService)(common)
	c.LoginOptions = (*LoginOptionsService)(common)
	c.Tenants = (*TenantsService)(common)
	c.Applications = (*ApplicationsService)(common)
	c.CurrentApplication = (*CurrentApplicationService)(common)
	c.Microservices = (*MicroservicesService)(common)
	c.UsageStatistics = (*UsageStatisticsService)(common)
	c.AuditRecords = (*AuditRecordsService)(common)
	c.RetentionRules = (*RetentionRulesService)(common)
	c.Features = (*FeaturesService)(common)
	c.RemoteAccess = (*RemoteAccessService)(common)
	c.NotificationSubscriptions = (*NotificationSubscriptionsService)(common)
	c.NotificationTokens = (*NotificationTokensService)(common)
	c.Platform = (*PlatformService)(common)
	c.Realtime = realtime.New(realtime.Config{
		URL:   c.base.JoinPath("notification", "realtime"),
		HTTP:  &http.Client{Transport: c.transport.unlimited(), CheckRedirect: c.checkRedirect},
		Authn: c.handshake, Refused: c.realtimeRefused,
	})
	return c, nil
}

// BaseURL returns the address of the tenant, without a trailing slash.
func (c *Client) BaseURL() *url.URL {
	base := *c.base
	return &base
}

// CloseIdleConnections closes connections that no request is using.
func (c *Client) CloseIdleConnections() { c.http.CloseIdleConnections() }

// handshake returns the credentials for the realtime handshake. Those that the tenant does not
// accept are not tried again and again: that would lock the account.
func (c *Client) handshake(ctx context.Context) (realtime.Authn, error) {
	auth, ok := c.auth.(RealtimeAuth)
	if !ok {
		return realtime.Authn{}, nil
	}
	authn, err := auth.Handshake(ctx, c)
	if errors.Is(err, ErrUnauthorized) || errors.Is(err, ErrForbidden) {
		err = fmt.Errorf("%w: %w", realtime.ErrRefused, err)
	}
	return authn, err
}

// realtimeRefused has the credentials renewed after the realtime connection was refused, as a
// refused request does.
func (c *Client) realtimeRefused(ctx context.Context, shown time.Time, why error) error {
	renewer, ok := c.auth.(Renewer)
	if !ok {
		return why
	}
	return renewer.Renew(ctx, &Error{
		Method: http.MethodPost, Target: "/notification/realtime", Status: http.StatusUnauthorized, Message: why.Error(),
		Sent: shown, kinds: []error{ErrUnauthorized}, cause: why,
	})
}
