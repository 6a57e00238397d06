package follow

import (
	"cmp"
	"strconv"
	"strings"
	"time"

	"github.com/go-json-experiment/json/jsontext"

	"c8yx/c8yclient"
	"c8yx/c8yclient/notification2"
	"c8yx/theme"
	"c8yx/ui/table"
	"c8yx/ui/text"
	"c8yx/views/collection"
	"c8yx/views/show"
	"c8yx/views/write"
)

// message is one line of what is followed: a notification, or what became of the connection.
type message struct {
	number    int // within the session, from 1
	following int // which following it came by
	at        time.Time
	api       string // "" if it is about the connection
	action    string
	source    string
	id        string
	said      string // what it is about, in a few words
	data      jsontext.Value
	members   []collection.Field  // of the data, cut to what the detail pane can show
	state     notification2.State // of the connection
}

func (m *message) key() string { return strconv.Itoa(m.number) }

// connection reports whether the line is about the connection.
func (m *message) connection() bool { return m.api == "" }

// about returns the line of a notification.
func about(n notification2.Notification) *message {
	return &message{
		at: time.Now(), api: cmp.Or(n.API, "?"), action: strings.ToLower(string(n.Action)), source: n.Source, id: n.ID,
		said: inShort(n.Data), data: n.Data, members: membersOf(n.Data),
	}
}

// membersOf returns what the detail pane says of a document, which may be a megabyte: it is taken apart
// when it comes and not with every frame.
func membersOf(data jsontext.Value) []collection.Field {
	var fields []collection.Field
	for name, value := range write.Members(data) {
		const most = 300
		content := string(value[:min(len(value), most)])
		if value.Kind() == '"' {
			content = show.PlainText(value)
		}
		if len(content) > most || len(value) > most && value.Kind() != '"' {
			content = content[:min(len(content), most)] + "…"
		}
		fields = append(fields, collection.Field{Label: text.Clean(name), Value: text.Clean(content), Role: theme.Value})
	}
	return fields
}

// inShort says in a few words what a document is about: its text or name and its type, or the
// fragments that it has.
func inShort(data jsontext.Value) string {
	document, err := c8yclient.DecodeDocument[struct {
		Text   string `json:"text"`
		Name   string `json:"name"`
		Type   string `json:"type"`
		Status string `json:"status"`
	}](data)
	if err != nil || document == nil {
		return ""
	}
	var parts []string
	for _, part := range []string{cmp.Or(document.Text, document.Name), document.Type, strings.ToLower(document.Status)} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	if document.Text == "" && document.Name == "" {
		for name, value := range write.Members(data) {
			if value.Kind() == '{' && name != "source" {
				parts = append(parts, name)
			}
		}
	}
	return strings.Join(parts, " · ")
}

// actionCell shows what happened, in the colour of what it means.
func actionCell(m *message) table.Cell {
	if m.connection() {
		role := theme.Good
		switch m.state {
		case notification2.Lost, notification2.Connecting:
			role = theme.Minor
		case notification2.Refused:
			role = theme.Critical
		}
		return table.Cell{Text: text.Clean(m.state.String()), Role: role}
	}
	role := theme.Text
	switch notification2.Action(strings.ToUpper(m.action)) {
	case notification2.Create:
		role = theme.Good
	case notification2.Delete:
		role = theme.Critical
	}
	return table.Cell{Text: text.Clean(m.action), Role: role}
}
