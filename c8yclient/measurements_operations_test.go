package c8yclient_test

import (
	"context"

	"c8yx/c8yclient"
)

const (
	measurementJSON = `{"id":"55","self":"https://acme.example/measurement/measurements/55","source":{"id":"4711","self":"s"},
		"type":"acme_Climate","time":"2026-02-02T09:30:00.000Z","c8y_Temperature":{"T":{"value":21.5,"unit":"C"}},"acme_Room":"3"}`
	measurementsJSON = `{"measurements":[` + measurementJSON + `],"statistics":{"currentPage":1,"pageSize":2000,"totalPages":34,"totalElements":34}}`
)

func measurementsOperations() []operation {
	measurement := &c8yclient.Measurement{Source: c8yclient.Source{ID: "4711"}, Type: "acme_Climate", Time: date(1)}
	const measurementBody = `{"source":{"id":"4711"},"type":"acme_Climate","time":"2026-02-01T00:00:00.000Z"}`
	return []operation{{
		method: "Measurements.List", answer: measurementsJSON, items: "measurements",
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return collected(c.Measurements.List(ctx, &c8yclient.MeasurementListOptions{
				Source: "4711", Type: "t", ValueFragmentType: "f", ValueFragmentSeries: "s", DateFrom: date(1), DateTo: date(2), Revert: true,
			}))
		},
		sends: "GET /measurement/measurements?source=4711&type=t&valueFragmentType=f&valueFragmentSeries=s" +
			"&dateFrom=2026-02-01T00%3A00%3A00.000Z&dateTo=2026-02-02T00%3A00%3A00.000Z&revert=true&pageSize=2000",
	}, {
		method: "Measurements.Pages", answer: measurementsJSON, items: "measurements",
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return collectedPages(c.Measurements.Pages(ctx, nil))
		},
		sends: "GET /measurement/measurements?dateFrom=1970-01-01T00%3A00%3A00.000Z&revert=false&pageSize=2000",
	}, {
		method: "Measurements.Page", answer: measurementsJSON, items: "measurements",
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return itemsOf(c.Measurements.Page(ctx, nil))
		},
		sends: "GET /measurement/measurements?revert=false&pageSize=2000",
	}, {
		method: "Measurements.Count", answer: measurementsJSON, returns: "34",
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.Measurements.Count(ctx, &c8yclient.MeasurementListOptions{Source: "4711", ValueFragmentType: "c8y_Temperature"})
		},
		sends: "GET /measurement/measurements?source=4711&valueFragmentType=c8y_Temperature&revert=false&pageSize=1&withTotalElements=true",
	}, {
		method: "Measurements.Latest", answer: measurementsJSON, returns: measurementJSON,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.Measurements.Latest(ctx, "4711", nil)
		},
		sends: "GET /measurement/measurements?source=4711&dateFrom=1970-01-01T00%3A00%3A00.000Z&revert=true&pageSize=1",
	}, {
		method: "Measurements.Get", answer: measurementJSON,
		call:  func(ctx context.Context, c *c8yclient.Client) (any, error) { return c.Measurements.Get(ctx, "55") },
		sends: "GET /measurement/measurements/55",
	}, {
		method: "Measurements.Create", status: 201, answer: measurementJSON,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.Measurements.Create(ctx, measurement)
		},
		sends: "POST /measurement/measurements", body: measurementBody,
		contentType: "application/vnd.com.nsn.cumulocity.measurement+json",
	}, {
		method: "Measurements.CreateMany", status: 201, answer: measurementsJSON, items: "measurements",
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.Measurements.CreateMany(ctx, []*c8yclient.Measurement{measurement})
		},
		sends: "POST /measurement/measurements", body: `{"measurements":[` + measurementBody + `]}`,
		contentType: "application/vnd.com.nsn.cumulocity.measurementcollection+json",
	}, {
		method: "Measurements.Delete", status: 204,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return nothing(c.Measurements.Delete(ctx, "55"))
		},
		sends: "DELETE /measurement/measurements/55",
	}, {
		method: "Measurements.DeleteMany", status: 204,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return nothing(c.Measurements.DeleteMany(ctx, c8yclient.MeasurementDeleteFilter{Source: "4711", Type: "t"}))
		},
		sends: "DELETE /measurement/measurements?source=4711&type=t",
	}, {
		method: "Measurements.Series", returns: `["c8y_Temperature.T","2026-02-02T09:30:00Z",21.5]`,
		answer: `{"values":{"2026-02-02T09:30:00.000Z":[{"min":21,"max":22}]},
			"series":[{"unit":"C","name":"T","type":"c8y_Temperature"}],"truncated":false}`,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			series, err := c.Measurements.Series(ctx, &c8yclient.SeriesOptions{
				Source: "4711", DateFrom: date(1), DateTo: date(2), Series: []string{"c8y_Temperature.T"},
				AggregationType: c8yclient.AggregateHourly,
			})
			if err != nil {
				return nil, err
			}
			table := []any{}
			for _, row := range series.Rows {
				for i, cell := range row.Cells {
					table = append(table, series.Columns[i].String(), row.Time, cell.Value())
				}
			}
			return table, nil
		},
		sends: "GET /measurement/measurements/series?source=4711&dateFrom=2026-02-01T00%3A00%3A00.000Z" +
			"&dateTo=2026-02-02T00%3A00%3A00.000Z&series=c8y_Temperature.T&aggregationType=HOURLY&revert=false",
	}}
}
