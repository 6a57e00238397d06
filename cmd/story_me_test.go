package cmd

import (
	"regexp"
	"testing"

	"c8yx/cmd/story"
	"c8yx/session"
)

// TestStoryOfOneself: the page of the user who sits here shows who he is and what he may do; he changes his profile and his
// password, and sets up an authenticator. The old password is of no use then: he is asked in place.
func TestStoryOfOneself(t *testing.T) {
	t.Parallel()
	asking(t, story.Options{Place: "me", Tenant: bare, Account: operator}, func(*session.Profile) {}, func(s *story.Story) {
		s.See("Me: operator", "Omar Haddad", "omar@demo.example", "none: a password is all it takes", "operators")
		s.Press("end")
		s.See("device control", "admin, read")
		s.Press("e")
		s.See("Edit operator")
		s.Press("tab", "tab", "end")
		s.Type("@")
		s.Press("tab", "ctrl+s")
		s.See("an address, such as")
		s.Press("backspace", "tab")
		s.Type("+49 30 1234")
		s.Press("ctrl+s")
		s.See(`+ "+49 30 1234"`, "PUT /user/currentUser")
		s.Press("s")
		s.See("Changed operator: phone")
		if u := s.Tenant.Get("/user/currentUser"); u["phone"] != "+49 30 1234" {
			t.Errorf("the tenant has %v", u)
		}

		s.Press("T")
		s.See("Set up an authenticator", "only somebody else can revoke it")
		s.Type("guessed")
		s.Press("enter")
		s.See("this is not your password")
		s.Press("ctrl+u")
		s.Type(operator.Password)
		s.Press("enter")
		s.See("type this key into it", "ctrl+y", "First code")
		s.Type("12x")
		s.See("digits only")
		s.Press("esc", "y")
		s.See("No authenticator was set up")
		s.Press("R")
		s.See("no authenticator is set up")
		s.Press("esc", "P")
		s.See("Change your password", "All your sessions end with it")
		s.Type("wrong")
		s.Press("tab")
		s.Type("short")
		s.See("it has 5 characters, 8 are needed")
		s.Type("er-Secret.1")
		s.Press("tab")
		s.Type("shorter-Secret.1")
		s.Press("ctrl+s")
		s.See("Current password is wrong")
		s.Press("ctrl+u")
		s.Type(operator.Password)
		s.Press("ctrl+s")
		s.See("Your password is changed.")
		s.See("Sign in to acme.example")
		s.Type("shorter-Secret.1")
		s.Press("enter")
		s.See("Signed in as operator", "Me: operator")

		s.Press("T")
		s.Type("shorter-Secret.1")
		s.Press("enter")
		s.See("First code")
		key := regexp.MustCompile(`([A-Z2-7]{4} )+[A-Z2-7]{1,4}`).FindString(s.Screen())
		s.Type("000000")
		s.Press("enter")
		s.See("Invalid verification code")
		s.Press("ctrl+u")
		s.Type(totpCode(t, key))
		s.Press("enter")
		s.See("The authenticator is set up")
		s.Press("home")
		s.See("codes of an authenticator app")
		s.Press("T")
		s.See("one is set up")
		s.Press("esc", "R")
		s.See("nobody revokes his own")
		admin := s.Tenant.As(story.Account{Tenant: "t4711", User: s.Demo.Users()[0].Name, Password: s.Demo.Users()[0].Password})
		if tfa := admin.Get("/user/t4711/users/operator/tfa"); tfa["tfaEnabled"] != true {
			t.Errorf("the tenant has %v", tfa)
		}
	})
}
