// Package follow shows what the tenant passes on for a Notification 2.0 subscription, as it comes. A
// subscriber is made for as long as the view is open, and removed when it is left: the tenant would
// keep news for it without end. What came is kept for the session, within bounds, so that it can be
// inspected; nothing here changes a subscription.
package follow
