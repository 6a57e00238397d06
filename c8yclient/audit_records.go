package c8yclient

import (
	"context"
	"iter"
	"net/http"
	"time"

	"github.com/go-json-experiment/json/jsontext"
)

// SeverityInformation is the severity of audit records that are no reason to worry. Some records have
// their severity in lower case.
const SeverityInformation Severity = "INFORMATION"

// AuditRecord says who did what, and when. Records are never changed.
type AuditRecord struct {
	ID   string `json:"id,omitzero"`
	Self string `json:"self,omitzero"`
	// Type is the kind of thing concerned, for example "Operation" or "User".
	Type     string   `json:"type,omitzero"`
	Activity string   `json:"activity,omitzero"`
	Text     string   `json:"text,omitzero"`
	Severity Severity `json:"severity,omitzero"`
	// User and Application say who did it.
	User        string `json:"user,omitzero"`
	Application string `json:"application,omitzero"`
	// Source is the thing concerned: not only managed objects.
	Source       Source        `json:"source,omitzero"`
	Time         time.Time     `json:"time,omitzero"`
	CreationTime time.Time     `json:"creationTime,omitzero"`
	Changes      []AuditChange `json:"changes,omitempty"`
	Document
}

// AuditChange is a property that was changed.
type AuditChange struct {
	Attribute string `json:"attribute,omitzero"`
	// ChangeType is ADDED or REPLACED.
	ChangeType string `json:"changeType,omitzero"`
	Type       string `json:"type,omitzero"`
	// The values are what the property held before and after: text, or anything else.
	PreviousValue jsontext.Value `json:"previousValue,omitzero"`
	NewValue      jsontext.Value `json:"newValue,omitzero"`
	Document
}

// AuditRecordListOptions are the options of [AuditRecordsService.List].
type AuditRecordListOptions struct {
	Source      string `query:"source"`
	Type        string `query:"type"`
	User        string `query:"user"`
	Application string `query:"application"`
	// DateFrom and DateTo compare with the time; the latter is exclusive.
	DateFrom time.Time `query:"dateFrom"`
	DateTo   time.Time `query:"dateTo"`
	// Revert gives the oldest first, if there is a date. The platform's documentation does not name it
	// for audit records, but the platform knows it as it does for events.
	Revert bool `query:"revert"`
	Paging
}

// AuditRecordsService reads and writes the log of what users and the platform did.
type AuditRecordsService service

func (s *AuditRecordsService) listing(options *AuditRecordListOptions) listing {
	return listing{path: at("audit", "auditRecords"), query: options, key: "auditRecords"}
}

// List walks all records that match, the newest first unless reverted.
//
// Operation: GET /audit/auditRecords
func (s *AuditRecordsService) List(ctx context.Context, options *AuditRecordListOptions) iter.Seq2[*AuditRecord, error] {
	return list[AuditRecord](ctx, s.client, s.listing(options))
}

// Pages walks the pages of records.
//
// Operation: GET /audit/auditRecords
func (s *AuditRecordsService) Pages(ctx context.Context, options *AuditRecordListOptions) iter.Seq2[*Page[AuditRecord], error] {
	return pages[AuditRecord](ctx, s.client, s.listing(options))
}

// Page returns one page of records.
//
// Operation: GET /audit/auditRecords
func (s *AuditRecordsService) Page(ctx context.Context, options *AuditRecordListOptions) (*Page[AuditRecord], error) {
	return page[AuditRecord](ctx, s.client, s.listing(options))
}

// Count returns how many records match. Of the options only the filter counts.
//
// Operation: GET /audit/auditRecords
func (s *AuditRecordsService) Count(ctx context.Context, options *AuditRecordListOptions) (int, error) {
	var filter AuditRecordListOptions
	if options != nil {
		filter = *options
	}
	filter.Paging = justTotal()
	return countByTotals[AuditRecord](ctx, s.client, s.listing(&filter))
}

// Get returns one record.
//
// Operation: GET /audit/auditRecords/{id}
func (s *AuditRecordsService) Get(ctx context.Context, id string) (*AuditRecord, error) {
	return one[AuditRecord](ctx, s.client, call{method: http.MethodGet, path: at("audit", "auditRecords", id)})
}

// Create writes a record; activity, source, text, time and type are required.
//
// Operation: POST /audit/auditRecords
func (s *AuditRecordsService) Create(ctx context.Context, record *AuditRecord) (*AuditRecord, error) {
	return one[AuditRecord](ctx, s.client, call{
		method: http.MethodPost, path: at("audit", "auditRecords"), body: record,
	})
}
