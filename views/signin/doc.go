// Package signin is signing in on the screen: a [Guide] leads through the steps of
// a [session.Flow], a [Door] asks somebody of whom nothing is known for his
// tenant, and a [Keeping] asks where to keep a sign-in if there is no keyring.
//
// What is asked lies over whatever else is shown and waits there; nothing here
// sends a request on the update loop, and no secret leaves the forms but to the
// flow.
package signin
