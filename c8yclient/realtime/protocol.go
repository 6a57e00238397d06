package realtime

import (
	"strings"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// The meta channels of the Bayeux protocol.
const (
	metaHandshake   = "/meta/handshake"
	metaConnect     = "/meta/connect"
	metaSubscribe   = "/meta/subscribe"
	metaUnsubscribe = "/meta/unsubscribe"
	metaDisconnect  = "/meta/disconnect"
)

// request is a message to the tenant.
type request struct {
	ID                       string   `json:"id"`
	Channel                  string   `json:"channel"`
	ClientID                 string   `json:"clientId,omitzero"`
	Version                  string   `json:"version,omitzero"`
	MinimumVersion           string   `json:"minimumVersion,omitzero"`
	SupportedConnectionTypes []string `json:"supportedConnectionTypes,omitzero"`
	ConnectionType           string   `json:"connectionType,omitzero"`
	Subscription             Channel  `json:"subscription,omitzero"`
	Advice                   *advice  `json:"advice,omitzero"`
	Ext                      *ext     `json:"ext,omitzero"`
}

type ext struct {
	Authn authn `json:"com.cumulocity.authn"`
}

type authn struct {
	Token string `json:"token,omitzero"`
	TFA   string `json:"tfa,omitzero"`
	XSRF  string `json:"xsrfToken,omitzero"`
}

// advice is what the tenant wants the client to do, and the other way round. Times are in
// milliseconds.
type advice struct {
	Reconnect string `json:"reconnect,omitzero"`
	Interval  int64  `json:"interval"`
	Timeout   int64  `json:"timeout"`
}

// What an advice may say about a connection that failed.
const (
	adviseRetry     = "retry"
	adviseHandshake = "handshake"
	adviseNone      = "none"
)

// reply is a message from the tenant: an answer on a meta channel, or news on any other.
type reply struct {
	Channel      string
	ClientID     string
	Subscription Channel
	Successful   bool
	Error        string
	Advice       advice
	Data         jsontext.Value
}

var tolerant = json.JoinOptions(jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))

// decodeFrame reads what came in one frame or answer: an array of messages, or one message.
// Whatever is not a message is left out: a connection is worth more than an odd frame.
func decodeFrame(frame []byte) []reply {
	var raws []jsontext.Value
	if jsontext.Value(frame).Kind() == '{' {
		raws = []jsontext.Value{frame}
	} else if json.Unmarshal(frame, &raws, tolerant) != nil {
		return nil
	}
	replies := make([]reply, 0, len(raws))
	for _, raw := range raws {
		// Members are taken raw, so that one of an unexpected type spoils only itself.
		var m struct {
			Channel      string         `json:"channel"`
			ClientID     jsontext.Value `json:"clientId"`
			Subscription jsontext.Value `json:"subscription"`
			Successful   jsontext.Value `json:"successful"`
			Error        jsontext.Value `json:"error"`
			Advice       jsontext.Value `json:"advice"`
			Data         jsontext.Value `json:"data"`
		}
		if json.Unmarshal(raw, &m, tolerant) != nil || m.Channel == "" {
			continue
		}
		r := reply{
			Channel: m.Channel, ClientID: text(m.ClientID), Subscription: Channel(text(m.Subscription)),
			Successful: text(m.Successful) == "true", Error: text(m.Error), Data: m.Data,
		}
		if m.Advice != nil {
			r.Advice = decodeAdvice(m.Advice)
		}
		replies = append(replies, r)
	}
	return replies
}

func decodeAdvice(raw jsontext.Value) advice {
	var m map[string]jsontext.Value
	if json.Unmarshal(raw, &m, tolerant) != nil {
		return advice{}
	}
	a := advice{Reconnect: text(m["reconnect"])}
	_ = json.Unmarshal(m["interval"], &a.Interval)
	_ = json.Unmarshal(m["timeout"], &a.Timeout)
	return a
}

// reconnect says what to do after an unsuccessful answer. Tenants of different age report a
// session that they have forgotten as 402 or 403, and not all add an advice.
func (r reply) reconnect() string {
	switch {
	case r.Advice.Reconnect != "":
		return r.Advice.Reconnect
	case strings.Contains(strings.ToLower(r.Error), "unknown client"), strings.HasPrefix(r.Error, "402"):
		return adviseHandshake
	case r.Channel == metaHandshake && (strings.HasPrefix(r.Error, "401") || strings.HasPrefix(r.Error, "403")):
		return adviseNone
	}
	return adviseRetry
}

// unknownClient reports whether the tenant has forgotten the session.
func (r reply) unknownClient() bool {
	return !r.Successful && (r.reconnect() == adviseHandshake || strings.Contains(strings.ToLower(r.Error), "unknown client"))
}

// messages reads the news of a reply. The data is one change or a list of them; what is
// deleted is only an id, as text or number.
func (r reply) messages() []Message {
	switch r.Data.Kind() {
	case '[':
		var list []jsontext.Value
		if json.Unmarshal(r.Data, &list, tolerant) != nil {
			return nil
		}
		messages := make([]Message, 0, len(list))
		for _, raw := range list {
			if m, ok := decodeMessage(Channel(r.Channel), raw); ok {
				messages = append(messages, m)
			}
		}
		return messages
	case '{':
		if m, ok := decodeMessage(Channel(r.Channel), r.Data); ok {
			return []Message{m}
		}
	}
	return nil
}

func decodeMessage(channel Channel, raw jsontext.Value) (Message, bool) {
	var change struct {
		Action jsontext.Value `json:"realtimeAction"`
		Data   jsontext.Value `json:"data"`
	}
	if raw.Kind() != '{' || json.Unmarshal(raw, &change, tolerant) != nil {
		return Message{}, false
	}
	m := Message{Channel: channel, Action: Action(strings.ToUpper(text(change.Action))), Data: change.Data}
	if change.Action == nil {
		// The channels for agents carry new operations as they are.
		m.Action, m.Data = Create, raw
	}
	switch m.Data.Kind() {
	case '{':
		m.ID = idOf(m.Data)
	case '"', '0':
		m.ID, m.Data = text(m.Data), nil
	default:
		return Message{}, false
	}
	if m.Action == Delete {
		m.Data = nil
	}
	return m, true
}

func idOf(document jsontext.Value) string {
	var d struct {
		ID jsontext.Value `json:"id"`
	}
	_ = json.Unmarshal(document, &d, tolerant)
	return text(d.ID)
}

// sourceOf returns the id of the device that a document is about.
func sourceOf(document jsontext.Value) string {
	var d struct {
		DeviceID jsontext.Value `json:"deviceId"`
		Source   struct {
			ID jsontext.Value `json:"id"`
		} `json:"source"`
	}
	_ = json.Unmarshal(document, &d, tolerant)
	if id := text(d.Source.ID); id != "" {
		return id
	}
	return text(d.DeviceID)
}

// text returns a JSON string unquoted, a number or boolean as it stands, else "".
func text(value jsontext.Value) string {
	switch value.Kind() {
	case '"':
		plain, err := jsontext.AppendUnquote(nil, value)
		if err == nil || len(plain) > 0 {
			return string(plain)
		}
	case '0', 't', 'f':
		return string(value)
	}
	return ""
}

func milliseconds(n int64) time.Duration {
	const limit = int64(24 * time.Hour / time.Millisecond)
	return time.Duration(min(max(n, 0), limit)) * time.Millisecond
}
