package c8yclient

import (
	"context"
	"iter"
	"net/http"
)

// RetentionDataType is what a retention rule is about.
type RetentionDataType string

// The types of data with an end.
const (
	RetainAll            RetentionDataType = "*"
	RetainAlarms         RetentionDataType = "ALARM"
	RetainAuditRecords   RetentionDataType = "AUDIT"
	RetainBulkOperations RetentionDataType = "BULK_OPERATION"
	RetainEvents         RetentionDataType = "EVENT"
	RetainMeasurements   RetentionDataType = "MEASUREMENT"
	RetainOperations     RetentionDataType = "OPERATION"
)

// RetentionRule says how long some data is kept. Alarms are removed only once they are cleared;
// of several rules that concern a document, the longest counts.
type RetentionRule struct {
	ID   string `json:"id,omitzero"`
	Self string `json:"self,omitzero"`
	// DataType, FragmentType, Type and Source select the data; "*", which is also what an empty
	// field means, selects all.
	DataType     RetentionDataType `json:"dataType,omitzero"`
	FragmentType string            `json:"fragmentType,omitzero"`
	Type         string            `json:"type,omitzero"`
	Source       string            `json:"source,omitzero"`
	// MaximumAge is in days.
	MaximumAge int `json:"maximumAge"`
	// Editable says whether the tenant may change the rule; nil means that it may.
	Editable *bool `json:"editable,omitzero"`
	Document
}

// RetentionRuleListOptions are the options of [RetentionRulesService.List].
type RetentionRuleListOptions struct {
	Paging
}

// RetentionRulesService says how long data is kept.
type RetentionRulesService service

func (s *RetentionRulesService) listing(options *RetentionRuleListOptions) listing {
	return listing{path: at("retention", "retentions"), query: options, key: "retentionRules"}
}

// List walks all rules.
//
// Operation: GET /retention/retentions
func (s *RetentionRulesService) List(ctx context.Context, options *RetentionRuleListOptions) iter.Seq2[*RetentionRule, error] {
	return list[RetentionRule](ctx, s.client, s.listing(options))
}

// Pages walks the pages of rules.
//
// Operation: GET /retention/retentions
func (s *RetentionRulesService) Pages(ctx context.Context, options *RetentionRuleListOptions) iter.Seq2[*Page[RetentionRule], error] {
	return pages[RetentionRule](ctx, s.client, s.listing(options))
}

// Page returns one page of rules.
//
// Operation: GET /retention/retentions
func (s *RetentionRulesService) Page(ctx context.Context, options *RetentionRuleListOptions) (*Page[RetentionRule], error) {
	return page[RetentionRule](ctx, s.client, s.listing(options))
}

// Get returns one rule.
//
// Operation: GET /retention/retentions/{id}
func (s *RetentionRulesService) Get(ctx context.Context, id string) (*RetentionRule, error) {
	return one[RetentionRule](ctx, s.client, call{method: http.MethodGet, path: at("retention", "retentions", id)})
}

// Create adds a rule.
//
// Operation: POST /retention/retentions
func (s *RetentionRulesService) Create(ctx context.Context, rule *RetentionRule) (*RetentionRule, error) {
	return one[RetentionRule](ctx, s.client, call{
		method: http.MethodPost, path: at("retention", "retentions"), body: rule,
	})
}

// Update replaces a rule. [ErrForbidden] may mean that it is not editable.
//
// Operation: PUT /retention/retentions/{id}
func (s *RetentionRulesService) Update(ctx context.Context, id string, rule *RetentionRule) (*RetentionRule, error) {
	return one[RetentionRule](ctx, s.client, call{
		method: http.MethodPut, path: at("retention", "retentions", id), body: rule,
	})
}

// Delete removes a rule. [ErrForbidden] may mean that it is not editable.
//
// Operation: DELETE /retention/retentions/{id}
func (s *RetentionRulesService) Delete(ctx context.Context, id string) error {
	return s.client.do(ctx, call{method: http.MethodDelete, path: at("retention", "retentions", id)})
}
