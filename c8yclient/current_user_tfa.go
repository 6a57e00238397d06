package c8yclient

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
)

// TOTPSecret is what a user's app needs to make codes.
type TOTPSecret struct {
	// Secret is the key in base32, to type in.
	Secret Secret
	// URL is the key as an otpauth:// link, to show as a QR code; empty if the tenant gave
	// none. It is as secret as the key itself.
	URL Secret
}

// TOTPActivity says whether a user signs in with codes of an app.
type TOTPActivity struct {
	Active bool `json:"isActive"`
	Forced bool `json:"isForced,omitzero"`
	Document
}

// Profile returns the user as the administrators see it, with global roles and permissions.
//
// Operation: GET /user/currentUser
func (s *CurrentUserService) Profile(ctx context.Context) (*User, error) {
	return one[User](ctx, s.client, call{method: http.MethodGet, path: at("user", "currentUser"), accept: mediaUser})
}

// mediaUser asks for the form of [User] where there is another one.
const mediaUser = "application/vnd.com.nsn.cumulocity.user+json"

// GenerateTOTPSecret makes a new key for the codes of the user's app. An earlier key is
// lost. Then verify a code with [CurrentUserService.VerifyTOTP] and switch the codes on with
// [CurrentUserService.SetTOTPActive]. The client must sign in with [Basic]: a token is not
// accepted here. [ErrForbidden] means that the tenant has no second factor.
//
// Operation: POST /user/currentUser/totpSecret
func (s *CurrentUserService) GenerateTOTPSecret(ctx context.Context) (*TOTPSecret, error) {
	var answer struct {
		RawSecret   Secret `json:"rawSecret"`
		SecretQRURL Secret `json:"secretQrUrl"`
	}
	err := s.client.do(ctx, call{
		method: http.MethodPost, path: at("user", "currentUser", "totpSecret"), into: &answer,
	})
	if err != nil {
		return nil, err
	}
	if answer.RawSecret == "" {
		return nil, unreadable(http.MethodPost, "/user/currentUser/totpSecret", http.StatusOK, errors.New("it holds no secret"))
	}
	return &TOTPSecret{Secret: answer.RawSecret, URL: otpauth(answer.SecretQRURL)}, nil
}

// otpauth takes the link out of the address of an image, which nobody should fetch: it
// would tell the key to whoever draws QR codes there.
func otpauth(image Secret) Secret {
	address := image.Reveal()
	if strings.HasPrefix(address, "otpauth://") {
		return image
	}
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	for _, name := range []string{"chl", "data"} {
		if link := u.Query().Get(name); strings.HasPrefix(link, "otpauth://") {
			return Secret(link)
		}
	}
	return ""
}

// VerifyTOTP checks a code of the user's app. [ErrForbidden] means that it is wrong,
// [ErrInvalid] that it is no code, [ErrNotFound] that there is no key.
//
// Operation: POST /user/currentUser/totpSecret/verify
func (s *CurrentUserService) VerifyTOTP(ctx context.Context, code Secret) error {
	return s.client.do(ctx, call{
		method: http.MethodPost, path: at("user", "currentUser", "totpSecret", "verify"),
		body: map[string]string{"code": code.Reveal()},
	})
}

// TOTPActivity returns whether the user signs in with codes of an app. [ErrNotFound] means
// that there never was a key.
//
// Operation: GET /user/currentUser/totpSecret/activity
func (s *CurrentUserService) TOTPActivity(ctx context.Context) (*TOTPActivity, error) {
	return one[TOTPActivity](ctx, s.client, call{
		method: http.MethodGet, path: at("user", "currentUser", "totpSecret", "activity"),
	})
}

// SetTOTPActive switches the codes of the user's app on. [ErrConflict] means that there is
// no key yet. Users cannot switch them off ([ErrForbidden]): see [UsersService.RevokeTOTP].
//
// Operation: POST /user/currentUser/totpSecret/activity
func (s *CurrentUserService) SetTOTPActive(ctx context.Context, active bool) error {
	return s.client.do(ctx, call{
		method: http.MethodPost, path: at("user", "currentUser", "totpSecret", "activity"),
		body: map[string]bool{"isActive": active},
	})
}

// VerifyPin answers the pin that was sent by SMS ([ErrSMSSent]) and returns the token for
// [Basic.TFAToken]. [ErrForbidden] means that the pin is wrong. The operation is not part of
// the core specification.
//
// Operation: POST /user/pin
func (s *CurrentUserService) VerifyPin(ctx context.Context, pin Secret) (Secret, error) {
	req, err := s.client.NewRequest(ctx, http.MethodPost, "/user/pin", map[string]string{"pin": pin.Reveal()})
	if err != nil {
		return "", err
	}
	resp, err := s.client.Do(req)
	if err != nil {
		return "", err
	}
	token := Secret(resp.Header.Get("TFAToken"))
	if err := s.client.read(req, resp, nil); err != nil {
		return "", err
	}
	if token == "" {
		return "", unreadable(req.Method, "/user/pin", resp.StatusCode, errors.New("it holds no token"))
	}
	return token, nil
}

// ResendPin has another pin sent by SMS. The operation is not part of the core
// specification.
//
// Operation: POST /user/pin
func (s *CurrentUserService) ResendPin(ctx context.Context) error {
	err := s.client.do(ctx, call{method: http.MethodPost, path: at("user", "pin"), body: map[string]string{"pin": "0"}})
	if errors.Is(err, ErrForbidden) {
		// The platform sends the pin and then finds that "0" is not the right one.
		return nil
	}
	return err
}

// SetPhone gives the user a phone number, in international form, for the pin that is sent by
// SMS: the answer to [ErrPhoneRequired]. Have the pin sent with [CurrentUserService.ResendPin].
// The operation is not part of the core specification.
//
// Operation: PUT /user/currentUserPhone
func (s *CurrentUserService) SetPhone(ctx context.Context, phone string) error {
	return s.client.do(ctx, call{
		method: http.MethodPut, path: at("user", "currentUserPhone"), body: map[string]string{"phone": phone},
	})
}
