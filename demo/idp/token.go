package idp

import (
	"crypto/ecdsa"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"math/big"
	"net/http"
	"strings"
)

// Claims are what a token says.
type Claims struct {
	Issuer   string   `json:"iss"`
	Subject  string   `json:"sub"`
	Audience string   `json:"aud"`
	Kind     string   `json:"typ"` // "Bearer" or "ID"
	Issued   int64    `json:"iat"`
	Expires  int64    `json:"exp"`
	ID       string   `json:"jti"`
	Nonce    string   `json:"nonce,omitempty"`
	Scope    string   `json:"scope,omitempty"`
	Name     string   `json:"preferred_username"`
	First    string   `json:"given_name,omitempty"`
	Last     string   `json:"family_name,omitempty"`
	Mail     string   `json:"email,omitempty"`
	Groups   []string `json:"groups"`
}

// token is the endpoint that gives tokens for codes.
func (p *Provider) token(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, 1<<16)
	client := r.FormValue("client_id")
	if name, _, basic := r.BasicAuth(); basic {
		client = name
	}
	if client != p.options.Client {
		refuse(w, http.StatusUnauthorized, "unauthorized_client", "Invalid client or Invalid client credentials")
		return
	}
	switch r.FormValue("grant_type") {
	case "authorization_code":
		g, err := p.redeem(r.FormValue("code"), r.FormValue("redirect_uri"), r.FormValue("code_verifier"))
		if err != nil {
			refuse(w, http.StatusBadRequest, "invalid_grant", "Code not valid")
			return
		}
		p.mu.Lock()
		defer p.mu.Unlock()
		p.grantTokens(w, g.account, g.issuer, g.nonce, g.scope)
	case deviceGrant:
		p.poll(w, r.FormValue("device_code"))
	case "refresh_token":
		p.mu.Lock()
		defer p.mu.Unlock()
		account, known := p.refresh[r.FormValue("refresh_token")]
		if !known {
			refuse(w, http.StatusBadRequest, "invalid_grant", "Invalid refresh token")
			return
		}
		delete(p.refresh, r.FormValue("refresh_token"))
		p.grantTokens(w, account, p.issuer(origin(r)), "", r.FormValue("scope"))
	default:
		refuse(w, http.StatusBadRequest, "unsupported_grant_type", "Unsupported grant_type")
	}
}

// mostRefresh bounds the refresh tokens that are remembered.
const mostRefresh = 1000

// grantTokens answers with the tokens of an account. The caller holds the lock.
func (p *Provider) grantTokens(w http.ResponseWriter, name, issuer, nonce, scope string) {
	account, _ := p.named(name)
	claims := p.claims(account, issuer)
	claims.Scope = scope
	identity := claims
	identity.Kind, identity.Nonce = "ID", nonce
	refresh := rand.Text()
	if len(p.refresh) >= mostRefresh {
		clear(p.refresh)
	}
	p.refresh[refresh] = account.Name
	write(w, http.StatusOK, map[string]any{
		"access_token": p.sign(claims), "id_token": p.sign(identity), "refresh_token": refresh, "token_type": "Bearer", "expires_in": int(p.options.TokenLife.Seconds()),
		"scope": scope,
	})
}

func (p *Provider) claims(account Account, issuer string) Claims {
	now := p.options.Clock.Now()
	subject := sha256.Sum256([]byte(account.Name))
	return Claims{
		Issuer: issuer, Subject: base64.RawURLEncoding.EncodeToString(subject[:15]), Audience: p.options.Client, Kind: "Bearer", ID: rand.Text(),
		Issued: now.Unix(), Expires: now.Add(p.options.TokenLife).Unix(),
		Name: account.Name, First: account.First, Last: account.Last, Mail: account.Mail, Groups: append([]string{}, account.Groups...),
	}
}

// Claims are those of an account in a token that is handed out now.
func (p *Provider) Claims(account Account) Claims { return p.claims(account, p.options.Path) }

// keyID is the name of the only key.
const keyID = "hv-1"

// sign makes a JSON web token (ES256).
func (p *Provider) sign(claims Claims) string {
	body, _ := json.Marshal(claims)
	text := base64.RawURLEncoding.EncodeToString([]byte(`{"alg":"ES256","typ":"JWT","kid":"`+keyID+`"}`)) + "." + base64.RawURLEncoding.EncodeToString(body)
	sum := sha256.Sum256([]byte(text))
	r, s, err := ecdsa.Sign(rand.Reader, p.key, sum[:])
	if err != nil {
		panic(err) // crypto/rand never fails
	}
	signature := make([]byte, 64)
	r.FillBytes(signature[:32])
	s.FillBytes(signature[32:])
	return text + "." + base64.RawURLEncoding.EncodeToString(signature)
}

// What can be wrong with a token.
var (
	ErrToken   = errors.New("the token is not this provider's")
	ErrExpired = errors.New("the token has expired")
)

// Read reads an access token of the provider's.
func (p *Provider) Read(token string) (Claims, error) {
	var claims Claims
	at := strings.LastIndexByte(token, '.')
	if at < 0 {
		return claims, ErrToken
	}
	signature, err := base64.RawURLEncoding.DecodeString(token[at+1:])
	if err != nil || len(signature) != 64 {
		return claims, ErrToken
	}
	sum := sha256.Sum256([]byte(token[:at]))
	if !ecdsa.Verify(&p.key.PublicKey, sum[:], new(big.Int).SetBytes(signature[:32]), new(big.Int).SetBytes(signature[32:])) {
		return claims, ErrToken
	}
	_, payload, _ := strings.Cut(token[:at], ".")
	body, err := base64.RawURLEncoding.DecodeString(payload)
	if err != nil || json.Unmarshal(body, &claims) != nil || claims.Kind != "Bearer" {
		return claims, ErrToken
	}
	if claims.Expires <= p.options.Clock.Now().Unix() {
		return claims, ErrExpired
	}
	return claims, nil
}

// certs publishes the key with which tokens can be checked.
func (p *Provider) certs(w http.ResponseWriter, _ *http.Request) {
	public, err := p.key.PublicKey.ECDH()
	if err != nil {
		refuse(w, http.StatusInternalServerError, "server_error", err.Error())
		return
	}
	point := public.Bytes() // 4, x, y
	write(w, http.StatusOK, map[string]any{"keys": []any{map[string]string{
		"kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256", "kid": keyID,
		"x": base64.RawURLEncoding.EncodeToString(point[1:33]), "y": base64.RawURLEncoding.EncodeToString(point[33:]),
	}}})
}

// userinfo tells who the holder of a token is.
func (p *Provider) userinfo(w http.ResponseWriter, r *http.Request) {
	token, bearer := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	claims, err := p.Read(token)
	if !bearer || err != nil {
		w.Header().Set("WWW-Authenticate", `Bearer error="invalid_token"`)
		refuse(w, http.StatusUnauthorized, "invalid_token", "Token verification failed")
		return
	}
	write(w, http.StatusOK, map[string]any{
		"sub": claims.Subject, "preferred_username": claims.Name, "given_name": claims.First, "family_name": claims.Last, "email": claims.Mail, "groups": claims.Groups,
	})
}

// logout is the last page of a session.
func (p *Provider) logout(w http.ResponseWriter, _ *http.Request) {
	page(w, http.StatusOK, "Signed out", paragraph("You are signed out. You may close this window."))
}
