package demo

import (
	"crypto/rand"
	"crypto/subtle"
	"fmt"
	"math/big"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"c8yx/demo/clock"
)

// The strategies of two-factor authentication. A tenant has one of them.
const (
	strategySMS  = "SMS"
	strategyTOTP = "TOTP"
)

// secondFactor is what a user shows beside the password.
type secondFactor struct {
	wanted   bool      // the user has to, whether the tenant enforces it or not
	strategy string    // "" is the tenant's
	secret   string    // of TOTP, base32; "" before the set-up
	active   bool      // the set-up of TOTP is complete
	last     time.Time // when it was last used to sign in
}

// factors are the second factors under way: codes sent by SMS, and tokens for clients that have shown one.
type factors struct {
	clock clock.Clock

	mu     sync.Mutex
	pins   map[string]pin   // by user
	tokens map[string]proof // by token
}

// pin is a code that was sent by SMS.
type pin struct {
	code  string
	until time.Time
}

// proof says that a user has shown the code of an SMS.
type proof struct {
	user  string
	until time.Time
}

// hurdle is what stands between a correct password and the tenant.
type hurdle int

const (
	noHurdle  hurdle = iota
	setUpTOTP        // has to set up TOTP first
	askTOTP          // has to send a code with the login
	askSMS           // has to send the code of an SMS
)

// tfaOption is a tenant option of two-factor authentication.
func (g *gate) tfaOption(key string) string { return g.option("two-factor-authentication", key) }

// tenantStrategy is TOTP unless the tenant has chosen SMS.
func (g *gate) tenantStrategy() string {
	if strings.EqualFold(g.tfaOption("strategy"), strategySMS) {
		return strategySMS
	}
	return strategyTOTP
}

func (g *gate) strategyOf(u *user) string { return or(u.tfa.strategy, g.tenantStrategy()) }

// enforced reports whether the tenant makes the user have a second factor.
func (g *gate) enforced(u *user) bool {
	if g.tfaOption("enforced") == "true" {
		return true
	}
	name := g.tfaOption("enforced.group")
	if name == "" {
		return false
	}
	for _, id := range u.groups {
		if group := g.directory.group(id); group != nil && group.name == name {
			return true
		}
	}
	return false
}

// secondFactorWanted reports whether a user signs in with a second factor, now or as soon as it is set up.
func (g *gate) secondFactorWanted(u *user) bool {
	return !u.device && u.tenant == g.tenant && g.tfaOption("enabled") == "true" && (u.tfa.wanted || u.tfa.active || g.enforced(u))
}

// hurdleOf tells what a user has to do after the password.
func (g *gate) hurdleOf(u *user) hurdle {
	switch {
	case !g.secondFactorWanted(u):
		return noHurdle
	case g.strategyOf(u) == strategySMS:
		return askSMS
	case u.tfa.active:
		return askTOTP
	}
	return setUpTOTP
}

// The refusals that clients tell apart by their text.

func totpRequired() *problem { return unauthorized("Invalid credentials! : TFA TOTP code required.") }

func totpSetUpRequired() *problem {
	return unauthorized("Authentication failed! : TFA TOTP setup required")
}

// byPassword answers a user who has shown a password with Basic, and perhaps a token for a second factor. Some routes are open to
// who still has to enrol; unproven tells them.
func (g *gate) byPassword(u *user, token string, enrolling bool) (unproven bool, err error) {
	switch g.hurdleOf(u) {
	case noHurdle:
		return false, nil
	case setUpTOTP:
		if enrolling {
			return true, nil
		}
		return true, totpSetUpRequired()
	case askTOTP: // a code cannot travel in Basic
		return true, totpRequired()
	}
	switch {
	case token != "" && g.factors.has(token, u):
		return false, nil
	case enrolling:
		return true, nil
	case u.phone == "":
		return true, noPhone()
	case token != "":
		return true, unauthorized("Invalid credentials! : TFA token has expired, a new pin must be generated")
	}
	return true, g.sendPin(u, false)
}

// byForm answers a user who signs in with the login form: whether a second factor was shown, and whether the session is good for
// nothing but setting one up, which is how browsers come to it.
func (g *gate) byForm(u *user, code string, browser bool) (passed, enrolling bool, err error) {
	how := g.hurdleOf(u)
	if code != "" && strings.Trim(code, "0123456789") != "" && (how != noHurdle || code != "undefined") {
		return false, false, unauthorized("Invalid credentials! : For input string: %q", code)
	}
	switch how {
	case noHurdle:
		return false, false, nil
	case setUpTOTP:
		if browser {
			return false, true, nil
		}
		return false, false, totpSetUpRequired()
	case askTOTP:
		if code == "" {
			return false, false, totpRequired()
		}
		if !totpFits(u.tfa.secret, code, g.clock.Now()) {
			g.directory.change(u, func(u *user) { u.failures++ })
			return false, false, unauthorized("Invalid credentials! : TFA TOTP code is invalid")
		}
	case askSMS:
		switch {
		case u.phone == "":
			return false, false, noPhone()
		case code == "":
			return false, false, g.sendPin(u, false)
		case !g.factors.spend(u, code):
			g.directory.change(u, func(u *user) { u.failures++ })
			return false, false, unauthorized("Invalid credentials! : TFA code is invalid")
		}
	}
	g.directory.change(u, func(u *user) { u.failures, u.tfa.last = 0, g.clock.Now() })
	return true, false, nil
}

func noPhone() *problem {
	refusal := unauthorized("Authentication failed! : TFA phone number is missing")
	refusal.header = http.Header{"Nophoneheader": {"true"}}
	return refusal
}

// sendPin sends a code by SMS, which is in the tenant's log, and says so by an error: that is how clients learn of it. While a
// code is good no other one is sent, unless the user asks for it.
func (g *gate) sendPin(u *user, again bool) *problem {
	code, isNew := g.factors.pin(u, again, time.Duration(number(g.tfaOption("pin.validity"), 30))*time.Minute)
	if !isNew {
		return unauthorized("Authentication failed! : TFA pin has already been generated")
	}
	g.letters.post("your verification code", Letter{By: "SMS", To: u.phone, User: u.name, Code: code})
	return unauthorized("Authentication failed! : TFA pin has been generated")
}

// pin returns the code that a user has to show, and whether it is new.
func (f *factors) pin(u *user, again bool, life time.Duration) (code string, isNew bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	key := userKey(u.tenant, u.name)
	if known, sent := f.pins[key]; sent && !again && f.clock.Now().Before(known.until) {
		return known.code, false
	}
	n, _ := rand.Int(rand.Reader, big.NewInt(1_000_000))
	code = fmt.Sprintf("%0*d", totpDigits, n)
	if f.pins == nil {
		f.pins = make(map[string]pin)
	}
	f.pins[key] = pin{code: code, until: f.clock.Now().Add(life)}
	return code, true
}

// spend reports whether a code is the one that was sent to a user. It is good once.
func (f *factors) spend(u *user, code string) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	key := userKey(u.tenant, u.name)
	known, sent := f.pins[key]
	if !sent || f.clock.Now().After(known.until) || subtle.ConstantTimeCompare([]byte(known.code), []byte(code)) != 1 {
		return false
	}
	delete(f.pins, key)
	return true
}

// token makes a token that stands for a code in later requests.
func (f *factors) token(u *user, life time.Duration) string {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.tokens == nil {
		f.tokens = make(map[string]proof)
	}
	for token, s := range f.tokens {
		if f.clock.Now().After(s.until) {
			delete(f.tokens, token)
		}
	}
	token := rand.Text()
	f.tokens[token] = proof{user: userKey(u.tenant, u.name), until: f.clock.Now().Add(life)}
	return token
}

func (f *factors) has(token string, u *user) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	s, found := f.tokens[token]
	return found && s.user == userKey(u.tenant, u.name) && f.clock.Now().Before(s.until)
}

// forget drops all codes and tokens.
func (f *factors) forget() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.pins, f.tokens = nil, nil
}

// number reads a whole number greater than zero out of an option.
func number(text string, otherwise int) int {
	if n, err := strconv.Atoi(text); err == nil && n > 0 {
		return n
	}
	return otherwise
}
