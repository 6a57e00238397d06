// Package lobby is where a user comes in and where he chooses between tenants: the
// first sign-in, the list of the tenants that he knows, and the desks of those that
// are open. Which tenants there are, and how to reach one, it is told by whoever
// makes the [Lobby].
package lobby
