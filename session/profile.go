package session

import "c8yx/c8yclient"

// Mode says how careful a user wants to be with a tenant. The words are those of the
// c8y command line.
type Mode string

// The modes. The zero Mode is [Development].
const (
	Production    Mode = "prod" // read-only until unlocked
	Qualification Mode = "qual" // nothing may be deleted
	Development   Mode = "dev"  // everything may be done
)

// Origin is where a profile was found.
type Origin string

// Where profiles come from.
const (
	FromConfig      Origin = "config"      // the user's config.toml
	FromEnvironment Origin = "environment" // C8Y_* variables
	FromC8Y         Origin = "c8y"         // a session of the c8y command line
	FromKeeper      Origin = "signed in"   // a kept sign-in that no other source names
	FromUser        Origin = "typed"       // the sign-in form or the command line
	FromDemo        Origin = "demo"        // the demo tenant in this process
)

// Profile is one tenant as a user knows it: where it is, as whom, and how to treat it. It
// says nothing about whether anybody is signed in.
type Profile struct {
	Name    string // what the user calls it; unique among profiles
	Address string // https://acme.example
	Tenant  string // the tenant's id, "" if the address tells
	User    string // "" if unknown
	Mode    Mode
	// ReadOnly forbids all writing, whatever the mode, and cannot be unlocked.
	ReadOnly bool
	// Colour names the theme's colour that marks the tenant; "" for that of the mode.
	Colour string
	// Method is the way to sign in that the user wants, a [Method.Type]; "" leaves it to the tenant.
	Method string
	TLS    TLS
	Origin Origin
	// From is the file or variable that the profile was read from, for messages.
	From string

	// What guests and the environment may bring along. None of it is ever stored.

	Password   c8yclient.Secret
	Token      c8yclient.Secret
	TOTPSecret c8yclient.Secret // the base32 seed of which codes can be computed
	// Sealed is the file of a guest some of whose secrets are encrypted and so left out here; package
	// guest opens them. "" if there are none.
	Sealed string
}

// TLS says how to check the tenant's certificate, and which one to show.
type TLS struct {
	CA               string // file with further trusted roots, PEM
	Certificate, Key string // files of a client certificate, PEM
	Insecure         bool   // check nothing; loud in the header
}
