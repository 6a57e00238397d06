package realtime

import (
	"time"

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

// Message is one change.
type Message struct {
	// Channel is the one that the tenant delivered on: that of the object concerned, or the
	// one subscribed to.
	Channel Channel
	Action  Action
	// ID is the id of the document; empty if it has none, as some measurements do.
	ID string
	// Data is the document; nil when it was deleted.
	Data jsontext.Value
}

// State says how a subscription stands.
type State int

// The states of a subscription.
const (
	// Connecting: not live yet for the first time.
	Connecting State = iota
	// Live: changes arrive as they happen.
	Live
	// Lost: the connection broke, or could not be made; it is tried again.
	Lost
	// Refused: the tenant does not allow the subscription, and trying again would not help.
	Refused
)

// String returns the state in lower-case English.
func (s State) String() string {
	switch s {
	case Connecting:
		return "connecting"
	case Live:
		return "live"
	case Lost:
		return "lost"
	case Refused:
		return "refused"
	}
	return "unknown"
}

// Batch is everything that happened since the batch before.
type Batch struct {
	// Messages in the order of their arrival.
	Messages []Message
	// Gap says that changes were missed before these messages, because the connection was
	// lost or the consumer too slow: what was read before has to be read again. It is not set
	// when the subscription gets live for the first time; see LiveSince.
	Gap bool
	// State of the subscription now, and since when.
	State State
	Since time.Time
	// LiveSince is the time since when no change was missed; zero while not live. What was
	// read before it may be out of date.
	LiveSince time.Time
	// Err says why the subscription is Lost or Refused.
	Err error
}
