package realtime

import (
	"context"
	"net/http"
	"net/url"
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
}

// Authn holds the credentials that travel in the handshake message.
type Authn struct {
	Token, TFA, XSRF string
}

// Client holds one connection for all subscriptions. It is safe for concurrent use.
type Client struct{ config Config }

// New returns a client. It connects with the first subscription.
func New(config Config) *Client { return &Client{config: config} }

// Subscribe begins to collect the changes on some channels. It does not wait for the network:
// the state of the subscription comes with its batches. The subscription ends with the context
// or with [Subscription.Close].
func (c *Client) Subscribe(ctx context.Context, channels ...Channel) (*Subscription, error) {
	for _, channel := range channels {
		if err := channel.check(); err != nil {
			return nil, err
		}
	}
	return newSubscription(ctx, channels), nil
}
