package c8yclient

import (
	"context"
	"errors"
	"iter"
	"net/http"
)

// NotificationContext is what a notification subscription listens to.
type NotificationContext string

// The contexts of notification subscriptions.
const (
	// NotificationObject is one managed object and what belongs to it.
	NotificationObject NotificationContext = "mo"
	// NotificationTenant is the whole tenant: new managed objects, and the alarms, events and
	// operations of all.
	NotificationTenant NotificationContext = "tenant"
)

// NotificationAPI is a kind of news.
type NotificationAPI string

// The kinds of news. Those with children include what is below the source.
const (
	NotifyAll                NotificationAPI = "*"
	NotifyAlarms             NotificationAPI = "alarms"
	NotifyAlarmsWithChildren NotificationAPI = "alarmsWithChildren"
	NotifyEvents             NotificationAPI = "events"
	NotifyEventsWithChildren NotificationAPI = "eventsWithChildren"
	NotifyMeasurements       NotificationAPI = "measurements"
	NotifyManagedObjects     NotificationAPI = "managedobjects"
	NotifyOperations         NotificationAPI = "operations"
)

// NotificationSubscription makes the platform keep news for consumers, under the name Subscription.
// Several with the same name feed the same consumers.
type NotificationSubscription struct {
	ID      string              `json:"id,omitzero"`
	Self    string              `json:"self,omitzero"`
	Context NotificationContext `json:"context,omitzero"`
	// Subscription consists of letters and digits.
	Subscription string `json:"subscription,omitzero"`
	// Source is the managed object; there is none in the context of the tenant.
	Source Source              `json:"source,omitzero"`
	Filter *NotificationFilter `json:"subscriptionFilter,omitzero"`
	// FragmentsToCopy are the fragments that are passed on besides the platform's fields; empty
	// means all.
	FragmentsToCopy []string `json:"fragmentsToCopy,omitempty"`
	// NonPersistent keeps news in memory only. The tokens of consumers must say the same.
	NonPersistent Flag `json:"nonPersistent,omitzero"`
	Document
}

// NotificationFilter selects news. Without one, all is passed on.
type NotificationFilter struct {
	APIs []NotificationAPI `json:"apis,omitempty"`
	// TypeFilter is a type, or several in quotes with "or" between them.
	TypeFilter string `json:"typeFilter,omitzero"`
	Document
}

// NotificationSubscriptionListOptions are the options of [NotificationSubscriptionsService.List].
type NotificationSubscriptionListOptions struct {
	Context      NotificationContext `query:"context"`
	Source       string              `query:"source"`
	Subscription string              `query:"subscription"`
	TypeFilter   string              `query:"typeFilter"`
	Paging
}

// NotificationSubscriptionsService says which news the platform keeps for the consumers of
// Notification 2.0. Users need ROLE_NOTIFICATION_2_ADMIN, which shows them all of the tenant. To
// receive the news, see [Client.ConsumeNotifications].
type NotificationSubscriptionsService service

func (s *NotificationSubscriptionsService) listing(options *NotificationSubscriptionListOptions) listing {
	return listing{path: at("notification2", "subscriptions"), query: options, key: "subscriptions"}
}

// List walks all subscriptions that match.
//
// Operation: GET /notification2/subscriptions
func (s *NotificationSubscriptionsService) List(ctx context.Context, options *NotificationSubscriptionListOptions) iter.Seq2[*NotificationSubscription, error] {
	return list[NotificationSubscription](ctx, s.client, s.listing(options))
}

// Pages walks the pages of subscriptions.
//
// Operation: GET /notification2/subscriptions
func (s *NotificationSubscriptionsService) Pages(ctx context.Context, options *NotificationSubscriptionListOptions) iter.Seq2[*Page[NotificationSubscription], error] {
	return pages[NotificationSubscription](ctx, s.client, s.listing(options))
}

// Page returns one page of subscriptions.
//
// Operation: GET /notification2/subscriptions
func (s *NotificationSubscriptionsService) Page(ctx context.Context, options *NotificationSubscriptionListOptions) (*Page[NotificationSubscription], error) {
	return page[NotificationSubscription](ctx, s.client, s.listing(options))
}

// Count returns how many subscriptions match. Of the options only the filter counts.
//
// Operation: GET /notification2/subscriptions
func (s *NotificationSubscriptionsService) Count(ctx context.Context, options *NotificationSubscriptionListOptions) (int, error) {
	var filter NotificationSubscriptionListOptions
	if options != nil {
		filter = *options
	}
	filter.Paging = justTotal()
	return countByTotals[NotificationSubscription](ctx, s.client, s.listing(&filter))
}

// Get returns one subscription.
//
// Operation: GET /notification2/subscriptions/{id}
func (s *NotificationSubscriptionsService) Get(ctx context.Context, id string) (*NotificationSubscription, error) {
	return one[NotificationSubscription](ctx, s.client, call{
		method: http.MethodGet, path: at("notification2", "subscriptions", id),
	})
}

// Create adds a subscription. [ErrConflict] means that the name is taken for that source and context.
//
// Operation: POST /notification2/subscriptions
func (s *NotificationSubscriptionsService) Create(ctx context.Context, subscription *NotificationSubscription) (*NotificationSubscription, error) {
	return one[NotificationSubscription](ctx, s.client, call{
		method: http.MethodPost, path: at("notification2", "subscriptions"), body: subscription,
	})
}

// Delete removes a subscription. Consumers still get what was kept before.
//
// Operation: DELETE /notification2/subscriptions/{id}
func (s *NotificationSubscriptionsService) Delete(ctx context.Context, id string) error {
	return s.client.do(ctx, call{method: http.MethodDelete, path: at("notification2", "subscriptions", id)})
}

// DeleteOfSource removes all subscriptions to a managed object.
//
// Operation: DELETE /notification2/subscriptions
func (s *NotificationSubscriptionsService) DeleteOfSource(ctx context.Context, source string) error {
	if source == "" {
		return invalid(http.MethodDelete, "", errors.New("no managed object given"))
	}
	return s.deleteMany(ctx, NotificationObject, source)
}

// DeleteOfTenant removes all subscriptions in the context of the tenant.
//
// Operation: DELETE /notification2/subscriptions
func (s *NotificationSubscriptionsService) DeleteOfTenant(ctx context.Context) error {
	return s.deleteMany(ctx, NotificationTenant, "")
}

func (s *NotificationSubscriptionsService) deleteMany(ctx context.Context, within NotificationContext, source string) error {
	return s.client.do(ctx, call{
		method: http.MethodDelete, path: at("notification2", "subscriptions"),
		query: struct {
			Context NotificationContext `query:"context"`
			Source  string              `query:"source"`
		}{within, source},
	})
}
