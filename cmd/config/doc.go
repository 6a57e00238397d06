// Package config reads the user's configuration file: the tenants that he
// knows, how the program looks, which keys do what. The file is read and never
// written. A mistake in it is told with its line and leaves the rest of the file
// usable; a tenant with a mistake is read-only until that is mended, because
// what was to protect it may be what cannot be read. Nothing here asks a tenant
// anything, and no secret belongs into the file.
package config
