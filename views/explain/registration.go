package explain

import (
	"context"
	"errors"
	"strings"
	"time"

	"c8yx/c8yclient"
	"c8yx/theme"
	"c8yx/ui/text"
	"c8yx/views/show"
	"c8yx/views/tenant"
)

// Registration explains how far the registration of a device has come and what it waits for: the
// device, somebody to accept it, or nothing any more because it is blocked. What tokens do is for
// the tenant's option security-token.policy to say.
func Registration(ctx context.Context, t *tenant.Tenant, id string) (Explanation, error) {
	e := Explanation{Title: "Registration of " + text.Clean(id)}
	r, err := t.Client.NewDeviceRequests.Get(ctx, id)
	if errors.Is(err, c8yclient.ErrNotFound) {
		e.Verdict = "There is no such registration any more: the device has fetched its credentials, or somebody has deleted it."
		return e, nil
	}
	if err != nil {
		return e, err
	}
	e.say(theme.Text, "announced", show.Age(r.CreationTime, time.Now()))
	policy, err := tokenPolicy(ctx, t)
	if err := ignoreForbidden(err); err != nil {
		return e, err
	}
	switch policy {
	case "":
		e.say(theme.Muted, "security tokens", "this user may not see the tenant's policy")
	case "IGNORED":
		e.say(theme.Text, "security tokens", "ignored in this tenant")
	case "REQUIRED":
		e.say(theme.Minor, "security tokens", "required: a device without one is blocked")
	default:
		e.say(theme.Text, "security tokens", "if the device sends one, whoever accepts it must repeat it")
	}
	switch r.Status {
	case c8yclient.RequestWaiting:
		e.Verdict = "It was announced, and the device has not called yet."
		e.advise("Start the device. It must say that it is “" + text.Clean(id) + "”, letter for letter.")
		e.advise("c8yx register plays the device, to see whether the tenant answers.")
	case c8yclient.RequestPending:
		e.Verdict = "The device has called and waits for somebody to accept it."
		e.advise("Accept it, with its security token if it shows one.")
	case c8yclient.RequestAccepted:
		e.Verdict = "It is accepted; the device gets its credentials with its next call."
		e.advise("If the entry stays, the device calls no more: look at its log.")
	case c8yclient.RequestBlocked:
		e.blame("blocked", "too many wrong security tokens, or a token that the policy does not allow", "It is blocked: the platform takes no more calls or tokens for it.")
		if policy == "REQUIRED" {
			e.advise("The tenant requires a security token: see that the device sends one.")
		}
		e.advise("Delete the entry and announce the device again. Then compare the token on the device with what you enter.")
	default:
		e.Verdict = "The tenant calls this state " + text.Clean(string(r.Status)) + ", which c8yx does not know."
	}
	return e, nil
}

// tokenPolicy asks what the tenant does with security tokens: IGNORED, OPTIONAL or REQUIRED.
func tokenPolicy(ctx context.Context, t *tenant.Tenant) (string, error) {
	option, err := t.Client.TenantOptions.Get(ctx, "device-registration", "security-token.policy")
	switch {
	case errors.Is(err, c8yclient.ErrNotFound):
		return "OPTIONAL", nil
	case err != nil:
		return "", err
	}
	return strings.ToUpper(option.Value), nil
}
