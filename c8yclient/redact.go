package c8yclient

import (
	"bytes"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// secretParts are parts of names whose values are never shown, in documents and in queries;
// secretNames are such names as a whole. Both are in lower case.
var (
	secretParts = []string{
		"password", "passwd", "passphrase", "adminpass", "secret", "token", "xsrf", "authorization", "cookie", "credential",
		"privatekey", "private_key", "private-key", "apikey", "api_key", "tfa", "totp", "smscode", "sms_code", "otpauth", "presharedkey",
	}
	secretNames = []string{"pass", "pin", "code", "otp", "psk", "authn", "jwt", "signature"}
	// harmlessNames look like secrets and are none.
	harmlessNames = []string{"passwordstrength", "lastpasswordchange", "tokentype", "token_type", "expires_in"}
)

// isSecret reports whether a member or parameter of that name holds a secret.
func isSecret(name string) bool {
	lower := strings.ToLower(name)
	if slices.Contains(harmlessNames, lower) {
		return false
	}
	return slices.Contains(secretNames, lower) ||
		slices.ContainsFunc(secretParts, func(part string) bool { return strings.Contains(lower, part) })
}

// secretValues reports whether members called "value" are secret in a document: in tenant
// options, whose key may say so after the value. Keys of encrypted options begin with
// "credentials.".
func secretValues(path string, document []byte, cut bool) bool {
	_, option, found := strings.Cut(path, "/tenant/options")
	return found && (cut || isSecret(option) || bytes.Contains(document, []byte("credentials.")))
}

// redactTarget returns path and query of a URL with the values of secret
// parameters replaced, fit for hooks and errors.
func redactTarget(u *url.URL) string {
	if u.RawQuery == "" {
		return u.EscapedPath()
	}
	return u.EscapedPath() + "?" + redactQuery(u.RawQuery)
}

// Redact returns a path and query with the values of secret parameters replaced: as the target of a
// request stands in an [Exchange] or an [Error].
func Redact(target string) string {
	path, query, found := strings.Cut(target, "?")
	if !found {
		return path
	}
	return path + "?" + redactQuery(query)
}

// redactQuery returns a query or form with the values of secret parameters replaced.
func redactQuery(query string) string {
	parameters := strings.Split(query, "&")
	for i, parameter := range parameters {
		name, _, ok := strings.Cut(parameter, "=")
		if plain, err := url.QueryUnescape(name); err == nil {
			name = plain
		}
		if ok && isSecret(name) {
			parameters[i] = url.QueryEscape(name) + "=" + redacted
		}
	}
	return strings.Join(parameters, "&")
}

// Secrets that betray themselves by their form, wherever they stand.
var (
	tokenForm    = regexp.MustCompile(`eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]*)?`)
	authForm     = regexp.MustCompile(`(?i)\b(basic|bearer)\s+[A-Za-z0-9+/=._~-]{8,}`)
	userInfoForm = regexp.MustCompile(`://[^/\s"'@]*:[^/\s"'@]*@`)
	keyForm      = regexp.MustCompile(`(?s)-----BEGIN [A-Z ]*PRIVATE KEY-----.*`)
	queryForm    = regexp.MustCompile(`(?i)([?&][a-z_-]*(?:token|password|secret|signature|credential)[a-z_-]*=)[^&\s"']+`)
)

// redactText returns a text without the secrets that can be told by their form.
func redactText(s string) string {
	if strings.Contains(s, "eyJ") {
		s = tokenForm.ReplaceAllString(s, redacted)
	}
	if strings.Contains(s, "PRIVATE KEY-----") {
		s = keyForm.ReplaceAllString(s, redacted)
	}
	if strings.Contains(s, "://") {
		s = userInfoForm.ReplaceAllString(s, "://"+redacted+"@")
	}
	if strings.ContainsAny(s, "?&") {
		s = queryForm.ReplaceAllString(s, "${1}"+redacted)
	}
	if lower := strings.ToLower(s); strings.Contains(lower, "basic ") || strings.Contains(lower, "bearer ") {
		s = authForm.ReplaceAllString(s, "$1 "+redacted)
	}
	return s
}

// redactJSON returns a document, or the beginning of one, with its secrets replaced, as
// valid JSON: what was begun and not finished is left out. complete is false if something
// was. values says that members called "value" are secret.
func redactJSON(data []byte, values bool) (content string, complete bool) {
	var out bytes.Buffer
	dec := jsontext.NewDecoder(bytes.NewReader(data), tolerant)
	enc := jsontext.NewEncoder(&out, tolerant)
	r := redactor{values: values}
	for {
		token, err := dec.ReadToken()
		if err != nil {
			break
		}
		if enc.WriteToken(r.replace(token)) != nil {
			return "", false
		}
		if enc.StackDepth() == 0 {
			return strings.TrimSpace(out.String()), true
		}
	}
	return closeAll(enc, &out), false
}

// closeAll ends every object and array that is open, so that the text is JSON.
func closeAll(enc *jsontext.Encoder, out *bytes.Buffer) string {
	for enc.StackDepth() > 0 {
		kind, length := enc.StackIndex(enc.StackDepth())
		if kind == '{' && length%2 == 1 {
			_ = enc.WriteToken(jsontext.String("…")) // the value of the name that came last
		}
		end := jsontext.EndObject
		if kind == '[' {
			end = jsontext.EndArray
		}
		if enc.WriteToken(end) != nil {
			return ""
		}
	}
	return strings.TrimSpace(out.String())
}

// redactor replaces tokens of a document one after the other.
type redactor struct {
	values bool
	stack  []level
}

// level is an object or array that is open.
type level struct {
	object bool
	secret bool   // it is the value of a secret name: so is everything in it
	named  bool   // a name has been read, its value comes next
	name   string // the name
	option bool   // "key" said that "value" is secret
}

// replace returns what to write for a token.
func (r *redactor) replace(token jsontext.Token) jsontext.Token {
	kind := token.Kind()
	if kind == '}' || kind == ']' {
		r.stack = r.stack[:max(0, len(r.stack)-1)]
		return token
	}
	var top *level
	if n := len(r.stack); n > 0 {
		top = &r.stack[n-1]
	}
	if top != nil && top.object && !top.named {
		top.name, top.named = token.String(), true
		return token
	}
	secret := false
	if top != nil {
		secret = top.secret || top.object && (isSecret(top.name) || top.name == "value" && (top.option || r.values))
		top.named = false
	}
	switch kind {
	case '{', '[':
		r.stack = append(r.stack, level{object: kind == '{', secret: secret})
		return token
	case '"', '0':
		if secret {
			return jsontext.String(redacted)
		}
	}
	if kind != '"' {
		return token
	}
	plain := token.String()
	if top != nil && top.object && top.name == "key" && isSecret(plain) {
		top.option = true
	}
	if safe := redactText(plain); safe != plain {
		return jsontext.String(safe)
	}
	return token
}
