package demo

import (
	"crypto/rand"
	"strings"
	"sync"
	"time"

	"c8yx/demo/clock"
)

// passwords is what the tenant demands of passwords, and the links with which forgotten ones are replaced.
type passwords struct {
	option  func(category, key string) string
	letters *letters
	clock   clock.Clock

	mu    sync.Mutex
	links map[string]resetLink // by token
}

// resetLink lets somebody set a new password who does not know the old one.
type resetLink struct {
	tenant, user string
	until        time.Time
}

const (
	minPassword   = 8
	maxPassword   = 32
	resetValidity = 24 * time.Hour
)

// passwordSymbols are the characters that a password may have beside letters and digits.
const passwordSymbols = "`~!@#$%^&*()_|+-=?;:'\",.<>{}[]\\/"

// passwordKinds counts the letters and digits of a password: how many of the four kinds of characters it has, and whether it
// has others than those.
func passwordKinds(password string) (kinds int, others bool) {
	has := [4]bool{}
	for _, r := range password {
		switch {
		case r >= 'a' && r <= 'z':
			has[0] = true
		case r >= 'A' && r <= 'Z':
			has[1] = true
		case r >= '0' && r <= '9':
			has[2] = true
		case strings.ContainsRune(passwordSymbols, r):
			has[3] = true
		default:
			others = true
		}
	}
	for _, found := range has {
		if found {
			kinds++
		}
	}
	return kinds, others
}

// passwordStrength is GREEN for a password with all four kinds of characters, YELLOW with three, else RED.
func passwordStrength(password string) string {
	switch kinds, _ := passwordKinds(password); {
	case len(password) < minPassword || kinds < 3:
		return "RED"
	case kinds == 3:
		return "YELLOW"
	}
	return "GREEN"
}

// acceptable checks a password by what every tenant demands, and by the tenant's option to enforce strength.
func (p *passwords) acceptable(password string) error {
	_, others := passwordKinds(password)
	switch {
	case len(password) < minPassword || len(password) > maxPassword:
		return invalid("Password must have between %d and %d characters", minPassword, maxPassword)
	case others:
		return invalid("Password contains characters that are not allowed")
	case p.option("password", "enforce.strength") == "true" || p.option("password", "strength.validity") == "true":
		return p.strong(password)
	}
	return nil
}

// strong demands all four kinds of characters and the length that the tenant has set.
func (p *passwords) strong(password string) error {
	green := number(p.option("password", "green.min-length"), minPassword)
	if len(password) < green || passwordStrength(password) != "GREEN" {
		return invalid("Password is too weak: at least %d characters are required, with upper and lower case letters, digits and symbols", green)
	}
	return nil
}

// successor checks the password with which a user replaces his own: it must be strong and new.
func (p *passwords) successor(u *user, password string) error {
	if err := p.acceptable(password); err != nil {
		return err
	}
	if err := p.strong(password); err != nil {
		return err
	}
	for _, former := range append(u.former[:len(u.former):len(u.former)], u.password) {
		if former == password {
			return invalid("Password has been used before")
		}
	}
	return nil
}

// link makes a token with which a user may set a new password once.
func (p *passwords) link(u *user) string {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.links == nil {
		p.links = make(map[string]resetLink)
	}
	for token, link := range p.links {
		expired := p.clock.Now().After(link.until)
		if !expired && link.tenant == u.tenant && link.user == u.name {
			return token // asking again does not make the first link useless
		}
		if expired {
			delete(p.links, token)
		}
	}
	token := rand.Text()
	p.links[token] = resetLink{tenant: u.tenant, user: u.name, until: p.clock.Now().Add(resetValidity)}
	return token
}

// valid returns the link of a token, if it has not expired.
func (p *passwords) valid(token string) (resetLink, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	link, found := p.links[token]
	return link, found && p.clock.Now().Before(link.until)
}

// spend makes a token useless.
func (p *passwords) spend(token string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.links, token)
}

// mail sends a link.
func (p *passwords) mail(u *user) {
	p.letters.post("reset your password", Letter{By: "mail", To: u.email, User: u.name, Code: p.link(u)})
}
