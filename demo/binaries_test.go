package demo_test

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"c8yx/demo"
)

// multiparts makes a multipart body of parts "name=value"; a name with a file name ("file:fw.bin") becomes a file.
func multiparts(parts ...string) (contentType string, body []byte) {
	var text bytes.Buffer
	w := multipart.NewWriter(&text)
	for _, part := range parts {
		name, value, _ := strings.Cut(part, "=")
		if name, file, isFile := strings.Cut(name, ":"); isFile {
			part, _ := w.CreateFormFile(name, file)
			_, _ = part.Write([]byte(value))
		} else {
			_ = w.WriteField(name, value)
		}
	}
	_ = w.Close()
	return w.FormDataContentType(), text.Bytes()
}

// submit sends a multipart form.
func (b *bench) submit(status int, method, path string, parts ...string) answer {
	b.Helper()
	kind, body := multiparts(parts...)
	return b.with("Content-Type", kind).want(status, method, path, body)
}

func TestBinaries(t *testing.T) {
	b := start(t, demo.Options{})
	const path, object = "/inventory/binaries", `object={"name":"fw.bin","type":"application/x-firmware","version":"1.2","length":99}`
	var ids []string
	for _, parts := range [][]string{{object, "file:local.bin=0123456789"}, {"file:local.bin=0123456789", object}} {
		a := b.submit(201, "POST", path, parts...)
		id := a.text("id")
		ids = append(ids, id)
		got := a.text("name") + " " + a.text("type") + " " + a.text("contentType") + " " + a.text("length") + " " + a.text("version") + " " + a.text("owner")
		if got != "fw.bin application/x-firmware application/x-firmware 10 1.2 admin" || a.at("c8y_IsBinary") == nil {
			t.Errorf("created %s", a.body)
		}
		if self := b.server.URL + "/inventory/binaries/" + id; a.text("self") != self || a.Header.Get("Location") != self {
			t.Errorf("self %s, Location %s", a.text("self"), a.Header.Get("Location"))
		}
	}
	a := b.submit(201, "POST", path, "file:only.txt=x")
	if ids = append(ids, a.text("id")); a.text("name") != "only.txt" || a.text("type") != "application/octet-stream" {
		t.Errorf("without the part object: %s", a.body)
	}
	b.device("no file")
	if got := b.get(path).all("managedObjects", "id"); got != strings.Join(ids, " ") {
		t.Errorf("list: %s, want %v", got, ids)
	}
	if a := b.get(path + "?type=application/x-firmware&pageSize=1&withTotalPages=true"); a.text("statistics", "totalPages") != "2" {
		t.Errorf("by type: %s", a.body)
	}

	file := b.get(path + "/" + ids[0])
	if string(file.body) != "0123456789" || file.Header.Get("Content-Type") != "application/x-firmware" || !strings.Contains(file.Header.Get("Content-Disposition"), "fw.bin") {
		t.Errorf("downloaded %q, %v", file.body, file.Header)
	}
	for _, test := range []struct {
		ranges, want string
		status       int
	}{
		{"bytes=2-4", "234", 206}, {"bytes=-3", "789", 206}, {"bytes=7-", "789", 206}, {"bytes=20-", "", 416},
	} {
		a := b.with("Range", test.ranges).do("GET", path+"/"+ids[0], nil)
		if a.StatusCode != test.status || test.want != "" && string(a.body) != test.want {
			t.Errorf("%s: %d %q", test.ranges, a.StatusCode, a.body)
		}
	}
	if a := b.do("HEAD", path+"/"+ids[0], nil); a.StatusCode != 200 || a.ContentLength != 10 {
		t.Errorf("HEAD: %d, %d bytes", a.StatusCode, a.ContentLength)
	}
	a = b.with("Content-Type", "text/plain").want(201, "PUT", path+"/"+ids[0], "new content")
	if a.text("name")+a.text("contentType")+a.text("length") != "fw.bintext/plain11" || string(b.get(path+"/"+ids[0]).body) != "new content" {
		t.Errorf("replaced: %s", a.body)
	}
	b.want(200, "PUT", objects+"/"+ids[0], `{"name":"other.bin"}`)
	if a := b.get(path + "/" + ids[0]); !strings.Contains(a.Header.Get("Content-Disposition"), "other.bin") {
		t.Errorf("renamed: %v", a.Header)
	}
	b.want(204, "DELETE", path+"/"+ids[0], nil)
	b.want(204, "DELETE", objects+"/"+ids[1], nil)
	for _, id := range append(ids[:2:2], b.device("x"), "1") {
		b.want(404, "GET", path+"/"+id, nil)
	}
	b.submit(422, "POST", path, object)
	b.with("Content-Type", "multipart/form-data; boundary=x").want(400, "POST", path, "no multipart")
	b.submit(400, "POST", path, "object={", "file:x=x")
	b.as("reader:demo-Reader.1").get(path + "/" + ids[2])
	kind, body := multiparts("file:x=x")
	b.as("reader:demo-Reader.1").with("Content-Type", kind).want(403, "POST", path, body)
}

func FuzzUpload(f *testing.F) {
	tenant, err := demo.New(demo.Options{Devices: -1})
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(tenant.Close)
	kind, body := multiparts(`object={"name":"x"}`, "file:x.bin=content")
	f.Add(kind, body)
	f.Add("multipart/form-data", body)
	f.Add("multipart/form-data; boundary=", []byte("--\r\n"))
	f.Add("text/plain", []byte("x"))
	f.Add(`multipart/form-data; boundary="a b"`, []byte("--a b\r\nContent-Disposition: form-data; name=file\r\n\r\n\r\n--a b--"))
	f.Fuzz(func(t *testing.T, kind string, body []byte) {
		request := httptest.NewRequest(http.MethodPost, "/inventory/binaries", bytes.NewReader(body))
		request.Header.Set("Content-Type", kind)
		request.Header.Set("Accept", "application/json")
		request.SetBasicAuth("admin", "demo-Admin.1")
		recorder := httptest.NewRecorder()
		tenant.ServeHTTP(recorder, request)
		switch recorder.Code {
		case 201, 400, 413, 422:
		default:
			t.Errorf("%q: %d %s", kind, recorder.Code, recorder.Body)
		}
	})
}
