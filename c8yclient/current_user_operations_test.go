package c8yclient_test

import (
	"context"

	"c8yx/c8yclient"
)

const currentUserJSON = `{"id":"jane","userName":"jane","firstName":"Jane","lastName":"Roe","email":"jane@acme.example","phone":"+4912345",
	"self":"https://acme.example/user/currentUser","shouldResetPassword":true,"twoFactorAuthenticationEnabled":true,
	"lastPasswordChange":"2026-01-01T10:00:00.000Z","effectiveRoles":[` + roleJSON + `],"devicePermissions":{},"acme_Badge":7}`

// Media types that must be asked for.
const (
	mediaUser        = "application/vnd.com.nsn.cumulocity.user+json"
	mediaCurrentUser = "application/vnd.com.nsn.cumulocity.currentuser+json"
)

func currentUserOperations() []operation {
	return []operation{{
		method: "CurrentUser.Get", answer: currentUserJSON, accept: mediaCurrentUser,
		call:  func(ctx context.Context, c *c8yclient.Client) (any, error) { return c.CurrentUser.Get(ctx) },
		sends: "GET /user/currentUser",
	}, {
		method: "CurrentUser.Profile", answer: userJSON, accept: mediaUser,
		call:  func(ctx context.Context, c *c8yclient.Client) (any, error) { return c.CurrentUser.Profile(ctx) },
		sends: "GET /user/currentUser",
	}, {
		method: "CurrentUser.Update", answer: currentUserJSON, accept: mediaCurrentUser, contentType: mediaCurrentUser,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return c.CurrentUser.Update(ctx, &c8yclient.CurrentUser{Phone: "+4912345"})
		},
		sends: "PUT /user/currentUser", body: `{"phone":"+4912345"}`,
	}, {
		method: "CurrentUser.ChangePassword",
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return nothing(c.CurrentUser.ChangePassword(ctx, password, "New-pa55"))
		},
		sends: "PUT /user/currentUser/password", body: `{"currentUserPassword":"pa55-w0rd","newPassword":"New-pa55"}`,
	}, {
		method: "CurrentUser.Logout", answer: `{"url":"https://idp.example/logout"}`,
		call:  func(ctx context.Context, c *c8yclient.Client) (any, error) { return c.CurrentUser.Logout(ctx) },
		sends: "POST /user/logout", body: `{}`, returns: `"https://idp.example/logout"`,
		beyond: "clients send an empty object where the document has no body, and read an address where it has none",
	}, {
		method: "CurrentUser.GenerateTOTPSecret",
		answer: `{"rawSecret":"JBSWY3DPEHPK3PXP","secretQrUrl":"https://qr.example/chart?cht=qr&chl=otpauth%3A%2F%2Ftotp%2Fjane%3Fsecret%3DJBSWY3DPEHPK3PXP"}`,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			secret, err := c.CurrentUser.GenerateTOTPSecret(ctx)
			if err != nil {
				return nil, err
			}
			return []string{secret.Secret.Reveal(), secret.URL.Reveal()}, nil
		},
		sends:   "POST /user/currentUser/totpSecret",
		returns: `["JBSWY3DPEHPK3PXP","otpauth://totp/jane?secret=JBSWY3DPEHPK3PXP"]`,
	}, {
		method: "CurrentUser.VerifyTOTP", status: 204,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return nothing(c.CurrentUser.VerifyTOTP(ctx, "123456"))
		},
		sends: "POST /user/currentUser/totpSecret/verify", body: `{"code":"123456"}`,
	}, {
		method: "CurrentUser.TOTPActivity", answer: `{"isActive":true,"isForced":true,"acme":1}`,
		call:  func(ctx context.Context, c *c8yclient.Client) (any, error) { return c.CurrentUser.TOTPActivity(ctx) },
		sends: "GET /user/currentUser/totpSecret/activity",
	}, {
		method: "CurrentUser.SetTOTPActive", status: 204,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return nothing(c.CurrentUser.SetTOTPActive(ctx, true))
		},
		sends: "POST /user/currentUser/totpSecret/activity", body: `{"isActive":true}`,
	}, {
		method: "CurrentUser.VerifyPin", answered: map[string]string{"TFAToken": "token-1"}, returns: `"token-1"`, beyond: undocumented,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			token, err := c.CurrentUser.VerifyPin(ctx, "123456")
			return token.Reveal(), err
		},
		sends: "POST /user/pin", body: `{"pin":"123456"}`,
	}, {
		// The platform sends the pin and then refuses the "0".
		method: "CurrentUser.ResendPin", status: 403, answer: `{"error":"security/Forbidden","message":"Invalid pin"}`, beyond: undocumented,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return nothing(c.CurrentUser.ResendPin(ctx))
		},
		sends: "POST /user/pin", body: `{"pin":"0"}`,
	}, {
		method: "CurrentUser.SetPhone", beyond: undocumented,
		call: func(ctx context.Context, c *c8yclient.Client) (any, error) {
			return nothing(c.CurrentUser.SetPhone(ctx, "+4912345"))
		},
		sends: "PUT /user/currentUserPhone", body: `{"phone":"+4912345"}`,
	}}
}
