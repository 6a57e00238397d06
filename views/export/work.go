package export

import (
	"bufio"
	"cmp"
	"context"
	"io"
	"sync"

	"c8yx/views/transfer"
)

// Work writes a table to a file. A work that failed goes on behind the last part of the table that
// is in the file as a whole.
type Work struct {
	*transfer.Landing
	table     Table
	format    Format
	documents bool
	reached   reached
}

// reached is how much of a table has been written for good.
type reached struct {
	parts       int
	rows, bytes int64
}

// NewWork returns the work of writing a table to a landing, in a format; its documents as a whole,
// or what stands under its columns.
func NewWork(t Table, f Format, documents bool, l *transfer.Landing) *Work {
	return &Work{Landing: l, table: t, format: f, documents: documents}
}

// Run writes the file. The meter counts rows.
func (w *Work) Run(ctx context.Context, m *transfer.Meter) error {
	size, err := w.Open()
	if err != nil {
		return err
	}
	if size < w.reached.bytes { // somebody has removed it
		w.reached = reached{}
	}
	if err = w.Truncate(w.reached.bytes); err == nil {
		err = w.reached.write(ctx, w.Landing, w.table, w.format, w.documents, m)
	}
	if err != nil {
		_ = w.Close()
		return err
	}
	return w.Commit()
}

// buffer is how much is written at once.
const buffer = 64 << 10

// Write writes a table in a format. The meter counts rows.
func Write(ctx context.Context, out io.Writer, t Table, f Format, documents bool, m *transfer.Meter) error {
	return new(reached).write(ctx, out, t, f, documents, m)
}

// write writes what has not been reached yet, and notes what has.
func (r *reached) write(ctx context.Context, out io.Writer, t Table, f Format, documents bool, m *transfer.Meter) error {
	m.Begin(r.rows, 0)
	counting, stop := context.WithCancel(ctx)
	var counter sync.WaitGroup
	defer counter.Wait()
	defer stop()
	if t.Total != nil {
		// A tenant may take its time to count; nobody waits for it.
		counter.Go(func() {
			if n, err := t.Total(counting); err == nil && n > 0 {
				m.Expect(int64(n))
			}
		})
	}
	counted := &counted{out, r.bytes}
	buffered := bufio.NewWriterSize(counted, buffer)
	w := f.writer(buffered, r.rows > 0)
	if r.parts == 0 {
		if err := w.begin(t.Columns); err != nil {
			return err
		}
	}
	rows := r.rows
	for _, part := range t.parts()[r.parts:] {
		for row, err := range part(ctx) {
			if err == nil {
				err = m.Pass(ctx)
			}
			if err == nil {
				err = w.row(t.Columns, row, documents)
			}
			if err != nil {
				return err
			}
			rows++
			m.Add(1)
		}
		if err := cmp.Or(ctx.Err(), w.flush(), buffered.Flush()); err != nil {
			return err
		}
		*r = reached{r.parts + 1, rows, counted.bytes}
	}
	if err := w.end(); err != nil {
		return err
	}
	return buffered.Flush()
}

// counted counts what is written.
type counted struct {
	io.Writer
	bytes int64
}

// Write implements [io.Writer].
func (c *counted) Write(p []byte) (int, error) {
	n, err := c.Writer.Write(p)
	c.bytes += int64(n)
	return n, err
}
