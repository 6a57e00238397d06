package notify

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
)

// Errors as CometD words them: a status, its arguments, a text.
const (
	errHandshake = "403::Handshake denied"
	errUnknown   = "402::Unknown client"
	errMissing   = "403::subscription_missing"
	errPublish   = "403::Publish denied"
	errChannel   = "404::Unknown channel"
)

// peer is the other end of one WebSocket or of one long polling request: whoever speaks there.
type peer struct {
	hub       *Hub
	authorize func(ext json.RawMessage) (Grant, error)
	asked     bool                // whether the request's own credentials have been looked at
	denied    error               // what was wrong with them
	users     map[string]struct{} // who the peer has proved to be
	agent     bool                // the peer listens for agents, and names channels as they do
}

func newPeer(h *Hub, r *http.Request, authorize Authorize) *peer {
	return &peer{
		hub:       h,
		authorize: func(ext json.RawMessage) (Grant, error) { return authorize(r, ext) },
		users:     make(map[string]struct{}),
	}
}

// identify looks at the credentials in the request itself, once.
func (p *peer) identify() error {
	if p.asked {
		return p.denied
	}
	p.asked = true
	g, err := p.authorize(nil)
	if p.denied = err; err == nil {
		p.users[g.User] = struct{}{}
	}
	return err
}

// mayUse says whether a client belongs to the peer: a client id alone is no credential.
func (p *peer) mayUse(c *client) bool {
	if _, ok := p.users[c.grant.User]; ok {
		return true
	}
	_ = p.identify()
	_, ok := p.users[c.grant.User]
	return ok
}

// answer carries out any message but a connect that is to be held. With a connect it returns the client that connects, and
// the reply to give when its time has come.
func (p *peer) answer(r request) (reply, *client) {
	a := reply{ID: r.ID, Channel: r.Channel}
	if r.Channel == metaHandshake {
		return p.handshake(a, r), nil
	}
	c := p.hub.find(r.ClientID)
	if c == nil || !p.mayUse(c) {
		return a.unknownClient(), nil
	}
	switch r.Channel {
	case metaConnect:
		return p.connected(a), c
	case metaSubscribe:
		return p.subscribe(a, r, c), nil
	case metaUnsubscribe:
		return p.unsubscribe(a, r, c), nil
	case metaDisconnect:
		c.left.Store(true)
		p.hub.forget(c)
		a.ClientID, a.Successful = c.id, true
	default:
		a.Error = errChannel
		if subscribable(r.Channel) {
			a.Error = errPublish // what happens in a tenant is told by the tenant
		}
	}
	return a, nil
}

func (p *peer) handshake(a reply, r request) reply {
	g, err := p.authorize(r.Ext)
	if err != nil {
		a.Error, a.Advice = errHandshake, &advice{Reconnect: adviseNone}
		return a
	}
	c := p.hub.welcome(g)
	if c == nil {
		return a.unknownClient()
	}
	p.users[g.User] = struct{}{}
	a.ClientID, a.Successful = c.id, true
	a.Version, a.MinimumVersion = "1.0", "1.0"
	a.Types = []string{"long-polling", "smartrest-long-polling", "websocket"}
	a.Ext = json.RawMessage(`{"ack":true}`)
	a.Advice = p.retry()
	return a
}

// connected is what a connect is answered with in the end, if nothing is wrong with the client until then.
func (p *peer) connected(a reply) reply {
	a.Successful, a.Advice, a.Data = true, p.retry(), json.RawMessage("null")
	return a
}

// channels are what a message subscribes to or not any more, as the hub calls them.
func (p *peer) channels(r request) []string {
	channels := r.subscriptions()
	for i, channel := range channels {
		switch name, rooted := strings.CutPrefix(channel, "/"); {
		case p.agent && rooted && name != "" && !strings.ContainsAny(name, "/*"):
			channels[i] = AgentChannel(name)
		case p.agent || strings.HasPrefix(channel, AgentChannel("")):
			channels[i] = "" // not to be had here
		}
	}
	return channels
}

func (p *peer) subscribe(a reply, r request, c *client) reply {
	a.ClientID, a.Subscription = c.id, r.Subscription
	channels := p.channels(r)
	if len(channels) == 0 {
		a.Error = errMissing
		return a
	}
	for _, channel := range channels {
		switch {
		case !subscribable(channel):
			a.Error = fmt.Sprintf("403:%s:subscription_invalid", channel)
		case !c.grant.allows(channel):
			a.Error = fmt.Sprintf("403:%s:Access denied", channel)
		}
		if a.Error != "" {
			return a // all or nothing
		}
	}
	for _, channel := range channels {
		if !p.hub.listen(c, channel) {
			a.Error = fmt.Sprintf("403:%s:Too many subscriptions", channel)
			return a
		}
	}
	a.Successful = true
	return a
}

func (p *peer) unsubscribe(a reply, r request, c *client) reply {
	a.ClientID, a.Subscription = c.id, r.Subscription
	channels := p.channels(r)
	if len(channels) == 0 {
		a.Error = errMissing
		return a
	}
	for _, channel := range channels {
		p.hub.mute(c, channel)
	}
	a.Successful = true
	return a
}

// retry is the advice of a hub that is well.
func (p *peer) retry() *advice {
	timeout := p.hub.options.Timeout.Milliseconds()
	return &advice{Interval: p.hub.options.Interval.Milliseconds(), Timeout: &timeout, Reconnect: adviseRetry}
}

// finish is the reply to a connect at the moment when it is answered, which may be long after it came.
func (a reply) finish(c *client) reply {
	select {
	case <-c.gone:
	default:
		return a
	}
	if c.left.Load() {
		a.Advice = &advice{Reconnect: adviseNone}
		return a
	}
	return a.unknownClient()
}

// unknownClient makes the client shake hands again.
func (a reply) unknownClient() reply {
	a.Successful, a.Data, a.ClientID = false, nil, ""
	a.Error, a.Advice = errUnknown, &advice{Reconnect: adviseHandshake}
	return a
}
