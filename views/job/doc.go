// Package job does something with many things, one after the other, beside whatever else the user
// does. A [Job] has an outcome for each of its items. It can be paused, taken up again and
// cancelled, waits by itself while the tenant asks for patience or cannot be reached, and can try
// again what failed. The [Board] holds the jobs of a session with one tenant. What is done with an
// item is the caller's; nothing here knows a kind of thing, and nothing here is drawn.
package job
