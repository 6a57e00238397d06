package c8yclient_test

import (
	"testing"

	"c8yx/c8yclient"
)

func TestRedact(t *testing.T) {
	for target, want := range map[string]string{
		"/tenant/options":                             "/tenant/options",
		"/notification2/unsubscribe?token=abc.def":    "/notification2/unsubscribe?token=[redacted]",
		"/x?a=1&Access%5FToken=abc&b=2":               "/x?a=1&Access_Token=[redacted]&b=2",
		"alarms?status=ACTIVE&source=4711":            "alarms?status=ACTIVE&source=4711",
		"inspect/tenant/oauth?password=a%26b&user=me": "inspect/tenant/oauth?password=[redacted]&user=me",
	} {
		if got := c8yclient.Redact(target); got != want {
			t.Errorf("%s becomes %s, want %s", target, got, want)
		}
	}
}
