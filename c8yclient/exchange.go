package c8yclient

import "time"

// Exchange describes one finished attempt at a request. It holds no secrets:
// no headers, no bodies, and a target with secret parameters blanked.
type Exchange struct {
	Method string
	// Target is the escaped path with the query.
	Target string
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
}
