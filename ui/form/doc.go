// Package form asks for several things at once: a sign-in, a new alarm, the
// settings of a device. A [Form] is an overlay of fields. It checks what was
// typed before anything is sent, says beside each field what is wrong with it,
// and stays open with everything typed while the tenant is asked and when it
// refuses.
//
// A form does no work of its own. [Options.Accept] begins it, beside the update
// loop; meanwhile the form is [Form.Busy], and ends with [Form.Close] or goes on
// after [Form.Fail].
package form
