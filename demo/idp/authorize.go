package idp

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"net/http"
	"net/url"
	"time"

	"c8yx/demo/clock"
)

// grant is an authorization code that was handed out.
type grant struct {
	account, redirect, issuer, nonce, scope string
	challenge, method                       string // of PKCE; "" without
	until                                   time.Time
}

// AuthorizationURL is where a browser begins to sign in, and comes back from with a code.
func (p *Provider) AuthorizationURL(origin, redirect, state string) string {
	return p.issuer(origin) + "/protocol/openid-connect/auth?" + url.Values{
		"response_type": {"code"}, "client_id": {p.options.Client}, "scope": {"openid profile email"}, "audience": {p.options.Client},
		"redirect_uri": {redirect}, "state": {state},
	}.Encode()
}

// wish checks what a browser comes with. What is wrong with the client or the redirect is told to the person: sending the browser anywhere
// would be a mistake.
func (p *Provider) wish(w http.ResponseWriter, r *http.Request) (redirect *url.URL, ok bool) {
	asked := r.Form
	switch {
	case asked.Get("client_id") != p.options.Client:
		page(w, http.StatusBadRequest, "Unknown client", paragraph("There is no client "+asked.Get("client_id")+"."))
	case !p.mayRedirect(r, asked.Get("redirect_uri")):
		page(w, http.StatusBadRequest, "Invalid redirect", paragraph("Invalid parameter: redirect_uri. Only the tenant and addresses on loopback are registered."))
	case asked.Get("response_type") != "code":
		redirect, _ = url.Parse(asked.Get("redirect_uri"))
		back(w, r, redirect, url.Values{"error": {"unsupported_response_type"}, "state": {asked.Get("state")}})
	default:
		redirect, _ = url.Parse(asked.Get("redirect_uri"))
		return redirect, true
	}
	return nil, false
}

// back sends a browser where it came from, with the parameters that it has waited for.
func back(w http.ResponseWriter, r *http.Request, to *url.URL, with url.Values) {
	address := *to
	query := address.Query()
	for name, values := range with {
		if values[0] != "" {
			query[name] = values
		}
	}
	address.RawQuery = query.Encode()
	http.Redirect(w, r, address.String(), http.StatusFound)
}

// askWho is the page on which somebody signs in.
func (p *Provider) askWho(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil {
		page(w, http.StatusBadRequest, "Bad request", paragraph(err.Error()))
		return
	}
	if _, ok := p.wish(w, r); ok {
		page(w, http.StatusOK, "Sign in", p.form(r.URL.RequestURI(), nil, ""))
	}
}

// authorize takes the answer of that page: it sends the browser back with a code, or shows the page again.
func (p *Provider) authorize(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, 1<<16)
	if err := r.ParseForm(); err != nil {
		page(w, http.StatusBadRequest, "Bad request", paragraph(err.Error()))
		return
	}
	redirect, ok := p.wish(w, r)
	if !ok {
		return
	}
	asked := r.Form
	state := asked.Get("state")
	if asked.Get("decision") == "deny" {
		back(w, r, redirect, url.Values{"error": {"access_denied"}, "error_description": {"The user has cancelled"}, "state": {state}})
		return
	}
	account, right := p.account(asked.Get("username"), asked.Get("password"))
	if !right {
		page(w, http.StatusUnauthorized, "Sign in", p.form(r.URL.RequestURI(), nil, "Invalid username or password."))
		return
	}
	code := rand.Text()
	p.mu.Lock()
	p.forget()
	p.codes[code] = &grant{
		account: account.Name, redirect: asked.Get("redirect_uri"), issuer: p.issuer(origin(r)), nonce: asked.Get("nonce"), scope: asked.Get("scope"),
		challenge: asked.Get("code_challenge"), method: asked.Get("code_challenge_method"), until: p.options.Clock.Now().Add(p.options.CodeLife),
	}
	p.mu.Unlock()
	back(w, r, redirect, url.Values{"code": {code}, "state": {state}, "session_state": {rand.Text()}})
}

// forget drops what nobody has redeemed in time. The caller holds the lock.
func (p *Provider) forget() {
	for code, g := range p.codes {
		if clock.Until(p.options.Clock, g.until) <= 0 {
			delete(p.codes, code)
		}
	}
	for code, d := range p.devices {
		if clock.Until(p.options.Clock, d.until) <= -p.options.DeviceLife { // who asks late is told that it is late
			delete(p.devices, code)
		}
	}
}

// ErrCode means that an authorization code is not, or no longer, good for anything.
var ErrCode = errors.New("the code is not valid")

// Redeem takes a code, which is good once, from who got it at the same redirect.
func (p *Provider) Redeem(code, redirect string) (Account, error) {
	g, err := p.redeem(code, redirect, "")
	if err != nil {
		return Account{}, err
	}
	account, _ := p.named(g.account)
	return account, nil
}

func (p *Provider) redeem(code, redirect, verifier string) (*grant, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.forget()
	g := p.codes[code]
	if g == nil || g.redirect != redirect {
		return nil, ErrCode
	}
	delete(p.codes, code)
	if g.challenge == "" {
		return g, nil
	}
	proof := verifier
	if g.method == "S256" {
		sum := sha256.Sum256([]byte(verifier))
		proof = base64.RawURLEncoding.EncodeToString(sum[:])
	}
	if subtle.ConstantTimeCompare([]byte(proof), []byte(g.challenge)) != 1 {
		return nil, ErrCode
	}
	return g, nil
}
