package overview

import (
	"context"
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"

	"c8yx/c8yclient/realtime"
	"c8yx/theme"
	"c8yx/ui"
	"c8yx/ui/text"
	"c8yx/views/place"
	"c8yx/views/tenant"
)

// refreshEvery is how often everything is asked for again while it is seen.
const refreshEvery = 30 * time.Second

// batchEvery is the least time between two batches of live messages.
const batchEvery = 250 * time.Millisecond

// View shows the pulse of a tenant. Make one with [New].
type View struct {
	tenant  *tenant.Tenant
	scope   *ui.Scope
	actions []ui.Action

	alarms, newest, devices, operations, events, about, standing topic

	facts   facts
	trend   hours
	roll    roll
	rate    rate
	ranking ranking

	lost   time.Time // since when alarms do not arrive live; zero if they do
	began  time.Time // the last time that everything was asked for
	paused bool
	seen   bool
	again  func() // calls the planned refresh off
	stop   func() // stops the clocks

	board board
}

// New returns the view of the place "overview", which takes nothing else.
func New(t *tenant.Tenant, p place.Place) (*View, error) {
	if len(p.Path) > 0 || len(p.Query) > 0 {
		return nil, fmt.Errorf("%s: the overview is of the whole tenant; write overview", p)
	}
	v := &View{tenant: t}
	alarms, inventory := []string{"ROLE_ALARM_READ"}, []string{"ROLE_INVENTORY_READ", "ROLE_MANAGED_OBJECT_READ"}
	v.alarms = topic{needs: alarms, work: v.askAlarms}
	v.newest = topic{needs: alarms, work: v.askTrend}
	v.standing = topic{needs: alarms, work: v.askStanding}
	v.devices = topic{needs: inventory, work: v.askDevices}
	v.operations = topic{needs: []string{"ROLE_DEVICE_CONTROL_READ"}, work: v.askOperations}
	v.events = topic{needs: []string{"ROLE_EVENT_READ"}, work: v.askEvents}
	v.about = topic{work: v.askTenant} // everybody may know who he is
	return v, nil
}

// topics returns everything that is asked for, what is seen first at the front.
func (v *View) topics() []*topic {
	return []*topic{&v.alarms, &v.devices, &v.standing, &v.operations, &v.events, &v.about, &v.newest}
}

// Open begins to ask and to follow.
func (v *View) Open(scope *ui.Scope) {
	v.scope = scope
	v.actions = v.bind()
	v.began = time.Now()
	for _, t := range v.topics() {
		v.ask(t)
	}
	v.follow(realtime.Alarms("*"), v.alarmsArrive)
	v.follow(realtime.Operations("*"), func(b realtime.Batch, _ []realtime.Message) {
		if len(b.Messages) > 0 && !v.paused {
			v.askSoon(&v.operations)
		}
	})
	v.follow(realtime.Events("*"), nil)
}

// follow subscribes to a channel for as long as the view is open and counts what
// arrives. Each channel has its own subscription, since a user may be refused one
// and have the others.
func (v *View) follow(channel realtime.Channel, arrive func(realtime.Batch, []realtime.Message)) {
	v.scope.Go(func(ctx context.Context) {
		for batch := range v.tenant.Follow(ctx, batchEvery, channel) {
			v.scope.Post(func() {
				v.rate.add(time.Now(), len(batch.Messages))
				if arrive != nil {
					arrive(batch, batch.Messages)
				}
			})
		}
	})
}

// alarmsArrive keeps the roll true and has the tenant count again.
func (v *View) alarmsArrive(b realtime.Batch, messages []realtime.Message) {
	v.lost = time.Time{}
	if b.State == realtime.Lost || b.State == realtime.Refused {
		v.lost = b.Since
	}
	if v.paused {
		return
	}
	if b.Gap || v.standing.began.Before(b.LiveSince) {
		v.ask(&v.standing)
	}
	for _, m := range messages {
		if id, s, ok := change(m); ok {
			v.roll.set(id, s)
		}
	}
	if len(messages) > 0 || b.Gap {
		v.askSoon(&v.alarms)
		v.askSoon(&v.newest)
	}
	v.touch()
}

// Shown keeps the numbers fresh and lets the ages go on.
func (v *View) Shown() {
	v.seen = true
	v.tick()
	if left := refreshEvery - time.Since(v.began); left > 0 {
		v.plan(left)
	} else {
		v.refresh()
	}
}

// Hidden stops what only a reader needs.
func (v *View) Hidden() {
	v.seen = false
	for _, stop := range []*func(){&v.again, &v.stop} {
		if *stop != nil {
			(*stop)()
			*stop = nil
		}
	}
}

// plan refreshes everything in a while.
func (v *View) plan(in time.Duration) {
	if v.again != nil {
		v.again()
	}
	v.again = v.scope.After(in, func() {
		v.again = nil
		v.refresh()
	})
}

// refresh asks for everything again that nothing else keeps true. What the user may
// not read is not asked for again and again.
func (v *View) refresh() {
	v.began = time.Now()
	for _, t := range v.topics() {
		if t.refused() || t == &v.about && t.known || t == &v.standing && t.known && t.err == nil && v.lost.IsZero() {
			continue
		}
		v.ask(t)
	}
	if v.seen && !v.paused {
		v.plan(refreshEvery)
	}
}

// askAll asks for everything, because the user wants it.
func (v *View) askAll() {
	v.paused = false
	for _, t := range v.topics() {
		if t.refused() {
			t.err = nil
		}
		v.ask(t)
	}
	v.began = time.Now()
	if v.seen {
		v.plan(refreshEvery)
	}
}

// pause stops asking by itself, and begins again.
func (v *View) pause() {
	if v.paused {
		v.askAll()
		return
	}
	v.paused = true
	if v.again != nil {
		v.again()
		v.again = nil
	}
}

// tick lets ages and the meter go on while they are seen.
func (v *View) tick() {
	if v.stop != nil {
		v.stop()
		v.stop = nil
	}
	if !v.seen || v.scope == nil {
		return
	}
	v.touch()
	v.stop = v.scope.After(bucket, func() {
		v.stop = nil
		v.tick()
	})
}

// Place returns the place, which never changes.
func (v *View) Place() string { return "overview" }

// Title names the view.
func (v *View) Title() text.Safe { return "Overview" }

// Status says how old the numbers are, if they are not what they should be.
func (v *View) Status() []ui.Span {
	var spans []ui.Span
	now := time.Now()
	asking := false
	var oldest *topic // of those whose numbers are no longer true
	for _, t := range v.topics() {
		asking = asking || t.asking && !t.known
		if t.known && t.err != nil && (oldest == nil || t.asOf.Before(oldest.asOf)) {
			oldest = t
		}
	}
	if asking {
		spans = append(spans, ui.Span{Text: "counting …", Role: theme.Busy})
	}
	if v.paused {
		spans = append(spans, ui.Span{Text: "paused", Role: theme.Minor})
	}
	if oldest != nil {
		spans = append(spans, ui.Span{Text: oldest.said() + ", in part as of " + text.Age(now.Sub(oldest.asOf)), Role: theme.Critical})
	}
	if !v.lost.IsZero() {
		spans = append(spans, ui.Span{Text: "not live since " + text.Span(now.Sub(v.lost)), Role: theme.Minor})
	}
	return spans
}

// Actions returns what can be done here.
func (v *View) Actions() []ui.Action { return v.actions }

// Resize sets the size of the pane.
func (v *View) Resize(width, height int) {
	v.board.width, v.board.height = width, height
	v.touch()
}

// Key has nothing to do: every key of this view is an action.
func (v *View) Key(tea.KeyPressMsg) bool { return false }

// touch says that something may look different.
func (v *View) touch() { v.board.stale = true }
