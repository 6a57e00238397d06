// Package transfers shows the transfers of a session: a list of all, and the questions that come
// before and after one: where a file shall go, which file shall be sent, whether one of the same
// name may be replaced. What moves the bytes is package transfer.
package transfers
