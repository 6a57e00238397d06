package c8yclient_test

import (
	"bytes"
	"compress/gzip"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"c8yx/c8yclient"
)

func TestGetFile(t *testing.T) {
	client, srv := newClient(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Disposition", `attachment; filename="../../etc/passwd"; filename*=UTF-8''f%C3%BC.bin`)
		w.Header().Set("Content-Type", "application/x-firmware")
		w.Header().Set("Content-Length", "3")
		w.Header().Set("Last-Modified", "Mon, 02 Feb 2026 09:30:00 GMT")
		_, _ = io.WriteString(w, "abc")
	})
	file, err := client.GetFile(t.Context(), "/inventory/binaries/55")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Body.Close() }()
	content, err := io.ReadAll(file.Body)
	if err != nil || string(content) != "abc" {
		t.Errorf("%q, %v", content, err)
	}
	if file.Name != "fü.bin" || file.ContentType != "application/x-firmware" || file.Size != 3 || file.Modified.Year() != 2026 {
		t.Errorf("%+v", file)
	}
	if accept := srv.last(t).Header.Get("Accept"); accept != "*/*" {
		t.Errorf("Accept %q", accept)
	}
	missing, _ := newClient(t, answer(404, `{"error":"Not Found","message":"Attachment not found"}`))
	if _, err := missing.GetFile(t.Context(), "/event/events/1/binaries"); !errors.Is(err, c8yclient.ErrNotFound) {
		t.Error(err)
	}
}

func TestPostFile(t *testing.T) {
	for _, size := range []int64{3, 0} {
		client, srv := newClient(t, answer(201, `{"id":"55"}`))
		var created c8yclient.ManagedObject
		err := client.PostFile(t.Context(), "/inventory/binaries", c8yclient.Upload{
			Name: `fü"\r.bin`, ContentType: "text/x\r\nX-Evil: 1", Body: strings.NewReader("abc"), Size: size,
			Object: map[string]string{"name": "n", "type": "t"},
		}, &created)
		if err != nil || created.ID != "55" {
			t.Fatal(created, err)
		}
		sent := srv.last(t)
		_, parameters, err := mime.ParseMediaType(sent.Header.Get("Content-Type"))
		if err != nil {
			t.Fatal(err)
		}
		form := multipart.NewReader(strings.NewReader(sent.Body), parameters["boundary"])
		object, err := form.NextPart()
		if err != nil || object.FormName() != "object" || object.Header.Get("Content-Type") != "application/json" {
			t.Fatalf("%v, %v", object, err)
		}
		if text, _ := io.ReadAll(object); !equalJSON(t, text, []byte(`{"name":"n","type":"t"}`)) {
			t.Errorf("object %s", text)
		}
		file, err := form.NextPart()
		if err != nil || file.FormName() != "file" || len(file.Header) != 2 {
			t.Fatalf("%v, %v", file, err)
		}
		if text, _ := io.ReadAll(file); string(text) != "abc" {
			t.Errorf("file %q", text)
		}
		if _, err := form.NextPart(); err != io.EOF {
			t.Errorf("after the last part: %v", err)
		}
	}
}

func TestUploadWithoutBody(t *testing.T) {
	client, _ := newClient(t, answer(201, ``))
	wantKind(t, "PostFile", client.PostFile(t.Context(), "/inventory/binaries", c8yclient.Upload{}, nil), c8yclient.ErrInvalid)
	wantKind(t, "PutFile", client.PutFile(t.Context(), "/inventory/binaries/1", c8yclient.Upload{}, nil), c8yclient.ErrInvalid)
}

// Over real connections: sizes, compression, reuse, and a tenant that hangs up.
func TestRealConnections(t *testing.T) {
	var uploaded, length int64
	connections := map[string]bool{}
	mux := http.NewServeMux()
	mux.HandleFunc("PUT /inventory/binaries/1", func(w http.ResponseWriter, r *http.Request) {
		length = r.ContentLength
		uploaded, _ = io.Copy(io.Discard, r.Body)
		w.WriteHeader(http.StatusCreated)
	})
	mux.HandleFunc("GET /inventory/binaries/1", func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.CopyN(w, rand.Reader, 1<<20)
	})
	mux.HandleFunc("GET /alarm/alarms", func(w http.ResponseWriter, r *http.Request) {
		connections[r.RemoteAddr] = true
		if r.Header.Get("Accept-Encoding") != "gzip" {
			t.Errorf("Accept-Encoding %q", r.Header.Get("Accept-Encoding"))
		}
		w.Header().Set("Content-Encoding", "gzip")
		zip := gzip.NewWriter(w)
		fmt.Fprintf(zip, `{"alarms":[{"id":"%s"}]}`, strings.Repeat("x", 10<<20))
		_ = zip.Close()
	})
	mux.HandleFunc("GET /event/events", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "1000")
		_, _ = io.WriteString(w, `{"events":[`)
		_ = http.NewResponseController(w).Flush()
		panic(http.ErrAbortHandler)
	})
	server := httptest.NewServer(mux)
	defer server.Close()
	client, err := c8yclient.New(server.URL, c8yclient.WithRetry(c8yclient.NoRetry()))
	if err != nil {
		t.Fatal(err)
	}
	defer client.CloseIdleConnections()
	ctx := t.Context()

	if err := client.PutFile(ctx, "/inventory/binaries/1", c8yclient.Upload{Body: bytes.NewReader(make([]byte, 1<<20)), Size: 1 << 20}, nil); err != nil {
		t.Error(err)
	}
	if uploaded != 1<<20 || length != 1<<20 {
		t.Errorf("uploaded %d of %d bytes", uploaded, length)
	}
	file, err := client.GetFile(ctx, "/inventory/binaries/1")
	if err != nil {
		t.Fatal(err)
	}
	if n, err := io.Copy(io.Discard, file.Body); n != 1<<20 || err != nil {
		t.Errorf("downloaded %d bytes, %v", n, err)
	}
	_ = file.Body.Close()
	for range 3 {
		page, err := client.Alarms.Page(ctx, nil)
		if err != nil || len(page.Items[0].ID) != 10<<20 {
			t.Fatal(err)
		}
	}
	if len(connections) != 1 {
		t.Errorf("%d connections for three requests", len(connections))
	}
	_, err = client.Events.Page(ctx, nil)
	wantKind(t, "cut off", err, c8yclient.ErrTransport, io.ErrUnexpectedEOF)

	server.Close()
	began := time.Now()
	_, err = client.Alarms.Get(ctx, "1")
	wantKind(t, "nobody there", err, c8yclient.ErrTransport)
	if !strings.Contains(err.Error(), "refused") || time.Since(began) > 5*time.Second {
		t.Errorf("after %v: %v", time.Since(began), err)
	}
}
