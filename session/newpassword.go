package session

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"c8yx/c8yclient"
)

// PasswordRule is what a tenant demands of a new password.
type PasswordRule struct {
	MinLength, MaxLength int
	Strong               bool // upper and lower case, digit and symbol
}

// What every tenant demands.
const (
	minPassword     = 8
	maxPassword     = 32
	passwordSymbols = "`~!@#$%^&*()_|+-=?;:'\",.<>{}[]\\/"
)

// Check returns why a password does not meet the rule, in words for the user; nil if it does. The
// tenant has the last word: it may know the password as an earlier one.
func (r PasswordRule) Check(password c8yclient.Secret) error {
	length, kinds, others := measure(password)
	switch {
	case length < r.MinLength:
		return &Problem{Says: fmt.Sprintf("it has %s, %d are needed", characters(length), r.MinLength)}
	case r.MaxLength > 0 && length > r.MaxLength:
		return &Problem{Says: fmt.Sprintf("it has %s, at most %d are allowed", characters(length), r.MaxLength)}
	case others:
		return &Problem{Says: "only letters without accents, digits and " + passwordSymbols + " are allowed"}
	case r.Strong && len(kinds) > 0:
		return &Problem{Says: "it lacks " + strings.Join(kinds, " and ")}
	}
	return nil
}

// measure returns the length of a password in characters, which kinds of characters it lacks, and
// whether it has some that are not allowed.
func measure(password c8yclient.Secret) (length int, lacks []string, others bool) {
	var lower, upper, digit, symbol bool
	for _, r := range password.Reveal() {
		length++
		switch {
		case r >= 'a' && r <= 'z':
			lower = true
		case r >= 'A' && r <= 'Z':
			upper = true
		case r >= '0' && r <= '9':
			digit = true
		case strings.ContainsRune(passwordSymbols, r):
			symbol = true
		default:
			others = true
		}
	}
	for _, kind := range []struct {
		has  bool
		name string
	}{{lower, "a small letter"}, {upper, "a capital letter"}, {digit, "a digit"}, {symbol, "a symbol"}} {
		if !kind.has {
			lacks = append(lacks, kind.name)
		}
	}
	return length, lacks, others
}

// strength is what the tenant wants to be told about a password, by the measure of its own pages.
func (r PasswordRule) strength(password c8yclient.Secret) c8yclient.PasswordStrength {
	length, lacks, _ := measure(password)
	switch {
	case length < r.MinLength || len(lacks) > 1:
		return c8yclient.PasswordRed
	case len(lacks) == 1:
		return c8yclient.PasswordYellow
	}
	return c8yclient.PasswordGreen
}

// passwordRule is the rule as far as the tenant tells it to somebody who is not signed in.
func (f *Flow) passwordRule() PasswordRule { return PasswordRuleOf(f.offered) }

// PasswordRuleOf returns the rule that stands with the ways to sign in that a tenant offers.
func PasswordRuleOf(offered []*c8yclient.LoginOption) PasswordRule {
	option := passwordOption(offered)
	rule := PasswordRule{MinLength: minPassword, MaxLength: maxPassword}
	if option.EnforceStrength || option.StrengthValidity {
		rule.Strong = true
		rule.MinLength = max(minPassword, option.GreenMinLength)
	}
	return rule
}

func (f *Flow) askNewPassword(problem error) Step {
	return NeedNewPassword{Rule: f.passwordRule(), Problem: problem}
}

// newPassword sets the new password, and signs in with it.
func (f *Flow) newPassword(ctx context.Context, answer Answer) Step {
	e, rule := &f.entry, f.passwordRule()
	if answer.NewPassword == e.password {
		return f.askNewPassword(&Problem{Says: "it is the old one", Next: "Think of another."})
	}
	if err := rule.Check(answer.NewPassword); err != nil {
		return f.askNewPassword(err)
	}
	client, err := f.wire.client(f.profile.Address, nil)
	if err != nil {
		return Failed{Err: err}
	}
	err = client.Users.ResetPassword(ctx, f.profile.Tenant, c8yclient.PasswordReset{
		Token: e.reset, Email: e.user, Password: answer.NewPassword, Strength: rule.strength(answer.NewPassword),
	})
	switch {
	case err == nil:
	case errors.Is(err, c8yclient.ErrInvalid) && strings.Contains(strings.ToLower(callWords(err)), "token"):
		// The permission to set it has expired meanwhile: the old password gets another one.
		step := f.enter(ctx)
		return withProblem(step, &Problem{Says: "that took too long, and the tenant has forgotten why", Next: "Type the new password once more.", cause: err})
	case errors.Is(err, c8yclient.ErrInvalid), errors.Is(err, c8yclient.ErrForbidden), errors.Is(err, c8yclient.ErrConflict):
		return f.askNewPassword(&Problem{Says: "the tenant refuses it: " + callWords(err), Next: "Think of another.", cause: err})
	default:
		return f.askNewPassword(unreachable(f.profile.Address, err, f.wire.clock))
	}
	e.password, e.reset = answer.NewPassword, ""
	if f.profile.Password != "" {
		f.profile.Password = answer.NewPassword
		if f.again != nil {
			f.again.brings(answer.NewPassword)
		}
	}
	return f.enter(ctx)
}

func characters(n int) string {
	if n == 1 {
		return "1 character"
	}
	return fmt.Sprint(n, " characters")
}
