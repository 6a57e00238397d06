package c8yclient

import (
	"net/http"
	"strings"
	"time"
)

// Exchange describes one finished attempt at a request. It holds no secrets: the target
// has secret parameters blanked, headers are those that carry none, and secrets in bodies
// are replaced.
type Exchange struct {
	Method string
	// Target is the escaped path with the query.
	Target string
	// Cause is what the context of the call says that it was made for, see [WithCause]; that
	// of the realtime connection is "realtime", that of a sign-in "sign-in".
	Cause string
	// Status is 0 when no answer came; Err then says why.
	Status int
	// Attempt counts from 1.
	Attempt int
	// Start is when the attempt left the queue for the network, Queued how long it
	// had waited there, and Duration how long it took until the answer was read.
	Start    time.Time
	Queued   time.Duration
	Duration time.Duration
	// BytesOut and BytesIn count the bodies, the latter uncompressed.
	BytesOut, BytesIn int64
	// ContentType is that of the answer.
	ContentType string
	// RetryIn is how long the client waits before the next attempt; 0 if there is none.
	RetryIn time.Duration
	// Err is the reason why there was no answer, or why its body could not be read.
	Err error

	// The rest is there only if asked for, see [WithHookDetails].

	// SentHeader and ReceivedHeader are the headers that matter and hold no secrets.
	SentHeader, ReceivedHeader http.Header
	// Sent and Received are the beginnings of the bodies.
	Sent, Received Body
}

// Body is what an [Exchange] keeps of a body. Only JSON and forms are kept, because in
// anything else nobody can tell what is secret.
type Body struct {
	// Content is valid JSON or a form, with "[redacted]" in place of every secret; "" if
	// there was no body or it is not kept.
	Content string
	// Cut says that there was more. JSON that was cut ends with what was complete.
	Cut bool
}

// details says how much of headers and bodies an exchange keeps.
type details struct {
	on             bool
	sent, received int // bytes of the bodies
}

// Headers that matter to somebody who looks at a request, and hold no secrets.
var (
	sentHeaders = []string{
		"Accept", "Content-Type", "If-Match", "If-None-Match", "Range", "User-Agent",
		"X-Cumulocity-Processing-Mode", "X-Cumulocity-System-Of-Units",
	}
	receivedHeaders = []string{
		"Allow", "Content-Disposition", "Content-Length", "Content-Range", "Content-Type", "Date", "Etag",
		"Last-Modified", "Retry-After", "Server", "Via", "Www-Authenticate", "X-Request-Id",
	}
)

// sentHeader returns what an exchange keeps of the headers of a request: those that matter, and those that the caller added by
// [CallOptions], without their secrets.
func sentHeader(req *http.Request) http.Header {
	kept := only(req.Header, sentHeaders)
	for name, values := range callOptionsOf(req.Context()).Header {
		shown := make([]string, len(values))
		for i, value := range values {
			shown[i] = redactText(value)
			if isSecret(strings.ReplaceAll(name, "-", "_")) {
				shown[i] = redacted
			}
		}
		kept[name] = shown
	}
	return kept
}

// only returns those of the headers that are named.
func only(header http.Header, names []string) http.Header {
	kept := make(http.Header, 4)
	for _, name := range names {
		if values := header[name]; len(values) > 0 {
			kept[name] = values
		}
	}
	return kept
}
