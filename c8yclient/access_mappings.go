package c8yclient

import (
	"context"
	"net/http"
	"strconv"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// Predicate is a condition on the claims of a token: a comparison, or AND or OR over others.
type Predicate struct {
	// Operator is EQ, NEQ, GT, LT, GTE, LTE, IN, AND or OR.
	Operator string `json:"operator,omitzero"`
	// ParameterPath is the claim to compare with Value.
	ParameterPath   string      `json:"parameterPath,omitzero"`
	Value           string      `json:"value,omitzero"`
	ChildPredicates []Predicate `json:"childPredicates,omitempty"`
	Document
}

// NumericIDs are ids that the platform wants as numbers. They are read in either form.
type NumericIDs []ID

// MarshalJSONTo writes numbers, as far as they are.
func (ids NumericIDs) MarshalJSONTo(enc *jsontext.Encoder) error {
	if err := enc.WriteToken(jsontext.BeginArray); err != nil {
		return err
	}
	for _, id := range ids {
		token := jsontext.String(string(id))
		if number, err := strconv.ParseInt(string(id), 10, 64); err == nil {
			token = jsontext.Int(number)
		}
		if err := enc.WriteToken(token); err != nil {
			return err
		}
	}
	return enc.WriteToken(jsontext.EndArray)
}

var _ json.MarshalerTo = NumericIDs(nil)

// AccessMapping gives users global roles and applications according to their tokens.
type AccessMapping struct {
	ID   string     `json:"id,omitzero"`
	Self string     `json:"self,omitzero"`
	When *Predicate `json:"when,omitzero"`
	// ThenGroups are ids of global roles, ThenApplications of applications.
	ThenGroups       NumericIDs `json:"thenGroups,omitempty"`
	ThenApplications NumericIDs `json:"thenApplications,omitempty"`
	Document
}

// InventoryAccessMapping gives users inventory roles according to their tokens.
type InventoryAccessMapping struct {
	ID                 string               `json:"id,omitzero"`
	Self               string               `json:"self,omitzero"`
	When               *Predicate           `json:"when,omitzero"`
	ThenInventoryRoles []InventoryRoleGrant `json:"thenInventoryRoles,omitempty"`
	Document
}

// InventoryRoleGrant is some inventory roles for one group of devices.
type InventoryRoleGrant struct {
	ManagedObject ID         `json:"managedObject,omitzero"`
	RoleIDs       NumericIDs `json:"roleIds,omitempty"`
	Document
}

// AccessMappings returns what gives users of a way to sign in their global roles and applications;
// not paged.
//
// Operation: GET /tenant/loginOptions/{typeOrId}/accessMappings
func (s *LoginOptionsService) AccessMappings(ctx context.Context, typeOrID string) ([]*AccessMapping, error) {
	return items[AccessMapping](ctx, s.client, call{
		method: http.MethodGet, path: loginOptionRoute(typeOrID, "accessMappings"),
	}, "accessMappings")
}

// AccessMapping returns one access mapping.
//
// Operation: GET /tenant/loginOptions/{typeOrId}/accessMappings/{id}
func (s *LoginOptionsService) AccessMapping(ctx context.Context, typeOrID, id string) (*AccessMapping, error) {
	return one[AccessMapping](ctx, s.client, call{
		method: http.MethodGet, path: loginOptionRoute(typeOrID, "accessMappings", id),
	})
}

// CreateAccessMapping adds an access mapping. Users are signed out unless the options say otherwise.
//
// Operation: POST /tenant/loginOptions/{typeOrId}/accessMappings
func (s *LoginOptionsService) CreateAccessMapping(ctx context.Context, typeOrID string, mapping *AccessMapping, options *LoginOptionChangeOptions) (*AccessMapping, error) {
	return one[AccessMapping](ctx, s.client, call{
		method: http.MethodPost, path: loginOptionRoute(typeOrID, "accessMappings"), query: options.query(), body: mapping,
	})
}

// UpdateAccessMapping replaces an access mapping. Users are signed out unless the options say otherwise.
//
// Operation: PUT /tenant/loginOptions/{typeOrId}/accessMappings/{id}
func (s *LoginOptionsService) UpdateAccessMapping(ctx context.Context, typeOrID, id string, mapping *AccessMapping, options *LoginOptionChangeOptions) (*AccessMapping, error) {
	return one[AccessMapping](ctx, s.client, call{
		method: http.MethodPut, path: loginOptionRoute(typeOrID, "accessMappings", id), query: options.query(), body: mapping,
	})
}

// DeleteAccessMapping removes an access mapping. Users are signed out unless the options say otherwise.
//
// Operation: DELETE /tenant/loginOptions/{typeOrId}/accessMappings/{id}
func (s *LoginOptionsService) DeleteAccessMapping(ctx context.Context, typeOrID, id string, options *LoginOptionChangeOptions) error {
	return s.client.do(ctx, call{
		method: http.MethodDelete, path: loginOptionRoute(typeOrID, "accessMappings", id), query: options.query(),
	})
}

// InventoryAccessMappings returns what gives users of a way to sign in their inventory roles; not paged.
//
// Operation: GET /tenant/loginOptions/{typeOrId}/inventoryAccessMappings
func (s *LoginOptionsService) InventoryAccessMappings(ctx context.Context, typeOrID string) ([]*InventoryAccessMapping, error) {
	return items[InventoryAccessMapping](ctx, s.client, call{
		method: http.MethodGet, path: loginOptionRoute(typeOrID, "inventoryAccessMappings"),
	}, "inventoryAccessMappings")
}

// InventoryAccessMapping returns one inventory access mapping.
//
// Operation: GET /tenant/loginOptions/{typeOrId}/inventoryAccessMappings/{id}
func (s *LoginOptionsService) InventoryAccessMapping(ctx context.Context, typeOrID, id string) (*InventoryAccessMapping, error) {
	return one[InventoryAccessMapping](ctx, s.client, call{
		method: http.MethodGet, path: loginOptionRoute(typeOrID, "inventoryAccessMappings", id),
	})
}

// CreateInventoryAccessMapping adds an inventory access mapping. Users are signed out unless the
// options say otherwise.
//
// Operation: POST /tenant/loginOptions/{typeOrId}/inventoryAccessMappings
func (s *LoginOptionsService) CreateInventoryAccessMapping(ctx context.Context, typeOrID string, mapping *InventoryAccessMapping, options *LoginOptionChangeOptions) (*InventoryAccessMapping, error) {
	return one[InventoryAccessMapping](ctx, s.client, call{
		method: http.MethodPost, path: loginOptionRoute(typeOrID, "inventoryAccessMappings"),
		query: options.query(), body: mapping,
	})
}

// UpdateInventoryAccessMapping replaces an inventory access mapping. Users are signed out unless the
// options say otherwise.
//
// Operation: PUT /tenant/loginOptions/{typeOrId}/inventoryAccessMappings/{id}
func (s *LoginOptionsService) UpdateInventoryAccessMapping(ctx context.Context, typeOrID, id string, mapping *InventoryAccessMapping, options *LoginOptionChangeOptions) (*InventoryAccessMapping, error) {
	return one[InventoryAccessMapping](ctx, s.client, call{
		method: http.MethodPut, path: loginOptionRoute(typeOrID, "inventoryAccessMappings", id),
		query: options.query(), body: mapping,
	})
}

// DeleteInventoryAccessMapping removes an inventory access mapping. Users are signed out unless the
// options say otherwise.
//
// Operation: DELETE /tenant/loginOptions/{typeOrId}/inventoryAccessMappings/{id}
func (s *LoginOptionsService) DeleteInventoryAccessMapping(ctx context.Context, typeOrID, id string, options *LoginOptionChangeOptions) error {
	return s.client.do(ctx, call{
		method: http.MethodDelete, path: loginOptionRoute(typeOrID, "inventoryAccessMappings", id), query: options.query(),
	})
}
