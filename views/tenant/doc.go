// Package tenant is the tenant that the views look at: its client, what its
// user may do, and its live messages in the form that views use. It draws
// nothing and knows no view.
package tenant
