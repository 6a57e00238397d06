package cmd

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"c8yx/cmd/story"
	"c8yx/demo"
)

// machines makes so many devices of a type of their own.
func machines(s *story.Story, n int) {
	for i := range n {
		s.Tenant.Post("/inventory/managedObjects", map[string]any{
			"name": fmt.Sprintf("=Kopie %d", i+1), "type": "hv_Copy", "c8y_IsDevice": map[string]any{}, "hv_Rank": i + 1,
		})
	}
}

// Everything that the tenant has at a place goes into a file: all pages, with the columns as shown,
// and nothing in it is a formula to a spreadsheet.
func TestStoryOfAnExport(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	tell(t, story.Options{Place: "overview"}, func(s *story.Story) {
		machines(s, 120)
		s.Open("devices?type=hv_Copy")
		s.See("120 devices")
		s.Press("w")
		s.See("Export devices", "everything here that the tenant has", "csv")
		s.Press("tab", "tab")
		retype(s, folder+"/"+strings.Repeat("n", 300)+".csv")
		s.Press("enter")
		s.See("Save as", "the name is too long") // beside the field, and nothing has begun
		retype(s, folder+"/all.csv")
		s.Press("enter")
		s.See("Saved", "120 devices, as")
		records, err := csv.NewReader(strings.NewReader(read(t, folder+"/all.csv"))).ReadAll()
		if err != nil || len(records) != 121 || records[0][0] != "name" || records[1][0] != "'=Kopie 1" {
			t.Fatalf("%d records, %v", len(records), err)
		}

		// What is marked, as whole documents.
		s.Press("esc", "space", "space")
		s.See("2 marked")
		s.Press("w")
		s.See("the 2 devices marked")
		s.Press("tab", "right", "right", "tab") // NDJSON, of each …
		s.See("the columns as shown")
		s.Press("right", "tab")
		retype(s, folder+"/marked.csv") // the name goes by the format
		s.Press("enter")
		s.See("Saved", "marked.ndjson")
		lines := strings.Split(strings.TrimSpace(read(t, folder+"/marked.ndjson")), "\n")
		if len(lines) != 2 {
			t.Fatalf("%d lines", len(lines))
		}
		for i, line := range lines {
			var document struct {
				Name, ID string
				Rank     int `json:"hv_Rank"`
			}
			if err := json.Unmarshal([]byte(line), &document); err != nil || document.Name != fmt.Sprintf("=Kopie %d", i+1) || document.Rank != i+1 {
				t.Errorf("%v: %s", err, line)
			}
			if got := s.Tenant.Get("/inventory/managedObjects/" + document.ID)["hv_Rank"]; got != float64(i+1) {
				t.Errorf("the tenant has %v", got)
			}
		}

		// What the filter shows, with a fragment as a column.
		s.Press("esc", "U", "/")
		s.Type("name~11")
		s.Press("enter")
		s.See("11 match")
		s.Press("w", "right")
		s.See("the 11 devices loaded and shown")
		s.Press("tab", "right", "tab", "tab")
		retype(s, folder+"/shown.json")
		s.Press("enter")
		s.See("Saved 11 devices")
		var objects []map[string]any
		if err := json.Unmarshal([]byte(read(t, folder+"/shown.json")), &objects); err != nil || len(objects) != 11 || objects[0]["name"] != "=Kopie 11" {
			t.Errorf("%v, %d objects: %v", err, len(objects), objects[0])
		}
		if got := namesIn(t, folder); got != "all.csv marked.ndjson shown.json" {
			t.Errorf("the folder has %s", got)
		}
	})
}

// An export shows how far it is, can be paused and given up, and asks before it replaces a file.
func TestStoryOfALongExport(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	if err := os.WriteFile(folder+"/all.csv", []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	tell(t, story.Options{Place: "overview"}, func(s *story.Story) {
		machines(s, 110)
		s.Open("devices?type=hv_Copy")
		s.See("110 devices")
		s.Demo.SetFaults(demo.Fault{Kind: demo.Slow, Path: readings, After: 20 * time.Second})
		s.Press("w", "tab", "tab")
		retype(s, folder+"/all.csv")
		s.Press("enter")
		s.See("is there already")
		s.Press("r")
		s.See("⇅ 1 transfer")
		s.Open("transfers")
		s.Row("all.csv").Has("moving", "⇣ Devices")
		s.Press("P")
		s.Row("all.csv").Has("paused")
		s.Press("P")
		s.Row("all.csv").Has("moving")
		s.Press("X")
		s.Row("all.csv").Has("cancelled")
		if read(t, folder+"/all.csv") != "mine" || namesIn(t, folder) != "all.csv" {
			t.Errorf("the folder has %s", namesIn(t, folder))
		}
		s.Demo.SetFaults(demo.Fault{Kind: demo.ServerError, Path: readings})
		s.Open("devices?type=hv_Copy")
		s.Press("w", "tab", "tab")
		retype(s, folder+"/again.csv")
		s.Press("enter")
		s.Open("transfers")
		s.Row("again.csv").Has("failed")
		s.Demo.SetFaults()
		s.Press("R")
		s.Row("again.csv").Has("done")
		aside(s, func() { s.See("110 devices") })
		if lines := strings.Count(read(t, folder+"/again.csv"), "\r\n"); lines != 111 {
			t.Errorf("%d lines", lines)
		}
	})
}

// A window of measurements goes into a file as the device sent them: a row for each moment.
func TestStoryOfExportingMeasurements(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	tell(t, story.Options{Place: "overview"}, func(s *story.Story) {
		press := s.Tenant.Post("/inventory/managedObjects", map[string]any{"name": "Presse 99", "c8y_IsDevice": map[string]any{}})["id"].(string)
		for minute := range 5 {
			s.Tenant.Post("/measurement/measurements", map[string]any{
				"source": map[string]any{"id": press}, "type": "hv_Oil", "time": fmt.Sprintf("2026-03-02T08:5%d:00.000Z", minute),
				"hv_Oil": map[string]any{"P": map[string]any{"value": 180.5 + float64(minute), "unit": "bar"}, "T": map[string]any{"value": -3, "unit": "C"}},
			})
		}
		s.Open("measurements/" + press + "?last=1h")
		s.See("hv_Oil.P", "hv_Oil.T")
		s.Press("w")
		s.See("Export measurements", "Presse 99", "all 2 series")
		s.Press("tab", "tab")
		retype(s, folder+"/oil.csv")
		s.Press("enter")
		s.See("Saved measurements of Presse 99, 5 measurements")
		records, err := csv.NewReader(strings.NewReader(read(t, folder+"/oil.csv"))).ReadAll()
		if err != nil || len(records) != 6 {
			t.Fatalf("%d records, %v", len(records), err)
		}
		if got := strings.Join(records[0], " "); got != "time type hv_Oil.P hv_Oil.T" {
			t.Errorf("the header is %s", got)
		}
		if got := strings.Join(records[5], " "); got != "2026-03-02T08:54:00Z hv_Oil 184.5 -3" {
			t.Errorf("the last row is %s", got)
		}

		// A window of several days is read day by day.
		s.Tenant.Post("/measurement/measurements", map[string]any{
			"source": map[string]any{"id": press}, "type": "hv_Oil", "time": "2026-02-27T17:00:00.000Z", "hv_Oil": map[string]any{"P": map[string]any{"value": 1}},
		})
		s.Open("measurements/" + press + "?last=7d")
		s.See("hv_Oil.P")
		s.Press("w", "tab", "tab")
		retype(s, folder+"/week.csv")
		s.Press("enter")
		s.See("Saved measurements of Presse 99, 6 measurements")
		records, err = csv.NewReader(strings.NewReader(read(t, folder+"/week.csv"))).ReadAll()
		if err != nil || len(records) != 7 || !strings.HasPrefix(records[1][0], "2026-02-27") || !strings.HasPrefix(records[6][0], "2026-03-02T08:54") {
			t.Errorf("%v, %v", records, err)
		}
	})
}
