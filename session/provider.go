package session

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/go-json-experiment/json"
)

// provider speaks to an identity provider, which knows nothing of Cumulocity.
type provider struct{ transport http.RoundTripper }

// endpoints are where an identity provider gives codes and tokens to programs without a browser.
type endpoints struct {
	Device string `json:"device_authorization_endpoint"`
	Token  string `json:"token_endpoint"`
}

// wellKnown is where an identity provider describes itself (OpenID Connect Discovery 1.0).
const wellKnown = "/.well-known/openid-configuration"

// maxProviderAnswer is how much of an answer is read.
const maxProviderAnswer = 1 << 20

// providerPatience is how long an identity provider may take for an answer.
const providerPatience = 30 * time.Second

// endpoints asks the identity provider whose page for browsers is known where its other endpoints are.
func (p provider) endpoints(ctx context.Context, page *url.URL) (endpoints, error) {
	var first error
	for _, path := range describedAt(page.Path) {
		at := url.URL{Scheme: page.Scheme, Host: page.Host, Path: path}
		var found endpoints
		err := p.get(ctx, at.String(), &found)
		switch {
		case err == nil && found.Device == "":
			return endpoints{}, errors.New("it knows no other devices")
		case err == nil && !(safeAddress(found.Device) && safeAddress(found.Token)):
			return endpoints{}, errors.New("it wants secrets without TLS")
		case err == nil:
			return found, nil
		case first == nil:
			first = err
		}
		if ctx.Err() != nil {
			break
		}
	}
	return endpoints{}, fmt.Errorf("it does not describe itself: %w", first)
}

// describedAt lists where the description may be, given the path of the page for browsers: in one of
// the folders above it (Keycloak's /realms/x/protocol/openid-connect/auth, Okta's
// /oauth2/default/v1/authorize, Auth0's /authorize), or where Microsoft has it.
func describedAt(page string) []string {
	var paths []string
	elements := strings.Split(strings.Trim(page, "/"), "/")
	if i := slices.Index(elements, "oauth2"); i == 1 && len(elements) > 2 { // /{tenant}/oauth2/v2.0/authorize
		tenant := append([]string{"", elements[0]}, elements[2:len(elements)-1]...)
		paths = append(paths, strings.Join(tenant, "/")+wellKnown)
	}
	for n := len(elements) - 1; n >= 0; n-- {
		path := "/" + strings.Join(elements[:n], "/")
		paths = append(paths, strings.TrimRight(path, "/")+wellKnown)
	}
	return paths
}

func (p provider) get(ctx context.Context, address string, into any) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return errors.New("its address is not one")
	}
	return p.do(req, into)
}

func (p provider) post(ctx context.Context, address string, form url.Values, into any) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, address, strings.NewReader(form.Encode()))
	if err != nil {
		return errors.New("its address is not one")
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return p.do(req, into)
}

// do sends a request. Nothing is sent anywhere else, whatever the answer says.
func (p provider) do(req *http.Request, into any) error {
	req.Header.Set("Accept", "application/json")
	client := http.Client{Transport: p.transport, Timeout: providerPatience, CheckRedirect: func(*http.Request, []*http.Request) error {
		return http.ErrUseLastResponse
	}}
	resp, err := client.Do(req)
	if err != nil {
		var wrapped *url.Error
		if errors.As(err, &wrapped) {
			err = wrapped.Err // without the address, which is long
		}
		return err
	}
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxProviderAnswer))
	if err != nil {
		return err
	}
	if resp.StatusCode != http.StatusOK {
		refused := &refusedByProvider{Status: resp.StatusCode}
		_ = json.Unmarshal(body, refused)
		return refused
	}
	if err := json.Unmarshal(body, into); err != nil {
		return errors.New("its answer cannot be read")
	}
	return nil
}

// refusedByProvider is the answer of an identity provider that does not do what it was asked for (RFC
// 6749, 5.2).
type refusedByProvider struct {
	Status      int    `json:"-"`
	Code        string `json:"error"`
	Description string `json:"error_description"`
}

// Error says what the identity provider says.
func (r *refusedByProvider) Error() string {
	switch {
	case r.Description != "":
		return r.Description
	case r.Code != "":
		return r.Code
	}
	return strconv.Itoa(r.Status) + " " + http.StatusText(r.Status)
}

// reasonOf returns the code of a refusal; "" for what is none, such as a failure that may pass.
func reasonOf(err error) string {
	var refused *refusedByProvider
	switch {
	case !errors.As(err, &refused), refused.Code == "" && refused.Status >= http.StatusInternalServerError:
		return ""
	case refused.Code == "":
		return refused.Error()
	}
	return refused.Code
}

// safe reports whether secrets may go to an address of an identity provider.
func safe(u *url.URL) bool {
	return u.Host != "" && (u.Scheme == "https" || u.Scheme == "http" && isLoopback(u))
}

func safeAddress(address string) bool {
	u, err := url.Parse(address)
	return err == nil && safe(u)
}
