package cmd

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"os/exec"
	"strings"
	"testing"

	"c8yx/c8yclient"
	"c8yx/cmd/story/process"
	"c8yx/demo"
	"c8yx/demo/demotest"
	"c8yx/session"
	"c8yx/ui"
)

// script answers the questions of a sign-in, one after the other.
type script struct {
	t       *testing.T
	said    *bytes.Buffer // what the user sees
	answers []reply
}

// reply is the answer to a question that begins so. It may depend on what was said before.
type reply struct {
	question string
	answer   func(said string) string
	seen     bool // while it is typed
}

func types(question, answer string) reply {
	return reply{question, func(string) string { return answer }, true}
}

func hides(question, answer string) reply {
	return reply{question, func(string) string { return answer }, false}
}

func (s *script) line(_ context.Context, question string) (string, error) {
	return s.next(question, true)
}

func (s *script) secret(_ context.Context, question string) (c8yclient.Secret, error) {
	answer, err := s.next(question, false)
	return c8yclient.Secret(answer), err
}

func (s *script) next(question string, seen bool) (string, error) {
	s.said.WriteString(question + "\n")
	if len(s.answers) == 0 {
		return "", ui.ErrInterrupted
	}
	a := s.answers[0]
	s.answers = s.answers[1:]
	if !strings.HasPrefix(question, a.question) || a.seen != seen {
		s.t.Errorf("asked %q, seen while it is typed: %v; want %q, %v", question, seen, a.question, a.seen)
	}
	return a.answer(s.said.String()), nil
}

// attend leads somebody through a sign-in and returns what he saw.
func attend(t *testing.T, profile session.Profile, browse func(context.Context, string) error, answers ...reply) (said string, err error) {
	t.Helper()
	s := &script{t: t, said: &bytes.Buffer{}, answers: answers}
	a := attendant{out: s.said, prompt: s, user: profile.User, kept: "the keyring", browse: browse}
	done, err := a.lead(t.Context(), session.Begin(profile, session.FlowOptions{Keeper: &session.Memory{}, Callback: "http://127.0.0.1:0/"}))
	if err == nil {
		err = a.tell(t.Context(), done, s.said)
	}
	if len(s.answers) > 0 {
		t.Errorf("%q was never asked:\n%s", s.answers[0].question, s.said)
	}
	return s.said.String(), err
}

// Each way to sign in at the prompt: what is asked, seen or hidden, and what is said.
func TestTheQuestionsOfASignIn(t *testing.T) {
	t.Parallel()
	tenant := demotest.Start(t, demo.Options{Devices: -1, SignIn: demo.SignIn{SSO: demo.SSORedirect}})
	basic := demotest.Start(t, demo.Options{Devices: -1, SignIn: demo.SignIn{BasicOnly: true}})
	with := func(user, method string) session.Profile {
		return session.Profile{Address: tenant.URL, User: user, Method: method}
	}
	pin := func(string) string { sent := tenant.Letters(); return sent[len(sent)-1].Code }
	const password = "OAUTH2_INTERNAL"
	for name, test := range map[string]struct {
		profile session.Profile
		browse  func(context.Context, string) error
		answers []reply
		says    []string
	}{
		"nothing known": {
			profile: session.Profile{},
			answers: []reply{
				types("Address of the tenant: ", tenant.URL), types("Number [1]", "7"), types("Number [1]", ""),
				types("User: ", "reader"), hides("Password of reader: ", "guessed"), types("User [reader]: ", ""), hides("Password of reader: ", "demo-Reader.1"),
			},
			says: []string{
				"  2  Sign in with Hansen & Vega ID", "Type a number from 1 to 3.", "User name or password is wrong.",
				"Signed in as reader at 127.0.0.1", "(t4711) until", "Kept in the keyring.",
			},
		},
		"an authenticator": {
			profile: with("totp", password),
			answers: []reply{
				hides("Password of totp: ", "demo-Totp.1"), hides("Code of your authenticator: ", "000000"),
				{"Code of your authenticator: ", func(string) string { return totpCode(t, "JBSWY3DPEHPK3PXP") }, false},
			},
			says: []string{"The code is wrong or too old; the password is right.", "Signed in as totp"},
		},
		"setting one up": {
			profile: with("enrol", password),
			answers: []reply{
				hides("Password of enrol: ", "demo-Enrol.1"), hides("First code that it shows: ", "no digits"),
				{"First code that it shows: ", func(said string) string {
					_, rest, _ := strings.Cut(said, "or type this key into it: ")
					key, _, _ := strings.Cut(rest, "\n")
					return totpCode(t, key)
				}, false},
			},
			says: []string{"Scan this with an authenticator app:", "▄▄▄▄▄", "digits only", "Signed in as enrol"},
		},
		"an SMS": {
			profile: with("nophone", password),
			answers: []reply{
				hides("Password of nophone: ", "demo-Nophone.1"), types("Phone number", "0151 23456"), types("Phone number", "+49 151 23456789"),
				hides("Pin from the SMS", ""),
				{"Pin from the SMS", pin, false},
			},
			says: []string{"The number must be international.", "Another pin is on its way.", "Signed in as nophone"},
		},
		"a new password": {
			profile: with("renew", password),
			answers: []reply{
				hides("Password of renew: ", "demo-Renew.1"), hides("New password: ", "short"), hides("New password: ", "Changed-Secret.9"),
				hides("Once more: ", "Changed-Secret.8"), hides("New password: ", "Changed-Secret.9"), hides("Once more: ", "Changed-Secret.9"),
			},
			says: []string{"of 8 to 32 characters", "It has 5 characters, 8 are needed.", "These are not the same.", "Signed in as renew"},
		},
		"a browser": {
			profile: with("", "OAUTH2"), browse: func(_ context.Context, page string) error { return signInAt(page, "sso", "demo-Sso.1") },
			says: []string{"Sign in on the page that opens in your browser.", "/idp/realms/hv/", "Signed in as sso"},
		},
		"only passwords": {
			profile: session.Profile{Address: basic.URL, Tenant: "t4711", User: "reader"},
			answers: []reply{hides("Password of reader: ", "demo-Reader.1"), types("This tenant knows nothing but passwords. Keep it in the keyring? [y/N]", "")},
			says:    []string{"The password of reader at", "you will be asked for it at each start"},
		},
		"only passwords, and kept": {
			profile: session.Profile{Address: basic.URL, Tenant: "t4711", User: "reader"},
			answers: []reply{hides("Password of reader: ", "demo-Reader.1"), types("This tenant knows nothing but passwords.", "y")},
			says:    []string{"Signed in as reader", "Kept in the keyring."},
		},
	} {
		t.Run(name, func(t *testing.T) {
			said, err := attend(t, test.profile, test.browse, test.answers...)
			if err != nil {
				t.Fatalf("%v\n%s", err, said)
			}
			for _, says := range test.says {
				if !strings.Contains(said, says) {
					t.Errorf("it does not say %q:\n%s", says, said)
				}
			}
		})
	}
}

// signInAt does in a browser what a person does on the page of the demo's identity provider.
func signInAt(page, user, password string) error {
	resp, err := http.PostForm(page, url.Values{"username": {user}, "password": {password}, "decision": {"allow"}})
	if err != nil {
		return err
	}
	defer func() { _ = resp.Body.Close() }()
	seen, err := io.ReadAll(resp.Body)
	if err == nil && !bytes.Contains(seen, []byte("Back to the terminal")) {
		err = errors.New("the browser shows " + string(seen))
	}
	return err
}

// What to type on another device, and what to scan with it.
func TestWhatToDoOnAnotherDevice(t *testing.T) {
	t.Parallel()
	var said bytes.Buffer
	(&attendant{out: &said}).sendElsewhere(session.NeedDevice{Page: "https://idp.example/device", Code: "WDJB-MJHT", Complete: "https://idp.example/device?user_code=WDJB-MJHT"})
	for _, says := range []string{"  https://idp.example/device\n", "  WDJB-MJHT\n", "▄▄▄▄▄", "Waiting until "} {
		if !strings.Contains(said.String(), says) {
			t.Errorf("it does not say %q:\n%s", says, &said)
		}
	}
}

// A sign-in that ends without an answer leaves nothing behind, and says so by its exit code.
func TestASignInThatIsGivenUp(t *testing.T) {
	t.Parallel()
	tenant := demotest.Start(t, demo.Options{Devices: -1})
	if _, err := attend(t, session.Profile{Address: tenant.URL, User: "reader"}, nil); exitCode(err) != ExitInterrupted {
		t.Errorf("given up: %v", err)
	}
	a := attendant{out: io.Discard, given: "guessed", user: "reader"}
	_, err := a.lead(t.Context(), session.Begin(session.Profile{Address: tenant.URL, User: "reader"}, session.FlowOptions{}))
	if exitCode(err) != ExitSignIn || !strings.Contains(err.Error(), "password is wrong") {
		t.Errorf("with a wrong password and nobody to ask: %v", err)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := a.lead(ended, session.Begin(session.Profile{Address: tenant.URL}, session.FlowOptions{})); exitCode(err) != ExitInterrupted {
		t.Errorf("interrupted: %v", err)
	}
}

// The program as users get it: what is typed is not seen, the sign-in is kept, and used without asking.
func TestLoginInATerminal(t *testing.T) {
	t.Parallel()
	tenant := demotest.Start(t, demo.Options{Devices: -1})
	home := process.Environment(t)
	p := c8yx.Start(t, process.Options{Args: []string{"login", tenant.URL, "--user", "totp", "--keep", "file"}, Variables: home})
	p.See("Password of totp:")
	p.Type("demo-Totp.1")
	p.Press("enter")
	p.See("Code of your authenticator:")
	code := totpCode(t, "JBSWY3DPEHPK3PXP")
	p.Type(code)
	p.Press("enter")
	p.See("Choose a passphrase")
	p.Type("sesame opens")
	p.Press("enter")
	p.See("Once more:")
	p.Type("sesame opens")
	p.Press("enter")
	p.See("Signed in as totp at", "Kept in the sealed file.")
	if got := p.Exit(); got != ExitOK {
		t.Errorf("exit code %d", got)
	}
	for _, secret := range []string{"demo-Totp.1", code, "sesame"} {
		if strings.Contains(p.Screen(), secret) {
			t.Errorf("%q is on the screen:\n%s", secret, p.Screen())
		}
	}
	again := c8yx.Start(t, process.Options{Args: []string{"login", tenant.URL, "--keep", "file"}, Variables: home})
	again.See("Passphrase of")
	again.Type("sesame opens")
	again.Press("enter")
	again.See("You are signed in already as totp", "c8yx logout ends that.")
	if got := again.Exit(); got != ExitOK {
		t.Errorf("exit code %d", got)
	}
	interrupted := c8yx.Start(t, process.Options{Args: []string{"login", tenant.URL, "--user", "reader", "--keep", "file"}, Variables: home})
	interrupted.See("Password of reader:")
	interrupted.Press("ctrl+c")
	if got := interrupted.Exit(); got != ExitInterrupted {
		t.Errorf("exit code %d", got)
	}
}

// Without a terminal a password comes from standard input, or the command says what it lacks.
func TestLoginWithoutATerminal(t *testing.T) {
	t.Parallel()
	tenant := demotest.Start(t, demo.Options{Devices: -1})
	for name, test := range map[string]struct {
		args, input string
		code        int
		says        string
	}{
		"nobody to ask":     {"--user reader", "", ExitSignIn, "nobody is signed in. Sign in with c8yx login at a terminal"},
		"no user":           {"--password-stdin", "demo-Reader.1\n", ExitSignIn, "nobody is signed in"},
		"a wrong password":  {"--user reader --password-stdin", "guessed\n", ExitSignIn, "user name or password is wrong"},
		"a second factor":   {"--user totp --password-stdin", "demo-Totp.1\n", ExitSignIn, "a code of the authenticator is needed"},
		"locked":            {"--user locked --password-stdin", "demo-Locked.1", ExitSignIn, "the account is locked"},
		"two lines":         {"--user reader --password-stdin", "one\ntwo\n", ExitUsage, "in one line"},
		"nothing to keep":   {"--keep none --user reader --password-stdin", "demo-Reader.1\n", ExitUsage, "nothing is left of a sign-in"},
		"cannot be kept":    {"--user reader --password-stdin", "demo-Reader.1\n", ExitError, "could not be kept, so it was ended again"},
		"too many ways":     {"--sso --device-code", "", ExitUsage, "choose one"},
		"no single sign-on": {"--sso", "", ExitError, "the tenant does not offer single sign-on"},
		"the demo":          {"--demo", "", ExitUsage, "needs no login"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			args := append([]string{"login", "--keep", "file"}, strings.Fields(test.args)...)
			command := exec.CommandContext(t.Context(), c8yx.Path(t), append(args, tenant.URL)...)
			command.Env, command.Stdin = process.Environment(t), strings.NewReader(test.input)
			said, err := command.CombinedOutput()
			if code := command.ProcessState.ExitCode(); code != test.code || !strings.Contains(string(said), test.says) {
				t.Errorf("exit code %d, %v, want %d and %q:\n%s", code, err, test.code, test.says, said)
			}
			if test.input != "" && strings.Contains(string(said), strings.TrimSpace(test.input)) {
				t.Errorf("it tells the password:\n%s", said)
			}
		})
	}
}
