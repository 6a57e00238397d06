package c8yclient

import (
	"context"
	"iter"
	"net/http"
	"time"
)

// OperationStatus says how far a device is with an operation.
type OperationStatus string

// The life of an operation.
const (
	OperationPending    OperationStatus = "PENDING"
	OperationExecuting  OperationStatus = "EXECUTING"
	OperationSuccessful OperationStatus = "SUCCESSFUL"
	OperationFailed     OperationStatus = "FAILED"
)

// Operation is a command to a device. What to do is in its fragments, for example
// c8y_Restart.
type Operation struct {
	ID       string `json:"id,omitzero"`
	Self     string `json:"self,omitzero"`
	DeviceID string `json:"deviceId,omitzero"`
	// DeviceName comes only in lists.
	DeviceName string          `json:"deviceName,omitzero"`
	Status     OperationStatus `json:"status,omitzero"`
	// FailureReason is there only when the status is FAILED.
	FailureReason string    `json:"failureReason,omitzero"`
	CreationTime  time.Time `json:"creationTime,omitzero"`
	// BulkOperationID is the bulk operation that made this one, if any.
	BulkOperationID ID     `json:"bulkOperationId,omitzero"`
	Description     string `json:"description,omitzero"`
	// Delivery tracks the message to the device, where the tenant does that.
	Delivery *OperationDelivery `json:"delivery,omitzero"`
	Document
}

// OperationDelivery is the state of the message that carries an operation.
type OperationDelivery struct {
	Status string    `json:"status,omitzero"`
	Time   time.Time `json:"time,omitzero"`
	Document
}

// OperationListOptions are the options of [OperationsService.List].
type OperationListOptions struct {
	// AgentID selects operations of an agent and the devices below it, DeviceID those of
	// one device.
	AgentID         string          `query:"agentId"`
	DeviceID        string          `query:"deviceId"`
	Status          OperationStatus `query:"status"`
	BulkOperationID string          `query:"bulkOperationId"`
	FragmentType    string          `query:"fragmentType"`
	// DateFrom and DateTo compare with the creation time.
	DateFrom time.Time `query:"dateFrom"`
	DateTo   time.Time `query:"dateTo"`
	// Revert gives the newest first, if there is a date.
	Revert bool `query:"revert"`
	Paging
}

// OperationPatch changes an operation. Status is required; FailureReason goes with
// FAILED only.
type OperationPatch struct {
	Status        OperationStatus `json:"status"`
	FailureReason string          `json:"failureReason,omitzero"`
	// Fragments to replace as a whole, for example with a result.
	Document
}

// OperationDeleteFilter selects operations to delete.
type OperationDeleteFilter struct {
	AgentID  string          `query:"agentId"`
	DeviceID string          `query:"deviceId"`
	Status   OperationStatus `query:"status"`
	DateFrom time.Time       `query:"dateFrom"`
	DateTo   time.Time       `query:"dateTo"`
}

// OperationsService reads, creates and changes operations. There is no way to delete a
// single one: set it to FAILED, or delete by filter.
type OperationsService service

func (s *OperationsService) listing(options *OperationListOptions) listing {
	return listing{path: at("devicecontrol", "operations"), query: options, key: "operations"}
}

// keys are the creation times of operations. To ask for the order takes a date.
func (s *OperationsService) keys(options *OperationListOptions) *keys[Operation] {
	all := valueOf(options)
	bounds := span{all.DateFrom, all.DateTo}
	if !all.byKeys() || all.Revert && !bounds.bounded() {
		return nil
	}
	k := timeKeys(all.Revert, bounds, func(o *Operation) time.Time { return o.CreationTime }, func(o *Operation) string { return o.ID },
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

// List walks all operations that match, oldest first unless reverted, by creation time.
//
// Operation: GET /devicecontrol/operations
func (s *OperationsService) List(ctx context.Context, options *OperationListOptions) iter.Seq2[*Operation, error] {
	return listBy(ctx, s.client, s.listing(options), s.keys(options))
}

// Pages walks the pages of operations that match.
//
// Operation: GET /devicecontrol/operations
func (s *OperationsService) Pages(ctx context.Context, options *OperationListOptions) iter.Seq2[*Page[Operation], error] {
	return pagesBy(ctx, s.client, s.listing(options), s.keys(options))
}

// Page returns one page of operations.
//
// Operation: GET /devicecontrol/operations
func (s *OperationsService) Page(ctx context.Context, options *OperationListOptions) (*Page[Operation], error) {
	return page[Operation](ctx, s.client, s.listing(options))
}

// Count returns the number of operations that match, up to ten seconds old. The paging
// of the options is ignored.
//
// Operation: GET /devicecontrol/operations
func (s *OperationsService) Count(ctx context.Context, options *OperationListOptions) (int, error) {
	var counting OperationListOptions
	if options != nil {
		counting = *options
	}
	counting.Paging = justTotal()
	return countByTotals[Operation](ctx, s.client, s.listing(&counting))
}

// Get returns one operation.
//
// Operation: GET /devicecontrol/operations/{id}
func (s *OperationsService) Get(ctx context.Context, id string) (*Operation, error) {
	return one[Operation](ctx, s.client, call{method: http.MethodGet, path: at("devicecontrol", "operations", id)})
}

// Create sends an operation to a device, which must be an agent or below one
// (otherwise [ErrInvalid]).
//
// Operation: POST /devicecontrol/operations
func (s *OperationsService) Create(ctx context.Context, operation *Operation) (*Operation, error) {
	return one[Operation](ctx, s.client, call{method: http.MethodPost, path: at("devicecontrol", "operations"), body: operation})
}

// Update changes status and fragments of an operation and returns it as it is now.
//
// Operation: PUT /devicecontrol/operations/{id}
func (s *OperationsService) Update(ctx context.Context, id string, patch OperationPatch) (*Operation, error) {
	return one[Operation](ctx, s.client, call{method: http.MethodPut, path: at("devicecontrol", "operations", id), body: patch})
}

// DeleteMany deletes the operations that match; the filter must not be empty.
//
// Operation: DELETE /devicecontrol/operations
func (s *OperationsService) DeleteMany(ctx context.Context, filter OperationDeleteFilter) error {
	if filter == (OperationDeleteFilter{}) {
		return invalid(http.MethodDelete, "/devicecontrol/operations", errNoFilter)
	}
	return s.client.do(ctx, call{method: http.MethodDelete, path: at("devicecontrol", "operations"), query: filter})
}
