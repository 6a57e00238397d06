//go:build !unix

package demo_test

import "time"

// busy is the time that has passed, where the system does not tell what the processors have done in it.
func busy() time.Duration { return time.Duration(time.Now().UnixNano()) }
