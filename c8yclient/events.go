package c8yclient

import (
	"context"
	"iter"
	"net/http"
	"time"
)

// Event is something that happened to a device.
type Event struct {
	ID     string `json:"id,omitzero"`
	Self   string `json:"self,omitzero"`
	Source Source `json:"source,omitzero"`
	Type   string `json:"type,omitzero"`
	Text   string `json:"text,omitzero"`
	// Time is the device's time, with its zone.
	Time time.Time `json:"time,omitzero"`
	// CreationTime and LastUpdated are the platform's time.
	CreationTime time.Time `json:"creationTime,omitzero"`
	LastUpdated  time.Time `json:"lastUpdated,omitzero"`
	Document
}

// EventAttachment describes the file of an event, if it has one.
type EventAttachment struct {
	Name   string `json:"name,omitzero"`
	Type   string `json:"type,omitzero"`
	Length int64  `json:"length,omitzero"`
	// Source is the id of the event.
	Source string `json:"source,omitzero"`
	Self   string `json:"self,omitzero"`
	Document
}

// Attachment returns the description of the event's file, and whether it has one.
func (e *Event) Attachment() (EventAttachment, bool) {
	return FragmentAs[EventAttachment](e, "c8y_IsBinary")
}

// EventFilter selects events. Its fields combine with "and".
type EventFilter struct {
	// Source is the id of a device; the With… fields add what is below it.
	Source       string `query:"source"`
	Type         string `query:"type"`
	FragmentType string `query:"fragmentType"`
	// FragmentValue compares with the value of FragmentType, which must be a simple one.
	FragmentValue       string    `query:"fragmentValue"`
	DateFrom            time.Time `query:"dateFrom"`
	DateTo              time.Time `query:"dateTo"`
	CreatedFrom         time.Time `query:"createdFrom"`
	CreatedTo           time.Time `query:"createdTo"`
	LastUpdatedFrom     time.Time `query:"lastUpdatedFrom"`
	LastUpdatedTo       time.Time `query:"lastUpdatedTo"`
	WithSourceChildren  bool      `query:"withSourceChildren"`
	WithSourceAssets    bool      `query:"withSourceAssets"`
	WithSourceDevices   bool      `query:"withSourceDevices"`
	WithSourceAdditions bool      `query:"withSourceAdditions"`
}

// EventListOptions are the options of [EventsService.List].
type EventListOptions struct {
	EventFilter
	// Revert gives the oldest first, if there is a date in the filter.
	Revert bool `query:"revert"`
	Paging
}

// EventDeleteFilter selects events to delete. It needs a source or a date.
type EventDeleteFilter struct {
	Source       string    `query:"source"`
	Type         string    `query:"type"`
	FragmentType string    `query:"fragmentType"`
	DateFrom     time.Time `query:"dateFrom"`
	DateTo       time.Time `query:"dateTo"`
	CreatedFrom  time.Time `query:"createdFrom"`
	CreatedTo    time.Time `query:"createdTo"`
}

// EventPatch holds what can be changed about an event; zero fields stay as they are.
type EventPatch struct {
	Text string `json:"text,omitzero"`
	// Fragments to replace as a whole, or, with null, to remove.
	Document
}

// EventsService reads and changes events.
type EventsService service

func (s *EventsService) listing(options *EventListOptions) listing {
	return listing{path: at("event", "events"), query: options, key: "events"}
}

// keys are the times of events. To ask for the order takes a date.
func (s *EventsService) keys(options *EventListOptions) *keys[Event] {
	all := valueOf(options)
	bounds := span{all.DateFrom, all.DateTo}
	if !all.byKeys() || all.Revert && !bounds.bounded() {
		return nil
	}
	k := timeKeys(!all.Revert, bounds, func(e *Event) time.Time { return e.Time }, func(e *Event) string { return e.ID },
		func(s span) pagedOptions {
			part := all
			s.narrow(&part.DateFrom, &part.DateTo)
			return &part
		})
	last := all
	last.Revert, last.Paging = !all.Revert, Paging{PageSize: 1}
	last.DateFrom = bounds.sinceEver().from
	k.last = k.lastOf(s.client, s.listing(&last))
	return k
}

// List walks all events that match, newest first unless reverted, by time.
//
// Operation: GET /event/events
func (s *EventsService) List(ctx context.Context, options *EventListOptions) iter.Seq2[*Event, error] {
	return listBy(ctx, s.client, s.listing(options), s.keys(options))
}

// Pages walks the pages of events that match.
//
// Operation: GET /event/events
func (s *EventsService) Pages(ctx context.Context, options *EventListOptions) iter.Seq2[*Page[Event], error] {
	return pagesBy(ctx, s.client, s.listing(options), s.keys(options))
}

// Page returns one page of events.
//
// Operation: GET /event/events
func (s *EventsService) Page(ctx context.Context, options *EventListOptions) (*Page[Event], error) {
	return page[Event](ctx, s.client, s.listing(options))
}

// Count returns the number of events that match, up to ten seconds old.
//
// Operation: GET /event/events
func (s *EventsService) Count(ctx context.Context, filter *EventFilter) (int, error) {
	options := EventListOptions{Paging: justTotal()}
	if filter != nil {
		options.EventFilter = *filter
	}
	return countByTotals[Event](ctx, s.client, s.listing(&options))
}

// Get returns one event.
//
// Operation: GET /event/events/{id}
func (s *EventsService) Get(ctx context.Context, id string) (*Event, error) {
	return one[Event](ctx, s.client, call{method: http.MethodGet, path: at("event", "events", id)})
}

// Create sends an event. Source, type, text and time are required.
//
// Operation: POST /event/events
func (s *EventsService) Create(ctx context.Context, event *Event) (*Event, error) {
	return one[Event](ctx, s.client, call{method: http.MethodPost, path: at("event", "events"), body: event})
}

// Update changes text and fragments of an event and returns it as it is now.
//
// Operation: PUT /event/events/{id}
func (s *EventsService) Update(ctx context.Context, id string, patch EventPatch) (*Event, error) {
	return one[Event](ctx, s.client, call{method: http.MethodPut, path: at("event", "events", id), body: patch})
}

// Delete deletes one event.
//
// Operation: DELETE /event/events/{id}
func (s *EventsService) Delete(ctx context.Context, id string) error {
	return s.client.do(ctx, call{method: http.MethodDelete, path: at("event", "events", id)})
}

// DeleteMany deletes the events that match; the platform does it in the background.
//
// Operation: DELETE /event/events
func (s *EventsService) DeleteMany(ctx context.Context, filter EventDeleteFilter) error {
	if filter.Source == "" && filter.DateFrom.IsZero() && filter.DateTo.IsZero() && filter.CreatedFrom.IsZero() && filter.CreatedTo.IsZero() {
		return invalid(http.MethodDelete, "/event/events", errNoBounds)
	}
	return s.client.do(ctx, call{method: http.MethodDelete, path: at("event", "events"), query: filter})
}
