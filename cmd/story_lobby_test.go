package cmd

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"c8yx/c8yclient"
	"c8yx/cmd/story"
	"c8yx/demo"
	"c8yx/session"
	"c8yx/session/keep"
	"c8yx/theme"
	"c8yx/views"
	"c8yx/views/lobby"
	"c8yx/views/signin"
)

// street is two tenants at two addresses.
type street struct {
	acme, plant *demo.Tenant
}

func (s *street) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Host == "plant.example" {
		s.plant.ServeHTTP(w, r)
		return
	}
	s.acme.ServeHTTP(w, r)
}

func (s *street) Close() {
	s.acme.Close()
	s.plant.Close()
}

// arrival is how a user comes in.
type arrival struct {
	signIn demo.SignIn          // of the tenant acme
	first  *session.Profile     // the tenant to begin with; nil for the lobby
	known  []session.Profile    // tenants that he knows
	around func(*lobby.Options) // changes what the lobby leads to; may be nil
	keep   func(*keep.Options)  // changes where sign-ins are kept; may be nil
}

// twoTenants are the tenants of a street as a user knows them.
func twoTenants() []session.Profile {
	return []session.Profile{
		{Name: "acme", Address: "http://acme.example", User: "operator", Mode: session.Development, Origin: session.FromConfig},
		{Name: "plant", Address: "http://plant.example", User: "totp", Mode: session.Production, Origin: session.FromConfig},
	}
}

// entering tells a story that begins where a user comes in.
func entering(t *testing.T, o story.Options, a arrival, telling func(*story.Story, *street)) {
	t.Helper()
	both := &street{}
	o.Tenant = func(ctx context.Context) (http.Handler, error) {
		for _, made := range []struct {
			tenant **demo.Tenant
			demo.Options
		}{{&both.acme, demo.Options{Devices: -1, SignIn: a.signIn}}, {&both.plant, demo.Options{Devices: -1}}} {
			tenant, err := demo.New(made.Options)
			if err != nil {
				return nil, err
			}
			tenant.Start(ctx)
			*made.tenant = tenant
		}
		return both, nil
	}
	admin := demo.Options{}.Administrator()
	o.Account = story.Account{Tenant: admin.Tenant, User: admin.Name, Password: admin.Password}
	o.Start = func(w story.World) (story.Model, error) {
		kept := keep.Options{Where: keep.Nowhere, Folder: t.TempDir()}
		if a.keep != nil {
			a.keep(&kept)
		}
		keeping := signin.NewKeeping(kept)
		options := lobby.Options{
			Keeping: keeping,
			Gate: func(p session.Profile) lobby.Gate {
				return access{profile: p, transport: w.Transport, keeper: keeping}.gate()
			},
			Known: func(context.Context) ([]session.Profile, []error) { return a.known, nil },
		}
		if a.around != nil {
			a.around(&options)
		}
		return lobby.New(options).Shell(a.first, views.ShellOptions{Home: "alarms", Palette: theme.Standard, Dark: true})
	}
	narrate(t, o, func(s *story.Story) { telling(s, both) })
}

// Somebody of whom nothing is known: one form, then only what is missing.
func TestStoryOfTheFirstSignIn(t *testing.T) {
	t.Parallel()
	eachSize(t, func(t *testing.T, o story.Options) {
		entering(t, o, arrival{}, func(s *story.Story, _ *street) {
			s.See("Sign in to a tenant", "Address", "User", "Password")
			s.Press("enter", "enter", "enter", "ctrl+s")
			s.See("this is needed")
			s.Type("acme.example")
			s.Press("tab")
			s.Type("totp")
			s.Press("tab")
			s.Type("guessed")
			s.Press("enter")
			s.See("acme.example is not the address: it does not speak HTTPS")
			s.Press("ctrl+u")
			s.Type("http://acme.example")
			s.Press("ctrl+s")
			s.See("User name or password is wrong.")
			s.Type("demo-Totp.1")
			s.Press("enter")
			s.See("Six digits from your authenticator app.")
			s.Type(totpCode(t, "JBSWY3DPEHPK3PXP"))
			s.Press("enter")
			s.See("● live", "totp", "Alarms")
			s.Press("q")
			if err := s.End(); err != nil {
				t.Error(err)
			}
		})
	})
}

// Two tenants are open at once, each as it was left; one can be signed out of and closed
// while the other goes on.
func TestStoryOfTwoTenants(t *testing.T) {
	t.Parallel()
	eachSize(t, func(t *testing.T, o story.Options) {
		known := twoTenants()
		entering(t, o, arrival{first: &known[0], known: known}, func(s *story.Story, both *street) {
			s.See("Sign in to acme", "operator")
			s.Type("demo-Operator.1")
			s.Press("enter")
			s.See("● live", "DEV")
			s.Open("events")
			s.Press("t")
			s.Row("operator at").Has("acme.example", "DEV", "you are here")
			s.Row("totp at").Has("plant.example", "PROD", "never signed in")
			s.Type("pla")
			s.DontSee("operator at acme.example")
			s.Press("enter")
			s.See("Sign in to plant", "PROD · read-only", "+1 open")
			s.Type("demo-Totp.1")
			s.Press("enter")
			s.See("Six digits from your authenticator app.")
			s.Type(totpCode(t, "JBSWY3DPEHPK3PXP"))
			s.Press("enter")
			s.See("● live", "totp", "Alarms")

			s.Press("ctrl+t")
			s.See("Events", "operator", "DEV", "+1 open")
			s.Press("ctrl+t")
			s.See("Alarms", "PROD")

			// Both at a glance; enter goes there.
			s.Press(":")
			s.Type("side by side")
			s.Press("enter")
			s.See("Open tenants", "2 tenants", "CRITICAL")
			s.Row("▌").Has("acme", "0")
			s.Press("enter")
			s.See("Events", "operator", "DEV")
			s.Press("ctrl+t", "esc")
			s.See("Alarms", "PROD")

			// acme ends its session while nobody looks: a mark, and the question when somebody does.
			both.acme.EndSessions("operator")
			s.CutNetwork()
			s.MendNetwork()
			s.See("◆ acme asks")
			s.DontSee("Sign in to acme")
			s.Press("t")
			s.Row("operator at").Has("asks you to sign in")
			s.Press("esc", "ctrl+t")
			s.See("Sign in to acme", "The tenant")
			s.Press("esc")
			s.See("signed out")
			s.Press("t")
			s.Row("operator at").Has("signed out")
			s.Press("esc", "@")
			s.Type("demo-Operator.1")
			s.Press("enter")
			s.See("Signed in as operator", "● live")

			s.Press("t")
			s.Type("plant")
			s.Press("ctrl+x")
			s.Row("totp at").Has("signed in")
			s.Press("esc")
			s.DontSee("+1 open")
			s.Press("t")
			s.Type("plant")
			s.Press("ctrl+o")
			s.See("Sign out of plant?")
			s.Press("y")
			s.See("Signed out of plant")
			s.Row("totp at").Has("never signed in")
			s.Press("esc")

			s.Press("Q")
			s.See("Sign out of acme?")
			s.Press("y")
			s.See("Tenants", "never signed in") // nothing is open any more
		})
	})
}

// Who knows several tenants chooses between them; the demo tenant is always one of them.
func TestStoryOfChoosingATenant(t *testing.T) {
	t.Parallel()
	eachSize(t, func(t *testing.T, o story.Options) {
		around := func(o *lobby.Options) {
			o.Demo = func(context.Context) (session.Profile, error) {
				admin := demo.Options{}.Administrator()
				return session.Profile{
					Name: "demo", Address: "http://plant.example", Tenant: admin.Tenant, User: admin.Name,
					Password: c8yclient.Secret(admin.Password), Origin: session.FromDemo,
				}, nil
			}
		}
		entering(t, o, arrival{known: twoTenants(), around: around}, func(s *story.Story, _ *street) {
			s.See("Tenants", "Try the demo tenant", "never signed in")
			s.Press("esc")
			s.See("No tenant is open.")
			s.Press("t", "enter")
			s.See("Sign in to acme", "operator")
			s.Press("esc") // not wanted after all: there is nothing to look at
			s.See("Tenants", "never signed in")
			s.Press("esc", "d")
			s.See("● live", "DEMO", "admin")
			s.Press("t")
			s.Row("admin at plant.example").Has("DEMO", "you are here")
			s.Press("ctrl+n")
			s.See("Sign in to a tenant")
			s.Press("esc")
			s.See("DEMO")
			s.Press(":")
			s.Type("acme")
			s.See("tenant")
			s.Press("enter")
			s.See("Sign in to acme")
		})
		entering(t, o, arrival{around: around}, func(s *story.Story, _ *street) {
			s.See("Sign in to a tenant", "Try the demo tenant")
			s.Press("ctrl+t")
			s.See("● live", "DEMO", "admin")
		})
	})
}

// A tenant with several ways to sign in lets the user choose; one of them is a code that
// is typed on another device.
func TestStoryOfACodeOnAnotherDevice(t *testing.T) {
	t.Parallel()
	eachSize(t, func(t *testing.T, o story.Options) {
		entering(t, o, arrival{signIn: demo.SignIn{SSO: demo.SSORedirect}}, func(s *story.Story, both *street) {
			s.See("Sign in to a tenant")
			s.Type("http://localhost") // elsewhere an identity provider has to be at https://
			s.Press("ctrl+s")
			s.See("Sign in to localhost: how?", "User name and password", "with a code on another device")
			s.Press("down", "down", "enter")
			s.See("type the code there", "/idp/realms/hv/device", "Waiting")
			s.Press("c")
			code := s.Clipboard()
			s.See(code, "The code is good until")
			s.Press("b")
			s.See("Sign in to localhost: how?")
			s.Press("down", "down", "enter")
			s.See("Waiting")
			s.Press("c")
			letIn(t, both.acme, s.Clipboard())
			s.See("● live", "sso")
		})
	})
}

// letIn is somebody who types a device's code at the identity provider.
func letIn(t *testing.T, tenant http.Handler, code string) {
	t.Helper()
	form := url.Values{"user_code": {code}, "username": {"sso"}, "password": {"demo-Sso.1"}, "decision": {"allow"}}
	request := httptest.NewRequest(http.MethodPost, "http://localhost/idp/realms/hv/device", strings.NewReader(form.Encode()))
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	answer := httptest.NewRecorder()
	if tenant.ServeHTTP(answer, request); answer.Code != http.StatusOK {
		t.Fatalf("the provider answers %d: %s", answer.Code, answer.Body)
	}
}

// Who has typed a password has chosen, whatever else the tenant offers.
func TestStoryOfAPasswordWhereThereIsSingleSignOn(t *testing.T) {
	t.Parallel()
	entering(t, story.Options{}, arrival{signIn: demo.SignIn{SSO: demo.SSORedirect}}, func(s *story.Story, _ *street) {
		s.Type("http://acme.example")
		s.Press("tab")
		s.Type("operator")
		s.Press("tab")
		s.Type("demo-Operator.1")
		s.Press("enter")
		s.See("● live", "operator")
	})
}

// An address that does not tell the tenant, and a tenant that knows only Basic.
func TestStoryOfWhatElseTheFirstSignInAsks(t *testing.T) {
	t.Parallel()
	eachSize(t, func(t *testing.T, o story.Options) {
		entering(t, o, arrival{signIn: demo.SignIn{UnknownHost: true, BasicOnly: true}}, func(s *story.Story, _ *street) {
			s.Type("http://acme.example")
			s.Press("tab")
			s.Type("operator")
			s.Press("tab")
			s.Type("demo-Operator.1")
			s.Press("enter")
			s.See("Tenant", "belongs to no tenant")
			s.Type("t9999")
			s.Press("ctrl+s")
			s.See("t9999")
			s.DontSee("● live")
			s.Press("ctrl+u")
			s.Type("t4711")
			s.Press("ctrl+s")
			s.See("It wants the password with every request. May it be kept?")
			s.Press("enter")
			s.See("● live", "operator")
		})
	})
}

// A tenant that is suspended, one that is not there, and an address of something else are
// told apart, and nothing that was typed is lost.
func TestStoryOfAnAddressThatLeadsNowhere(t *testing.T) {
	t.Parallel()
	eachSize(t, func(t *testing.T, o story.Options) {
		entering(t, o, arrival{signIn: demo.SignIn{Suspended: true}}, func(s *story.Story, _ *street) {
			s.Type("http://acme.example")
			s.Press("tab")
			s.Type("operator")
			s.Press("tab")
			s.Type("demo-Operator.1")
			s.Press("enter")
			s.See("suspended")
			s.CutNetwork()
			s.Press("ctrl+s")
			s.See("acme.example does not answer")
			s.MendNetwork()
			s.Press("ctrl+s")
			s.See("suspended", "operator")
		})
	})
}

// Without a keyring the user is asked once where to keep the sign-in.
func TestStoryOfNoKeyring(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		tell func(*story.Story)
	}{
		"for this session only": {func(s *story.Story) {
			s.Press("n")
			s.SeeNoMore("Stay signed in?")
		}},
		"not answered": {func(s *story.Story) {
			s.Press("esc")
			s.DontSee("Stay signed in?")
		}},
		"in a sealed file": {func(s *story.Story) {
			s.Press("f")
			s.See("Passphrase of the sealed sign-ins")
			s.Type("correct horse")
			s.Press("tab")
			s.Type("battery staple")
			s.Press("enter")
			s.See("this is not the same")
			s.Press("ctrl+u")
			s.Type("correct horse")
			s.Press("enter")
			s.See("The sign-in is kept in a sealed file")
		}},
	} {
		t.Run(name, func(t *testing.T) {
			known := twoTenants()
			entering(t, story.Options{}, arrival{first: &known[0], known: known, keep: func(o *keep.Options) { o.Where = "" }}, func(s *story.Story, _ *street) {
				s.Type("demo-Operator.1")
				s.Press("enter")
				s.See("Stay signed in?", "No keyring is available: this login has no session bus.")
				test.tell(s)
				s.See("● live", "operator")
				s.DontSee("Stay signed in?")
			})
		})
	}
}
