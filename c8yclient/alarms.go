package c8yclient

import (
	"context"
	"errors"
	"iter"
	"net/http"
	"time"
)

// Severity says how bad an alarm is.
type Severity string

// The severities, worst first.
const (
	SeverityCritical Severity = "CRITICAL"
	SeverityMajor    Severity = "MAJOR"
	SeverityMinor    Severity = "MINOR"
	SeverityWarning  Severity = "WARNING"
)

// AlarmStatus says whether somebody cares for an alarm.
type AlarmStatus string

// The life of an alarm.
const (
	AlarmActive       AlarmStatus = "ACTIVE"
	AlarmAcknowledged AlarmStatus = "ACKNOWLEDGED"
	AlarmCleared      AlarmStatus = "CLEARED"
)

// Alarm is a condition of a device that somebody has to deal with. The platform
// keeps one alarm per source and type while it is not cleared, and counts.
type Alarm struct {
	ID       string      `json:"id,omitzero"`
	Self     string      `json:"self,omitzero"`
	Source   Source      `json:"source,omitzero"`
	Type     string      `json:"type,omitzero"`
	Text     string      `json:"text,omitzero"`
	Severity Severity    `json:"severity,omitzero"`
	Status   AlarmStatus `json:"status,omitzero"`
	// Count is how often the alarm was raised since it was first.
	Count int `json:"count,omitzero"`
	// Time is the device's time of the last occurrence, with its zone.
	Time time.Time `json:"time,omitzero"`
	// FirstOccurrenceTime is set when Count is more than 1.
	FirstOccurrenceTime time.Time `json:"firstOccurrenceTime,omitzero"`
	// CreationTime and LastUpdated are the platform's time.
	CreationTime time.Time `json:"creationTime,omitzero"`
	LastUpdated  time.Time `json:"lastUpdated,omitzero"`
	Document
}

// AlarmFilter selects alarms. Its fields combine with "and", the values of one field
// with "or". The zero filter selects all.
type AlarmFilter struct {
	// Source is the id of a device; the With… fields add what is below it.
	Source              string        `query:"source"`
	Type                []string      `query:"type,comma"`
	Status              []AlarmStatus `query:"status,comma"`
	Severity            []Severity    `query:"severity,comma"`
	Resolved            *bool         `query:"resolved"`
	DateFrom            time.Time     `query:"dateFrom"`
	DateTo              time.Time     `query:"dateTo"`
	CreatedFrom         time.Time     `query:"createdFrom"`
	CreatedTo           time.Time     `query:"createdTo"`
	LastUpdatedFrom     time.Time     `query:"lastUpdatedFrom"`
	LastUpdatedTo       time.Time     `query:"lastUpdatedTo"`
	WithSourceChildren  bool          `query:"withSourceChildren"`
	WithSourceAssets    bool          `query:"withSourceAssets"`
	WithSourceDevices   bool          `query:"withSourceDevices"`
	WithSourceAdditions bool          `query:"withSourceAdditions"`
}

// AlarmListOptions are the options of [AlarmsService.List].
type AlarmListOptions struct {
	AlarmFilter
	Paging
}

// AlarmPatch holds what can be changed about an alarm; zero fields stay as they are.
type AlarmPatch struct {
	Status   AlarmStatus `json:"status,omitzero"`
	Severity Severity    `json:"severity,omitzero"`
	Text     string      `json:"text,omitzero"`
	// Fragments to replace as a whole, or, with null, to remove.
	Document
}

// AlarmUpsert is the outcome of [AlarmsService.Upsert].
type AlarmUpsert struct {
	Alarm *Alarm `json:"alarm"`
	// Previous is the alarm as it was before, nil if it is new.
	Previous *Alarm `json:"previousState"`
}

var errNoTypeFilter = errors.New("the platform cannot change alarms by type: it would change those of all types")

// AlarmsService reads and changes alarms. There is no way to delete a single alarm:
// clear it, or delete by filter.
type AlarmsService service

func (s *AlarmsService) listing(options *AlarmListOptions) listing {
	return listing{path: at("alarm", "alarms"), query: options, key: "alarms"}
}

// keys are the times of alarms, newest first. The tenant cannot be asked for the oldest.
func (s *AlarmsService) keys(options *AlarmListOptions) *keys[Alarm] {
	all := valueOf(options)
	if !all.byKeys() {
		return nil
	}
	return timeKeys(true, span{all.DateFrom, all.DateTo}, func(a *Alarm) time.Time { return a.Time }, func(a *Alarm) string { return a.ID },
		func(s span) pagedOptions {
			part := all
			s.narrow(&part.DateFrom, &part.DateTo)
			return &part
		})
}

// List walks all alarms that match, newest first, by time.
//
// Operation: GET /alarm/alarms
func (s *AlarmsService) List(ctx context.Context, options *AlarmListOptions) iter.Seq2[*Alarm, error] {
	return listBy(ctx, s.client, s.listing(options), s.keys(options))
}

// Pages walks the pages of alarms that match.
//
// Operation: GET /alarm/alarms
func (s *AlarmsService) Pages(ctx context.Context, options *AlarmListOptions) iter.Seq2[*Page[Alarm], error] {
	return pagesBy(ctx, s.client, s.listing(options), s.keys(options))
}

// Page returns one page of alarms. Totals need ROLE_ALARM_READ.
//
// Operation: GET /alarm/alarms
func (s *AlarmsService) Page(ctx context.Context, options *AlarmListOptions) (*Page[Alarm], error) {
	return page[Alarm](ctx, s.client, s.listing(options))
}

// Count returns the number of alarms that match. For users with inventory roles only,
// the platform stops counting at 100.
//
// Operation: GET /alarm/alarms/count
func (s *AlarmsService) Count(ctx context.Context, filter *AlarmFilter) (int, error) {
	return s.client.count(ctx, at("alarm", "alarms", "count"), filter)
}

// Get returns one alarm.
//
// Operation: GET /alarm/alarms/{id}
func (s *AlarmsService) Get(ctx context.Context, id string) (*Alarm, error) {
	return one[Alarm](ctx, s.client, call{method: http.MethodGet, path: at("alarm", "alarms", id)})
}

// Create raises an alarm. Source, type, text, severity and time are required. If one of
// the same source and type is not cleared, the platform counts that one up and returns
// it; if the source is in maintenance, it drops the alarm and returns one without id.
//
// Operation: POST /alarm/alarms
func (s *AlarmsService) Create(ctx context.Context, alarm *Alarm) (*Alarm, error) {
	return one[Alarm](ctx, s.client, call{method: http.MethodPost, path: at("alarm", "alarms"), body: alarm})
}

// Upsert raises an alarm or updates text, severity and fragments of the one that is
// there. With incrementCount the platform counts as [AlarmsService.Create] does.
//
// Operation: POST /alarm/alarms/upsert
func (s *AlarmsService) Upsert(ctx context.Context, alarm *Alarm, incrementCount bool) (*AlarmUpsert, error) {
	return one[AlarmUpsert](ctx, s.client, call{
		method: http.MethodPost, path: at("alarm", "alarms", "upsert"), body: alarm,
		query: struct {
			IncrementCount bool `query:"incrementCount"`
		}{incrementCount},
	})
}

// Update changes one alarm and returns it as it is now.
//
// Operation: PUT /alarm/alarms/{id}
func (s *AlarmsService) Update(ctx context.Context, id string, patch AlarmPatch) (*Alarm, error) {
	return one[Alarm](ctx, s.client, call{method: http.MethodPut, path: at("alarm", "alarms", id), body: patch})
}

// UpdateStatus changes the status of one alarm and returns it as it is now.
//
// Operation: PUT /alarm/alarms/{id}
func (s *AlarmsService) UpdateStatus(ctx context.Context, id string, status AlarmStatus) (*Alarm, error) {
	return s.Update(ctx, id, AlarmPatch{Status: status})
}

// UpdateMany changes the status of all alarms that match; the filter must not be empty, and
// not select by type: the platform would overlook that and change the others as well. It
// reports whether the platform was done: if not, it goes on in the background.
//
// Operation: PUT /alarm/alarms
func (s *AlarmsService) UpdateMany(ctx context.Context, filter AlarmFilter, status AlarmStatus) (done bool, err error) {
	if encodeQuery(filter) == "" {
		return false, invalid(http.MethodPut, "/alarm/alarms", errNoFilter)
	}
	if len(filter.Type) > 0 {
		return false, invalid(http.MethodPut, "/alarm/alarms", errNoTypeFilter)
	}
	code, err := s.client.doStatus(ctx, call{
		method: http.MethodPut, path: at("alarm", "alarms"), query: filter, body: AlarmPatch{Status: status},
	})
	return code != http.StatusAccepted, err
}

// DeleteMany deletes the alarms that match. The filter needs a source or a date.
//
// Operation: DELETE /alarm/alarms
func (s *AlarmsService) DeleteMany(ctx context.Context, filter AlarmFilter) error {
	if filter.Source == "" && filter.DateFrom.IsZero() && filter.DateTo.IsZero() && filter.CreatedFrom.IsZero() && filter.CreatedTo.IsZero() {
		return invalid(http.MethodDelete, "/alarm/alarms", errNoBounds)
	}
	return s.client.do(ctx, call{method: http.MethodDelete, path: at("alarm", "alarms"), query: filter})
}
