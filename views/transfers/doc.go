// Package transfers shows the transfers of a session in a list, tells how they end, and asks what
// becomes of a file whose name is taken when it is complete. The questions before a transfer are
// those of package save; what moves the bytes is package transfer.
package transfers
