package realtime

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"sync"
	"time"
)

// errForgotten means that the tenant no longer knows the session: shake hands again.
var errForgotten = errors.New("the tenant has forgotten the session")

// session is one handshake and what follows it, until the connection breaks.
type session struct {
	link     *link
	wire     wire
	clientID string
	lastID   int
	// subscribed holds the channels asked for, and whether the tenant has agreed.
	subscribed map[Channel]bool
	// connectSent is when the pending connect was sent, connectIdle whether nothing else came
	// since then.
	connectSent time.Time
	connectIdle bool
	interval    time.Duration
}

func (s *session) request(channel string) request {
	s.lastID++
	return request{ID: strconv.Itoa(s.lastID), Channel: channel, ClientID: s.clientID}
}

// handshake introduces the client to the tenant.
func (s *session) handshake(ctx context.Context, credentials Authn) error {
	ctx, cancel := context.WithTimeout(ctx, answerTimeout)
	defer cancel()
	r := s.request(metaHandshake)
	r.Version, r.MinimumVersion = "1.0", "1.0"
	r.SupportedConnectionTypes = []string{s.wire.connectionType()}
	r.Advice = &advice{Timeout: pollTimeout.Milliseconds()}
	if credentials != (Authn{}) {
		r.Ext = &ext{authn(credentials)}
	}
	if err := s.wire.send(ctx, r); err != nil {
		return err
	}
	for {
		replies, err := s.wire.receive(ctx)
		if err != nil {
			return err
		}
		for _, reply := range replies {
			if reply.Channel != metaHandshake {
				continue
			}
			switch {
			case reply.Successful && reply.ClientID != "":
				s.clientID = reply.ClientID
				return nil
			case reply.reconnect() == adviseNone:
				return &refusedError{"the tenant refuses the connection: " + reason(reply)}
			}
			return errors.New("the tenant does not accept the connection: " + reason(reply))
		}
	}
}

func reason(r reply) string {
	if r.Error == "" {
		return "no reason given"
	}
	return shorten(r.Error)
}

// serve keeps the session going until it breaks, and says why.
func (s *session) serve(ctx context.Context) error {
	// Reading and writing outlive the context by a moment: ending them closes the connection, and
	// the tenant is to be told first.
	background, cancel := context.WithCancel(context.WithoutCancel(ctx))
	var running sync.WaitGroup
	defer running.Wait()
	defer cancel()
	inbox := make(chan polled)
	defer func() {
		if ctx.Err() != nil {
			s.leave(background)
		}
	}()
	running.Go(func() { s.read(background, inbox) })
	running.Go(func() { s.keepAlive(background, inbox) })

	if err := s.adjust(background); err != nil {
		return err
	}
	if err := s.connect(background); err != nil {
		return err
	}
	connect := time.NewTimer(time.Hour)
	connect.Stop()
	defer connect.Stop()
	for {
		var err error
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-s.link.changed:
			err = s.adjust(background)
		case <-connect.C:
			err = s.connect(background)
		case got := <-inbox:
			err = got.err
			for _, reply := range got.replies {
				again, broken := s.handle(reply)
				if broken != nil {
					return broken
				}
				if again >= 0 {
					connect.Reset(again)
				}
			}
		}
		if err != nil {
			return err
		}
	}
}

// send sends with a time limit: a connection that takes nothing is broken.
func (s *session) send(ctx context.Context, requests ...request) error {
	ctx, cancel := context.WithTimeout(ctx, answerTimeout)
	defer cancel()
	return s.wire.send(ctx, requests...)
}

// read passes on what comes, until the connection breaks.
func (s *session) read(ctx context.Context, inbox chan<- polled) {
	for {
		replies, err := s.wire.receive(ctx)
		select {
		case inbox <- polled{replies, err}:
		case <-ctx.Done():
			return
		}
		if err != nil {
			return
		}
	}
}

// keepAlive pings, until the other side does not answer.
func (s *session) keepAlive(ctx context.Context, inbox chan<- polled) {
	ticker := time.NewTicker(pingInterval)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		pinging, cancel := context.WithTimeout(ctx, answerTimeout)
		err := s.wire.ping(pinging)
		cancel()
		if err == nil {
			continue
		}
		select {
		case inbox <- polled{err: fmt.Errorf("the tenant does not answer: %w", err)}:
		case <-ctx.Done():
		}
		return
	}
}

// handle acts on one message. If it answers a connect, it says when to send the next one;
// otherwise the result is negative.
func (s *session) handle(r reply) (again time.Duration, err error) {
	switch r.Channel {
	case metaSubscribe:
		if s.forgotten(r) {
			return -1, errForgotten
		}
		s.answered(r)
	case metaConnect:
		if r.Advice.Interval > 0 {
			s.interval = milliseconds(r.Advice.Interval)
		}
		if r.Successful {
			return s.pause(), nil
		}
		switch r.reconnect() {
		case adviseNone:
			return -1, &refusedError{"the tenant ends the connection: " + reason(r)}
		case adviseHandshake:
			return -1, errForgotten
		}
		return max(s.interval, time.Second), nil
	case metaUnsubscribe, metaHandshake:
	case metaDisconnect:
		return -1, errors.New("the tenant ended the connection")
	default:
		s.connectIdle = false
		for _, message := range r.messages() {
			s.link.deliver(message)
		}
	}
	return -1, nil
}

func (s *session) forgotten(r reply) bool { return !r.Successful && r.unknownClient() }

// pause says how long to wait before the next connect: not at all, unless the tenant answers
// at once without having anything to say, which would make a busy loop.
func (s *session) pause() time.Duration {
	if s.connectIdle && time.Since(s.connectSent) < time.Second {
		return max(s.interval, time.Second)
	}
	return 0
}

func (s *session) connect(ctx context.Context) error {
	r := s.request(metaConnect)
	r.ConnectionType = s.wire.connectionType()
	if r.ConnectionType == "long-polling" {
		r.Advice = &advice{Timeout: pollTimeout.Milliseconds()}
	}
	s.connectSent, s.connectIdle = time.Now(), true
	return s.send(ctx, r)
}

// adjust subscribes to what is wanted and not yet asked for, and unsubscribes from the rest.
func (s *session) adjust(ctx context.Context) error {
	wanted := s.link.wanted()
	var requests []request
	for _, channel := range wanted {
		if _, asked := s.subscribed[channel]; !asked {
			s.subscribed[channel] = false
			r := s.request(metaSubscribe)
			r.Subscription = channel
			requests = append(requests, r)
		}
	}
	for channel := range s.subscribed {
		if !slices.Contains(wanted, channel) {
			delete(s.subscribed, channel)
			r := s.request(metaUnsubscribe)
			r.Subscription = channel
			requests = append(requests, r)
		}
	}
	s.link.live(s.subscribed)
	if len(requests) == 0 {
		return nil
	}
	return s.send(ctx, requests...)
}

// answered notes that the tenant has agreed to a subscription, or not.
func (s *session) answered(r reply) {
	if _, asked := s.subscribed[r.Subscription]; !asked {
		return
	}
	if !r.Successful {
		delete(s.subscribed, r.Subscription)
		s.link.refuse(r.Subscription, &refusedError{"the tenant refuses " + string(r.Subscription) + ": " + reason(r)})
		return
	}
	s.subscribed[r.Subscription] = true
	s.link.live(s.subscribed)
}

// leave says good-bye, so that the tenant need not wait for the session to expire.
func (s *session) leave(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	s.wire.farewell(ctx, s.request(metaDisconnect))
}

func shorten(s string) string {
	const limit = 300
	if len(s) <= limit {
		return s
	}
	return s[:limit] + "…"
}
