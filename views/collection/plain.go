package collection

import (
	"strconv"
	"time"
)

// plain returns what a thing has in the column as other programs read it: times as RFC 3339,
// numbers without their thousands apart, words without signs before them.
func (c *Column[T]) plain(item T) string {
	switch {
	case c.Time != nil:
		if at := c.Time(item); !at.IsZero() {
			return at.Format(time.RFC3339Nano)
		}
		return ""
	case c.Number != nil:
		if n, ok := c.Number(item); ok {
			return strconv.FormatFloat(n, 'f', -1, 64)
		}
		return ""
	}
	return c.text(item)
}
