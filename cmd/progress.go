package cmd

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/charmbracelet/x/term"

	"c8yx/ui/text"
	"c8yx/views/transfer"
	"c8yx/views/transfers"
)

// progress tells on standard error how far a transfer is: as a bar that moves if that is a
// terminal, else with a line every now and then.
type progress struct {
	out   io.Writer
	moves bool
	width int
	what  text.Safe
	unit  text.Safe // what is counted; "" for bytes
	meter *transfer.Meter
	began time.Time
}

// How often a bar moves, and how often a line is written where it cannot.
const (
	barEvery  = 200 * time.Millisecond
	lineEvery = 10 * time.Second
)

// follow runs something and tells meanwhile how far it is.
func follow(ctx context.Context, streams Streams, what, unit text.Safe, run func(ctx context.Context, m *transfer.Meter) error) error {
	p := &progress{out: streams.Err, what: what, unit: unit, meter: &transfer.Meter{}, began: time.Now()}
	if file, ok := streams.Err.(*os.File); ok && term.IsTerminal(file.Fd()) && os.Getenv("TERM") != "dumb" {
		p.moves, p.width = true, 80
		if width, _, err := term.GetSize(file.Fd()); err == nil && width > 20 {
			p.width = width
		}
	}
	ctx, stop := context.WithCancel(ctx)
	var telling sync.WaitGroup
	telling.Go(func() { p.tell(ctx) })
	err := run(ctx, p.meter)
	stop()
	telling.Wait()
	p.end(err)
	return err
}

func (p *progress) tell(ctx context.Context) {
	every := lineEvery
	if p.moves {
		every = barEvery
	}
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case now := <-tick.C:
			if p.moves {
				fmt.Fprint(p.out, "\r", p.line(now), "\x1b[K")
			} else {
				fmt.Fprintln(p.out, p.line(now))
			}
		}
	}
}

// line says how far it is, in no more cells than there are.
func (p *progress) line(now time.Time) string {
	r := p.meter.Read(now)
	said := []string{string(p.amount(r.Done))}
	if bar := transfers.Bar(r, 20); bar != "" {
		said = []string{string(bar), string(p.amount(r.Done)) + " of " + string(p.amount(r.Total))}
	}
	if r.Rate > 0 {
		said = append(said, string(p.amount(int64(r.Rate)))+"/s")
	}
	if r.Left > 0 {
		said = append(said, string(text.Span(max(r.Left, time.Second)))+" left")
	}
	line := text.Clean(string(p.what) + "  " + strings.Join(said, "  "))
	if p.moves {
		line = text.Fit(line, p.width-1, text.Left)
	}
	return string(line)
}

// amount words a number of bytes, or of what is counted.
func (p *progress) amount(n int64) text.Safe {
	if p.unit != "" {
		return text.Count(int(n)) + " " + p.unit
	}
	return text.Bytes(n)
}

// end says how it ended; an error is the caller's to tell.
func (p *progress) end(err error) {
	if p.moves {
		fmt.Fprint(p.out, "\r\x1b[K")
	}
	if err != nil {
		return
	}
	r := p.meter.Read(time.Now())
	took := max(time.Since(p.began), time.Millisecond)
	said := p.what + ": " + p.amount(r.Done) + " in " + text.Clean(took.Round(10*time.Millisecond).String())
	if p.unit == "" && took > 100*time.Millisecond {
		said += ", " + text.Bytes(int64(float64(r.Done)/took.Seconds())) + "/s"
	}
	if r.Anew {
		said += ", begun anew on the way"
	}
	fmt.Fprintln(p.out, said)
}
