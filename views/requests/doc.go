// Package requests shows what the session has sent to the tenant: a list of the latest
// requests, and each of them as a document. What is shown comes from package traffic, so it
// holds no secrets.
package requests
