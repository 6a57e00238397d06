package c8yclient_test

import (
	"context"

	"c8yx/c8yclient"
)

const (
	auditRecordJSON = `{"id":"901","self":"s","type":"Operation","activity":"Operation created","text":"Operation created: status='PENDING'",
		"severity":"INFORMATION","user":"jane","application":"cockpit","source":{"id":"4711","self":"s"},
		"time":"2026-02-01T12:03:27.845+01:00","creationTime":"2026-02-01T11:03:28.000Z",
		"changes":[{"attribute":"status","changeType":"REPLACED","type":"java.lang.String","previousValue":"a","newValue":{"cpu":"1"},"acme":1}],
		"c8y_Metadata":{"action":"DEPLOY"}}`
	auditRecordsJSON = `{"auditRecords":[` + auditRecordJSON + `],"statistics":{"currentPage":1,"pageSize":2000,"totalElements":34}}`

	retentionRuleJSON  = `{"id":"5","self":"s","dataType":"EVENT","fragmentType":"*","type":"*","source":"*","maximumAge":90,"editable":false,"acme":1}`
	retentionRulesJSON = `{"retentionRules":[` + retentionRuleJSON + `],"statistics":{"currentPage":1,"pageSize":2000}}`
)

func auditRecordsOperations() []operation {
	return []operation{{
		method: "AuditRecords.List", items: "auditRecords", answer: auditRecordsJSON,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return collected(c.AuditRecords.List(ctx, &c8yclient.AuditRecordListOptions{
				Source: "4711", Type: "Operation", User: "jane", Application: "cockpit", DateFrom: date(1), DateTo: date(2),
			}))
		},
		sends: "GET /audit/auditRecords?source=4711&type=Operation&user=jane&application=cockpit&dateFrom=2026-02-01T00%3A00%3A00.000Z&dateTo=2026-02-02T00%3A00%3A00.000Z&pageSize=2000",
	}, {
		method: "AuditRecords.Pages", items: "auditRecords", answer: auditRecordsJSON,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return collectedPages(c.AuditRecords.Pages(ctx, nil))
		},
		sends: "GET /audit/auditRecords?pageSize=2000",
	}, {
		method: "AuditRecords.Page", items: "auditRecords", answer: auditRecordsJSON,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return itemsOf(c.AuditRecords.Page(ctx, nil))
		},
		sends: "GET /audit/auditRecords?pageSize=2000",
	}, {
		method: "AuditRecords.Count", answer: auditRecordsJSON, returns: "34",
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.AuditRecords.Count(ctx, &c8yclient.AuditRecordListOptions{User: "jane"})
		},
		sends: "GET /audit/auditRecords?user=jane&pageSize=1&withTotalElements=true",
	}, {
		method: "AuditRecords.Get", answer: auditRecordJSON,
		call:  func(ctx context.Context, c *c8yclient.Client) (any, error) { return c.AuditRecords.Get(ctx, "901") },
		sends: "GET /audit/auditRecords/901",
	}, {
		method: "AuditRecords.Create", answer: auditRecordJSON, status: 201,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.AuditRecords.Create(ctx, &c8yclient.AuditRecord{
				Type: "User", Activity: "Badge shown", Text: "at gate 7", Source: c8yclient.Source{ID: "4711"}, Time: date(1),
			})
		},
		sends: "POST /audit/auditRecords",
		body:  `{"type":"User","activity":"Badge shown","text":"at gate 7","source":{"id":"4711"},"time":"2026-02-01T00:00:00.000Z"}`,
	}}
}

func retentionRulesOperations() []operation {
	return []operation{{
		method: "RetentionRules.List", items: "retentionRules", answer: retentionRulesJSON,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return collected(c.RetentionRules.List(ctx, nil))
		},
		sends: "GET /retention/retentions?pageSize=2000",
	}, {
		method: "RetentionRules.Pages", items: "retentionRules", answer: retentionRulesJSON,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return collectedPages(c.RetentionRules.Pages(ctx, nil))
		},
		sends: "GET /retention/retentions?pageSize=2000",
	}, {
		method: "RetentionRules.Page", items: "retentionRules", answer: retentionRulesJSON,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return itemsOf(c.RetentionRules.Page(ctx, nil))
		},
		sends: "GET /retention/retentions?pageSize=2000",
	}, {
		method: "RetentionRules.Get", answer: retentionRuleJSON,
		call:  func(ctx context.Context, c *c8yclient.Client) (any, error) { return c.RetentionRules.Get(ctx, "5") },
		sends: "GET /retention/retentions/5",
	}, {
		method: "RetentionRules.Create", answer: retentionRuleJSON, status: 201,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.RetentionRules.Create(ctx, &c8yclient.RetentionRule{DataType: c8yclient.RetainEvents, MaximumAge: 90})
		},
		sends: "POST /retention/retentions",
		body:  `{"dataType":"EVENT","maximumAge":90}`,
	}, {
		method: "RetentionRules.Update", answer: retentionRuleJSON,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.RetentionRules.Update(ctx, "5", &c8yclient.RetentionRule{MaximumAge: 30, Editable: new(bool)})
		},
		sends: "PUT /retention/retentions/5",
		body:  `{"maximumAge":30,"editable":false}`,
	}, {
		method: "RetentionRules.Delete", status: 204,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return nothing(c.RetentionRules.Delete(ctx, "5"))
		},
		sends: "DELETE /retention/retentions/5",
	}}
}
