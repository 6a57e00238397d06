package demo

import (
	"time"

	"c8yx/demo/rawjson"
	"c8yx/demo/store"
)

// timeLayouts are the ways of writing times that the API accepts. Without zone it is UTC.
var timeLayouts = [...]string{
	"2006-01-02T15:04:05Z07:00", "2006-01-02T15:04:05Z0700", "2006-01-02T15:04:05", "2006-01-02T15:04Z07:00",
	"2006-01-02T15:04", "2006-01-02Z07:00", "2006-01-02",
}

// parseTime reads a time and cuts it to milliseconds.
func parseTime(text string) (store.Stamp, bool) {
	if at := len(text) - len(" 01:00"); at > 0 && text[at] == ' ' {
		text = text[:at] + "+" + text[at+1:] // a plus that was not escaped in the URL
	}
	for _, layout := range timeLayouts {
		if t, err := time.Parse(layout, text); err == nil {
			return store.StampOf(t), true
		}
	}
	return store.Stamp{}, false
}

// formatMilli writes server times: UTC, milliseconds.
func formatMilli(milli int64) string { return string(rawjson.AppendMilli(nil, milli)) }

// formatStamp writes device times in the offset in which they came.
func formatStamp(s store.Stamp) string {
	if s.Offset == 0 {
		return formatMilli(s.Milli)
	}
	return s.Time().Format(rawjson.TimeLayout)
}

// now is the tenant's time in Unix milliseconds.
func (p *platform) now() int64 { return p.clock.Now().UnixMilli() }
