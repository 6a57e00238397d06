package c8yclient_test

import (
	"fmt"
	"iter"
	"math/rand/v2"
	"net/http"
	"slices"
	"strconv"
	"testing"
	"time"

	"c8yx/c8yclient"
)

// moments are records, oldest first, with times of the shapes that devices make: at random,
// in bursts, many of them in the same millisecond. Bodies are made of number and time.
func moments(random *rand.Rand, n int, property, link, format string) *collection {
	c := &collection{property: property, link: link}
	at := time.Date(2026, 2, 1, 8, 0, 0, 0, time.UTC)
	for i := range n {
		switch random.IntN(10) {
		case 0:
			at = at.Add(time.Duration(random.IntN(100_000_000)) * time.Millisecond)
		case 1, 2:
			at = at.Add(time.Duration(random.IntN(3)) * time.Millisecond)
		case 3:
			at = at.Add(time.Duration(random.IntN(3000)) * time.Millisecond)
		}
		c.items = append(c.items, item{id: int64(i + 1), time: at, body: fmt.Sprintf(format, i+1, at.Format("2006-01-02T15:04:05.000Z07:00"))})
	}
	return c
}

// newestFirst is a tenant that gives the newest first unless told otherwise.
func (c *collection) newestFirst() *collection {
	c.upsideDown = true
	return c
}

const (
	alarmBody       = `{"id":"%d","time":"%s"}`
	eventBody       = alarmBody
	operationBody   = `{"id":"%d","creationTime":"%s"}`
	measurementBody = `{"c8y_N":{"n":{"value":%[1]d}},"time":"%[2]s"}`
)

// numbers reads a list to its end and returns the numbers of its items.
func numbers[T any](t *testing.T, list iter.Seq2[*T, error], number func(*T) string) []int {
	t.Helper()
	var got []int
	for item, err := range list {
		if err != nil {
			t.Fatal(err)
		}
		n, _ := strconv.Atoi(number(item))
		got = append(got, n)
	}
	return got
}

func TestRecordsAreWalkedByTime(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	event := func(e *c8yclient.Event) string { return e.ID }
	operation := func(o *c8yclient.Operation) string { return o.ID }
	measurement := func(m *c8yclient.Measurement) string {
		for value := range m.Values() {
			return strconv.Itoa(int(value.Value))
		}
		return ""
	}
	for name, test := range map[string]struct {
		tenant   func(n int) *collection
		read     func(*c8yclient.Client, c8yclient.Paging, time.Time, time.Time) []int
		backward bool // the newest first
	}{
		"alarms": {
			func(n int) *collection {
				return moments(random, n, "alarms", "/alarm/alarms", alarmBody).newestFirst()
			},
			func(c *c8yclient.Client, p c8yclient.Paging, from, to time.Time) []int {
				options := c8yclient.AlarmListOptions{AlarmFilter: c8yclient.AlarmFilter{DateFrom: from, DateTo: to}, Paging: p}
				return numbers(t, c.Alarms.List(t.Context(), &options), func(a *c8yclient.Alarm) string { return a.ID })
			}, true,
		},
		"events": {
			func(n int) *collection {
				return moments(random, n, "events", "/event/events", eventBody).newestFirst()
			},
			func(c *c8yclient.Client, p c8yclient.Paging, from, to time.Time) []int {
				options := c8yclient.EventListOptions{EventFilter: c8yclient.EventFilter{DateFrom: from, DateTo: to}, Paging: p}
				return numbers(t, c.Events.List(t.Context(), &options), event)
			}, true,
		},
		"oldest events": {
			func(n int) *collection {
				return moments(random, n, "events", "/event/events", eventBody).newestFirst()
			},
			func(c *c8yclient.Client, p c8yclient.Paging, from, to time.Time) []int {
				if from.IsZero() {
					from = time.Unix(0, 0)
				}
				options := c8yclient.EventListOptions{EventFilter: c8yclient.EventFilter{DateFrom: from, DateTo: to}, Revert: true, Paging: p}
				return numbers(t, c.Events.List(t.Context(), &options), event)
			}, false,
		},
		"operations": {
			func(n int) *collection {
				return moments(random, n, "operations", "/devicecontrol/operations", operationBody)
			},
			func(c *c8yclient.Client, p c8yclient.Paging, from, to time.Time) []int {
				return numbers(t, c.Operations.List(t.Context(), &c8yclient.OperationListOptions{DateFrom: from, DateTo: to, Paging: p}), operation)
			}, false,
		},
		"measurements": {
			func(n int) *collection {
				return moments(random, n, "measurements", "/measurement/measurements", measurementBody)
			},
			func(c *c8yclient.Client, p c8yclient.Paging, from, to time.Time) []int {
				return numbers(t, c.Measurements.List(t.Context(), &c8yclient.MeasurementListOptions{DateFrom: from, DateTo: to, Paging: p}), measurement)
			}, false,
		},
		"newest measurements": {
			func(n int) *collection {
				return moments(random, n, "measurements", "/measurement/measurements", measurementBody)
			},
			func(c *c8yclient.Client, p c8yclient.Paging, from, to time.Time) []int {
				return numbers(t, c.Measurements.List(t.Context(), &c8yclient.MeasurementListOptions{DateFrom: from, DateTo: to, Revert: true, Paging: p}), measurement)
			}, true,
		},
	} {
		for range 15 {
			c := test.tenant(random.IntN(300))
			client, _ := newClient(t, c.ServeHTTP, c8yclient.WithConcurrency(1+random.IntN(10)))
			c.forgetful = random.IntN(10) == 0
			var from, to time.Time
			if n := len(c.items); n > 0 && !c.forgetful {
				if random.IntN(2) == 0 {
					from = c.items[random.IntN(n)].time
				}
				if random.IntN(2) == 0 {
					to = c.items[random.IntN(n)].time
				}
			}
			var want []int
			for _, item := range c.items {
				if !item.time.Before(from) && (to.IsZero() || item.time.Before(to)) {
					want = append(want, int(item.id))
				}
			}
			if test.backward {
				slices.Reverse(want)
			}
			paging := c8yclient.Paging{PageSize: 1 + random.IntN(40)}
			if got := test.read(client, paging, from, to); !slices.Equal(got, want) {
				t.Fatalf("%s from %v to %v in pages of %d, forgetful %v: got\n%v, want\n%v", name, from, to, paging.PageSize, c.forgetful, got, want)
			}
		}
	}
}

// Until the tenant has told the oldest of all times, no part is asked for that began before 1970:
// parts grow sixteenfold where there is nothing, and after some of them dates end.
func TestTimesStayWithinTheCalendar(t *testing.T) {
	c := &collection{property: "events", link: "/event/events", upsideDown: true}
	for i := range 300 {
		at := time.Date(2026, 2, 1, 8, 0, 0, i*int(time.Millisecond), time.UTC)
		c.items = append(c.items, item{id: int64(i + 1), time: at, body: fmt.Sprintf(eventBody, i+1, at.Format("2006-01-02T15:04:05.000Z07:00"))})
	}
	client, _ := newClient(t, func(w http.ResponseWriter, r *http.Request) {
		q := r.URL.Query()
		if q.Get("pageSize") == "1" { // who asks for the oldest waits
			<-r.Context().Done()
			return
		}
		for _, bound := range []string{"dateFrom", "dateTo"} {
			if at, err := time.Parse(time.RFC3339, q.Get(bound)); q.Has(bound) && (err != nil || at.Year() < 1970) {
				t.Errorf("asked for %s=%s", bound, q.Get(bound))
			}
		}
		c.ServeHTTP(w, r)
	})
	paging := c8yclient.Paging{PageSize: 20}
	got := numbers(t, client.Events.List(t.Context(), &c8yclient.EventListOptions{Paging: paging}), func(e *c8yclient.Event) string { return e.ID })
	if len(got) != len(c.items) || got[0] != len(c.items) {
		t.Errorf("%d events, want %d", len(got), len(c.items))
	}
}

// Equal measurements of one moment are as many measurements, wherever pages break.
func TestEqualMeasurementsAreKept(t *testing.T) {
	c := &collection{property: "measurements", link: "/measurement/measurements"}
	for range 23 {
		c.items = append(c.items, item{time: time.Unix(1_800_000_000, 0), body: `{"c8y_N":{"n":{"value":1}},"time":"2027-01-15T08:00:00.000Z"}`})
	}
	client, _ := newClient(t, c.ServeHTTP)
	n := 0
	for _, err := range client.Measurements.List(t.Context(), &c8yclient.MeasurementListOptions{Paging: c8yclient.Paging{PageSize: 5}}) {
		if err != nil {
			t.Fatal(err)
		}
		n++
	}
	if n != len(c.items) {
		t.Errorf("%d measurements, want %d", n, len(c.items))
	}
}
