// Package guest reads what the c8y command line knows of tenants: the files of
// its sessions, in JSON, YAML or TOML, plain or encrypted, old and new. They
// belong to somebody else: they are read when needed and never written, and of
// their secrets nothing is kept. Nothing here knows how to sign in.
//
// What the files look like was learned from files that the command line has
// written.
package guest
