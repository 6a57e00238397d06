package notification2

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/coder/websocket"
)

// ErrRefused is the kind of errors that trying again does not cure: a missing permission, a token
// that is not accepted though it is new. [Config.Token] may return it, too.
var ErrRefused = errors.New("refused")

// ErrInUse means that another client is connected as the same exclusive subscriber. It may be
// this one, over a connection that the tenant does not know to be dead. It is tried again.
var ErrInUse = errors.New("another client is connected as this subscriber")

// refusedError is an ErrRefused in words.
type refusedError struct{ reason string }

func (e *refusedError) Error() string        { return e.reason }
func (e *refusedError) Is(target error) bool { return target == ErrRefused }

// errExpired means that an old token is not accepted: try a new one at once.
var errExpired = errors.New("the token is not accepted any more")

// maxFrame is the largest frame that is accepted.
const maxFrame = 64 << 20

// How long things may take.
const (
	// answerTimeout is how long the tenant may take to answer.
	answerTimeout = 20 * time.Second
	// pingInterval keeps the tenant from closing a quiet connection, which it does after five
	// minutes, and notices a dead one.
	pingInterval = 45 * time.Second
	// partingTimeout is how long the last acknowledgements may take.
	partingTimeout = time.Second
)

// How long to wait between attempts, growing from the first to the last.
const (
	minBackoff = time.Second
	maxBackoff = time.Minute
	// steady is how long a connection has to last for the next failure to count as the first.
	steady = 10 * time.Second
)

// unsubscribeCommand is what a client sends to go for good.
const unsubscribeCommand = "unsubscribe_subscriber"

// run makes connections until the consumer ends.
func (c *Consumer) run(ctx context.Context) {
	failures, token := 0, ""
	for ctx.Err() == nil {
		lasted, err := c.connect(ctx, &token)
		if ctx.Err() != nil {
			return
		}
		if lasted >= steady {
			failures = 0
		}
		switch {
		case errors.Is(err, errExpired):
			continue
		case errors.Is(err, ErrRefused):
			c.end(Refused, err)
			c.rest(ctx, nil)
			failures = 0
			continue
		}
		c.end(Lost, err)
		wait := min(minBackoff<<min(failures, 10), maxBackoff)
		timer := time.NewTimer(wait/2 + rand.N(wait/2))
		c.rest(ctx, timer.C)
		timer.Stop()
		failures++
	}
}

// rest waits for the time, or until somebody asks for another attempt.
func (c *Consumer) rest(ctx context.Context, over <-chan time.Time) {
	select {
	case <-over:
	case <-c.kicked:
	case <-ctx.Done():
	}
}

// connect makes a connection and serves it until it breaks, and says how long it lasted. It gets a
// token unless there is one, and forgets one that is not accepted.
func (c *Consumer) connect(ctx context.Context, token *string) (lasted time.Duration, err error) {
	fresh := *token == ""
	if fresh {
		made, err := c.config.Token(ctx)
		if err != nil {
			return 0, fmt.Errorf("getting a token: %w", err)
		}
		*token = made
	}
	conn, err := c.dial(ctx, *token)
	if errors.Is(err, errExpired) {
		*token = ""
		if fresh {
			return 0, &refusedError{"the tenant does not accept the token that it has made"}
		}
	}
	if err != nil {
		return 0, err
	}
	defer func() { _ = conn.CloseNow() }()
	began := time.Now()
	s := &session{consumer: c, conn: conn, number: c.begin()}
	err = s.serve(ctx)
	return time.Since(began), err
}

func (c *Consumer) dial(ctx context.Context, token string) (*websocket.Conn, error) {
	target := *c.config.URL
	query := url.Values{"token": {token}}
	if c.options.Client != "" {
		query.Set("consumer", c.options.Client)
	}
	target.RawQuery = query.Encode()
	ctx, cancel := context.WithTimeout(ctx, answerTimeout)
	defer cancel()
	conn, resp, err := websocket.Dial(ctx, target.String(), &websocket.DialOptions{HTTPClient: c.config.HTTP})
	switch {
	case err == nil:
		conn.SetReadLimit(maxFrame)
		return conn, nil
	case resp == nil || resp.StatusCode == http.StatusSwitchingProtocols:
		return nil, plain(err)
	case resp.StatusCode == http.StatusUnauthorized:
		return nil, errExpired
	case resp.StatusCode == http.StatusConflict:
		return nil, ErrInUse
	}
	reason := strings.TrimSpace(fmt.Sprintf("the tenant answers %d %s", resp.StatusCode, http.StatusText(resp.StatusCode)))
	switch resp.StatusCode {
	case http.StatusForbidden, http.StatusNotFound, http.StatusMethodNotAllowed:
		return nil, &refusedError{reason}
	}
	return nil, errors.New(reason)
}

// plain strips the wrappings that repeat the address, which holds the token.
func plain(err error) error {
	var wrapped *url.Error
	if errors.As(err, &wrapped) {
		return wrapped.Err
	}
	return err
}

// session is one connection, until it breaks.
type session struct {
	consumer *Consumer
	conn     *websocket.Conn
	number   int
	// paused says that reading waits for the consumer.
	paused atomic.Bool
}

// serve receives news and sends acknowledgements until the connection breaks, and says why.
func (s *session) serve(ctx context.Context) error {
	// Reading and writing outlive the context by a moment: what was acknowledged is to arrive.
	background, cancel := context.WithCancel(context.WithoutCancel(ctx))
	broken := make(chan error, 2)
	var running sync.WaitGroup
	defer running.Wait()
	defer cancel()
	running.Go(func() { broken <- s.read(background) })
	running.Go(func() { broken <- s.keepAlive(background) })
	for {
		select {
		case <-ctx.Done():
			s.leave(background)
			return ctx.Err()
		case err := <-broken:
			return err
		case <-s.consumer.acked:
			if err := s.sendAcks(background, answerTimeout); err != nil {
				return err
			}
		case f := <-s.consumer.farewells:
			err := s.sendAcks(background, answerTimeout)
			if err == nil {
				err = s.send(background, answerTimeout, unsubscribeCommand)
			}
			f.said <- err
			if err != nil {
				return err
			}
		}
	}
}

// read queues what comes, until the connection breaks.
func (s *session) read(ctx context.Context) error {
	for {
		_, frame, err := s.conn.Read(ctx)
		if err != nil {
			return closed(err)
		}
		n, ok := parseFrame(frame)
		if !ok {
			continue
		}
		n.connection = s.number
		s.paused.Store(true)
		queued := s.consumer.put(ctx, n)
		s.paused.Store(false)
		if !queued {
			return ctx.Err()
		}
	}
}

// closed says in words that the tenant ended the connection.
func closed(err error) error {
	var end websocket.CloseError
	switch {
	case errors.As(err, &end) && end.Reason != "":
		return fmt.Errorf("the tenant ended the connection: %s", shorten(end.Reason))
	case errors.As(err, &end):
		return fmt.Errorf("the tenant ended the connection (%d)", end.Code)
	case errors.Is(err, io.EOF):
		return errors.New("the connection broke off")
	}
	return err
}

// keepAlive pings, until the tenant does not answer. While the consumer is too far behind for anything
// to be read, no answer could be seen.
func (s *session) keepAlive(ctx context.Context) error {
	ticker := time.NewTicker(pingInterval)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-ticker.C:
		}
		if s.paused.Load() {
			continue
		}
		pinging, cancel := context.WithTimeout(ctx, answerTimeout)
		err := s.conn.Ping(pinging)
		cancel()
		if err != nil && ctx.Err() == nil && !s.paused.Load() {
			return fmt.Errorf("the tenant does not answer: %w", err)
		}
	}
}

func (s *session) sendAcks(ctx context.Context, limit time.Duration) error {
	for _, ack := range s.consumer.takeAcks() {
		if err := s.send(ctx, limit, ack); err != nil {
			return err
		}
	}
	return nil
}

// send sends with a time limit: a connection that takes nothing is broken.
func (s *session) send(ctx context.Context, limit time.Duration, text string) error {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	return s.conn.Write(ctx, websocket.MessageText, []byte(text))
}

// leave sends the last acknowledgements and closes the connection in an orderly way, so that they
// arrive.
func (s *session) leave(ctx context.Context) {
	if s.sendAcks(ctx, partingTimeout) == nil {
		_ = s.conn.Close(websocket.StatusNormalClosure, "")
	}
}

func shorten(s string) string {
	const limit = 300
	if len(s) <= limit {
		return s
	}
	return strings.ToValidUTF8(s[:limit], "") + "…"
}
