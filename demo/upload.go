package demo

import (
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"strings"
	"time"

	"c8yx/demo/rawjson"
	"c8yx/demo/store"
)

// upload is a file that a client sent.
type upload struct {
	file   store.File
	object string // compact JSON object with what the client says of the file, "{}" if it says nothing
	parts  map[string][]byte
}

// maxParts is how many parts a multipart body may have. There are two in an honest one.
const maxParts = 20

// upload reads a file: raw, or as multipart with the part file and, before or after it, the part object, whose name and type
// go before those of the part.
func (c *call) upload() (upload, error) {
	media, _, _ := mime.ParseMediaType(c.r.Header.Get("Content-Type"))
	if !strings.HasPrefix(media, "multipart/") {
		content, err := c.read()
		_, disposition, _ := mime.ParseMediaType(c.r.Header.Get("Content-Disposition"))
		file := store.File{Name: or(disposition["filename"], "file"), Type: or(media, "application/octet-stream"), Content: content}
		return upload{file: file, object: "{}"}, err
	}
	sent, err := c.parts("file")
	if err != nil {
		return sent, err
	}
	if sent.file.Content == nil {
		return sent, missing("file")
	}
	sent.file.Name = or(rawjson.Text(sent.object, "name"), or(sent.file.Name, "file"))
	sent.file.Type = or(rawjson.Text(sent.object, "type"), or(sent.file.Type, "application/octet-stream"))
	return sent, nil
}

// parts reads a multipart body in which the file has a certain name.
func (c *call) parts(file string) (upload, error) {
	c.r.Body = http.MaxBytesReader(c.w, c.r.Body, maxBody)
	parts, err := c.r.MultipartReader()
	if err != nil {
		return upload{}, broken(err)
	}
	return readParts(parts, file)
}

func broken(err error) error {
	return fail(http.StatusBadRequest, "general/Bad Request", "Multipart body is broken: %v", err)
}

// readParts reads a multipart body with a file of a certain name, the part object, and others.
func readParts(parts *multipart.Reader, name string) (upload, error) {
	sent := upload{object: "{}", parts: make(map[string][]byte)}
	for range maxParts {
		part, err := parts.NextPart()
		if err == io.EOF {
			return sent, nil
		}
		if err != nil {
			return sent, broken(err)
		}
		content, err := io.ReadAll(part)
		if err != nil {
			return sent, broken(err)
		}
		switch part.FormName() {
		case name:
			sent.file = store.File{Name: part.FileName(), Type: part.Header.Get("Content-Type"), Content: content}
		case "object":
			if sent.object, err = rawjson.CompactObject(content); err != nil {
				return sent, fail(http.StatusBadRequest, "general/Bad Request", "The part object is no JSON object: %v", err)
			}
		default:
			sent.parts[part.FormName()] = content
		}
	}
	return sent, fail(http.StatusBadRequest, "general/Bad Request", "More than %d parts", maxParts)
}

// download answers with a file, or the ranges of it that the client asks for.
func download(file store.File, updated int64) reply {
	return reply{
		status: http.StatusOK, media: file.Type,
		header: http.Header{"Content-Disposition": {disposition(file.Name)}},
		serve: func(w http.ResponseWriter, r *http.Request) {
			http.ServeContent(w, r, "", time.UnixMilli(updated), file.Open())
		},
	}
}

// disposition is the header of a download. A name that it cannot hold is left out.
func disposition(name string) string {
	return or(mime.FormatMediaType("attachment", map[string]string{"filename": name}), "attachment")
}
