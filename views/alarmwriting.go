package views

import (
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"c8yx/c8yclient"
	"c8yx/keys"
	"c8yx/ui/dialog"
	"c8yx/ui/form"
	"c8yx/ui/text"
	"c8yx/views/collection"
	"c8yx/views/edit"
	"c8yx/views/place"
	"c8yx/views/write"
)

// alarmAdmin is what changing alarms needs.
const alarmAdmin = "ROLE_ALARM_ADMIN"

// setStatus is the action that gives alarms a status. The platform can also change all alarms of a
// filter by one request; that says nothing of any of them, may end in the background, and would
// overwrite what somebody else did meanwhile, so it is not used.
func setStatus(record keys.Action, status c8yclient.AlarmStatus, did text.Safe, already string) collection.Action[*alarm] {
	return collection.Action[*alarm]{
		Action: record,
		Disabled: func(a *alarm) string {
			if a.Status == status {
				return already
			}
			return ""
		},
		Write: &collection.Write[*alarm]{
			Did:     did,
			Changed: otherStatus,
			Request: func(a *alarm) write.Request {
				return write.Put("alarm/alarms/"+a.ID, c8yclient.AlarmPatch{Status: status})
			},
		},
	}
}

// otherStatus says that somebody else has dealt with an alarm meanwhile.
func otherStatus(seen, now *alarm) string {
	if seen.Status != now.Status {
		return "it is " + strings.ToLower(string(now.Status)) + " meanwhile"
	}
	return ""
}

// setSeverity asks for a severity and gives it to alarms.
func setSeverity() collection.Action[*alarm] {
	return collection.Action[*alarm]{Action: keys.AlarmSeverity, Run: func(act *collection.Act[*alarm]) {
		choose := &dialog.Choose{Title: "Severity"}
		for i, s := range severities() {
			choose.Choices = append(choose.Choices, dialog.Choice{
				Key: string("cmiw"[i]), Title: text.Clean(strings.ToLower(string(s))), Run: func() {
					act.Write(collection.Write[*alarm]{
						Did: "Changed the severity of",
						Request: func(a *alarm) write.Request {
							return write.Put("alarm/alarms/"+a.ID, c8yclient.AlarmPatch{Severity: s})
						},
						Changed: func(_, now *alarm) string {
							if now.Severity == s {
								return "it is " + strings.ToLower(string(s)) + " already"
							}
							return ""
						},
					})
				},
			})
		}
		act.Scope.Show(choose)
	}}
}

func severities() []c8yclient.Severity {
	return []c8yclient.Severity{c8yclient.SeverityCritical, c8yclient.SeverityMajor, c8yclient.SeverityMinor, c8yclient.SeverityWarning}
}

func severityField() edit.Field {
	var options []form.Option
	for _, s := range severities() {
		options = append(options, form.Option{Value: string(s), Label: text.Clean(strings.ToLower(string(s)))})
	}
	return edit.Field{Field: form.Field{Name: "severity", Label: "Severity", Input: form.Choice(options...), Value: string(c8yclient.SeverityMajor)}}
}

func textField() edit.Field {
	return edit.Field{Field: form.Field{Name: "text", Label: "Text", Required: true}}
}

// sourceField asks for the device that something belongs to.
func sourceField() edit.Field {
	return edit.Field{Field: form.Field{Name: "source.id", Label: "Device", Required: true, Validate: digits, Placeholder: "4711", Note: "The id of the managed object that it belongs to."}}
}

func editAlarm() *collection.Edit[*alarm] {
	return &collection.Edit[*alarm]{Editor: edit.Editor{
		Needs:  []string{alarmAdmin},
		Fields: []edit.Field{severityField(), textField()},
		Fixed:  []string{"source", "type", "time", "count", "firstOccurrenceTime", "history"},
	}}
}

func newAlarm(p place.Place) edit.Creator {
	return edit.Creator{
		One: "alarm", Needs: []string{alarmAdmin}, Path: "alarm/alarms", Begin: beginWith(p.Query.Get("source"), p.Query.Get("type")),
		Fields: []edit.Field{
			sourceField(),
			{Field: form.Field{Name: "type", Label: "Type", Required: true, Placeholder: "c8y_HighTemperature", Note: "One alarm of a type is kept for a device; another one counts it up."}},
			severityField(), textField(),
			{As: edit.Time, Field: form.Field{Name: "time", Label: "Time", Required: true, Value: "now"}},
		},
		Nothing: "The tenant kept no alarm: the device is in maintenance.",
		Back: func(answer jsontext.Value) (write.Request, text.Safe) {
			a, err := c8yclient.DecodeDocument[alarm](answer)
			switch {
			case err != nil || a.ID == "":
				return write.Request{}, "the tenant did not say what it is called now"
			case a.Count > 1:
				return write.Request{}, "it was there already and has been counted up"
			}
			return write.Put("alarm/alarms/"+a.ID, c8yclient.AlarmPatch{Status: c8yclient.AlarmCleared}),
				"It is cleared: the platform does not delete single alarms."
		},
	}
}

// noDeleteAlarm says why alarms are not deleted.
func noDeleteAlarm() *collection.Delete[*alarm] {
	return &collection.Delete[*alarm]{
		Remover:  edit.Remover{Needs: []string{alarmAdmin}},
		Disabled: func(*alarm) string { return "the platform does not delete single alarms; clear it" },
	}
}

// beginWith is a new record of a source and type, as far as they are known.
func beginWith(source, kind string) jsontext.Value {
	document := jsontext.Value("{}")
	set := func(value string, path ...string) {
		if quoted, err := jsontext.AppendQuote(nil, value); err == nil && value != "" {
			document = write.Set(document, quoted, path...)
		}
	}
	set(source, "source", "id")
	if !strings.ContainsAny(kind, ",*") {
		set(kind, "type")
	}
	return document
}
