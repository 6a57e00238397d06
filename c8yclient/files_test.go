package c8yclient_test

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"c8yx/c8yclient"
)

// A download that broke off goes on where it was, and says how far it is.
func TestDownloadGoesOn(t *testing.T) {
	const content = "all of the file"
	client, srv := newClient(t, func(w http.ResponseWriter, req *http.Request) {
		http.ServeContent(w, req, "f.bin", date(1), strings.NewReader(content))
	})
	var saved bytes.Buffer
	saved.WriteString(content[:7])
	file, err := client.Binaries.DownloadFrom(t.Context(), "55", int64(saved.Len()))
	if err != nil {
		t.Fatal(err)
	}
	if file.Offset != 7 || file.Size != int64(len(content)-7) {
		t.Errorf("begins at %d with %d bytes to come", file.Offset, file.Size)
	}
	var reported []int64
	if err := file.Save(&saved, func(written int64) { reported = append(reported, written) }); err != nil {
		t.Fatal(err)
	}
	if saved.String() != content {
		t.Errorf("saved %q", saved.String())
	}
	if len(reported) == 0 || !slices.IsSorted(reported) || reported[len(reported)-1] != int64(len(content)-7) {
		t.Errorf("reported %v", reported)
	}
	if got := srv.last(t).Header.Get("Range"); got != "bytes=7-" {
		t.Errorf("Range %q", got)
	}
	if _, err := client.Binaries.DownloadFrom(t.Context(), "55", 100); !errors.Is(err, c8yclient.ErrInvalid) {
		t.Errorf("behind the end: %v", err)
	}
}

// A server may give the whole file whatever was asked for, but must not leave open what it gives.
func TestDownloadFromElsewhere(t *testing.T) {
	for name, test := range map[string]struct {
		status       int
		contentRange string
		offset       int64
		err          error
	}{
		"from the beginning": {status: 200},
		"from another byte":  {status: 206, contentRange: "bytes 5-8/9", offset: 5},
		"from somewhere":     {status: 206, err: c8yclient.ErrUnreadable},
	} {
		t.Run(name, func(t *testing.T) {
			client, _ := newClient(t, func(w http.ResponseWriter, _ *http.Request) {
				if test.contentRange != "" {
					w.Header().Set("Content-Range", test.contentRange)
				}
				w.WriteHeader(test.status)
				_, _ = io.WriteString(w, "abcd")
			})
			file, err := client.Binaries.DownloadFrom(t.Context(), "55", 7)
			if !errors.Is(err, test.err) {
				t.Fatalf("error %v, want %v", err, test.err)
			}
			if file == nil {
				return
			}
			defer file.Body.Close()
			if file.Offset != test.offset {
				t.Errorf("offset %d, want %d", file.Offset, test.offset)
			}
		})
	}
}

// Whose fault a broken download is shows in the error.
func TestSaveErrors(t *testing.T) {
	full := errors.New("the disk is full")
	file := &c8yclient.File{Body: io.NopCloser(strings.NewReader("abc"))}
	if err := file.Save(failingWriter{full}, nil); !errors.Is(err, full) || errors.Is(err, c8yclient.ErrTransport) {
		t.Errorf("a full disk: %v", err)
	}
	lost := errors.New("connection lost")
	file = &c8yclient.File{Body: io.NopCloser(io.MultiReader(strings.NewReader("abc"), iotest.ErrReader(lost)))}
	var saved strings.Builder
	if err := file.Save(&saved, nil); !errors.Is(err, lost) || !errors.Is(err, c8yclient.ErrTransport) || saved.String() != "abc" {
		t.Errorf("a lost connection: %v, %q saved", err, saved.String())
	}
}

type failingWriter struct{ err error }

func (w failingWriter) Write([]byte) (int, error) { return 0, w.err }

// An upload reports its progress as it is sent.
func TestUploadProgress(t *testing.T) {
	client, _ := newClient(t, answer(201, binaryJSON))
	var sent int64
	_, err := client.Binaries.Upload(t.Context(), c8yclient.Upload{
		Name: "f.bin", Size: 9, Body: c8yclient.Progress(strings.NewReader("the bytes"), func(read int64) { sent = read }),
	})
	if err != nil || sent != 9 {
		t.Errorf("%d bytes, %v", sent, err)
	}
}
