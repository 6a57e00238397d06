package realtime

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/coder/websocket"
	"github.com/go-json-experiment/json"
)

// maxFrame is the largest frame or answer that is accepted.
const maxFrame = 64 << 20

// wire carries messages to and from the tenant. Answers to what is sent come by receive.
type wire interface {
	// connectionType is the protocol's name for it.
	connectionType() string
	send(ctx context.Context, requests ...request) error
	// receive waits for the next messages. One goroutine calls it.
	receive(ctx context.Context) ([]reply, error)
	// ping checks that the other side is there. It needs somebody to receive meanwhile.
	ping(ctx context.Context) error
	// farewell sends a last message and does not care for the answer.
	farewell(ctx context.Context, last request)
	// close gives up the connection and everything that runs for it.
	close()
}

// errNoWebSocket means that something between here and the tenant does not let a WebSocket
// through; long polling may do.
var errNoWebSocket = errors.New("no WebSocket possible")

// ErrRefused is the kind of errors that trying again does not cure: credentials that are not
// accepted, a missing permission. [Config.Authn] may return it, too.
var ErrRefused = errors.New("refused")

// refusedError is an ErrRefused in words.
type refusedError struct{ reason string }

func (e *refusedError) Error() string        { return e.reason }
func (e *refusedError) Is(target error) bool { return target == ErrRefused }

// socketWire is a WebSocket.
type socketWire struct{ conn *websocket.Conn }

func dialSocket(ctx context.Context, config Config) (wire, error) {
	conn, resp, err := websocket.Dial(ctx, config.URL.String(), &websocket.DialOptions{HTTPClient: config.HTTP})
	switch {
	case err == nil:
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case resp == nil:
		return nil, plain(err)
	case resp.StatusCode == http.StatusUnauthorized:
		return nil, statusError(resp.StatusCode)
	default:
		return nil, fmt.Errorf("%w: the tenant answers %d", errNoWebSocket, resp.StatusCode)
	}
	conn.SetReadLimit(maxFrame)
	return &socketWire{conn}, nil
}

func (*socketWire) connectionType() string { return "websocket" }

func (w *socketWire) send(ctx context.Context, requests ...request) error {
	frame, err := json.Marshal(requests)
	if err != nil {
		return err
	}
	return w.conn.Write(ctx, websocket.MessageText, frame)
}

func (w *socketWire) receive(ctx context.Context) ([]reply, error) {
	_, frame, err := w.conn.Read(ctx)
	if err != nil {
		return nil, err
	}
	return decodeFrame(frame), nil
}

func (w *socketWire) ping(ctx context.Context) error { return w.conn.Ping(ctx) }

func (w *socketWire) farewell(ctx context.Context, last request) { _ = w.send(ctx, last) }

// close does not wait for the other side to agree: it may be gone.
func (w *socketWire) close() { _ = w.conn.CloseNow() }

// pollWire is long polling: every send is a request of its own, whose answer may take as long
// as the tenant has nothing to say.
type pollWire struct {
	config Config
	ctx    context.Context
	cancel context.CancelFunc
	inbox  chan polled
	posts  sync.WaitGroup
}

type polled struct {
	replies []reply
	err     error
}

// newPollWire returns a wire that works until it is closed, which is after the end of the
// context: the tenant is to be told first.
func newPollWire(ctx context.Context, config Config) *pollWire {
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
	return &pollWire{config: config, ctx: ctx, cancel: cancel, inbox: make(chan polled)}
}

func (*pollWire) connectionType() string { return "long-polling" }

func (w *pollWire) send(_ context.Context, requests ...request) error {
	body, err := json.Marshal(requests)
	if err != nil {
		return err
	}
	limit := answerTimeout
	for _, r := range requests {
		if r.Channel == metaConnect {
			limit += pollTimeout
		}
	}
	w.posts.Go(func() {
		ctx, cancel := context.WithTimeout(w.ctx, limit)
		defer cancel()
		replies, err := w.post(ctx, body)
		select {
		case w.inbox <- polled{replies, err}:
		case <-w.ctx.Done():
		}
	})
	return nil
}

func (w *pollWire) post(ctx context.Context, body []byte) ([]reply, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, w.config.URL.String(), bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Accept", "application/json")
	resp, err := w.config.HTTP.Do(req)
	if err != nil {
		return nil, plain(err)
	}
	defer func() { _ = resp.Body.Close() }()
	if resp.StatusCode != http.StatusOK {
		return nil, statusError(resp.StatusCode)
	}
	answer, err := io.ReadAll(io.LimitReader(resp.Body, maxFrame))
	if err != nil {
		return nil, fmt.Errorf("the connection broke off: %w", plain(err))
	}
	return decodeFrame(answer), nil
}

func (w *pollWire) receive(ctx context.Context) ([]reply, error) {
	select {
	case p := <-w.inbox:
		return p.replies, p.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// ping has nothing to do: a poll that takes too long ends by itself.
func (*pollWire) ping(context.Context) error { return nil }

func (w *pollWire) farewell(ctx context.Context, last request) {
	if body, err := json.Marshal([]request{last}); err == nil {
		_, _ = w.post(ctx, body)
	}
}

func (w *pollWire) close() {
	w.cancel()
	w.posts.Wait()
}

// statusError turns a status into words. Credentials that are not accepted, and an endpoint
// that does not exist, stay so.
func statusError(status int) error {
	reason := fmt.Sprintf("the tenant answers %d %s", status, http.StatusText(status))
	switch status {
	case http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound, http.StatusMethodNotAllowed:
		return &refusedError{strings.TrimSpace(reason)}
	}
	return errors.New(strings.TrimSpace(reason))
}

// plain strips the wrappings that repeat the address.
func plain(err error) error {
	var wrapped *url.Error
	if errors.As(err, &wrapped) {
		return wrapped.Err
	}
	return err
}

// How long things may take.
const (
	// answerTimeout is how long the tenant may take to answer a message, or a ping.
	answerTimeout = 20 * time.Second
	// pollTimeout is how long the tenant is asked to hold a poll when there is no news: less
	// than what proxies usually allow.
	pollTimeout = 55 * time.Second
	// pingInterval keeps proxies from closing a quiet WebSocket, and notices a dead one.
	pingInterval = 45 * time.Second
)
