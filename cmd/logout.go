package cmd

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"c8yx/session"
	"c8yx/ui/text"
)

// tellingTakes is how long the tenant may take to end a session.
const tellingTakes = 15 * time.Second

// newLogout is the command that signs out.
func newLogout(f *flags, streams Streams) *cobra.Command {
	everywhere := false
	c := &cobra.Command{
		Use:   "logout [NAME | ADDRESS | TENANT/USER]",
		Short: "Sign out: end a session and remove what is kept of it",
		Long: `End a session at its tenant and remove what is kept of it on this machine, in the
keyring or in the sealed file. If the tenant cannot be told, what is kept is
removed all the same, and the session ends there when it expires.

Without an argument it is the only sign-in that is kept; c8yx sessions lists them.`,
		Example: `  c8yx logout acme.example
  c8yx logout t4711/jane
  c8yx logout --all`,
		Args: plainArgs(cobra.MaximumNArgs(1)),
		RunE: func(c *cobra.Command, args []string) error {
			if everywhere && len(args) > 0 {
				return usage("logout --all and %s: choose one", args[0])
			}
			all, err := f.signedIn(c.Context(), streams)
			if err != nil {
				return err
			}
			if !everywhere {
				if all, err = f.meant(c.Context(), all, args); err != nil {
					return err
				}
			}
			if len(all) == 0 {
				fmt.Fprintln(streams.Out, "You are signed in nowhere.")
			}
			var failed []error
			for _, k := range all {
				failed = append(failed, f.logout(c.Context(), k, streams))
			}
			return errors.Join(failed...)
		},
	}
	c.Flags().BoolVar(&everywhere, "all", false, "sign out everywhere")
	return c
}

// meant returns the sign-in that the user means. Without an argument that is the only one.
func (f *flags) meant(ctx context.Context, all []keptIn, args []string) ([]keptIn, error) {
	if len(args) == 0 {
		if len(all) > 1 {
			return nil, usage("you are signed in as %s. Say which to sign out, or --all", whoms(all))
		}
		return all, nil
	}
	word := strings.TrimRight(strings.TrimSpace(args[0]), "/")
	for _, is := range []func(k session.Kept) bool{
		func(k session.Kept) bool { return strings.EqualFold(k.Tenant+"/"+k.User, word) },
		func(k session.Kept) bool { return strings.EqualFold(k.User+"@"+hostOf(k.Address), word) },
		func(k session.Kept) bool {
			return strings.EqualFold(k.Address, word) || strings.EqualFold(hostOf(k.Address), word)
		},
		func(k session.Kept) bool { return k.Tenant == word },
		f.isConfigured(ctx, word),
	} {
		var found []keptIn
		for _, k := range all {
			if is(k.Kept) {
				found = append(found, k)
			}
		}
		switch {
		case len(found) == 1:
			return found, nil
		case len(found) > 1:
			return nil, usage("%s may be any of %s. Say TENANT/USER, or --all", word, whoms(found))
		}
	}
	if len(all) == 0 {
		return nil, usage("%s: you are signed in nowhere", word)
	}
	return nil, usage("%s: no sign-in of that name is kept. You are signed in as %s", word, whoms(all))
}

// isConfigured returns what to look for if the word is the name of a tenant that the user has configured.
func (f *flags) isConfigured(ctx context.Context, name string) func(session.Kept) bool {
	nobody := func(session.Kept) bool { return false }
	k, err := f.known()
	if err != nil {
		return nobody
	}
	p, err := k.Read(ctx).Find(name)
	if err != nil {
		return nobody
	}
	return func(k session.Kept) bool {
		return hostOf(k.Address) == hostOf(p.Address) && (p.Tenant == "" || p.Tenant == k.Tenant) && (p.User == "" || strings.EqualFold(p.User, k.User))
	}
}

// logout ends one session, and says how that went.
func (f *flags) logout(ctx context.Context, k keptIn, streams Streams) error {
	whom := whom(k.Kept)
	full, err := k.keeper.Load(ctx, k.Address, k.Tenant, k.User)
	told := error(nil)
	page := ""
	switch {
	case errors.Is(err, session.ErrNotKept):
		fmt.Fprintf(streams.Out, "%s: nothing is kept any more.\n", whom)
		return k.keeper.Delete(ctx, k.Address, k.Tenant, k.User)
	case errors.Is(err, session.ErrUnreadableEntry):
		told = fmt.Errorf("the tenant was not told, for %w", err)
	case err != nil:
		return fmt.Errorf("%s is still signed in: %w", whom, err)
	default:
		page, told = f.end(ctx, full)
	}
	if err := k.keeper.Delete(ctx, k.Address, k.Tenant, k.User); err != nil {
		return fmt.Errorf("%s: what is kept could not be removed from %s: %w", whom, k.keeper.Name(), err)
	}
	if told != nil {
		fmt.Fprintf(streams.Out, "%s: removed from %s.\n", whom, k.keeper.Name())
		fmt.Fprintln(streams.Err, "c8yx: "+oneLine(fmt.Errorf("%s: %w", hostOf(k.Address), withoutAdvice(told))))
	} else {
		fmt.Fprintf(streams.Out, "%s: signed out.\n", whom)
	}
	if page != "" {
		fmt.Fprintf(streams.Out, "To log out at the identity provider too, open %s\n", text.Clean(page))
	}
	return nil
}

// end ends a session at the tenant, as the user has configured that the tenant is reached.
func (f *flags) end(ctx context.Context, k session.Kept) (page string, err error) {
	profile := session.Profile{Address: k.Address, Tenant: k.Tenant, User: k.User}
	if known, err := f.known(); err == nil {
		for _, p := range known.Read(ctx).Profiles {
			if hostOf(p.Address) == hostOf(k.Address) {
				profile.TLS = p.TLS
				break
			}
		}
	}
	f.trust(&profile.TLS)
	// From memory, so that what ends here is what was loaded, and an error is the tenant's.
	memory := &session.Memory{}
	signedIn := session.New(profile, session.FlowOptions{Keeper: memory})
	k.Address = signedIn.Address()
	if err := memory.Save(ctx, k); err != nil {
		return "", err
	}
	ctx, cancel := context.WithTimeout(ctx, tellingTakes)
	defer cancel()
	return signedIn.Logout(ctx)
}

// withoutAdvice leaves out what a problem advises: there is nothing more to do.
func withoutAdvice(err error) error {
	var p *session.Problem
	if errors.As(err, &p) {
		return errors.New(p.Says)
	}
	return err
}

// whom names a sign-in: "t4711/jane at acme.example".
func whom(k session.Kept) string {
	return string(text.Clean(k.Tenant + "/" + k.User + " at " + hostOf(k.Address)))
}

func whoms(all []keptIn) string {
	var list []string
	for _, k := range all {
		list = append(list, whom(k.Kept))
	}
	return strings.Join(list, ", ")
}

// hostOf returns host and port of an address, or what there is.
func hostOf(address string) string {
	if u, err := url.Parse(address); err == nil && u.Host != "" {
		return u.Host
	}
	return address
}
