package c8yclient

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"mime"
	"net/http"
	"time"
)

// File is a file that is being downloaded. Read Body to its end and close it.
type File struct {
	Body io.ReadCloser
	// Name is what the tenant calls the file, or "". It comes from outside: it may hold
	// path separators and anything else.
	Name        string
	ContentType string
	// Size is the number of bytes to come, or -1 if the tenant does not say.
	Size     int64
	Modified time.Time
	// Offset is the number of bytes of the file that are left out before Body begins; see
	// [Client.GetFileFrom].
	Offset int64

	target string
}

// GetFile begins to download what is at a path of the API. It may be served from a
// file store elsewhere, which never sees the credentials.
func (c *Client) GetFile(ctx context.Context, target string) (*File, error) {
	return c.GetFileFrom(ctx, target, 0)
}

// GetFileFrom goes on with a download that broke off, after so many bytes. [File.Offset]
// says where the tenant begins: it may be at the beginning, whatever was asked for.
// [ErrInvalid] means that the file is no longer than that.
func (c *Client) GetFileFrom(ctx context.Context, target string, offset int64) (*File, error) {
	req, err := c.NewRequest(context.WithValue(ctx, foreignRedirects{}, true), http.MethodGet, target, nil)
	if err != nil {
		return nil, err
	}
	req.Header.Set("Accept", "*/*")
	req.Header.Set("Accept-Encoding", "identity") // sizes and offsets are those of the file itself
	if offset > 0 {
		req.Header.Set("Range", fmt.Sprintf("bytes=%d-", offset))
	}
	resp, err := c.Do(req)
	if err != nil {
		return nil, err
	}
	file := &File{
		Body: resp.Body, ContentType: resp.Header.Get("Content-Type"), Size: resp.ContentLength, target: redactTarget(req.URL),
	}
	if resp.StatusCode == http.StatusPartialContent {
		if _, err := fmt.Sscanf(resp.Header.Get("Content-Range"), "bytes %d-", &file.Offset); err != nil {
			_ = resp.Body.Close()
			return nil, unreadable(req.Method, file.target, resp.StatusCode, errors.New("it does not say where it begins"))
		}
	}
	if _, parameters, err := mime.ParseMediaType(resp.Header.Get("Content-Disposition")); err == nil {
		file.Name = parameters["filename"]
	}
	if modified, err := http.ParseTime(resp.Header.Get("Last-Modified")); err == nil {
		file.Modified = modified
	}
	return file, nil
}

// Upload is a file to send.
type Upload struct {
	Name string
	// ContentType is application/octet-stream if empty.
	ContentType string
	Body        io.Reader
	// Size is the number of bytes in Body; 0 or less if that is not known, in which
	// case the request is sent in chunks.
	Size int64
	// Object is sent beside the file by [Client.PostFile]: the name, type and fragments
	// of the document that stands for it. If nil, name and type of the upload.
	Object any
}

func (u Upload) contentType() string {
	if u.ContentType == "" {
		return "application/octet-stream"
	}
	return u.ContentType
}

// PostFile uploads a file as a form of two parts, "object" (JSON) and "file", and reads
// the answer into a value unless that is nil. The file is streamed.
func (c *Client) PostFile(ctx context.Context, target string, upload Upload, into any) error {
	object := upload.Object
	if object == nil {
		object = map[string]string{"name": upload.Name, "type": upload.contentType()}
	}
	encoded, err := marshal(object)
	if err != nil {
		return invalid(http.MethodPost, "", err)
	}
	return c.postForm(ctx, call{method: http.MethodPost, path: route{escaped: target}, into: into}, formFile{
		fields: []formField{{name: "object", contentType: "application/json", value: string(encoded)}},
		part:   "file", upload: upload,
	})
}

// PutFile uploads a file as the body of the request, and reads the answer into a value
// unless that is nil. The file is streamed; a failed upload is not repeated.
func (c *Client) PutFile(ctx context.Context, target string, upload Upload, into any) error {
	if upload.Body == nil {
		return invalid(http.MethodPut, "", errors.New("there is no file to upload"))
	}
	// The wrapping hides a reader that net/http could rewind and close.
	return c.send(ctx, call{
		method: http.MethodPut, path: route{escaped: target}, contentType: upload.contentType(), into: into,
	}, io.MultiReader(upload.Body), upload.Size)
}

// uploaded sends a file to a route: with POST as a form, with PUT as the body.
func uploaded[T any](ctx context.Context, c *Client, method string, path route, upload Upload) (*T, error) {
	if path.err != nil {
		return nil, invalid(method, path.escaped, path.err)
	}
	send := c.PostFile
	if method == http.MethodPut {
		send = c.PutFile
	}
	into := new(T)
	if err := send(ctx, path.escaped, upload, into); err != nil {
		return nil, err
	}
	return into, nil
}

// send sends a call whose body is streamed; its size is 0 or less if that is not known.
func (c *Client) send(ctx context.Context, l call, body io.Reader, size int64) error {
	req, err := c.NewRequest(ctx, l.method, l.target(), body)
	if err != nil {
		return err
	}
	maps.Copy(req.Header, l.header)
	req.ContentLength = max(size, 0)
	req.Header.Set("Content-Type", l.contentType)
	resp, err := c.Do(req)
	if err != nil {
		return err
	}
	return c.read(req, resp, l.into)
}
