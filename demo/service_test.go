package demo_test

import (
	"testing"

	"c8yx/demo"
)

func TestLoggersOfAMicroservice(t *testing.T) {
	b := start(t, demo.Options{})
	const loggers, worker = "/service/energy-report/loggers", "/service/energy-report/loggers/example.energy.report.worker"
	a := b.get(loggers)
	if a.text("loggers", "ROOT", "configuredLevel") != "INFO" || a.text("loggers", "org.springframework.web", "effectiveLevel") != "WARN" || a.text("levels", 5) != "TRACE" {
		t.Errorf("loggers %s", a.body)
	}
	if a := b.get(worker); a.at("configuredLevel") != nil || a.text("effectiveLevel") != "DEBUG" {
		t.Errorf("a logger below another one %s", a.body)
	}
	b.want(204, "POST", worker, `{"configuredLevel":"trace"}`)
	b.want(204, "POST", loggers+"/com.cumulocity", `{"configuredLevel":"ERROR"}`)
	b.want(204, "POST", loggers+"/example.new", `{"configuredLevel":"OFF"}`)
	a = b.get(loggers)
	for name, want := range map[string]string{
		"example.energy.report.worker": "TRACE", "com.cumulocity": "ERROR", "com.cumulocity.microservice": "ERROR", "example.new": "OFF", "org.springframework.web": "WARN",
	} {
		if got := a.text("loggers", name, "effectiveLevel"); got != want {
			t.Errorf("%s: level %s, want %s", name, got, want)
		}
	}
	b.want(204, "POST", worker, `{"configuredLevel":null}`)
	if a := b.get(worker); a.text("effectiveLevel") != "DEBUG" {
		t.Errorf("back to the one above: %s", a.body)
	}
	b.want(400, "POST", worker, `{"configuredLevel":"LOUD"}`)
	b.want(400, "POST", loggers+"/ROOT", `{}`)
	b.want(404, "GET", loggers+"/none", nil)
	b.want(404, "GET", "/service/none/loggers", nil)
	b.as("reader:demo-Reader.1").want(403, "POST", worker, `{"configuredLevel":"INFO"}`)
}
