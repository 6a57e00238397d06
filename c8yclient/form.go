package c8yclient

import (
	"bytes"
	"context"
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"strings"
)

// formFile is a form with a file in its last part, for the operations whose parts have other
// names than those of [Client.PostFile]. The file is streamed.
type formFile struct {
	// fields are the parts before the file, in their order.
	fields []formField
	// part is the name of the part with the file.
	part   string
	upload Upload
}

// formField is a part of a form that is short enough to be kept in memory.
type formField struct{ name, contentType, value string }

// postForm sends a form with a file, with POST unless the call says otherwise.
func (c *Client) postForm(ctx context.Context, l call, f formFile) error {
	if l.method == "" {
		l.method = http.MethodPost
	}
	if l.path.err != nil {
		return invalid(l.method, l.path.escaped, l.path.err)
	}
	if f.upload.Body == nil {
		return invalid(l.method, l.path.escaped, errors.New("there is no file to upload"))
	}
	var head, tail bytes.Buffer
	form := multipart.NewWriter(&head)
	for _, field := range f.fields {
		if err := writePart(form, field); err != nil {
			return invalid(l.method, l.path.escaped, err)
		}
	}
	header := textproto.MIMEHeader{}
	header.Set("Content-Disposition", multipart.FileContentDisposition(f.part, f.upload.Name))
	header.Set("Content-Type", strings.NewReplacer("\r", "", "\n", "").Replace(f.upload.contentType()))
	if _, err := form.CreatePart(header); err != nil {
		return invalid(l.method, l.path.escaped, err)
	}
	tail.WriteString("\r\n--" + form.Boundary() + "--\r\n")
	size := int64(0)
	if f.upload.Size > 0 {
		size = f.upload.Size + int64(head.Len()+tail.Len())
	}
	body := io.MultiReader(&head, f.upload.Body, &tail)
	l.contentType = form.FormDataContentType()
	return c.send(ctx, l, body, size)
}

func writePart(form *multipart.Writer, field formField) error {
	header := textproto.MIMEHeader{}
	header.Set("Content-Disposition", `form-data; name="`+field.name+`"`)
	header.Set("Content-Type", field.contentType)
	part, err := form.CreatePart(header)
	if err != nil {
		return err
	}
	_, err = io.WriteString(part, field.value)
	return err
}

// download begins to download what is at a route, as [Client.GetFile] does.
func (c *Client) download(ctx context.Context, path route) (*File, error) {
	if path.err != nil {
		return nil, invalid(http.MethodGet, path.escaped, path.err)
	}
	return c.GetFile(ctx, path.escaped)
}
