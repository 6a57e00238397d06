// Package inspect is the view of one document of the REST API as JSON: folded,
// searched, copied, and with its references followed.
package inspect
