// Package traffic remembers what a session has sent to one tenant: the latest requests with
// all that is known of them, and a journal of everything that was written. It is fed by the
// hook of the client, which has taken the secrets out, and is bounded in memory. Nothing here
// is drawn or sent.
package traffic
