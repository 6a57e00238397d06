package c8yclient

import (
	"context"
	"net/http"
)

// FeaturePhase says how far a feature is from being there for all.
type FeaturePhase string

// The phases of a feature, in their order.
const (
	FeatureInDevelopment      FeaturePhase = "IN_DEVELOPMENT"
	FeaturePrivatePreview     FeaturePhase = "PRIVATE_PREVIEW"
	FeaturePublicPreview      FeaturePhase = "PUBLIC_PREVIEW"
	FeatureGenerallyAvailable FeaturePhase = "GENERALLY_AVAILABLE"
)

// Feature is a feature of the platform that can be switched on and off ("feature toggle").
type Feature struct {
	Key    string       `json:"key,omitzero"`
	Phase  FeaturePhase `json:"phase,omitzero"`
	Active Flag         `json:"active,omitzero"`
	// Strategy says whose choice it is: DEFAULT for the platform's, TENANT for the tenant's.
	Strategy string `json:"strategy,omitzero"`
	Document
}

// FeatureOverride is the choice of a tenant.
type FeatureOverride struct {
	TenantID string `json:"tenantId,omitzero"`
	Active   Flag   `json:"active,omitzero"`
	Document
}

// FeaturesService switches features of the platform. A tenant may choose for itself from the public
// preview on; the management tenant for all, and earlier.
type FeaturesService service

// List returns all features, as they are for the tenant; they are not paged.
//
// Operation: GET /features
func (s *FeaturesService) List(ctx context.Context) ([]*Feature, error) {
	return array[Feature](ctx, s.client, call{method: http.MethodGet, path: at("features")})
}

// Get returns one feature, as it is for the tenant.
//
// Operation: GET /features/{featureKey}
func (s *FeaturesService) Get(ctx context.Context, key string) (*Feature, error) {
	return one[Feature](ctx, s.client, call{method: http.MethodGet, path: at("features", key)})
}

// Overrides returns the choices of all tenants that made one. Only the management tenant may see them.
//
// Operation: GET /features/{featureKey}/by-tenant
func (s *FeaturesService) Overrides(ctx context.Context, key string) ([]*FeatureOverride, error) {
	return array[FeatureOverride](ctx, s.client, call{method: http.MethodGet, path: at("features", key, "by-tenant")})
}

// Set switches a feature for the tenant.
//
// Operation: PUT /features/{featureKey}/by-tenant
func (s *FeaturesService) Set(ctx context.Context, key string, active bool) error {
	return s.set(ctx, at("features", key, "by-tenant"), active)
}

// Reset forgets the choice of the tenant.
//
// Operation: DELETE /features/{featureKey}/by-tenant
func (s *FeaturesService) Reset(ctx context.Context, key string) error {
	return s.client.do(ctx, call{method: http.MethodDelete, path: at("features", key, "by-tenant")})
}

// SetFor switches a feature for another tenant. Only the management tenant may do it.
//
// Operation: PUT /features/{featureKey}/by-tenant/{tenantId}
func (s *FeaturesService) SetFor(ctx context.Context, key, tenantID string, active bool) error {
	return s.set(ctx, at("features", key, "by-tenant", tenantID), active)
}

// ResetFor forgets the choice of another tenant. Only the management tenant may do it.
//
// Operation: DELETE /features/{featureKey}/by-tenant/{tenantId}
func (s *FeaturesService) ResetFor(ctx context.Context, key, tenantID string) error {
	return s.client.do(ctx, call{method: http.MethodDelete, path: at("features", key, "by-tenant", tenantID)})
}

func (s *FeaturesService) set(ctx context.Context, path route, active bool) error {
	return s.client.do(ctx, call{method: http.MethodPut, path: path, body: map[string]bool{"active": active}})
}
