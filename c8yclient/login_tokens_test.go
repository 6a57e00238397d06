package c8yclient_test

import (
	"errors"
	"io"
	"net/http"
	"testing"

	"c8yx/c8yclient"
)

// Platforms refuse a code now and then that they accept a moment later; what is refused twice, or
// for another reason, is refused.
func TestExchangeCodeAgain(t *testing.T) {
	for name, test := range map[string]struct {
		statuses []int
		requests int
		err      error
	}{
		"accepted":               {statuses: []int{200}, requests: 1},
		"accepted the next time": {statuses: []int{400, 200}, requests: 2},
		"invalid":                {statuses: []int{400, 400}, requests: 2, err: c8yclient.ErrInvalid},
		"forbidden":              {statuses: []int{403}, requests: 1, err: c8yclient.ErrForbidden},
	} {
		t.Run(name, func(t *testing.T) {
			left := test.statuses
			client, srv := newClient(t, func(w http.ResponseWriter, _ *http.Request) {
				w.WriteHeader(left[0])
				left = left[1:]
				_, _ = io.WriteString(w, `{"access_token":"e30.e30.e30"}`)
			})
			token, err := client.ExchangeCode(t.Context(), c8yclient.AuthorizationCode{Code: "code-1"})
			if !errors.Is(err, test.err) || (err == nil) != (token.Access == "e30.e30.e30") {
				t.Errorf("token %v, error %v, want %v", token.Access != "", err, test.err)
			}
			if n := len(srv.recorded()); n != test.requests {
				t.Errorf("%d requests, want %d", n, test.requests)
			}
		})
	}
}

// A cookie comes with the token that must be sent beside it.
func TestAuthenticateForCookie(t *testing.T) {
	client, _ := newClient(t, func(w http.ResponseWriter, _ *http.Request) {
		http.SetCookie(w, &http.Cookie{Name: "authorization", Value: "token-1", HttpOnly: true})
		http.SetCookie(w, &http.Cookie{Name: "XSRF-TOKEN", Value: "xsrf-1"})
	})
	cookie, err := client.AuthenticateForCookie(t.Context(), c8yclient.Credentials{User: "jane", Password: password})
	if err != nil || cookie.Authorization.Reveal() != "token-1" || cookie.XSRF.Reveal() != "xsrf-1" {
		t.Errorf("%v, %v", cookie, err)
	}
	without, _ := newClient(t, answer(200, ""))
	if _, err := without.AuthenticateForCookie(t.Context(), c8yclient.Credentials{}); !errors.Is(err, c8yclient.ErrUnreadable) {
		t.Errorf("an answer without a cookie: %v", err)
	}
}

// The tenant redirects to the page of the identity provider, or names it.
func TestSignInPage(t *testing.T) {
	option := &c8yclient.LoginOption{InitRequest: "/tenant/oauth?tenant_id=t1"}
	for name, test := range map[string]struct {
		status int
		answer string
		page   string
		err    error
	}{
		"named":     {200, `{"redirectTo":"https://idp.example/"}`, "https://idp.example/", nil},
		"not named": {200, `{}`, "", c8yclient.ErrUnreadable},
		"nowhere":   {302, "", "", c8yclient.ErrRedirected},
		"no tenant": {401, `{"message":"no tenant"}`, "", c8yclient.ErrTenantUnavailable},
	} {
		t.Run(name, func(t *testing.T) {
			client, _ := newClient(t, answer(test.status, test.answer))
			page, err := client.SignInPage(t.Context(), option)
			if page != test.page || !errors.Is(err, test.err) {
				t.Errorf("%q, %v", page, err)
			}
		})
	}
}
