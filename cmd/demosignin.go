package cmd

import (
	"time"

	"github.com/spf13/pflag"

	"c8yx/demo"
)

// signInFlags say how one gets into the demo tenant.
type signInFlags struct {
	sso     string
	ways    []string
	session time.Duration
}

func (f *signInFlags) register(set *pflag.FlagSet) {
	set.StringVar(&f.sso, "sso", "", "single sign-on with an identity provider of the demo's own; document answers initRequest with the address\n"+
		"instead of a redirect")
	set.Lookup("sso").NoOptDefVal = string(demo.SSORedirect)
	set.StringSliceVar(&f.ways, "sign-in", nil, "what is peculiar about signing in: basic-only, suspended, unknown-host")
	set.DurationVar(&f.session, "session", 14*24*time.Hour, "how long a session lives; cookies are renewed after a fourteenth of that")
}

// apply sets the options that the flags are about.
func (f *signInFlags) apply(o *demo.Options) error {
	switch how := demo.SSO(f.sso); how {
	case demo.NoSSO, demo.SSORedirect, demo.SSODocument:
		o.SignIn.SSO = how
	default:
		return usage("sso %q: want redirect or document", f.sso)
	}
	for _, way := range f.ways {
		switch way {
		case "basic-only":
			o.SignIn.BasicOnly = true
		case "suspended":
			o.SignIn.Suspended = true
		case "unknown-host":
			o.SignIn.UnknownHost = true
		default:
			return usage("sign-in %q: want basic-only, suspended or unknown-host", way)
		}
	}
	if f.session <= 0 {
		return usage("session %s: want a duration above 0, such as 90s", f.session)
	}
	o.Sessions.Life, o.Sessions.Renewal = f.session, f.session/14
	return nil
}
