package c8yclient

import (
	"context"
	"iter"
	"net/http"
	"time"

	"github.com/go-json-experiment/json/jsontext"
)

// Measurement is a set of numbers that a device took at one moment. They are in its
// fragments: see [Measurement.Values].
type Measurement struct {
	// ID is of no use, or missing, on tenants that store time series.
	ID     string `json:"id,omitzero"`
	Self   string `json:"self,omitzero"`
	Source Source `json:"source,omitzero"`
	Type   string `json:"type,omitzero"`
	// Time is the device's time, with its zone.
	Time time.Time `json:"time,omitzero"`
	Document
}

// MeasurementValue is one number of a measurement.
type MeasurementValue struct {
	// Fragment and Series name it, for example c8y_Temperature and T.
	Fragment, Series string
	Value            float64
	Unit             string
}

// Values returns the numbers of the measurement, in the order in which they were sent.
func (m *Measurement) Values() iter.Seq[MeasurementValue] {
	return func(yield func(MeasurementValue) bool) {
		for fragment, content := range m.AllFragments() {
			inner := Document{Fragments: content}
			for series, raw := range inner.AllFragments() {
				var point struct {
					Value *float64 `json:"value"`
					Unit  string   `json:"unit"`
				}
				if raw.Kind() != '{' || decode(raw, &point) != nil || point.Value == nil {
					continue
				}
				if !yield(MeasurementValue{Fragment: fragment, Series: series, Value: *point.Value, Unit: point.Unit}) {
					return
				}
			}
		}
	}
}

// SetValue adds a number to the measurement, or replaces it.
func (m *Measurement) SetValue(fragment, series string, value float64, unit string) error {
	var content Document
	if raw, ok := m.Fragment(fragment); ok && raw.Kind() == '{' {
		content.Fragments = raw
	}
	point := struct {
		Value float64 `json:"value"`
		Unit  string  `json:"unit,omitzero"`
	}{value, unit}
	if err := content.SetFragment(series, point); err != nil {
		return err
	}
	return m.SetFragment(fragment, jsontext.Value(content.Fragments))
}

// MeasurementListOptions are the options of [MeasurementsService.List]. Always give a
// source and a date: without them the platform is slow.
type MeasurementListOptions struct {
	Source string `query:"source"`
	Type   string `query:"type"`
	// ValueFragmentType and ValueFragmentSeries select by fragment and series.
	ValueFragmentType   string    `query:"valueFragmentType"`
	ValueFragmentSeries string    `query:"valueFragmentSeries"`
	DateFrom            time.Time `query:"dateFrom"`
	DateTo              time.Time `query:"dateTo"`
	// Revert gives the newest first, if there is a date. It is always sent, because
	// tenants differ in what they do without it.
	Revert bool `query:"revert,always"`
	Paging
}

// MeasurementDeleteFilter selects measurements to delete. It needs a source or a date; on
// tenants that store time series, dates must be full hours.
type MeasurementDeleteFilter struct {
	Source       string    `query:"source"`
	Type         string    `query:"type"`
	FragmentType string    `query:"fragmentType"`
	DateFrom     time.Time `query:"dateFrom"`
	DateTo       time.Time `query:"dateTo"`
}

// MeasurementsService reads and writes measurements.
type MeasurementsService service

func (s *MeasurementsService) listing(options *MeasurementListOptions) listing {
	return listing{path: at("measurement", "measurements"), query: options, key: "measurements"}
}

// keys are the times of measurements. To ask for the order takes a date: without one,
// tenants differ in it.
func (s *MeasurementsService) keys(options *MeasurementListOptions) *keys[Measurement] {
	all := valueOf(options)
	bounds := span{all.DateFrom, all.DateTo}
	if !all.byKeys() {
		return nil
	}
	all.DateFrom = bounds.sinceEver().from
	k := timeKeys(all.Revert, bounds, func(m *Measurement) time.Time { return m.Time }, (*Measurement).content,
		func(s span) pagedOptions {
			part := all
			s.narrow(&part.DateFrom, &part.DateTo)
			return &part
		})
	last := all
	last.Revert, last.Paging = !all.Revert, Paging{PageSize: 1}
	k.last = k.lastOf(s.client, s.listing(&last))
	return k
}

// content tells measurements of the same moment apart, which may have no ids or new ones
// with every request.
func (m *Measurement) content() string {
	return m.Source.ID + "\x00" + m.Type + "\x00" + string(m.Fragments)
}

// Count returns how many measurements match; of the options only the filter counts. It is as slow as
// the tenant has many of them: give a source and dates.
//
// Operation: GET /measurement/measurements
func (s *MeasurementsService) Count(ctx context.Context, options *MeasurementListOptions) (int, error) {
	var filter MeasurementListOptions
	if options != nil {
		filter = *options
	}
	filter.Paging = justTotal()
	return countByTotals[Measurement](ctx, s.client, s.listing(&filter))
}

// List walks all measurements that match, oldest first unless reverted, by time. If there
// is no date in the options they begin with 1970.
//
// Operation: GET /measurement/measurements
func (s *MeasurementsService) List(ctx context.Context, options *MeasurementListOptions) iter.Seq2[*Measurement, error] {
	return listBy(ctx, s.client, s.listing(options), s.keys(options))
}

// Pages walks the pages of measurements that match.
//
// Operation: GET /measurement/measurements
func (s *MeasurementsService) Pages(ctx context.Context, options *MeasurementListOptions) iter.Seq2[*Page[Measurement], error] {
	return pagesBy(ctx, s.client, s.listing(options), s.keys(options))
}

// Page returns one page of measurements.
//
// Operation: GET /measurement/measurements
func (s *MeasurementsService) Page(ctx context.Context, options *MeasurementListOptions) (*Page[Measurement], error) {
	return page[Measurement](ctx, s.client, s.listing(options))
}

// Latest returns the newest measurement of a source, or [ErrNotFound]. The filter may be
// nil; its dates and paging are ignored.
//
// Operation: GET /measurement/measurements
func (s *MeasurementsService) Latest(ctx context.Context, source string, filter *MeasurementListOptions) (*Measurement, error) {
	var options MeasurementListOptions
	if filter != nil {
		options = *filter
	}
	options.Source = source
	// The order can be asked for only together with a date.
	options.DateFrom, options.DateTo, options.Revert = time.Unix(0, 0).UTC(), time.Time{}, true
	options.Paging = Paging{PageSize: 1}
	page, err := s.Page(ctx, &options)
	if err != nil {
		return nil, err
	}
	if len(page.Items) == 0 {
		return nil, &Error{
			Method: http.MethodGet, Target: "/measurement/measurements",
			Message: "there is no such measurement", kinds: []error{ErrNotFound},
		}
	}
	return page.Items[0], nil
}

// Get returns one measurement. It does not work on tenants that store time series.
//
// Operation: GET /measurement/measurements/{id}
func (s *MeasurementsService) Get(ctx context.Context, id string) (*Measurement, error) {
	return one[Measurement](ctx, s.client, call{method: http.MethodGet, path: at("measurement", "measurements", id)})
}

// Create sends a measurement. Source, type and time are required.
//
// Operation: POST /measurement/measurements
func (s *MeasurementsService) Create(ctx context.Context, measurement *Measurement) (*Measurement, error) {
	return one[Measurement](ctx, s.client, call{
		method: http.MethodPost, path: at("measurement", "measurements"), body: measurement, contentType: mediaMeasurement,
	})
}

// CreateMany sends many measurements at once, of one or several devices.
//
// Operation: POST /measurement/measurements
func (s *MeasurementsService) CreateMany(ctx context.Context, measurements []*Measurement) ([]*Measurement, error) {
	return items[Measurement](ctx, s.client, call{
		method: http.MethodPost, path: at("measurement", "measurements"),
		body:        map[string][]*Measurement{"measurements": measurements},
		contentType: mediaMeasurementCollection,
	}, "measurements")
}

// Delete deletes one measurement. It does not work on tenants that store time series.
//
// Operation: DELETE /measurement/measurements/{id}
func (s *MeasurementsService) Delete(ctx context.Context, id string) error {
	return s.client.do(ctx, call{method: http.MethodDelete, path: at("measurement", "measurements", id)})
}

// DeleteMany deletes the measurements that match; the platform does it in the background.
//
// Operation: DELETE /measurement/measurements
func (s *MeasurementsService) DeleteMany(ctx context.Context, filter MeasurementDeleteFilter) error {
	if filter.Source == "" && filter.DateFrom.IsZero() && filter.DateTo.IsZero() {
		return invalid(http.MethodDelete, "/measurement/measurements", errNoBounds)
	}
	return s.client.do(ctx, call{method: http.MethodDelete, path: at("measurement", "measurements"), query: filter})
}
