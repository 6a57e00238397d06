package cmd

import (
	"context"
	"net/http"
	"testing"

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

// entering tells a story that begins where a user comes in: at a tenant that he knows, or
// at the form if first is nil. around changes what the lobby leads to.
func entering(t *testing.T, o story.Options, first *session.Profile, around func(*lobby.Options), telling func(*story.Story, *street)) {
	t.Helper()
	both := &street{}
	o.Tenant = func(ctx context.Context) (http.Handler, error) {
		for _, made := range []struct {
			tenant **demo.Tenant
			demo.Options
		}{{&both.acme, demo.Options{Devices: -1}}, {&both.plant, demo.Options{Devices: -1}}} {
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
		keeping := signin.NewKeeping(keep.Options{Where: keep.Nowhere, Folder: t.TempDir()})
		options := lobby.Options{
			Keeping: keeping,
			Gate: func(p session.Profile) lobby.Gate {
				return access{profile: p, transport: w.Transport, keeper: keeping}.gate()
			},
			Known: func(context.Context) ([]session.Profile, []error) {
				return []session.Profile{
					{Name: "acme", Address: "http://acme.example", User: "operator", Mode: session.Development, Origin: session.FromConfig},
					{Name: "plant", Address: "http://plant.example", User: "totp", Mode: session.Production, Origin: session.FromConfig},
				}, nil
			},
		}
		if around != nil {
			around(&options)
		}
		return lobby.New(options).Shell(first, views.ShellOptions{Home: "alarms", Palette: theme.Standard, Dark: true})
	}
	story.Run(t, o, func(s *story.Story) { telling(s, both) })
}

// Somebody of whom nothing is known: one form, then only what is missing.
func TestStoryOfTheFirstSignIn(t *testing.T) {
	t.Parallel()
	eachSize(t, func(t *testing.T, o story.Options) {
		entering(t, o, nil, nil, func(s *story.Story, _ *street) {
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
		acme := session.Profile{Name: "acme", Address: "http://acme.example", User: "operator", Mode: session.Development, Origin: session.FromConfig}
		entering(t, o, &acme, nil, func(s *story.Story, both *street) {
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

			// acme ends its session while nobody looks: a mark, and the question when somebody does.
			both.acme.EndSessions("operator")
			s.CutNetwork()
			s.MendNetwork()
			s.See("◆ acme asks")
			s.DontSee("Sign in to acme")
			s.Press("t")
			s.Row("operator at").Has("asks you to sign in")
			s.Press("esc", "ctrl+t")
			s.See("Sign in to acme", "The tenant has ended the session")
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
			s.See("Sign in to a tenant") // nothing is open any more
		})
	})
}
