package c8yclient

import (
	"context"
	"errors"
	"net/http"
	"time"
)

// MicroservicesService looks after running microservices. Nothing of it is part of the documented
// API: it is what the platform's own tools use, and what most microservices offer because of
// the framework they are made with.
type MicroservicesService service

// Status returns the managed object with which the platform reports on a microservice: its
// fragments tell about instances and subscriptions, and its events and alarms about trouble.
// [ErrNotFound] means that it was never deployed.
//
// Operation: GET /inventory/managedObjects
func (s *MicroservicesService) Status(ctx context.Context, applicationID string) (*ManagedObject, error) {
	if applicationID == "" {
		return nil, invalid(http.MethodGet, "", errors.New("no application given"))
	}
	found, err := s.client.Inventory.Page(ctx, &InventoryListOptions{
		InventoryFilter: InventoryFilter{Type: "c8y_Application_" + applicationID}, Paging: Paging{PageSize: 1},
	})
	if err != nil {
		return nil, err
	}
	if len(found.Items) == 0 {
		return nil, &Error{
			Method: http.MethodGet, Target: found.Self, Status: http.StatusOK,
			Message: "there is no status of that microservice", kinds: []error{ErrNotFound},
		}
	}
	return found.Items[0], nil
}

// MicroserviceLogOptions are the options of [MicroservicesService.Logs].
type MicroserviceLogOptions struct {
	DateFrom time.Time `query:"dateFrom"`
	DateTo   time.Time `query:"dateTo"`
}

// MicroserviceLog is what an instance of a microservice has written.
type MicroserviceLog struct {
	ApplicationID ID     `json:"applicationId,omitzero"`
	InstanceName  string `json:"instanceName,omitzero"`
	// Logs is the text. It comes from outside and may hold anything.
	Logs string `json:"logs,omitzero"`
	Document
}

// decodeAnswer takes an answer that is no JSON for the text of the log.
func (l *MicroserviceLog) decodeAnswer(body []byte) error {
	type plain MicroserviceLog
	if body[0] == '{' && decode(body, (*plain)(l)) == nil {
		return nil
	}
	*l = MicroserviceLog{Logs: string(body)}
	return nil
}

// Logs returns what an instance has written within a time.
//
// Operation: GET /application/applications/{id}/logs/{instance}
func (s *MicroservicesService) Logs(ctx context.Context, applicationID, instance string, options *MicroserviceLogOptions) (*MicroserviceLog, error) {
	return one[MicroserviceLog](ctx, s.client, call{
		method: http.MethodGet, path: applicationRoute(applicationID, "logs", instance), query: options,
		accept: "application/json, text/plain",
	})
}

// Health is what a microservice says about itself. Status is "UP" if all is well; what it is made
// of is in the fragments.
type Health struct {
	Status string `json:"status,omitzero"`
	Document
}

// Health asks a microservice how it is. One that is not well answers with [ErrServer].
//
// Operation: GET /service/{contextPath}/health
func (s *MicroservicesService) Health(ctx context.Context, contextPath string) (*Health, error) {
	return one[Health](ctx, s.client, call{method: http.MethodGet, path: at("service", contextPath, "health")})
}

// Logger is a part of a microservice whose log can be made more or less talkative. The levels
// are TRACE, DEBUG, INFO, WARN, ERROR and OFF, or what the framework has.
type Logger struct {
	// ConfiguredLevel is empty if the logger takes the level of a wider one.
	ConfiguredLevel string `json:"configuredLevel,omitzero"`
	EffectiveLevel  string `json:"effectiveLevel,omitzero"`
	Document
}

// Loggers are the loggers of a microservice by name, and the levels they may have.
type Loggers struct {
	Levels  []string           `json:"levels,omitempty"`
	Loggers map[string]*Logger `json:"loggers,omitempty"`
	Document
}

// Loggers returns the loggers of a microservice. [ErrNotFound] means that it has none that can be set.
//
// Operation: GET /service/{contextPath}/loggers
func (s *MicroservicesService) Loggers(ctx context.Context, contextPath string) (*Loggers, error) {
	return one[Loggers](ctx, s.client, call{method: http.MethodGet, path: at("service", contextPath, "loggers")})
}

// Logger returns one logger of a microservice.
//
// Operation: GET /service/{contextPath}/loggers/{logger}
func (s *MicroservicesService) Logger(ctx context.Context, contextPath, logger string) (*Logger, error) {
	return one[Logger](ctx, s.client, call{method: http.MethodGet, path: at("service", contextPath, "loggers", logger)})
}

// SetLogLevel sets the level of a logger until the microservice starts again. An empty level has it
// follow the wider logger.
//
// Operation: POST /service/{contextPath}/loggers/{logger}
func (s *MicroservicesService) SetLogLevel(ctx context.Context, contextPath, logger, level string) error {
	body := map[string]any{"configuredLevel": nil}
	if level != "" {
		body["configuredLevel"] = level
	}
	return s.client.do(ctx, call{method: http.MethodPost, path: at("service", contextPath, "loggers", logger), body: body})
}
