package views

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"c8yx/c8yclient"
	"c8yx/theme"
	"c8yx/ui/text"
	"c8yx/views/explain"
	"c8yx/views/fault"
	"c8yx/views/show"
	"c8yx/views/tenant"
)

// retainedTypes are the sorts of data that have an end.
func retainedTypes() []c8yclient.RetentionDataType {
	return []c8yclient.RetentionDataType{
		c8yclient.RetainMeasurements, c8yclient.RetainEvents, c8yclient.RetainAlarms, c8yclient.RetainOperations,
		c8yclient.RetainAuditRecords, c8yclient.RetainBulkOperations,
	}
}

// hasType reports whether rules about a sort of data look at its type, hasFragment whether they look
// at its fragments, as the official document says of the members of a rule.
func hasType(d c8yclient.RetentionDataType) bool {
	return d != c8yclient.RetainOperations && d != c8yclient.RetainBulkOperations
}

func hasFragment(d c8yclient.RetentionDataType) bool {
	return d != c8yclient.RetainAlarms && d != c8yclient.RetainAuditRecords
}

// countTimeout is how long the tenant may count one sort of data.
const countTimeout = 20 * time.Second

// old is how much of one sort of data a rule would remove.
type old struct {
	data  c8yclient.RetentionDataType
	count int
	err   error
}

// explainRetention finds out what a rule would remove if it ran now. The tenant is asked for totals
// only. Other rules do not matter: each removes what it finds, whatever the others would keep.
func explainRetention(ctx context.Context, t *tenant.Tenant, r *retentionRule) (explain.Explanation, error) {
	e := explain.Explanation{Title: "What would this rule remove?"}
	if r.MaximumAge == 0 {
		e.Verdict = "With 0 days it removes nothing: what it concerns is kept for ever."
		return e, nil
	}
	before := time.Now().AddDate(0, 0, -r.MaximumAge)
	var found []*old
	var group errgroup.Group
	for _, data := range retainedTypes() {
		if r.DataType != "" && r.DataType != c8yclient.RetainAll && r.DataType != data {
			continue
		}
		o := &old{data: data}
		found = append(found, o)
		group.Go(func() error {
			ctx, cancel := context.WithTimeout(ctx, countTimeout)
			defer cancel()
			o.count, o.err = countOld(ctx, t.Client, r, data, before)
			return nil // one that cannot be counted does not keep the others from being told
		})
	}
	_ = group.Wait()
	total, unknown := 0, 0
	for _, o := range found {
		fact := explain.Fact{Label: text.Clean(manyOf(o.data))}
		switch {
		case o.err != nil:
			unknown++
			fact.Value, fact.Role = "not known: "+whyUncounted(o.err), theme.Minor
		case o.count == 0:
			fact.Value, fact.Role = "none", theme.Good
		default:
			total += o.count
			fact.Value, fact.Role = text.Count(o.count), theme.Critical
		}
		e.Facts = append(e.Facts, fact)
	}
	e.Verdict = verdictOfRule(total, unknown, before)
	e.Facts = append(e.Facts, explain.Fact{Label: "older than", Value: show.Moment(before), Role: theme.Muted})
	e.Facts = append(e.Facts, narrowings(r)...)
	if r.DataType == c8yclient.RetainAlarms || r.DataType == c8yclient.RetainAll {
		e.Next = append(e.Next, "Of alarms only those count that are cleared: the others stay, however old they are.")
	}
	if total > 0 {
		e.Next = append(e.Next, "What a rule removes does not come back. Export it before, if it is still needed.")
	}
	return e, nil
}

func verdictOfRule(total, unknown int, before time.Time) text.Safe {
	day := text.Clean(before.Local().Format("2 January 2006"))
	switch {
	case total == 0 && unknown == 0:
		return "It would remove nothing: there is none from before " + day + "."
	case total == 0:
		return "It is not known what it would remove."
	case unknown > 0:
		return "It would remove at least " + text.Count(total) + " documents, from before " + day + "."
	case total == 1:
		return "It would remove 1 document, from before " + day + "."
	}
	return "It would remove " + text.Count(total) + " documents, from before " + day + "."
}

// narrowings are what a rule looks at besides the age.
func narrowings(r *retentionRule) []explain.Fact {
	var facts []explain.Fact
	for _, n := range []struct {
		label text.Safe
		value string
	}{{"of type", r.Type}, {"with fragment", r.FragmentType}, {"of source", r.Source}} {
		if n.value != "" && n.value != "*" {
			facts = append(facts, explain.Fact{Label: n.label, Value: text.Clean(n.value), Role: theme.Muted})
		}
	}
	return facts
}

// manyOf names a sort of data: "bulk operations".
func manyOf(d c8yclient.RetentionDataType) string {
	if d == c8yclient.RetainAuditRecords {
		return "audit records"
	}
	return strings.ReplaceAll(show.Lower(string(d)), "_", " ") + "s"
}

func whyUncounted(err error) text.Safe {
	if errors.Is(err, context.DeadlineExceeded) {
		return "counting takes the tenant too long"
	}
	return fault.Short(err) + " (" + text.Clean(err.Error()) + ")"
}

// countOld asks how much of one sort of data is from before a moment and meant by the rule.
func countOld(ctx context.Context, c *c8yclient.Client, r *retentionRule, data c8yclient.RetentionDataType, before time.Time) (int, error) {
	given := func(s string) string {
		if s == "*" {
			return ""
		}
		return s
	}
	source, kind, fragment := given(r.Source), given(r.Type), given(r.FragmentType)
	switch data {
	case c8yclient.RetainMeasurements:
		return c.Measurements.Count(ctx, &c8yclient.MeasurementListOptions{Source: source, Type: kind, ValueFragmentType: fragment, DateTo: before})
	case c8yclient.RetainEvents:
		return c.Events.Count(ctx, &c8yclient.EventFilter{Source: source, Type: kind, FragmentType: fragment, DateTo: before})
	case c8yclient.RetainAlarms:
		f := c8yclient.AlarmFilter{Source: source, Status: []c8yclient.AlarmStatus{c8yclient.AlarmCleared}, DateTo: before}
		if kind != "" {
			f.Type = []string{kind}
		}
		return c.Alarms.Count(ctx, &f)
	case c8yclient.RetainOperations:
		return c.Operations.Count(ctx, &c8yclient.OperationListOptions{DeviceID: source, FragmentType: fragment, DateTo: before})
	case c8yclient.RetainAuditRecords:
		return c.AuditRecords.Count(ctx, &c8yclient.AuditRecordListOptions{Source: source, Type: kind, DateTo: before})
	case c8yclient.RetainBulkOperations:
		return c.BulkOperations.Count(ctx, &c8yclient.BulkOperationListOptions{DateTo: before})
	}
	return 0, fmt.Errorf("there is no %s to be counted", data)
}
