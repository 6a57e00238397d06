package collection

import "time"

// tick plans the next moment at which an age on screen reads differently.
func (v *View[T]) tick() {
	if v.stopTick != nil {
		v.stopTick()
		v.stopTick = nil
	}
	if !v.seen || v.scope == nil {
		return
	}
	if next := v.nextAge(time.Now()); next > 0 {
		v.stopTick = v.scope.After(next, func() {
			v.stopTick = nil
			v.version++
			if v.filter.Ages() {
				v.arrange()
			}
			v.tick()
		})
	}
}

// nextAge returns how long the ages on screen stay as they are, 0 for ever.
func (v *View[T]) nextAge(now time.Time) time.Duration {
	next := time.Duration(0)
	if v.filter.Ages() {
		next = 15 * time.Second
	}
	first, end := v.table.Visible()
	for _, shown := range v.shown {
		c := &v.columns[shown]
		if c.Time == nil {
			continue
		}
		for i := first; i < end; i++ {
			age := 15 * time.Second
			if item, ok := v.rows.At(i); ok && now.Sub(c.Time(item)).Abs() < time.Minute {
				age = time.Second
			}
			if next == 0 || age < next {
				next = age
			}
		}
	}
	if next == 0 && (v.state == failed || !v.lost.IsZero()) {
		return time.Second
	}
	return next
}
