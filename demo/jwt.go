package demo

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"strings"
)

// signer makes JSON web tokens and knows its own again.
type signer struct{ key []byte }

// issue makes a token of claims, which must be encodable.
func (s signer) issue(claims any) string {
	body, _ := json.Marshal(claims)
	signed := base64.RawURLEncoding.EncodeToString([]byte(`{"alg":"HS256","typ":"JWT"}`)) + "." + base64.RawURLEncoding.EncodeToString(body)
	return signed + "." + s.sign(signed)
}

// read reads the claims of a token and reports false if it is none of ours. Whether it has expired is not looked at.
func (s signer) read(token string, claims any) bool {
	at := strings.LastIndexByte(token, '.')
	if at < 0 || !hmac.Equal([]byte(token[at+1:]), []byte(s.sign(token[:at]))) {
		return false
	}
	_, payload, _ := strings.Cut(token[:at], ".")
	body, err := base64.RawURLEncoding.DecodeString(payload)
	return err == nil && json.Unmarshal(body, claims) == nil
}

func (s signer) sign(text string) string {
	mac := hmac.New(sha256.New, s.key)
	mac.Write([]byte(text))
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}
