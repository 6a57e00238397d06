package place_test

import (
	"slices"
	"strings"
	"testing"

	"c8yx/views/place"
)

func TestAPlaceIsReadAndWritten(t *testing.T) {
	for _, tc := range []struct {
		in, kind string
		path     []string
		out      string
	}{
		{"devices", "devices", nil, "devices"},
		{" Devices/ ", "devices", nil, "devices"},
		{"device/4711", "device", []string{"4711"}, "device/4711"},
		{"alarms?status=ACTIVE&source=4711", "alarms", nil, "alarms?source=4711&status=ACTIVE"},
		{"device/4711/measurements?series=c8y_Temperature.T&last=1h", "device", []string{"4711", "measurements"}, "device/4711/measurements?last=1h&series=c8y_Temperature.T"},
		{"identity/c8y_Serial/a%2Fb", "identity", []string{"c8y_Serial", "a/b"}, "identity/c8y_Serial/a%2Fb"},
		{"devices?query=name eq 'Press*'", "devices", nil, "devices?query=name+eq+'Press*'"},
		{"measurements?series=a&series=b", "measurements", nil, "measurements?series=a&series=b"},
	} {
		p, err := place.Parse(tc.in)
		if err != nil {
			t.Errorf("%q: %v", tc.in, err)
			continue
		}
		if p.Kind != tc.kind || !slices.Equal(p.Path, tc.path) || p.String() != tc.out {
			t.Errorf("%q: kind %q, path %q, text %q; want %q, %q, %q", tc.in, p.Kind, p.Path, p, tc.kind, tc.path, tc.out)
		}
		again, err := place.Parse(p.String())
		if err != nil || again.String() != p.String() {
			t.Errorf("%q reads back as %q, %v", p, again, err)
		}
	}
}

func TestWhatIsNoPlaceSaysSo(t *testing.T) {
	for _, in := range []string{"", "  ", "?status=ACTIVE", "/", "device//measurements", "alarms?a;b=%zz", "device/%zz"} {
		if p, err := place.Parse(in); err == nil || !strings.Contains(err.Error(), "no place") {
			t.Errorf("%q: %v, %v", in, p, err)
		}
	}
}

func TestWithLeavesTheOriginalAlone(t *testing.T) {
	p := place.At("alarms").With("status", "ACTIVE")
	q := p.With("status", "").With("source", "4711")
	if p.String() != "alarms?status=ACTIVE" || q.String() != "alarms?source=4711" {
		t.Errorf("%s and %s", p, q)
	}
}
