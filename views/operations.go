package views

import (
	"cmp"
	"context"
	"iter"
	"slices"
	"strings"
	"time"

	"github.com/go-json-experiment/json/jsontext"

	"c8yx/c8yclient"
	"c8yx/c8yclient/realtime"
	"c8yx/keys"
	"c8yx/theme"
	"c8yx/ui/table"
	"c8yx/ui/text"
	"c8yx/views/collection"
	"c8yx/views/explain"
	"c8yx/views/operate"
	"c8yx/views/place"
	"c8yx/views/show"
	"c8yx/views/tenant"
)

type operation = c8yclient.Operation

// operations is the kind of operations, whatever device they are for.
func operations(t *tenant.Tenant) *collection.Kind[*operation] {
	return &collection.Kind[*operation]{
		Name: "operations", Aliases: []string{"operation", "op", "ops"},
		Title: "Operations", One: "operation", Many: "operations",
		Needs:      []string{"ROLE_DEVICE_CONTROL_READ"},
		Parameters: []string{"status", "device", "agent", "fragment", "bulk", "last"}, Whose: []string{"device", "agent"},
		Takes: map[string][]string{"status": {"PENDING", "EXECUTING", "SUCCESSFUL", "FAILED"}},
		Sort:  "-created", Unsorted: "-created",
		Columns:   operationColumns(),
		Newest:    func(o *operation) time.Time { return o.CreationTime },
		Fragments: func(o *operation) jsontext.Value { return o.Document.Fragments },
		ID:        func(o *operation) string { return o.ID },
		Audited:   func(o *operation) string { return o.ID },
		Named:     func(o *operation) (id, name string) { return o.DeviceID, o.DeviceName },
		Label:     func(o *operation) string { return cmp.Or(o.Description, o.ID) },
		Path:      func(o *operation) string { return "devicecontrol/operations/" + o.ID },
		Read: func(ctx context.Context, t *tenant.Tenant, p place.Place) iter.Seq2[[]*operation, error] {
			return listed(ctx, operationFilter(p), t.Client.Operations.Page, t.Client.Operations.Pages)
		},
		Sorted: func(ctx context.Context, t *tenant.Tenant, p place.Place, _ string, newestFirst bool) iter.Seq2[[]*operation, error] {
			options := operationFilter(p)
			options.Revert = newestFirst
			return listed(ctx, options, t.Client.Operations.Page, t.Client.Operations.Pages)
		},
		Channel: func(p place.Place) realtime.Channel {
			if p.Query.Get("agent") != "" {
				return "" // the tenant alone knows which devices are below an agent
			}
			return realtime.Operations(cmp.Or(p.Query.Get("device"), "*"))
		},
		Decode: func(raw jsontext.Value) (*operation, error) {
			o, err := c8yclient.DecodeDocument[operation](raw)
			if err == nil && o.DeviceName == "" && t.Name(o.DeviceID) != o.DeviceID {
				o.DeviceName = t.Name(o.DeviceID) // only lists tell it
			}
			return o, err
		},
		Admits: func(p place.Place, o *operation) bool {
			f := operationFilter(p)
			return (f.DeviceID == "" || f.DeviceID == o.DeviceID) &&
				(f.Status == "" || f.Status == o.Status) &&
				(f.BulkOperationID == "" || f.BulkOperationID == string(o.BulkOperationID)) &&
				(f.FragmentType == "" || o.HasFragment(f.FragmentType)) &&
				(f.DateFrom.IsZero() || !o.CreationTime.Before(f.DateFrom))
		},
		Detail: operationDetail,
		Explain: func(ctx context.Context, t *tenant.Tenant, o *operation) (explain.Explanation, error) {
			return explain.Operation(ctx, t, o.ID)
		},
		Empty: func(p place.Place) text.Safe {
			return noneLately("No operation", p, "o tells devices what to do, and so do bulk operations.")
		},
		Subject: func(p place.Place) text.Safe {
			return of(t, cmp.Or(p.Query.Get("device"), p.Query.Get("agent")))
		},
		Actions: []collection.Action[*operation]{
			cancelOperations(), retryOperations(),
			{Action: keys.OperationDevice, Run: func(a *collection.Act[*operation]) {
				a.Open(place.At("device", a.Items[0].DeviceID))
			}},
		},
		Offers: []collection.Offer{{
			Action: keys.OperationNew,
			Disabled: func(p place.Place) string {
				if p.Query.Get("device") == "" {
					return "these are the operations of all devices: open those of one, or mark devices in their list"
				}
				return ""
			},
			Run: func(h collection.Here) {
				operate.Devices(h.Tenant, h.Scope, []string{h.Place.Query.Get("device")}, func(jsontext.Value) { h.Scope.Refresh() })
			},
		}},
		Create: newOperation,
	}
}

func operationFilter(p place.Place) c8yclient.OperationListOptions {
	return c8yclient.OperationListOptions{
		Status:   c8yclient.OperationStatus(strings.ToUpper(p.Query.Get("status"))),
		DeviceID: p.Query.Get("device"), AgentID: p.Query.Get("agent"),
		FragmentType: p.Query.Get("fragment"), BulkOperationID: p.Query.Get("bulk"), DateFrom: dated(sinceOf(p, recently)), Revert: true,
	}
}

func operationColumns() []collection.Column[*operation] {
	return []collection.Column[*operation]{
		{
			Name: "status", Column: table.Column{Title: "STATUS", Min: 12, Priority: 9},
			Cell:    func(o *operation) table.Cell { return show.OperationStatus(o.Status) },
			Text:    func(o *operation) string { return string(o.Status) },
			Choices: []string{"PENDING", "EXECUTING", "FAILED", "SUCCESSFUL"},
			Compare: func(a, b *operation) int {
				return slices.Index(lifeOfOperation, a.Status) - slices.Index(lifeOfOperation, b.Status)
			},
		},
		{
			Name: "created", Property: "creationTime", Column: table.Column{Title: "CREATED", Min: 8, Priority: 7, Align: text.Right},
			Time: func(o *operation) time.Time { return o.CreationTime },
		},
		{
			Name: "device", Whose: "device", Column: table.Column{Title: "DEVICE", Min: 18, Max: 32, Weight: 2, Priority: 8},
			Cell: func(o *operation) table.Cell {
				return table.Cell{Text: text.Clean(cmp.Or(o.DeviceName, o.DeviceID)), Role: theme.Strong}
			},
			Compare: func(a, b *operation) int {
				return show.CompareNames(cmp.Or(a.DeviceName, a.DeviceID), cmp.Or(b.DeviceName, b.DeviceID))
			},
		},
		{
			Name: "what", Column: table.Column{Title: "OPERATION", Min: 20, Max: 26, Weight: 1, Priority: 6},
			Cell:    func(o *operation) table.Cell { return table.Cell{Text: text.Clean(show.OperationName(o))} },
			Compare: func(a, b *operation) int { return cmp.Compare(show.OperationName(a), show.OperationName(b)) },
		},
		{
			Name: "description", Column: table.Column{Title: "DESCRIPTION", Min: 20, Max: 60, Weight: 3, Priority: 5},
			Cell:    func(o *operation) table.Cell { return table.Cell{Text: text.Clean(o.Description)} },
			Compare: func(a, b *operation) int { return show.CompareNames(a.Description, b.Description) },
		},
		{
			Name: "reason", Column: table.Column{Title: "FAILURE", Min: 8, Max: 50, Weight: 2, Priority: 4},
			Cell: func(o *operation) table.Cell {
				return table.Cell{Text: text.Clean(o.FailureReason), Role: theme.Critical}
			},
			Compare: func(a, b *operation) int { return show.CompareNames(a.FailureReason, b.FailureReason) },
		},
		{
			Name: "id", Column: table.Column{Title: "ID", Min: 4, Max: 14, Priority: 1, Align: text.Right},
			Cell:    func(o *operation) table.Cell { return table.Cell{Text: text.Clean(o.ID), Role: theme.Muted} },
			Compare: func(a, b *operation) int { return show.CompareIDs(a.ID, b.ID) },
		},
	}
}

// lifeOfOperation is the order of an operation's life.
var lifeOfOperation = []c8yclient.OperationStatus{
	c8yclient.OperationPending, c8yclient.OperationExecuting, c8yclient.OperationFailed, c8yclient.OperationSuccessful,
}

func operationDetail(o *operation, now time.Time) []collection.Field {
	status := show.OperationStatus(o.Status)
	fields := []collection.Field{
		{Label: "status", Value: status.Text, Role: status.Role},
		{Label: "device", Value: show.OrDash(cmp.Or(o.DeviceName, o.DeviceID)), Role: theme.Strong},
		{Label: "created", Value: show.Age(o.CreationTime, now)},
	}
	if o.FailureReason != "" {
		fields = append(fields, collection.Field{Label: "failure", Value: text.Clean(o.FailureReason), Role: theme.Critical})
	}
	if o.Delivery != nil {
		fields = append(fields, collection.Field{Label: "delivery", Value: show.OrDash(strings.ToLower(o.Delivery.Status))})
	}
	if o.BulkOperationID != "" {
		fields = append(fields, collection.Field{Label: "bulk", Value: text.Clean(string(o.BulkOperationID))})
	}
	fields = append(fields,
		collection.Field{Label: "id", Value: show.OrDash(o.ID), Role: theme.Muted},
		collection.Field{Label: "description", Value: show.OrDash(o.Description)})
	return append(fields, fragmentFields(&o.Document)...)
}
