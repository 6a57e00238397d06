package c8yclient

import (
	"errors"
	"net/http"
	"strings"
)

var errNoAuth = errors.New("the request has no credentials that the platform knows")

// AuthOf returns the credentials that a request came with, so that a microservice can act
// for the user who sent it: from the Authorization header, Basic or Bearer, or from the
// cookies of a browser. Nothing is verified; the tenant does that.
func AuthOf(req *http.Request) (Auth, error) {
	if user, password, ok := req.BasicAuth(); ok && user != "" {
		basic := Basic{User: user, Password: Secret(password), TFAToken: Secret(req.Header.Get("TFAToken"))}
		if tenant, name, ok := strings.Cut(user, "/"); ok {
			basic.Tenant, basic.User = tenant, name
		}
		return basic, nil
	}
	scheme, token, _ := strings.Cut(req.Header.Get("Authorization"), " ")
	if token = strings.TrimSpace(token); strings.EqualFold(scheme, "Bearer") && token != "" {
		return Bearer{Token: Secret(token)}, nil
	}
	if cookie, err := req.Cookie("authorization"); err == nil && cookie.Value != "" {
		return Cookie{Authorization: Secret(cookie.Value), XSRF: Secret(req.Header.Get("X-XSRF-TOKEN"))}, nil
	}
	return nil, errNoAuth
}
