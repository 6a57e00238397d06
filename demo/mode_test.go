package demo_test

import (
	"testing"

	"c8yx/demo"
)

func TestTransientUpdatesAreForgotten(t *testing.T) {
	b := start(t, demo.Options{})
	device := b.device("Pump", "com_cumulocity_model_Agent")
	source := `{"source":{"id":"` + device + `"},"type":"t","text":"x","severity":"MAJOR","time":"2026-02-02"}`
	for path, status := range map[string]string{
		objects + "/" + device:                               "",
		"/alarm/alarms/" + b.create("/alarm/alarms", source): "ACKNOWLEDGED",
		"/event/events/" + b.create("/event/events", source): "",
		"/devicecontrol/operations/" + b.create("/devicecontrol/operations", `{"deviceId":"`+device+`","c8y_Restart":{}}`): "EXECUTING",
	} {
		patch := `{"note":"n"}`
		if status != "" {
			patch = `{"note":"n","status":"` + status + `"}`
		}
		if a := b.with("X-Cumulocity-Processing-Mode", "TRANSIENT").want(200, "PUT", path, patch); a.text("note") != "n" || a.text("status") != status {
			t.Errorf("%s: %s", path, a.body)
		}
		if a := b.get(path); a.at("note") != nil || status != "" && a.text("status") == status {
			t.Errorf("%s kept %s", path, a.body)
		}
		b.with("X-Cumulocity-Processing-Mode", "QUIESCENT").want(200, "PUT", path, patch)
		if a := b.get(path); a.text("note") != "n" {
			t.Errorf("%s did not keep %s", path, a.body)
		}
	}
}
