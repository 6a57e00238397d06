// Package fault puts what went wrong into words that a user can act on: what
// was tried, what the tenant answered, and what can be done about it.
package fault
