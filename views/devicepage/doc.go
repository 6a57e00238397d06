// Package devicepage is the page about one device: how it is and why, what it
// is made of, where it belongs, and in tabs what it measured, what it reported,
// and what it was told to do.
//
// The overview is drawn here, from the fragments that devices carry; the other
// tabs are views of their own that the page holds and forwards to, so that the
// alarms of a device behave as alarms do everywhere. An object that is no device
// gets a page too, which says what it is. Every fragment may be missing or of
// another type than the platform documents.
package devicepage
