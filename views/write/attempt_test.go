package write_test

import (
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"

	"c8yx/c8yclient"
	"c8yx/ui/text"
	"c8yx/views/write"
)

// alarm is a tenant with one alarm, in which things can go wrong.
type alarm struct {
	document string // "" when it is gone
	wrong    func(*http.Request) (*http.Response, error)
	puts     int
	deletes  int
	posts    int
}

func (a *alarm) RoundTrip(r *http.Request) (*http.Response, error) {
	var answer *http.Response
	reply := func(status int, body string) {
		answer = &http.Response{
			StatusCode: status, Request: r, Header: http.Header{"Content-Type": {"application/json"}},
			Body: io.NopCloser(strings.NewReader(body)),
		}
	}
	if a.wrong != nil && r.Method == http.MethodGet {
		if resp, err := a.wrong(r); resp != nil || err != nil {
			return resp, err
		}
	}
	switch {
	case a.document == "" && r.Method != http.MethodPost:
		reply(404, `{"error":"alarm/Not Found","message":"gone"}`)
	case r.Method == http.MethodGet:
		reply(200, a.document)
	case r.Method == http.MethodPut:
		a.puts++
		body, _ := io.ReadAll(r.Body)
		a.document = string(write.Apply(value(a.document), body))
		reply(200, a.document)
	case r.Method == http.MethodDelete:
		a.deletes++
		a.document = ""
		reply(204, "")
	default:
		a.posts++
		reply(201, `{"id":"2"}`)
	}
	if a.wrong != nil && r.Method != http.MethodGet {
		if resp, err := a.wrong(r); resp != nil || err != nil {
			return resp, err
		}
	}
	return answer, nil
}

func clientOf(t *testing.T, a *alarm) *c8yclient.Client {
	t.Helper()
	client, err := c8yclient.New("https://acme.example", c8yclient.WithTransport(a), c8yclient.WithRetry(c8yclient.NoRetry()))
	if err != nil {
		t.Fatal(err)
	}
	return client
}

// broken is a connection that breaks after the request was carried out.
func broken(*http.Request) (*http.Response, error) {
	return nil, &net.OpError{Op: "read", Err: errors.New("connection reset")}
}

const document = "alarm/alarms/1"

func TestAStepLooksBeforeItWrites(t *testing.T) {
	acknowledge := write.Put(document, map[string]any{"status": "ACKNOWLEDGED"})
	refuse := func(now value) text.Safe {
		if status, _ := write.Member(now, "status"); string(status) != `"ACTIVE"` {
			return "it is cleared meanwhile"
		}
		return ""
	}
	for name, tc := range map[string]struct {
		document string
		step     write.Step
		skipped  string
		puts     int
		deletes  int
	}{
		"as it was":           {`{"id":"1","status":"ACTIVE"}`, write.Step{Request: acknowledge, Document: document, Check: refuse}, "", 1, 0},
		"changed meanwhile":   {`{"id":"1","status":"CLEARED"}`, write.Step{Request: acknowledge, Document: document, Check: refuse}, "it is cleared meanwhile", 0, 0},
		"gone":                {``, write.Step{Request: acknowledge, Document: document, Check: refuse}, "it is gone", 0, 0},
		"nothing to look at":  {`{"id":"1"}`, write.Step{Request: acknowledge}, "", 1, 0},
		"deleted":             {`{"id":"1"}`, write.Step{Request: write.Delete(document), Document: document}, "", 0, 1},
		"deleted by somebody": {``, write.Step{Request: write.Delete(document), Document: document}, "it is gone", 0, 0},
	} {
		t.Run(name, func(t *testing.T) {
			tenant := &alarm{document: tc.document}
			err := write.NewAttempt(tc.step).Do(t.Context(), clientOf(t, tenant))
			var skipped *write.Skipped
			errors.As(err, &skipped)
			switch {
			case tc.skipped == "" && err != nil, tc.skipped != "" && (skipped == nil || string(skipped.Reason) != tc.skipped):
				t.Errorf("got %v, want %q", err, tc.skipped)
			case tenant.puts != tc.puts || tenant.deletes != tc.deletes:
				t.Errorf("%d PUT and %d DELETE were sent", tenant.puts, tenant.deletes)
			}
		})
	}
}

func TestWhatMayHaveArrivedIsNotSentAgainBlindly(t *testing.T) {
	for name, tc := range map[string]struct {
		request  write.Request
		document string // that the step looks at
	}{
		"a change":   {write.Put(document, map[string]any{"status": "CLEARED"}), document},
		"a deletion": {write.Delete(document), document},
	} {
		t.Run(name, func(t *testing.T) {
			tenant := &alarm{document: `{"id":"1","status":"ACTIVE"}`}
			client := clientOf(t, tenant)
			attempt := write.NewAttempt(write.Step{Request: tc.request, Document: tc.document, Check: func(now value) text.Safe {
				if status, _ := write.Member(now, "status"); string(status) == `"CLEARED"` {
					return "already cleared"
				}
				return ""
			}})
			tenant.wrong = func(r *http.Request) (*http.Response, error) {
				if r.Method == http.MethodGet {
					return nil, nil
				}
				return broken(r)
			}
			if err := attempt.Do(t.Context(), client); err == nil || !attempt.Unsure() {
				t.Fatalf("the connection broke and it said %v, unsure %v", err, attempt.Unsure())
			}
			tenant.wrong = nil
			if err := attempt.Do(t.Context(), client); err != nil {
				t.Fatalf("taken up again it said %v", err)
			}
			if tenant.puts+tenant.deletes != 1 {
				t.Errorf("it was sent %d times", tenant.puts+tenant.deletes)
			}
			if back, why := attempt.Reversal("1", "x"); tc.request.Method == http.MethodPut && string(back.Step.Request.Body) != `{"status":"ACTIVE"}` {
				t.Errorf("it is taken back by %s (%s)", back.Step.Request, why)
			}
		})
	}
}

func TestACreationIsNeverSentTwice(t *testing.T) {
	tenant := &alarm{wrong: broken}
	client := clientOf(t, tenant)
	attempt := write.NewAttempt(write.Step{Request: write.Post("alarm/alarms", value(`{"type":"x"}`))})
	var unsure *write.Unsure
	for range 2 {
		if err := attempt.Do(t.Context(), client); !errors.As(err, &unsure) || !strings.Contains(err.Error(), "look before you send it again") {
			t.Errorf("got %v", err)
		}
		tenant.wrong = nil
	}
	if tenant.posts != 1 {
		t.Errorf("sent %d times", tenant.posts)
	}
}

func TestWhatCannotBeTakenBackSaysWhy(t *testing.T) {
	for _, tc := range []struct {
		step write.Step
		why  string
	}{
		{write.Step{Request: write.Delete(document), Document: document}, "does not come back"},
		{write.Step{Request: write.Post("alarm/alarms", value(`{}`))}, "no request of the API"},
		{write.Step{Request: write.Put("alarm/alarms?source=1", value(`{"status":"CLEARED"}`))}, "no request of the API"},
	} {
		tenant := &alarm{document: `{"id":"1"}`}
		attempt := write.NewAttempt(tc.step)
		if err := attempt.Do(t.Context(), clientOf(t, tenant)); err != nil {
			t.Fatal(err)
		}
		if back, why := attempt.Reversal("1", "x"); !strings.Contains(string(why), tc.why) || !back.Step.Request.IsZero() {
			t.Errorf("%s: got %q and %v", tc.step.Request, why, back.Step.Request)
		}
	}
}
