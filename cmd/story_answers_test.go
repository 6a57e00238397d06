package cmd

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"c8yx/cmd/story"
	"c8yx/demo"
)

// strangeAnswers are what may come with a status of 200 in place of a list or a
// document, and whether it can be shown.
func strangeAnswers() map[string]struct {
	body  string
	shown bool
} {
	const self = `"self":"http://acme.example/inventory/managedObjects/1"`
	page := func(object string) string {
		return `{"managedObjects":[` + object + `],"statistics":{"currentPage":1,"pageSize":100},` + self + `}`
	}
	return map[string]struct {
		body  string
		shown bool
	}{
		"nothing":              {"", false},
		"a web page":           {"<html><body>Please log in</body></html>", false},
		"not JSON":             {"{{{{", false},
		"cut off":              {page(`{"id":"1","name":"half`)[:60], false},
		"a number":             {"42", false},
		"an array":             {"[]", false},
		"members of no type":   {page(`7,"x",null,[]`), false},
		"properties of no use": {page(`{"id":"1","name":{"not":"a name"},"creationTime":[1],"c8y_Availability":5}`), true},
		"a long string":        {page(`{"id":"1","name":"` + strings.Repeat("x", 2<<20) + `","c8y_IsDevice":{}}`), true},
		"a deep document":      {page(`{"id":"1","name":"deep","c8y_IsDevice":{},"f":` + strings.Repeat(`{"a":[`, 500) + strings.Repeat(`]}`, 500) + `}`), true},
		"bytes of no text":     {page("{\"id\":\"1\",\"name\":\"\xff\xfe\x00\x1b[2J\"}"), false},
		"the same for ever":    {page(`{"id":"1","name":"again","c8y_IsDevice":{}}`), true},
	}
}

// TestStoryOfStrangeAnswers: whatever a tenant, or something that answers in its
// place, sends: the program shows it or says in words that it cannot, and
// recovers.
func TestStoryOfStrangeAnswers(t *testing.T) {
	t.Parallel()
	var strange atomic.Pointer[string] // what comes in place of the tenant's answer, nil for that itself
	admin := demo.Options{}.Administrator()
	options := story.Options{
		Place:    "applications",
		Patience: time.Minute,
		Account:  story.Account{Tenant: admin.Tenant, User: admin.Name, Password: admin.Password},
		Tenant: func(ctx context.Context) (http.Handler, error) {
			handler, err := story.Demo(demo.Options{})(ctx)
			if err != nil {
				return nil, err
			}
			tenant := handler.(*demo.Tenant)
			return closing{tenant, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if body := strange.Load(); body != nil && strings.HasPrefix(r.URL.Path, readings) {
					w.Header().Set("Content-Type", "application/json")
					fmt.Fprint(w, *body)
					return
				}
				tenant.ServeHTTP(w, r)
			})}, nil
		},
	}
	watch(t, options, func(s *story.Story, _ *watched) {
		for name, answer := range strangeAnswers() {
			t.Logf("then comes %s", name)
			strange.Store(&answer.body)
			s.Open("devices")
			if answer.shown {
				s.See("1 device ")
			} else {
				s.See("GET", readings)
			}
			s.Press("i", "z", "space", "down")
			strange.Store(nil)
			s.Open("devices") // out of the inspector, if there was something to inspect
			s.Press("end", "r")
			s.See("239 devices")
			s.Open("applications")
		}
	})
}
