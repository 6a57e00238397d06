package c8yclient_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"mime"
	"mime/multipart"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"c8yx/c8yclient"
)

// operation calls one method once and says what must go out, what the tenant answers, and what
// the method must make of it. The tests of this file run all of them, and so do the tests that
// compare the methods with their documentation and with the official specification.
type operation struct {
	// method is its name in the form "Alarms.Get", or "Client.Authenticate".
	method string
	call   func(ctx context.Context, c *c8yclient.Client) (any, error)
	// sends is the method and the escaped target of the request; several, one a line.
	sends string
	// body is the body that is sent: JSON, of which the meaning counts, or text. Of a form
	// with parts see [formParts].
	body string
	// contentType is application/json for a JSON body unless it is given, accept is
	// application/json.
	contentType, accept string
	// header are further headers that must be sent.
	header map[string]string

	// status is 200 unless it is given; answer and answered are body and headers.
	status   int
	answer   string
	answered map[string]string
	// items is the property of the answer that holds what a list returns.
	items string
	// returns is what the method returns, encoded as JSON: the answer, or its items, unless it
	// is given. The fixtures hold properties that the package has no fields for, so that none
	// gets lost on the way. What a call returns as nil is not looked at.
	returns string

	// beyond is the reason why the request or the answer is not as the official document has
	// it, where it is known better.
	beyond string
}

// operations are those of all services: each service has its own in a file of its own.
func operations() []operation {
	return slices.Concat(
		alarmsOperations(),
		applicationsOperations(),
		auditRecordsOperations(),
		bulkOperationsOperations(),
		certificatesOperations(),
		childrenOperations(),
		currentUserOperations(),
		deviceOperationsOperations(),
		deviceRegistrationOperations(),
		enrollmentOperations(),
		eventsOperations(),
		featuresOperations(),
		filesOperations(),
		globalRolesOperations(),
		identityOperations(),
		inventoryOperations(),
		inventoryRolesOperations(),
		loginOperations(),
		loginOptionsOperations(),
		measurementsOperations(),
		microservicesOperations(),
		notificationsOperations(),
		platformOperations(),
		remoteAccessOperations(),
		retentionRulesOperations(),
		settingsOperations(),
		tenantsOperations(),
		usageStatisticsOperations(),
		usersOperations(),
	)
}

func TestOperations(t *testing.T) {
	for _, op := range operations() {
		t.Run(op.method, func(t *testing.T) {
			t.Parallel()
			client, srv := newClient(t, op.handler())
			result, err := op.call(t.Context(), client)
			if err != nil {
				t.Fatal(err)
			}
			op.checkRequests(t, srv.recorded())
			op.checkResult(t, result)
		})
	}
}

// handler answers like the tenant.
func (op operation) handler() http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		if op.answer != "" {
			w.Header().Set("Content-Type", "application/json")
		}
		for name, value := range op.answered {
			w.Header().Set(name, value)
		}
		w.WriteHeader(op.statusCode())
		_, _ = io.WriteString(w, op.answer)
	}
}

func (op operation) statusCode() int {
	if op.status == 0 {
		return http.StatusOK
	}
	return op.status
}

func (op operation) checkRequests(t *testing.T, requests []recorded) {
	t.Helper()
	lines := strings.Split(op.sends, "\n")
	if len(requests) != len(lines) {
		t.Fatalf("%d requests were sent, want %d", len(requests), len(lines))
	}
	for i, request := range requests {
		if got := request.Method + " " + request.Target; got != lines[i] {
			t.Errorf("sent\n\t%s, want\n\t%s", got, lines[i])
		}
		body, contentType := request.readable(t)
		wantType := op.contentType
		if wantType == "" && json.Valid([]byte(op.body)) {
			wantType = "application/json"
		}
		if contentType != wantType {
			t.Errorf("Content-Type %q, want %q", contentType, wantType)
		}
		if !sameText(body, op.body) {
			t.Errorf("sent the body\n\t%s, want\n\t%s", body, op.body)
		}
		accept := op.accept
		if accept == "" {
			accept = "application/json"
		}
		if got := request.Header.Get("Accept"); got != accept {
			t.Errorf("Accept %q, want %q", got, accept)
		}
		for name, want := range op.header {
			if got := request.Header.Get(name); got != want {
				t.Errorf("%s %q, want %q", name, got, want)
			}
		}
	}
}

func (op operation) checkResult(t *testing.T, result any) {
	t.Helper()
	want := op.returns
	switch {
	case want != "":
	case result == nil:
		return
	case op.items != "":
		var collection map[string]json.RawMessage
		if err := json.Unmarshal([]byte(op.answer), &collection); err != nil {
			t.Fatalf("the answer of the test is no collection: %v", err)
		}
		want = string(collection[op.items])
	default:
		want = op.answer
	}
	got, err := c8yclient.EncodeDocument(result)
	if err != nil {
		t.Fatal(err)
	}
	if !sameText(string(got), want) {
		t.Errorf("returned\n\t%s, want\n\t%s", got, want)
	}
}

// readable returns the body of a request and its media type: a form with parts in the form of
// [formParts], anything else as it is.
func (r recorded) readable(t *testing.T) (body, contentType string) {
	t.Helper()
	contentType = r.Header.Get("Content-Type")
	media, parameters, err := mime.ParseMediaType(contentType)
	if err != nil || media != "multipart/form-data" {
		return r.Body, contentType
	}
	var parts []string
	reader := multipart.NewReader(strings.NewReader(r.Body), parameters["boundary"])
	for {
		part, err := reader.NextPart()
		if err == io.EOF {
			return formParts(parts...), media
		}
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(part)
		if err != nil {
			t.Fatal(err)
		}
		line := part.FormName()
		if name := part.FileName(); name != "" {
			line += " " + name
		}
		if media := part.Header.Get("Content-Type"); media != "" {
			line += " (" + media + ")"
		}
		text := string(content)
		if sorted, ok := meaning(text); ok && strings.HasPrefix(text, "{") {
			text = strings.TrimSpace(sorted)
		}
		parts = append(parts, line+": "+text)
	}
}

// formParts is how a form with parts is written in a test: "name file.txt (text/plain): content",
// one a line, the members of JSON sorted.
func formParts(parts ...string) string { return strings.Join(parts, "\n") }

// sameText compares two texts: as JSON, if both are, by their meaning.
func sameText(a, b string) bool {
	first, ok := meaning(a)
	second, okToo := meaning(b)
	if ok && okToo {
		return first == second
	}
	return a == b
}

// meaning returns JSON in one form: sorted, times in UTC, and numbers as text, because an id may
// be either.
func meaning(text string) (string, bool) {
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.UseNumber()
	var value any
	if decoder.Decode(&value) != nil {
		return "", false
	}
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if encoder.Encode(plain(value)) != nil {
		return "", false
	}
	return b.String(), true
}

func plain(value any) any {
	switch value := value.(type) {
	case map[string]any:
		for name, each := range value {
			value[name] = plain(each)
		}
	case []any:
		for i, each := range value {
			value[i] = plain(each)
		}
	case json.Number:
		return value.String()
	case string:
		if when, err := time.Parse(time.RFC3339Nano, value); err == nil {
			return when.UTC().Format(time.RFC3339Nano)
		}
	}
	return value
}

// collected walks a list to its end.
func collected[T any](list iter.Seq2[*T, error]) (any, error) {
	items := []*T{}
	for item, err := range list {
		if err != nil {
			return nil, err
		}
		items = append(items, item)
	}
	return items, nil
}

// collectedPages walks the pages of a list to their end.
func collectedPages[T any](pages iter.Seq2[*c8yclient.Page[T], error]) (any, error) {
	items := []*T{}
	for page, err := range pages {
		if err != nil {
			return nil, err
		}
		items = append(items, page.Items...)
	}
	return items, nil
}

// itemsOf is what a page holds.
func itemsOf[T any](page *c8yclient.Page[T], err error) (any, error) {
	if err != nil {
		return nil, err
	}
	return page.Items, nil
}

// date is midnight, in UTC, of a day of February 2026.
func date(day int) time.Time { return time.Date(2026, time.February, day, 0, 0, 0, 0, time.UTC) }

// nothing is the result of a method that returns only an error.
func nothing(err error) (any, error) { return nil, err }

// content reads a download to its end, as text.
func content(file *c8yclient.File, err error) (any, error) {
	if err != nil {
		return nil, err
	}
	text, err := io.ReadAll(file.Body)
	if closed := file.Body.Close(); err == nil {
		err = closed
	}
	return fmt.Sprintf("%s (%s): %s", file.Name, file.ContentType, text), err
}
