// Package edit is how a user changes things: one or many of them by a request ([Change]), one as a
// document or a form, creating, deleting, and taking back. It shows what will be sent before it is
// sent, keeps what the user has written until the tenant has it, and says what came of it. What can
// be changed about a kind of thing is told by descriptions ([Editor], [Creator], [Remover]) in the
// file of that kind; nothing here knows a kind but managed objects.
package edit
