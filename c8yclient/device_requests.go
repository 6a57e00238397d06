package c8yclient

import (
	"context"
	"iter"
	"net/http"
	"time"
)

// NewDeviceRequestStatus says how far the registration of a device is.
type NewDeviceRequestStatus string

// The life of a request.
const (
	// RequestWaiting: the device has not asked yet.
	RequestWaiting NewDeviceRequestStatus = "WAITING_FOR_CONNECTION"
	// RequestPending: the device has asked, and a user must accept it.
	RequestPending NewDeviceRequestStatus = "PENDING_ACCEPTANCE"
	// RequestAccepted: the device gets its credentials when it asks the next time.
	RequestAccepted NewDeviceRequestStatus = "ACCEPTED"
	// RequestBlocked: too many wrong security tokens; delete the request and make another.
	RequestBlocked NewDeviceRequestStatus = "BLOCKED"
)

// NewDeviceRequest announces a device that will ask for credentials.
type NewDeviceRequest struct {
	// ID is what the device will say it is, often its serial number.
	ID     string                 `json:"id,omitzero"`
	Self   string                 `json:"self,omitzero"`
	Status NewDeviceRequestStatus `json:"status,omitzero"`
	// Type is the type of the managed object, GroupID the group that it is put into.
	Type    string `json:"type,omitzero"`
	GroupID ID     `json:"groupId,omitzero"`
	Owner   string `json:"owner,omitzero"`
	// TenantID is the tenant of the device, which only the management tenant may choose.
	TenantID     string    `json:"tenantId,omitzero"`
	CreationTime time.Time `json:"creationTime,omitzero"`
	// EnrollmentToken is the one-time password with which the device asks for a certificate.
	EnrollmentToken Secret `json:"enrollmentToken,omitzero"`
	// CustomProperties go into the managed object.
	CustomProperties Document `json:"customProperties,omitzero"`
	Document
}

// NewDeviceRequestPatch changes a request.
type NewDeviceRequestPatch struct {
	Status NewDeviceRequestStatus
	// SecurityToken is what the device shows, if it must show something.
	SecurityToken Secret
	// EnrollmentToken is the one-time password with which the device asks for a certificate.
	EnrollmentToken Secret
}

// NewDeviceRequestListOptions are the options of [NewDeviceRequestsService.List].
type NewDeviceRequestListOptions struct {
	Paging
}

// AcceptedDevice says what became of one request when all were accepted.
type AcceptedDevice struct {
	ID         string `json:"id,omitzero"`
	Successful bool   `json:"successful"`
	// Error says why it was not accepted.
	Error string `json:"error,omitzero"`
	Document
}

// DeviceLimit says how many devices a tenant may have.
type DeviceLimit struct {
	Reached     bool `json:"isReached"`
	Limit       int  `json:"limit,omitzero"`
	DeviceCount int  `json:"deviceCount,omitzero"`
	Document
}

// NewDeviceRequestsService is the user's side of registering devices. The device's side
// is [DeviceCredentialsService].
type NewDeviceRequestsService service

func (s *NewDeviceRequestsService) listing(options *NewDeviceRequestListOptions) listing {
	return listing{path: at("devicecontrol", "newDeviceRequests"), query: options, key: "newDeviceRequests"}
}

// List walks all requests that wait for something.
//
// Operation: GET /devicecontrol/newDeviceRequests
func (s *NewDeviceRequestsService) List(ctx context.Context, options *NewDeviceRequestListOptions) iter.Seq2[*NewDeviceRequest, error] {
	return list[NewDeviceRequest](ctx, s.client, s.listing(options))
}

// Pages walks the pages of requests.
//
// Operation: GET /devicecontrol/newDeviceRequests
func (s *NewDeviceRequestsService) Pages(ctx context.Context, options *NewDeviceRequestListOptions) iter.Seq2[*Page[NewDeviceRequest], error] {
	return pages[NewDeviceRequest](ctx, s.client, s.listing(options))
}

// Page returns one page of requests.
//
// Operation: GET /devicecontrol/newDeviceRequests
func (s *NewDeviceRequestsService) Page(ctx context.Context, options *NewDeviceRequestListOptions) (*Page[NewDeviceRequest], error) {
	return page[NewDeviceRequest](ctx, s.client, s.listing(options))
}

// Get returns one request.
//
// Operation: GET /devicecontrol/newDeviceRequests/{requestId}
func (s *NewDeviceRequestsService) Get(ctx context.Context, id string) (*NewDeviceRequest, error) {
	return one[NewDeviceRequest](ctx, s.client, call{method: http.MethodGet, path: at("devicecontrol", "newDeviceRequests", id)})
}

// Create announces a device; an id is required. [ErrConflict] and [ErrInvalid] mean that
// there is such a request, or such a device, already.
//
// Operation: POST /devicecontrol/newDeviceRequests
func (s *NewDeviceRequestsService) Create(ctx context.Context, request *NewDeviceRequest) (*NewDeviceRequest, error) {
	return one[NewDeviceRequest](ctx, s.client, call{
		method: http.MethodPost, path: at("devicecontrol", "newDeviceRequests"),
		body: struct {
			*NewDeviceRequest
			EnrollmentToken string `json:"enrollmentToken,omitzero"`
		}{request, request.EnrollmentToken.Reveal()},
	})
}

// Accept lets a device have its credentials. The security token may be empty unless the
// tenant wants one. [ErrInvalid] means that it is not what the device says, or that the
// device has not asked yet.
//
// Operation: PUT /devicecontrol/newDeviceRequests/{requestId}
func (s *NewDeviceRequestsService) Accept(ctx context.Context, id string, securityToken Secret) (*NewDeviceRequest, error) {
	return s.Update(ctx, id, NewDeviceRequestPatch{Status: RequestAccepted, SecurityToken: securityToken})
}

// Update changes a request and returns it as it is now.
//
// Operation: PUT /devicecontrol/newDeviceRequests/{requestId}
func (s *NewDeviceRequestsService) Update(ctx context.Context, id string, patch NewDeviceRequestPatch) (*NewDeviceRequest, error) {
	return one[NewDeviceRequest](ctx, s.client, call{
		method: http.MethodPut, path: at("devicecontrol", "newDeviceRequests", id),
		body: struct {
			Status          NewDeviceRequestStatus `json:"status"`
			SecurityToken   string                 `json:"securityToken,omitzero"`
			EnrollmentToken string                 `json:"enrollmentToken,omitzero"`
		}{patch.Status, patch.SecurityToken.Reveal(), patch.EnrollmentToken.Reveal()},
	})
}

// Delete withdraws a request.
//
// Operation: DELETE /devicecontrol/newDeviceRequests/{requestId}
func (s *NewDeviceRequestsService) Delete(ctx context.Context, id string) error {
	return s.client.do(ctx, call{method: http.MethodDelete, path: at("devicecontrol", "newDeviceRequests", id)})
}

// AcceptAll accepts all devices that have asked, and says what became of each. The
// operation is not part of the core specification.
//
// Operation: POST /devicecontrol/newDeviceRequests/acceptAll
func (s *NewDeviceRequestsService) AcceptAll(ctx context.Context) ([]*AcceptedDevice, error) {
	return array[AcceptedDevice](ctx, s.client, call{
		method: http.MethodPost, path: at("devicecontrol", "newDeviceRequests", "acceptAll"), body: struct{}{},
	})
}

// Limit returns how many devices the tenant may have. The operation is not part of the
// core specification.
//
// Operation: GET /devicecontrol/newDeviceRequests/limit
func (s *NewDeviceRequestsService) Limit(ctx context.Context) (*DeviceLimit, error) {
	return one[DeviceLimit](ctx, s.client, call{
		method: http.MethodGet, path: at("devicecontrol", "newDeviceRequests", "limit"),
	})
}
