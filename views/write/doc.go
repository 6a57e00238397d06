// Package write is how something in a tenant is changed: a [Request] that can be shown before it
// is sent, an [Attempt] at it that looks at the document first and can be taken up again after the
// network was gone, and the arithmetic of documents: what differs, what of it has to be sent, and
// what would take it back. It draws nothing, and knows no kind of thing.
package write
