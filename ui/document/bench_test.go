package document_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"c8yx/theme"
	"c8yx/ui/document"
)

// fleet returns a document of about the given number of bytes that looks like a
// page of managed objects.
func fleet(size int) []byte {
	var b bytes.Buffer
	b.WriteString(`{"managedObjects":[`)
	for i := 0; b.Len() < size; i++ {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, `{"id":"%d","name":"Press %02d","owner":"device_SN-%d","creationTime":"2026-11-23T15:04:05.000Z",`+
			`"c8y_Hardware":{"serialNumber":"SN-%d","model":"HP-400","revision":"1.%d"},"c8y_IsDevice":{},`+
			`"c8y_SupportedOperations":["c8y_Restart","c8y_Software","c8y_Command"],"c8y_ActiveAlarmsStatus":{"critical":%d,"major":0},`+
			`"c8y_Position":{"lat":53.%d,"lng":9.99,"alt":12.5},"c8y_Availability":{"status":"AVAILABLE","interval":10}}`,
			4711+i, i%100, i, i, i%9, i%3, i)
	}
	b.WriteString(`]}`)
	return b.Bytes()
}

// naive is what a highlighter does: indent, split into tokens by a regular
// expression, colour all of them.
type naive struct {
	token *regexp.Regexp
	theme *theme.Theme
}

func newNaive() naive {
	return naive{
		token: regexp.MustCompile(`(?s)("(?:\\.|[^"\\])*")(\s*:)?|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|(true|false|null)|.`),
		theme: dark,
	}
}

func (n naive) colour(doc []byte) string {
	var indented bytes.Buffer
	if json.Indent(&indented, doc, "", "  ") != nil {
		return ""
	}
	text := indented.String()
	var b strings.Builder
	for _, m := range n.token.FindAllStringSubmatchIndex(text, -1) {
		role := theme.Text
		switch {
		case m[4] >= 0:
			role = theme.Fragment
		case m[2] >= 0:
			role = theme.Value
		case m[6] >= 0:
			role = theme.Number
		case m[8] >= 0:
			role = theme.Keyword
		}
		b.WriteString(n.theme.Render(role, text[m[0]:m[1]]))
	}
	return b.String()
}

// BenchmarkOpen opens a document of 730 KB and draws its first frame, everything
// unfolded. The metric naive/own says how many times longer it takes to colour
// all of it. Budget: 10 ms.
func BenchmarkOpen(b *testing.B) {
	doc := fleet(730_000)
	v := document.New()
	v.Resize(200, 50)
	v.UnfoldAll()
	b.SetBytes(int64(len(doc)))
	b.ReportAllocs()
	for b.Loop() {
		v.Open(doc)
		v.UnfoldAll()
		v.Render(dark)
	}
	own := b.Elapsed() / time.Duration(b.N)

	n := newNaive()
	start := time.Now()
	if len(n.colour(doc)) < len(doc) {
		b.Fatal("the naive side did nothing")
	}
	b.ReportMetric(float64(time.Since(start))/float64(own), "naive/own")
}

// BenchmarkScroll draws a frame one line further down in documents of several
// sizes: it must cost the same. Budget: 0.2 ms.
func BenchmarkScroll(b *testing.B) {
	for _, size := range []int{10_000, 730_000, 10_000_000} {
		b.Run(fmt.Sprint(size/1000, "KB"), func(b *testing.B) {
			v := document.New()
			v.Resize(200, 50)
			v.Open(fleet(size))
			v.UnfoldAll()
			b.ReportAllocs()
			for b.Loop() {
				if line, total := v.Position(); line == total {
					v.Top()
				}
				v.Scroll(1)
				v.Render(dark)
			}
		})
	}
}

// BenchmarkUnchanged asks for a frame that was drawn already. Budget: 20 µs.
func BenchmarkUnchanged(b *testing.B) {
	v := document.New()
	v.Resize(200, 50)
	v.Open(fleet(730_000))
	v.Render(dark)
	b.ReportAllocs()
	for b.Loop() {
		v.Render(dark)
	}
}

// BenchmarkSearch types one letter of a search through 730 KB.
func BenchmarkSearch(b *testing.B) {
	v := document.New()
	v.Resize(200, 50)
	v.Open(fleet(730_000))
	b.ReportAllocs()
	for b.Loop() {
		v.Search("serialn")
		v.Search("serialnumber")
		v.Render(dark)
	}
}

// BenchmarkFold folds and unfolds a value of 730 KB.
func BenchmarkFold(b *testing.B) {
	v := document.New()
	v.Resize(200, 50)
	v.Open(fleet(730_000))
	v.GoTo("managedObjects")
	b.ReportAllocs()
	for b.Loop() {
		v.Toggle()
		v.Render(dark)
	}
}
