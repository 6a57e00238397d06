package c8yclient_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"testing"

	jsonv2 "github.com/go-json-experiment/json"

	"c8yx/c8yclient"
)

func TestSecretsDoNotPrint(t *testing.T) {
	secret := c8yclient.Secret("pa55-w0rd")
	auth := c8yclient.Basic{Tenant: "t4711", User: "jane", Password: secret}
	var out bytes.Buffer
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%10s"} {
		fmt.Fprintf(&out, verb+"\n", secret)
		fmt.Fprintf(&out, verb+"\n", auth)
		fmt.Fprintf(&out, verb+"\n", &auth)
		fmt.Fprintf(&out, verb+"\n", []c8yclient.Secret{secret})
	}
	for _, marshal := range []func(any) ([]byte, error){json.Marshal, func(v any) ([]byte, error) { return jsonv2.Marshal(v) }} {
		encoded, err := marshal(map[string]any{"auth": auth, "secret": secret})
		if err != nil {
			t.Error(err)
		}
		out.Write(encoded)
	}
	slog.New(slog.NewTextHandler(&out, nil)).Info("x", "secret", secret, "auth", auth)
	slog.New(slog.NewJSONHandler(&out, nil)).Info("x", "secret", secret, "auth", auth)
	for _, form := range []string{"pa55-w0rd", fmt.Sprintf("%x", "pa55-w0rd"), fmt.Sprintf("%X", "pa55-w0rd"), "cGE1NS13MHJk"} {
		if strings.Contains(out.String(), form) {
			t.Errorf("%q in\n%s", form, out.String())
		}
	}
	if secret.Reveal() != "pa55-w0rd" || c8yclient.Secret("").String() != "" {
		t.Error("Reveal or the empty secret is wrong")
	}
}

// Whatever goes wrong, errors and exchanges do not tell what is secret.
func TestSecretsStayOutOfErrorsAndHook(t *testing.T) {
	const token = "eyJ0b2tlbg"
	failing := map[string]transportFunc{
		"network": func(req *http.Request) (*http.Response, error) {
			return nil, errors.New("connection reset")
		},
		"status": func(req *http.Request) (*http.Response, error) {
			return &http.Response{StatusCode: 401, Body: io.NopCloser(strings.NewReader(`{"message":"no"}`)), Request: req}, nil
		},
		"body": func(req *http.Request) (*http.Response, error) {
			return &http.Response{StatusCode: 200, Body: io.NopCloser(strings.NewReader(`<html>`)), Request: req}, nil
		},
	}
	auths := []c8yclient.Auth{
		c8yclient.Basic{Tenant: "t4711", User: "jane", Password: password, TFAToken: token},
		c8yclient.Bearer{Token: token},
		c8yclient.Cookie{Authorization: token, XSRF: token},
		c8yclient.Basic{Password: password}, // cannot be applied
	}
	for name, transport := range failing {
		for _, auth := range auths {
			var out strings.Builder
			client, _ := newClient(t, nil, c8yclient.WithTransport(transport), c8yclient.WithAuth(auth), c8yclient.WithRetry(c8yclient.NoRetry()),
				c8yclient.WithHook(func(x c8yclient.Exchange) { fmt.Fprintf(&out, "%+v %v\n", x, x.Err) }))
			note := func(err error) {
				if err == nil {
					t.Errorf("%s: no error", name)
				}
				fmt.Fprintf(&out, "%v %+v %#v\n", err, err, err)
			}
			var into map[string]any
			note(client.Get(t.Context(), "/notification2/consumer/?token="+token+"&XSRF-TOKEN="+token+"&newPassword="+password.Reveal(), &into))
			_, err := client.Authenticate(t.Context(), c8yclient.Credentials{Tenant: "t", User: "jane", Password: password, TFACode: "123456"})
			note(err)
			_, err = client.TenantOptions.Create(t.Context(), c8yclient.TenantOption{Key: "credentials.x", Value: password.Reveal()})
			note(err)
			for _, secret := range []string{token, password.Reveal(), "123456", "dDQ3MTEv"} {
				if strings.Contains(out.String(), secret) {
					t.Errorf("%s with %T: %q in\n%s", name, auth, secret, out.String())
				}
			}
		}
	}
}
