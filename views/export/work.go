package export

import (
	"bufio"
	"context"
	"io"
	"sync"

	"c8yx/views/transfer"
)

// Work writes a table to a file. A work that failed begins anew.
type Work struct {
	*transfer.Landing
	table     Table
	format    Format
	documents bool
}

// NewWork returns the work of writing a table to a landing, in a format; its documents as a whole,
// or what stands under its columns.
func NewWork(t Table, f Format, documents bool, l *transfer.Landing) *Work {
	return &Work{Landing: l, table: t, format: f, documents: documents}
}

// Run writes the file. The meter counts rows.
func (w *Work) Run(ctx context.Context, m *transfer.Meter) error {
	if _, err := w.Open(); err != nil {
		return err
	}
	err := w.Truncate(0)
	if err == nil {
		err = Write(ctx, w.Landing, w.table, w.format, w.documents, m)
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
	m.Begin(0, 0)
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
	buffered := bufio.NewWriterSize(out, buffer)
	w := f.writer(buffered)
	if err := w.begin(t.Columns); err != nil {
		return err
	}
	for row, err := range t.Rows(ctx) {
		if err == nil {
			err = m.Pass(ctx)
		}
		if err == nil {
			err = w.row(t.Columns, row, documents)
		}
		if err != nil {
			return err
		}
		m.Add(1)
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := w.end(); err != nil {
		return err
	}
	return buffered.Flush()
}
