package c8yclient

import (
	"context"
	"net/http"
)

// PasswordStrength is how good a password is.
type PasswordStrength string

// The strengths of passwords.
const (
	PasswordGreen  PasswordStrength = "GREEN"
	PasswordYellow PasswordStrength = "YELLOW"
	PasswordRed    PasswordStrength = "RED"
)

// PasswordReset sets the password of a user who cannot sign in.
type PasswordReset struct {
	// Token is [Error.PasswordResetToken], or comes from the link in the mail.
	Token Secret
	// Email is the mail address of the user, or what the user signed in with.
	Email    string
	Password Secret
	// Strength is what the platform is told about the password; [PasswordGreen] if empty.
	// Tenants may refuse less.
	Strength PasswordStrength
}

// tenantID is the tenant in the query of the operations that need no credentials.
type tenantID struct {
	TenantID string `query:"tenantId"`
}

// RequestPasswordReset has a mail sent with which the user can choose a new password. It
// needs no credentials, and succeeds whether there is such a user or not. The tenant may
// be empty if the host identifies it. The operation is not part of the core specification.
//
// Operation: POST /user/passwordReset
func (s *UsersService) RequestPasswordReset(ctx context.Context, tenant, email string) error {
	return s.client.do(withoutAuth(ctx), call{
		method: http.MethodPost, path: at("user", "passwordReset"), query: tenantID{tenant},
		body: map[string]string{"email": email},
	})
}

// ValidatePasswordReset checks the token of a mail; [ErrInvalid] means that it has expired.
// The operation is not part of the core specification.
//
// Operation: GET /user/passwordReset/validate
func (s *UsersService) ValidatePasswordReset(ctx context.Context, token Secret, email string) error {
	return s.client.do(withoutAuth(ctx), call{
		method: http.MethodGet, path: at("user", "passwordReset", "validate"),
		query: struct {
			Token string `query:"token"`
			Email string `query:"email"`
		}{token.Reveal(), email},
	})
}

// ResetPassword sets a new password: after [ErrPasswordReset], or with the token of a mail.
// Sign in with it afterwards. It needs no credentials. The tenant may be empty if the
// host identifies it. The operation is not part of the core specification.
//
// Operation: PUT /user/passwordReset
func (s *UsersService) ResetPassword(ctx context.Context, tenant string, reset PasswordReset) error {
	if reset.Strength == "" {
		reset.Strength = PasswordGreen
	}
	return s.client.do(withoutAuth(ctx), call{
		method: http.MethodPut, path: at("user", "passwordReset"), query: tenantID{tenant},
		body: map[string]string{
			"token": reset.Token.Reveal(), "email": reset.Email,
			"newPassword": reset.Password.Reveal(), "passwordStrength": string(reset.Strength),
		},
	})
}
