package follow

import (
	"context"
	"crypto/rand"
	"errors"
	"strings"
	"time"

	"c8yx/c8yclient"
	"c8yx/c8yclient/notification2"
	"c8yx/ui/text"
	"c8yx/ui/toast"
	"c8yx/views/collection"
	"c8yx/views/fault"
	"c8yx/views/tenant"
)

// following is one subscriber of a subscription, for as long as somebody looks.
type following struct {
	log      *Log
	number   int
	tenant   *tenant.Tenant
	consumer c8yclient.NotificationConsumer
}

// tokenLife is for how long a token may be used to connect, partingTime how long it may take to leave.
const (
	tokenLife   = time.Hour
	partingTime = 1500 * time.Millisecond
)

// newFollowing returns a following under a name that no other subscriber has.
func newFollowing(l *Log, t *tenant.Tenant, subscription string, inMemory bool) *following {
	return &following{log: l, number: l.begin(), tenant: t, consumer: c8yclient.NotificationConsumer{
		Subscription: subscription, Subscriber: "c8yx" + strings.ToLower(rand.Text()[:12]),
		NonPersistent: inMemory, ValidFor: tokenLife,
	}}
}

// run receives news until the context ends, and has the subscriber removed then. What becomes of the
// connection is told as news, too.
func (f *following) run(ctx context.Context, yield func(collection.News[*message]) bool) {
	if f.consumer.Subscription == "" {
		return
	}
	// The last word to the tenant outlives the view.
	beyond := c8yclient.WithCause(context.WithoutCancel(ctx), "Follow "+f.consumer.Subscription)
	consumer, err := f.tenant.Client.ConsumeNotifications(beyond, f.consumer, &notification2.Options{AutoAck: true})
	if err != nil {
		yield(f.log.add(f.number, f.connection(notification2.Batch{State: notification2.Refused, Err: err})))
		return
	}
	known, came := notification2.Connecting, false // came: the tenant has a subscriber since
	defer func() { f.leave(beyond, consumer, came) }()
	for {
		batch, err := consumer.Next(ctx)
		if err != nil {
			return
		}
		var lines []*message
		if batch.State != known {
			known = batch.State
			came = came || known == notification2.Live
			lines = append(lines, f.connection(batch))
		}
		for _, n := range batch.Notifications {
			lines = append(lines, about(n))
		}
		if len(lines) > 0 && !yield(f.log.add(f.number, lines...)) {
			return
		}
	}
}

// connection returns the line that says what became of the connection.
func (f *following) connection(b notification2.Batch) *message {
	m := &message{at: time.Now(), state: b.State}
	switch {
	case b.State == notification2.Live:
		m.said = "as the subscriber " + f.consumer.Subscriber
	case errors.Is(b.Err, notification2.ErrRefused):
		m.said = string(fault.Explain(b.Err))
	case b.Err != nil:
		m.said = b.Err.Error() + "; it is tried again"
	}
	return m
}

// leave ends the consumer and has its subscriber removed: over the connection, else by asking for it.
func (f *following) leave(ctx context.Context, consumer *notification2.Consumer, came bool) {
	ctx, cancel := context.WithTimeout(ctx, partingTime)
	defer cancel()
	var err error
	if came {
		if err = consumer.Unsubscribe(ctx); err != nil {
			err = f.remove(ctx)
		}
	}
	consumer.Close()
	<-consumer.Done()
	scope := f.tenant.Jobs.Scope()
	if err == nil || scope == nil {
		return
	}
	why := fault.Explain(err)
	scope.Hand(func() {
		scope.Toast(toast.Caution, "The subscriber "+text.Clean(f.consumer.Subscriber)+" of "+text.Clean(f.consumer.Subscription)+
			" could not be removed, so that the tenant keeps news for it. "+why)
	})
}

// remove asks the tenant to remove the subscriber, for which it wants to see a token.
func (f *following) remove(ctx context.Context) error {
	token, err := f.tenant.Client.NotificationTokens.Create(ctx, f.consumer)
	if err == nil {
		_, err = f.tenant.Client.NotificationTokens.Unsubscribe(ctx, token)
	}
	return err
}
