package c8yclient_test

import (
	"context"

	"c8yx/c8yclient"
)

const (
	bulkOperationJSON = `{"id":"5","self":"https://acme.example/devicecontrol/bulkoperations/5","groupId":"200",
		"startDate":"2026-02-03T00:00:00.000Z","creationRamp":1.5,"status":"ACTIVE","generalStatus":"SCHEDULED",
		"operationPrototype":{"description":"Restart all","c8y_Restart":{}},
		"progress":{"pending":10,"executing":0,"successful":0,"failed":0,"all":10,"acme":1},"acme_Ticket":{"number":7}}`
	bulkOperationsJSON = `{"bulkOperations":[` + bulkOperationJSON + `],"statistics":{"currentPage":1,"pageSize":2000,"totalElements":1}}`
)

func bulkOperationsOperations() []operation {
	return []operation{{
		method: "BulkOperations.List", answer: bulkOperationsJSON, items: "bulkOperations",
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return collected(c.BulkOperations.List(ctx, &c8yclient.BulkOperationListOptions{
				GeneralStatus: []c8yclient.GeneralStatus{c8yclient.GeneralExecuting, c8yclient.GeneralFailed},
				DateFrom:      date(1), DateTo: date(2), WithDeleted: true,
			}))
		},
		sends: "GET /devicecontrol/bulkoperations?generalStatus=EXECUTING,FAILED&dateFrom=2026-02-01T00%3A00%3A00.000Z" +
			"&dateTo=2026-02-02T00%3A00%3A00.000Z&withDeleted=true&pageSize=2000",
		beyond: "the document does not have the filters that other clients use",
	}, {
		method: "BulkOperations.Pages", answer: bulkOperationsJSON, items: "bulkOperations",
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return collectedPages(c.BulkOperations.Pages(ctx, nil))
		},
		sends: "GET /devicecontrol/bulkoperations?pageSize=2000",
	}, {
		method: "BulkOperations.Page", answer: bulkOperationsJSON, items: "bulkOperations",
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return itemsOf(c.BulkOperations.Page(ctx, nil))
		},
		sends: "GET /devicecontrol/bulkoperations?pageSize=2000",
	}, {
		method: "BulkOperations.Count", answer: bulkOperationsJSON, returns: "1",
		call:  func(ctx context.Context, c *c8yclient.Client) (any, error) { return c.BulkOperations.Count(ctx, nil) },
		sends: "GET /devicecontrol/bulkoperations?pageSize=1&withTotalElements=true",
	}, {
		method: "BulkOperations.Get", answer: bulkOperationJSON,
		call:  func(ctx context.Context, c *c8yclient.Client) (any, error) { return c.BulkOperations.Get(ctx, "5") },
		sends: "GET /devicecontrol/bulkoperations/5",
	}, {
		method: "BulkOperations.Create", status: 201, answer: bulkOperationJSON,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			bulk := &c8yclient.BulkOperation{GroupID: "200", StartDate: date(3), CreationRamp: 1.5}
			if err := bulk.OperationPrototype.SetFragment("c8y_Restart", struct{}{}); err != nil {
				return nil, err
			}
			return c.BulkOperations.Create(ctx, bulk)
		},
		sends: "POST /devicecontrol/bulkoperations",
		body:  `{"groupId":"200","startDate":"2026-02-03T00:00:00.000Z","creationRamp":1.5,"operationPrototype":{"c8y_Restart":{}}}`,
	}, {
		method: "BulkOperations.Update", answer: bulkOperationJSON,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.BulkOperations.Update(ctx, "5", &c8yclient.BulkOperation{CreationRamp: 15})
		},
		sends: "PUT /devicecontrol/bulkoperations/5", body: `{"creationRamp":15}`,
	}, {
		method: "BulkOperations.Delete", status: 204,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return nothing(c.BulkOperations.Delete(ctx, "5"))
		},
		sends: "DELETE /devicecontrol/bulkoperations/5",
	}}
}
