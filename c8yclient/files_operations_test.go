package c8yclient_test

import (
	"context"
	"strings"

	"c8yx/c8yclient"
)

const (
	binaryJSON = `{"id":"55","self":"https://acme.example/inventory/managedObjects/55","name":"fw.bin","type":"acme_Firmware",
		"contentType":"application/x-firmware","length":3,"owner":"jane","lastUpdated":"2026-02-02T09:30:00.000Z",
		"c8y_IsBinary":{},"acme_Signed":true}`
	binariesJSON   = `{"managedObjects":[` + binaryJSON + `],"statistics":{"currentPage":1,"pageSize":2000}}`
	attachmentJSON = `{"self":"https://acme.example/event/events/700/binaries","source":"700","name":"log.txt","type":"text/plain","length":3,"acme":1}`
)

func filesOperations() []operation {
	upload := func() c8yclient.Upload {
		return c8yclient.Upload{Name: "log.txt", ContentType: "text/plain", Body: strings.NewReader("abc"), Size: 3}
	}
	form := formParts(`object (application/json): {"name":"log.txt","type":"text/plain"}`, "file log.txt (text/plain): abc")
	download := map[string]string{
		"Content-Type": "text/plain", "Content-Disposition": `attachment; filename="log.txt"`,
	}
	return []operation{{
		method: "Binaries.List", answer: binariesJSON, items: "managedObjects",
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return collected(c.Binaries.List(ctx, &c8yclient.BinaryListOptions{
				Type: "t", Owner: "jane", IDs: []string{"1", "2"}, ChildDeviceID: "3", ChildAssetID: "4", ChildAdditionID: "5",
			}))
		},
		sends: "GET /inventory/binaries?type=t&owner=jane&ids=1,2&childDeviceId=3&childAssetId=4&childAdditionId=5&pageSize=2000",
	}, {
		method: "Binaries.Pages", answer: binariesJSON, items: "managedObjects",
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return collectedPages(c.Binaries.Pages(ctx, nil))
		},
		sends: "GET /inventory/binaries?pageSize=2000",
	}, {
		method: "Binaries.Page", answer: binariesJSON, items: "managedObjects",
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return itemsOf(c.Binaries.Page(ctx, &c8yclient.BinaryListOptions{Paging: c8yclient.Paging{WithTotalPages: true}}))
		},
		sends: "GET /inventory/binaries?withTotalPages=true&pageSize=2000",
	}, {
		method: "Binaries.Upload", status: 201, answer: binaryJSON,
		call:  func(ctx context.Context, c *c8yclient.Client) (any, error) { return c.Binaries.Upload(ctx, upload()) },
		sends: "POST /inventory/binaries", body: form, contentType: "multipart/form-data",
	}, {
		method: "Binaries.Download", answered: download, answer: "abc", returns: `"log.txt (text/plain): abc"`, accept: "*/*",
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return content(c.Binaries.Download(ctx, "55"))
		},
		sends: "GET /inventory/binaries/55",
	}, {
		method: "Binaries.DownloadFrom", status: 206, answer: "c", returns: `[2,"c"]`, accept: "*/*",
		answered: map[string]string{"Content-Type": "text/plain", "Content-Range": "bytes 2-2/3"},
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			file, err := c.Binaries.DownloadFrom(ctx, "55", 2)
			if err != nil {
				return nil, err
			}
			var text strings.Builder
			err = file.Save(&text, nil)
			return []any{file.Offset, text.String()}, err
		},
		sends: "GET /inventory/binaries/55", header: map[string]string{"Range": "bytes=2-"},
		beyond: "the document does not have ranges",
	}, {
		method: "Binaries.Replace", status: 201, answer: binaryJSON,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.Binaries.Replace(ctx, "55", upload())
		},
		sends: "PUT /inventory/binaries/55", body: "abc", contentType: "text/plain",
	}, {
		method: "Binaries.Delete", status: 204,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return nothing(c.Binaries.Delete(ctx, "55"))
		},
		sends: "DELETE /inventory/binaries/55",
	}, {
		method: "Events.DownloadAttachment", answered: download, answer: "abc", returns: `"log.txt (text/plain): abc"`, accept: "*/*",
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return content(c.Events.DownloadAttachment(ctx, "700"))
		},
		sends: "GET /event/events/700/binaries",
	}, {
		method: "Events.UploadAttachment", status: 201, answer: attachmentJSON,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.Events.UploadAttachment(ctx, "700", upload())
		},
		sends: "POST /event/events/700/binaries", body: form, contentType: "multipart/form-data",
	}, {
		method: "Events.ReplaceAttachment", status: 201, answer: attachmentJSON,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.Events.ReplaceAttachment(ctx, "700", upload())
		},
		sends: "PUT /event/events/700/binaries", body: "abc", contentType: "text/plain",
	}, {
		method: "Events.DeleteAttachment", status: 204,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return nothing(c.Events.DeleteAttachment(ctx, "700"))
		},
		sends: "DELETE /event/events/700/binaries",
	}}
}
