package demo

// SignIn says how users may get into a tenant. The zero value is what new tenants have: OAI-Secure, and Basic for clients that are no browsers.
type SignIn struct {
	BasicOnly   bool // there is no OAI-Secure, hence no tokens and no cookies
	SSO         SSO  // single sign-on besides, with an identity provider that comes with the tenant
	Suspended   bool // the tenant is suspended: nobody gets in who does not belong to the management tenant
	UnknownHost bool // the address does not tell the tenant, as on an edge: users have to name it
}

// SSO is how users get to the identity provider.
type SSO string

// The ways in which the initRequest of a login option begins.
const (
	NoSSO       SSO = ""         // not at all: users sign in with passwords
	SSORedirect SSO = "redirect" // it sends the browser to the provider
	SSODocument SSO = "document" // it answers with the provider's address: {"redirectTo":…}
)

// Letter is something that a tenant has sent to a user. No network carries it: it is in the log of [Options.Logger], and here.
type Letter struct {
	By   string // "SMS" or "mail"
	To   string // a telephone number or a mail address
	User string // name
	Code string // the code to sign in with, or the token to set a new password with
}

// Letters are the latest that the tenant has sent, the newest last.
func (t *Tenant) Letters() []Letter {
	t.gate.letters.mu.Lock()
	defer t.gate.letters.mu.Unlock()
	return append([]Letter(nil), t.gate.letters.sent...)
}
