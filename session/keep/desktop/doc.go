// Package desktop gives tests a login as on a Linux desktop: a session bus, and GNOME Keyring on
// it, without anything on a screen. Every test has its own, so that the keyring of whoever runs
// the tests is never touched, and an empty home.
//
// Nothing but tests imports this package. Where the programs are not installed, and where there is
// no such thing as a session bus, tests are skipped; .ci/run installs them.
package desktop
