package c8yclient_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"c8yx/c8yclient"
)

// pagesOf answers pages of alarms: each inner slice is a page, reached through the next link
// of the one before. The last page has a next link as well, as the platform sends it.
func pagesOf(t *testing.T, pages [][]string, opaque bool) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		q := r.URL.Query()
		number, at := 1, 0
		if text := q.Get("currentPage"); text != "" {
			if _, err := fmt.Sscan(text, &number); err != nil {
				t.Errorf("page %q", text)
			}
			at = number - 1
			if opaque {
				at = number / 1000
			}
		}
		next := number + 1
		if opaque {
			next = (at + 1) * 1000
		}
		var items []string
		if at < len(pages) {
			for _, id := range pages[at] {
				items = append(items, `{"id":"`+id+`"}`)
			}
		}
		link := url.URL{Scheme: "http", Host: "cumulocity.default.svc", Path: "/alarm/alarms"}
		q.Set("currentPage", fmt.Sprint(next))
		link.RawQuery = q.Encode()
		more := `,"next":"` + link.String() + `"`
		if opaque && at >= len(pages)-1 {
			more = ""
		}
		fmt.Fprintf(w, `{"self":"x","alarms":[%s],"statistics":{"currentPage":%d,"pageSize":%s}%s}`,
			strings.Join(items, ","), number, q.Get("pageSize"), more)
	}
}

func ids(t *testing.T, client *c8yclient.Client, options *c8yclient.AlarmListOptions) []string {
	t.Helper()
	var got []string
	for alarm, err := range client.Alarms.List(t.Context(), options) {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, alarm.ID)
	}
	return got
}

func TestListWalksAllPages(t *testing.T) {
	for _, test := range []struct {
		name     string
		pages    [][]string
		opaque   bool
		want     []string
		requests int
	}{
		{"nothing", [][]string{}, false, nil, 1},
		{"full pages", [][]string{{"1", "2"}, {"3", "4"}}, false, []string{"1", "2", "3", "4"}, 3},
		{"last page short", [][]string{{"1", "2"}, {"3"}}, false, []string{"1", "2", "3"}, 2},
		{"restricted user: short and empty pages", [][]string{{"1"}, {}, {}, {"2", "3"}, {}}, true, []string{"1", "2", "3"}, 5},
	} {
		client, srv := newClient(t, pagesOf(t, test.pages, test.opaque))
		got := ids(t, client, &c8yclient.AlarmListOptions{Paging: c8yclient.Paging{PageSize: 2}})
		if !slices.Equal(got, test.want) {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
		sent := srv.recorded()
		if len(sent) != test.requests {
			t.Errorf("%s: %d requests, want %d", test.name, len(sent), test.requests)
		}
		for _, request := range sent {
			if request.Host != "https://acme.example" {
				t.Errorf("%s: followed a link to %s", test.name, request.Host)
			}
		}
	}
}

func TestListAsksForBigPages(t *testing.T) {
	client, srv := newClient(t, pagesOf(t, nil, false))
	ids(t, client, nil)
	if got, want := srv.last(t).Target, "/alarm/alarms?pageSize=2000"; got != want {
		t.Errorf("sent %s, want %s", got, want)
	}
}

// The documents of a page share no memory.
func TestItemsKeepTheirOwnFragments(t *testing.T) {
	client, _ := newClient(t, answer(200, `{"alarms":[{"id":"1","a":"one","b":1},{"id":"2"},{"id":"3","a":"three"}]}`))
	page, err := client.Alarms.Page(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, alarm := range page.Items {
		got = append(got, string(alarm.Fragments))
	}
	if want := []string{`{"a":"one","b":1}`, ``, `{"a":"three"}`}; !slices.Equal(got, want) {
		t.Errorf("fragments %q, want %q", got, want)
	}
}

// An endless chain of empty pages, or a link to the same page, must end.
func TestListEnds(t *testing.T) {
	for name, handler := range map[string]http.HandlerFunc{
		"empty for ever": func(w http.ResponseWriter, r *http.Request) {
			fmt.Fprintf(w, `{"alarms":[],"next":"/alarm/alarms?currentPage=%d000","statistics":{"currentPage":7}}`, time.Now().UnixNano())
		},
		"same page": func(w http.ResponseWriter, r *http.Request) {
			fmt.Fprintf(w, `{"alarms":[{"id":"1"}],"next":"%s"}`, r.URL.RequestURI())
		},
		"total reached": func(w http.ResponseWriter, r *http.Request) {
			fmt.Fprint(w, `{"alarms":[{"id":"1"}],"next":"/alarm/alarms?currentPage=2","statistics":{"currentPage":1,"totalPages":1}}`)
		},
		"next is nonsense": func(w http.ResponseWriter, r *http.Request) {
			fmt.Fprint(w, `{"alarms":[{"id":"1"}],"next":{"a":1},"statistics":"none"}`)
		},
	} {
		client, srv := newClient(t, handler)
		ids(t, client, nil)
		if n := len(srv.recorded()); n > 60 {
			t.Errorf("%s: %d requests", name, n)
		}
	}
}

func TestNextPageIsFetchedAhead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		inner := pagesOf(t, [][]string{{"1", "2"}, {"3", "4"}, {"5", "6"}}, false)
		client, srv := newClient(t, func(w http.ResponseWriter, r *http.Request) {
			time.Sleep(time.Second)
			inner(w, r)
		})
		began := time.Now()
		for range client.Alarms.Pages(t.Context(), &c8yclient.AlarmListOptions{Paging: c8yclient.Paging{PageSize: 2}}) {
			time.Sleep(time.Second) // the caller works as long as the tenant
		}
		if took := time.Since(began); took != 4*time.Second {
			t.Errorf("took %v, want 4s", took)
		}

		before := len(srv.recorded())
		for range client.Alarms.List(t.Context(), &c8yclient.AlarmListOptions{Paging: c8yclient.Paging{PageSize: 2}}) {
			break
		}
		if n := len(srv.recorded()) - before; n > 2 {
			t.Errorf("%d requests for one item", n)
		}
	})
}

func TestListYieldsOneError(t *testing.T) {
	inner := pagesOf(t, [][]string{{"1", "2"}, {"3", "4"}}, false)
	client, _ := newClient(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Query().Get("currentPage") == "2" {
			w.WriteHeader(403)
			return
		}
		inner(w, r)
	})
	items, failed := 0, 0
	for alarm, err := range client.Alarms.List(t.Context(), &c8yclient.AlarmListOptions{Paging: c8yclient.Paging{PageSize: 2}}) {
		if err == nil {
			items++
			continue
		}
		failed++
		if alarm != nil || !errors.Is(err, c8yclient.ErrForbidden) {
			t.Errorf("%v, %v", alarm, err)
		}
	}
	if items != 2 || failed != 1 {
		t.Errorf("%d items, %d errors", items, failed)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, err := range client.Alarms.List(ctx, nil) {
		if !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
	}
}

func TestQueryEncoding(t *testing.T) {
	client, srv := newClient(t, answer(200, `{"alarms":[],"managedObjects":[],"measurements":[],"series":[],"values":{}}`))
	ctx := t.Context()
	berlin := time.FixedZone("", 3600)
	at := time.Date(2026, 3, 19, 12, 3, 27, 845_900_000, berlin)
	yes := false
	for _, test := range []struct {
		call func() error
		want string
	}{
		{func() error {
			_, err := client.Alarms.Page(ctx, &c8yclient.AlarmListOptions{
				AlarmFilter: c8yclient.AlarmFilter{
					Source: "4711", Type: []string{"a b", "c+d,e"}, Severity: []c8yclient.Severity{"MAJOR", "MINOR"},
					Resolved: &yes, DateFrom: at,
				},
				Paging: c8yclient.Paging{PageSize: 10, CurrentPage: 3, WithTotalPages: true},
			})
			return err
		}, "/alarm/alarms?source=4711&type=a%20b,c%2Bd%2Ce&severity=MAJOR,MINOR&resolved=false&dateFrom=2026-03-19T12%3A03%3A27.845%2B01%3A00&pageSize=10&currentPage=3&withTotalPages=true"},
		{func() error {
			_, err := client.Inventory.Page(ctx, &c8yclient.InventoryListOptions{
				InventoryFilter: c8yclient.InventoryFilter{Query: "$filter=(name eq 'A&B*') $orderby=name"},
			})
			return err
		}, "/inventory/managedObjects?query=%24filter%3D%28name%20eq%20%27A%26B%2A%27%29%20%24orderby%3Dname&withChildren=false&pageSize=2000"},
		{func() error { // an empty list filters by nothing
			_, err := client.Alarms.Page(ctx, &c8yclient.AlarmListOptions{AlarmFilter: c8yclient.AlarmFilter{Type: []string{}, Severity: []c8yclient.Severity{}}})
			return err
		}, "/alarm/alarms?pageSize=2000"},
		{
			func() error { _, err := client.Inventory.Page(ctx, nil); return err },
			"/inventory/managedObjects?withChildren=false&pageSize=2000",
		},
		{func() error {
			_, err := client.Measurements.Series(ctx, &c8yclient.SeriesOptions{
				Source: "1", DateFrom: at, DateTo: at, Series: []string{"a.b", "c.d"},
				AggregationInterval: "15m", AggregationFunctions: []c8yclient.AggregationFunction{"avg", "count"},
			})
			return err
		}, "/measurement/measurements/series?source=1&dateFrom=2026-03-19T12%3A03%3A27.845%2B01%3A00&dateTo=2026-03-19T12%3A03%3A27.845%2B01%3A00&series=a.b&series=c.d&aggregationInterval=15m&aggregationFunction=avg&aggregationFunction=count&revert=false"},
	} {
		if err := test.call(); err != nil {
			t.Error(err)
		}
		if got := srv.last(t).Target; got != test.want {
			t.Errorf("sent\n%s, want\n%s", got, test.want)
		}
	}
}
