package cmd

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"time"

	"c8yx/c8yclient"
	"c8yx/session"
	"c8yx/theme"
	"c8yx/ui"
	"c8yx/ui/qr"
	"c8yx/ui/text"
	"c8yx/views/signin"
)

// prompt asks somebody at a terminal. Both return [ui.ErrInterrupted] when there is no answer.
type prompt interface {
	// line asks for something that may be seen while it is typed.
	line(ctx context.Context, question string) (string, error)
	// secret asks for something that nobody must see.
	secret(ctx context.Context, question string) (c8yclient.Secret, error)
}

// attendant leads a user through a sign-in at the prompt: it says what each step wants and gives the flow
// the answers.
type attendant struct {
	out    io.Writer
	prompt prompt           // nil: there is nobody to ask
	given  c8yclient.Secret // a password for the first question that is for one
	browse func(ctx context.Context, page string) error
	user   string // whose sign-in it is, "" to ask
	kept   string // where it is kept

	brought      bool // the profile has a password of its own
	asked        int  // how many questions there were
	keepPassword bool // the user agreed
}

// lead answers the steps of a flow until its end.
func (a *attendant) lead(ctx context.Context, flow *session.Flow) (session.Done, error) {
	defer flow.Close()
	step := flow.Next(ctx)
	for {
		switch s := step.(type) {
		case session.Done:
			return s, nil
		case session.Failed:
			if ctx.Err() != nil {
				return session.Done{}, ui.ErrInterrupted
			}
			return session.Done{}, s.Err
		case session.NeedBrowser:
			a.sendToBrowser(ctx, s)
			step = flow.Wait(ctx)
		case session.NeedDevice:
			a.sendElsewhere(s)
			step = flow.Wait(ctx)
		default:
			answer, err := a.answer(ctx, step)
			if err != nil {
				return session.Done{}, err
			}
			step = flow.Answer(ctx, answer)
		}
	}
}

// answer asks for what a step lacks.
func (a *attendant) answer(ctx context.Context, step session.Step) (session.Answer, error) {
	a.asked++
	if answer, found := a.answerGiven(step); found {
		return answer, nil
	}
	if a.prompt == nil {
		return session.Answer{}, session.Lacking(step)
	}
	switch s := step.(type) {
	case session.NeedAddress:
		a.complain(s.Problem)
		address, err := a.lineOr(ctx, "Address of the tenant", s.Address)
		return session.Answer{Address: address}, err
	case session.NeedTenant:
		a.complain(s.Problem)
		id, err := a.prompt.line(ctx, "Tenant id: ")
		return session.Answer{Tenant: id}, err
	case session.NeedMethod:
		a.complain(s.Problem)
		return a.choose(ctx, s.Methods)
	case session.NeedPassword:
		a.complain(s.Problem)
		return a.password(ctx, s)
	case session.NeedTOTP:
		a.complain(s.Problem)
		code, err := a.prompt.secret(ctx, "Code of your authenticator: ")
		return session.Answer{Code: code}, err
	case session.NeedSMS:
		a.complain(s.Problem)
		if s.Resent {
			a.say("Another pin is on its way.")
		}
		code, err := a.prompt.secret(ctx, "Pin from the SMS (enter alone sends another): ")
		return session.Answer{Code: code}, err
	case session.NeedPhone:
		a.complain(s.Problem)
		a.say("The tenant wants to send you a pin, and does not know your phone number.")
		phone, err := a.prompt.line(ctx, "Phone number, such as +49 151 2345678: ")
		return session.Answer{Phone: phone}, err
	case session.NeedNewPassword:
		a.complain(s.Problem)
		return a.newPassword(ctx, s.Rule)
	case session.NeedTOTPSetup:
		if s.Problem == nil {
			a.showKey(s)
		}
		a.complain(s.Problem)
		code, err := a.prompt.secret(ctx, "First code that it shows: ")
		return session.Answer{Code: code}, err
	}
	return session.Answer{}, fmt.Errorf("there is no question for %T", step)
}

// answerGiven answers with the password that was given beforehand, if it is of use for the step. It is
// good for one try.
func (a *attendant) answerGiven(step session.Step) (answer session.Answer, found bool) {
	if a.given == "" {
		return answer, false
	}
	switch s := step.(type) {
	case session.NeedMethod:
		for _, m := range s.Methods {
			if m.Type != string(c8yclient.LoginSSO) && m.Type != session.ByDevice {
				return session.Answer{Method: m.ID}, true
			}
		}
	case session.NeedPassword:
		if s.User != "" {
			answer, a.given = session.Answer{User: s.User, Password: a.given}, ""
			return answer, true
		}
	}
	return answer, false
}

func (a *attendant) say(words text.Safe) { fmt.Fprintln(a.out, words) }

// complain says what was wrong.
func (a *attendant) complain(problem error) {
	if problem != nil {
		a.say(signin.Words(problem))
	}
}

// lineOr asks for a line, with a proposal for who presses enter alone.
func (a *attendant) lineOr(ctx context.Context, question, proposal string) (string, error) {
	if proposal = string(text.Clean(proposal)); proposal != "" {
		question += " [" + proposal + "]"
	}
	typed, err := a.prompt.line(ctx, question+": ")
	if typed == "" {
		return proposal, err
	}
	return typed, err
}

func (a *attendant) choose(ctx context.Context, methods []session.Method) (session.Answer, error) {
	a.say("How do you want to sign in?")
	for i, m := range methods {
		fmt.Fprintf(a.out, "  %d  %s\n", i+1, text.Clean(m.Title))
	}
	for {
		typed, err := a.lineOr(ctx, "Number", "1")
		if err != nil {
			return session.Answer{}, err
		}
		if n, err := strconv.Atoi(typed); err == nil && n >= 1 && n <= len(methods) {
			return session.Answer{Method: methods[n-1].ID}, nil
		}
		fmt.Fprintf(a.out, "Type a number from 1 to %d.\n", len(methods))
	}
}

func (a *attendant) password(ctx context.Context, s session.NeedPassword) (answer session.Answer, err error) {
	answer.User = s.User
	if a.user == "" {
		if answer.User, err = a.lineOr(ctx, "User", s.User); err != nil {
			return answer, err
		}
	}
	question := "Password: "
	if answer.User != "" {
		question = "Password of " + string(text.Clean(answer.User)) + ": "
	}
	if answer.Password, err = a.prompt.secret(ctx, question); err != nil || !s.Basic {
		return answer, err
	}
	typed, err := a.prompt.line(ctx, "This tenant knows nothing but passwords. Keep it in "+a.kept+"? [y/N] ")
	a.keepPassword = strings.EqualFold(typed, "y") || strings.EqualFold(typed, "yes")
	answer.KeepPassword = a.keepPassword
	return answer, err
}

// newPassword asks for one until it meets the rule and was typed the same way twice.
func (a *attendant) newPassword(ctx context.Context, rule session.PasswordRule) (session.Answer, error) {
	words := fmt.Sprintf("You have to choose a new password, of %d to %d characters", rule.MinLength, rule.MaxLength)
	if rule.Strong {
		words += " with small and capital letters, digits and symbols"
	}
	a.say(text.Clean(words + "."))
	for {
		first, err := a.prompt.secret(ctx, "New password: ")
		if err != nil {
			return session.Answer{}, err
		}
		if err := rule.Check(first); err != nil {
			a.complain(err)
			continue
		}
		second, err := a.prompt.secret(ctx, "Once more: ")
		switch {
		case err != nil:
			return session.Answer{}, err
		case first == second:
			return session.Answer{NewPassword: first}, nil
		}
		a.say("These are not the same.")
	}
}

// showKey shows the key of an authenticator, to scan and to type.
func (a *attendant) showKey(s session.NeedTOTPSetup) {
	a.say("The tenant demands a second factor. Scan this with an authenticator app:")
	a.draw(s.URI.Reveal())
	fmt.Fprintf(a.out, "or type this key into it: %s\n", signin.InFours(s.Secret.Reveal()))
}

// draw shows a QR code.
func (a *attendant) draw(content string) {
	picture, err := qr.New(content)
	if err != nil {
		return // too long for one; it is there to be typed as well
	}
	fmt.Fprintln(a.out)
	for _, line := range picture.Lines(theme.New(theme.Standard, true)) {
		fmt.Fprintln(a.out, "  "+line)
	}
	fmt.Fprintln(a.out)
}

func (a *attendant) sendToBrowser(ctx context.Context, s session.NeedBrowser) {
	a.asked++
	if a.browse(ctx, s.Page) == nil {
		a.say("Sign in on the page that opens in your browser. If it does not, open it yourself:")
	} else {
		a.say("Open this page in a browser on this machine, and sign in there:")
	}
	fmt.Fprintf(a.out, "\n  %s\n\nWaiting …\n", text.Clean(s.Page))
}

func (a *attendant) sendElsewhere(s session.NeedDevice) {
	a.asked++
	a.say("Open this page on any device and type the code there:")
	fmt.Fprintf(a.out, "\n  %s\n\n  %s\n", text.Clean(s.Page), text.Clean(s.Code))
	if s.Complete != "" {
		a.draw(s.Complete)
	}
	fmt.Fprintf(a.out, "Waiting until %s …\n", s.Expires.Local().Format(time.TimeOnly))
}

// atTerminal asks at a terminal.
type atTerminal struct {
	terminal *os.File
	out      io.Writer
}

func (t atTerminal) line(ctx context.Context, question string) (string, error) {
	fmt.Fprint(t.out, question)
	typed, err := readLine(ctx, t.terminal)
	return typed, t.ended(err)
}

func (t atTerminal) secret(ctx context.Context, question string) (c8yclient.Secret, error) {
	typed, err := readSecret(ctx, t.terminal, t.out, question)
	return typed, t.ended(err)
}

// ended makes ctrl+d the same as ctrl+c.
func (atTerminal) ended(err error) error {
	if errors.Is(err, io.EOF) {
		return ui.ErrInterrupted
	}
	return err
}
