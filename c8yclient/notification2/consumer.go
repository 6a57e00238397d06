package notification2

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"sync"
	"time"
)

// Config says how to reach a tenant.
type Config struct {
	// URL is the endpoint, for example https://acme.example/notification2/consumer/.
	URL *url.URL
	// HTTP makes the connection. It needs no credentials: the token is enough.
	HTTP *http.Client
	// Token returns a token of the subscriber. It is called for the first connection, and when the
	// tenant does not accept the last token any more.
	Token func(context.Context) (string, error)
}

// Options change how a consumer works.
type Options struct {
	// Client names this client among those of a shared subscriber, so that after a break it gets
	// the news of the same sources as before.
	Client string
	// AutoAck acknowledges what was taken when the next batch is taken, and never if the consumer
	// is closed before.
	AutoAck bool
}

// ErrClosed is returned by [Consumer.Next] after the consumer has ended.
var ErrClosed = errors.New("the consumer has ended")

// ErrNotConnected is returned by [Consumer.Unsubscribe] while there is no connection.
var ErrNotConnected = errors.New("not connected")

// maxQueuedBytes is how much a consumer collects before it stops reading.
const maxQueuedBytes = 16 << 20

// State says how a consumer stands.
type State int

// The states of a consumer.
const (
	// Connecting: not live yet for the first time.
	Connecting State = iota
	// Live: news arrives as it happens.
	Live
	// Lost: the connection broke, or could not be made; it is tried again.
	Lost
	// Refused: the tenant does not allow it, and trying again would not help.
	Refused
)

// String returns the state in lower-case English.
func (s State) String() string {
	switch s {
	case Connecting:
		return "connecting"
	case Live:
		return "live"
	case Lost:
		return "lost"
	case Refused:
		return "refused"
	}
	return "unknown"
}

// Batch is everything that arrived since the batch before.
type Batch struct {
	// Notifications in the order of their arrival. Of each source it is the order in which
	// things happened.
	Notifications []Notification
	// State of the consumer now, and since when.
	State State
	Since time.Time
	// Err says why the consumer is Lost or Refused.
	Err error
}

// Consumer receives the news of one subscriber. Its methods may be called from several goroutines.
type Consumer struct {
	config  Config
	options Options
	ctx     context.Context
	cancel  context.CancelFunc
	done    chan struct{}
	// Signals hold a token: ready while there is something to take, space when something was taken,
	// acked while there are acknowledgements to send, kicked when the connection is wanted now.
	ready, space, acked, kicked chan struct{}
	farewells                   chan farewell

	mu         sync.Mutex
	batch      Batch
	bytes      int
	connection int            // the number of the last connection
	acks       []string       // to be sent over that
	taken      []Notification // to be acknowledged by AutoAck
}

// Consume begins to receive the news of a subscriber. It does not wait for the network: the state
// of the consumer comes with its batches. It ends with the context or with [Consumer.Close].
func Consume(ctx context.Context, config Config, options *Options) (*Consumer, error) {
	if config.URL == nil || config.HTTP == nil || config.Token == nil {
		return nil, errors.New("the configuration is not complete")
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	c := &Consumer{
		config: config, done: make(chan struct{}),
		ready: make(chan struct{}, 1), space: make(chan struct{}, 1),
		acked: make(chan struct{}, 1), kicked: make(chan struct{}, 1), farewells: make(chan farewell),
		batch: Batch{State: Connecting, Since: time.Now()},
	}
	if options != nil {
		c.options = *options
	}
	c.ctx, c.cancel = context.WithCancel(ctx)
	go func() {
		defer close(c.done)
		c.run(c.ctx)
	}()
	return c, nil
}

// Close ends the consumer. It does not wait for the network; see [Consumer.Done].
func (c *Consumer) Close() { c.cancel() }

// Done is closed when the consumer has ended and the last acknowledgements have left.
func (c *Consumer) Done() <-chan struct{} { return c.done }

// Reconnect tries a lost connection again without waiting, and a refused one at all.
func (c *Consumer) Reconnect() { poke(c.kicked) }

// Ready has a value when there is something to take: news, or another state. It is meant for a
// select; follow it by [Consumer.Take].
func (c *Consumer) Ready() <-chan struct{} { return c.ready }

// Take returns what has arrived since the last call, without waiting, and the state as it is now.
func (c *Consumer) Take() Batch {
	c.mu.Lock()
	defer c.mu.Unlock()
	select {
	case <-c.ready:
	default:
	}
	taken := c.batch
	c.batch.Notifications, c.bytes = nil, 0
	if c.options.AutoAck {
		c.acknowledge(c.taken)
		c.taken = taken.Notifications
	}
	poke(c.space)
	return taken
}

// Next waits until something has happened and returns it. The error is that of the context, or
// [ErrClosed].
func (c *Consumer) Next(ctx context.Context) (Batch, error) {
	select {
	case <-c.ready:
		return c.Take(), nil
	default:
	}
	if c.options.AutoAck {
		// Whoever waits for more has dealt with what there was.
		c.mu.Lock()
		c.acknowledge(c.taken)
		c.taken = nil
		c.mu.Unlock()
	}
	select {
	case <-c.ready:
		return c.Take(), nil
	case <-ctx.Done():
		return Batch{}, ctx.Err()
	case <-c.ctx.Done():
		return Batch{}, ErrClosed
	}
}

// Ack acknowledges notifications, so that the tenant does not send them again. It does not wait for
// the network. What came over a connection that has broken since cannot be acknowledged: it
// comes again.
func (c *Consumer) Ack(notifications ...Notification) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.acknowledge(notifications)
}

func (c *Consumer) acknowledge(notifications []Notification) {
	if c.batch.State != Live {
		return
	}
	for _, n := range notifications {
		if n.connection == c.connection && n.ack != "" {
			c.acks = append(c.acks, n.ack)
		}
	}
	if len(c.acks) > 0 {
		poke(c.acked)
	}
}

// Unsubscribe removes the subscriber, so that the tenant keeps nothing for it any longer, and ends
// the consumer. It is [ErrNotConnected] while there is no connection over which to say so:
// then ask by the REST API.
func (c *Consumer) Unsubscribe(ctx context.Context) error {
	c.mu.Lock()
	live := c.batch.State == Live
	c.mu.Unlock()
	if !live {
		return ErrNotConnected
	}
	f := farewell{said: make(chan error, 1)}
	select {
	case c.farewells <- f:
	case <-ctx.Done():
		return ctx.Err()
	case <-c.ctx.Done():
		return ErrClosed
	}
	err := <-f.said
	if err == nil {
		c.Close()
	}
	return err
}

// farewell asks the connection to say that the subscriber goes for good.
type farewell struct{ said chan error }

// put queues a notification. It waits while too much is queued, and reports whether it could.
func (c *Consumer) put(ctx context.Context, n Notification) bool {
	for {
		c.mu.Lock()
		if len(c.batch.Notifications) == 0 || c.bytes+n.size() <= maxQueuedBytes {
			c.batch.Notifications = append(c.batch.Notifications, n)
			c.bytes += n.size()
			c.mu.Unlock()
			poke(c.ready)
			return true
		}
		c.mu.Unlock()
		select {
		case <-c.space:
		case <-ctx.Done():
			return false
		}
	}
}

// takeAcks returns the acknowledgements to send.
func (c *Consumer) takeAcks() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	acks := c.acks
	c.acks = nil
	return acks
}

// begin notes that there is a new connection, and returns its number.
func (c *Consumer) begin() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.connection++
	c.acks = nil
	c.set(Live, nil)
	return c.connection
}

// end notes that there is no connection. What was not taken is forgotten: it cannot be
// acknowledged, and comes again.
func (c *Consumer) end(state State, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.batch.Notifications, c.bytes, c.acks = nil, 0, nil
	c.set(state, err)
}

func (c *Consumer) set(state State, err error) {
	if state != c.batch.State {
		c.batch.Since = time.Now()
	}
	c.batch.State, c.batch.Err = state, err
	poke(c.ready)
}

func poke(signal chan struct{}) {
	select {
	case signal <- struct{}{}:
	default:
	}
}
