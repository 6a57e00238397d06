package c8yclient

import (
	"context"
	"net/http"

	"github.com/go-json-experiment/json/jsontext"
)

// CurrentApplicationService is about the microservice that the client runs in: it works with the
// microservice's bootstrap user and, where it says so, with its service user.
type CurrentApplicationService service

// Get returns the application. It needs the bootstrap user.
//
// Operation: GET /application/currentApplication
func (s *CurrentApplicationService) Get(ctx context.Context) (*Application, error) {
	return one[Application](ctx, s.client, call{method: http.MethodGet, path: at("application", "currentApplication")})
}

// Update changes the application; see [ApplicationsService.Update]. It needs the bootstrap user.
//
// Deprecated: the platform keeps the operation for old microservices.
//
// Operation: PUT /application/currentApplication
func (s *CurrentApplicationService) Update(ctx context.Context, patch any) (*Application, error) {
	return one[Application](ctx, s.client, call{
		method: http.MethodPut, path: at("application", "currentApplication"), body: patch,
	})
}

// ApplicationSettings are the settings of a microservice by key. Encrypted ones come in plain
// text and under the same names as the others, so that each is a secret until known better.
type ApplicationSettings map[string]Secret

// decodeAnswer reads both forms that are known: an object of keys and values, and a list of options.
func (settings *ApplicationSettings) decodeAnswer(body []byte) error {
	*settings = ApplicationSettings{}
	if jsontext.Value(body).Kind() == '[' {
		var options arrayDecoder[TenantOption]
		if err := options.decodeAnswer(body); err != nil {
			return err
		}
		for _, option := range options.items {
			(*settings)[option.Key] = Secret(option.Value)
		}
		return nil
	}
	var values map[string]jsontext.Value
	if err := unmarshal(body, &values); err != nil {
		return err
	}
	for key, value := range values {
		(*settings)[key] = Secret(looseText(value))
	}
	return nil
}

// Settings returns the settings that the microservice declares in its manifest, as they are for
// the tenant of the user. It needs the bootstrap user or a service user.
//
// Operation: GET /application/currentApplication/settings
func (s *CurrentApplicationService) Settings(ctx context.Context) (ApplicationSettings, error) {
	var settings ApplicationSettings
	err := s.client.do(ctx, call{
		method: http.MethodGet, path: at("application", "currentApplication", "settings"), into: &settings,
	})
	return settings, err
}

// Subscriptions returns the service users of the microservice, one for each tenant that has
// subscribed to it. It needs the bootstrap user.
//
// Operation: GET /application/currentApplication/subscriptions
func (s *CurrentApplicationService) Subscriptions(ctx context.Context) ([]*ServiceUser, error) {
	return items[ServiceUser](ctx, s.client, call{
		method: http.MethodGet, path: at("application", "currentApplication", "subscriptions"),
	}, "users")
}
