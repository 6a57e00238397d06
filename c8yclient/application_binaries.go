package c8yclient

import (
	"context"
	"net/http"
	"time"
)

// ApplicationBinary is an archive that was uploaded for an application.
type ApplicationBinary struct {
	ID          ID     `json:"id,omitzero"`
	Name        string `json:"name,omitzero"`
	ContextPath string `json:"contextPath,omitzero"`
	Description string `json:"description,omitzero"`
	// Length is in bytes.
	Length      int64     `json:"length,omitzero"`
	Created     time.Time `json:"created,omitzero"`
	DownloadURL string    `json:"downloadUrl,omitzero"`
	Document
}

// Binaries returns the archives of an application; they are not paged. Those of microservices
// are not given.
//
// Operation: GET /application/applications/{id}/binaries
func (s *ApplicationsService) Binaries(ctx context.Context, id string) ([]*ApplicationBinary, error) {
	return items[ApplicationBinary](ctx, s.client, call{
		method: http.MethodGet, path: applicationRoute(id, "binaries"),
	}, "attachments")
}

// Binary begins to download an archive of an application.
//
// Operation: GET /application/applications/{id}/binaries/{binaryId}
func (s *ApplicationsService) Binary(ctx context.Context, id, binaryID string) (*File, error) {
	return s.client.download(ctx, applicationRoute(id, "binaries", binaryID))
}

// ApplicationUploadOptions are the options of [ApplicationsService.UploadBinary].
type ApplicationUploadOptions struct {
	// ClearConflictingOptions removes tenant options that conflict with the settings that a
	// microservice declares.
	ClearConflictingOptions bool `query:"clearConflictingOptions"`
}

// UploadBinary uploads a ZIP archive: of a web application with an index.html, of a microservice
// with cumulocity.json and image.tar. A microservice is deployed after the answer has come; see
// [MicroservicesService.Status]. The official document promises the application as the answer;
// the vendor's own c8ycli takes it for the archive, and so do we: ID is what
// [Application.ActiveVersionID] can be set to.
//
// Operation: POST /application/applications/{id}/binaries
func (s *ApplicationsService) UploadBinary(ctx context.Context, id string, upload Upload, options *ApplicationUploadOptions) (*ApplicationBinary, error) {
	archive := new(ApplicationBinary)
	err := s.client.postForm(ctx, call{
		method: http.MethodPost, path: applicationRoute(id, "binaries"), query: options, into: archive,
	},
		formFile{part: "file", upload: upload.orZip()})
	if err != nil {
		return nil, err
	}
	return archive, nil
}

// DeleteBinary removes an archive that is not the active one.
//
// Operation: DELETE /application/applications/{id}/binaries/{binaryId}
func (s *ApplicationsService) DeleteBinary(ctx context.Context, id, binaryID string) error {
	return s.client.do(ctx, call{method: http.MethodDelete, path: applicationRoute(id, "binaries", binaryID)})
}

// orZip returns the upload as a ZIP archive, unless it says that it is something else.
func (u Upload) orZip() Upload {
	if u.ContentType == "" {
		u.ContentType = "application/zip"
	}
	return u
}
