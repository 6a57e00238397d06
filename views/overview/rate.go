package overview

import "time"

// The meter of what arrives live: a bucket for every few seconds of the last
// minutes.
const (
	bucket  = 5 * time.Second
	buckets = 60
)

// rate counts what arrives.
type rate struct {
	began  time.Time // when it began to count
	counts [buckets]int
	latest int64 // the number of the bucket that counts now
}

// advance empties the buckets of the time that has passed.
func (r *rate) advance(now time.Time) {
	n := now.UnixNano() / int64(bucket)
	if r.began.IsZero() {
		r.began, r.latest = now, n
	}
	for ; r.latest < n && n-r.latest <= buckets; r.latest++ {
		r.counts[(r.latest+1)%buckets] = 0
	}
	if r.latest < n {
		r.counts = [buckets]int{}
		r.latest = n
	}
}

// add counts messages.
func (r *rate) add(now time.Time, n int) {
	r.advance(now)
	r.counts[r.latest%buckets] += n
}

// series returns the counts since the beginning, the oldest first; the bucket
// that is still filling is left out.
func (r *rate) series(now time.Time) []float64 {
	r.advance(now)
	known := min(buckets-1, int(now.Sub(r.began)/bucket))
	values := make([]float64, 0, known)
	for i := known; i > 0; i-- {
		values = append(values, float64(r.counts[(r.latest-int64(i))%buckets]))
	}
	return values
}

// perMinute returns how many came within the last minute; false while it has not
// been counting for that long.
func (r *rate) perMinute(now time.Time) (int, bool) {
	values := r.series(now)
	const minute = int(time.Minute / bucket)
	if len(values) < minute {
		return 0, false
	}
	sum := 0.0
	for _, v := range values[len(values)-minute:] {
		sum += v
	}
	return int(sum), true
}
