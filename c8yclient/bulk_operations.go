package c8yclient

import (
	"context"
	"iter"
	"net/http"
	"time"
)

// BulkOperationStatus says how far the platform is with creating the operations.
type BulkOperationStatus string

// The life of a bulk operation.
const (
	BulkActive     BulkOperationStatus = "ACTIVE"
	BulkInProgress BulkOperationStatus = "IN_PROGRESS"
	BulkCompleted  BulkOperationStatus = "COMPLETED"
	BulkDeleted    BulkOperationStatus = "DELETED"
)

// GeneralStatus sums up how the devices of a bulk operation get on. Tenants know more
// than those below.
type GeneralStatus string

// How the devices get on.
const (
	GeneralScheduled           GeneralStatus = "SCHEDULED"
	GeneralExecuting           GeneralStatus = "EXECUTING"
	GeneralExecutingWithErrors GeneralStatus = "EXECUTING_WITH_ERRORS"
	GeneralSuccessful          GeneralStatus = "SUCCESSFUL"
	GeneralFailed              GeneralStatus = "FAILED"
	GeneralCanceled            GeneralStatus = "CANCELED"
)

// BulkOperation creates one operation for each device of a group, one after another.
type BulkOperation struct {
	ID   ID     `json:"id,omitzero"`
	Self string `json:"self,omitzero"`
	// GroupID is the group, or FailedParentID another bulk operation, whose failed
	// operations are tried again.
	GroupID        ID `json:"groupId,omitzero"`
	FailedParentID ID `json:"failedParentId,omitzero"`
	// StartDate is when the first operation is created; it must be in the future.
	StartDate time.Time `json:"startDate,omitzero"`
	// CreationRamp is the number of seconds between two operations.
	CreationRamp float64 `json:"creationRamp,omitzero"`
	// OperationPrototype holds description and fragments of the operations.
	OperationPrototype Document            `json:"operationPrototype,omitzero"`
	Status             BulkOperationStatus `json:"status,omitzero"`
	GeneralStatus      GeneralStatus       `json:"generalStatus,omitzero"`
	Progress           *BulkProgress       `json:"progress,omitzero"`
	Document
}

// BulkProgress counts the operations of a bulk operation.
type BulkProgress struct {
	Pending    int `json:"pending"`
	Executing  int `json:"executing"`
	Successful int `json:"successful"`
	Failed     int `json:"failed"`
	All        int `json:"all"`
	Document
}

// BulkOperationListOptions are the options of [BulkOperationsService.List]. All but the
// paging go beyond the specification.
type BulkOperationListOptions struct {
	// GeneralStatus selects bulk operations whose status is one of these.
	GeneralStatus []GeneralStatus `query:"generalStatus,comma"`
	// DateFrom and DateTo compare with the start date.
	DateFrom time.Time `query:"dateFrom"`
	DateTo   time.Time `query:"dateTo"`
	// WithDeleted gives those that were deleted, too.
	WithDeleted bool `query:"withDeleted"`
	Paging
}

// BulkOperationsService manages operations for whole groups. The operations of one bulk
// operation are found with [OperationListOptions].BulkOperationID.
type BulkOperationsService service

func (s *BulkOperationsService) listing(options *BulkOperationListOptions) listing {
	return listing{path: at("devicecontrol", "bulkoperations"), query: options, key: "bulkOperations"}
}

// List walks all bulk operations that match.
//
// Operation: GET /devicecontrol/bulkoperations
func (s *BulkOperationsService) List(ctx context.Context, options *BulkOperationListOptions) iter.Seq2[*BulkOperation, error] {
	return list[BulkOperation](ctx, s.client, s.listing(options))
}

// Pages walks the pages of bulk operations that match.
//
// Operation: GET /devicecontrol/bulkoperations
func (s *BulkOperationsService) Pages(ctx context.Context, options *BulkOperationListOptions) iter.Seq2[*Page[BulkOperation], error] {
	return pages[BulkOperation](ctx, s.client, s.listing(options))
}

// Page returns one page of bulk operations.
//
// Operation: GET /devicecontrol/bulkoperations
func (s *BulkOperationsService) Page(ctx context.Context, options *BulkOperationListOptions) (*Page[BulkOperation], error) {
	return page[BulkOperation](ctx, s.client, s.listing(options))
}

// Count returns the number of bulk operations that match, up to ten seconds old. The
// paging of the options is ignored.
//
// Operation: GET /devicecontrol/bulkoperations
func (s *BulkOperationsService) Count(ctx context.Context, options *BulkOperationListOptions) (int, error) {
	var counting BulkOperationListOptions
	if options != nil {
		counting = *options
	}
	counting.Paging = justTotal()
	return countByTotals[BulkOperation](ctx, s.client, s.listing(&counting))
}

// Get returns one bulk operation.
//
// Operation: GET /devicecontrol/bulkoperations/{id}
func (s *BulkOperationsService) Get(ctx context.Context, id string) (*BulkOperation, error) {
	return one[BulkOperation](ctx, s.client, call{method: http.MethodGet, path: at("devicecontrol", "bulkoperations", id)})
}

// Create plans a bulk operation: a group (or the bulk operation to try again), a start
// date, a ramp and a prototype.
//
// Operation: POST /devicecontrol/bulkoperations
func (s *BulkOperationsService) Create(ctx context.Context, bulk *BulkOperation) (*BulkOperation, error) {
	return one[BulkOperation](ctx, s.client, call{
		method: http.MethodPost, path: at("devicecontrol", "bulkoperations"), body: bulk,
	})
}

// Update changes a bulk operation that has not begun, and returns it as it is now. The
// patch is a *[BulkOperation], a map or raw JSON with what changes and nothing else.
//
// Operation: PUT /devicecontrol/bulkoperations/{id}
func (s *BulkOperationsService) Update(ctx context.Context, id string, patch any) (*BulkOperation, error) {
	return one[BulkOperation](ctx, s.client, call{
		method: http.MethodPut, path: at("devicecontrol", "bulkoperations", id), body: patch,
	})
}

// Delete cancels a bulk operation: no more operations are created. It stays, with the
// status [BulkDeleted].
//
// Operation: DELETE /devicecontrol/bulkoperations/{id}
func (s *BulkOperationsService) Delete(ctx context.Context, id string) error {
	return s.client.do(ctx, call{method: http.MethodDelete, path: at("devicecontrol", "bulkoperations", id)})
}
