package demotest_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"c8yx/demo"
	"c8yx/demo/demotest"
)

// test is a test inside a test: it remembers that it has failed.
type test struct {
	failure string
	cleanup []func()
}

func (t *test) Helper()                           {}
func (t *test) Cleanup(f func())                  { t.cleanup = append(t.cleanup, f) }
func (t *test) Fatalf(format string, args ...any) { t.failure = fmt.Sprintf(format, args...) }

func (t *test) end() {
	for _, f := range t.cleanup {
		f()
	}
}

func TestStart(t *testing.T) {
	tenant := demotest.Start(t, demo.Options{Devices: 30, User: "root", Password: "a-Secret.1", Life: true})
	if tenant.Admin.Name != "root" || len(tenant.Users()) < 5 {
		t.Errorf("the administrator is %+v", tenant.Admin)
	}
	if devices := tenant.Do("GET", "/inventory/managedObjects?pageSize=1", ""); !strings.Contains(devices, `"managedObjects":[{`) {
		t.Errorf("there are no devices: %s", devices)
	}
}

func TestWhatGoesWrongFailsTheTest(t *testing.T) {
	inner := new(test)
	if demotest.Start(inner, demo.Options{Devices: -1, User: "reader"}); !strings.Contains(inner.failure, `"reader"`) {
		t.Errorf("a tenant that cannot be: %q", inner.failure)
	}

	inner = new(test)
	tenant := demotest.Start(inner, demo.Options{Devices: -1})
	if tenant.Do("GET", "/inventory/managedObjects/1", ""); !strings.Contains(inner.failure, "404 Not Found") {
		t.Errorf("something that is not there: %q", inner.failure)
	}
	inner.end()
	if _, err := http.Get(tenant.URL + "/tenant/loginOptions"); err == nil { //nolint:bodyclose // there is none
		t.Error("the tenant outlives its test")
	}
}
