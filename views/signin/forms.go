package signin

import (
	"strings"

	"c8yx/c8yclient"
	"c8yx/session"
	"c8yx/ui/form"
	"c8yx/ui/text"
)

func (g *Guide) tenant() form.Options {
	return form.Options{
		Title: g.title(), Submit: "Go on",
		Intro:  []text.Safe{"The address does not tell which tenant it is."},
		Fields: []form.Field{{Name: "tenant", Label: "Tenant", Required: true, Placeholder: "t07007007", Note: tenantNote}},
		Accept: func(f *form.Form, v form.Values) {
			g.answer(f, "Asking the tenant …", session.Answer{Tenant: v.Text("tenant")})
		},
	}
}

const tenantNote = "The tenant's id. The web interface shows it under the user's menu."

func (g *Guide) password(s session.NeedPassword) form.Options {
	o := form.Options{
		Title: g.title(), Submit: "Sign in",
		Fields: []form.Field{
			{Name: "user", Label: "User", Value: s.User, Required: true},
			{Name: "password", Label: "Password", Required: true, Input: form.Secret()},
		},
		Accept: func(f *form.Form, v form.Values) {
			g.answer(f, "Signing in …", session.Answer{
				User: v.Text("user"), Password: c8yclient.Secret(v.Hidden("password")), KeepPassword: v.On("keep"),
			})
		},
	}
	if s.Basic {
		o.Fields = append(o.Fields, form.Field{
			Name: "keep", Label: "Keep it", Input: form.Toggle(),
			Note: "This tenant gives no tokens, so it would be the password itself that is kept.",
		})
	}
	return o
}

func (g *Guide) totp() form.Options {
	return form.Options{
		Title: g.title(), Submit: "Sign in", Also: []form.Button{g.back()},
		Fields: []form.Field{code("Code", "Six digits from your authenticator app.")},
		Accept: g.acceptCode,
	}
}

// code is the field for a code of digits.
func code(label, note text.Safe) form.Field {
	return form.Field{Name: "code", Label: label, Required: true, Note: note, Validate: func(typed string) text.Safe {
		if strings.Trim(typed, "0123456789 ") != "" {
			return "digits only"
		}
		return ""
	}}
}

func (g *Guide) acceptCode(f *form.Form, v form.Values) {
	g.answer(f, "Checking the code …", session.Answer{Code: c8yclient.Secret(v.Text("code"))})
}

// sms asks for the pin that was sent, and says when another one was.
func (g *Guide) sms(again bool, s session.NeedSMS) {
	g.refill(again, s.Problem, "code", func() form.Options {
		return form.Options{
			Title: g.title(), Submit: "Sign in",
			Intro: []text.Safe{"The tenant has sent a pin to your phone."},
			Also: []form.Button{
				{Key: "ctrl+r", Title: "Send another pin", Run: func(f *form.Form) { g.answer(f, "Having another pin sent …", session.Answer{}) }},
				g.back(),
			},
			Fields: []form.Field{code("Pin", "")},
			Accept: g.acceptCode,
		}
	})
	if s.Resent {
		g.form.Tell("Another pin is on its way.")
	}
}

func (g *Guide) phone() form.Options {
	return form.Options{
		Title: g.title(), Submit: "Send the pin", Also: []form.Button{g.back()},
		Intro: []text.Safe{"The tenant demands a pin by SMS, and does not know your phone number."},
		Fields: []form.Field{{
			Name: "phone", Label: "Phone", Required: true, Placeholder: "+49 151 1234567", Note: "With the code of the country.",
			Validate: PhoneProblem,
		}},
		Accept: func(f *form.Form, v form.Values) {
			g.answer(f, "Having a pin sent …", session.Answer{Phone: plainPhone(v.Text("phone"))})
		},
	}
}

func plainPhone(typed string) string {
	return strings.NewReplacer(" ", "", "-", "", "/", "").Replace(typed)
}

// PhoneProblem says what is wrong with a phone number, "" if it looks international.
func PhoneProblem(typed string) text.Safe {
	typed = plainPhone(typed)
	switch {
	case strings.Trim(typed, "+0123456789") != "":
		return "a plus and digits only"
	case !strings.HasPrefix(typed, "+"):
		return "begin with the code of the country: +49"
	case len(typed) < 5:
		return "this is too short"
	}
	return ""
}

func (g *Guide) newPassword(s session.NeedNewPassword) form.Options {
	return form.Options{
		Title: g.title(), Submit: "Change the password", Also: []form.Button{g.back()},
		Intro: []text.Safe{"The tenant wants you to choose a new password before anything else."},
		Fields: []form.Field{
			{Name: "new", Label: "New password", Required: true, Input: form.Secret(), Note: RuleWords(s.Rule), Validate: PasswordProblem(s.Rule)},
			{Name: "again", Label: "Once more", Required: true, Input: form.Secret()},
		},
		Check: SameTwice("new", "again"),
		Accept: func(f *form.Form, v form.Values) {
			g.answer(f, "Changing the password …", session.Answer{NewPassword: c8yclient.Secret(v.Hidden("new"))})
		},
	}
}

// MailProblem says what is wrong with a mail address, "" if it looks like one.
func MailProblem(typed string) text.Safe {
	name, host, found := strings.Cut(typed, "@")
	switch {
	case strings.ContainsAny(typed, " \t"):
		return "no blanks"
	case !found || name == "" || host == "" || strings.Contains(host, "@"):
		return "an address, such as jane@example.com"
	}
	return ""
}

// PasswordProblem returns what says in what a typed password does not meet a rule, "" if it does.
func PasswordProblem(r session.PasswordRule) func(typed string) text.Safe {
	return func(typed string) text.Safe {
		if err := r.Check(c8yclient.Secret(typed)); err != nil {
			return text.Clean(err.Error())
		}
		return ""
	}
}

// SameTwice returns the check of a form that asks for a secret in two fields.
func SameTwice(first, again string) func(form.Values) map[string]text.Safe {
	return func(v form.Values) map[string]text.Safe {
		if v.Hidden(first) != v.Hidden(again) {
			return map[string]text.Safe{again: "this is not the same"}
		}
		return nil
	}
}

// RuleWords say what a tenant demands of a password.
func RuleWords(r session.PasswordRule) text.Safe {
	words := "At least " + text.Count(r.MinLength) + " characters"
	if r.Strong {
		words += ": small and capital letters, digits and symbols"
	}
	return words + "."
}
