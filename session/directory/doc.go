// Package directory gathers the tenants that a user knows: those of his
// configuration, of the environment, of the c8y command line, those he has
// signed in to before, and the demo tenant. It makes one list of them, in which
// every tenant and user stands once, finds one by what a user calls it, and says
// what could not be read. It signs in nowhere and asks no tenant anything.
package directory
