package demo_test

import (
	"fmt"
	"strings"
	"testing"

	"c8yx/demo"
)

const measurements = "/measurement/measurements"

func measurement(source, at, series string) string {
	return fmt.Sprintf(`{"source":{"id":"%s"},"type":"c8y_T","time":"%s",%s}`, source, at, series)
}

func TestMeasurements(t *testing.T) {
	b := start(t, demo.Options{})
	device := b.device("Pump")
	a := b.want(201, "POST", measurements, measurement(device, "2026-02-02T09:30:00+01:00", `"c8y_T":{"T":{"value":21.50,"unit":"C"}},"custom":{"any":1}`))
	id := a.text("id")
	if !strings.Contains(string(a.body), `"value":21.50`) || a.text("time") != "2026-02-02T09:30:00.000+01:00" || a.text("custom", "any") != "1" || a.at("source", "name") != nil {
		t.Errorf("created %s", a.body)
	}
	if got := b.get(measurements + "/" + id).text("id"); got != id {
		t.Errorf("got %s", got)
	}
	collection := b.with("Content-Type", "application/vnd.com.nsn.cumulocity.measurementCollection+json")
	list := `{"measurements":[` + measurement(device, "2026-02-02T10:00:00Z", `"c8y_T":{"T":{"value":1}}`) + `,` + measurement(device, "2026-02-02T07:00:00Z", `"c8y_H":{"H":{"value":2}}`) + `]}`
	if a := collection.want(201, "POST", measurements, list); len(strings.Fields(a.all("measurements", "id"))) != 2 {
		t.Errorf("created %s", a.body)
	}
	before := b.get(measurements+"?pageSize=1&withTotalElements=true").text("statistics", "totalElements")
	collection.want(422, "POST", measurements, strings.Replace(list, device, "1", 1)) // one bad element fails all
	collection.want(422, "POST", measurements, `{"measurements":[]}`)
	b.want(422, "POST", measurements, measurement(device, "2026-02-02T07:00:00Z", `"c8y_T":{"bad name":{"value":1}}`))
	b.want(422, "POST", measurements, `{"source":{"id":"`+device+`"},"type":"x"}`)
	if after := b.get(measurements+"?pageSize=1&withTotalElements=true").text("statistics", "totalElements"); after != before || before != "3" {
		t.Errorf("refused measurements were stored: %s, then %s", before, after)
	}
	for _, test := range []struct{ query, want string }{
		{"", "07:00 09:30 10:00"}, // oldest first
		{"revert=true", "07:00 09:30 10:00"},
		{"dateFrom=1970-01-01&revert=true", "10:00 09:30 07:00"},
		{"dateFrom=1970-01-01&revert=true&pageSize=1", "10:00"},
		{"source=" + device + "&dateFrom=2026-02-02T08:30:00Z&dateTo=2026-02-02T10:00:00Z", "09:30"},
		{"source=1", ""},
		{"type=other", ""},
		{"valueFragmentType=c8y_T", "09:30 10:00"},
		{"valueFragmentType=c8y_T&valueFragmentSeries=T", "09:30 10:00"},
		{"valueFragmentSeries=H", "07:00"},
		{"fragmentType=custom", "09:30"},
	} {
		var times []string
		for at := range strings.FieldsSeq(b.get(measurements+"?"+test.query).all("measurements", "time")) {
			times = append(times, at[11:16])
		}
		if got := strings.Join(times, " "); got != test.want {
			t.Errorf("%s: %s, want %s", test.query, got, test.want)
		}
	}
	csv := b.with("Accept", "text/csv").get(measurements + "?source=" + device)
	want := "time,source,device_name,fragment.series,value,unit\n2026-02-02T07:00:00.000Z," + device + ",Pump,c8y_H.H,2,\n2026-02-02T09:30:00.000+01:00," + device + ",Pump,c8y_T.T,21.50,C\n"
	if !strings.HasPrefix(string(csv.body), want) || !strings.HasPrefix(csv.Header.Get("Content-Type"), "text/csv") {
		t.Errorf("CSV %s, %q", csv.Header.Get("Content-Type"), csv.body)
	}
	if got := string(b.get(objects + "/" + device + "/supportedMeasurements").body); got != `{"c8y_SupportedMeasurements":["c8y_T","c8y_H"]}` {
		t.Errorf("supported measurements %s", got)
	}
	if got := string(b.get(objects + "/" + device + "/supportedSeries").body); got != `{"c8y_SupportedSeries":["c8y_T.T","c8y_H.H"]}` {
		t.Errorf("supported series %s", got)
	}
	b.want(204, "DELETE", measurements+"/"+id, nil)
	b.want(404, "GET", measurements+"/"+id, nil)
	b.want(422, "DELETE", measurements, nil)
	b.want(422, "DELETE", measurements+"?dateTo=2026-02-02T07:30:00Z", nil) // full hours only
	b.want(204, "DELETE", measurements+"?dateTo=2026-02-02T08:00:00Z&source="+device, nil)
	if got := b.get(measurements).all("measurements", "time"); got != "2026-02-02T10:00:00.000Z" {
		t.Errorf("left %s", got)
	}
}

func TestSeries(t *testing.T) {
	b := start(t, demo.Options{})
	device := b.device("Pump")
	for at, series := range map[string]string{
		"2026-02-01T23:59:59.500Z":      `"f":{"a":{"value":1,"unit":"C"}}`,
		"2026-02-02T00:00:10.000Z":      `"f":{"a":{"value":2,"unit":"C"},"b":{"value":10}}`,
		"2026-02-02T00:00:50.000Z":      `"f":{"a":{"value":4,"unit":"C"}}`,
		"2026-02-02T02:30:00.000+01:00": `"f":{"b":{"value":20}},"g":{"c":{"value":-1.5}},"note":{"text":"no series"}`,
	} {
		b.create(measurements, measurement(device, at, series))
	}
	const all = "&dateFrom=2026-01-01&dateTo=2026-03-01"
	for _, test := range []struct{ query, want string }{
		{"", `{"values":{"2026-02-01T23:59:59.500Z":[{"min":1,"max":1},null,null],"2026-02-02T00:00:10.000Z":[{"min":2,"max":2},{"min":10,"max":10},null],` +
			`"2026-02-02T00:00:50.000Z":[{"min":4,"max":4},null,null],"2026-02-02T02:30:00.000+01:00":[null,{"min":20,"max":20},{"min":-1.5,"max":-1.5}]},` +
			`"series":[{"unit":"C","name":"a","type":"f"},{"name":"b","type":"f"},{"name":"c","type":"g"}],"truncated":false}`},
		{"&series=f.b&aggregationType=DAILY", `{"values":{"2026-02-02T00:00:00.000Z":[{"min":10,"max":20}]},"series":[{"name":"b","type":"f"}],"truncated":false}`},
		{"&series=f.a&aggregationType=HOURLY", `{"values":{"2026-02-01T23:00:00.000Z":[{"min":1,"max":1}],"2026-02-02T00:00:00.000Z":[{"min":2,"max":4}]},"series":[{"unit":"C","name":"a","type":"f"}],"truncated":false}`},
		{"&series=f.a&aggregationType=MINUTELY&revert=true", `{"values":{"2026-02-02T00:00:00.000Z":[{"min":2,"max":4}],"2026-02-01T23:59:00.000Z":[{"min":1,"max":1}]},"series":[{"unit":"C","name":"a","type":"f"}],"truncated":false}`},
		{"&series=f.a&aggregationInterval=1y&aggregationFunction=avg&aggregationFunction=count&aggregationFunction=sum", `{"values":{"2026-01-01T00:00:00.000Z":[{"avg":2.3333333333333335,"count":3,"sum":7}]},"series":[{"unit":"C","name":"a","type":"f"}],"truncated":false}`},
		{"&series=f.a&aggregationInterval=30s&aggregationFunction=stdDevPop", `{"values":{"2026-02-01T23:59:30.000Z":[{"stdDevPop":0}],"2026-02-02T00:00:00.000Z":[{"stdDevPop":0}],"2026-02-02T00:00:30.000Z":[{"stdDevPop":0}]},"series":[{"unit":"C","name":"a","type":"f"}],"truncated":false}`},
		{"&series=f.a&aggregationInterval=1w", `{"values":{"2026-01-26T00:00:00.000Z":[{"min":1,"max":1}],"2026-02-02T00:00:00.000Z":[{"min":2,"max":4}]},"series":[{"unit":"C","name":"a","type":"f"}],"truncated":false}`},
		{"&series=f.a&aggregationInterval=1M", `{"values":{"2026-02-01T00:00:00.000Z":[{"min":1,"max":4}]},"series":[{"unit":"C","name":"a","type":"f"}],"truncated":false}`},
		{"&series=f.a&aggregationInterval=2q", `{"values":{"2026-01-01T00:00:00.000Z":[{"min":1,"max":4}]},"series":[{"unit":"C","name":"a","type":"f"}],"truncated":false}`},
		{"&series=f.none", `{"values":{},"series":[],"truncated":false}`},
	} {
		if got := string(b.get(measurements + "/series?source=" + device + all + test.query).body); got != test.want {
			t.Errorf("%s\n got %s\nwant %s", test.query, got, test.want)
		}
	}
	for query, status := range map[string]int{
		"source=" + device: 422, "source=" + device + all + "&aggregationFunction=avg": 400, "source=" + device + all + "&aggregationInterval=0h": 400,
		"source=" + device + all + "&aggregationInterval=h": 400, "source=" + device + all + "&aggregationInterval=1000d": 400,
		"source=" + device + all + "&aggregationInterval=1x": 400, "source=" + device + all + "&aggregationType=WEEKLY": 400,
		"source=" + device + all + "&aggregationInterval=1h&aggregationFunction=median": 400, "source=1" + all: 404,
	} {
		b.want(status, "GET", measurements+"/series?"+query, nil)
	}
}

func TestSeriesAreCutAt5000(t *testing.T) {
	b := start(t, demo.Options{})
	device := b.device("Pump")
	var list strings.Builder
	for i := range 5001 {
		if i > 0 {
			list.WriteByte(',')
		}
		list.WriteString(measurement(device, fmt.Sprintf("2026-02-02T%02d:%02d:%02dZ", i/3600, i/60%60, i%60), fmt.Sprintf(`"f":{"a":{"value":%d}}`, i)))
	}
	b.with("Accept", "").want(201, "POST", measurements, `{"measurements":[`+list.String()+`]}`)
	path := measurements + "/series?dateFrom=2026-01-01&dateTo=2026-03-01&source=" + device
	a := b.get(path)
	rows, _ := a.at("values").(map[string]any)
	if len(rows) != 5000 || a.text("truncated") != "true" || rows["2026-02-02T01:23:20.000Z"] != nil {
		t.Errorf("%d rows, truncated %s", len(rows), a.text("truncated"))
	}
	a = b.get(path + "&revert=true")
	if rows, _ := a.at("values").(map[string]any); len(rows) != 5000 || rows["2026-02-02T00:00:00.000Z"] != nil {
		t.Errorf("reverted: %d rows", len(rows))
	}
	if a := b.get(path + "&aggregationType=HOURLY"); a.text("truncated") != "false" {
		t.Error("an aggregated table of two rows was cut")
	}
}
