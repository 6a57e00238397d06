package c8yclient

import (
	"context"
	"errors"
	"math"
	"net/http"
	"strings"
	"time"
)

// NotificationConsumer says who wants to receive the news of a subscription, and how.
type NotificationConsumer struct {
	// Subscription is the name of one or several subscriptions, Subscriber that of the consumer:
	// both of letters and digits. News is kept for a subscriber from its first connection on,
	// until it unsubscribes.
	Subscription, Subscriber string
	// Shared lets several clients share the work of one subscriber; otherwise a second one is refused.
	Shared bool
	// NonPersistent must be the same as that of the subscription.
	NonPersistent bool
	// ValidFor is how long the token is good to connect with, a day if 0. What is connected then
	// stays connected.
	ValidFor time.Duration
}

// NotificationTokensService makes tokens with which consumers of Notification 2.0 connect. Users need
// ROLE_NOTIFICATION_2_ADMIN.
type NotificationTokensService service

// Create returns a token for a consumer.
//
// Operation: POST /notification2/token
func (s *NotificationTokensService) Create(ctx context.Context, consumer NotificationConsumer) (Secret, error) {
	body := struct {
		Subscription     string `json:"subscription"`
		Subscriber       string `json:"subscriber"`
		ExpiresInMinutes int    `json:"expiresInMinutes,omitzero"`
		Type             string `json:"type"`
		Signed           bool   `json:"signed"`
		Shared           bool   `json:"shared"`
		NonPersistent    bool   `json:"nonPersistent"`
	}{
		Subscription: consumer.Subscription, Subscriber: consumer.Subscriber,
		ExpiresInMinutes: int(math.Ceil(consumer.ValidFor.Minutes())),
		Type:             "notification", Signed: true, Shared: consumer.Shared, NonPersistent: consumer.NonPersistent,
	}
	var answer struct {
		Token string `json:"token"`
	}
	err := s.client.do(ctx, call{
		method: http.MethodPost, path: at("notification2", "token"), body: body, into: &answer,
	})
	if err == nil && answer.Token == "" {
		err = unreadable(http.MethodPost, "/notification2/token", http.StatusOK, errors.New("it holds no token"))
	}
	return Secret(answer.Token), err
}

// Renew returns a new token for the consumer that a token was made for, good for as long as that was.
// A token does not say whether its subscription is persistent: it is taken to be.
//
// Operation: POST /notification2/token
func (s *NotificationTokensService) Renew(ctx context.Context, token Secret) (Secret, error) {
	consumer, err := ParseNotificationToken(token)
	if err != nil {
		return "", invalid(http.MethodPost, "/notification2/token", err)
	}
	return s.Create(ctx, consumer)
}

// ParseNotificationToken reads who a token was made for, without verifying it. NonPersistent is not
// in a token.
func ParseNotificationToken(token Secret) (NotificationConsumer, error) {
	var claims struct {
		Subscriber string  `json:"sub"`
		Topic      string  `json:"topic"`
		Shared     Flag    `json:"shared"`
		Iat        float64 `json:"iat"`
		Exp        float64 `json:"exp"`
	}
	if err := decodeClaims(token, &claims); err != nil {
		return NotificationConsumer{}, err
	}
	// The topic is "<tenant>/<kind>/<subscription>".
	subscription := claims.Topic[strings.LastIndexByte(claims.Topic, '/')+1:]
	if claims.Subscriber == "" || subscription == "" {
		return NotificationConsumer{}, errors.New("not a token for notifications")
	}
	consumer := NotificationConsumer{
		Subscription: subscription, Subscriber: claims.Subscriber, Shared: bool(claims.Shared),
	}
	from, to := numericDate(claims.Iat), numericDate(claims.Exp)
	if !from.IsZero() && to.After(from) {
		consumer.ValidFor = to.Sub(from)
	}
	return consumer, nil
}

// UnsubscribeResult says whether a subscriber is gone already, or will be once its clients are.
type UnsubscribeResult string

// The results of unsubscribing.
const (
	UnsubscribeDone      UnsubscribeResult = "DONE"
	UnsubscribeScheduled UnsubscribeResult = "SCHEDULED"
)

// Unsubscribe removes the subscriber that a token was made for, so that nothing is kept for it any
// longer.
//
// Operation: POST /notification2/unsubscribe
func (s *NotificationTokensService) Unsubscribe(ctx context.Context, token Secret) (UnsubscribeResult, error) {
	var answer struct {
		Result UnsubscribeResult `json:"result"`
	}
	err := s.client.do(ctx, call{
		method: http.MethodPost, path: at("notification2", "unsubscribe"), into: &answer,
		query: struct {
			Token string `query:"token,always"`
		}{token.Reveal()},
	})
	return answer.Result, err
}
