package idp_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"math/big"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"c8yx/demo/idp"
)

func provider(t *testing.T) *idp.Provider {
	t.Helper()
	p, err := idp.New(idp.Options{
		Path: "/realm", Client: "client", Callback: "/back", Accounts: []idp.Account{{Name: "jane", Password: "secret", Mail: "jane@x.example", Groups: []string{"g"}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// call sends a request; fields make it a form.
func call(p http.Handler, address string, fields url.Values, header ...string) *httptest.ResponseRecorder {
	method := "GET"
	if fields != nil {
		method = "POST"
	}
	request := httptest.NewRequest(method, "http://idp.example"+address, strings.NewReader(fields.Encode()))
	if fields != nil {
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for i := 0; i+1 < len(header); i += 2 {
		request.Header.Set(header[i], header[i+1])
	}
	recorder := httptest.NewRecorder()
	p.ServeHTTP(recorder, request)
	return recorder
}

func document(t *testing.T, r *httptest.ResponseRecorder) (d map[string]any) {
	t.Helper()
	if err := json.Unmarshal(r.Body.Bytes(), &d); err != nil {
		t.Fatalf("%d %s", r.Code, r.Body)
	}
	return d
}

const connect = "/realm/protocol/openid-connect"

// A code with PKCE is for who has the verifier. The tokens can be checked with the published key, and tell who the user is.
func TestCodeWithPKCE(t *testing.T) {
	p := provider(t)
	verifier := strings.Repeat("v", 43)
	sum := sha256.Sum256([]byte(verifier))
	query := url.Values{
		"response_type": {"code"}, "client_id": {"client"}, "redirect_uri": {"http://localhost:1/"}, "state": {"s"}, "nonce": {"n"},
		"code_challenge": {base64.RawURLEncoding.EncodeToString(sum[:])}, "code_challenge_method": {"S256"},
	}
	sign := func() string {
		r := call(p, connect+"/auth?"+query.Encode(), url.Values{"username": {"JANE"}, "password": {"secret"}})
		back, err := url.Parse(r.Header().Get("Location"))
		if err != nil || r.Code != http.StatusFound {
			t.Fatalf("%d %s", r.Code, r.Body)
		}
		return back.Query().Get("code")
	}
	redeem := func(code, verifier string) *httptest.ResponseRecorder {
		return call(p, connect+"/token", url.Values{
			"grant_type": {"authorization_code"}, "client_id": {"client"}, "redirect_uri": {"http://localhost:1/"}, "code": {code}, "code_verifier": {verifier},
		})
	}
	if r := redeem(sign(), "another"); r.Code != 400 || document(t, r)["error"] != "invalid_grant" {
		t.Errorf("with another verifier: %d %s", r.Code, r.Body)
	}
	tokens := document(t, redeem(sign(), verifier))
	access, _ := tokens["access_token"].(string)
	key := document(t, call(p, connect+"/certs", nil))["keys"].([]any)[0].(map[string]any)
	coordinate := func(text any) []byte {
		bytes, _ := base64.RawURLEncoding.DecodeString(text.(string))
		return bytes
	}
	signed := access[:strings.LastIndexByte(access, '.')]
	signature := access[len(signed)+1:]
	raw, _ := base64.RawURLEncoding.DecodeString(signature)
	digest := sha256.Sum256([]byte(signed))
	// An uncompressed point: 4, then both coordinates (SEC 1, 2.3.3).
	public, err := ecdsa.ParseUncompressedPublicKey(elliptic.P256(), slices.Concat([]byte{4}, coordinate(key["x"]), coordinate(key["y"])))
	if err != nil {
		t.Fatal(err)
	}
	if len(raw) != 64 || !ecdsa.Verify(public, digest[:], new(big.Int).SetBytes(raw[:32]), new(big.Int).SetBytes(raw[32:])) {
		t.Error("the published key does not fit the token")
	}
	claims, err := p.Read(access)
	if err != nil || claims.Name != "jane" || claims.Issuer != "http://idp.example/realm" || claims.Audience != "client" {
		t.Errorf("%+v, %v", claims, err)
	}
	if info := document(t, call(p, connect+"/userinfo", nil, "Authorization", "Bearer "+access)); info["email"] != "jane@x.example" || info["sub"] != claims.Subject {
		t.Errorf("userinfo %v", info)
	}
	if r := call(p, connect+"/userinfo", nil, "Authorization", "Bearer "+access[:len(access)-2]+"AA"); r.Code != 401 {
		t.Errorf("a token with another signature: %d", r.Code)
	}
}

func TestWhatClientsGetWrong(t *testing.T) {
	p := provider(t)
	for name, test := range map[string]struct {
		path   string
		fields url.Values
		status int
		code   string
	}{
		"another client":    {connect + "/token", url.Values{"grant_type": {"authorization_code"}, "client_id": {"x"}}, 401, "unauthorized_client"},
		"no such grant":     {connect + "/token", url.Values{"grant_type": {"password"}, "client_id": {"client"}}, 400, "unsupported_grant_type"},
		"no such code":      {connect + "/token", url.Values{"grant_type": {"authorization_code"}, "client_id": {"client"}, "code": {"x"}}, 400, "invalid_grant"},
		"no such refresh":   {connect + "/token", url.Values{"grant_type": {"refresh_token"}, "client_id": {"client"}, "refresh_token": {"x"}}, 400, "invalid_grant"},
		"another device":    {connect + "/auth/device", url.Values{"client_id": {"x"}}, 401, "invalid_client"},
		"no such device":    {connect + "/token", url.Values{"grant_type": {"urn:ietf:params:oauth:grant-type:device_code"}, "client_id": {"client"}, "device_code": {"x"}}, 400, "invalid_grant"},
		"a form too large":  {connect + "/token", url.Values{"client_id": {strings.Repeat("x", 1<<17)}}, 401, "unauthorized_client"},
		"nobody with token": {connect + "/userinfo", nil, 401, "invalid_token"},
	} {
		if r := call(p, test.path, test.fields); r.Code != test.status || document(t, r)["error"] != test.code {
			t.Errorf("%s: %d %s", name, r.Code, r.Body)
		}
	}
	if r := call(p, connect+"/auth?client_id=client&redirect_uri=http%3A%2F%2Flocalhost%2F&response_type=token&state=s", nil); r.Header().Get("Location") != "http://localhost/?error=unsupported_response_type&state=s" {
		t.Errorf("an implicit grant: %d, to %s", r.Code, r.Header().Get("Location"))
	}
	if err := p.Approve("BCDF-GHJK", "jane"); err == nil {
		t.Error("a device that does not wait is let in")
	}
}
