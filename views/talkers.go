package views

import (
	"cmp"
	"context"
	"iter"
	"slices"
	"time"

	"c8yx/c8yclient"
	"c8yx/keys"
	"c8yx/theme"
	"c8yx/ui/table"
	"c8yx/ui/text"
	"c8yx/views/collection"
	"c8yx/views/place"
	"c8yx/views/show"
	"c8yx/views/tenant"
)

// talker is the alarms of one type that one source has raised.
type talker struct {
	source, name, kind string
	alarms             int // documents
	raised             int // how often: the platform counts a repeated alarm up instead of adding one
	worst              c8yclient.Severity
	last               time.Time
	text               string      // of the latest
	asked              place.Place // of which alarms it was counted
}

// talkers is the kind of those who raise alarms, by source and type, over the alarms that a place asks
// for; it asks as a list of alarms does.
func talkers(t *tenant.Tenant) *collection.Kind[*talker] {
	return &collection.Kind[*talker]{
		Name: "talkers", Aliases: []string{"toptalkers"},
		Title: "Top talkers", One: "talker", Many: "talkers",
		Needs:      []string{"ROLE_ALARM_READ"},
		Parameters: []string{"status", "severity", "type", "source", "last"}, Whose: []string{"source"},
		Sort: "-raised",
		Columns: []collection.Column[*talker]{
			collection.Count("raised", table.Column{Title: "RAISED", Min: 8, Priority: 9}, func(t *talker) int64 { return int64(t.raised) }),
			collection.Count("alarms", table.Column{Title: "ALARMS", Min: 7, Priority: 7}, func(t *talker) int64 { return int64(t.alarms) }),
			{
				Name: "worst", Column: table.Column{Title: "WORST", Min: 10, Priority: 6},
				Cell:    func(t *talker) table.Cell { return show.Severity(t.worst) },
				Compare: func(a, b *talker) int { return show.Gravity(b.worst) - show.Gravity(a.worst) },
			},
			collection.Words("source", table.Column{Title: "DEVICE", Min: 16, Max: 36, Weight: 2, Priority: 8}, theme.Strong, func(t *talker) string { return cmp.Or(t.name, t.source) }),
			collection.Words("type", table.Column{Title: "TYPE", Min: 14, Max: 36, Weight: 2, Priority: 8}, theme.Text, func(t *talker) string { return t.kind }),
			collection.When("last", table.Column{Title: "LAST", Min: 8, Priority: 5}, func(t *talker) time.Time { return t.last }),
			collection.Words("text", table.Column{Title: "TEXT", Min: 16, Max: 80, Weight: 3, Priority: 4}, theme.Muted, func(t *talker) string { return t.text }),
		},
		ID:    func(t *talker) string { return t.source + "/" + t.kind },
		Named: func(t *talker) (id, name string) { return t.source, t.name },
		Label: func(t *talker) string { return cmp.Or(t.name, t.source) + " " + t.kind },
		Read: func(ctx context.Context, t *tenant.Tenant, p place.Place) iter.Seq2[[]*talker, error] {
			return whole(func() ([]*talker, error) { return countTalkers(ctx, t.Client, p) })
		},
		Reread: 15 * time.Second,
		Opens: func(t *talker) place.Place {
			p := place.At("alarms").With("source", t.source).With("type", t.kind)
			for _, same := range []string{"status", "severity", "last"} {
				p = p.With(same, t.asked.Query.Get(same))
			}
			return p
		},
		Detail: func(t *talker, now time.Time) []collection.Field {
			worst := show.Severity(t.worst)
			return []collection.Field{
				{Label: "device", Value: show.OrDash(cmp.Or(t.name, t.source)), Role: theme.Strong},
				{Label: "type", Value: show.OrDash(t.kind)},
				{Label: "alarms", Value: text.Count(t.alarms)},
				{Label: "raised", Value: text.Count(t.raised) + " times"},
				{Label: "worst", Value: worst.Text, Role: worst.Role},
				{Label: "last", Value: show.Age(t.last, now)},
				{Label: "text", Value: show.OrDash(t.text)},
			}
		},
		Empty: func(p place.Place) text.Safe {
			if p.Query.Get("status") == "" {
				return "No alarm is active or acknowledged here, so nobody talks. talkers?status=all counts cleared ones too."
			}
			return "No alarm answers to this, so nobody talks."
		},
		Subject: func(p place.Place) text.Safe {
			return of(t, p.Query.Get("source"))
		},
		Actions: []collection.Action[*talker]{{Action: keys.AlarmDevice, Run: func(a *collection.Act[*talker]) {
			a.Open(place.At("device", a.Items[0].source))
		}}},
	}
}

// countTalkers counts alarms by source and type. Those with the most come first.
func countTalkers(ctx context.Context, client *c8yclient.Client, p place.Place) ([]*talker, error) {
	found := map[[2]string]*talker{}
	for page, err := range client.Alarms.Pages(ctx, &c8yclient.AlarmListOptions{AlarmFilter: alarmFilter(p)}) {
		if err != nil {
			return nil, err
		}
		for _, a := range page.Items {
			key := [2]string{a.Source.ID, a.Type}
			t := found[key]
			if t == nil {
				t = &talker{source: a.Source.ID, name: a.Source.Name, kind: a.Type, worst: a.Severity, asked: p}
				found[key] = t
			}
			t.add(a)
		}
	}
	list := make([]*talker, 0, len(found))
	for _, t := range found {
		list = append(list, t)
	}
	slices.SortFunc(list, func(a, b *talker) int { return cmp.Or(b.raised-a.raised, cmp.Compare(a.source, b.source)) })
	return list, nil
}

func (t *talker) add(a *alarm) {
	t.alarms++
	t.raised += max(1, a.Count)
	if show.Gravity(a.Severity) < show.Gravity(t.worst) {
		t.worst = a.Severity
	}
	if !a.Time.Before(t.last) {
		t.last, t.text = a.Time, a.Text
	}
}
