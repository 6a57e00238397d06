package c8yclient_test

import (
	"net/http"
	"testing"

	"c8yx/c8yclient"
)

func TestCallOptions(t *testing.T) {
	client, srv := newClient(t, answer(http.StatusOK, `{}`), c8yclient.WithApplicationKey("explorer"))
	ctx := c8yclient.WithCallOptions(t.Context(), c8yclient.CallOptions{
		ProcessingMode: c8yclient.Transient, Header: http.Header{"x-trace": {"7"}, "X-Other": {"a"}},
	})
	ctx = c8yclient.WithCallOptions(ctx, c8yclient.CallOptions{
		Units: c8yclient.Imperial, ApplicationKey: "importer", Header: http.Header{"X-Other": {"b"}},
	})
	const mode, units, key = "X-Cumulocity-Processing-Mode", "X-Cumulocity-System-Of-Units", "X-Cumulocity-Application-Key"
	for _, test := range []struct {
		name string
		call func() error
		want map[string]string
	}{
		{
			"reading", func() error { _, err := client.Alarms.Get(ctx, "1"); return err },
			map[string]string{mode: "", units: "imperial", key: "importer", "X-Trace": "7", "X-Other": "b"},
		},
		{
			"writing", func() error { _, err := client.Alarms.Create(ctx, &c8yclient.Alarm{}); return err },
			map[string]string{mode: "TRANSIENT", units: "imperial", key: "importer", "X-Trace": "7", "X-Other": "b"},
		},
		{
			"deleting", func() error { return client.Events.Delete(ctx, "1") },
			map[string]string{mode: "TRANSIENT"},
		},
		{
			"without", func() error { return client.Events.Delete(t.Context(), "1") },
			map[string]string{mode: "", units: "", key: "explorer", "X-Trace": ""},
		},
	} {
		if err := test.call(); err != nil {
			t.Fatal(err)
		}
		for name, want := range test.want {
			if got := srv.last(t).Header.Get(name); got != want {
				t.Errorf("%s: %s is %q, want %q", test.name, name, got, want)
			}
		}
	}
}

func TestCallsWithoutRetry(t *testing.T) {
	client, srv := newClient(t, answer(http.StatusBadGateway, ``))
	ctx := c8yclient.WithCallOptions(t.Context(), c8yclient.CallOptions{NoRetry: true})
	_, err := client.Alarms.Get(ctx, "1")
	wantKind(t, "a gateway", err, c8yclient.ErrServer)
	if n := len(srv.recorded()); n != 1 {
		t.Errorf("%d requests", n)
	}
}
