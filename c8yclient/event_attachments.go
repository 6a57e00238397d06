package c8yclient

import (
	"context"
	"net/http"
)

func attachmentRoute(eventID string) route { return at("event", "events", eventID, "binaries") }

// DownloadAttachment begins to download the file of an event. [ErrNotFound] means that it
// has none.
//
// Operation: GET /event/events/{id}/binaries
func (s *EventsService) DownloadAttachment(ctx context.Context, id string) (*File, error) {
	path := attachmentRoute(id)
	if path.err != nil {
		return nil, invalid(http.MethodGet, path.escaped, path.err)
	}
	return s.client.GetFile(ctx, path.escaped)
}

// UploadAttachment attaches a file to an event, which can have one. [ErrConflict] means
// that it has one already: see [EventsService.ReplaceAttachment]. The file is streamed; see
// [Progress] to follow it.
//
// Operation: POST /event/events/{id}/binaries
func (s *EventsService) UploadAttachment(ctx context.Context, id string, upload Upload) (*EventAttachment, error) {
	return uploaded[EventAttachment](ctx, s.client, http.MethodPost, attachmentRoute(id), upload)
}

// ReplaceAttachment puts another file in place of that of an event. Its name stays; its
// type becomes that of the upload.
//
// Operation: PUT /event/events/{id}/binaries
func (s *EventsService) ReplaceAttachment(ctx context.Context, id string, upload Upload) (*EventAttachment, error) {
	return uploaded[EventAttachment](ctx, s.client, http.MethodPut, attachmentRoute(id), upload)
}

// DeleteAttachment deletes the file of an event; the event stays.
//
// Operation: DELETE /event/events/{id}/binaries
func (s *EventsService) DeleteAttachment(ctx context.Context, id string) error {
	return s.client.do(ctx, call{method: http.MethodDelete, path: attachmentRoute(id)})
}
