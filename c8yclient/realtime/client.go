package realtime

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
	// URL is the endpoint, for example https://acme.example/notification/realtime.
	URL *url.URL
	// HTTP sends the requests; it adds the credentials that go into headers.
	HTTP *http.Client
	// Authn returns the credentials for the handshake message. It is called for every
	// handshake; nil means none.
	Authn func(context.Context) (Authn, error)
	// Refused is told that the tenant refused the credentials that it was shown at that time, and
	// returns nil when there are new ones to try. It may take as long as somebody needs to sign
	// in. nil means that there never are.
	Refused func(ctx context.Context, shown time.Time, why error) error
}

// Authn holds the credentials that travel in the handshake message. They are plain text: do
// not print them.
type Authn struct {
	Token, TFA, XSRF string
}

// Client holds one connection for all subscriptions. It is safe for concurrent use.
type Client struct {
	config Config

	mu   sync.Mutex
	link *link // nil while there is no subscription
}

// New returns a client. It connects with the first subscription.
func New(config Config) *Client { return &Client{config: config} }

// Subscribe begins to collect the changes on some channels. It does not wait for the network:
// the state of the subscription comes with its batches, and an error here means that a channel
// is not one. The subscription ends with the context or with [Subscription.Close]. If the
// tenant refuses one of the channels, the whole subscription is [Refused]: subscribe separately
// to what should live separately.
func (c *Client) Subscribe(ctx context.Context, channels ...Channel) (*Subscription, error) {
	if len(channels) == 0 {
		return nil, errors.New("no channel given")
	}
	for _, channel := range channels {
		if err := channel.check(); err != nil {
			return nil, err
		}
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	s := newSubscription(channels)
	c.mu.Lock()
	if c.link == nil {
		c.link = newLink(c.config)
	}
	link := c.link
	s.end = func() { c.leave(link, s) }
	link.add(s)
	c.mu.Unlock()
	stop := context.AfterFunc(ctx, s.Close)
	s.onClose(stop)
	return s, nil
}

// leave takes a subscription off its link, and the link down with the last.
func (c *Client) leave(l *link, s *Subscription) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if l.remove(s) {
		l.cancel()
		if c.link == l {
			c.link = nil
		}
	}
}

// Reconnect tries a lost connection again without waiting, and a refused one at all. Call it
// when the reason may have gone: after signing in again, or when the network is back.
func (c *Client) Reconnect() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.link != nil {
		c.link.revive()
	}
}
