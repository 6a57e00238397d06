package idp

import (
	"crypto/rand"
	"errors"
	"math/big"
	"net/http"
	"net/url"
	"strings"
	"time"

	"c8yx/demo/clock"
)

const deviceGrant = "urn:ietf:params:oauth:grant-type:device_code"

// pairing is a device that waits for somebody to let it in.
type pairing struct {
	userCode, scope, issuer string
	until                   time.Time
	interval                time.Duration
	asked                   time.Time // when it asked last
	account                 string    // who has let it in, "" as long as nobody has
	denied                  bool
}

// newUserCode is what a person types: consonants only, so that it is no word.
func newUserCode() string {
	const letters = "BCDFGHJKLMNPQRSTVWXZ"
	var code strings.Builder
	for i := range 8 {
		if i == 4 {
			code.WriteByte('-')
		}
		n, _ := rand.Int(rand.Reader, big.NewInt(int64(len(letters))))
		code.WriteByte(letters[n.Int64()])
	}
	return code.String()
}

// plain is a code as people may type it: in any case, with or without the dash.
func plain(userCode string) string {
	return strings.ToUpper(strings.NewReplacer("-", "", " ", "").Replace(userCode))
}

// pair gives a device a code for itself and one for a person.
func (p *Provider) pair(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, 1<<16)
	if r.FormValue("client_id") != p.options.Client {
		refuse(w, http.StatusUnauthorized, "invalid_client", "Invalid client or Invalid client credentials")
		return
	}
	device, code := rand.Text(), newUserCode()
	issuer := p.issuer(origin(r))
	p.mu.Lock()
	p.forget()
	p.devices[device] = &pairing{
		userCode: code, scope: r.FormValue("scope"), issuer: issuer, until: p.options.Clock.Now().Add(p.options.DeviceLife), interval: p.options.Interval,
	}
	p.mu.Unlock()
	write(w, http.StatusOK, map[string]any{
		"device_code": device, "user_code": code, "verification_uri": issuer + "/device", "verification_uri_complete": issuer + "/device?user_code=" + url.QueryEscape(code),
		"expires_in": int(p.options.DeviceLife.Seconds()), "interval": int(p.options.Interval.Seconds()),
	})
}

// ErrUserCode means that no device waits with a code.
var ErrUserCode = errors.New("no device waits with this code")

// Approve lets the device in that shows a code, in the name of an account; an empty name turns it away. It is what the page does, for tests.
func (p *Provider) Approve(userCode, account string) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, d := range p.devices {
		if plain(d.userCode) == plain(userCode) && clock.Until(p.options.Clock, d.until) > 0 && d.account == "" && !d.denied {
			d.account, d.denied = account, account == ""
			return nil
		}
	}
	return ErrUserCode
}

// askCode is the page on which somebody types what the device shows.
func (p *Provider) askCode(w http.ResponseWriter, r *http.Request) {
	code := r.URL.Query().Get("user_code")
	page(w, http.StatusOK, "Connect a device", p.form(p.options.Path+"/device", &code, ""))
}

// decide takes the answer of that page.
func (p *Provider) decide(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, 1<<16)
	code := r.FormValue("user_code")
	account, right := p.account(r.FormValue("username"), r.FormValue("password"))
	deny := r.FormValue("decision") == "deny"
	if !right && !deny {
		page(w, http.StatusUnauthorized, "Connect a device", p.form(p.options.Path+"/device", &code, "Invalid username or password."))
		return
	}
	name := account.Name
	if deny {
		name = ""
	}
	if err := p.Approve(code, name); err != nil {
		page(w, http.StatusBadRequest, "Connect a device", p.form(p.options.Path+"/device", &code, "Invalid code, or it has expired."))
		return
	}
	if deny {
		page(w, http.StatusOK, "Device turned away", paragraph("The device does not get in. You may close this window."))
		return
	}
	page(w, http.StatusOK, "Device connected", paragraph("The device is signed in. You may close this window and go back to it."))
}

// poll answers a device that asks whether it may come in.
func (p *Provider) poll(w http.ResponseWriter, deviceCode string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := p.options.Clock.Now()
	d := p.devices[deviceCode]
	switch {
	case d == nil:
		refuse(w, http.StatusBadRequest, "invalid_grant", "Device code not valid")
	case !now.Before(d.until):
		refuse(w, http.StatusBadRequest, "expired_token", "Device code is expired")
	case d.denied:
		delete(p.devices, deviceCode)
		refuse(w, http.StatusBadRequest, "access_denied", "The end user denied the authorization request")
	case !d.asked.IsZero() && now.Sub(d.asked) < d.interval:
		d.asked, d.interval = now, d.interval+5*time.Second
		refuse(w, http.StatusBadRequest, "slow_down", "Slow down")
	case d.account == "":
		d.asked = now
		refuse(w, http.StatusBadRequest, "authorization_pending", "The authorization request is still pending")
	default:
		delete(p.devices, deviceCode)
		p.grantTokens(w, d.account, d.issuer, "", d.scope)
	}
}
