// Package session is who a user is to a tenant: signing in, and staying signed in.
//
//   - A [Profile] says where a tenant is and as whom to go there.
//   - A [Flow] is one sign-in under way. It asks the tenant how its users sign in, and says step
//     by step what it lacks: a [Step] for each thing that a tenant may want of a user, be it a
//     password, a second factor, a new password or a page in a browser.
//   - A [Session] is what comes of it. It authenticates the requests of a client, takes over
//     what the tenant renews, and when the tenant has ended it puts one [Question] for all
//     requests that wait.
//   - A [Keeper] keeps sign-ins between two starts. Package keep has those that last.
//
// What went wrong is a [Problem]: in words for the user, with what to do. What it holds are
// secrets, so nothing here prints, logs or keeps them in files. It knows no screen; what must be
// asked of the user is asked above.
package session
