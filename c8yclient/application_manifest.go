package c8yclient

import (
	"context"
	"net/http"

	"github.com/go-json-experiment/json/jsontext"
)

// ApplicationManifest says how an application wants to be run (cumulocity.json of a microservice)
// or shown (of a web application). What else a web application declares is in the fragments.
type ApplicationManifest struct {
	APIVersion  string `json:"apiVersion,omitzero"`
	Version     string `json:"version,omitzero"`
	ContextPath string `json:"contextPath,omitzero"`
	// BillingMode is RESOURCES or SUBSCRIPTION, Isolation MULTI_TENANT or PER_TENANT, Scale
	// NONE or AUTO.
	BillingMode string `json:"billingMode,omitzero"`
	Isolation   string `json:"isolation,omitzero"`
	Scale       string `json:"scale,omitzero"`
	Provider    *struct {
		Name string `json:"name,omitzero"`
		Document
	} `json:"provider,omitzero"`
	Extensions []struct {
		Path string `json:"path,omitzero"`
		Type string `json:"type,omitzero"`
		Document
	} `json:"extensions,omitempty"`
	Resources        *ManifestResources `json:"resources,omitzero"`
	RequestResources *ManifestResources `json:"requestResources,omitzero"`
	LivenessProbe    *ManifestProbe     `json:"livenessProbe,omitzero"`
	ReadinessProbe   *ManifestProbe     `json:"readinessProbe,omitzero"`
	Roles            []string           `json:"roles,omitempty"`
	RequiredRoles    []string           `json:"requiredRoles,omitempty"`
	// Settings are the tenant options that the microservice declares, SettingsCategory where
	// they are; by default under its context path.
	Settings         jsontext.Value `json:"settings,omitzero"`
	SettingsCategory string         `json:"settingsCategory,omitzero"`
	// The rest concerns web applications only.
	NoAppSwitcher         Flag   `json:"noAppSwitcher,omitzero"`
	TabsHorizontal        Flag   `json:"tabsHorizontal,omitzero"`
	ContentSecurityPolicy string `json:"contentSecurityPolicy,omitzero"`
	Document
}

// ManifestResources are limits in the notation of Kubernetes: CPU "0.5" or "500m", memory "512Mi".
type ManifestResources struct {
	CPU    string `json:"cpu,omitzero"`
	Memory string `json:"memory,omitzero"`
	Document
}

// ManifestProbe says how the platform finds out whether a microservice is well. Times are in
// seconds.
type ManifestProbe struct {
	FailureThreshold    int `json:"failureThreshold,omitzero"`
	SuccessThreshold    int `json:"successThreshold,omitzero"`
	PeriodSeconds       int `json:"periodSeconds,omitzero"`
	TimeoutSeconds      int `json:"timeoutSeconds,omitzero"`
	InitialDelaySeconds int `json:"initialDelaySeconds,omitzero"`
	HTTPGet             *struct {
		Path string `json:"path,omitzero"`
		Port int    `json:"port,omitzero"`
		Document
	} `json:"httpGet,omitzero"`
	Document
}

// Manifest returns the manifest alone, as it was uploaded. It is not part of the documented API:
// the platform's web applications use it.
//
// Operation: GET /application/applications/{id}/manifest
func (s *ApplicationsService) Manifest(ctx context.Context, id string) (*ApplicationManifest, error) {
	return one[ApplicationManifest](ctx, s.client, call{method: http.MethodGet, path: applicationRoute(id, "manifest")})
}
