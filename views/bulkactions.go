package views

import (
	"time"

	"github.com/go-json-experiment/json/jsontext"

	"c8yx/c8yclient"
	"c8yx/keys"
	"c8yx/ui/text"
	"c8yx/views/collection"
	"c8yx/views/place"
	"c8yx/views/show"
	"c8yx/views/write"
)

// headStart is how long a bulk operation that is let begin still waits: the tenant takes no time that has passed, by its own clock, when
// the request arrives.
const headStart = time.Minute

// startDate writes a time as the platform does.
func startDate(at time.Time) string { return at.UTC().Format("2006-01-02T15:04:05.000Z") }

// startAt puts the start of a bulk operation off, or brings it forward: PUT /devicecontrol/bulkoperations/{id}, which the platform
// takes until it has begun.
func startAt(b *bulkOperation, at time.Time) write.Request {
	return write.Put("devicecontrol/bulkoperations/"+string(b.ID), map[string]any{"startDate": startDate(at)})
}

// bulkActions pause bulk operations, let them begin, cancel them and try failed ones again.
func bulkActions() []collection.Action[*bulkOperation] {
	over := func(b *bulkOperation) bool {
		return b.Status == c8yclient.BulkCompleted || b.Status == c8yclient.BulkDeleted
	}
	begun := func(b *bulkOperation) string {
		switch {
		case over(b):
			return "it is over"
		case b.Status == c8yclient.BulkInProgress:
			return "it has begun, and from then on the platform changes nothing about it but to cancel it"
		}
		return ""
	}
	return []collection.Action[*bulkOperation]{
		{
			Action: keys.BulkPause,
			Disabled: func(b *bulkOperation) string {
				if show.BulkPaused(b) {
					return "it is paused already"
				}
				return begun(b)
			},
			Write: &collection.Write[*bulkOperation]{Did: "Paused", Request: func(b *bulkOperation) write.Request {
				return startAt(b, show.BulkPausedUntil())
			}},
		},
		{
			Action:   keys.BulkBegin,
			Disabled: begun,
			Write: &collection.Write[*bulkOperation]{Did: "Brought forward", Request: func(b *bulkOperation) write.Request {
				return startAt(b, time.Now().Add(headStart))
			}},
		},
		{
			Action: keys.BulkCancel,
			Disabled: func(b *bulkOperation) string {
				if over(b) {
					return "it is over"
				}
				return ""
			},
			Write: &collection.Write[*bulkOperation]{
				Did: "Cancelled",
				Request: func(b *bulkOperation) write.Request {
					return write.Delete("devicecontrol/bulkoperations/" + string(b.ID))
				},
				Inverse: func(*bulkOperation, jsontext.Value) (write.Request, text.Safe) {
					return write.Request{}, "create it again for what is left"
				},
			},
		},
		{Action: keys.BulkFailures, Run: func(a *collection.Act[*bulkOperation]) {
			a.Open(place.At("bulkfailures").With("bulk", string(a.Items[0].ID)))
		}},
		{
			Action: keys.BulkRetry,
			Disabled: func(b *bulkOperation) string {
				switch {
				case b.Progress == nil || b.Progress.Failed == 0:
					return "nothing of it has failed"
				case !over(b):
					return "it is not over yet"
				}
				return ""
			},
			Write: &collection.Write[*bulkOperation]{
				Did: "Retried",
				Request: func(b *bulkOperation) write.Request {
					return write.Post("devicecontrol/bulkoperations", map[string]any{
						"failedParentId": string(b.ID), "creationRamp": max(b.CreationRamp, 1), "operationPrototype": b.OperationPrototype,
						"startDate": startDate(time.Now().Add(5 * time.Minute)),
					})
				},
			},
		},
	}
}
