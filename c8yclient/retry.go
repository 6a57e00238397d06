package c8yclient

import (
	"context"
	"errors"
	"math/rand/v2"
	"net"
	"net/http"
	"slices"
	"strconv"
	"time"
)

// RetryPolicy says how often and after which waits a request is repeated. Only
// GET, HEAD, PUT and DELETE are repeated, after network failures and the statuses
// 429, 500, 502, 503 and 504; any other method only when no connection could be
// made, so that the request surely did not arrive. The wait before attempt n+1 is
// random between half and all of Base·2ⁿ⁻¹, at most MaxBackoff; a Retry-After of the
// tenant counts instead, unless it is longer than MaxWait: then the error is
// returned at once, with the time in it.
type RetryPolicy struct {
	// Attempts is the number of attempts in all; 1 means no retry.
	Attempts   int
	Base       time.Duration
	MaxBackoff time.Duration
	MaxWait    time.Duration
}

// DefaultRetry returns the policy of a client that was given none: four attempts
// within about two seconds, longer only if the tenant asks for up to a minute.
func DefaultRetry() RetryPolicy {
	return RetryPolicy{Attempts: 4, Base: 250 * time.Millisecond, MaxBackoff: 5 * time.Second, MaxWait: time.Minute}
}

// NoRetry returns a policy of a single attempt.
func NoRetry() RetryPolicy { return RetryPolicy{Attempts: 1} }

// next decides what follows an attempt: another one after a wait, or none.
func (p RetryPolicy) next(req *http.Request, resp *http.Response, err error, attempt int) (wait time.Duration, again bool) {
	if attempt >= p.Attempts {
		return 0, false
	}
	switch {
	case err != nil && !transientError(err):
		return 0, false
	case err != nil && isDialError(err):
		// Nothing was sent: every method may try again.
	case !idempotent(req.Method):
		return 0, false
	case err == nil && !transientStatus(resp.StatusCode):
		return 0, false
	}
	if hold := retryAfter(resp); hold > 0 {
		return hold, hold <= p.MaxWait
	}
	backoff := min(p.Base<<(attempt-1), p.MaxBackoff)
	if backoff <= 0 {
		return 0, true
	}
	return backoff/2 + rand.N(backoff/2+1), true
}

func idempotent(method string) bool {
	switch method {
	case http.MethodGet, http.MethodHead, http.MethodPut, http.MethodDelete, "":
		return true
	}
	return false
}

func transientStatus(status int) bool {
	switch status {
	case http.StatusTooManyRequests, http.StatusInternalServerError, http.StatusBadGateway,
		http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return true
	}
	return false
}

// transientError tells failures that may pass from those that will not: a wrong
// certificate stays wrong, a name that does not exist will not exist in a second,
// and a silent tenant has already cost its time.
func transientError(err error) bool {
	var dns *net.DNSError
	switch {
	case errors.As(err, &dns) && dns.IsNotFound:
		return false
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded), errors.Is(err, errSilence):
		return false
	}
	_, kinds := connectionFailure(err)
	return !slices.Contains(kinds, ErrCertificate) && !slices.Contains(kinds, ErrScheme)
}

// isDialError reports whether no connection could be made.
func isDialError(err error) bool {
	var op *net.OpError
	return errors.As(err, &op) && op.Op == "dial"
}

// retryAfter reads the Retry-After header of an answer, in seconds or as a date.
// Zero means that there is none, or that it is in the past.
func retryAfter(resp *http.Response) time.Duration {
	if resp == nil || (resp.StatusCode != http.StatusTooManyRequests && resp.StatusCode != http.StatusServiceUnavailable) {
		return 0
	}
	value := resp.Header.Get("Retry-After")
	if seconds, err := strconv.Atoi(value); err == nil {
		const year = 365 * 24 * 60 * 60
		return time.Duration(min(max(seconds, 0), year)) * time.Second
	}
	if date, err := http.ParseTime(value); err == nil {
		return max(time.Until(date), 0)
	}
	return 0
}
