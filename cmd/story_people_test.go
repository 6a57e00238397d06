package cmd

import (
	"testing"

	"c8yx/cmd/story"
)

// TestStoryOfAUsersLife: created with a password that must do, changed, made to choose another password, made to show a
// second factor, deleted; everybody logged out. On screen and in the tenant.
func TestStoryOfAUsersLife(t *testing.T) {
	t.Parallel()
	watch(t, story.Options{Place: "users", Tenant: bare}, func(s *story.Story, w *watched) {
		const jane = "/user/t4711/users/jane@acme.example"
		s.See("users", "Ada Lindqvist")
		s.Press("n")
		s.See("New user", "in acme.example", "By which the user signs in")
		s.Type("jane doe")
		s.See("no blanks")
		for range " doe" {
			s.Press("backspace")
		}
		s.Type("@acme.example")
		s.Press("tab")
		s.Type("jane")
		s.Press("tab")
		s.See("an address, such as jane@example.com")
		s.Press("shift+tab")
		s.Type("@acme.example")
		s.Press("tab", "tab")
		s.See("At least 8 characters") // the rule of the tenant, beside the field
		s.Type("short")
		s.See("it has 5 characters, 8 are needed")
		s.Type("-Secret.1")
		s.Press("tab")
		s.Type("short-Secret.2")
		s.Press("ctrl+r")
		s.See("POST /user/t4711/users", `"password": "••••"`)
		s.DontSee("Secret", `"again"`)
		s.Press("esc", "ctrl+s")
		s.See("this is not the same")
		s.Press("backspace")
		s.Type("1")
		s.Press("tab", "tab")
		s.Type("Jane")
		s.Press("ctrl+s")
		s.See("Created the user jane@acme.example")
		s.Row("▌  jane@acme.example").Has("Jane", "enabled")
		signedIn := s.Tenant.As(story.Account{Tenant: "t4711", User: "jane@acme.example", Password: "short-Secret.1"})
		if status, body := signedIn.Do("GET", "/user/currentUser", nil); status != 403 { // known, and without any permission
			t.Errorf("the new user gets %d: %s", status, body)
		}

		s.Press("n") // once more: the tenant refuses, and nothing is lost
		s.Type("jane@acme.example")
		s.Press("tab")
		s.Type("x@acme.example")
		s.Press("tab", "space", "ctrl+s")
		s.See("409", "already exists", "x@acme.example")
		s.Press("esc", "y")

		s.Press("e")
		s.See("Edit jane@acme.example")
		s.Press("tab")
		s.Type("Doe")
		s.Press("tab", "tab")
		s.Type("0211")
		s.Press("ctrl+s")
		s.See("begin with the code of the country")
		s.Press("backspace", "backspace", "backspace", "backspace")
		s.Type("+49 211 1234")
		s.Press("ctrl+s")
		s.See(`+ "Doe"`, "PUT /user/t4711/users/jane@acme.example")
		s.Press("s")
		s.See("Changed jane@acme.example: lastName, phone")
		if u := s.Tenant.Get(jane); u["lastName"] != "Doe" || u["phone"] != "+49 211 1234" || u["firstName"] != "Jane" {
			t.Errorf("the tenant has %v", u)
		}

		s.Press("F")
		s.Row("▌  jane@acme.example").Has("yes")
		s.Press("P")
		s.See("Nobody can set the password of somebody else", "m Send a mail", "s At the next sign-in")
		s.Press("s")
		s.See("Asked for another password: 1 user")
		s.Press("P", "m")
		s.See("Had a mail sent to 1 user")
		if u := s.Tenant.Get(jane); u["shouldResetPassword"] != true || u["twoFactorAuthenticationEnabled"] != true {
			t.Errorf("the tenant has %v", u)
		}
		if letters := s.Demo.Letters(); len(letters) != 1 || letters[0].User != "jane@acme.example" {
			t.Errorf("these letters were sent: %v", letters)
		}

		s.Press("R")
		s.See("Revoke the second factor", "DELETE /user/t4711/users/jane@acme.example/totpSecret/revoke")
		s.Press("y")
		s.See("TOTP secret was not found") // Jane has not set hers up yet
		s.Open("users?filter=name=totp")
		s.Press("R", "y")
		s.See("Revoked the second factor of 1 user")
		if status, _ := s.Tenant.Do("DELETE", "/user/t4711/users/totp/totpSecret/revoke", nil); status != 404 {
			t.Errorf("there was a secret still: %d", status)
		}
		s.Press("[")

		s.Press("D")
		s.See("Delete jane@acme.example from acme.example?", "Cancel")
		s.Press("y")
		s.See("Deleted 1 user")
		s.SeeNoMore("jane@acme.example  ")
		if status, _ := s.Tenant.Do("GET", jane, nil); status != 404 {
			t.Errorf("the user is still there: %d", status)
		}

		s.Press("home", "D") // oneself
		s.See("one does not delete oneself")
		s.Press("esc", "L")
		s.See("End the sessions of everybody in acme.example?", "Yours ends too", "POST /user/logout/t4711/allUsers")
		s.Press("y")
		s.See("Logged everybody out of acme.example")
	})
}
