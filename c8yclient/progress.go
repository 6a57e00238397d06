package c8yclient

import (
	"errors"
	"io"
	"net/http"
)

// Progress returns a reader that reports how many bytes have been read from another one,
// after each read: put it around the body of an [Upload]. The report must not block.
func Progress(r io.Reader, report func(read int64)) io.Reader {
	return &progressReader{reader: r, report: report}
}

type progressReader struct {
	reader io.Reader
	report func(int64)
	read   int64
}

func (p *progressReader) Read(buffer []byte) (int, error) {
	n, err := p.reader.Read(buffer)
	if n > 0 {
		p.read += int64(n)
		p.report(p.read)
	}
	return n, err
}

// saveBuffer is how much of a download is in memory. Smaller ones are slower.
const saveBuffer = 256 << 10

// Save writes a download to its end and closes it. If report is not nil it is called with
// the number of bytes written so far, of which there will be [File.Size]; it must not block.
// An error of the writer is returned as it is; if the tenant is at fault the error is
// [ErrTransport], and what was written is good as far as it goes.
func (f *File) Save(w io.Writer, report func(written int64)) error {
	source := &faultReader{reader: f.Body}
	var body io.Reader = source
	if report != nil {
		body = Progress(source, report)
	}
	// The wrapping keeps the writer from taking over with a smaller buffer of its own.
	_, err := io.CopyBuffer(struct{ io.Writer }{w}, body, make([]byte, saveBuffer))
	if closed := f.Body.Close(); err == nil {
		err = closed
	}
	if source.err != nil {
		return failure(http.MethodGet, f.target, source.err)
	}
	return err
}

// faultReader remembers what went wrong while reading, to tell it from what goes wrong
// while writing.
type faultReader struct {
	reader io.Reader
	err    error
}

func (r *faultReader) Read(buffer []byte) (int, error) {
	n, err := r.reader.Read(buffer)
	if err != nil && !errors.Is(err, io.EOF) {
		r.err = err
	}
	return n, err
}
