package c8yclient

import (
	"net/http"
	"time"
)

// Option changes how [New] builds a client.
type Option func(*settings)

type settings struct {
	auth           Auth
	base           http.RoundTripper
	userAgent      string
	applicationKey string
	rate           float64
	burst          int
	concurrency    int
	retry          RetryPolicy
	silence        time.Duration
	hook           func(Exchange)
	guard          func(*http.Request, Effect) error
	details        details
}

const (
	defaultUserAgent   = "c8yclient"
	defaultConcurrency = 8
	defaultSilence     = time.Minute
)

func defaultSettings() settings {
	return settings{
		userAgent:   defaultUserAgent,
		concurrency: defaultConcurrency,
		silence:     defaultSilence,
		retry:       DefaultRetry(),
	}
}

// WithAuth sets the credentials. Without them only anonymous operations, such as
// [LoginOptionsService.List], succeed.
func WithAuth(auth Auth) Option { return func(s *settings) { s.auth = auth } }

// WithTransport sets what finally sends requests, in place of a clone of
// [http.DefaultTransport]: an own proxy or TLS configuration, or a fake in tests.
func WithTransport(base http.RoundTripper) Option { return func(s *settings) { s.base = base } }

// WithUserAgent sets the User-Agent header.
func WithUserAgent(userAgent string) Option { return func(s *settings) { s.userAgent = userAgent } }

// WithApplicationKey marks every request as traffic of that application. Without a
// key the platform counts requests of a device's user as a sign of life of the device.
func WithApplicationKey(key string) Option { return func(s *settings) { s.applicationKey = key } }

// WithRateLimit sends at most perSecond requests a second on average, and burst
// of them at once. Zero means no limit, which is the default: the platform says
// 429 when it has enough, and all requests then wait as long as it asked for.
func WithRateLimit(perSecond float64, burst int) Option {
	return func(s *settings) { s.rate, s.burst = perSecond, max(burst, 1) }
}

// WithConcurrency sets how many requests may be under way at once; 8 by default.
// A request counts until its answer has been read. Realtime does not count.
func WithConcurrency(requests int) Option {
	return func(s *settings) { s.concurrency = max(requests, 1) }
}

// WithRetry sets how transient failures are retried, in place of [DefaultRetry].
func WithRetry(policy RetryPolicy) Option { return func(s *settings) { s.retry = policy } }

// WithSilenceLimit gives up on a request when nothing moves in either direction
// for that long: a minute by default, zero for never. It does not limit how long
// a transfer takes as a whole; use a context for that.
func WithSilenceLimit(limit time.Duration) Option { return func(s *settings) { s.silence = limit } }

// WithHook has hook called whenever an attempt at a request is over, from the
// goroutine that ended it. It must not block. A WebSocket of the realtime connection
// is reported when it has been opened; what goes through it is not.
func WithHook(hook func(Exchange)) Option { return func(s *settings) { s.hook = hook } }

// WithGuard has guard asked before anything is sent, every attempt of every request, those of the
// realtime connection included. A request that it returns an error for does not leave: the call
// fails with [ErrGuarded] and the words of that error. The guard is told what the request would do
// to the tenant; the request has no credentials yet and must not be changed.
func WithGuard(guard func(*http.Request, Effect) error) Option {
	return func(s *settings) { s.guard = guard }
}

// WithHookDetails has the exchanges that go to the hook carry headers, and up to so many
// bytes of the bodies that were sent and received. Secrets in them are replaced; where
// that cannot be done, nothing is kept: see [Body].
func WithHookDetails(sent, received int) Option {
	return func(s *settings) { s.details = details{on: true, sent: sent, received: received} }
}
