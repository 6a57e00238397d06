package c8yclient_test

import (
	"context"

	"c8yx/c8yclient"
)

const (
	operationJSON = `{"id":"810","self":"https://acme.example/devicecontrol/operations/810","deviceId":"4711","deviceName":"Pump 7",
		"status":"FAILED","failureReason":"no power","creationTime":"2026-02-02T09:30:00.512Z","bulkOperationId":5,
		"description":"Restart","c8y_Restart":{}}`
	operationsJSON = `{"operations":[` + operationJSON + `],"statistics":{"currentPage":1,"pageSize":2000,"totalElements":1}}`
)

func deviceOperationsOperations() []operation {
	return []operation{{
		method: "Operations.List", answer: operationsJSON, items: "operations",
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return collected(c.Operations.List(ctx, &c8yclient.OperationListOptions{
				AgentID: "4711", Status: c8yclient.OperationFailed, BulkOperationID: "5", FragmentType: "c8y_Restart",
				DateFrom: date(1), DateTo: date(2), Revert: true,
			}))
		},
		sends: "GET /devicecontrol/operations?agentId=4711&status=FAILED&bulkOperationId=5&fragmentType=c8y_Restart" +
			"&dateFrom=2026-02-01T00%3A00%3A00.000Z&dateTo=2026-02-02T00%3A00%3A00.000Z&revert=true&pageSize=2000",
	}, {
		method: "Operations.Pages", answer: operationsJSON, items: "operations",
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return collectedPages(c.Operations.Pages(ctx, nil))
		},
		sends: "GET /devicecontrol/operations?pageSize=2000",
	}, {
		method: "Operations.Page", answer: operationsJSON, items: "operations",
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return itemsOf(c.Operations.Page(ctx, nil))
		},
		sends: "GET /devicecontrol/operations?pageSize=2000",
	}, {
		method: "Operations.Count", answer: operationsJSON, returns: "1",
		call:  func(ctx context.Context, c *c8yclient.Client) (any, error) { return c.Operations.Count(ctx, nil) },
		sends: "GET /devicecontrol/operations?pageSize=1&withTotalElements=true",
	}, {
		method: "Operations.Get", answer: operationJSON,
		call:  func(ctx context.Context, c *c8yclient.Client) (any, error) { return c.Operations.Get(ctx, "810") },
		sends: "GET /devicecontrol/operations/810",
	}, {
		method: "Operations.Create", status: 201, answer: operationJSON,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.Operations.Create(ctx, &c8yclient.Operation{DeviceID: "4711", Description: "Restart"})
		},
		sends: "POST /devicecontrol/operations", body: `{"deviceId":"4711","description":"Restart"}`,
	}, {
		method: "Operations.Update", answer: operationJSON,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.Operations.Update(ctx, "810", c8yclient.OperationPatch{Status: c8yclient.OperationFailed, FailureReason: "no power"})
		},
		sends: "PUT /devicecontrol/operations/810", body: `{"status":"FAILED","failureReason":"no power"}`,
	}, {
		method: "Operations.DeleteMany", status: 204,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return nothing(c.Operations.DeleteMany(ctx, c8yclient.OperationDeleteFilter{DeviceID: "4711"}))
		},
		sends: "DELETE /devicecontrol/operations?deviceId=4711",
	}}
}
