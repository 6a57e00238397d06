package demo_test

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
	"testing"

	"c8yx/demo"
)

// measured makes a device with two measurements.
func measured(b *bench) (device string) {
	device = b.device("Pump & Co")
	for _, values := range []string{
		`"time":"2026-02-02T09:00:00Z","f":{"T":{"value":20,"unit":"C"},"n":{"value":1.50}}`, `"time":"2026-02-02T10:30:00Z","f":{"T":{"value":-40,"unit":"C"}}`,
	} {
		b.want(201, "POST", "/measurement/measurements", `{"source":{"id":"`+device+`"},"type":"t",`+values+`}`)
	}
	b.want(201, "POST", "/measurement/measurements", `{"source":{"id":"`+device+`"},"type":"t","time":"2026-02-02T11:00:00Z","f":{"T":{"value":30,"unit":"C"}}}`)
	return device
}

func TestMeasurementsAreExported(t *testing.T) {
	b := start(t, demo.Options{})
	device := measured(b)
	const path = "/measurement/measurements?pageSize=2"
	csv := b.with("Accept", "text/csv").get(path)
	want := "time,source,device_name,fragment.series,value,unit\n2026-02-02T09:00:00.000Z," + device + ",Pump & Co,f.T,20,C\n" +
		"2026-02-02T09:00:00.000Z," + device + ",Pump & Co,f.n,1.50,\n2026-02-02T10:30:00.000Z," + device + ",Pump & Co,f.T,-40,C\n"
	if string(csv.body) != want {
		t.Errorf("CSV\n%s\nwant\n%s", csv.body, want)
	}
	for _, media := range []string{"application/vnd.ms-excel", "application/xlsx"} {
		a := b.with("Accept", media).get(path)
		archive, err := zip.NewReader(bytes.NewReader(a.body), int64(len(a.body)))
		if err != nil || a.Header.Get("Content-Type") != media {
			t.Fatalf("%s: %v, %v", media, err, a.Header)
		}
		file, err := archive.Open("xl/worksheets/sheet1.xml")
		if err != nil {
			t.Fatal(err)
		}
		if text, _ := io.ReadAll(file); !strings.Contains(string(text), "<is><t>Pump &amp; Co</t></is>") || !strings.Contains(string(text), "<c><v>1.50</v></c>") {
			t.Errorf("%s: %s", media, text)
		}
	}
	stream := b.with("Accept", "application/json-stream").get(path)
	if lines := strings.Split(strings.TrimSpace(string(stream.body)), "\n"); len(lines) != 2 || !strings.HasPrefix(lines[0], `{"id":`) {
		t.Errorf("stream %s", stream.body)
	}
	b.with("Accept", "image/png").want(406, "GET", path, nil)
}

func TestUnits(t *testing.T) {
	b := start(t, demo.Options{})
	device := measured(b)
	const path = "/measurement/measurements"
	for system, want := range map[string]string{"imperial": "68 F", "metric": "20 C", "": "20 C"} {
		b := b.with("X-Cumulocity-System-Of-Units", system)
		list := b.get(path + "?dateFrom=2026-02-02T09:00:00Z&dateTo=2026-02-02T09:30:00Z")
		document := b.get(path + "/" + list.text("measurements", 0, "id"))
		for _, got := range []string{
			list.text("measurements", 0, "f", "T", "value") + " " + list.text("measurements", 0, "f", "T", "unit"),
			document.text("f", "T", "value") + " " + document.text("f", "T", "unit"),
		} {
			if got != want {
				t.Errorf("%s: %s, want %s", system, got, want)
			}
		}
	}
	series := b.with("X-Cumulocity-System-Of-Units", "imperial").get(path + "/series?source=" + device + "&dateFrom=2026-02-02&dateTo=2026-02-03&series=f.T")
	if series.text("series", 0, "unit") != "F" || !strings.Contains(string(series.body), `"min":-40`) || !strings.Contains(string(series.body), `"min":86`) {
		t.Errorf("series %s", series.body)
	}
}

func TestLatestValues(t *testing.T) {
	b := start(t, demo.Options{})
	device := measured(b)
	a := b.get(objects + "/" + device + "?withLatestValues=true")
	got := strings.Join([]string{
		a.text("c8y_LatestMeasurements", "f", "T", "value"), a.text("c8y_LatestMeasurements", "f", "T", "time"), a.text("c8y_LatestMeasurements", "f", "n", "value"),
		a.text("c8y_PreviousMeasurements", "f", "T", "value"), a.text("c8y_PreviousMeasurements", "f", "n"),
	}, " ")
	if got != "30 2026-02-02T11:00:00.000Z 1.50 -40 " {
		t.Errorf("latest %s", got)
	}
	if a := b.get(objects + "?withLatestValues=true&fragmentType=c8y_IsDevice"); a.text("managedObjects", 0, "c8y_LatestMeasurements", "f", "T", "unit") != "C" {
		t.Errorf("list %s", a.body)
	}
	if a := b.get(objects + "/" + device); a.at("c8y_LatestMeasurements") != nil {
		t.Errorf("unasked %s", a.body)
	}
	b.want(204, "DELETE", "/tenant/options/measurement.series.latestvalue/*", nil)
	if a := b.get(objects + "/" + device + "?withLatestValues=true"); a.text("c8y_LatestMeasurements") != "map[]" {
		t.Errorf("switched off %s", a.body)
	}
}
