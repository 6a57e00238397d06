package inventory

import (
	"time"

	"c8yx/theme"
	"c8yx/ui/fields"
	"c8yx/ui/text"
	"c8yx/views/show"
)

// describeFully returns title and fields of the pane beside the tree.
func (v *View) describeFully(k key, now time.Time) (text.Safe, []fields.Field) {
	o := v.objects[k.id]
	if o == nil {
		return "", nil
	}
	title := text.Clean(o.label())
	if o.kind == branch {
		return title, v.branchFields(o)
	}
	list := []fields.Field{
		{Label: "is a", Value: kindWords(o), Role: theme.Strong},
		{Label: "here as", Value: mark(o, k.relation) + " " + relationWords(o, k.relation)},
	}
	if w := warn(o, k); w.long != "" {
		list = append(list, fields.Field{Label: "⚠ mistake", Value: w.long, Role: theme.Minor})
	}
	list = append(list, o.stateFields(now)...)
	list = append(list, v.belowFields(o)...)
	if v.where.id == o.ID && len(v.where.names) > 0 {
		list = append(list, fields.Field{Label: "Where it is"})
		for i, name := range v.where.names {
			list = append(list, fields.Field{Label: "place " + text.Count(i+1), Value: name})
		}
	}
	list = append(list, fields.Field{Label: "Object"},
		fields.Field{Label: "id", Value: show.OrDash(o.ID)},
		fields.Field{Label: "type", Value: show.OrDash(o.Type)})
	for _, f := range []struct{ label, value string }{{"model", o.Model}, {"serial", o.Serial}, {"firmware", o.Firmware}} {
		if f.value != "" {
			list = append(list, fields.Field{Label: text.Clean(f.label), Value: text.Clean(f.value)})
		}
	}
	return title, append(list,
		fields.Field{Label: "owner", Value: show.OrDash(o.Owner)},
		fields.Field{Label: "created", Value: show.Moment(o.Created.Time()), Role: theme.Muted},
		fields.Field{Label: "changed", Value: show.Moment(o.Updated.Time()), Role: theme.Muted},
	)
}

// branchFields say what the made-up branch is.
func (v *View) branchFields(o *object) []fields.Field {
	list := []fields.Field{{
		Label: "is", Value: "no object of the tenant, but all devices that are in no group and behind no other device", Role: theme.Muted,
	}}
	if n := o.children(); n != noNumber {
		list = append(list, fields.Field{Label: "devices", Value: text.Count(n)})
	}
	return append(list, v.belowFields(o)...)
}

// stateFields say how the object is, if it is something that can be well or not.
func (o *object) stateFields(now time.Time) []fields.Field {
	switch o.kind {
	case device:
		status := o.Status()
		return []fields.Field{
			{Label: "status", Value: status.Text, Role: status.Role},
			{Label: "because", Value: o.Rule(now), Role: theme.Muted},
			{Label: "last message", Value: show.Age(o.LastMessage.Time(), now)},
		}
	case service:
		return []fields.Field{{Label: "status", Value: show.OrDash(o.state), Role: o.role()}}
	case smartGroup:
		return []fields.Field{{Label: "query", Value: show.OrDash(o.query), Role: theme.Value}}
	}
	return nil
}

// belowFields count what is below the object, and the alarms of it all.
func (v *View) belowFields(o *object) []fields.Field {
	var list []fields.Field
	for i, label := range []text.Safe{"assets", "devices", "additions"} {
		if n := o.counts[i]; n > 0 && o.kind != smartGroup && o.kind != branch {
			list = append(list, fields.Field{Label: label, Value: text.Count(n)})
		}
	}
	if own := o.Alarms.Cell(); own.Text != "" {
		list = append(list, fields.Field{Label: "alarms", Value: own.Text, Role: own.Role})
	} else if o.kind == device {
		list = append(list, fields.Field{Label: "alarms", Value: "none", Role: theme.Muted})
	}
	if sum := v.sums.of(o); sum.below {
		cell := sum.alarms.Cell()
		list = append(list, fields.Field{
			Label: "Σ alarms", Value: cell.Text + " with the " + text.Count(sum.things) + " objects loaded below", Role: cell.Role,
		})
	}
	return list
}
