package overview

import (
	"context"
	"errors"
	"fmt"
	"time"

	"c8yx/c8yclient"
)

// facts is everything that the tenant has answered.
type facts struct {
	severities []int // unresolved alarms, in the order of severities()
	seen       int   // alarms of the last day, resolved or not
	raised     []float64

	devices  int
	statuses []int // in the order of statuses()

	operations [][]int // by state, and then by span

	events []int // by span

	tenant *c8yclient.CurrentTenant
	user   *c8yclient.CurrentUser
}

// severities are the rows of the alarms, the gravest first.
func severities() []c8yclient.Severity {
	return []c8yclient.Severity{
		c8yclient.SeverityCritical, c8yclient.SeverityMajor, c8yclient.SeverityMinor, c8yclient.SeverityWarning,
	}
}

// unresolved are the statuses of alarms that somebody has to care for.
func unresolved() []c8yclient.AlarmStatus {
	return []c8yclient.AlarmStatus{c8yclient.AlarmActive, c8yclient.AlarmAcknowledged}
}

// status is a row of the devices: those that answer to a query.
type status struct {
	name, query string
}

// statuses are the rows of the devices. They exclude each other, but need not
// cover all: a device may carry a status that the platform does not document.
func statuses() []status {
	return []status{
		{"available", "c8y_Availability.status eq 'AVAILABLE'"},
		{"unavailable", "c8y_Availability.status eq 'UNAVAILABLE'"},
		{"maintenance", "c8y_Availability.status eq 'MAINTENANCE'"},
		{"not monitored", "not(has(c8y_Availability))"},
	}
}

// states are the rows of the operations, in the order of their life.
func states() []c8yclient.OperationStatus {
	return []c8yclient.OperationStatus{
		c8yclient.OperationPending, c8yclient.OperationExecuting, c8yclient.OperationFailed, c8yclient.OperationSuccessful,
	}
}

// spans are the columns of operations and events.
type span struct {
	length time.Duration
	last   string // as places have it
}

func operationSpans() []span { return []span{{24 * time.Hour, "24h"}, {7 * 24 * time.Hour, "7d"}} }
func eventSpans() []span     { return []span{{time.Hour, "1h"}, {24 * time.Hour, "24h"}} }

// askAlarms counts the unresolved alarms.
func (v *View) askAlarms(ctx context.Context) (func(), error) {
	alarms := v.tenant.Client.Alarms
	all := severities()
	counts, err := counted(ctx, len(all)+1, func(ctx context.Context, i int) (int, error) {
		if i == len(all) {
			return alarms.Count(ctx, &c8yclient.AlarmFilter{DateFrom: time.Now().Add(-24 * time.Hour)})
		}
		return alarms.Count(ctx, &c8yclient.AlarmFilter{Status: unresolved(), Severity: all[i : i+1]})
	})
	if err != nil {
		return nil, err
	}
	return func() { v.facts.severities, v.facts.seen = counts[:len(all)], counts[len(all)] }, nil
}

// trendHours is how far back the trend of new alarms goes.
const trendHours = 24

// askTrend counts the alarms that were raised in each of the last hours. Hours
// that are over do not change any more, and are asked for once.
func (v *View) askTrend(ctx context.Context) (func(), error) {
	now := time.Now()
	first := now.Truncate(time.Hour).Add(-(trendHours - 1) * time.Hour)
	begin := func(i int) time.Time { return first.Add(time.Duration(i) * time.Hour) }
	known := v.trend.snapshot()
	counts, err := counted(ctx, trendHours, func(ctx context.Context, i int) (int, error) {
		if n, done := known[begin(i)]; done {
			return n, nil
		}
		return v.tenant.Client.Alarms.Count(ctx, &c8yclient.AlarmFilter{CreatedFrom: begin(i), CreatedTo: begin(i + 1)})
	})
	if err != nil {
		return nil, err
	}
	return func() {
		v.facts.raised = v.facts.raised[:0]
		hours := make(map[time.Time]int)
		for i, n := range counts {
			v.facts.raised = append(v.facts.raised, float64(n))
			// The clocks of the tenant and of this machine may differ a little.
			if now.Sub(begin(i+1)) > 5*time.Minute {
				hours[begin(i)] = n
			}
		}
		v.trend.replace(hours)
	}, nil
}

// askDevices counts the devices by their availability.
func (v *View) askDevices(ctx context.Context) (func(), error) {
	all := statuses()
	counts, err := counted(ctx, len(all)+1, func(ctx context.Context, i int) (int, error) {
		query := "has(c8y_IsDevice)"
		if i < len(all) {
			query += " and " + all[i].query
		}
		return countObjects(ctx, v.tenant.Client, query)
	})
	if err != nil {
		return nil, err
	}
	return func() { v.facts.statuses, v.facts.devices = counts[:len(all)], counts[len(all)] }, nil
}

// countObjects counts managed objects, by the totals of a page where the tenant
// does not offer to count.
func countObjects(ctx context.Context, client *c8yclient.Client, query string) (int, error) {
	filter := c8yclient.InventoryFilter{Query: query}
	n, err := client.Inventory.Count(ctx, &filter)
	if !errors.Is(err, c8yclient.ErrNotFound) && !errors.Is(err, c8yclient.ErrNotSupported) {
		return n, err
	}
	page, err := client.Inventory.Page(ctx, &c8yclient.InventoryListOptions{
		InventoryFilter: filter, Paging: c8yclient.Paging{PageSize: 1, WithTotalElements: true},
	})
	switch {
	case err != nil:
		return 0, err
	case page.Statistics.TotalElements == nil:
		return 0, fmt.Errorf("counting %s: the tenant gives no total", query)
	}
	return *page.Statistics.TotalElements, nil
}

// askOperations counts operations by state and age.
func (v *View) askOperations(ctx context.Context) (func(), error) {
	all, spans := states(), operationSpans()
	now := time.Now()
	counts, err := counted(ctx, len(all)*len(spans), func(ctx context.Context, i int) (int, error) {
		return v.tenant.Client.Operations.Count(ctx, &c8yclient.OperationListOptions{
			Status: all[i/len(spans)], DateFrom: now.Add(-spans[i%len(spans)].length),
		})
	})
	if err != nil {
		return nil, err
	}
	return func() {
		v.facts.operations = v.facts.operations[:0]
		for i := range all {
			v.facts.operations = append(v.facts.operations, counts[i*len(spans):(i+1)*len(spans)])
		}
	}, nil
}

// askEvents counts the events of late.
func (v *View) askEvents(ctx context.Context) (func(), error) {
	spans := eventSpans()
	now := time.Now()
	counts, err := counted(ctx, len(spans), func(ctx context.Context, i int) (int, error) {
		return v.tenant.Client.Events.Count(ctx, &c8yclient.EventFilter{DateFrom: now.Add(-spans[i].length)})
	})
	if err != nil {
		return nil, err
	}
	return func() { v.facts.events = counts }, nil
}

// askTenant asks where and who we are.
func (v *View) askTenant(ctx context.Context) (func(), error) {
	user, err := v.tenant.Client.CurrentUser.Get(ctx)
	if err != nil {
		return nil, err
	}
	tenant, err := v.tenant.Client.Tenant.Current(ctx, nil)
	if err != nil && !errors.Is(err, c8yclient.ErrForbidden) {
		return nil, err // some users may not read their tenant; themselves they may
	}
	return func() { v.facts.user, v.facts.tenant = user, tenant }, nil
}
