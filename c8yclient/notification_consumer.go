package c8yclient

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"c8yx/c8yclient/notification2"
)

// ConsumeNotifications connects as a consumer of Notification 2.0 and stays connected, with new tokens
// as they are needed, until the context or the consumer ends. It does not wait for the network:
// what the tenant answers comes with the batches of the consumer. The subscription must have
// been made before, see [NotificationSubscriptionsService.Create].
func (c *Client) ConsumeNotifications(ctx context.Context, consumer NotificationConsumer, options *notification2.Options) (*notification2.Consumer, error) {
	connect := c.transport.unlimited()
	anonymously := roundTripFunc(func(req *http.Request) (*http.Response, error) {
		// The token in the address is all that is needed.
		return connect.RoundTrip(req.WithContext(withoutAuth(req.Context())))
	})
	return notification2.Consume(ctx, notification2.Config{
		URL:  c.base.JoinPath("notification2", "consumer/"),
		HTTP: &http.Client{Transport: anonymously, CheckRedirect: c.checkRedirect},
		Token: func(ctx context.Context) (string, error) {
			token, err := c.NotificationTokens.Create(ctx, consumer)
			if err != nil && refusedForGood(err) {
				err = fmt.Errorf("%w: %w", notification2.ErrRefused, err)
			}
			return token.Reveal(), err
		},
	}, options)
}

// refusedForGood reports whether the same request will fail again, whenever it is sent.
func refusedForGood(err error) bool {
	for _, kind := range []error{ErrInvalid, ErrUnauthorized, ErrForbidden, ErrNotFound, ErrNotSupported} {
		if errors.Is(err, kind) {
			return true
		}
	}
	return false
}
