package notification2

import (
	"bytes"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// Action says what happened to a document.
type Action string

// The actions.
const (
	Create Action = "CREATE"
	Update Action = "UPDATE"
	Delete Action = "DELETE"
)

// Notification is one piece of news.
type Notification struct {
	// Tenant is the id of the tenant, API the kind of news ("alarms", "eventsWithChildren", …)
	// and Source the id of the managed object concerned.
	Tenant, API, Source string
	Action              Action
	// ID is the id of the document; empty if it has none, as some measurements do.
	ID string
	// Data is the document as it was sent, or what the tenant sent in its place; nil if there
	// was nothing, or nothing but the id of what was deleted.
	Data jsontext.Value

	ack        string
	connection int
}

// size is about the memory that the notification needs.
func (n Notification) size() int { return len(n.Data) + len(n.Source) + len(n.ack) + 200 }

// parseFrame reads a frame: lines of a header, a blank line, the document. The first line is the
// id to acknowledge, the second "/tenant/api/source", the third the action; the meaning of
// more is not known. It reports whether there is an id: without one it is no notification.
func parseFrame(frame []byte) (Notification, bool) {
	header, body := cutHeader(frame)
	lines := strings.Split(header, "\n")
	for i := range lines {
		lines[i] = strings.TrimSuffix(lines[i], "\r")
	}
	n := Notification{ack: lines[0]}
	if n.ack == "" {
		return Notification{}, false
	}
	if len(lines) > 1 {
		path := strings.SplitN(strings.TrimPrefix(lines[1], "/"), "/", 3)
		for i, field := range []*string{&n.Tenant, &n.API, &n.Source} {
			if i < len(path) {
				*field = path[i]
			}
		}
	}
	if len(lines) > 2 {
		n.Action = Action(strings.ToUpper(lines[2]))
	}
	switch body = bytes.TrimSpace(body); jsontext.Value(body).Kind() {
	case '{':
		n.ID, n.Data = idOf(body), body
	case '"', '0':
		if n.ID = text(body); n.Action != Delete || n.ID == "" {
			n.ID, n.Data = "", body
		}
	default:
		if len(body) > 0 {
			n.Data = body
		}
	}
	return n, true
}

// cutHeader splits at the first blank line. A frame without one is all header.
func cutHeader(frame []byte) (header string, body []byte) {
	for rest := frame; ; {
		end := bytes.IndexByte(rest, '\n')
		if end < 0 {
			return string(frame), nil
		}
		rest = rest[end+1:]
		start := len(frame) - len(rest)
		switch {
		case bytes.HasPrefix(rest, []byte("\n")):
			return string(frame[:start-1]), rest[1:]
		case bytes.HasPrefix(rest, []byte("\r\n")):
			return string(frame[:start-1]), rest[2:]
		}
	}
}

var tolerant = json.JoinOptions(jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))

func idOf(document jsontext.Value) string {
	var d struct {
		ID jsontext.Value `json:"id"`
	}
	_ = json.Unmarshal(document, &d, tolerant)
	return text(d.ID)
}

// text returns a JSON string unquoted, a number as it stands, else "".
func text(value jsontext.Value) string {
	switch value.Kind() {
	case '"':
		var plain string
		if json.Unmarshal(value, &plain, tolerant) == nil {
			return plain
		}
	case '0':
		return string(value)
	}
	return ""
}
