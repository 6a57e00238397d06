package session

import (
	"cmp"
	"context"
	"errors"
	"net/url"
	"time"

	"c8yx/c8yclient"
)

// deviceCode is a sign-in at an identity provider that goes on in a browser elsewhere (RFC 8628).
type deviceCode struct {
	tokens   string // the endpoint that has the token when the user is ready
	client   string // who we are there
	code     c8yclient.Secret
	interval time.Duration // between two questions
	expires  time.Time
}

// deviceGrant is what we want of an identity provider, by its name in RFC 8628.
const deviceGrant = "urn:ietf:params:oauth:grant-type:device_code"

// How often to ask when the identity provider does not say, and how much slower when it says so.
const (
	askEvery = 5 * time.Second
	slowDown = 5 * time.Second
)

// openDevice gets a code from the identity provider, which it finds by the page that browsers go to.
func (f *Flow) openDevice(ctx context.Context, option *c8yclient.LoginOption) Step {
	page, err := f.signInPage(ctx, option)
	if err != nil {
		return f.otherWay(err)
	}
	authorize, err := url.Parse(page)
	if err != nil || !safe(authorize) {
		return f.otherWay(&Problem{Says: "the tenant names a sign-in page that is not at https://", Next: "Ask an administrator of the tenant."})
	}
	idp := provider{transport: f.wire.transport}
	at, err := idp.endpoints(ctx, authorize)
	if err != nil {
		return f.otherWay(noDevices(authorize.Host, err))
	}
	query := authorize.Query()
	form := url.Values{"client_id": {query.Get("client_id")}, "scope": {cmp.Or(query.Get("scope"), "openid")}}
	if audience := query.Get("audience"); audience != "" {
		form.Set("audience", audience)
	}
	var told struct {
		DeviceCode c8yclient.Secret `json:"device_code"`
		UserCode   string           `json:"user_code"`
		Page       string           `json:"verification_uri"`
		OldPage    string           `json:"verification_url"` // of drafts that some still speak
		Complete   string           `json:"verification_uri_complete"`
		ExpiresIn  float64          `json:"expires_in"`
		Interval   float64          `json:"interval"`
	}
	if err := idp.post(ctx, at.Device, form, &told); err != nil {
		return f.otherWay(noDevices(authorize.Host, err))
	}
	if told.DeviceCode == "" || told.UserCode == "" || cmp.Or(told.Page, told.OldPage) == "" {
		return f.otherWay(noDevices(authorize.Host, errors.New("its answer holds no code")))
	}
	f.hangUp()
	f.device = &deviceCode{
		tokens: at.Token, client: query.Get("client_id"), code: told.DeviceCode,
		interval: cmp.Or(time.Duration(told.Interval*float64(time.Second)), askEvery),
		expires:  time.Now().Add(cmp.Or(time.Duration(told.ExpiresIn*float64(time.Second)), 10*time.Minute)),
	}
	return NeedDevice{Page: cmp.Or(told.Page, told.OldPage), Code: told.UserCode, Complete: told.Complete, Expires: f.device.expires}
}

func noDevices(host string, err error) error {
	return &Problem{Says: "signing in on another device does not work at " + host + ": " + err.Error(), Next: "Choose another way.", cause: err}
}

// poll asks the identity provider until the user has signed in there.
func (f *Flow) poll(ctx context.Context) Step {
	d, idp := f.device, provider{transport: f.wire.transport}
	form := url.Values{"grant_type": {deviceGrant}, "device_code": {d.code.Reveal()}, "client_id": {d.client}}
	for {
		if !sleep(ctx, d.interval) {
			return f.step
		}
		var told struct {
			Access c8yclient.Secret `json:"access_token"`
		}
		err := idp.post(ctx, d.tokens, form, &told)
		switch reason := reasonOf(err); {
		case err == nil && told.Access != "":
			return f.foreignToken(ctx, told.Access)
		case ctx.Err() != nil:
			return f.step
		case reason == "expired_token" || err != nil && time.Now().After(d.expires):
			return f.otherWay(&Problem{Says: "the code has expired before anybody typed it", Next: "Get another one.", cause: err})
		case reason == "slow_down":
			d.interval += slowDown
		case reason == "authorization_pending":
		case reason == "access_denied":
			return f.otherWay(&Problem{Says: "the sign-in was denied on the other device", Next: "Try again, or choose another way.", cause: err})
		case reason == "" && err != nil:
			// A network that fails for a moment does not end it: the code is still good (RFC 8628, 3.5).
			d.interval = min(2*d.interval, time.Minute)
		case err == nil:
			return f.otherWay(noDevices(hostOf(d.tokens), errors.New("its answer holds no token")))
		default:
			return f.otherWay(noDevices(hostOf(d.tokens), err))
		}
	}
}

// foreignToken shows the tenant a token of the identity provider, which not every tenant accepts.
func (f *Flow) foreignToken(ctx context.Context, token c8yclient.Secret) Step {
	user, err := f.whoAmI(ctx, c8yclient.Bearer{Token: token})
	switch {
	case err == nil && user == "":
		return f.otherWay(notLetIn(c8yclient.ErrForbidden))
	case err == nil:
	case passing(err):
		return f.otherWay(unreachable(f.profile.Address, err, f.wire.clock))
	default:
		return f.otherWay(&Problem{
			Says: "the tenant does not accept tokens of the identity provider: " + callWords(err), cause: err,
			Next: "Sign in with a browser, or have an administrator switch on external tokens for this login option.",
		})
	}
	return f.done(ctx, Kept{Method: ByDevice, Token: token, User: user})
}

// sleep waits and reports whether the context still lives.
func sleep(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}
