package session

import (
	"cmp"
	"context"
	"crypto/rand"
	"crypto/subtle"
	"errors"
	"fmt"
	"html"
	"net"
	"net/http"
	"net/url"
	"sync"
	"time"

	"c8yx/c8yclient"
)

// callback is where the browser comes back to from somebody else's sign-in page: a page of this machine
// that nobody else can reach.
type callback struct {
	address string // http://localhost:5001/callback
	path    string
	state   string // proves that an answer is to our question
	server  *http.Server
	serving sync.WaitGroup
	back    chan returned // holds the first answer
}

// returned is what a sign-in page gives to the browser.
type returned struct {
	code    c8yclient.Secret
	refused error
}

// listen opens the callback. Port 0 takes any free one.
func listen(wanted string) (*callback, error) {
	u, err := url.Parse(cmp.Or(wanted, DefaultCallback))
	if err != nil || u.Scheme != "http" || !isLoopback(u) || u.Port() == "" {
		return nil, &Problem{Says: "a browser cannot come back to " + wanted, Next: "Give an address of this machine with a port, such as " + DefaultCallback + "."}
	}
	host := u.Hostname()
	if net.ParseIP(host) == nil {
		host = "127.0.0.1" // "localhost" is for the page, which knows the address by that name
	}
	listener, err := net.Listen("tcp", net.JoinHostPort(host, u.Port()))
	if err != nil {
		return nil, &Problem{
			Says: "the browser cannot come back: port " + u.Port() + " of this machine is taken", cause: err,
			Next: "End what listens there, or give another address that is registered at the identity provider with --callback.",
		}
	}
	_, port, _ := net.SplitHostPort(listener.Addr().String())
	u.Host = net.JoinHostPort(u.Hostname(), port)
	c := &callback{address: u.String(), path: cmp.Or(u.Path, "/"), state: rand.Text(), back: make(chan returned, 1)}
	c.server = &http.Server{Handler: c, ReadHeaderTimeout: 10 * time.Second, MaxHeaderBytes: 64 << 10}
	c.serving.Go(func() { _ = c.server.Serve(listener) })
	return c, nil
}

// close ends listening, when the last page has been handed out.
func (c *callback) close() {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	if c.server.Shutdown(ctx) != nil {
		_ = c.server.Close()
	}
	c.serving.Wait()
}

// page is the address of a sign-in page that sends the browser here.
func (c *callback) page(address string) (string, error) {
	u, err := url.Parse(address)
	if err != nil || !safe(u) {
		return "", errors.New("it is not at https://")
	}
	query := u.Query()
	query.Set("redirect_uri", c.address)
	query.Set("state", c.state)
	u.RawQuery = query.Encode()
	return u.String(), nil
}

// ServeHTTP takes the answer out of the address that the browser was sent to. What does not carry our
// state was not sent by the page that we opened, and is not listened to.
func (c *callback) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	query := r.URL.Query()
	switch {
	case r.URL.Path != c.path || r.Method != http.MethodGet:
		http.NotFound(w, r)
	case subtle.ConstantTimeCompare([]byte(query.Get("state")), []byte(c.state)) != 1:
		tell(w, http.StatusBadRequest, "This page was not asked for", "It does not belong to the sign-in that c8yx is waiting for. Nothing was changed.")
	case query.Get("error") != "":
		refused := refusedWords(query)
		c.answer(returned{refused: &Problem{Says: refused, Next: "Try again, or choose another way."}})
		tell(w, http.StatusOK, "Not signed in", refused+". You can close this page and go on in the terminal.")
	case query.Get("code") == "":
		tell(w, http.StatusBadRequest, "Something is missing", "The sign-in page sent no code along.")
	default:
		c.answer(returned{code: c8yclient.Secret(query.Get("code"))})
		tell(w, http.StatusOK, "Back to the terminal", "c8yx has what it needs from the sign-in page. You can close this page.")
	}
}

func (c *callback) answer(r returned) {
	select {
	case c.back <- r:
	default: // there was one already
	}
}

// refusedWords say what an identity provider gives as the reason (RFC 6749, 4.1.2.1).
func refusedWords(query url.Values) string {
	says := "the sign-in page refuses: " + query.Get("error")
	if query.Get("error") == "access_denied" {
		says = "the sign-in page says that access was denied"
	}
	if description := query.Get("error_description"); description != "" {
		says += " (" + description + ")"
	}
	return says
}

// tell shows a page to whoever looks at the browser.
func tell(w http.ResponseWriter, status int, title, words string) {
	header := w.Header()
	header.Set("Content-Type", "text/html; charset=utf-8")
	header.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'")
	header.Set("Cache-Control", "no-store")
	header.Set("Referrer-Policy", "no-referrer")
	w.WriteHeader(status)
	_, _ = fmt.Fprintf(w, `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>%[1]s · c8yx</title>
<style>:root{color-scheme:light dark}body{font:1.1rem/1.5 system-ui,sans-serif;max-width:34rem;margin:20vh auto;padding:0 1rem}</style>
<h1>%[1]s</h1><p>%[2]s</p></html>
`, html.EscapeString(title), html.EscapeString(words))
}
