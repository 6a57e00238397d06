// Package operate tells devices what to do. It asks a device what it supports, offers forms for what
// the platform knows of (restart, shell, firmware, software, configuration, log files, measurements)
// and JSON for anything else, and sends operations: one to a device, one to each of many as a job, or
// a bulk operation for a group. What a device does not support is offered with the reason why not.
package operate
