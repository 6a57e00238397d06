package fault_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"c8yx/c8yclient"
	"c8yx/views/fault"
)

func TestWordsForFailures(t *testing.T) {
	for _, tc := range []struct {
		err       error
		short     string
		explains  string
		transient bool
	}{
		{fmt.Errorf("reading alarms: %w", c8yclient.ErrForbidden), "access denied", "lacks a permission", false},
		{c8yclient.ErrRateLimited, "too many requests", "by itself", true},
		{fmt.Errorf("x: %w", c8yclient.ErrTransport), "no answer", "tries again", true},
		{context.DeadlineExceeded, "no answer in time", "tries again", true},
		{errors.New("odd \x1b[2J thing"), "failed", "odd ␛[2J thing", false},
	} {
		if got := fault.Short(tc.err); string(got) != tc.short {
			t.Errorf("%v: short %q, want %q", tc.err, got, tc.short)
		}
		if got := fault.Explain(tc.err); !strings.Contains(string(got), tc.explains) {
			t.Errorf("%v: explained as %q, want %q in it", tc.err, got, tc.explains)
		}
		if fault.Transient(tc.err) != tc.transient {
			t.Errorf("%v: transient %v", tc.err, !tc.transient)
		}
	}
	if fault.Explain(nil) != "" {
		t.Error("no failure is explained")
	}
}
