package cmd

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"c8yx/c8yclient"
	"c8yx/session"
	"c8yx/session/directory"
	"c8yx/ui/text"
	"c8yx/views/signin"
)

// loginFlags say how to sign in.
type loginFlags struct {
	user          string
	sso, device   bool
	callback      string
	passwordStdin bool
}

// newLogin is the command that signs in at the prompt.
func newLogin(f *flags, streams Streams) *cobra.Command {
	var l loginFlags
	c := &cobra.Command{
		Use:   "login [NAME | ADDRESS]",
		Short: "Sign in to a tenant, and keep the sign-in",
		Long: `Sign in to a tenant at the prompt. The tenant is asked how its users sign in, and
you only for what is missing: a password, the code of an authenticator, the pin of
an SMS, a new password, or the set-up of an authenticator with a QR code.

What is kept for later starts is a token, in the keyring or in a sealed file; a
password only for a tenant that knows nothing else, and if you agree.`,
		Example: `  c8yx login acme.example
  c8yx login acme.example --user t4711/jane
  c8yx login acme.example --sso
  c8yx login acme.example --device-code
  pass show acme | c8yx login acme.example --user jane --password-stdin`,
		Args: plainArgs(cobra.MaximumNArgs(1)),
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) > 0 {
				if f.chosen != "" {
					return usage("login %s and --tenant %s: choose one", args[0], f.chosen)
				}
				f.chosen = args[0]
			}
			return f.login(c.Context(), l, streams)
		},
	}
	set := c.Flags()
	set.StringVarP(&l.user, "user", "u", "", "`user` name, with the tenant's id in front if the address does not tell it: t4711/jane")
	set.BoolVar(&l.sso, "sso", false, "sign in at an identity provider, in your browser")
	set.BoolVar(&l.device, "device-code", false, "sign in at an identity provider, in a browser on any other device")
	set.StringVar(&l.callback, "callback", "", "`address` of this machine to which the browser comes back, as the identity provider\nknows it (default "+session.DefaultCallback+")")
	set.BoolVar(&l.passwordStdin, "password-stdin", false, "read the password from standard input")
	return c
}

// check refuses flags that contradict each other.
func (l loginFlags) check(f *flags) error {
	switch {
	case f.demo:
		return usage("the demo tenant needs no login: c8yx --demo")
	case l.sso && l.device, l.passwordStdin && (l.sso || l.device):
		return usage("--sso, --device-code and --password-stdin: choose one")
	}
	return nil
}

// method is the way that the flags want, "" for none of its own.
func (l loginFlags) method() string {
	switch {
	case l.sso:
		return string(c8yclient.LoginSSO)
	case l.device:
		return session.ByDevice
	}
	return ""
}

// login signs in to the tenant that the flags name, and tells how that went.
func (f *flags) login(ctx context.Context, l loginFlags, streams Streams) error {
	if err := l.check(f); err != nil {
		return err
	}
	a := attendant{out: streams.Err, browse: signin.Browse}
	if terminal := promptOn(streams); terminal != nil {
		a.prompt = atTerminal{terminal, streams.Err}
	}
	if l.passwordStdin {
		var err error
		if a.given, err = onlyLine(streams.In); err != nil {
			return err
		}
		a.prompt = nil
	}
	keeper, err := f.keeper(ctx, streams)
	if err != nil {
		return err
	}
	if _, forgets := keeper.(*session.Memory); forgets {
		return usage("nothing is left of a sign-in that is not kept when this command ends. Sign in with c8yx itself, or say --keep file")
	}
	profile, err := f.tenantToSignInTo(ctx, l, streams)
	if err != nil {
		return err
	}
	profile.Token = "" // from somewhere else, where it is looked after
	options := access{profile: profile, keeper: keeper}.gate().options
	options.Callback = l.callback
	if l.method() != "" || l.passwordStdin {
		// Whoever says how wants to sign in anew.
		options.Method, options.Keeper = l.method(), forgetful{keeper}
	}
	a.kept, a.user, a.brought = keeper.Name(), profile.User, profile.Password != ""
	done, err := a.lead(ctx, session.Begin(profile, options))
	if err != nil {
		return err
	}
	return a.tell(ctx, done, streams.Out)
}

// tenantToSignInTo returns the tenant that the flags name, or the only one that the user knows. Nothing
// at all is a beginning too: the address is asked for.
func (f *flags) tenantToSignInTo(ctx context.Context, l loginFlags, streams Streams) (session.Profile, error) {
	k, err := f.known()
	if err != nil {
		return session.Profile{}, err
	}
	k.tell(streams.Err)
	p, err := f.choose(ctx, k)
	switch {
	case errors.Is(err, directory.ErrNone):
		p, err = session.Profile{Origin: session.FromUser}, nil
		f.trust(&p.TLS)
	case err == nil:
		p, err = k.Unseal(p, askPassphrase(ctx))
	default:
		err = plight(err)
	}
	if l.user == "" || err != nil {
		return p, err
	}
	if tenant, user, found := strings.Cut(l.user, "/"); found {
		p.Tenant, l.user = tenant, user
	}
	if !strings.EqualFold(l.user, p.User) {
		p.Password, p.Token, p.TOTPSecret = "", "", "" // somebody else's
	}
	p.User = l.user
	return p, nil
}

// forgetful keeps what it is given and knows nothing of what was kept before.
type forgetful struct{ session.Keeper }

func (forgetful) Load(context.Context, string, string, string) (session.Kept, error) {
	return session.Kept{}, session.ErrNotKept
}

func (forgetful) List(context.Context) ([]session.Kept, error) { return nil, nil }

// onlyLine reads the one line of which an input consists.
func onlyLine(in io.Reader) (c8yclient.Secret, error) {
	const longest = 64 << 10
	read, err := io.ReadAll(io.LimitReader(in, longest))
	if err != nil {
		return "", fmt.Errorf("the password cannot be read from standard input: %w", err)
	}
	line := strings.TrimRight(string(read), "\r\n")
	if line == "" || strings.ContainsAny(line, "\r\n") {
		return "", usage("--password-stdin: standard input is to be the password, in one line")
	}
	return c8yclient.Secret(line), nil
}

// tell says who is signed in where, and until when. A sign-in that could not be kept is ended again: nobody
// could use it any more.
func (a *attendant) tell(ctx context.Context, done session.Done, out io.Writer) error {
	s := done.Session
	who := text.Clean(s.User() + " at " + hostOf(s.Address()))
	if s.Tenant() != "" {
		who += text.Clean(" (" + s.Tenant() + ")")
	}
	switch {
	case done.NotKept != nil:
		_, err := s.Logout(ctx)
		return errors.Join(fmt.Errorf("%s could sign in, but that could not be kept, so it was ended again: %w", who, done.NotKept), err)
	case s.Method() == string(c8yclient.LoginBasic) && !a.keepPassword:
		fmt.Fprintf(out, "The password of %s is right. The tenant knows nothing but passwords, so you will be asked for it at each start.\n", who)
		return nil
	}
	until := ""
	if ends := s.Expires(); !ends.IsZero() {
		until = " until " + ends.Local().Format("2006-01-02 15:04")
		if s.Renews() {
			until += " or longer"
		}
	}
	if a.asked == 0 && !a.brought {
		fmt.Fprintf(out, "You are signed in already as %s%s.\nc8yx logout ends that.\n", who, until)
		return nil
	}
	fmt.Fprintf(out, "Signed in as %s%s.\nKept in %s.\n", who, until, a.kept)
	if words := s.ClockWords(); words != "" {
		fmt.Fprintln(a.out, words)
	}
	return nil
}
