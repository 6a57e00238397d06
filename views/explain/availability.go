package explain

import (
	"context"
	"errors"
	"strings"
	"time"

	"c8yx/c8yclient"
	"c8yx/theme"
	"c8yx/ui/text"
	"c8yx/views/show"
	"c8yx/views/tenant"
)

// Availability explains why a device is in the state that it is shown in: the rule, when it
// was heard last, when it was due, and what arrived from it at all. A device that sends but
// counts as unavailable is told apart from one that is silent.
func Availability(ctx context.Context, t *tenant.Tenant, id string) (Explanation, error) {
	object, err := t.Client.Inventory.Get(ctx, id, nil)
	if err != nil {
		return Explanation{Title: "Availability"}, err
	}
	d, now := show.NewDevice(object), time.Now()
	e := Explanation{Title: "Availability of " + text.Clean(d.Name)}
	if !d.IsDevice {
		e.Verdict = "It is no device (it lacks c8y_IsDevice), so its availability is not watched."
		return e, nil
	}
	status := d.Status()
	e.Verdict = "It is " + status.Text + ": " + d.Rule(now) + "."
	e.say(status.Role, "status", status.Text)
	e.say(theme.Text, "connection", show.OrDash(strings.ToLower(d.Connection)))
	e.say(theme.Text, "last message", show.Age(d.LastMessage.Time(), now))
	if d.Interval > 0 {
		interval := time.Duration(d.Interval) * time.Minute
		e.say(theme.Text, "required every", text.Span(interval))
		if !d.LastMessage.IsZero() {
			e.say(theme.Text, "due", show.Moment(d.LastMessage.Time().Add(interval)))
		}
	} else {
		e.say(theme.Muted, "required every", "no interval is set (c8y_RequiredAvailability)")
	}
	latest, err := e.heard(ctx, t, id, now)
	if err != nil {
		return e, err
	}
	e.adviseAvailability(d, latest)
	return e, nil
}

// heard adds when each kind of data last came from the device, and returns the latest moment.
func (e *Explanation) heard(ctx context.Context, t *tenant.Tenant, id string, now time.Time) (latest time.Time, err error) {
	since := time.Unix(0, 0)
	one := c8yclient.Paging{PageSize: 1}
	for _, kind := range []struct {
		label text.Safe
		ask   func() (time.Time, error)
	}{
		{"latest measurement", func() (time.Time, error) {
			page, err := t.Client.Measurements.Page(ctx, &c8yclient.MeasurementListOptions{
				Source: id, DateFrom: since, Revert: true, Paging: one,
			})
			if err != nil || len(page.Items) == 0 {
				return time.Time{}, err
			}
			return page.Items[0].Time, nil
		}},
		{"latest event", func() (time.Time, error) {
			page, err := t.Client.Events.Page(ctx, &c8yclient.EventListOptions{
				EventFilter: c8yclient.EventFilter{Source: id, DateFrom: since}, Paging: one,
			})
			if err != nil || len(page.Items) == 0 {
				return time.Time{}, err
			}
			return page.Items[0].CreationTime, nil
		}},
		{"latest alarm", func() (time.Time, error) { return latestAlarm(ctx, t, id) }},
	} {
		at, err := kind.ask()
		switch {
		case errors.Is(err, c8yclient.ErrForbidden):
			e.say(theme.Muted, kind.label, "this user may not read it")
			continue
		case err != nil:
			return latest, err
		}
		e.say(theme.Text, kind.label, show.Age(at, now))
		if at.After(latest) {
			latest = at
		}
	}
	return latest, nil
}

// latestAlarm returns when the device last raised an alarm itself. The platform's own about its
// silence is no sign of life.
func latestAlarm(ctx context.Context, t *tenant.Tenant, id string) (time.Time, error) {
	const some = 20
	page, err := t.Client.Alarms.Page(ctx, &c8yclient.AlarmListOptions{
		AlarmFilter: c8yclient.AlarmFilter{Source: id, DateFrom: time.Unix(0, 0)}, Paging: c8yclient.Paging{PageSize: some},
	})
	if err != nil {
		return time.Time{}, err
	}
	for _, alarm := range page.Items {
		if alarm.Type != "c8y_UnavailabilityAlarm" {
			return alarm.Time, nil
		}
	}
	return time.Time{}, nil
}

// adviseAvailability says what can be done. What counts as a sign of life: measurements, events,
// alarms and updates of the object that change nothing (an empty body); not other updates, and
// not requests with an application key.
func (e *Explanation) adviseAvailability(d *show.Device, latest time.Time) {
	switch {
	case d.Availability == "UNAVAILABLE" && latest.After(d.LastMessage.Time().Add(time.Minute)):
		e.Verdict = "It sends, but what it sends does not count as a sign of life."
		e.advise("Requests with an application key (X-Cumulocity-Application-Key) do not count, and neither do updates of the object other than empty ones.")
	case d.Availability == "UNAVAILABLE":
		e.advise("Look at the device's network and its agent. Anything that it measures or reports brings it back at once.")
	case d.Interval <= 0 && d.Availability != "MAINTENANCE":
		e.advise("Set c8y_RequiredAvailability.responseInterval (minutes) to be told when it falls silent.")
	}
	if d.Interval > 0 && d.Interval < 5 {
		e.advise("An interval below five minutes makes devices flap: the platform looks only every few minutes.")
	}
}
