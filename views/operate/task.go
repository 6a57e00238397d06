package operate

import (
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"c8yx/ui/form"
	"c8yx/ui/text"
	"c8yx/views/edit"
	"c8yx/views/write"
)

// task is something that devices can be told (reference 19.2).
type task struct {
	key         string
	title       text.Safe
	description string
	fragment    string // "" if the user writes it
	// fields are asked for; their names are paths in the operation. nil asks for nothing.
	fields func(fleet) []edit.Field
	// shelf is the repository out of which what is sent can be chosen.
	shelf *shelf
	// span names the fields in which a time begins and ends, if there are such.
	span [2]string
	// list says that the fragment is a list, of which the form fills one entry; entries are those that
	// were filled before.
	list    bool
	entries []jsontext.Value
}

// tasks are those for which there is a form.
func tasks() []task {
	line := func(name string, label, note text.Safe) edit.Field {
		return edit.Field{Field: form.Field{Name: name, Label: label, Note: note}}
	}
	needed := func(f edit.Field) edit.Field {
		f.Required = true
		return f
	}
	return []task{
		{key: "r", title: "Restart", description: "Restart device", fragment: "c8y_Restart"},
		{key: "s", title: "Shell command", description: "Execute shell command", fragment: "c8y_Command", fields: func(fleet) []edit.Field {
			f := needed(line("c8y_Command.text", "Command", "The device answers in the result of the operation."))
			f.Input = form.Lines(4)
			return []edit.Field{f}
		}},
		{key: "f", title: "Install firmware", description: "Install firmware", fragment: "c8y_Firmware", shelf: firmwareShelf(), fields: func(fleet) []edit.Field {
			return []edit.Field{
				needed(line("c8y_Firmware.name", "Name", "")), needed(line("c8y_Firmware.version", "Version", "")),
				needed(line("c8y_Firmware.url", "From", "The address from which the device fetches it.")),
			}
		}},
		{key: "w", title: "Install or remove software", description: "Update software", fragment: "c8y_SoftwareUpdate", list: true, shelf: softwareShelf(), fields: func(fleet) []edit.Field {
			action := line("c8y_SoftwareUpdate.action", "What", "")
			action.Input = form.Choice(form.Choices("install", "delete")...)
			return []edit.Field{
				action, needed(line("c8y_SoftwareUpdate.name", "Name", "")), needed(line("c8y_SoftwareUpdate.version", "Version", "")),
				line("c8y_SoftwareUpdate.softwareType", "Type", "The package manager: apt, docker …"),
				line("c8y_SoftwareUpdate.url", "From", "The address from which the device fetches it."),
			}
		}},
		{key: "c", title: "Set the configuration", description: "Set configuration", fragment: "c8y_Configuration", fields: func(f fleet) []edit.Field {
			config := needed(line("c8y_Configuration.config", "Configuration", ""))
			config.Input = form.Lines(10)
			if len(f) == 1 {
				config.Value = f[0].config
			}
			return []edit.Field{config}
		}},
		{key: "C", title: "Ask for the configuration", description: "Request configuration", fragment: "c8y_SendConfiguration"},
		{key: "u", title: "Fetch a configuration file", description: "Retrieve configuration snapshot from device", fragment: "c8y_UploadConfigFile", fields: func(f fleet) []edit.Field {
			return []edit.Field{named("c8y_UploadConfigFile.type", "Which", f.all(func(d device) []string { return d.configs }))}
		}},
		{key: "d", title: "Send a configuration file", description: "Send configuration snapshot to device", fragment: "c8y_DownloadConfigFile", shelf: configurationShelf(), fields: func(f fleet) []edit.Field {
			return []edit.Field{
				named("c8y_DownloadConfigFile.type", "Which", f.all(func(d device) []string { return d.configs })),
				needed(line("c8y_DownloadConfigFile.url", "From", "The address from which the device fetches it.")),
			}
		}},
		{key: "l", title: "Fetch a log file", description: "Log file request", fragment: "c8y_LogfileRequest", span: [2]string{"c8y_LogfileRequest.dateFrom", "c8y_LogfileRequest.dateTo"}, fields: func(f fleet) []edit.Field {
			moment := func(name string, label text.Safe, begin string) edit.Field {
				return edit.Field{As: edit.Time, Field: form.Field{Name: name, Label: label, Value: begin, Required: true}}
			}
			return []edit.Field{
				named("c8y_LogfileRequest.logFile", "Which", f.all(func(d device) []string { return d.logs })),
				moment("c8y_LogfileRequest.dateFrom", "From", "-1d"), moment("c8y_LogfileRequest.dateTo", "To", "now"),
				line("c8y_LogfileRequest.searchText", "With the text", ""),
				{As: edit.Number, Field: form.Field{Name: "c8y_LogfileRequest.maximumLines", Label: "Lines at most", Value: "1000", Input: form.Whole(1, 1_000_000)}},
			}
		}},
		{key: "m", title: "Measure now", description: "Request measurements", fragment: "c8y_MeasurementRequestOperation", fields: func(fleet) []edit.Field {
			return []edit.Field{line("c8y_MeasurementRequestOperation.requestName", "Which", "The name of a request that the device knows; empty for all.")}
		}},
	}
}

// named is a field for one of the names that the devices know; any other may be written where they
// tell none.
func named(path string, label text.Safe, names []string) edit.Field {
	f := edit.Field{Field: form.Field{Name: path, Label: label, Required: true}}
	if len(names) > 0 {
		f.Input = form.Choice(form.Choices(names...)...)
	} else {
		f.Note = "The device does not say which it has."
	}
	return f
}

// raw is the task that the user writes; it begins with a fragment that has no form, if there is one.
func raw(fragment string) task {
	return task{title: "Anything else, as JSON", fields: func(fleet) []edit.Field {
		begin := `{"c8y_…": {}}`
		if fragment != "" {
			begin = `{"` + fragment + `": {}}`
		}
		return []edit.Field{{As: edit.JSON, Field: form.Field{
			Name: written, Label: "Operation", Required: true, Value: begin, Note: "What to do: the fragments of the operation.", Input: form.Lines(8),
			Validate: func(typed string) text.Safe {
				switch {
				case !strings.HasPrefix(strings.TrimSpace(typed), "{"):
					return "write an object: {\"c8y_Restart\": {}}"
				case strings.Contains(typed, "c8y_…"):
					return "say what the device shall do"
				}
				return ""
			},
		}}}
	}}
}

// written is the member in which the form keeps what the user writes as JSON.
const written = "operation"

// begin is the document with which the form begins.
func (t task) begin() jsontext.Value {
	document := write.Set(jsontext.Value("{}"), quoted(t.description), "description")
	if t.list {
		return document // the form fills an entry
	}
	return t.complete(document)
}

// complete makes an operation of what the form says: the fragment is there even if nothing was asked
// for, a list is a list, and what was written as JSON stands where it belongs.
func (t task) complete(document jsontext.Value) jsontext.Value {
	if t.fragment == "" {
		what, _ := write.Member(document, written)
		return write.Apply(write.Without(document, written), what)
	}
	value, there := write.Member(document, t.fragment)
	switch {
	case t.list && (!there || value.Kind() == '{'):
		return t.listed(document)
	case !there:
		return write.With(document, t.fragment, jsontext.Value("{}"))
	}
	return document
}

func quoted(s string) jsontext.Value {
	encoded, err := jsontext.AppendQuote(nil, strings.ToValidUTF8(s, "\uFFFD"))
	if err != nil || s == "" {
		return nil
	}
	return encoded
}
