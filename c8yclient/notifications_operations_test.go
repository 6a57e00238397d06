package c8yclient_test

import (
	"context"
	"time"

	"c8yx/c8yclient"
)

const (
	subscriptionJSON = `{"id":"2","self":"s","context":"mo","subscription":"pumps","source":{"id":"4711","name":"Pump 7","self":"s"},
		"subscriptionFilter":{"apis":["alarms","measurements"],"typeFilter":"'c8y_HighTemp' or 'c8y_Temperature'","acme":1},
		"fragmentsToCopy":["c8y_Temperature"],"nonPersistent":true,"acme":1}`
	subscriptionsJSON = `{"subscriptions":[` + subscriptionJSON + `],"statistics":{"currentPage":1,"pageSize":2000,"totalElements":1}}`

	// notificationToken says {"sub":"app1","topic":"t1/relnotif/pumps","shared":"true","iat":1700000000,"exp":1700003600}.
	notificationToken = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhcHAxIiwidG9waWMiOiJ0MS9yZWxub3RpZi9wdW1wcyIsInNoYXJlZCI6InRydWUiLCJpYXQiOjE3MDAwMDAwMDAsImV4cCI6MTcwMDAwMzYwMH0.c2ln"
)

func notificationsOperations() []operation {
	return []operation{{
		method: "NotificationSubscriptions.List", items: "subscriptions", answer: subscriptionsJSON,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return collected(c.NotificationSubscriptions.List(ctx, &c8yclient.NotificationSubscriptionListOptions{
				Context: c8yclient.NotificationObject, Source: "4711", Subscription: "pumps", TypeFilter: "x",
			}))
		},
		sends: "GET /notification2/subscriptions?context=mo&source=4711&subscription=pumps&typeFilter=x&pageSize=2000",
	}, {
		method: "NotificationSubscriptions.Pages", items: "subscriptions", answer: subscriptionsJSON,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return collectedPages(c.NotificationSubscriptions.Pages(ctx, nil))
		},
		sends: "GET /notification2/subscriptions?pageSize=2000",
	}, {
		method: "NotificationSubscriptions.Page", items: "subscriptions", answer: subscriptionsJSON,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return itemsOf(c.NotificationSubscriptions.Page(ctx, nil))
		},
		sends: "GET /notification2/subscriptions?pageSize=2000",
	}, {
		method: "NotificationSubscriptions.Count", answer: subscriptionsJSON, returns: "1",
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.NotificationSubscriptions.Count(ctx, &c8yclient.NotificationSubscriptionListOptions{Source: "4711"})
		},
		sends: "GET /notification2/subscriptions?source=4711&pageSize=1&withTotalElements=true",
	}, {
		method: "NotificationSubscriptions.Get", answer: subscriptionJSON,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.NotificationSubscriptions.Get(ctx, "2")
		},
		sends: "GET /notification2/subscriptions/2",
	}, {
		method: "NotificationSubscriptions.Create", answer: subscriptionJSON, status: 201,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.NotificationSubscriptions.Create(ctx, &c8yclient.NotificationSubscription{
				Context: c8yclient.NotificationObject, Subscription: "pumps", Source: c8yclient.Source{ID: "4711"},
				Filter:          &c8yclient.NotificationFilter{APIs: []c8yclient.NotificationAPI{c8yclient.NotifyAlarms}, TypeFilter: "x"},
				FragmentsToCopy: []string{"c8y_Temperature"}, NonPersistent: true,
			})
		},
		sends: "POST /notification2/subscriptions",
		body:  `{"context":"mo","subscription":"pumps","source":{"id":"4711"},"subscriptionFilter":{"apis":["alarms"],"typeFilter":"x"},"fragmentsToCopy":["c8y_Temperature"],"nonPersistent":true}`,
	}, {
		method: "NotificationSubscriptions.Delete", status: 204,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return nothing(c.NotificationSubscriptions.Delete(ctx, "2"))
		},
		sends: "DELETE /notification2/subscriptions/2",
	}, {
		method: "NotificationSubscriptions.DeleteOfSource", status: 204,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return nothing(c.NotificationSubscriptions.DeleteOfSource(ctx, "4711"))
		},
		sends: "DELETE /notification2/subscriptions?context=mo&source=4711",
	}, {
		method: "NotificationSubscriptions.DeleteOfTenant", status: 204,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return nothing(c.NotificationSubscriptions.DeleteOfTenant(ctx))
		},
		sends: "DELETE /notification2/subscriptions?context=tenant",
	}, {
		method: "NotificationTokens.Create", answer: `{"token":"a.b.c"}`, returns: `["[redacted]","a.b.c"]`,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			token, err := c.NotificationTokens.Create(ctx, c8yclient.NotificationConsumer{
				Subscription: "pumps", Subscriber: "app1", NonPersistent: true, ValidFor: 90 * time.Minute,
			})
			return []any{token, token.Reveal()}, err
		},
		sends: "POST /notification2/token",
		body:  `{"subscription":"pumps","subscriber":"app1","expiresInMinutes":90,"type":"notification","signed":true,"shared":false,"nonPersistent":true}`,
	}, {
		method: "NotificationTokens.Renew", answer: `{"token":"a.b.c"}`, returns: `["[redacted]","a.b.c"]`,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			token, err := c.NotificationTokens.Renew(ctx, notificationToken)
			return []any{token, token.Reveal()}, err
		},
		sends: "POST /notification2/token",
		body:  `{"subscription":"pumps","subscriber":"app1","expiresInMinutes":60,"type":"notification","signed":true,"shared":true,"nonPersistent":false}`,
	}, {
		method: "NotificationTokens.Unsubscribe", answer: `{"result":"SCHEDULED"}`, returns: `"SCHEDULED"`,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.NotificationTokens.Unsubscribe(ctx, "a.b.c")
		},
		sends: "POST /notification2/unsubscribe?token=a.b.c",
	}}
}
