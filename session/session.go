package session

// Session is who a user is to a tenant, from sign-in to log-out. It authenticates the
// requests of a client, takes over renewed cookies and, when the tenant has ended it, has the
// user asked once for all requests that were refused; these wait, and are sent again.
type Session struct{}
