package c8yclient_test

import (
	"net/http"
	"testing"

	"c8yx/c8yclient"
)

func TestAuthOf(t *testing.T) {
	for name, want := range map[string]c8yclient.Auth{
		"basic":             c8yclient.Basic{Tenant: "t4711", User: "jane@acme.example", Password: "a:b/c"},
		"without tenant":    c8yclient.Basic{User: "jane", Password: password},
		"with a pin by SMS": c8yclient.Basic{User: "jane", Password: password, TFAToken: "777"},
		"bearer":            c8yclient.Bearer{Token: "e30.e30.x"},
		"cookie":            c8yclient.Cookie{Authorization: "e30.e30.x", XSRF: "y"},
	} {
		// What an Auth adds to a request is what can be read from it.
		req, err := http.NewRequest(http.MethodGet, "https://service.example/", nil)
		if err != nil {
			t.Fatal(err)
		}
		if err := want.Apply(req); err != nil {
			t.Fatal(err)
		}
		if got, err := c8yclient.AuthOf(req); err != nil || got != want {
			t.Errorf("%s: got %T, %v", name, got, err)
		}
	}
	for _, header := range []string{"", "Bearer", "Bearer ", "Basic !!", "Basic Ong=", "Digest x"} {
		req, _ := http.NewRequest(http.MethodGet, "https://service.example/", nil)
		req.Header.Set("Authorization", header)
		if auth, err := c8yclient.AuthOf(req); err == nil {
			t.Errorf("%q: got %T", header, auth)
		}
	}
}
