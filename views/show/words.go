package show

import (
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// Lower turns a constant of the API into words: IN_DEVELOPMENT becomes "in development".
func Lower(constant string) string {
	return strings.ToLower(strings.ReplaceAll(constant, "_", " "))
}

// Upper turns words back into a constant of the API.
func Upper(words string) string {
	return strings.ToUpper(strings.NewReplacer(" ", "_", "-", "_").Replace(words))
}

// PlainText is the text of a JSON string, or a value of another type as it is written.
func PlainText(raw jsontext.Value) string {
	var s string
	if json.Unmarshal(raw, &s) == nil {
		return s
	}
	return string(raw)
}

// IsSecretKey reports whether a tenant option holds a secret, which is kept encrypted: its key begins
// with "credentials." (reference 13).
func IsSecretKey(key string) bool { return strings.HasPrefix(key, "credentials.") }
