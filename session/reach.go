package session

import (
	"context"
	"errors"
	"net"
	"net/url"
	"strings"

	"c8yx/c8yclient"
)

// place makes the address of the profile a proper one, or asks for it.
func (f *Flow) place() Step {
	if f.wire.err != nil {
		return Failed{Err: f.wire.err}
	}
	if strings.TrimSpace(f.profile.Address) == "" {
		return NeedAddress{}
	}
	client, err := f.wire.client(f.profile.Address, nil)
	if err != nil {
		return NeedAddress{Address: withoutPassword(f.profile.Address), Problem: &Problem{Says: err.Error(), cause: err}}
	}
	base := client.BaseURL()
	if base.Scheme == "http" && !isLoopback(base) && f.options.Transport == nil && !f.profile.TLS.Insecure {
		secure := *base
		secure.Scheme = "https"
		return NeedAddress{Address: secure.String(), Problem: &Problem{
			Says: "without TLS everybody on the way could read the password",
			Next: "Take " + secure.String() + " instead, or insist with --insecure.",
		}}
	}
	f.profile.Address = base.String()
	return nil
}

// withoutPassword is an address as it may be shown.
func withoutPassword(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.User == nil {
		return address
	}
	u.User = nil
	return u.String()
}

func isLoopback(u *url.URL) bool {
	host := u.Hostname()
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback() || strings.EqualFold(host, "localhost") || strings.HasSuffix(strings.ToLower(host), ".localhost")
}

// address takes another address.
func (f *Flow) address(ctx context.Context, answer Answer) Step {
	f.profile.Address, f.reached, f.offered = answer.Address, false, nil
	if answer.Tenant != "" {
		f.profile.Tenant = answer.Tenant
	}
	return f.first(ctx)
}

// tenant takes the tenant's id.
func (f *Flow) tenant(ctx context.Context, answer Answer) Step {
	if answer.Tenant == "" {
		return NeedTenant{Problem: &Problem{Says: "the tenant's id is missing", Next: "It looks like t4711."}}
	}
	f.profile.Tenant, f.reached = answer.Tenant, false
	return f.first(ctx)
}

// reach asks the tenant how users may sign in. The step is nil if it has told.
func (f *Flow) reach(ctx context.Context) Step {
	if f.reached {
		return nil
	}
	client, err := f.wire.client(f.profile.Address, nil)
	if err != nil {
		return Failed{Err: err}
	}
	offered, err := client.LoginOptions.List(c8yclient.WithCause(ctx, "sign-in"), &c8yclient.LoginOptionsListOptions{TenantID: f.profile.Tenant})
	var call *c8yclient.Error
	errors.As(err, &call)
	switch {
	case err == nil:
	case errors.Is(err, c8yclient.ErrNotFound) && call.Code != "", errors.Is(err, c8yclient.ErrNotSupported):
		// It is a tenant, but tells no options: the usual ones are tried.
	case errors.Is(err, c8yclient.ErrUnauthorized):
		return f.noTenant(err)
	default:
		return f.nowhere(err)
	}
	f.reached, f.offered = true, offered
	for _, option := range offered {
		if f.profile.Tenant == "" {
			f.profile.Tenant = option.TenantID()
		}
	}
	return nil
}

// noTenant is the step after the tenant did not even tell how to sign in.
func (f *Flow) noTenant(err error) Step {
	host := hostOf(f.profile.Address)
	switch {
	case suspended(err):
		return Failed{Err: suspension(host, err)}
	case f.profile.Tenant != "":
		return NeedTenant{Problem: &Problem{
			Says: "there is no tenant " + f.profile.Tenant + " at " + host, Next: "Check its id, or the address.", cause: err,
		}}
	}
	return NeedTenant{Problem: &Problem{
		Says: "the address " + host + " belongs to no tenant", Next: "Give the tenant's id, which looks like t4711, or check the address.", cause: err,
	}}
}

// nowhere is the step after the address turned out to be of no use.
func (f *Flow) nowhere(err error) Step {
	var call *c8yclient.Error
	if errors.As(err, &call) && call.Location != "" {
		return NeedAddress{Address: call.Location, Problem: &Problem{
			Says:  hostOf(f.profile.Address) + " redirects to " + call.Location,
			Next:  "Nothing secret was sent. Take that address if you know it.",
			cause: err,
		}}
	}
	return NeedAddress{Address: f.profile.Address, Problem: unreachable(f.profile.Address, err, f.wire.clock)}
}

// suspended reports whether the tenant exists but lets nobody in.
func suspended(err error) bool {
	var call *c8yclient.Error
	return errors.As(err, &call) && strings.Contains(strings.ToLower(call.Message), "no access from outside")
}

func suspension(host string, err error) *Problem {
	return &Problem{Says: "the tenant at " + host + " is suspended", Next: "Ask whoever runs the platform to activate it.", cause: err}
}
