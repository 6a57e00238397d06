package measurements

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"c8yx/c8yclient"
)

// platformRows is the number of rows at which the platform cuts an answer off.
const platformRows = 5000

func TestNoWindowNeedsMoreRowsThanThePlatformGives(t *testing.T) {
	for _, length := range append(lengths(), longest/10) {
		if step := intervalFor(length); length/step.length > platformRows {
			t.Errorf("%v in steps of %s are %d rows", length, step.name, length/step.length)
		}
		if kind, step := coarseFor(length); length/step > platformRows {
			t.Errorf("%v %s are %d rows", length, kind, length/step)
		}
	}
}

// tenant answers like one whose device sent a value every period.
type sender struct {
	t      *testing.T
	period time.Duration
	old    bool // it does not know intervals
	asked  []url.Values
}

func (s *sender) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	query := r.URL.Query()
	s.asked = append(s.asked, query)
	from, err := time.Parse(time.RFC3339, query.Get("dateFrom"))
	if err != nil {
		s.t.Error(err)
	}
	to, _ := time.Parse(time.RFC3339, query.Get("dateTo"))
	step := s.period
	if interval := query.Get("aggregationInterval"); interval != "" {
		if s.old {
			w.WriteHeader(http.StatusUnprocessableEntity)
			return
		}
		for _, i := range intervals() {
			if i.name == interval {
				step = max(step, i.length)
			}
		}
	}
	step = max(step, map[string]time.Duration{"MINUTELY": time.Minute, "HOURLY": time.Hour, "DAILY": 24 * time.Hour}[query.Get("aggregationType")])
	var rows []string
	for at := from; at.Before(to) && len(rows) < platformRows; at = at.Add(step) {
		rows = append(rows, fmt.Sprintf(`%q:[{"min":1,"max":3}]`, at.UTC().Format(time.RFC3339Nano)))
	}
	fmt.Fprintf(w, `{"values":{%s},"series":[{"type":"a","name":"b","unit":"C"}],"truncated":%t}`,
		strings.Join(rows, ","), to.Sub(from)/step > platformRows)
}

func TestReadingStaysBelowTheLimits(t *testing.T) {
	now := time.Date(2026, 3, 19, 12, 0, 0, 0, time.UTC)
	for name, tc := range map[string]struct {
		sender sender
		length time.Duration
		dense  time.Duration
		every  time.Duration
		coarse bool
		asked  int
	}{
		"a quiet device, every value": {sender: sender{period: 5 * time.Second}, length: time.Hour, asked: 1},
		"a long window, condensed":    {sender: sender{period: 5 * time.Second}, length: 24 * time.Hour, every: time.Minute, asked: 1},
		"a year, condensed":           {sender: sender{period: time.Minute}, length: 365 * 24 * time.Hour, every: 6 * time.Hour, asked: 1},
		"a fast device, too many":     {sender: sender{period: 100 * time.Millisecond}, length: time.Hour, every: 5 * time.Second, asked: 2},
		"known to be too many":        {sender: sender{period: 100 * time.Millisecond}, length: time.Hour, dense: time.Hour, every: 5 * time.Second, asked: 1},
		"an older tenant":             {sender: sender{period: 5 * time.Second, old: true}, length: 24 * time.Hour, every: time.Minute, coarse: true, asked: 2},
		"an older tenant, a year":     {sender: sender{period: 5 * time.Second, old: true}, length: 365 * 24 * time.Hour, every: 24 * time.Hour, coarse: true, asked: 2},
	} {
		t.Run(name, func(t *testing.T) {
			tc.sender.t = t
			server := httptest.NewServer(&tc.sender)
			defer server.Close()
			client, err := c8yclient.New(server.URL)
			if err != nil {
				t.Fatal(err)
			}
			r := reading{source: "1", series: []string{"a.b"}, from: now.Add(-tc.length), to: now, dense: tc.dense}
			a, err := r.read(t.Context(), client.Measurements)
			if err != nil {
				t.Fatal(err)
			}
			if a.resolution.every != tc.every || a.resolution.coarse != tc.coarse {
				t.Errorf("resolution %+v, want steps of %v, coarse %v", a.resolution, tc.every, tc.coarse)
			}
			if a.Truncated || len(a.Rows) == 0 {
				t.Errorf("%d rows, truncated %v", len(a.Rows), a.Truncated)
			}
			if len(tc.sender.asked) != tc.asked {
				t.Errorf("asked %d times, want %d: %v", len(tc.sender.asked), tc.asked, tc.sender.asked)
			}
			for _, query := range tc.sender.asked {
				if query.Get("revert") != "true" {
					t.Error("a truncated answer would hold the oldest values")
				}
			}
		})
	}
}

// A tenant that fails is not asked in other ways: that would not help.
func TestReadingFails(t *testing.T) {
	asked := 0
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		asked++
		w.WriteHeader(http.StatusForbidden)
	}))
	defer server.Close()
	client, err := c8yclient.New(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	now := time.Now()
	if _, err := (reading{source: "1", from: now.Add(-24 * time.Hour), to: now}).read(t.Context(), client.Measurements); err == nil || asked != 1 {
		t.Errorf("asked %d times, error %v", asked, err)
	}
}
