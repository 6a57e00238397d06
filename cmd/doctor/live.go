package doctor

import (
	"context"
	"time"

	"c8yx/c8yclient/realtime"
	"c8yx/views/tenant"
)

// live looks whether changes arrive as they happen.
func live(ctx context.Context, t *tenant.Tenant, patience time.Duration) Finding {
	const check = "realtime"
	channel := realtime.ManagedObjects("*")
	for _, readable := range []struct {
		channel realtime.Channel
		needs   string
	}{
		{realtime.ManagedObjects("*"), "ROLE_INVENTORY_READ"},
		{realtime.Alarms("*"), "ROLE_ALARM_READ"},
		{realtime.Events("*"), "ROLE_EVENT_READ"},
		{realtime.Operations("*"), "ROLE_DEVICE_CONTROL_READ"},
		{realtime.Measurements("*"), "ROLE_MEASUREMENT_READ"},
	} {
		if t.Denied([]string{readable.needs}) == "" {
			channel = readable.channel
			break
		}
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	began := time.Now()
	subscription, err := t.Client.Realtime.Subscribe(ctx, channel)
	if err != nil {
		return fail(check, "", "%v", err)
	}
	defer subscription.Close()
	var last error
	for {
		batch, err := subscription.Next(ctx)
		switch {
		case err != nil && last != nil:
			return fail(check, blocked, "no connection within %s: %v", patience, last)
		case err != nil:
			return fail(check, blocked, "no connection within %s", patience)
		case batch.State == realtime.Live:
			return ok(check, "connected within %s", took(time.Since(began)))
		case batch.State == realtime.Refused:
			return fail(check, "Lists are read anew when you refresh, not by themselves.", "the tenant refuses %s: %v", channel, batch.Err)
		}
		last = batch.Err
	}
}

const blocked = "A proxy may block WebSockets and long requests. Lists are read anew when you refresh, not by themselves."
