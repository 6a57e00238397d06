package c8yclient

import (
	"context"
	"iter"
	"net/http"
)

// TenantOption is a setting. Keys beginning with "credentials." are stored encrypted, and
// their values are not given back.
type TenantOption struct {
	Category string `json:"category,omitzero"`
	Key      string `json:"key,omitzero"`
	Value    string `json:"value"`
	Self     string `json:"self,omitzero"`
	Document
}

// TenantOptionListOptions are the options of [TenantOptionsService.List]. Of the totals,
// the platform knows only that of pages.
type TenantOptionListOptions struct {
	Paging
}

// TenantOptionsService reads and changes the settings of the tenant.
type TenantOptionsService service

func (s *TenantOptionsService) listing(options *TenantOptionListOptions) listing {
	return listing{path: at("tenant", "options"), query: options, key: "options"}
}

// List walks all settings.
//
// Operation: GET /tenant/options
func (s *TenantOptionsService) List(ctx context.Context, options *TenantOptionListOptions) iter.Seq2[*TenantOption, error] {
	return list[TenantOption](ctx, s.client, s.listing(options))
}

// Pages walks the pages of settings.
//
// Operation: GET /tenant/options
func (s *TenantOptionsService) Pages(ctx context.Context, options *TenantOptionListOptions) iter.Seq2[*Page[TenantOption], error] {
	return pages[TenantOption](ctx, s.client, s.listing(options))
}

// Page returns one page of settings.
//
// Operation: GET /tenant/options
func (s *TenantOptionsService) Page(ctx context.Context, options *TenantOptionListOptions) (*Page[TenantOption], error) {
	return page[TenantOption](ctx, s.client, s.listing(options))
}

// Get returns one setting.
//
// Operation: GET /tenant/options/{category}/{key}
func (s *TenantOptionsService) Get(ctx context.Context, category, key string) (*TenantOption, error) {
	return one[TenantOption](ctx, s.client, call{method: http.MethodGet, path: at("tenant", "options", category, key)})
}

// Category returns the settings of a category by key; none if there is no such category.
//
// Operation: GET /tenant/options/{category}
func (s *TenantOptionsService) Category(ctx context.Context, category string) (map[string]string, error) {
	settings := map[string]string{}
	err := s.client.do(ctx, call{method: http.MethodGet, path: at("tenant", "options", category), into: &settings})
	return settings, err
}

// Create adds a setting, or changes it if it is there.
//
// Operation: POST /tenant/options
func (s *TenantOptionsService) Create(ctx context.Context, option TenantOption) (*TenantOption, error) {
	return one[TenantOption](ctx, s.client, call{method: http.MethodPost, path: at("tenant", "options"), body: option})
}

// Update changes the value of a setting. [ErrForbidden] may mean that it is not editable.
//
// Operation: PUT /tenant/options/{category}/{key}
func (s *TenantOptionsService) Update(ctx context.Context, category, key, value string) (*TenantOption, error) {
	return one[TenantOption](ctx, s.client, call{
		method: http.MethodPut, path: at("tenant", "options", category, key), body: map[string]string{"value": value},
	})
}

// UpdateCategory changes several settings of a category and returns all of them.
//
// Operation: PUT /tenant/options/{category}
func (s *TenantOptionsService) UpdateCategory(ctx context.Context, category string, values map[string]string) (map[string]string, error) {
	settings := map[string]string{}
	err := s.client.do(ctx, call{
		method: http.MethodPut, path: at("tenant", "options", category), body: values, into: &settings,
	})
	return settings, err
}

// Delete removes a setting.
//
// Operation: DELETE /tenant/options/{category}/{key}
func (s *TenantOptionsService) Delete(ctx context.Context, category, key string) error {
	return s.client.do(ctx, call{method: http.MethodDelete, path: at("tenant", "options", category, key)})
}

// SystemOptionsService reads the settings of the platform.
type SystemOptionsService service

// List returns all settings of the platform that users may see; they are not paged.
//
// Operation: GET /tenant/system/options
func (s *SystemOptionsService) List(ctx context.Context) ([]*TenantOption, error) {
	return items[TenantOption](ctx, s.client, call{
		method: http.MethodGet, path: at("tenant", "system", "options"),
	}, "options")
}

// Get returns one setting of the platform, for example category "system", key "version".
//
// Operation: GET /tenant/system/options/{category}/{key}
func (s *SystemOptionsService) Get(ctx context.Context, category, key string) (*TenantOption, error) {
	return one[TenantOption](ctx, s.client, call{
		method: http.MethodGet, path: at("tenant", "system", "options", category, key),
	})
}
