package demo

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"encoding/xml"
	"fmt"
	"io"
	"strings"

	"c8yx/demo/rawjson"
	"c8yx/demo/store"
)

// The media types in which measurements are given away beside JSON.
const (
	mediaCSV    = "text/csv"
	mediaExcel  = "application/vnd.ms-excel"
	mediaXLSX   = "application/xlsx"
	mediaStream = "application/json-stream"
)

// exportType returns what a client wants instead of a collection, "" if it does not.
func exportType(accept string) string {
	accept = strings.ToLower(accept)
	for _, media := range []string{mediaCSV, mediaExcel, mediaXLSX, mediaStream} {
		if strings.Contains(accept, media) {
			return media
		}
	}
	return ""
}

// export writes measurements as a table of values, or as a document per line.
func (m *measurements) export(c *call, media string, records []*store.Record) (reply, error) {
	switch media {
	case mediaStream:
		var w rawjson.Writer
		for _, record := range records {
			m.kindFor(c).write(m.platform, &w, c.base, record)
			w.Buf = append(w.Buf, '\n')
		}
		return ok(mediaStream, w.Buf), nil
	case mediaCSV:
		var text bytes.Buffer
		w := csv.NewWriter(&text)
		for line := range m.lines(c, records) {
			_ = w.Write(line)
		}
		w.Flush()
		return ok(mediaCSV+";charset=UTF-8", text.Bytes()), nil
	}
	book, err := workbook(m.lines(c, records))
	return ok(media, book), err
}

// lines walks over the table of an export: its heading, and a line per value.
func (m *measurements) lines(c *call, records []*store.Record) func(func([]string) bool) {
	return func(yield func([]string) bool) {
		if !yield([]string{"time", "source", "device_name", "fragment.series", "value", "unit"}) {
			return
		}
		for _, record := range records {
			name := ""
			if object := m.object(record.Source); object != nil {
				name = object.Text("name")
			}
			for series, cell := range store.SeriesValues(c.inUnits(&m.store.Shapes, record).Document) {
				value, _ := rawjson.Member(cell, "value")
				if !yield([]string{
					formatStamp(record.Time), record.Source.String(), name, series.Fragment + "." + series.Name, value, rawjson.Text(cell, "unit"),
				}) {
					return
				}
			}
		}
	}
}

// workbook packs a table as a spreadsheet (ECMA-376): the fewest parts that make one. The value is a number, all else is text.
func workbook(lines func(func([]string) bool)) ([]byte, error) {
	const head, relation = xml.Header, `http://schemas.openxmlformats.org/officeDocument/2006/relationships`
	const main = `http://schemas.openxmlformats.org/spreadsheetml/2006/main`
	var packed bytes.Buffer
	archive := zip.NewWriter(&packed)
	for _, part := range []struct{ name, text string }{
		{"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
			`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>` +
			`<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>` +
			`<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`},
		{"_rels/.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
			`<Relationship Id="rId1" Type="` + relation + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
		{"xl/workbook.xml", `<workbook xmlns="` + main + `" xmlns:r="` + relation + `"><sheets><sheet name="Measurements" sheetId="1" r:id="rId1"/></sheets></workbook>`},
		{"xl/_rels/workbook.xml.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
			`<Relationship Id="rId1" Type="` + relation + `/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`},
	} {
		entry, err := archive.Create(part.name)
		if err != nil {
			return nil, err
		}
		_, _ = io.WriteString(entry, head+part.text)
	}
	sheet, err := archive.Create("xl/worksheets/sheet1.xml")
	if err != nil {
		return nil, err
	}
	_, _ = io.WriteString(sheet, head+`<worksheet xmlns="`+main+`"><sheetData>`)
	row := 0
	for line := range lines {
		row++
		_, _ = io.WriteString(sheet, "<row>")
		for column, text := range line {
			if column == 4 && row > 1 {
				fmt.Fprintf(sheet, "<c><v>%s</v></c>", text)
				continue
			}
			_, _ = io.WriteString(sheet, `<c t="inlineStr"><is><t>`)
			_ = xml.EscapeText(sheet, []byte(text))
			_, _ = io.WriteString(sheet, `</t></is></c>`)
		}
		_, _ = io.WriteString(sheet, "</row>")
	}
	_, _ = io.WriteString(sheet, "</sheetData></worksheet>")
	if err := archive.Close(); err != nil {
		return nil, err
	}
	return packed.Bytes(), nil
}
