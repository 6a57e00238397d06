package c8yclient

import (
	"bytes"
	"context"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"strings"
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
}

// GetFile begins to download what is at a path of the API. It may be served from a
// file store elsewhere, which never sees the credentials.
func (c *Client) GetFile(ctx context.Context, target string) (*File, error) {
	req, err := c.NewRequest(context.WithValue(ctx, foreignRedirects{}, true), http.MethodGet, target, nil)
	if err != nil {
		return nil, err
	}
	req.Header.Set("Accept", "*/*")
	resp, err := c.Do(req)
	if err != nil {
		return nil, err
	}
	file := &File{Body: resp.Body, ContentType: resp.Header.Get("Content-Type"), Size: resp.ContentLength}
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
	if upload.Body == nil {
		return invalid(http.MethodPost, "", errors.New("there is no file to upload"))
	}
	object := upload.Object
	if object == nil {
		object = map[string]string{"name": upload.Name, "type": upload.contentType()}
	}
	encoded, err := marshal(object)
	if err != nil {
		return invalid(http.MethodPost, "", err)
	}
	var head bytes.Buffer
	form := multipart.NewWriter(&head)
	header := textproto.MIMEHeader{}
	header.Set("Content-Disposition", `form-data; name="object"`)
	header.Set("Content-Type", "application/json")
	part, err := form.CreatePart(header)
	if err == nil {
		_, err = part.Write(encoded)
	}
	if err == nil {
		header = textproto.MIMEHeader{}
		header.Set("Content-Disposition", multipart.FileContentDisposition("file", upload.Name))
		header.Set("Content-Type", strings.NewReplacer("\r", "", "\n", "").Replace(upload.contentType()))
		_, err = form.CreatePart(header)
	}
	if err != nil {
		return invalid(http.MethodPost, "", err)
	}
	before := head.Len()
	if err := form.Close(); err != nil {
		return invalid(http.MethodPost, "", err)
	}
	tail := bytes.Clone(head.Bytes()[before:])
	body := io.MultiReader(bytes.NewReader(head.Bytes()[:before]), upload.Body, bytes.NewReader(tail))
	size := int64(0)
	if upload.Size > 0 {
		size = upload.Size + int64(head.Len())
	}
	return c.send(ctx, http.MethodPost, target, form.FormDataContentType(), body, size, into)
}

// PutFile uploads a file as the body of the request, and reads the answer into a value
// unless that is nil. The file is streamed; a failed upload is not repeated.
func (c *Client) PutFile(ctx context.Context, target string, upload Upload, into any) error {
	if upload.Body == nil {
		return invalid(http.MethodPut, "", errors.New("there is no file to upload"))
	}
	// The wrapping hides a reader that net/http could rewind and close.
	return c.send(ctx, http.MethodPut, target, upload.contentType(), io.MultiReader(upload.Body), upload.Size, into)
}

func (c *Client) send(ctx context.Context, method, target, contentType string, body io.Reader, size int64, into any) error {
	req, err := c.NewRequest(ctx, method, target, body)
	if err != nil {
		return err
	}
	req.ContentLength = max(size, 0)
	req.Header.Set("Content-Type", contentType)
	resp, err := c.Do(req)
	if err != nil {
		return err
	}
	return c.read(req, resp, into)
}
