package demo_test

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"c8yx/demo"
)

// Operations of the company's past are stuck for every reason there is, and the tenant's data shows which it is.
func TestWhyOperationsAreStuck(t *testing.T) {
	type operation struct {
		ID, DeviceID, Status, CreationTime string
		asks                               []string // its fragments
	}
	type device struct {
		agent, available, measuring, heard bool
		parents                            []string
		supported                          []string
	}
	b := start(t, demo.Options{Devices: 240})
	read := func(path, list string, each func(raw json.RawMessage)) {
		var page map[string]json.RawMessage
		var elements []json.RawMessage
		if err := json.Unmarshal(b.get(path).body, &page); err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(page[list], &elements); err != nil {
			t.Fatal(err)
		}
		for _, element := range elements {
			each(element)
		}
	}
	lastHour := time.Now().Add(-time.Hour).UTC().Format(time.RFC3339)
	devices := map[string]device{}
	look := func(id string) device {
		if known, found := devices[id]; found {
			return known
		}
		a := b.get(objects + "/" + id + "?withParents=true")
		at := device{agent: a.at("com_cumulocity_model_Agent") != nil, heard: a.text("c8y_Availability", "lastMessage") > a.text("creationTime"), available: a.text("c8y_Availability", "status") == "AVAILABLE"}
		at.measuring = b.get(measurements+"?pageSize=1&dateFrom="+lastHour+"&source="+id).at("measurements", 0) != nil
		for i := 0; a.at("c8y_SupportedOperations", i) != nil; i++ {
			at.supported = append(at.supported, a.text("c8y_SupportedOperations", i))
		}
		for i := 0; a.at("deviceParents", "references", i) != nil; i++ {
			at.parents = append(at.parents, a.text("deviceParents", "references", i, "managedObject", "id"))
		}
		devices[id] = at
		return at
	}
	// An agent is what a device and whatever hangs below it fetches operations by.
	agentOf := func(id string) string {
		for at := id; ; {
			d := look(at)
			if d.agent || len(d.parents) == 0 {
				return at
			}
			at = d.parents[0]
		}
	}
	executing := map[string]string{} // when the agent began something that it has not ended
	parse := func(raw json.RawMessage) (op operation) {
		var doc map[string]any
		if json.Unmarshal(raw, &op) != nil || json.Unmarshal(raw, &doc) != nil {
			t.Fatalf("operation %s", raw)
		}
		for name := range maps.Keys(doc) {
			if strings.HasPrefix(name, "c8y_") {
				op.asks = append(op.asks, name)
			}
		}
		return op
	}
	read("/devicecontrol/operations?status=EXECUTING&pageSize=2000", "operations", func(raw json.RawMessage) {
		op := parse(raw)
		executing[agentOf(op.DeviceID)] = op.CreationTime
	})
	count := map[string]int{}
	read("/devicecontrol/operations?status=PENDING&pageSize=2000", "operations", func(raw json.RawMessage) {
		op := parse(raw)
		id := agentOf(op.DeviceID)
		agent, asked := look(id), look(op.DeviceID)
		since, busy := executing[id]
		known := slices.ContainsFunc(op.asks, func(name string) bool { return slices.Contains(asked.supported, name) })
		switch {
		case !agent.agent:
			count["it is no agent any more"]++
		case !agent.heard:
			count["it has said nothing since it was registered"]++
		case !agent.available && agent.measuring:
			count["only an application speaks for it"]++
		case !agent.available:
			count["it is offline"]++
		case busy && since < op.CreationTime:
			count["it executes an older one"]++
		case !known && len(asked.supported) > 0:
			count["it does not know what is asked"]++
		case op.CreationTime < lastHour:
			count["it does not fetch"]++
		}
	})
	for _, reason := range []string{
		"it is no agent any more", "it has said nothing since it was registered", "only an application speaks for it", "it is offline", "it executes an older one", "it does not know what is asked",
		"it does not fetch",
	} {
		if count[reason] == 0 {
			t.Errorf("no operation is stuck because %s", reason)
		}
	}
}
