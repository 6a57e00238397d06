package process_test

import (
	"fmt"
	"runtime"
	"testing"
)

// recorder is a test that is allowed to fail: it keeps the message. Everything
// else it leaves to the real test.
type recorder struct {
	testing.TB
	message string
}

func (r *recorder) Fatal(args ...any) {
	r.message = fmt.Sprint(args...)
	runtime.Goexit()
}

func (r *recorder) Fatalf(format string, args ...any) { r.Fatal(fmt.Sprintf(format, args...)) }
