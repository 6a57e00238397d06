package transfer

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"mime"
	"net/http"
	"os"
	"path/filepath"

	"c8yx/c8yclient"
)

// Sending sends a file to the tenant.
type Sending func(ctx context.Context, upload c8yclient.Upload) error

// Upload sends a file of this machine to the tenant.
type Upload struct {
	path string
	send Sending
}

// NewUpload returns an upload that has not begun.
func NewUpload(path string, send Sending) *Upload { return &Upload{path: path, send: send} }

// Path returns the file that is sent.
func (u *Upload) Path() string { return u.path }

// Discard has nothing to remove.
func (u *Upload) Discard() {}

// Run sends the file from its beginning. It is streamed.
func (u *Upload) Run(ctx context.Context, m *Meter) error {
	file, err := os.Open(u.path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return &pathError{"there is no such file", u.path, err}
	case errors.Is(err, fs.ErrPermission):
		return &pathError{"you may not read", u.path, err}
	case err != nil:
		return plain(err)
	}
	defer func() { _ = file.Close() }()
	info, err := file.Stat()
	switch {
	case err != nil:
		return plain(err)
	case info.IsDir():
		return errors.New("a folder cannot be sent: " + u.path)
	}
	kind, err := contentType(file)
	if err != nil {
		return plain(err)
	}
	m.Begin(0, info.Size())
	return u.send(ctx, c8yclient.Upload{
		Name: filepath.Base(u.path), ContentType: kind, Size: info.Size(), Body: &meteredReader{file, m},
	})
}

// contentType tells the type of a file by its name, else by its beginning.
func contentType(file *os.File) (string, error) {
	if kind := mime.TypeByExtension(filepath.Ext(file.Name())); kind != "" {
		return kind, nil
	}
	var beginning [512]byte
	n, err := io.ReadFull(file, beginning[:])
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return "", err
	}
	_, err = file.Seek(0, io.SeekStart)
	return http.DetectContentType(beginning[:n]), err
}

// meteredReader tells a meter what is read.
type meteredReader struct {
	io.Reader
	meter *Meter
}

func (r *meteredReader) Read(p []byte) (int, error) {
	n, err := r.Reader.Read(p)
	r.meter.Add(int64(n))
	return n, err
}
