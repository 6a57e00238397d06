package views

import (
	"cmp"
	"context"
	"iter"
	"time"

	"c8yx/c8yclient"
	"c8yx/theme"
	"c8yx/ui/table"
	"c8yx/ui/text"
	"c8yx/views/collection"
	"c8yx/views/place"
	"c8yx/views/tenant"
)

type usage = c8yclient.UsageStatistics

// usageDays is the kind of a tenant's usage, day by day.
func usageDays() *collection.Kind[*usage] {
	count := func(name, title string, priority int, get func(*usage) int64) collection.Column[*usage] {
		return collection.Count(name, table.Column{Title: text.Clean(title), Min: 10, Priority: priority}, get)
	}
	return &collection.Kind[*usage]{
		Name: "usage", Aliases: []string{"statistics", "usagestatistics"},
		Title: "Usage", One: "day", Many: "days",
		Needs:      []string{"ROLE_TENANT_STATISTICS_READ"},
		Parameters: []string{"last"},
		Sort:       "-day",
		Columns: []collection.Column[*usage]{
			{
				Name: "day", Column: table.Column{Title: "DAY", Min: 11, Priority: 9},
				Cell: func(u *usage) table.Cell {
					return table.Cell{Text: text.Clean(u.Day.UTC().Format("2006-01-02")), Role: theme.Strong}
				},
				Compare: func(a, b *usage) int { return a.Day.Compare(b.Day) },
			},
			count("requests", "REQUESTS", 8, func(u *usage) int64 { return u.RequestCount }),
			count("devicerequests", "BY DEVICES", 7, func(u *usage) int64 { return u.DeviceRequestCount }),
			count("devices", "DEVICES", 6, func(u *usage) int64 { return u.DeviceCount }),
			collection.Size("storage", table.Column{Title: "STORAGE", Min: 9, Priority: 6}, func(u *usage) int64 { return u.StorageSize }),
			count("measurements", "MEASUREMENTS", 5, func(u *usage) int64 { return u.MeasurementsCreatedCount }),
			count("events", "EVENTS", 4, func(u *usage) int64 { return u.EventsCreatedCount }),
			count("alarms", "ALARMS", 4, func(u *usage) int64 { return u.AlarmsCreatedCount }),
			count("operations", "OPERATIONS", 3, func(u *usage) int64 { return u.OperationsCreatedCount }),
			count("objects", "OBJECTS", 2, func(u *usage) int64 { return u.InventoriesCreatedCount }),
		},
		ID:    func(u *usage) string { return u.Day.UTC().Format("2006-01-02") },
		Label: func(u *usage) string { return u.Day.UTC().Format("2006-01-02") },
		Read: func(ctx context.Context, t *tenant.Tenant, p place.Place) iter.Seq2[[]*usage, error] {
			options := c8yclient.UsageStatisticsListOptions{DateFrom: sinceOf(p, "30d"), DateTo: time.Now()}
			return listed(ctx, options, t.Client.UsageStatistics.Page, t.Client.UsageStatistics.Pages)
		},
		Empty: func(p place.Place) text.Safe {
			return text.Clean("No statistics for the last " + cmp.Or(p.Query.Get("last"), "30d") + ". The platform counts a day when it is over.")
		},
	}
}
