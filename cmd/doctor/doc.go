// Package doctor looks for what keeps a user from working: on his machine, on
// the way to a tenant, and at the tenant. Every finding says what is so, whether
// that is well, and what to do if it is not. It changes nothing anywhere, and
// knows no more of a tenant than what anybody may ask it.
package doctor
