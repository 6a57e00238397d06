package inspect

import (
	"context"
	"strings"
	"testing"
	"time"
)

func TestJQ(t *testing.T) {
	const document = `{"id":"4711","big":12345678901234567890,"alarms":[{"severity":"MAJOR","count":2},{"severity":"MINOR","count":1}]}`
	for _, tc := range []struct{ program, want, wrong string }{
		{".id", `"4711"`, ""},
		{".alarms[].count", `[2,1]`, ""},
		{".alarms | map(.count) | add", `3`, ""},
		{".big", `12345678901234567890`, ""},
		{"empty", `[]`, ""},
		{".nothing", `null`, ""},
		{".alarms[", "", "not complete"},
		{".alarms]", "", "unexpected token"},
		{".id | foo", "", "function not defined"},
		{".id | .x", "", "expected an object"},
		{"range(1; infinite)", "", "more than 10000"},
		{"def f: f; f", "", "too long"},
		{"1 | halt", `[]`, ""},
	} {
		ctx, cancel := context.WithCancel(t.Context())
		if tc.wrong == "too long" {
			ctx, cancel = context.WithTimeout(ctx, 50*time.Millisecond) // it never ends by itself
		}
		got, err := runJQ(ctx, tc.program, []byte(document))
		cancel()
		switch {
		case tc.wrong == "" && (err != nil || string(got) != tc.want):
			t.Errorf("%s gives %s, %v, want %s", tc.program, got, err, tc.want)
		case tc.wrong != "" && (err == nil || !strings.Contains(err.Error(), tc.wrong)):
			t.Errorf("%s: error %v, want %q in it", tc.program, err, tc.wrong)
		}
	}
}
