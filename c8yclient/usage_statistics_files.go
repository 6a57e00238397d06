package c8yclient

import (
	"context"
	"iter"
	"net/http"
	"time"
)

// StatisticsFile is an archive with the usage statistics of all tenants. Only the management tenant
// has them.
type StatisticsFile struct {
	ID             ID        `json:"id,omitzero"`
	InstanceName   string    `json:"instanceName,omitzero"`
	GenerationDate time.Time `json:"generationDate,omitzero"`
	DateFrom       time.Time `json:"dateFrom,omitzero"`
	DateTo         time.Time `json:"dateTo,omitzero"`
	// Type is REAL for what the platform makes on the first of a month about the one before,
	// TEST for what somebody asked for.
	Type string `json:"type,omitzero"`
	Document
}

// StatisticsFileListOptions are the options of [UsageStatisticsService.Files]. Of the totals, the
// platform knows only that of pages.
type StatisticsFileListOptions struct {
	DateFrom time.Time `query:"dateFrom"`
	DateTo   time.Time `query:"dateTo"`
	Paging
}

func statisticsFiles(options *StatisticsFileListOptions) listing {
	return listing{path: at("tenant", "statistics", "files"), query: options, key: "statisticsFiles"}
}

// Files walks the archives that there are.
//
// Operation: GET /tenant/statistics/files
func (s *UsageStatisticsService) Files(ctx context.Context, options *StatisticsFileListOptions) iter.Seq2[*StatisticsFile, error] {
	return list[StatisticsFile](ctx, s.client, statisticsFiles(options))
}

// FilesPage returns one page of the archives that there are.
//
// Operation: GET /tenant/statistics/files
func (s *UsageStatisticsService) FilesPage(ctx context.Context, options *StatisticsFileListOptions) (*Page[StatisticsFile], error) {
	return page[StatisticsFile](ctx, s.client, statisticsFiles(options))
}

// GenerateFile makes an archive about the days of a span of time.
//
// Operation: POST /tenant/statistics/files
func (s *UsageStatisticsService) GenerateFile(ctx context.Context, span UsageSpan) (*StatisticsFile, error) {
	return one[StatisticsFile](ctx, s.client, call{
		method: http.MethodPost, path: at("tenant", "statistics", "files"),
		body: map[string]time.Time{"dateFrom": span.DateFrom, "dateTo": span.DateTo},
	})
}

// File begins to download an archive.
//
// Operation: GET /tenant/statistics/files/{id}
func (s *UsageStatisticsService) File(ctx context.Context, id string) (*File, error) {
	return s.client.download(ctx, at("tenant", "statistics", "files", id))
}

// LatestFile begins to download the last archive that the platform made about the month of a day.
//
// Operation: GET /tenant/statistics/files/latest/{month}
func (s *UsageStatisticsService) LatestFile(ctx context.Context, day time.Time) (*File, error) {
	return s.client.download(ctx, at("tenant", "statistics", "files", "latest", day.Format(time.DateOnly)))
}
