package cmd

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/textproto"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"c8yx/cmd/story"
	"c8yx/demo"
)

// eventWith posts an event whose attachment has a name and a content, and returns its id.
func eventWith(t *testing.T, s *story.Story, name, content string) string {
	t.Helper()
	device := s.Tenant.Post("/inventory/managedObjects", map[string]any{"name": "Presse 99", "c8y_IsDevice": map[string]any{}})["id"]
	id := s.Tenant.Post("/event/events", map[string]any{
		"source": map[string]any{"id": device}, "type": "hv_Log", "text": "Log of the night", "time": "2026-03-02T08:59:59Z",
	})["id"].(string)
	if content == "" {
		return id
	}
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	object, _ := form.CreatePart(textproto.MIMEHeader{"Content-Disposition": {`form-data; name="object"`}, "Content-Type": {"application/json"}})
	_, _ = object.Write([]byte(`{"name":` + quotedJSON(name) + `,"type":"text/plain"}`))
	file, _ := form.CreatePart(textproto.MIMEHeader{
		"Content-Disposition": {multipart.FileContentDisposition("file", name)}, "Content-Type": {"text/plain"},
	})
	_, _ = file.Write([]byte(content))
	_ = form.Close()
	request := httptest.NewRequest(http.MethodPost, "/event/events/"+id+"/binaries", &body)
	request.Header.Set("Content-Type", form.FormDataContentType())
	request.Header.Set("Accept", "application/json")
	user := s.Demo.Users()[0]
	request.SetBasicAuth(user.Tenant+"/"+user.Name, user.Password)
	answer := httptest.NewRecorder()
	s.Demo.ServeHTTP(answer, request)
	if answer.Code != http.StatusCreated {
		t.Fatalf("attaching: %d %s", answer.Code, answer.Body)
	}
	return id
}

func quotedJSON(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "\x1b", `\u001b`).Replace(s) + `"`
}

// retype replaces what is in the field with the focus.
func retype(s *story.Story, text string) {
	s.Press("ctrl+u")
	s.Type(text)
}

func read(t *testing.T, path string) string {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

func namesIn(t *testing.T, folder string) string {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return strings.Join(names, " ")
}

// The attachment of an event is saved where the user says, under a name that is safe, and a file
// that is there is replaced only if he agrees.
func TestStoryOfADownload(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	tell(t, story.Options{Place: "overview"}, func(s *story.Story) {
		id := eventWith(t, s, "../../.ssh/authorized_keys", "nothing but a log\n")
		s.Open("events?type=hv_Log")
		s.See("1 event")
		s.Press(">")
		s.See("Download", "of event "+id, "/authorized_keys")
		s.Row("Save as").Has("/authorized_keys").Lacks(".ssh")
		retype(s, folder+"/none/log.txt")
		s.Press("enter")
		s.See("there is no folder")
		retype(s, folder+"/log.txt")
		s.Press("enter")
		s.See("Saved", "log.txt")
		if got := read(t, folder+"/log.txt"); got != "nothing but a log\n" || namesIn(t, folder) != "log.txt" {
			t.Errorf("%q in %s", got, namesIn(t, folder))
		}

		if err := os.WriteFile(folder+"/log.txt", []byte("mine"), 0o600); err != nil {
			t.Fatal(err)
		}
		s.Press(">")
		s.See(filepath.Base(folder)) // the folder of the last time
		retype(s, folder+"/log.txt")
		s.Press("enter")
		s.See("is there already", "Keep both", "log (2).txt", "Replace it")
		s.Press("esc") // neither: the form is still there
		s.See("there is a file of that name already")
		s.Press("enter")
		s.Press("k")
		s.See("Saved", "log (2).txt")
		if read(t, folder+"/log.txt") != "mine" || namesIn(t, folder) != "log (2).txt log.txt" {
			t.Errorf("%q in %s", read(t, folder+"/log.txt"), namesIn(t, folder))
		}

		s.Open("transfers")
		s.See("2 transfers", "100 %")
		s.Row("▌    2").Has("done")
	})
}

// Without an attachment there is nothing to download, and the key says so.
func TestStoryOfAnEventWithoutAttachment(t *testing.T) {
	t.Parallel()
	tell(t, story.Options{Place: "overview"}, func(s *story.Story) {
		eventWith(t, s, "", "")
		s.Open("events?type=hv_Log")
		s.See("1 event")
		s.Press(">")
		s.See("the event has no attachment")
	})
}

func TestStoryOfAnUpload(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "night.log")
	if err := os.WriteFile(file, []byte("all is well\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	tell(t, story.Options{Place: "overview"}, func(s *story.Story) {
		id := eventWith(t, s, "", "")
		s.Open("events?type=hv_Log")
		s.See("1 event")
		s.Press("<")
		s.See("Upload attachment of event "+id, "Log of the night")
		s.Type(file + "x")
		s.Press("enter")
		s.See("there is no such file")
		s.Press("backspace", "enter")
		s.See("Sent night.log")
		if status, body := s.Tenant.Do("GET", "/event/events/"+id+"/binaries", nil); status != 200 || string(body) != "all is well\n" {
			t.Errorf("the tenant has %d %q", status, body)
		}
		s.See("night.log") // in the list, live

		if err := os.WriteFile(file, []byte("all was well\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		s.Press("<")
		s.See("It will be replaced")
		s.Type(file)
		s.Press("enter")
		s.Open("transfers")
		s.See("2 transfers")
		if _, body := s.Tenant.Do("GET", "/event/events/"+id+"/binaries", nil); string(body) != "all was well\n" {
			t.Errorf("the tenant has %q", body)
		}
		s.Open("requests")
		s.See("POST    201", "PUT     201")
	})
}

// What breaks off goes on by itself, where it was. A tenant that fails for good is told, and a
// transfer that failed can be tried again.
func TestStoryOfADownloadThatBreaksOff(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	tell(t, story.Options{Place: "overview"}, func(s *story.Story) {
		content := strings.Repeat("0123456789", 100_000)
		id := eventWith(t, s, "log.txt", content)
		s.Open("events?type=hv_Log")
		s.See("1 event")
		path := "/event/events/" + id + "/binaries"
		s.Demo.SetFaults(demo.Fault{Kind: demo.CutOff, Path: path, Count: 2})
		s.Press(">")
		retype(s, folder+"/log.txt")
		s.Press("enter")
		s.See("⇅ 1 transfer", "%") // in the header
		s.Open("transfers")
		s.Row("▌").Has("log.txt", "again in")
		if got := namesIn(t, folder); got != "log.txt.part" {
			t.Errorf("the folder has %s", got)
		}
		s.Row("▌").Has("log.txt", "done", "100 %")
		aside(s, func() { s.See("1.0 MB") })
		if read(t, folder+"/log.txt") != content || namesIn(t, folder) != "log.txt" {
			t.Errorf("the folder has %s", namesIn(t, folder))
		}
		s.SeeNoMore("⇅")
		s.Open("requests")
		s.Press("/")
		s.Type("binaries")
		s.Press("enter")
		s.See("GET     206")
		aside(s, func() { s.Read("bytes=") }) // it went on where it was

		s.Open("events?type=hv_Log")
		s.Demo.SetFaults(demo.Fault{Kind: demo.ServerError, Path: path})
		s.Press(">")
		retype(s, folder+"/again.txt")
		s.Press("enter")
		s.Open("transfers")
		s.Row("again.txt").Has("again in")
		s.Wait(10 * time.Minute)
		s.Row("again.txt").Has("failed")
		aside(s, func() { s.See("reason", "Internal") })
		s.Demo.SetFaults()
		s.Press("R")
		s.Row("again.txt").Has("done")
		if read(t, folder+"/again.txt") != content {
			t.Error("the second file is another")
		}
	})
}

// A transfer can be paused and taken up again, or given up, which leaves nothing behind.
func TestStoryOfPausingAndCancelling(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	tell(t, story.Options{Place: "overview"}, func(s *story.Story) {
		id := eventWith(t, s, "log.txt", strings.Repeat("0123456789", 1000))
		s.Open("events?type=hv_Log")
		s.See("1 event")
		s.Demo.SetFaults(demo.Fault{Kind: demo.Slow, Path: "/event/events/" + id + "/binaries", After: 40 * time.Second})
		for _, name := range []string{"first", "second"} {
			s.Press(">")
			retype(s, folder+"/"+name)
			s.Press("enter")
		}
		s.Open("transfers")
		s.Row("second").Has("moving")
		s.Press("P")
		s.Row("second").Has("paused")
		s.Press("q")
		s.See("Something is still running", "2 transfers")
		s.Press("n")
		s.Press("down", "X")
		s.Row("first").Has("cancelled")
		s.Press("X")
		s.See("it is over")
		s.Wait(time.Minute)
		s.Row("second").Has("paused")
		s.Press("up", "P")
		s.Row("second").Has("moving")
		s.Wait(time.Minute)
		s.Row("second").Has("done")
		if got := namesIn(t, folder); got != "second" {
			t.Errorf("the folder has %s", got)
		}
		s.Press("*", "d")
		s.See("Nothing is on its way")
		s.Press("q")
		if err := s.End(); err != nil {
			t.Error(err)
		}
	})
}

// Quitting in the middle leaves no half of a file behind.
func TestStoryOfQuittingWhileAFileComes(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	tell(t, story.Options{Place: "overview"}, func(s *story.Story) {
		id := eventWith(t, s, "log.txt", strings.Repeat("0123456789", 100_000))
		s.Open("events?type=hv_Log")
		s.See("1 event")
		s.Demo.SetFaults(demo.Fault{Kind: demo.CutOff, Path: "/event/events/" + id + "/binaries"})
		s.Press(">")
		retype(s, folder+"/log.txt")
		s.Press("enter")
		s.See("⇅")
		s.Press("q", "y")
		if err := s.End(); err != nil {
			t.Error(err)
		}
	})
	if got := namesIn(t, folder); got != "" {
		t.Errorf("the folder has %s", got)
	}
}
