// Package session is who a user is to a tenant: signing in, and staying signed
// in. What it holds are secrets, so nothing here prints, logs or keeps them in
// files. It knows no screen; what must be asked of the user is asked above.
//
// A sign-in that is to outlive the program is given to a [Keeper], as [Kept], and
// is that of one user to one tenant at one address: what was kept for an address is
// loaded for no other, nor for the same host without TLS. It holds what requests
// are authenticated with, which is a token wherever the tenant has tokens. A
// password is kept only for a tenant that knows nothing else, and only if the user
// has agreed. A Keeper stores and does not judge: whether a sign-in is still good is
// for the tenant to say, and what cannot be loaded, for whatever reason, leads to
// signing in and never to an end. Where sign-ins are kept, and how a keyring that is
// locked, slow or not there is dealt with, is the business of package keep.
package session
