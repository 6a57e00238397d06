package c8yclient_test

import (
	"context"

	"c8yx/c8yclient"
)

const (
	usageJSON       = `{"self":"s","day":"2026-02-01T00:00:00.000Z",` + usageCountsJSON + `}`
	usageCountsJSON = `"requestCount":1,"deviceRequestCount":2,"deviceCount":3,"deviceEndpointCount":4,"deviceWithChildrenCount":5,
		"storageSize":6,"alarmsCreatedCount":7,"alarmsUpdatedCount":8,"eventsCreatedCount":9,"eventsUpdatedCount":10,
		"inventoriesCreatedCount":11,"inventoriesUpdatedCount":12,"measurementsCreatedCount":13,"operationsCreatedCount":14,
		"operationsUpdatedCount":15,"totalResourceCreateAndUpdateCount":16,"subscribedApplications":["cockpit"],
		"resources":{"cpu":17,"memory":18,"usedBy":[{"name":"pumps","cause":"Owner","cpu":17,"memory":18,"acme":1}],"acme":1},
		"acme_New":{"count":19}`
	usagesJSON       = `{"usageStatistics":[` + usageJSON + `],"statistics":{"currentPage":1,"pageSize":2000}}`
	tenantUsagesJSON = `[{"tenantId":"t2","parentTenantId":"t1","tenantDomain":"sub.acme.example","tenantCompany":"Sub",
		"tenantCustomProperties":{"externalReference":"C-1"},"externalReference":"C-1","creationTime":"2026-01-01T10:00:00.000Z",
		"peakDeviceCount":20,"peakDeviceWithChildrenCount":21,"peakStorageSize":22,` + usageCountsJSON + `}]`
	deviceStatisticsJSON = `{"statistics":[{"deviceId":"4711","deviceType":"c8y_Linux","deviceParents":["1"],"count":42,"acme":1}]}`
	statisticsFileJSON   = `{"id":"5","instanceName":"acme","generationDate":"2026-02-01T10:00:00.000Z",
		"dateFrom":"2026-02-01T00:00:00.000Z","dateTo":"2026-02-02T00:00:00.000Z","type":"TEST","acme":1}`
	statisticsFilesJSON = `{"statisticsFiles":[` + statisticsFileJSON + `],"statistics":{"currentPage":1,"pageSize":2000}}`
)

func usageStatisticsOperations() []operation {
	return []operation{{
		method: "UsageStatistics.List", items: "usageStatistics", answer: usagesJSON,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return collected(c.UsageStatistics.List(ctx, &c8yclient.UsageStatisticsListOptions{DateFrom: date(1), DateTo: date(2)}))
		},
		sends: "GET /tenant/statistics?dateFrom=2026-02-01T00%3A00%3A00.000Z&dateTo=2026-02-02T00%3A00%3A00.000Z&pageSize=2000",
	}, {
		method: "UsageStatistics.Pages", items: "usageStatistics", answer: usagesJSON,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return collectedPages(c.UsageStatistics.Pages(ctx, nil))
		},
		sends: "GET /tenant/statistics?pageSize=2000",
	}, {
		method: "UsageStatistics.Page", items: "usageStatistics", answer: usagesJSON,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return itemsOf(c.UsageStatistics.Page(ctx, nil))
		},
		sends: "GET /tenant/statistics?pageSize=2000",
	}, {
		method: "UsageStatistics.Summary", answer: usageJSON,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.UsageStatistics.Summary(ctx, &c8yclient.UsageSummaryOptions{DateFrom: date(1), DateTo: date(2), Tenant: "t2"})
		},
		sends: "GET /tenant/statistics/summary?dateFrom=2026-02-01T00%3A00%3A00.000Z&dateTo=2026-02-02T00%3A00%3A00.000Z&tenant=t2",
	}, {
		method: "UsageStatistics.AllTenants", answer: tenantUsagesJSON,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.UsageStatistics.AllTenants(ctx, &c8yclient.UsageSpan{DateFrom: date(1), DateTo: date(2)})
		},
		sends: "GET /tenant/statistics/allTenantsSummary?dateFrom=2026-02-01T00%3A00%3A00.000Z&dateTo=2026-02-02T00%3A00%3A00.000Z",
	}, {
		method: "UsageStatistics.DevicesOnDay", items: "statistics", answer: deviceStatisticsJSON,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return collected(c.UsageStatistics.DevicesOnDay(ctx, "t2", date(1), &c8yclient.DeviceStatisticsOptions{DeviceID: "4711"}))
		},
		sends: "GET /tenant/statistics/device/t2/daily/2026-02-01?deviceId=4711&pageSize=2000",
	}, {
		method: "UsageStatistics.DevicesOnDayPage", items: "statistics", answer: deviceStatisticsJSON,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return itemsOf(c.UsageStatistics.DevicesOnDayPage(ctx, "t2", date(1), nil))
		},
		sends: "GET /tenant/statistics/device/t2/daily/2026-02-01?pageSize=2000",
	}, {
		method: "UsageStatistics.DevicesInMonth", items: "statistics", answer: deviceStatisticsJSON,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return collected(c.UsageStatistics.DevicesInMonth(ctx, "t2", date(1), nil))
		},
		sends: "GET /tenant/statistics/device/t2/monthly/2026-02-01?pageSize=2000",
	}, {
		method: "UsageStatistics.DevicesInMonthPage", items: "statistics", answer: deviceStatisticsJSON,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return itemsOf(c.UsageStatistics.DevicesInMonthPage(ctx, "t2", date(1), nil))
		},
		sends: "GET /tenant/statistics/device/t2/monthly/2026-02-01?pageSize=2000",
	}, {
		method: "UsageStatistics.Files", items: "statisticsFiles", answer: statisticsFilesJSON,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return collected(c.UsageStatistics.Files(ctx, &c8yclient.StatisticsFileListOptions{DateFrom: date(1), DateTo: date(2)}))
		},
		sends: "GET /tenant/statistics/files?dateFrom=2026-02-01T00%3A00%3A00.000Z&dateTo=2026-02-02T00%3A00%3A00.000Z&pageSize=2000",
	}, {
		method: "UsageStatistics.FilesPage", items: "statisticsFiles", answer: statisticsFilesJSON,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return itemsOf(c.UsageStatistics.FilesPage(ctx, nil))
		},
		sends: "GET /tenant/statistics/files?pageSize=2000",
	}, {
		method: "UsageStatistics.GenerateFile", answer: statisticsFileJSON, status: 201,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.UsageStatistics.GenerateFile(ctx, c8yclient.UsageSpan{DateFrom: date(1), DateTo: date(2)})
		},
		sends: "POST /tenant/statistics/files",
		body:  `{"dateFrom":"2026-02-01T00:00:00.000Z","dateTo":"2026-02-02T00:00:00.000Z"}`,
	}, {
		method: "UsageStatistics.File", answer: "PK", returns: `" (application/octet-stream): PK"`, accept: "*/*",
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return content(c.UsageStatistics.File(ctx, "5"))
		},
		sends:    "GET /tenant/statistics/files/5",
		answered: map[string]string{"Content-Type": "application/octet-stream"},
	}, {
		method: "UsageStatistics.LatestFile", answer: "PK", returns: `" (application/octet-stream): PK"`, accept: "*/*",
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return content(c.UsageStatistics.LatestFile(ctx, date(1)))
		},
		sends:    "GET /tenant/statistics/files/latest/2026-02-01",
		answered: map[string]string{"Content-Type": "application/octet-stream"},
	}}
}
