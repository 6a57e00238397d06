// Package session is who a user is to a tenant: signing in, and staying signed
// in. What it holds are secrets, so nothing here prints, logs or keeps them in
// files. It knows no screen; what must be asked of the user is asked above.
package session
