package session

import (
	"context"
	"errors"
	"strings"

	"c8yx/c8yclient"
)

// factor is the step after the tenant wants a second factor, or did not accept the one that was given.
func (f *Flow) factor(ctx context.Context, err error) Step {
	e := &f.entry
	wrong := e.code != ""
	e.code, e.tfaToken = "", ""
	switch {
	case errors.Is(err, c8yclient.ErrSMSSent):
		e.factor = bySMS
		return NeedSMS{}
	case e.factor == bySMS:
		return NeedSMS{Problem: f.wrongPin(err)}
	}
	e.factor = byTOTP
	if e.basic {
		// Basic cannot carry a code. Tenants have tokens even if they do not say so.
		e.basic = false
		return f.enter(ctx)
	}
	switch {
	case wrong && e.computed:
		return NeedTOTP{Problem: &Problem{
			Says: "the code of the TOTP secret" + fromWords(f.profile) + " is wrong", Next: f.clockOr("Type one of your authenticator."), cause: err,
		}}
	case wrong:
		return NeedTOTP{Problem: f.wrongCode(err)}
	case f.profile.TOTPSecret != "" && !e.tried:
		return f.compute(ctx)
	}
	return NeedTOTP{}
}

// compute answers with the code of the secret that the profile brings along.
func (f *Flow) compute(ctx context.Context) Step {
	f.entry.computed, f.entry.tried = true, true
	code, err := totpCode(f.profile.TOTPSecret, f.wire.clock.now())
	if err != nil {
		return NeedTOTP{Problem: &Problem{Says: err.Error() + fromWords(f.profile), Next: "Type a code of your authenticator.", cause: err}}
	}
	f.entry.code = code
	return f.enter(ctx)
}

func (f *Flow) wrongCode(err error) error {
	return &Problem{
		Says: "the code is wrong or too old; the password is right", cause: err,
		Next: f.clockOr("Type the next one. If none is accepted, check the clock of the device that shows them."),
	}
}

func (f *Flow) wrongPin(err error) error {
	return &Problem{Says: "the pin is wrong or too old; the password is right", Next: "Type it again, or have another one sent.", cause: err}
}

// clockOr says that the clock of this machine is wrong, if it is, else something else.
func (f *Flow) clockOr(next string) string {
	if words := f.wire.clock.words(); words != "" {
		return words
	}
	return next
}

// notDigits is what is wrong with a code that cannot be one: asking the tenant would count as a failure.
func notDigits(what string) error {
	return &Problem{Says: "the " + what + " consists of digits only"}
}

// code takes a code of the authenticator.
func (f *Flow) code(ctx context.Context, answer Answer) Step {
	code, ok := digits(answer.Code)
	if !ok {
		return NeedTOTP{Problem: notDigits("code")}
	}
	f.entry.code, f.entry.computed = code, false
	return f.enter(ctx)
}

// pin takes the pin of an SMS, or sends another if there is none.
func (f *Flow) pin(ctx context.Context, answer Answer) Step {
	e := &f.entry
	if strings.TrimSpace(answer.Code.Reveal()) == "" {
		return f.resend(ctx)
	}
	code, ok := digits(answer.Code)
	if !ok {
		return NeedSMS{Problem: notDigits("pin")}
	}
	e.code = code
	if !e.basic {
		return f.enter(ctx)
	}
	client, err := f.wire.client(f.profile.Address, f.basic())
	if err != nil {
		return Failed{Err: err}
	}
	token, err := client.CurrentUser.VerifyPin(ctx, code)
	switch {
	case errors.Is(err, c8yclient.ErrForbidden):
		e.code = ""
		return NeedSMS{Problem: f.wrongPin(err)}
	case err != nil:
		return f.refusal(ctx, err)
	}
	e.tfaToken = token
	return f.enterBasic(ctx)
}

// resend has another pin sent. That takes the password with every request, whatever the pin is for.
func (f *Flow) resend(ctx context.Context) Step {
	client, err := f.wire.client(f.profile.Address, f.basic())
	if err != nil {
		return Failed{Err: err}
	}
	if err := client.CurrentUser.ResendPin(ctx); err != nil && !errors.Is(err, c8yclient.ErrSMSSent) {
		if errors.Is(err, c8yclient.ErrPhoneRequired) || errors.Is(err, c8yclient.ErrLocked) {
			return f.refusal(ctx, err)
		}
		return NeedSMS{Problem: &Problem{Says: "no other pin was sent: " + callWords(err), Next: "Try again in a minute.", cause: err}}
	}
	f.entry.factor = bySMS
	return NeedSMS{Resent: true}
}

// phone gives the tenant a number to send the pin to, and has it sent.
func (f *Flow) phone(ctx context.Context, answer Answer) Step {
	number := strings.TrimSpace(answer.Phone)
	if !strings.HasPrefix(number, "+") || len(number) < 5 {
		return NeedPhone{Problem: &Problem{Says: "the number must be international", Next: "Begin with a plus and the country: +49 …"}}
	}
	client, err := f.wire.client(f.profile.Address, f.basic())
	if err != nil {
		return Failed{Err: err}
	}
	if err := client.CurrentUser.SetPhone(ctx, number); err != nil {
		if errors.Is(err, c8yclient.ErrUnauthorized) {
			return f.refusal(ctx, err)
		}
		return NeedPhone{Problem: &Problem{Says: "the tenant does not take the number: " + callWords(err), cause: err}}
	}
	step := f.resend(ctx)
	if sms, ok := step.(NeedSMS); ok {
		sms.Resent = false // it is the first
		return sms
	}
	return step
}

// callWords are what the tenant said, without the request that it was said to.
func callWords(err error) string {
	var call *c8yclient.Error
	if errors.As(err, &call) && call.Message != "" {
		return call.Message
	}
	return err.Error()
}
