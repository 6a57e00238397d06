// Package transfer moves files between the tenant and this machine, beside whatever else the
// user does: downloads, uploads and exports. A [Board] holds the transfers of a session with one
// tenant; each can be cancelled, tried again and, where that is possible, paused.
//
// What comes from the tenant lands in a part file beside its final name and gets that name when
// it is complete, and it never replaces a file that nobody was asked about. Names that the tenant
// chose stay inside the folder that the user chose. Nothing is kept in memory but a buffer.
//
// Nothing here is drawn. The parts that do the work need no screen, so that commands use them too.
package transfer
