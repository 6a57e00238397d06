package job

import "time"

// pace measures how fast items are dealt with, over the last seconds and not since the beginning,
// so that it tells the truth soon after a pause.
type pace struct {
	seconds [window]int32 // items by second, a ring
	last    int64         // the second that was counted last
	since   time.Time     // when counting began or was taken up again
}

// window is over how many seconds the pace is measured.
const window = 10

// begin forgets what was measured before a pause.
func (p *pace) begin(now time.Time) { *p = pace{last: now.Unix(), since: now} }

func (p *pace) turn(now time.Time) {
	second := now.Unix()
	for ; p.last < second && second-p.last <= window; p.last++ {
		p.seconds[(p.last+1)%window] = 0
	}
	if p.last < second {
		p.seconds, p.last = [window]int32{}, second
	}
}

// add counts an item.
func (p *pace) add(now time.Time) {
	p.turn(now)
	p.seconds[p.last%window]++
}

// rate returns the items a second, 0 before enough time has passed to tell.
func (p *pace) rate(now time.Time) float64 {
	p.turn(now)
	span := min(now.Sub(p.since), (window-1)*time.Second+time.Duration(now.Nanosecond()))
	if span < time.Second/2 {
		return 0
	}
	sum := int32(0)
	for _, n := range p.seconds {
		sum += n
	}
	return float64(sum) / span.Seconds()
}
