package transfer

import (
	"context"
	"errors"
	"fmt"
	"time"

	"c8yx/c8yclient"
)

// Source begins to download a file, after so many bytes if the tenant can. See
// [c8yclient.Client.GetFileFrom].
type Source func(ctx context.Context, offset int64) (*c8yclient.File, error)

// Download brings a file of the tenant to a landing. [Download.Run] may be called again after it
// broke off, and goes on where it was if the tenant can.
type Download struct {
	*Landing
	source Source

	known   bool // what follows is known
	total   int64
	changed time.Time // Last-Modified
	whole   bool      // the part file is complete
}

// NewDownload returns a download that has not begun.
func NewDownload(source Source, l *Landing) *Download { return &Download{Landing: l, source: source} }

// Run downloads what is left and gives the file its name. What the tenant is at fault for is an
// error of its client; [ErrExists] means that only the name is left to be decided.
func (d *Download) Run(ctx context.Context, m *Meter) error {
	if !d.whole {
		if err := d.fetch(ctx, m); err != nil {
			_ = d.Close() // what came stays
			return err
		}
		d.whole = true
	}
	return d.Commit()
}

func (d *Download) fetch(ctx context.Context, m *Meter) error {
	offset, err := d.Open()
	if err != nil {
		return err
	}
	if d.known && d.total >= 0 && offset == d.total {
		return nil // it broke off after the last byte
	}
	file, err := d.source(ctx, offset)
	if errors.Is(err, c8yclient.ErrInvalid) && offset > 0 {
		// The file has become shorter than what has come.
		offset = 0
		m.Restarted()
		file, err = d.source(ctx, 0)
	}
	if err != nil {
		return err
	}
	if d.isAnother(file) && file.Offset > 0 {
		// It was replaced meanwhile: the two halves do not belong together.
		_ = file.Body.Close()
		m.Restarted()
		if file, err = d.source(ctx, 0); err != nil {
			return err
		}
	} else if file.Offset < offset {
		m.Restarted()
	}
	if file.Offset > offset {
		_ = file.Body.Close()
		return fmt.Errorf("the tenant left out %d bytes", file.Offset-offset)
	}
	d.known, d.total, d.changed = true, total(file), file.Modified
	if err := d.Truncate(file.Offset); err != nil {
		_ = file.Body.Close()
		return err
	}
	m.Begin(file.Offset, d.total)
	return file.Save(&metered{d.Landing, m}, nil)
}

// isAnother reports whether the tenant sends another file than before.
func (d *Download) isAnother(file *c8yclient.File) bool {
	return d.known && (total(file) != d.total || !file.Modified.Equal(d.changed))
}

// total returns the size of a whole file, -1 if it is unknown.
func total(file *c8yclient.File) int64 {
	if file.Size < 0 {
		return -1
	}
	return file.Offset + file.Size
}

// metered is a landing that tells a meter what is written to it.
type metered struct {
	*Landing
	meter *Meter
}

func (w *metered) Write(p []byte) (int, error) {
	n, err := w.Landing.Write(p)
	w.meter.Add(int64(n))
	return n, err
}
