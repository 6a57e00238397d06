package c8yclient

import (
	"context"
	"iter"
	"net/http"
	"time"
)

// Binary is a file in the inventory. It is a managed object as well, under the same id.
type Binary struct {
	ID   string `json:"id,omitzero"`
	Self string `json:"self,omitzero"`
	Name string `json:"name,omitzero"`
	// Type is the type of the managed object, ContentType that of the file.
	Type        string `json:"type,omitzero"`
	ContentType string `json:"contentType,omitzero"`
	// Length is in bytes.
	Length      int64     `json:"length,omitzero"`
	Owner       string    `json:"owner,omitzero"`
	LastUpdated time.Time `json:"lastUpdated,omitzero"`
	Document
}

// BinaryListOptions are the options of [BinariesService.List]. Of the totals the platform
// knows only that of pages.
type BinaryListOptions struct {
	Type  string   `query:"type"`
	Owner string   `query:"owner"`
	IDs   []string `query:"ids,comma"`
	// The parents of a child.
	ChildDeviceID   string `query:"childDeviceId"`
	ChildAssetID    string `query:"childAssetId"`
	ChildAdditionID string `query:"childAdditionId"`
	Paging
}

// BinariesService stores files in the inventory. Names, types and fragments of a file are
// changed by way of its managed object, [InventoryService.Update].
type BinariesService service

func (s *BinariesService) listing(options *BinaryListOptions) listing {
	return listing{path: at("inventory", "binaries"), query: options, key: "managedObjects"}
}

// List walks all files that match.
//
// Operation: GET /inventory/binaries
func (s *BinariesService) List(ctx context.Context, options *BinaryListOptions) iter.Seq2[*Binary, error] {
	return list[Binary](ctx, s.client, s.listing(options))
}

// Pages walks the pages of files that match.
//
// Operation: GET /inventory/binaries
func (s *BinariesService) Pages(ctx context.Context, options *BinaryListOptions) iter.Seq2[*Page[Binary], error] {
	return pages[Binary](ctx, s.client, s.listing(options))
}

// Page returns one page of files.
//
// Operation: GET /inventory/binaries
func (s *BinariesService) Page(ctx context.Context, options *BinaryListOptions) (*Page[Binary], error) {
	return page[Binary](ctx, s.client, s.listing(options))
}

// Upload stores a file. It is streamed; see [Progress] to follow it.
//
// Operation: POST /inventory/binaries
func (s *BinariesService) Upload(ctx context.Context, upload Upload) (*Binary, error) {
	return uploaded[Binary](ctx, s.client, http.MethodPost, at("inventory", "binaries"), upload)
}

// Download begins to download a file. It is streamed; see [File.Save].
//
// Operation: GET /inventory/binaries/{id}
func (s *BinariesService) Download(ctx context.Context, id string) (*File, error) {
	return s.DownloadFrom(ctx, id, 0)
}

// DownloadFrom goes on with a download that broke off, after so many bytes. [File.Offset]
// says where the tenant begins: it may be at the beginning, whatever was asked for.
// [ErrInvalid] means that the file is no longer than that.
//
// Operation: GET /inventory/binaries/{id}
func (s *BinariesService) DownloadFrom(ctx context.Context, id string, offset int64) (*File, error) {
	path := at("inventory", "binaries", id)
	if path.err != nil {
		return nil, invalid(http.MethodGet, path.escaped, path.err)
	}
	return s.client.GetFileFrom(ctx, path.escaped, offset)
}

// Replace puts another file in place of one. Its name stays; its type becomes that of the
// upload.
//
// Operation: PUT /inventory/binaries/{id}
func (s *BinariesService) Replace(ctx context.Context, id string, upload Upload) (*Binary, error) {
	return uploaded[Binary](ctx, s.client, http.MethodPut, at("inventory", "binaries", id), upload)
}

// Delete deletes a file and its managed object.
//
// Operation: DELETE /inventory/binaries/{id}
func (s *BinariesService) Delete(ctx context.Context, id string) error {
	return s.client.do(ctx, call{method: http.MethodDelete, path: at("inventory", "binaries", id)})
}
