// Package keep is where sign-ins are kept between two starts: two kinds of [session.Keeper], and
// the choice between them and [session.Memory], which keeps nothing that long.
//
//   - [Keyring] keeps them in the keyring of the operating system.
//   - [Sealed] keeps them in a file that is encrypted with a passphrase, for machines
//     without a keyring.
//
// [Open] chooses.
//
// Secrets leave this package to the keyring, and sealed to the file, and nowhere else: not
// to the list of what is kept, not to an error, not to a log. What else is written, all of it
// in one folder, says which tenant and user, when they signed in and until when, and no more.
//
// Whatever may block takes a context and comes back in its time. What has to be asked of the
// user is a function in [Options]; this package knows no screen and no prompt. Signing in,
// renewing and signing out are not here either: a Keeper stores what it is given.
package keep
