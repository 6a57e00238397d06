package demo_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"c8yx/demo"
)

func TestFaults(t *testing.T) {
	b := start(t, demo.Options{})
	b.tenant.SetFaults(demo.Fault{Kind: demo.TooManyRequests, Path: "/alarm", Count: 2, After: 3 * time.Second})
	for range 2 {
		if a := b.want(429, "GET", "/alarm/alarms", nil); a.Header.Get("Retry-After") != "3" {
			t.Errorf("Retry-After %q", a.Header.Get("Retry-After"))
		}
	}
	b.get("/alarm/alarms") // only twice
	b.tenant.SetFaults(demo.Fault{Kind: demo.Unavailable, Method: "POST"})
	a := b.want(503, "POST", objects, `{}`)
	if !strings.HasPrefix(a.Header.Get("Content-Type"), "text/html") || !strings.Contains(string(a.body), "<html>") {
		t.Errorf("503: %s", a.body)
	}
	b.get(objects)
	b.tenant.SetFaults(demo.Fault{Kind: demo.ServerError})
	if a := b.want(500, "GET", objects, nil); a.text("error") != "general/internalError" {
		t.Errorf("500: %s", a.body)
	}
	token := b.login("admin", "demo-Admin.1") // signing in is spared
	b.tenant.SetFaults(demo.Fault{Kind: demo.KillSession, Count: 1})
	b.as(token).want(401, "GET", objects, nil)
	b.as(token).want(401, "GET", objects, nil)
	b.tenant.SetFaults()
	b.get(objects)
}

func TestBrokenConnections(t *testing.T) {
	b := start(t, demo.Options{})
	fetch := func() error {
		request, _ := http.NewRequest("POST", b.server.URL+objects, strings.NewReader(`{"name":"x"}`))
		request.SetBasicAuth("admin", "demo-Admin.1")
		request.Header.Set("Accept", "application/json")
		response, err := b.server.Client.Do(request)
		if err != nil {
			return err
		}
		defer response.Body.Close()
		_, err = io.ReadAll(response.Body)
		return err
	}
	count := func() string { return string(b.get(objects + "/count").body) }
	b.tenant.SetFaults(demo.Fault{Kind: demo.CutOff, Method: "POST"})
	if err := fetch(); !errors.Is(err, io.ErrUnexpectedEOF) || count() != "1" {
		t.Errorf("cut off: %v, %s objects", err, count())
	}
	b.tenant.SetFaults(demo.Fault{Kind: demo.Dropped, Method: "POST"})
	if err := fetch(); err == nil || count() != "1" {
		t.Errorf("dropped: %v, %s objects", err, count())
	}
}

func TestSlowness(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := start(t, demo.Options{Latency: 40 * time.Millisecond})
		began := time.Now()
		b.get("/tenant/loginOptions")
		if took := time.Since(began); took != 40*time.Millisecond {
			t.Errorf("latency %v", took)
		}
		b.tenant.SetFaults(demo.Fault{Kind: demo.Slow, After: time.Minute})
		began = time.Now()
		b.get(objects)
		if took := time.Since(began); took != time.Minute+40*time.Millisecond {
			t.Errorf("slow answer after %v", took)
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		request, _ := http.NewRequestWithContext(ctx, "GET", b.server.URL+objects, nil)
		if _, err := b.server.Client.Do(request); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("gave up with %v", err)
		}
		synctest.Wait()
	})
}

// A tenant whose clock is wrong stamps what it creates and issues with its own time, and judges tokens and codes by it.
func TestClockSkew(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := start(t, demo.Options{Sessions: demo.SessionOptions{Life: 2 * time.Hour}})
		ahead := func(stamp string) time.Duration {
			for _, layout := range []string{http.TimeFormat, time.RFC3339} {
				if at, err := time.Parse(layout, stamp); err == nil {
					return time.Until(at).Round(time.Minute)
				}
			}
			t.Fatalf("no time: %q", stamp)
			return 0
		}
		before := b.login("admin", "demo-Admin.1")
		for _, fault := range []demo.Fault{{Kind: demo.ClockSkew, By: -time.Hour}, {Kind: demo.ClockSkew}} {
			b.tenant.SetFaults(fault)
			want := fault.By
			if want == 0 {
				want = 3 * time.Hour
			}
			a := b.get(objects + "/" + b.device("Pump"))
			if got := ahead(a.Header.Get("Date")); got != want {
				t.Errorf("the header Date is ahead by %v, want %v", got, want)
			}
			if got := ahead(a.text("creationTime")); got != want {
				t.Errorf("creationTime is ahead by %v, want %v", got, want)
			}
			token := b.login("admin", "demo-Admin.1")
			if got := ahead(time.Unix(int64(claimsOf(t, token)["exp"].(float64)), 0).Format(time.RFC3339)); got != want+2*time.Hour {
				t.Errorf("a token lives for %v, want %v", got, want+2*time.Hour)
			}
			b.as(token).get(objects)
			status := map[bool]int{true: 200, false: 401}[want < 0]
			b.as(before).want(status, "GET", objects, nil) // three hours ahead it has expired
			for at, status := range map[time.Duration]int{0: 401, want: 200} {
				if a := b.signIn(bodyToken, "totp", "demo-Totp.1", authenticator("JBSWY3DPEHPK3PXP", time.Now().Add(at))); a.StatusCode != status {
					t.Errorf("the code of an app whose clock is ahead by %v: %d %s", at, a.StatusCode, a.body)
				}
			}
		}
		b.tenant.SetFaults()
		if got := ahead(b.get(objects).Header.Get("Date")); got != 0 {
			t.Errorf("the clock is still wrong by %v", got)
		}
	})
}

func TestFaultRateIsDeterministic(t *testing.T) {
	pattern := func() string {
		b := start(t, demo.Options{Seed: 7, Faults: []demo.Fault{{Kind: demo.ServerError, Rate: 0.3}}})
		var hits strings.Builder
		for range 40 {
			if b.do("GET", objects, nil).StatusCode == 500 {
				hits.WriteByte('x')
			} else {
				hits.WriteByte('.')
			}
		}
		return hits.String()
	}
	first, second := pattern(), pattern()
	if n := strings.Count(first, "x"); first != second || n < 4 || n > 24 {
		t.Errorf("hits\n%s\n%s", first, second)
	}
}

func TestParseFault(t *testing.T) {
	for text, want := range map[string]demo.Fault{
		"429:rate=0.1:after=2s":            {Kind: demo.TooManyRequests, Rate: 0.1, After: 2 * time.Second},
		"503:path=/alarm:count=3":          {Kind: demo.Unavailable, Path: "/alarm", Count: 3},
		"slow:method=get:after=10s":        {Kind: demo.Slow, Method: "GET", After: 10 * time.Second},
		"cut":                              {Kind: demo.CutOff},
		"kill:count=1:path=/inventory:x=1": {},
		"skew":                             {Kind: demo.ClockSkew},
		"skew:by=-90m":                     {Kind: demo.ClockSkew, By: -90 * time.Minute},
		"skew:rate=0.5":                    {},
		"skew:by=late":                     {},
		"500:by=1s":                        {},
		"404":                              {},
		"500:rate=2":                       {},
		"500:count=many":                   {},
	} {
		got, err := demo.ParseFault(text)
		if got != want || (err != nil) != (want.Kind == "") {
			t.Errorf("ParseFault(%s) = %+v, %v", text, got, err)
		}
	}
}
