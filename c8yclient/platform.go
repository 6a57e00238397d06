package c8yclient

import (
	"context"
	"net/http"
)

// APIResource is the root of one of the platform's APIs: links to its collections, as addresses with
// placeholders such as {source}. They are the fragments; some hold the collection's self link
// and an empty list. The links name the host that the platform believes to be.
type APIResource struct {
	Self string `json:"self,omitzero"`
	Document
}

// Links returns the addresses by name.
func (r *APIResource) Links() map[string]string {
	links := map[string]string{}
	for name := range r.AllFragments() {
		if address, ok := FragmentAs[string](r, name); ok {
			links[name] = address
			continue
		}
		if collection, ok := FragmentAs[APIResource](r, name); ok && collection.Self != "" {
			links[name] = collection.Self
		}
	}
	return links
}

// PlatformResource holds the roots of the platform's APIs.
type PlatformResource struct {
	Self          string       `json:"self,omitzero"`
	Alarm         *APIResource `json:"alarm,omitzero"`
	Audit         *APIResource `json:"audit,omitzero"`
	DeviceControl *APIResource `json:"deviceControl,omitzero"`
	Event         *APIResource `json:"event,omitzero"`
	Identity      *APIResource `json:"identity,omitzero"`
	Inventory     *APIResource `json:"inventory,omitzero"`
	Measurement   *APIResource `json:"measurement,omitzero"`
	Tenant        *APIResource `json:"tenant,omitzero"`
	User          *APIResource `json:"user,omitzero"`
	Document
}

// PlatformService reads the roots of the platform's APIs. No program needs them to work; they
// tell which APIs a user may use.
type PlatformService service

// Get returns the roots of all APIs.
//
// Operation: GET /platform
func (s *PlatformService) Get(ctx context.Context) (*PlatformResource, error) {
	return one[PlatformResource](ctx, s.client, call{method: http.MethodGet, path: at("platform")})
}

// Alarm returns the root of the alarm API.
//
// Operation: GET /alarm
func (s *PlatformService) Alarm(ctx context.Context) (*APIResource, error) {
	return s.root(ctx, "alarm")
}

// Application returns the root of the application API.
//
// Operation: GET /application
func (s *PlatformService) Application(ctx context.Context) (*APIResource, error) {
	return s.root(ctx, "application")
}

// Audit returns the root of the audit API.
//
// Operation: GET /audit
func (s *PlatformService) Audit(ctx context.Context) (*APIResource, error) {
	return s.root(ctx, "audit")
}

// DeviceControl returns the root of the device control API.
//
// Operation: GET /devicecontrol
func (s *PlatformService) DeviceControl(ctx context.Context) (*APIResource, error) {
	return s.root(ctx, "devicecontrol")
}

// Event returns the root of the event API.
//
// Operation: GET /event
func (s *PlatformService) Event(ctx context.Context) (*APIResource, error) {
	return s.root(ctx, "event")
}

// Identity returns the root of the identity API.
//
// Operation: GET /identity
func (s *PlatformService) Identity(ctx context.Context) (*APIResource, error) {
	return s.root(ctx, "identity")
}

// Inventory returns the root of the inventory API.
//
// Operation: GET /inventory
func (s *PlatformService) Inventory(ctx context.Context) (*APIResource, error) {
	return s.root(ctx, "inventory")
}

// Measurement returns the root of the measurement API.
//
// Operation: GET /measurement
func (s *PlatformService) Measurement(ctx context.Context) (*APIResource, error) {
	return s.root(ctx, "measurement")
}

// Notification2 returns the root of the Notification 2.0 API.
//
// Operation: GET /notification2
func (s *PlatformService) Notification2(ctx context.Context) (*APIResource, error) {
	return s.root(ctx, "notification2")
}

// Tenant returns the root of the tenant API.
//
// Operation: GET /tenant
func (s *PlatformService) Tenant(ctx context.Context) (*APIResource, error) {
	return s.root(ctx, "tenant")
}

// User returns the root of the user API.
//
// Operation: GET /user
func (s *PlatformService) User(ctx context.Context) (*APIResource, error) { return s.root(ctx, "user") }

func (s *PlatformService) root(ctx context.Context, name string) (*APIResource, error) {
	return one[APIResource](ctx, s.client, call{method: http.MethodGet, path: at(name)})
}
