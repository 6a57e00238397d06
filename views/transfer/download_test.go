package transfer_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"c8yx/c8yclient"
	"c8yx/views/transfer"
)

// server is a tenant with one file.
type server struct {
	content  string
	modified time.Time
	ranges   bool // it can begin in the middle
	breaks   int  // each answer breaks off after so many bytes; 0 for never
	asked    []int64
}

func (s *server) open(_ context.Context, offset int64) (*c8yclient.File, error) {
	s.asked = append(s.asked, offset)
	if offset > int64(len(s.content)) {
		return nil, c8yclient.ErrInvalid
	}
	if !s.ranges {
		offset = 0
	}
	rest := s.content[offset:]
	var body io.Reader = strings.NewReader(rest)
	if s.breaks > 0 && len(rest) > s.breaks {
		body = io.MultiReader(strings.NewReader(rest[:s.breaks]), broken{})
	}
	return &c8yclient.File{Body: io.NopCloser(body), Size: int64(len(rest)), Offset: offset, Modified: s.modified}, nil
}

type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, errors.New("connection reset") }

func run(t *testing.T, d *transfer.Download, m *transfer.Meter) error {
	t.Helper()
	return d.Run(t.Context(), m)
}

func files(t *testing.T, folder string) []string {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

func contents(t *testing.T, path string) string {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

func TestADownloadGetsItsNameWhenItIsComplete(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "log.txt")
	s := &server{content: "0123456789", ranges: true, breaks: 4}
	d := transfer.NewDownload(s.open, transfer.NewLanding(path, false))
	var m transfer.Meter
	for try, done := range []int64{4, 8} {
		if err := run(t, d, &m); !errors.Is(err, c8yclient.ErrTransport) {
			t.Fatalf("try %d: %v", try, err)
		}
		if got := files(t, folder); len(got) != 1 || got[0] != "log.txt.part" {
			t.Fatalf("the folder has %q", got)
		}
		if r := m.Read(time.Now()); r.Done != done || r.Total != 10 || r.Anew {
			t.Errorf("the meter shows %+v", r)
		}
	}
	if err := run(t, d, &m); err != nil {
		t.Fatal(err)
	}
	if got := files(t, folder); len(got) != 1 || contents(t, path) != "0123456789" {
		t.Errorf("the folder has %q", got)
	}
	if want := []int64{0, 4, 8}; len(s.asked) != 3 || s.asked[1] != want[1] || s.asked[2] != want[2] {
		t.Errorf("the tenant was asked from %d", s.asked)
	}
}

// A tenant that cannot go on begins anew, and so does a download of what has changed meanwhile.
func TestADownloadBeginsAnewWhereItMust(t *testing.T) {
	for name, tc := range map[string]struct {
		meanwhile func(*server)
		want      string
	}{
		"no ranges":         {func(s *server) { s.ranges = false }, "0123456789"},
		"changed":           {func(s *server) { s.content, s.modified = "abcdefghij", s.modified.Add(time.Second) }, "abcdefghij"},
		"longer":            {func(s *server) { s.content = "0123456789+" }, "0123456789+"},
		"shorter than this": {func(s *server) { s.content = "01" }, "01"},
		"empty":             {func(s *server) { s.content = "" }, ""},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "log.txt")
			s := &server{content: "0123456789", ranges: true, breaks: 4, modified: time.Unix(1e9, 0)}
			d := transfer.NewDownload(s.open, transfer.NewLanding(path, false))
			var m transfer.Meter
			if run(t, d, &m) == nil {
				t.Fatal("it did not break off")
			}
			s.breaks = 0
			tc.meanwhile(s)
			if err := run(t, d, &m); err != nil {
				t.Fatal(err)
			}
			if got := contents(t, path); got != tc.want || !m.Read(time.Now()).Anew {
				t.Errorf("%q, the meter shows %+v", got, m.Read(time.Now()))
			}
		})
	}
}

func TestNoFileIsReplacedUnasked(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "log.txt")
	if err := os.WriteFile(path, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, decide := range []struct {
		path    string
		replace bool
		mine    string
	}{
		{filepath.Join(folder, "log (2).txt"), false, "mine"},
		{path, true, "theirs"},
	} {
		s := &server{content: "theirs"}
		d := transfer.NewDownload(s.open, transfer.NewLanding(path, false))
		var m transfer.Meter
		if err := run(t, d, &m); !errors.Is(err, transfer.ErrExists) {
			t.Fatal(err)
		}
		if free := transfer.Free(path); filepath.Base(free) != "log (2).txt" && !decide.replace {
			t.Errorf("free would be %s", free)
		}
		d.Redirect(decide.path, decide.replace)
		if err := run(t, d, &m); err != nil {
			t.Fatal(err)
		}
		if contents(t, decide.path) != "theirs" || contents(t, path) != decide.mine || len(s.asked) != 1 {
			t.Errorf("%s has %q, asked %d times", decide.path, contents(t, decide.path), len(s.asked))
		}
	}
	if got := files(t, folder); len(got) != 2 {
		t.Errorf("the folder has %q", got)
	}
}

func TestWhatWasGivenUpLeavesNothingBehind(t *testing.T) {
	folder := t.TempDir()
	s := &server{content: "0123456789", breaks: 4}
	d := transfer.NewDownload(s.open, transfer.NewLanding(filepath.Join(folder, "log.txt"), false))
	var m transfer.Meter
	_ = run(t, d, &m)
	d.Discard()
	if got := files(t, folder); len(got) != 0 {
		t.Errorf("the folder has %q", got)
	}
	// Two downloads of one name do not write into one another.
	a := transfer.NewDownload(s.open, transfer.NewLanding(filepath.Join(folder, "log.txt"), false))
	b := transfer.NewDownload(s.open, transfer.NewLanding(filepath.Join(folder, "log.txt"), false))
	_, _ = run(t, a, &m), run(t, b, &m)
	if got := files(t, folder); len(got) != 2 {
		t.Errorf("the folder has %q", got)
	}
	b.Discard()
	a.Discard()
	if got := files(t, folder); len(got) != 0 {
		t.Errorf("the folder has %q", got)
	}
}

func TestBadPathsAreSaidInWords(t *testing.T) {
	folder := t.TempDir()
	file := filepath.Join(folder, "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	for path, want := range map[string]string{
		filepath.Join(folder, "none", "log.txt"):               "there is no folder: " + filepath.Join(folder, "none"),
		filepath.Join(file, "log.txt"):                         "this is no folder: " + file,
		filepath.Join(folder, strings.Repeat("x", 300)+".txt"): "the name is too long",
	} {
		s := &server{content: "x"}
		var m transfer.Meter
		err := run(t, transfer.NewDownload(s.open, transfer.NewLanding(path, false)), &m)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", path, err, want)
		}
		if len(s.asked) > 0 {
			t.Errorf("%s: the tenant was asked in vain", path)
		}
	}
	if err == nil {
		_ = full.Close()
		s := &server{content: strings.Repeat("x", 1<<20)}
		l := transfer.NewLanding(filepath.Join(folder, "big"), false)
		if err := os.Symlink("/dev/full", filepath.Join(folder, "big.part")); err != nil {
			t.Fatal(err)
		}
		var m transfer.Meter
		if err := run(t, transfer.NewDownload(s.open, l), &m); err != nil {
			t.Errorf("a link in the way of the part file was followed: %v", err)
		}
	}
}

func TestAMeterTellsRateAndTimeLeft(t *testing.T) {
	began := time.Now()
	var m transfer.Meter
	m.Begin(500, 2000)
	m.Add(500)
	r := m.Read(began.Add(2 * time.Second))
	if r.Done != 1000 || r.Share() != 0.5 || r.Rate < 240 || r.Rate > 260 || r.Left < 3800*time.Millisecond || r.Left > 4200*time.Millisecond {
		t.Errorf("%+v", r)
	}
	if unknown := (transfer.Reading{Done: 5}); unknown.Share() != 0 {
		t.Errorf("%v of an unknown total", unknown.Share())
	}
}

func TestAHeldTransferWaits(t *testing.T) {
	var m transfer.Meter
	m.Hold()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := m.Pass(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("a held transfer whose context ended: %v", err)
	}
	m.Resume()
	if err := m.Pass(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestAnUploadSendsTheFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "readings.json")
	if err := os.WriteFile(path, []byte(`{"a":1}`), 0o600); err != nil {
		t.Fatal(err)
	}
	var got c8yclient.Upload
	var body bytes.Buffer
	u := transfer.NewUpload(path, func(_ context.Context, up c8yclient.Upload) error {
		got = up
		_, err := io.Copy(&body, up.Body)
		return err
	})
	var m transfer.Meter
	if err := u.Run(t.Context(), &m); err != nil {
		t.Fatal(err)
	}
	if got.Name != "readings.json" || got.ContentType != "application/json" || got.Size != 7 || body.String() != `{"a":1}` {
		t.Errorf("%+v with %q", got, body.String())
	}
	if r := m.Read(time.Now()); r.Done != 7 || r.Total != 7 {
		t.Errorf("%+v", r)
	}
	for path, want := range map[string]string{filepath.Dir(path): "a folder cannot be sent", path + "x": "there is no such file"} {
		if err := transfer.NewUpload(path, nil).Run(t.Context(), &m); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", path, err)
		}
	}
}
