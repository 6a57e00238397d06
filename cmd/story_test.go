package cmd

import (
	"testing"

	"c8yx/c8yclient"
	"c8yx/cmd/story"
	"c8yx/session"
	"c8yx/theme"
	"c8yx/ui/fields"
	"c8yx/views"
)

// tell tells a story about the explorer: the whole program above the terminal and
// the network, wired as c8yx --demo wires it.
func tell(t *testing.T, options story.Options, telling func(*story.Story)) {
	t.Helper()
	tellAs(t, options, func(*session.Profile) {}, telling)
}

// tellAs is tell about a tenant that its user knows in some way.
func tellAs(t *testing.T, options story.Options, known func(*session.Profile), telling func(*story.Story)) {
	t.Helper()
	options.Start = func(w story.World) (story.Model, error) {
		a := accessTo(w)
		known(&a.profile)
		return newShell(a, views.ShellOptions{Home: w.Place, Palette: theme.Standard, Dark: !options.Light})
	}
	narrate(t, options, telling)
}

// aside looks at what is known of the thing under the cursor: it stands beside the list, and on a terminal that has no
// room for that behind a key.
func aside(s *story.Story, look func()) {
	if width, _ := s.Size(); width >= fields.WideEnough {
		look()
		return
	}
	s.Press("v")
	look()
	s.Press("v")
}

// accessTo is the access to the tenant of a story.
func accessTo(w story.World) access {
	return access{
		profile: session.Profile{
			Address: w.BaseURL, Tenant: w.Account.Tenant, User: w.Account.User,
			Password: c8yclient.Secret(w.Account.Password), Origin: session.FromUser,
		},
		transport: w.Transport, folder: w.Folder,
	}
}

func TestStoryOfAFilter(t *testing.T) {
	t.Parallel()
	tell(t, story.Options{Place: "devices"}, func(s *story.Story) {
		s.See("239 devices", "Banco de pruebas 3.1")
		s.Press("/")
		s.Type("presse")
		s.Press("enter")
		s.Row("Presse 1.4").Has("available")
		s.DontSee("Banco de pruebas")
		s.Press("esc")
		s.See("Banco de pruebas 3.1")
		s.Press("q")
		if err := s.End(); err != nil {
			t.Errorf("the program ended with %v", err)
		}
	})
}
