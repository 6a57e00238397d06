package c8yclient_test

import (
	"context"

	"c8yx/c8yclient"
)

const (
	eventJSON = `{"id":"700","self":"https://acme.example/event/events/700","source":{"id":"4711","name":"Pump 7","self":"s"},
		"type":"c8y_LocationUpdate","text":"moved","time":"2026-02-02T09:30:00.000Z","creationTime":"2026-02-02T09:30:00.512Z",
		"lastUpdated":"2026-02-02T09:30:00.512Z","c8y_Position":{"lat":51.2,"lng":6.8}}`
	eventsJSON = `{"events":[` + eventJSON + `],"statistics":{"currentPage":1,"pageSize":2000,"totalElements":1}}`
)

func eventsOperations() []operation {
	return []operation{{
		method: "Events.List", answer: eventsJSON, items: "events",
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return collected(c.Events.List(ctx, &c8yclient.EventListOptions{
				EventFilter: c8yclient.EventFilter{
					Source: "4711", Type: "t", FragmentType: "f", FragmentValue: "v", DateFrom: date(1), WithSourceChildren: true,
				},
				Revert: true,
			}))
		},
		sends: "GET /event/events?source=4711&type=t&fragmentType=f&fragmentValue=v" +
			"&dateFrom=2026-02-01T00%3A00%3A00.000Z&withSourceChildren=true&revert=true&pageSize=2000",
	}, {
		method: "Events.Pages", answer: eventsJSON, items: "events",
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return collectedPages(c.Events.Pages(ctx, nil))
		},
		sends: "GET /event/events?pageSize=2000",
	}, {
		method: "Events.Page", answer: eventsJSON, items: "events",
		call:  func(ctx context.Context, c *c8yclient.Client) (any, error) { return itemsOf(c.Events.Page(ctx, nil)) },
		sends: "GET /event/events?pageSize=2000",
	}, {
		method: "Events.Count", answer: eventsJSON, returns: "1",
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.Events.Count(ctx, &c8yclient.EventFilter{Source: "4711"})
		},
		sends: "GET /event/events?source=4711&pageSize=1&withTotalElements=true",
	}, {
		method: "Events.Get", answer: eventJSON,
		call:  func(ctx context.Context, c *c8yclient.Client) (any, error) { return c.Events.Get(ctx, "700") },
		sends: "GET /event/events/700",
	}, {
		method: "Events.Create", status: 201, answer: eventJSON,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.Events.Create(ctx, &c8yclient.Event{
				Source: c8yclient.Source{ID: "4711"}, Type: "t", Text: "moved", Time: date(1),
			})
		},
		sends: "POST /event/events",
		body:  `{"source":{"id":"4711"},"type":"t","text":"moved","time":"2026-02-01T00:00:00.000Z"}`,
	}, {
		method: "Events.Update", answer: eventJSON,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.Events.Update(ctx, "700", c8yclient.EventPatch{Text: "moved on"})
		},
		sends: "PUT /event/events/700", body: `{"text":"moved on"}`,
	}, {
		method: "Events.Delete", status: 204,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return nothing(c.Events.Delete(ctx, "700"))
		},
		sends: "DELETE /event/events/700",
	}, {
		method: "Events.DeleteMany", status: 204,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return nothing(c.Events.DeleteMany(ctx, c8yclient.EventDeleteFilter{Source: "4711"}))
		},
		sends: "DELETE /event/events?source=4711",
	}}
}
