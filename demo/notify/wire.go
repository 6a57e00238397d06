package notify

import (
	"bytes"
	"encoding/json"
	"errors"
	"strconv"
	"strings"
	"time"
)

// Meta channels of Bayeux.
const (
	metaHandshake   = "/meta/handshake"
	metaConnect     = "/meta/connect"
	metaSubscribe   = "/meta/subscribe"
	metaUnsubscribe = "/meta/unsubscribe"
	metaDisconnect  = "/meta/disconnect"
)

// What a client has to do next, in an advice.
const (
	adviseRetry     = "retry"
	adviseHandshake = "handshake"
	adviseNone      = "none"
)

// request is a message from a client. What the hub does not need is not looked at.
type request struct {
	ID           json.RawMessage `json:"id"`
	Channel      string          `json:"channel"`
	ClientID     string          `json:"clientId"`
	Subscription json.RawMessage `json:"subscription"` // a channel or an array of channels
	Ext          json.RawMessage `json:"ext"`
	Advice       *struct {
		Timeout *float64 `json:"timeout"` // milliseconds
	} `json:"advice"`
}

// reply is the answer to one request. The field order is that of the platform's documentation.
type reply struct {
	ID             json.RawMessage `json:"id,omitempty"`
	Channel        string          `json:"channel"`
	ClientID       string          `json:"clientId,omitempty"`
	Version        string          `json:"version,omitempty"`
	MinimumVersion string          `json:"minimumVersion,omitempty"`
	Types          []string        `json:"supportedConnectionTypes,omitempty"`
	Subscription   json.RawMessage `json:"subscription,omitempty"`
	Successful     bool            `json:"successful"`
	Error          string          `json:"error,omitempty"`
	Ext            json.RawMessage `json:"ext,omitempty"`
	Advice         *advice         `json:"advice,omitempty"`
	Data           json.RawMessage `json:"data,omitempty"`
}

// advice tells the client how to go on. Times are milliseconds.
type advice struct {
	Interval  int64  `json:"interval"`
	Timeout   *int64 `json:"timeout,omitempty"`
	Reconnect string `json:"reconnect"`
}

// decode reads what a client sent: an array of messages or, as Bayeux allows, a single one.
func decode(body []byte) ([]request, error) {
	var messages []request
	if body = bytes.TrimSpace(body); bytes.HasPrefix(body, []byte("{")) {
		messages = make([]request, 1)
		if err := json.Unmarshal(body, &messages[0]); err != nil {
			return nil, err
		}
		return messages, nil
	}
	if err := json.Unmarshal(body, &messages); err != nil {
		return nil, err
	}
	if len(messages) == 0 {
		return nil, errors.New("no messages")
	}
	return messages, nil
}

// subscriptions returns the channels that a request names.
func (r request) subscriptions() []string {
	var many []string
	if json.Unmarshal(r.Subscription, &many) == nil {
		return many
	}
	var one string
	if json.Unmarshal(r.Subscription, &one) == nil && one != "" {
		return []string{one}
	}
	return nil
}

// timeout is how long a client wants its connect to be held, at most the given time.
func (r request) timeout(most time.Duration) time.Duration {
	if r.Advice == nil || r.Advice.Timeout == nil {
		return most
	}
	if ms := *r.Advice.Timeout; ms < float64(most.Milliseconds()) {
		return time.Duration(ms) * time.Millisecond
	}
	return most
}

// encode writes deliveries and replies as one array.
func encode(clientID string, deliveries []delivery, replies []reply) []byte {
	size := 256 * (len(deliveries) + len(replies))
	for _, d := range deliveries {
		size += len(d.message.Data)
	}
	b := append(make([]byte, 0, size), '[')
	for _, d := range deliveries {
		b = append(d.append(b, clientID), ',')
	}
	for _, r := range replies {
		// Nothing in a reply can fail to encode: its raw parts have been decoded from valid JSON.
		text, _ := json.Marshal(r)
		b = append(append(b, text...), ',')
	}
	return append(bytes.TrimSuffix(b, []byte(",")), ']')
}

// append writes the envelope around a document, which is valid JSON already and is not looked at again.
func (d delivery) append(b []byte, clientID string) []byte {
	name, bare := strings.CutPrefix(d.channel, AgentChannel(""))
	if bare {
		name = "/" + name
	}
	channel, _ := json.Marshal(name)
	b = append(append(b, `{"channel":`...), channel...)
	b = strconv.AppendUint(append(b, `,"id":"`...), d.id, 10)
	b = append(append(b, `","clientId":"`...), clientID...)
	if bare {
		return append(append(append(b, `","data":`...), d.message.Data...), '}')
	}
	b = append(append(b, `","data":{"realtimeAction":"`...), d.message.Action...)
	b = append(append(b, `","data":`...), d.message.Data...)
	return append(b, `}}`...)
}
