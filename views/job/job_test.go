package job_test

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"

	"c8yx/c8yclient"
	"c8yx/theme"
	"c8yx/ui"
	"c8yx/ui/text"
	"c8yx/views/job"
	"c8yx/views/write"
)

// blank is a view that shows nothing, so that there is a program around the jobs.
type blank struct{}

func (blank) Open(*ui.Scope)             {}
func (blank) Place() string              { return "blank" }
func (blank) Title() text.Safe           { return "Blank" }
func (blank) Status() []ui.Span          { return nil }
func (blank) Actions() []ui.Action       { return nil }
func (blank) Resize(int, int)            {}
func (blank) Render(*theme.Theme) string { return "" }
func (blank) Key(tea.KeyPressMsg) bool   { return false }

// loop is an update loop without a terminal.
type loop struct {
	shell    *ui.Shell
	board    *job.Board
	messages chan tea.Msg
	updates  int
	calls    chan func()
}

// begin starts a loop and the board in it.
func begin(t testing.TB) *loop {
	l := &loop{board: job.NewBoard(), messages: make(chan tea.Msg), calls: make(chan func())}
	l.shell = ui.New(ui.Options{
		Fixed: true,
		First: ui.Desk{
			Home:    "blank",
			Opener:  func(string) (ui.View, error) { return blank{}, nil },
			Ambient: l.board.Attach,
		},
	})
	ended := make(chan struct{})
	l.shell.Attach(func(msg tea.Msg) {
		select {
		case l.messages <- msg:
		case <-ended:
		}
	})
	l.shell.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
	go func() {
		for {
			select {
			case msg := <-l.messages:
				l.updates++
				l.shell.Update(msg)
			case do := <-l.calls:
				do()
			case <-ended:
				return
			}
		}
	}()
	t.Cleanup(func() {
		l.shell.Close()
		close(ended)
	})
	return l
}

// start begins a job, as an action does.
func (l *loop) start(w job.Work) *job.Job {
	started := make(chan *job.Job)
	l.calls <- func() { started <- l.board.Start(w) }
	return <-started
}

func items(n int) []job.Item {
	list := make([]job.Item, n)
	for i := range list {
		list[i] = job.Item{ID: fmt.Sprint(i), Label: fmt.Sprint("thing ", i)}
	}
	return list
}

func TestEveryItemIsDealtWithOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := begin(t)
		var mu sync.Mutex
		times := make([]int, 500)
		atOnce, most := 0, 0
		ended := 0
		j := l.start(job.Work{
			Title: "Count", Items: items(500),
			Do: func(_ context.Context, i int) error {
				mu.Lock()
				times[i]++
				atOnce++
				most = max(most, atOnce)
				mu.Unlock()
				time.Sleep(50 * time.Millisecond)
				mu.Lock()
				atOnce--
				mu.Unlock()
				return nil
			},
			Ended: func(job.Progress) { ended++ },
		})
		time.Sleep(3*time.Second - 25*time.Millisecond) // between two rounds of four
		p := j.Progress()
		if p.Rate < 70 || p.Rate > 90 || p.Left < 2*time.Second || p.Left > 5*time.Second {
			t.Errorf("after %d items: %.0f/s, %v left; 4 at once take 50 ms each", p.Done, p.Rate, p.Left)
		}
		if said := l.board.Running(); said != "1 job 47 %" {
			t.Errorf("running: %q", said)
		}
		time.Sleep(time.Minute)
		synctest.Wait()
		for i, n := range times {
			if n != 1 {
				t.Errorf("item %d was dealt with %d times", i, n)
			}
		}
		if p := j.Progress(); p.State != job.Finished || p.Done != 500 || most != 4 || ended != 1 {
			t.Errorf("%+v, %d at once, ended %d times", p, most, ended)
		}
		if l.board.Running() != "" || !l.shell.Idle() {
			t.Errorf("something is still running: %q", l.board.Running())
		}
	})
}

func TestWhatBecomesOfItems(t *testing.T) {
	refused := fmt.Errorf("PUT /alarm/alarms/1: %w", c8yclient.ErrForbidden)
	for name, tc := range map[string]struct {
		errs    []error // of the first item, by attempt
		outcome job.Outcome
		note    text.Safe
		state   job.State
		reason  text.Safe
		took    time.Duration // at least
	}{
		"done":              {[]error{nil}, job.Done, "", job.Finished, "", 0},
		"refused":           {[]error{refused}, job.Failed, "PUT /alarm/alarms/1: forbidden", job.Finished, "", 0},
		"changed":           {[]error{&write.Skipped{Reason: "it is gone"}}, job.Skipped, "it is gone", job.Finished, "", 0},
		"no network":        {[]error{c8yclient.ErrTransport, c8yclient.ErrTransport, nil}, job.Done, "", job.Finished, "", 6 * time.Second},
		"asked for a pause": {[]error{c8yclient.ErrRateLimited, nil}, job.Done, "", job.Finished, "", 2 * time.Second},
		"signed out":        {[]error{c8yclient.ErrUnauthorized}, job.Open, "", job.Paused, "not signed in. Start c8yx again to sign in.", 0},
		"perhaps arrived":   {[]error{&write.Unsure{Err: c8yclient.ErrTransport}}, job.Failed, "no answer from the tenant; it may have been carried out, or not: look before you send it again", job.Finished, "", 0},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				l := begin(t)
				attempt := 0
				began := time.Now()
				var took time.Duration
				j := l.start(job.Work{
					Title: "Try", Items: items(1),
					Do: func(context.Context, int) error {
						attempt++
						return tc.errs[attempt-1]
					},
					Ended: func(job.Progress) { took = time.Since(began) },
				})
				time.Sleep(5 * time.Minute)
				synctest.Wait()
				r, p := j.Result(0), j.Progress()
				if r.Outcome != tc.outcome || r.Note != tc.note || p.State != tc.state || p.Reason != tc.reason {
					t.Errorf("outcome %d %q, state %d %q", r.Outcome, r.Note, p.State, p.Reason)
				}
				if took < tc.took || attempt != len(tc.errs) {
					t.Errorf("took %v and %d attempts", took, attempt)
				}
			})
		})
	}
}

func TestAJobThatIsWrongAsAWholeStops(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := begin(t)
		var asked atomic.Int64
		j := l.start(job.Work{Title: "Fail", Items: items(1000), Do: func(context.Context, int) error {
			asked.Add(1)
			return c8yclient.ErrForbidden
		}})
		time.Sleep(time.Second)
		if p := j.Progress(); p.State != job.Paused || asked.Load() > 30 {
			t.Errorf("after %d failures: %+v", asked.Load(), p)
		}
		l.calls <- j.Cancel
		time.Sleep(time.Second)
		if p := j.Progress(); p.State != job.Cancelled || p.Ended.IsZero() {
			t.Errorf("%+v", p)
		}
	})
}

func TestSteering(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := begin(t)
		fails := atomic.Bool{}
		fails.Store(true)
		j := l.start(job.Work{Title: "Steer", Items: items(100), Do: func(_ context.Context, i int) error {
			time.Sleep(time.Second)
			if i%10 == 0 && fails.Load() {
				return c8yclient.ErrConflict
			}
			return nil
		}})
		time.Sleep(5500 * time.Millisecond)
		l.calls <- j.Pause
		time.Sleep(time.Minute)
		if p := j.Progress(); p.Dealt() != 24 || p.Under != 0 || p.State != job.Paused {
			t.Errorf("paused: %+v", p)
		}
		l.calls <- j.Resume
		time.Sleep(5500 * time.Millisecond)
		l.calls <- j.Cancel
		time.Sleep(time.Minute)
		p := j.Progress()
		if p.Dealt() != 48 || p.State != job.Cancelled || p.Failed != 5 {
			t.Errorf("cancelled: %+v", p)
		}
		fails.Store(false)
		l.calls <- j.Retry
		time.Sleep(time.Minute)
		if p := j.Progress(); p.Done != 100 || p.State != job.Finished {
			t.Errorf("tried again: %+v", p)
		}
	})
}

func TestCancellingTwiceGivesUpWhatHangs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := begin(t)
		j := l.start(job.Work{Title: "Hang", Items: items(10), Do: func(ctx context.Context, _ int) error {
			<-ctx.Done()
			return ctx.Err()
		}})
		time.Sleep(time.Second)
		l.calls <- j.Cancel
		time.Sleep(time.Hour)
		if p := j.Progress(); p.Under != 4 {
			t.Errorf("%+v", p)
		}
		l.calls <- j.Cancel
		synctest.Wait()
		if p := j.Progress(); p.Under != 0 || p.Failed != 4 || p.State != job.Cancelled {
			t.Errorf("%+v", p)
		}
		if note := j.Result(0).Note; note != "given up before the tenant answered: it may have been carried out" {
			t.Errorf("it says %q", note)
		}
	})
}

// TestTheLoopIsNotFlooded: however fast items are dealt with, the update loop hears of it at most
// ten times a second.
func TestTheLoopIsNotFlooded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := begin(t)
		landed := 0
		l.start(job.Work{
			Title: "Rush", Items: items(10_000), Landed: func() { landed++ },
			Do: func(context.Context, int) error { time.Sleep(4 * time.Millisecond); return nil },
		})
		time.Sleep(time.Minute)
		synctest.Wait()
		if landed < 50 || landed > 105 || l.updates > 110 {
			t.Errorf("10,000 items in 10 s: told %d times, %d messages", landed, l.updates)
		}
	})
}

func TestOldJobsAreForgottenAndRunningOnesAreNot(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := begin(t)
		running := l.start(job.Work{Title: "Run", Items: items(1), Do: func(ctx context.Context, _ int) error {
			<-ctx.Done()
			return nil
		}})
		for range 80 {
			l.start(job.Work{Title: "Pass", Items: items(1), Do: func(context.Context, int) error { return nil }})
			synctest.Wait()
		}
		jobs := l.board.Jobs()
		if len(jobs) > 51 || jobs[len(jobs)-1] != running {
			t.Errorf("%d jobs are kept, the oldest is %q", len(jobs), jobs[len(jobs)-1].Progress().Title)
		}
	})
}

// BenchmarkTenThousandItems tells what a job costs beside its requests: time and garbage for an
// item, and what is kept for it afterwards.
func BenchmarkTenThousandItems(b *testing.B) {
	const n = 10_000
	l := begin(b)
	list := items(n)
	var before, after runtime.MemStats
	b.ReportAllocs()
	for b.Loop() {
		runtime.GC()
		runtime.ReadMemStats(&before)
		done := make(chan struct{})
		j := l.start(job.Work{
			Title: "Bench", Items: list, Ended: func(job.Progress) { close(done) },
			Do: func(_ context.Context, i int) error {
				if i%100 == 0 {
					return errors.New("refused")
				}
				return nil
			},
		})
		<-done
		runtime.GC()
		runtime.ReadMemStats(&after)
		if j.Progress().Dealt() != n {
			b.Fatal(j.Progress())
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*n), "ns/item")
	b.ReportMetric(max(0, float64(after.HeapAlloc)-float64(before.HeapAlloc))/n, "B-kept/item")
}
