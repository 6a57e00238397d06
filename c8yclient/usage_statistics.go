package c8yclient

import (
	"context"
	"iter"
	"net/http"
	"time"

	"github.com/go-json-experiment/json/jsontext"
)

// UsageStatistics count what a tenant did, on one day or in a span of time. Requests are counted every
// five minutes, devices and storage three times a day.
type UsageStatistics struct {
	Self string    `json:"self,omitzero"`
	Day  time.Time `json:"day,omitzero"`
	// RequestCount are all requests, DeviceRequestCount those of devices: without an
	// application key, and not about users, tenants and applications.
	RequestCount       int64 `json:"requestCount,omitzero"`
	DeviceRequestCount int64 `json:"deviceRequestCount,omitzero"`
	// DeviceCount are all devices, DeviceEndpointCount those without and
	// DeviceWithChildrenCount those with child devices.
	DeviceCount             int64 `json:"deviceCount,omitzero"`
	DeviceEndpointCount     int64 `json:"deviceEndpointCount,omitzero"`
	DeviceWithChildrenCount int64 `json:"deviceWithChildrenCount,omitzero"`
	// StorageSize is in bytes.
	StorageSize int64 `json:"storageSize,omitzero"`
	// What was created and changed, and the sum of all of it.
	AlarmsCreatedCount                int64    `json:"alarmsCreatedCount,omitzero"`
	AlarmsUpdatedCount                int64    `json:"alarmsUpdatedCount,omitzero"`
	EventsCreatedCount                int64    `json:"eventsCreatedCount,omitzero"`
	EventsUpdatedCount                int64    `json:"eventsUpdatedCount,omitzero"`
	InventoriesCreatedCount           int64    `json:"inventoriesCreatedCount,omitzero"`
	InventoriesUpdatedCount           int64    `json:"inventoriesUpdatedCount,omitzero"`
	MeasurementsCreatedCount          int64    `json:"measurementsCreatedCount,omitzero"`
	OperationsCreatedCount            int64    `json:"operationsCreatedCount,omitzero"`
	OperationsUpdatedCount            int64    `json:"operationsUpdatedCount,omitzero"`
	TotalResourceCreateAndUpdateCount int64    `json:"totalResourceCreateAndUpdateCount,omitzero"`
	SubscribedApplications            []string `json:"subscribedApplications,omitempty"`
	// Resources are what microservices used.
	Resources *MicroserviceUsage `json:"resources,omitzero"`
	Document
}

// MicroserviceUsage is what microservices used: CPU in thousandths of a processor, memory in
// megabytes.
type MicroserviceUsage struct {
	CPU    int64               `json:"cpu,omitzero"`
	Memory int64               `json:"memory,omitzero"`
	UsedBy []MicroserviceShare `json:"usedBy,omitempty"`
	Document
}

// MicroserviceShare is what one microservice used, and why: its owner, or a subscription.
type MicroserviceShare struct {
	Name   string `json:"name,omitzero"`
	Cause  string `json:"cause,omitzero"`
	CPU    int64  `json:"cpu,omitzero"`
	Memory int64  `json:"memory,omitzero"`
	Document
}

// TenantUsageStatistics count what one of several tenants did in a span of time.
type TenantUsageStatistics struct {
	TenantID               string         `json:"tenantId,omitzero"`
	ParentTenantID         string         `json:"parentTenantId,omitzero"`
	TenantDomain           string         `json:"tenantDomain,omitzero"`
	TenantCompany          string         `json:"tenantCompany,omitzero"`
	TenantCustomProperties jsontext.Value `json:"tenantCustomProperties,omitzero"`
	ExternalReference      string         `json:"externalReference,omitzero"`
	// CreationTime is when the tenant was created.
	CreationTime time.Time `json:"creationTime,omitzero"`
	// The highest values within the span.
	PeakDeviceCount             int64 `json:"peakDeviceCount,omitzero"`
	PeakDeviceWithChildrenCount int64 `json:"peakDeviceWithChildrenCount,omitzero"`
	PeakStorageSize             int64 `json:"peakStorageSize,omitzero"`
	UsageStatistics
}

// UsageStatisticsListOptions are the options of [UsageStatisticsService.List]. Days are those of
// the platform's time zone.
type UsageStatisticsListOptions struct {
	DateFrom time.Time `query:"dateFrom"`
	DateTo   time.Time `query:"dateTo"`
	Paging
}

// UsageSummaryOptions are the options of [UsageStatisticsService.Summary]. Without dates it is about
// the current month.
type UsageSummaryOptions struct {
	DateFrom time.Time `query:"dateFrom"`
	DateTo   time.Time `query:"dateTo"`
	// Tenant is another tenant, for the one above it and the management tenant.
	Tenant string `query:"tenant"`
}

// UsageSpan are the options of [UsageStatisticsService.AllTenants].
type UsageSpan struct {
	DateFrom time.Time `query:"dateFrom"`
	DateTo   time.Time `query:"dateTo"`
}

// UsageStatisticsService tells how much tenants and devices do.
type UsageStatisticsService service

func (s *UsageStatisticsService) listing(options *UsageStatisticsListOptions) listing {
	return listing{path: at("tenant", "statistics"), query: options, key: "usageStatistics"}
}

// List walks the statistics of the tenant, day by day.
//
// Operation: GET /tenant/statistics
func (s *UsageStatisticsService) List(ctx context.Context, options *UsageStatisticsListOptions) iter.Seq2[*UsageStatistics, error] {
	return list[UsageStatistics](ctx, s.client, s.listing(options))
}

// Pages walks the pages of statistics.
//
// Operation: GET /tenant/statistics
func (s *UsageStatisticsService) Pages(ctx context.Context, options *UsageStatisticsListOptions) iter.Seq2[*Page[UsageStatistics], error] {
	return pages[UsageStatistics](ctx, s.client, s.listing(options))
}

// Page returns one page of statistics.
//
// Operation: GET /tenant/statistics
func (s *UsageStatisticsService) Page(ctx context.Context, options *UsageStatisticsListOptions) (*Page[UsageStatistics], error) {
	return page[UsageStatistics](ctx, s.client, s.listing(options))
}

// Summary returns the statistics of a span of time in one.
//
// Operation: GET /tenant/statistics/summary
func (s *UsageStatisticsService) Summary(ctx context.Context, options *UsageSummaryOptions) (*UsageStatistics, error) {
	return one[UsageStatistics](ctx, s.client, call{
		method: http.MethodGet, path: at("tenant", "statistics", "summary"), query: options,
	})
}

// AllTenants returns the statistics of a span of time for each tenant below; they are not paged.
//
// Operation: GET /tenant/statistics/allTenantsSummary
func (s *UsageStatisticsService) AllTenants(ctx context.Context, span *UsageSpan) ([]*TenantUsageStatistics, error) {
	return array[TenantUsageStatistics](ctx, s.client, call{
		method: http.MethodGet, path: at("tenant", "statistics", "allTenantsSummary"), query: span,
	})
}

// DeviceStatistics count the messages of a device: measurements, events, alarms and changes.
type DeviceStatistics struct {
	DeviceID      ID       `json:"deviceId,omitzero"`
	DeviceType    string   `json:"deviceType,omitzero"`
	DeviceParents []string `json:"deviceParents,omitempty"`
	Count         int64    `json:"count,omitzero"`
	Document
}

// DeviceStatisticsOptions are the options of [UsageStatisticsService.DevicesOnDay] and
// [UsageStatisticsService.DevicesInMonth]. Of the totals, the platform knows only that of pages.
type DeviceStatisticsOptions struct {
	DeviceID string `query:"deviceId"`
	Paging
}

// deviceStatistics is a list whose items are where others have the statistics of the page.
func deviceStatistics(tenantID, span string, day time.Time, options *DeviceStatisticsOptions) listing {
	return listing{
		path:  at("tenant", "statistics", "device", tenantID, span, day.Format(time.DateOnly)),
		query: options, key: "statistics",
	}
}

// DevicesOnDay walks the devices of a tenant with what they did on a day.
//
// Operation: GET /tenant/statistics/device/{tenantId}/daily/{date}
func (s *UsageStatisticsService) DevicesOnDay(ctx context.Context, tenantID string, day time.Time, options *DeviceStatisticsOptions) iter.Seq2[*DeviceStatistics, error] {
	return list[DeviceStatistics](ctx, s.client, deviceStatistics(tenantID, "daily", day, options))
}

// DevicesOnDayPage returns one page of what devices did on a day.
//
// Operation: GET /tenant/statistics/device/{tenantId}/daily/{date}
func (s *UsageStatisticsService) DevicesOnDayPage(ctx context.Context, tenantID string, day time.Time, options *DeviceStatisticsOptions) (*Page[DeviceStatistics], error) {
	return page[DeviceStatistics](ctx, s.client, deviceStatistics(tenantID, "daily", day, options))
}

// DevicesInMonth walks the devices of a tenant with what they did in the month of a day.
//
// Operation: GET /tenant/statistics/device/{tenantId}/monthly/{date}
func (s *UsageStatisticsService) DevicesInMonth(ctx context.Context, tenantID string, day time.Time, options *DeviceStatisticsOptions) iter.Seq2[*DeviceStatistics, error] {
	return list[DeviceStatistics](ctx, s.client, deviceStatistics(tenantID, "monthly", day, options))
}

// DevicesInMonthPage returns one page of what devices did in the month of a day.
//
// Operation: GET /tenant/statistics/device/{tenantId}/monthly/{date}
func (s *UsageStatisticsService) DevicesInMonthPage(ctx context.Context, tenantID string, day time.Time, options *DeviceStatisticsOptions) (*Page[DeviceStatistics], error) {
	return page[DeviceStatistics](ctx, s.client, deviceStatistics(tenantID, "monthly", day, options))
}
