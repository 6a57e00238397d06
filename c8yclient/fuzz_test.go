package c8yclient_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"c8yx/c8yclient"
	"c8yx/demo/query"
)

// A page is whatever a tenant sends: it is read or refused, and its links lead nowhere else.
func FuzzPage(f *testing.F) {
	for _, body := range []string{
		devicePage(2), `{"managedObjects":[null,{"id":4711,"name":{}},{}],"next":"//evil.example/x?a=b","statistics":{"pageSize":"x"}}`,
		`{"managedObjects":{}}`, `[]`, `{"managedObjects":[{"id":"1"`, `{"next":"mailto:jane","managedObjects":[]}`, `<html>`, ``,
	} {
		f.Add([]byte(body))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		client, srv := newClient(t, answer(http.StatusOK, string(body)))
		n := 0
		for object, err := range client.Inventory.List(t.Context(), &c8yclient.InventoryListOptions{Paging: c8yclient.Paging{PageSize: 2}}) {
			if err == nil && object == nil {
				t.Error("neither an object nor an error")
			}
			if n++; n > 50 {
				break
			}
		}
		for _, request := range srv.recorded() {
			if request.Host != "https://acme.example" {
				t.Errorf("asked %s", request.Host)
			}
		}
	})
}

// What is put into a filter is what the tenant finds in the query, whatever letters it has.
func FuzzQueryEncoding(f *testing.F) {
	f.Add("4711", "c8y_HighTemp", "a,b&c=d+e%20#ü\x00")
	f.Fuzz(func(t *testing.T, source, first, second string) {
		client, srv := newClient(t, answer(http.StatusOK, `{"alarms":[]}`))
		filter := c8yclient.AlarmFilter{Source: source, Type: []string{first, second}}
		if _, err := client.Alarms.Page(t.Context(), &c8yclient.AlarmListOptions{AlarmFilter: filter}); err != nil {
			t.Fatal(err)
		}
		_, raw, _ := strings.Cut(srv.last(t).Target, "?")
		var types []string
		for parameter := range strings.SplitSeq(raw, "&") {
			name, value, _ := strings.Cut(parameter, "=")
			for each := range strings.SplitSeq(value, ",") {
				text, err := url.QueryUnescape(each)
				switch {
				case err != nil:
					t.Error(err)
				case name == "source" && text != source:
					t.Errorf("source %q, want %q", text, source)
				case name == "type":
					types = append(types, text)
				}
			}
		}
		if !slices.Equal(types, filter.Type) {
			t.Errorf("types %q, want %q", types, filter.Type)
		}
	})
}

// To walk by ids must not make a query of what is none: then the tenant shall say so. The
// judge is the parser of the demo tenant.
func FuzzInventoryQuery(f *testing.F) {
	for _, text := range []string{
		"has(c8y_IsDevice)", "$filter=(name eq 'a''b*') $orderby=name", "name eq 'a') or (name eq 'b'", "name eq 'a", "not(text eq 'x')", "$orderby=_id",
		") and (", "\xad", "name eq 'x' $orderby=name", "c8y_Hardware.model eq 'x' and a gt 1.5d",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		client, srv := newClient(t, answer(http.StatusOK, `{"managedObjects":[]}`))
		options := c8yclient.InventoryListOptions{InventoryFilter: c8yclient.InventoryFilter{Query: text}}
		for range client.Inventory.List(t.Context(), &options) {
		}
		u, err := url.Parse(srv.last(t).Target)
		if err != nil {
			t.Fatal(err)
		}
		sent := u.Query().Get("query")
		if sent == text || text == "" {
			return
		}
		if _, err := query.Parse(sent); err != nil {
			return
		}
		if parsed, err := query.Parse(text); err != nil || len(parsed.OrderBy) > 0 {
			t.Errorf("%q (%v) became %q", text, err, sent)
		}
	})
}
