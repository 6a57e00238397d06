package c8yclient_test

import (
	"context"

	"c8yx/c8yclient"
)

const (
	alarmJSON = `{"id":"901","self":"https://acme.example/alarm/alarms/901","source":{"id":"4711","name":"Pump 7","self":"s"},
		"type":"acme_Leak","text":"leaks","severity":"MAJOR","status":"ACTIVE","count":3,"time":"2026-02-02T10:30:00.000+01:00",
		"firstOccurrenceTime":"2026-02-02T09:00:00.000Z","creationTime":"2026-02-02T09:00:00.512Z",
		"lastUpdated":"2026-02-02T09:30:00.512Z","acme_Valve":{"number":7}}`
	alarmsJSON = `{"alarms":[` + alarmJSON + `],"statistics":{"currentPage":1,"pageSize":2000}}`
)

func alarmsOperations() []operation {
	filter := c8yclient.AlarmFilter{Source: "4711", Status: []c8yclient.AlarmStatus{c8yclient.AlarmActive}}
	return []operation{{
		method: "Alarms.List", answer: alarmsJSON, items: "alarms",
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return collected(c.Alarms.List(ctx, &c8yclient.AlarmListOptions{
				AlarmFilter: c8yclient.AlarmFilter{
					Source: "4711", Type: []string{"a", "b,c"}, Severity: []c8yclient.Severity{c8yclient.SeverityMajor},
					DateFrom: date(1), DateTo: date(2), CreatedFrom: date(1), CreatedTo: date(2),
					LastUpdatedFrom: date(1), LastUpdatedTo: date(2), WithSourceChildren: true,
					WithSourceAssets: true, WithSourceDevices: true, WithSourceAdditions: true,
				},
			}))
		},
		sends: "GET /alarm/alarms?source=4711&type=a,b%2Cc&severity=MAJOR" +
			"&dateFrom=2026-02-01T00%3A00%3A00.000Z&dateTo=2026-02-02T00%3A00%3A00.000Z" +
			"&createdFrom=2026-02-01T00%3A00%3A00.000Z&createdTo=2026-02-02T00%3A00%3A00.000Z" +
			"&lastUpdatedFrom=2026-02-01T00%3A00%3A00.000Z&lastUpdatedTo=2026-02-02T00%3A00%3A00.000Z" +
			"&withSourceChildren=true&withSourceAssets=true&withSourceDevices=true&withSourceAdditions=true&pageSize=2000",
	}, {
		method: "Alarms.Pages", answer: alarmsJSON, items: "alarms",
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return collectedPages(c.Alarms.Pages(ctx, nil))
		},
		sends: "GET /alarm/alarms?pageSize=2000",
	}, {
		method: "Alarms.Page", answer: alarmsJSON, items: "alarms",
		call:  func(ctx context.Context, c *c8yclient.Client) (any, error) { return itemsOf(c.Alarms.Page(ctx, nil)) },
		sends: "GET /alarm/alarms?pageSize=2000",
	}, {
		method: "Alarms.Count", answer: "7", accept: "application/json, text/plain",
		call:  func(ctx context.Context, c *c8yclient.Client) (any, error) { return c.Alarms.Count(ctx, &filter) },
		sends: "GET /alarm/alarms/count?source=4711&status=ACTIVE",
	}, {
		method: "Alarms.Get", answer: alarmJSON,
		call:  func(ctx context.Context, c *c8yclient.Client) (any, error) { return c.Alarms.Get(ctx, "901") },
		sends: "GET /alarm/alarms/901",
	}, {
		method: "Alarms.Create", status: 201, answer: alarmJSON,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.Alarms.Create(ctx, &c8yclient.Alarm{
				Source: c8yclient.Source{ID: "4711"}, Type: "acme_Leak", Text: "leaks", Severity: c8yclient.SeverityMajor, Time: date(1),
			})
		},
		sends: "POST /alarm/alarms",
		body:  `{"source":{"id":"4711"},"type":"acme_Leak","text":"leaks","severity":"MAJOR","time":"2026-02-01T00:00:00.000Z"}`,
	}, {
		method: "Alarms.Upsert", status: 201, answer: `{"alarm":` + alarmJSON + `,"previousState":` + alarmJSON + `}`,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.Alarms.Upsert(ctx, &c8yclient.Alarm{Source: c8yclient.Source{ID: "4711"}, Type: "acme_Leak"}, true)
		},
		sends: "POST /alarm/alarms/upsert?incrementCount=true", body: `{"source":{"id":"4711"},"type":"acme_Leak"}`,
	}, {
		method: "Alarms.Update", answer: alarmJSON,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.Alarms.Update(ctx, "901", c8yclient.AlarmPatch{Severity: c8yclient.SeverityMinor})
		},
		sends: "PUT /alarm/alarms/901", body: `{"severity":"MINOR"}`,
	}, {
		method: "Alarms.UpdateStatus", answer: alarmJSON,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.Alarms.UpdateStatus(ctx, "901", c8yclient.AlarmCleared)
		},
		sends: "PUT /alarm/alarms/901", body: `{"status":"CLEARED"}`,
	}, {
		method: "Alarms.UpdateMany", status: 202, returns: "false",
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.Alarms.UpdateMany(ctx, filter, c8yclient.AlarmCleared)
		},
		sends: "PUT /alarm/alarms?source=4711&status=ACTIVE", body: `{"status":"CLEARED"}`,
	}, {
		method: "Alarms.DeleteMany", status: 204,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return nothing(c.Alarms.DeleteMany(ctx, filter))
		},
		sends: "DELETE /alarm/alarms?source=4711&status=ACTIVE",
	}}
}
